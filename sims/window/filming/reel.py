"""A film as its pictures, one after the other: how many there are is known before the first is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pygame
from numpy.typing import NDArray

from sims.window.filming.shots import Part, Shown, Style
from sims.window.pixels import pixels


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a film."""

    number: int
    """From 0."""
    surface: pygame.Surface
    """Drawn over by the next picture."""
    shown: tuple[Shown, ...]
    """Every walk that is seen in it."""

    def pixels(self) -> NDArray[np.uint8]:
        """Returns (h, w, 3) red, green and blue of every pixel, the upper row first."""
        return pixels(self.surface)


class Reel:
    """A film of several parts.

    Attributes:
        fps: pictures a second.
    """

    def __init__(self, parts: Sequence[Part], style: Style, fps: Fraction) -> None:
        """Makes a film; nothing is drawn or computed yet.

        Args:
            parts: one after the other.
            style: how all of it is drawn.
            fps: pictures a second.
        """
        pygame.font.init()
        self._parts, self._style, self.fps = tuple(parts), style, fps
        ends = np.cumsum([float(fps) * part.seconds for part in parts])
        self._ends: list[int] = [
            max(round(end), number + 1) for number, end in enumerate(ends.tolist())
        ]

    def __len__(self) -> int:
        """Returns how many pictures it has."""
        return self._ends[-1]

    @property
    def seconds(self) -> float:
        """Returns how long it is."""
        return float(len(self) / self.fps)

    def frames(self) -> Iterator[Frame]:
        """Yields every picture."""
        return self._drawn(range(len(self)))

    def sample(self, count: int) -> list[NDArray[np.uint8]]:
        """Returns the pixels of some pictures from all over it."""
        some = {round(at) for at in np.linspace(0, len(self) - 1, count).tolist()}
        return [frame.pixels() for frame in self._drawn(sorted(some))]

    def _drawn(self, numbers: Sequence[int]) -> Iterator[Frame]:
        surface = pygame.Surface(self._style.size, 0, 32)
        first = 0
        for part, end in zip(self._parts, self._ends, strict=True):
            own = [number for number in numbers if first <= number < end]
            take = part.open(self._style) if own else None
            for number in own:
                assert take is not None
                yield Frame(number, surface, take.draw(surface, float((number - first) / self.fps)))
            first = end
