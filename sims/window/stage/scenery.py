"""What is behind the animal: sky, hills and plants of its time, each layer the slower the farther it is.

All layers are painted once for a size of the frame and only copied from then on. They are not in metres: what is far
looks the same behind a small animal and a large one.
"""

from __future__ import annotations

import pygame

from sims.window.camera import Camera
from sims.window.pen import Pen
from sims.window.stage.backdrop import MEADOW_LOW, Layer, layers, sky
from sims.window.stage.drift import Drift

_STEP = 32
"""Pixels: layers are painted for sizes so far apart, so that a window that is being resized stays quick."""


class Scenery:
    """Draws what is behind the animal. Make one for each frame: it remembers how its camera zoomed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._drift = Drift()

    def draw(self, surface: pygame.Surface, camera: Camera, ground_y: float = 0.0) -> None:
        """Draws it over the whole frame.

        Args:
            surface: where.
            camera: where in the world we look.
            ground_y: metres: where the ground is in the middle of the frame, if it is not at 0.
        """
        frame = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
        wide, tall = -(-frame.width // _STEP) * _STEP, -(-frame.height // _STEP) * _STEP
        base = min(max(round(camera.py(ground_y)), frame.top), frame.bottom)
        before = surface.get_clip()
        surface.set_clip(frame.clip(before))
        surface.blit(sky(wide, tall), (frame.left, base - tall))
        surface.fill(MEADOW_LOW, (frame.left, base, frame.width, frame.bottom - base))
        moved = self._drift.moved(camera)
        for layer in layers(tall):
            _repeat(surface, layer, frame, base, moved)
        surface.set_clip(before)


def _repeat(
    surface: pygame.Surface, layer: Layer, frame: pygame.Rect, base: int, moved: float
) -> None:
    """Puts a layer side by side with itself until the frame is full."""
    width = layer.picture.get_width()
    x = frame.left - round(layer.share * moved) % width
    while x < frame.right:
        surface.blit(layer.picture, (x, base - layer.height))
        x += width
