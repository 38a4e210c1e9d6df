"""Generations as bars in a row, put together where there are more of them than pixels. Nothing drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pygame import Rect

from sims.live.messages import GenerationFacts
from sims.window.panels.numbers import DISTANCE, RECORD, Floats


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


def bars(made: Sequence[GenerationFacts], table: Floats, most: int) -> tuple[Bar, ...]:
    """Returns at most so many bars: of neighbours that share one, the one that got farthest is shown.

    Args:
        made: generations.
        table: (n, 9) their numbers; see `numbers`.
        most: bars.
    """
    count = len(made)
    group = max(-(-count // max(most, 1)), 1)
    rows = -(-count // group)
    far = np.full(rows * group, -np.inf)
    far[:count] = table[:, DISTANCE]
    starts = np.arange(0, count, group)
    best = starts + far.reshape(rows, group).argmax(axis=1)
    record = np.maximum.reduceat(table[:, RECORD], starts) if count else starts
    return tuple(
        Bar(made[place], start + 1, min(start + group, count), is_record > 0.0)
        for place, start, is_record in zip(
            best.tolist(), starts.tolist(), record.tolist(), strict=True
        )
    )
