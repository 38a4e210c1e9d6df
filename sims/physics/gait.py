"""From when each foot was down to strides, duty factors and foot-falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

TOUCH = 0.1
"""Share of its part of the weight, in this gravity, beyond which a foot is down: one that only drags is not."""
SHORTEST = 0.15
"""Units of time: a touch or a lift shorter than that is a scuff, not a step."""


@dataclass(frozen=True, slots=True)
class Gait:
    """How the feet took turns, over the second half of a trial."""

    foot_falls: tuple[tuple[tuple[float, float], ...], ...]
    """For each limb the times (s) between which its foot was down, over the whole trial."""
    duty_factors: tuple[float, ...]
    """For each limb the share of the time its foot was down."""
    stride_time_s: float
    """Mean time from one landing of a foot to its next; 0 when no foot landed twice."""
    strides: int
    """How many whole strides that is the mean of."""
    alternation: float
    """Where in a stride of one foot the other foot of its pair lands: 0.5 is a perfect walk, 0 or 1 a hop; 0 when
    there are no strides. With several pairs, 0.5 less how far from even they are on average."""


def gait(
    down: NDArray[np.uint8], tick_s: float, unit_s: float, pairs: Sequence[int] = (0, 0)
) -> Gait:
    """Reads the gait off the feet.

    Args:
        down: (t, l) whether each foot was down, tick by tick.
        tick_s: seconds in a tick.
        unit_s: the animal's unit of time, s.
        pairs: (l,) the pair of each limb.
    """
    ticks = down.shape[0]
    shortest = max(1, round(SHORTEST * unit_s / tick_s))
    spans = [stances(down[:, limb] > 0, shortest) for limb in range(down.shape[1])]
    half = ticks // 2
    landings = [[a for a, _ in one if a > half] for one in spans]
    strides = np.array([b - a for one in landings for a, b in pairwise(one)])
    falls = tuple(tuple((float(a * tick_s), float(b * tick_s)) for a, b in one) for one in spans)
    return Gait(
        foot_falls=falls,
        duty_factors=tuple(_duty(one, half, ticks) for one in spans),
        stride_time_s=float(strides.mean() * tick_s) if strides.size else 0.0,
        strides=int(strides.size),
        alternation=_alternation(landings, pairs),
    )


def stances(down: NDArray[np.bool_], shortest: int) -> list[tuple[int, int]]:
    """Returns first and last + 1 of every time on the ground, scuffs and flickers left out.

    Args:
        down: (t,) whether a foot was down, tick by tick or frame by frame.
        shortest: how many of those make a step; what lasts less is a flicker.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], down, [False]]).astype(np.int8)))
    spans = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    joined: list[tuple[int, int]] = []
    for a, b in spans:
        if joined and a - joined[-1][1] < shortest:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return [(a, b) for a, b in joined if b - a >= shortest]


def _duty(spans: list[tuple[int, int]], start: int, end: int) -> float:
    on = sum(max(0, min(b, end) - max(a, start)) for a, b in spans)
    return on / max(end - start, 1)


def _alternation(landings: list[list[int]], pairs: Sequence[int]) -> float:
    """Where one left earlier than even, another later, the mean must not look even: how far off is what is averaged."""
    each = []
    for pair in sorted(set(pairs)):
        own = [one for one, of in zip(landings, pairs, strict=False) if of == pair]
        each.append(_taking_turns(own))
    if len(each) == 1:
        return each[0]
    return 0.5 - float(np.mean([abs(place - 0.5) for place in each]))


def _taking_turns(landings: list[list[int]]) -> float:
    """Returns where in a stride of the first foot of a pair the other lands."""
    if len(landings) < 2 or len(landings[0]) < 2:
        return 0.0
    places = []
    for a, b in pairwise(landings[0]):
        between = [t for t in landings[1] if a <= t < b]
        if between:
            places.append((between[0] - a) / (b - a))
    return float(np.mean(places)) if places else 0.0
