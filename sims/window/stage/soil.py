"""The soil: layers of earth and stones that lie still in the world, under the line on which the animal walks."""

from __future__ import annotations

from functools import lru_cache
from math import pi

import numpy as np
import pygame

from sims.live.messages import Floats
from sims.window.camera import Camera
from sims.window.palette import CARD, SOIL_LINE, SOIL_LOW, SOIL_TOP, Colour, mix
from sims.window.pen import Pen
from sims.window.stage.drift import Drift
from sims.window.stage.land import Land

_SEED = 145
_WIDTH = 900
"""Points after which the soil repeats."""
_STEP = 32
"""Pixels: the soil is painted for depths so far apart."""
_COLUMN = 2
"""Pixels: uneven ground is put together from columns so wide."""

_EARTH = (
    mix(SOIL_TOP, CARD, 0.20),
    SOIL_TOP,
    mix(SOIL_TOP, SOIL_LOW, 0.30),
    mix(SOIL_TOP, SOIL_LOW, 0.48),
    mix(SOIL_TOP, SOIL_LOW, 0.72),
    SOIL_LOW,
)
"""The layers, from above."""
_DEEP = (7, 24, 46, 70, 130)
"""Points: where each begins, except the first."""


def draw_soil(surface: pygame.Surface, camera: Camera, pen: Pen, land: Land, drift: Drift) -> None:
    """Draws the soil from the ground to the lower edge of the frame; the caller has set the clip."""
    tile = _tile(-(-camera.height // _STEP) * _STEP, round(pen.scale, 3))
    begin = round(drift.moved(camera) - 0.5 * camera.width)
    line = land.line(camera)
    if np.ptp(line[:, 1]) < 0.5:
        _level(surface, camera, tile, begin, round(line[0, 1]))
    else:
        _uneven(surface, camera, tile, begin, line)
    _edge(surface, pen, line)


def _level(
    surface: pygame.Surface, camera: Camera, tile: pygame.Surface, begin: int, top: int
) -> None:
    x = camera.x - begin % tile.get_width()
    while x < camera.x + camera.width:
        surface.blit(tile, (x, top))
        x += tile.get_width()


def _uneven(
    surface: pygame.Surface, camera: Camera, tile: pygame.Surface, begin: int, line: Floats
) -> None:
    at = np.arange(camera.x, camera.x + camera.width, _COLUMN)
    tops = np.rint(np.interp(at + 0.5 * _COLUMN, line[:, 0], line[:, 1])).astype(int)
    width, height = tile.get_size()
    places = [(x, y) for x, y in zip(at.tolist(), tops.tolist(), strict=True)]
    surface.fblits(
        [
            (
                tile.subsurface(
                    ((begin + x - camera.x) % width // _COLUMN * _COLUMN, 0, _COLUMN, height)
                ),
                (x, y),
            )
            for x, y in places
        ]
    )


def _edge(surface: pygame.Surface, pen: Pen, line: Floats) -> None:
    """Draws the line on which the animal walks."""
    width = max(pen.px(1.5), 1)
    points = line.tolist()
    if np.ptp(line[:, 1]) < 0.5:
        pygame.draw.rect(
            surface, SOIL_LINE, (*np.rint(line[0]), line[-1, 0] - line[0, 0] + 1, width)
        )
        return
    pygame.draw.lines(surface, SOIL_LINE, False, points, width)
    for shift in (-0.5 * width, 0.5 * width):
        pygame.draw.aalines(surface, SOIL_LINE, False, [(x, y + shift) for x, y in points])


@lru_cache(maxsize=4)
def _tile(height: int, scale: float) -> pygame.Surface:
    """Returns the soil, pixels: as deep as asked for, and so wide that it may be repeated."""
    chance = np.random.default_rng(_SEED)
    pen = Pen(scale)
    width = pen.px(_WIDTH) // _COLUMN * _COLUMN
    x, y = np.arange(width)[:, None], np.arange(height)[None]
    picture = np.empty((width, height, 3))
    picture[:] = _EARTH[0]
    for deep, colour in zip(_DEEP, _EARTH[1:], strict=True):
        waves, sizes = np.array([2, 5, 9]), np.array([0.5, 0.32, 0.18]) * min(0.11 * deep, 7.0)
        turns = 2 * pi * waves * x / width + chance.uniform(0, 2 * pi, 3)
        begin = pen.scale * (deep + np.sum(sizes * np.sin(turns), axis=1))[:, None]
        share = np.clip(y - begin + 0.5, 0.0, 1.0)[:, :, None]
        picture += share * (np.array(colour) - picture)
    made = pygame.Surface((width, height))
    pygame.surfarray.blit_array(made, np.rint(picture).astype(np.uint8))
    _stones(made, pen, chance)
    return made


def _stones(surface: pygame.Surface, pen: Pen, chance: np.random.Generator) -> None:
    """Puts stones into the soil, the larger the deeper, some paler and some darker than it."""
    width = surface.get_width()
    stones: list[tuple[float, float, float, float, Colour]] = []
    for _ in range(150):
        deep = 4.0 + 150.0 * chance.uniform() ** 1.6
        size = chance.uniform(0.5, 1.0) * (1.4 + 0.035 * deep)
        share = float(chance.uniform(0.12, 0.32))
        earth = mix(SOIL_TOP, SOIL_LOW, min(deep / 110.0, 1.0))
        tint = mix(earth, CARD if chance.uniform() < 0.45 else SOIL_LINE, share)
        stones.append((chance.uniform() * width, deep, size, chance.uniform(0.5, 0.75), tint))

    def draw(fine: pygame.Surface, by: int) -> None:
        for x, deep, size, flat, tint in stones:
            radius = size * pen.scale * by
            for at in (x * by - width * by, x * by, x * by + width * by):
                box = at - radius, deep * pen.scale * by, 2 * radius, 2 * radius * flat
                pygame.draw.ellipse(fine, tint, box)

    pen.smooth(surface, surface.get_rect(), draw, SOIL_LOW)
