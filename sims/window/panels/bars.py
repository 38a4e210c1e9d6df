"""Generations as bars in a row, put together where there are more of them than pixels. Nothing drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pygame import Rect

from sims.live.messages import GenerationFacts


@dataclass(frozen=True, slots=True)
class Bar:
    """A generation, or the best of several neighbours."""

    best: GenerationFacts
    first: int
    """Generations from the first, which is 1, ..."""
    last: int
    """... to the last."""
    record: bool
    """Whether there is a record among them."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where the bars stand, in the panel's own pixels."""

    rect: Rect
    bars: tuple[Bar, ...]
    slot: float
    """Pixels from one bar to the next."""

    def at(self, x: float) -> Bar:
        """Returns the bar under a pixel, or the nearest one."""
        place = int((x - self.rect.left) / self.slot)
        return self.bars[min(max(place, 0), len(self.bars) - 1)]

    def place(self, number: int) -> int:
        """Returns which bar a generation is in."""
        group = self.bars[0].last
        return min((number - 1) // group, len(self.bars) - 1)

    def span(self, place: int) -> tuple[int, int]:
        """Returns where a bar begins, and its width."""
        left = round(self.rect.left + place * self.slot)
        right = round(self.rect.left + (place + 1) * self.slot)
        gap = 0 if self.slot < 2.5 else max(round(self.slot * 0.2), 1)
        return left, max(right - left - gap, 1)


def bars(made: Sequence[GenerationFacts], most: int) -> tuple[Bar, ...]:
    """Returns at most so many bars: of neighbours that share one, the one that got farthest is shown."""
    group = max(-(-len(made) // max(most, 1)), 1)
    found = []
    for start in range(0, len(made), group):
        some = made[start : start + group]
        best = max(some, key=lambda one: one.distance_m)
        found.append(Bar(best, start + 1, start + len(some), any(one.record for one in some)))
    return tuple(found)
