"""The scores of a run as curves: how they are put together, clipped and marked. Nothing drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sims.window.panels.axes import NOTHING
from sims.window.panels.numbers import (
    BEST,
    LOWER,
    MEDIAN,
    RESCORED,
    RIGOUR,
    TURNED,
    UPPER,
    Floats,
)

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
    """Generations from which something is not what it was before, and what."""
    low: float
    """Of the axis."""
    high: float


def curves(made: Floats, most: int) -> Curves:
    """Puts the scores of a run together.

    Args:
        made: (n, 9) of at least one generation; see `numbers`.
        most: points, at most.
    """
    raw = made[:, [LOWER, MEDIAN, UPPER, BEST]]
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


def _records(made: Floats) -> tuple[tuple[tuple[int, float], ...], ...]:
    stricter = _stricter(made)
    begins = np.flatnonzero(stricter | (made[:, RESCORED] > 0.0))
    begins = np.unique(np.append(begins, 0))
    rows = []
    for begin, end in pairwise([*begins.tolist(), len(made)]):
        rigour = made[: begin + 1, RIGOUR].max()
        scores = np.where(made[begin:end, RIGOUR] == rigour, made[begin:end, BEST], -np.inf)
        before = np.maximum.accumulate(np.append(NOTHING, scores))[:-1]
        rose = np.flatnonzero(scores > before)
        row = [(begin + 1 + step, float(scores[step])) for step in rose.tolist()]
        if row:
            rows.append((*row, (end, row[-1][1])))
    return tuple(rows)


def _stricter(made: Floats) -> NDArray[np.bool_]:
    """Returns (n,) which generations are the first that are looked at more strictly."""
    rigour = np.maximum.accumulate(made[:, RIGOUR])
    return np.diff(rigour, prepend=rigour[0]) > 0.0


def _marks(made: Floats) -> tuple[tuple[int, Sign], ...]:
    stricter = _stricter(made)
    turned = made[:, TURNED] > 0.0
    turned[0] = False
    return tuple(
        (place + 1, "strict" if stricter[place] else "turned")
        for place in np.flatnonzero(stricter | turned).tolist()
    )
