"""Metres to pixels: the only place where the two meet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the world in a frame on screen: x forward to the right, y up in the world and down on screen."""

    left: float
    """Metres at the frame's left edge."""
    bottom: float
    """Metres at the frame's lower edge: below 0, since the ground is seen."""
    scale: float
    """Pixels in a metre."""
    x: int
    """Pixels: the frame's left edge on the surface."""
    y: int
    """Pixels: the frame's upper edge."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""

    def px(self, metres: float) -> float:
        """Returns the place on screen of an x in the world."""
        return self.x + (metres - self.left) * self.scale

    def py(self, metres: float) -> float:
        """Returns the place on screen of a y in the world."""
        return self.y + self.height - (metres - self.bottom) * self.scale

    def points(self, world: Floats) -> Floats:
        """Returns (n, 2) pixels of (n, 2) metres."""
        out = np.empty_like(world)
        out[:, 0] = self.x + (world[:, 0] - self.left) * self.scale
        out[:, 1] = self.y + self.height - (world[:, 1] - self.bottom) * self.scale
        return out

    def world(self, x: float, y: float) -> tuple[float, float]:
        """Returns the metres of a place on screen."""
        return (
            self.left + (x - self.x) / self.scale,
            self.bottom + (self.y + self.height - y) / self.scale,
        )

    @property
    def right(self) -> float:
        """Returns the metres at the frame's right edge."""
        return self.left + self.width / self.scale

    @property
    def top(self) -> float:
        """Returns the metres at the frame's upper edge."""
        return self.bottom + self.height / self.scale

    def moved(self, dx: float) -> Camera:
        """Returns it so many metres further on."""
        return replace(self, left=self.left + dx)
