"""The numbers of all generations as one array, so that a long run is drawn as quickly as a short one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sims.live.messages import GenerationFacts

Floats = NDArray[np.float64]

LOWER, MEDIAN, UPPER, BEST, DISTANCE, RIGOUR, RESCORED, TURNED, RECORD = range(9)
"""Columns: scores, metres, the look that was taken, and whether: see `GenerationFacts`."""
_WIDE = 9


def numbers(made: Sequence[GenerationFacts]) -> Floats:
    """Returns (n, 9) the numbers of generations, a row each."""
    rows = [
        (
            one.lower,
            one.median,
            one.upper,
            one.best,
            one.distance_m,
            one.rigour,
            one.rescored,
            one.turned,
            one.record,
        )
        for one in made
    ]
    return np.array(rows, dtype=float).reshape(-1, _WIDE)


class Numbers:
    """Reads each generation of a run once."""

    def __init__(self) -> None:
        self._of: object = None
        self._rows: Floats = np.empty((0, _WIDE))
        self._count = 0

    def read(self, run: object, made: Sequence[GenerationFacts]) -> Floats:
        """Returns (n, 9) the numbers of all generations of a run; another run is read anew."""
        if run is not self._of or len(made) < self._count:
            self._of, self._count = run, 0
        new = numbers(made[self._count :])
        end = self._count + len(new)
        if end > len(self._rows):  # room for twice as many, so that it seldom has to be made
            rows = np.empty((2 * end, _WIDE))
            rows[: self._count] = self._rows[: self._count]
            self._rows = rows
        self._rows[self._count : end] = new
        self._count = end
        return self._rows[:end]
