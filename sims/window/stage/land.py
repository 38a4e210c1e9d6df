"""The line of the ground, as the window needs it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sims.live.messages import Floats, Walk
from sims.window.camera import Camera


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """A chain of straight pieces that goes on level at both ends."""

    x: Floats
    """(n,) metres, rising."""
    y: Floats
    """(n,) metres."""

    def height(self, x: float) -> float:
        """Returns the height of the ground at a place, m."""
        return float(np.interp(x, self.x, self.y))

    def line(self, camera: Camera) -> Floats:
        """Returns (k, 2) pixels: the corners in a frame, and its ends at the frame's edges."""
        seen = (self.x > camera.left) & (self.x < camera.right)
        x = np.concatenate([[camera.left], self.x[seen], [camera.right]])
        return camera.points(np.stack([x, np.interp(x, self.x, self.y)], axis=1))


FLAT = Land(np.zeros(1), np.zeros(1))


def land_of(walk: Walk | None) -> Land:
    """Returns the ground of a walk; flat at 0 without one."""
    return FLAT if walk is None else Land(walk.land_x, walk.land_y)
