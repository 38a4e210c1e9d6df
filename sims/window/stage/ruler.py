"""The ruler along the ground: metres from the start, as fine as there is room for."""

from __future__ import annotations

from math import ceil, floor, log10

import pygame

from sims.window.camera import Camera
from sims.window.palette import INK, SOIL_LINE, SOIL_TOP, mix
from sims.window.pen import Pen
from sims.window.stage.land import Land
from sims.window.words import say

_APART = 84.0
"""Points between two labels at least."""
_PARTS = {1: 5, 2: 4, 5: 5}
"""First digit of the step between labels -> how many small steps it has."""
_LABEL = mix(SOIL_LINE, INK, 0.6)
_FAINT = mix(SOIL_LINE, SOIL_TOP, 0.35)
_SIZE = 12.5


def steps(camera: Camera, pen: Pen) -> tuple[float, int]:
    """Returns the metres between two labels, 1, 2 or 5 times a power of ten, and how many small steps they have."""
    least = max(_APART * pen.scale / camera.scale, 1e-6)
    power = floor(log10(least))
    for exponent in (power, power + 1):
        for digit, parts in _PARTS.items():
            if digit * 10.0**exponent >= least * (1 - 1e-9):
                return digit * 10.0**exponent, parts
    return 10.0 ** (power + 2), _PARTS[1]


def draw_ruler(surface: pygame.Surface, camera: Camera, pen: Pen, land: Land, deep: float) -> None:
    """Draws the ruler; where there is little soil below the ground, with shorter ticks, and without words in the end.

    Args:
        surface: where; the caller has set the clip to the frame.
        camera: where we look.
        pen: for the labels.
        land: the ground it lies under.
        deep: pixels: how far below the ground it begins.
    """
    step, parts = steps(camera, pen)
    words = pen.height(_SIZE)
    bottom = camera.y + camera.height - pen.px(1)
    room = 0.5 * _APART * pen.scale / camera.scale
    first, last = (camera.left - room) * parts / step, (camera.right + room) * parts / step
    for number in range(ceil(first), floor(last) + 1):
        x = number * step / parts
        major = number % parts == 0
        at, ground = round(camera.px(x)), round(camera.py(land.height(x)))
        free = bottom - ground - words
        tall = pen.px(8 if major else 4) if free >= pen.px(14) else pen.px(3)
        top = ground + max(min(round(deep), free - tall), 0)
        width = max(pen.px(1.5 if major else 1), 1)
        surface.fill(SOIL_LINE if major else _FAINT, (at - width // 2, top, width, tall))
        if major and free >= 0:
            below = min(top + tall, bottom - words)
            _write(surface, camera, pen, label(x, step), (at, below))


def _write(
    surface: pygame.Surface, camera: Camera, pen: Pen, text: str, at: tuple[int, int]
) -> None:
    """Writes a label, unless it would be cut by the frame."""
    if abs(at[0] - camera.x - camera.width / 2) + pen.width(text, _SIZE) / 2 < camera.width / 2:
        pen.text(surface, text, at, _SIZE, _LABEL, align="centre")


def label(x: float, step: float) -> str:
    """Returns what is written at a place of the ruler, metres, with no more digits than the step needs."""
    if abs(x) < 0.5 * step:
        return say("stage.start")
    digits = max(-floor(log10(step) + 1e-9), 0)
    return say("stage.metres", n=f"{round(x, digits):g}".replace("-", "−"))
