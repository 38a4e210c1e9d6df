"""Round numbers along an axis, and generations across a panel: nothing drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MINUS = "−"
NOTHING = -1e8
"""Scores below this mean that nothing came of a guess; see `evo.population.WORST`."""


def step(span: float, most: float) -> float:
    """Returns the smallest of 1, 2, 2.5, 5, 10, ... (and their tenths) that fits at most so many times into a span."""
    if span <= 0.0 or not math.isfinite(span):
        return 1.0
    rough = span / max(most, 1.0)
    ten = 10.0 ** math.floor(math.log10(rough))
    return next(by * ten for by in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0) if by * ten >= rough * 0.999)


def ticks(low: float, high: float, most: float) -> list[float]:
    """Returns at most so many round numbers, and one, from low to high."""
    by = step(high - low, most)
    first, last = math.ceil(low / by - 1e-9), math.floor(high / by + 1e-9)
    return [by * place for place in range(first, last + 1)]


def generations(count: int, most: int) -> list[int]:
    """Returns round numbers of generations, from 1 to the last: ``1, 20, 40, ...``."""
    by = max(math.ceil(step(count, most)), 1)
    return [1, *(number for number in range(by, count + 1, by) if number > 1)]


def plain(value: float, digits: int = 1) -> str:
    """Returns a number with a true minus sign."""
    text = f"{value:.{digits}f}"
    return text.replace("-", MINUS) if float(text) else text.lstrip("-")


def signed(value: float, digits: int = 1) -> str:
    """Returns a number with its sign; 0 has none."""
    text = plain(value, digits)
    return f"+{text}" if float(f"{value:.{digits}f}") > 0.0 else text


@dataclass(frozen=True, slots=True)
class Across:
    """Generations from left to right, the first at one end and the latest towards the other."""

    left: float
    """Pixels."""
    right: float
    count: int
    """Generations so far."""
    least: int = 12
    """A run with fewer is drawn as if more were to come, and does not fill the whole width."""

    def x(self, number: float) -> float:
        """Returns the pixels of a generation, from 1."""
        share = (number - 1.0) / (max(self.count, self.least) - 1.0)
        return self.left + share * (self.right - self.left)

    def nearest(self, x: float) -> int:
        """Returns the generation nearest to a pixel, from 1; 0 when there is none."""
        if self.right <= self.left:
            return self.count
        share = (x - self.left) / (self.right - self.left)
        number = round(1.0 + share * (max(self.count, self.least) - 1.0))
        return min(max(number, 1), self.count)


@dataclass(frozen=True, slots=True)
class Up:
    """Values from the bottom up; what lies outside is drawn at the edge."""

    top: float
    """Pixels."""
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """Returns the pixels of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)


def apart(wished: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Returns places near those wished for, at least a gap apart and between low and high where there is room.

    Args:
        wished: in ascending order.
        gap: between neighbours.
        low: smallest place.
        high: largest place.
    """
    places = [max(place, low) for place in wished]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + gap)
    limit = high
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - gap
    return places
