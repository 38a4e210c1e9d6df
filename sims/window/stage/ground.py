"""The ground under a walk and what lies and stands on it: soil, ruler, prints, dust, flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pygame

from creatures.skeleton import Skeleton
from sims.live.messages import Walk
from sims.window.camera import Camera
from sims.window.pen import Pen
from sims.window.stage.drift import Drift
from sims.window.stage.flags import Flag, Flags
from sims.window.stage.land import land_of
from sims.window.stage.prints import Prints
from sims.window.stage.ruler import draw_ruler
from sims.window.stage.soil import draw_soil

_BAND = 27
"""Points: the strip below the ground's line in which prints lie; the ruler begins below it."""


class Ground:
    """Draws the ground. Make one for each frame: it remembers how its camera zoomed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._drift = Drift()
        self._prints = Prints(pen)
        self._flags = Flags(pen)

    def draw(
        self,
        surface: pygame.Surface,
        camera: Camera,
        walk: Walk | None,
        skeleton: Skeleton,
        t: float,
        ruler: bool = True,
        prints: bool = True,
    ) -> None:
        """Draws what is under the animal: soil, ruler, prints, and the dust of the last steps.

        Args:
            surface: where.
            camera: where we look.
            walk: whose ground and prints; None is flat ground without any.
            skeleton: the walker.
            t: seconds since the start of the walk.
            ruler: whether metres are written along the ground.
            prints: whether feet leave prints and raise dust.
        """
        land = land_of(walk)
        room = (
            camera.height
            + camera.y
            - camera.py(land.height(camera.left + 0.5 * camera.width / camera.scale))
        )
        band = min(self._pen.px(_BAND), max(0.3 * room, 4.0))
        with _inside(surface, camera):
            draw_soil(surface, camera, self._pen, land, self._drift)
            if ruler:
                draw_ruler(surface, camera, self._pen, land, band + self._pen.px(3))
            if walk is not None and prints:
                self._prints.draw(surface, camera, land, walk, skeleton, t, band)
                self._prints.dust(surface, camera, land, walk, skeleton, t)

    def flags(
        self, surface: pygame.Surface, camera: Camera, flags: Sequence[Flag], walk: Walk | None
    ) -> None:
        """Draws flags on the ground of a walk where earlier walkers got to; before the animal."""
        with _inside(surface, camera):
            self._flags.draw(surface, camera, flags, land_of(walk))


@contextmanager
def _inside(surface: pygame.Surface, camera: Camera) -> Iterator[None]:
    """Keeps drawing inside the frame."""
    before = surface.get_clip()
    surface.set_clip(pygame.Rect(camera.x, camera.y, camera.width, camera.height).clip(before))
    try:
        yield
    finally:
        surface.set_clip(before)
