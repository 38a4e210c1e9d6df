"""The scores of a run as curves: how they are put together, clipped and marked. Nothing drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sims.live.messages import GenerationFacts
from sims.window.panels.axes import NOTHING

Floats = NDArray[np.float64]
Sign = Literal["strict", "turned"]


@dataclass(frozen=True, slots=True)
class Curves:
    """What the chart draws; where there are more generations than points, neighbours are put together."""

    at: Floats
    """(m,) generations, from 1."""
    best: Floats
    """(m,) scores; so are the others."""
    middle: Floats
    lower: Floats
    upper: Floats
    record: tuple[tuple[tuple[int, float], ...], ...]
    """Rows of steps (generation, best score so far), each closed by the generation where it ends; a new row begins
    where older scores no longer compare."""
    marks: tuple[tuple[int, Sign], ...]
    """Generations from which scores are not what they were before, and why."""
    low: float
    """Of the axis."""
    high: float


def curves(made: Sequence[GenerationFacts], most: int) -> Curves:
    """Puts the scores of at least one generation together to at most so many points."""
    raw = np.array([(one.lower, one.median, one.upper, one.best) for one in made])
    low, high = limits(raw)
    raw = np.clip(raw, low, high)
    group = -(-len(made) // max(most, 2))
    starts = np.arange(0, len(made), group)
    sizes = np.diff(np.append(starts, len(made)))
    mean = np.add.reduceat(raw, starts, axis=0) / sizes[:, None]
    at = starts + (sizes + 1) / 2.0
    at[-1] = len(made)
    return Curves(
        at=at,
        best=np.maximum.reduceat(raw[:, 3], starts),
        middle=mean[:, 1],
        lower=mean[:, 0],
        upper=mean[:, 2],
        record=_records(made),
        marks=_marks(made),
        low=low,
        high=high,
    )


def limits(raw: Floats) -> tuple[float, float]:
    """Returns the lowest and the highest score on the axis.

    Args:
        raw: (n, 4) scores: lower quartile, middle, upper quartile, best. Those of which nothing came do not count.
    """
    real = raw[raw > NOTHING]
    if not real.size:
        return 0.0, 1.0
    low = min(float(np.percentile(real, 5.0)), 0.0)
    high = low + 1.05 * (float(real.max()) - low)
    return low, max(high, low + 1.0)


def _records(made: Sequence[GenerationFacts]) -> tuple[tuple[tuple[int, float], ...], ...]:
    rows: list[list[tuple[int, float]]] = [[]]
    rigour = -1
    for one in made:
        if one.turned or one.rigour > rigour:
            _close(rows[-1], one.number - 1)
            rows.append([])
            rigour = max(one.rigour, rigour)
        row = rows[-1]
        counts = one.rigour == rigour and one.best > NOTHING
        if counts and (not row or one.best > row[-1][1]):
            row.append((one.number, one.best))
    _close(rows[-1], len(made))
    return tuple(tuple(row) for row in rows if row)


def _close(row: list[tuple[int, float]], number: int) -> None:
    if row:
        row.append((number, row[-1][1]))


def _marks(made: Sequence[GenerationFacts]) -> tuple[tuple[int, Sign], ...]:
    found: list[tuple[int, Sign]] = []
    rigour = made[0].rigour
    for one in made[1:]:
        if one.rigour > rigour:
            found.append((one.number, "strict"))
        elif one.turned:
            found.append((one.number, "turned"))
        rigour = max(rigour, one.rigour)
    return tuple(found)
