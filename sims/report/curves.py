"""How a run learnt: its history read once, line by line, and thinned to what a screen can show.

However long the run, no more than `MOST` points of it are ever kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatures.faults import bad
from creatures.textfile import LARGEST_FILE as LONGEST_LINE

Floats = NDArray[np.float64]

MOST_GUESSES = 10**12
"""Of a run: more than anyone will ever make."""
MOST = 400
"""Points of a curve."""
GRID = 160
"""Places at which curves of several seeds are compared."""


@dataclass(frozen=True, slots=True)
class Point:
    """A run after so many guesses."""

    guesses: int
    score: float
    """The best so far; begun anew where guesses begin to be looked at more strictly."""
    distance_m: float
    """Of the guess that has it."""
    rigour: int


@dataclass(frozen=True, slots=True)
class Curve:
    """How a run learnt."""

    points: tuple[Point, ...]
    generations: int
    strict_from: int | None
    """Guesses from which on they were looked at more strictly, which makes scores that do not compare."""

    @property
    def guesses(self) -> int:
        """Returns how many there were."""
        return self.points[-1].guesses if self.points else 0

    def at(self, places: Floats, name: str) -> Floats:
        """Returns (p,) `score` or `distance_m` after so many guesses; NaN before the first and after the last."""
        guesses = np.array([point.guesses for point in self.points])
        values = np.array([getattr(point, name) for point in self.points])
        index = np.searchsorted(guesses, places, side="right") - 1
        found = np.where(index < 0, np.nan, values[np.maximum(index, 0)])
        return np.where(places > guesses[-1], np.nan, found)


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Curves of several seeds at the same places."""

    guesses: Floats
    low: Floats
    """The lower quartile."""
    middle: Floats
    """The median."""
    high: Floats
    """The upper quartile."""


def read_curve(path: Path) -> Curve | None:
    """Reads a history; a torn last line is left out, as it is when the run goes on.

    Returns:
        The curve; None while there is no whole line.

    Raises:
        BadFile: a line is none that a run writes.
    """
    if not path.is_file():
        return None
    return thinned(_points(path))


def thinned(points: Iterable[Point]) -> Curve | None:
    """Returns a curve of at most `MOST` points and the last; None of nothing.

    Each time it is full, every other point goes, and from then on only every so many are taken.
    """
    kept: list[Point] = []
    every, count = 1, 0
    last: Point | None = None
    strict: int | None = None
    for point in points:
        if strict is None and last is not None and point.rigour > last.rigour:
            strict = last.guesses
        if count % every == 0:
            kept.append(point)
            if len(kept) > MOST:
                kept, every = kept[::2], 2 * every
        count, last = count + 1, point
    if last is None:
        return None
    if kept[-1] is not last:
        kept.append(last)
    return Curve(tuple(kept), count, strict)


def band(curves: Sequence[Curve], name: str) -> Band:
    """Returns the median and the quartiles of curves, as far as all of them go."""
    end = min(curve.guesses for curve in curves)
    begin = max(curve.points[0].guesses for curve in curves)
    places = np.linspace(min(begin, end), end, GRID)
    table = np.array([curve.at(places, name) for curve in curves])
    low, middle, high = np.quantile(table, (0.25, 0.5, 0.75), axis=0)
    return Band(places, low, middle, high)


def _points(path: Path) -> Iterator[Point]:
    """Yields the best so far after each generation."""
    best: Point | None = None
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            if not line.endswith(b"\n"):
                return
            found = _point(line, f"{path}:{number}")
            if best is None or found.rigour > best.rigour or found.score > best.score:
                best = found
            yield Point(found.guesses, best.score, best.distance_m, found.rigour)


def _point(line: bytes, file: str) -> Point:
    try:
        found = json.loads(line)
        distance = found["distance_m"]
        point = Point(
            int(found["guesses"]),
            _number(found["best"]),
            0.0 if distance is None else _number(distance),
            int(found["rigour"]),
        )
        if not 0 <= point.guesses <= MOST_GUESSES:
            raise ValueError
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise bad(file, "is no line of a history") from None
    return point


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number
