"""A person beside the animal, to show how large it is."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame

from creatures.outline.person import HEIGHT, person
from sims.window.camera import Camera
from sims.window.palette import CARD, SOFT, SOIL_LINE, TREES, mix
from sims.window.pen import Pen
from sims.window.words import say

_BODY = mix(mix(SOFT, TREES, 0.35), CARD, 0.38)
_WORDS = mix(SOFT, SOIL_LINE, 0.3)
_SIZE = 13
_TALLEST = 1600
"""Pixels: a person taller than this, seen from very near, is drawn straight away."""


def draw_person(
    surface: pygame.Surface, camera: Camera, pen: Pen, x_m: float, ground_y: float = 0.0
) -> None:
    """Draws a standing person 1.8 m tall, and writes how tall.

    Args:
        surface: where.
        camera: where we look.
        pen: for the words.
        x_m: metres: where the person stands.
        ground_y: metres: how high the ground is there.
    """
    frame = pygame.Rect(camera.x, camera.y, camera.width, camera.height)
    tall = max(round(HEIGHT * camera.scale), 4)
    figure = _figure(tall) if tall < _TALLEST else None
    place = pygame.Rect(0, 0, round(0.34 * tall), tall + 3)
    if figure is not None:
        place = figure.get_rect()
    place.midbottom = round(camera.px(x_m)), round(camera.py(ground_y)) + 1
    words = say("stage.person")
    width, height = pen.width(words, _SIZE), pen.height(_SIZE)
    if not place.inflate(2 * width, 2 * height).colliderect(frame):
        return
    before = surface.get_clip()
    surface.set_clip(frame.clip(before))
    if figure is None:
        shape = camera.points(person() + np.array([x_m, ground_y])).tolist()
        pygame.draw.polygon(surface, _BODY, shape)
        pygame.draw.aalines(surface, _BODY, True, shape)
    else:
        surface.blit(figure, place)
    at = place.centerx, place.top - height
    if at[1] < frame.top:  # beside the neck, where there is room
        neck = place.top + round(0.07 * place.height)
        free = place.centerx + round(0.1 * place.height) if neck > frame.top else place.right
        at = free + pen.px(3) + width // 2, max(neck, frame.top + pen.px(2))
    pen.text(surface, words, at, _SIZE, _WORDS, align="centre")
    surface.set_clip(before)


@lru_cache(maxsize=4)
def _figure(tall: int) -> pygame.Surface:
    """Returns a person so many pixels tall, feet at the lower edge."""
    shape = person() * (tall / HEIGHT)
    half = int(np.abs(shape[:, 0]).max()) + 2
    made = pygame.Surface((2 * half, tall + 3), pygame.SRCALPHA)

    def draw(fine: pygame.Surface, by: int) -> None:
        points = np.stack([half + shape[:, 0], tall + 2 - shape[:, 1]], axis=1) * by
        pygame.draw.polygon(fine, _BODY, points.tolist())

    Pen().smooth(made, made.get_rect(), draw, _BODY)
    return made
