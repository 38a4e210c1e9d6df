"""Animals and people standing, all to one scale."""

from __future__ import annotations

import numpy as np
import pygame
from pygame import Rect

from creatures.outline.person import person
from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.messages import Floats
from sims.window import palette
from sims.window.camera import Camera
from sims.window.pen import Pen
from sims.window.sheet import Sheet
from sims.window.stage.animal import Animal

PERSON = 1.8
"""Metres."""


class Portrait:
    """One animal standing."""

    def __init__(self, skeleton: Skeleton, look: Look) -> None:
        self._animal = Animal(skeleton, look)
        self._pose: Floats = np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])
        self.left, _, self.right, self.top = self._animal.span(self._pose)

    @property
    def length(self) -> float:
        """Returns how long the animal is from snout to tail, metres."""
        return self.right - self.left

    def draw(self, sheet: Sheet, x: float, ground: int, scale: float) -> None:
        """Draws it.

        Args:
            sheet: where.
            x: pixels; of the end of its tail.
            ground: pixels; of the ground.
            scale: pixels in a metre.
        """
        whole = sheet.rect
        bottom = -(whole.bottom - ground) / scale
        camera = Camera(self.left - x / scale, bottom, scale, 0, 0, whole.width, whole.height)
        # Where an animal is small, a thick line would be all that is seen of it.
        line = min(max(scale * self.top / (90.0 * sheet.pen.scale), 0.45), 1.0)
        self._animal.draw(sheet.surface, camera, Pen(sheet.pen.scale * line), self._pose)


def draw_person(sheet: Sheet, x: float, ground: int, scale: float) -> None:
    """Draws a person 1.8 m tall, in the middle of x; all in pixels."""
    shape = person()
    wide, high = round(PERSON * 0.4 * scale) + 2, round(PERSON * 1.02 * scale) + 2
    area = Rect(round(x) - wide // 2, ground - high, wide, high)

    def draw(fine: pygame.Surface, by: int) -> None:
        at = shape * (scale * by, -scale * by) + (wide * by / 2, high * by)
        pygame.draw.polygon(fine, palette.FAINT, at.tolist())

    sheet.pen.smooth(sheet.surface, area, draw, palette.FAINT)
