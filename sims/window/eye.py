"""How the stage is looked at: it follows the animal, comes closer, and can be dragged along."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pygame import Rect

from sims.live.messages import Floats, Walk
from sims.window.camera import Camera

_PERSON_M = 1.85
"""A person with some air above."""
_AIR = 1.5
"""Height of the view over that of the animal."""
_ROOM = 1.22
"""Width of the view over the length of the animal, at least."""
_BELOW = 0.17
"""Share of the view that is soil."""
_STEADY_S = 0.5
"""The eye follows the mean over so long to each side: it does not bob with every step."""
_CLOSEST, _FURTHEST = 8.0, 0.125
"""Times the usual view."""


@dataclass(slots=True)
class Eye:
    """Where one looks."""

    zoom: float = 1.0
    """Times the usual view."""
    shift: float = 0.0
    """Metres ahead of where the animal is followed to."""
    standing_at: float = 0.0
    """Metres: what is looked at when the animal is not followed."""

    def zoomed(self, by: float) -> None:
        """Comes closer (above 1) or goes further away."""
        self.zoom = min(max(self.zoom * by, _FURTHEST), _CLOSEST)

    def home(self) -> None:
        """Looks as at first."""
        self.zoom, self.shift = 1.0, 0.0

    def camera(
        self,
        rect: Rect,
        span: tuple[float, float, float, float],
        at: float,
        ground: float = 0.0,
        words: int = 0,
    ) -> Camera:
        """Returns the view.

        Args:
            rect: the frame, pixels.
            span: least x and y and greatest x and y of the standing animal, m.
            at: metres: the x that is looked at.
            ground: metres: the height of the ground there.
            words: pixels at the upper edge that are written on: a person's head stays below them.
        """
        left, _, right, top = span
        above = (1.0 - _BELOW) * rect.height
        scale = self.zoom * min(
            above / (_AIR * top),
            max(above - words, 0.6 * above) / _PERSON_M,
            rect.width / (_ROOM * (right - left)),
        )
        middle = at + self.shift + (left + right) / 2.0
        return Camera(
            left=middle - rect.width / scale / 2.0,
            bottom=ground - _BELOW * rect.height / scale,
            scale=scale,
            x=rect.x,
            y=rect.y,
            width=rect.width,
            height=rect.height,
        )


def followed(walk: Walk, time: float) -> float:
    """Returns the x to look at, m: where the animal is, without its bobbing."""
    return _steady(walk.com[:, 0], walk.trajectory.frame_time, time)


def frame_at(walk: Walk, time: float) -> int:
    """Returns the frame of a walk at a time; its last when it is over by then."""
    return min(max(int(time / walk.trajectory.frame_time + 1e-6), 0), len(walk.trajectory) - 1)


def stored(walk: Walk, time: float) -> float:
    """Returns the time of the frame of a walk that is nearest to a time, s: there it is as it was simulated."""
    step = walk.trajectory.frame_time
    return min(max(round(time / step), 0), len(walk.trajectory) - 1) * step


def ground_under(walk: Walk, x: float) -> float:
    """Returns the height of the ground at an x, m."""
    return float(np.interp(x, walk.land_x, walk.land_y))


def _steady(path: Floats, frame_time: float, time: float) -> float:
    at = min(max(time / frame_time, 0.0), len(path) - 1.0)
    frame = int(at)
    here = _mean(path, frame_time, frame)
    if at - frame < 1e-6:
        return here
    # Between two frames on the way, or the country would jerk in slow motion.
    return here + (at - frame) * (_mean(path, frame_time, frame + 1) - here)


def _mean(path: Floats, frame_time: float, at: int) -> float:
    half = _STEADY_S / frame_time
    # Near an end the mean is over the same time to both sides, or the picture would jump ahead.
    room = min(at, half, len(path) - 1.0 - at)
    low, high = round(at - room), round(at + room) + 1
    return float(path[low:high].mean())
