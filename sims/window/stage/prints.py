"""What a foot leaves behind: a three-toed print in the soil, and for a moment a little dust."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

import numpy as np
import pygame

from creatures.skeleton import Skeleton
from sims.live.messages import Floats, Walk
from sims.window.camera import Camera
from sims.window.palette import CARD, LEFT, RIGHT, SOIL_LINE, SOIL_TOP, Colour, mix
from sims.window.pen import Pen
from sims.window.stage.land import Land

_WALKS = 8
"""Walks whose prints are kept at hand."""
_FLAT = 0.46
"""How flat a print looks, seen from the side and a little from above."""
_ROWS = (0.74, 0.37)
"""Where the middle of the prints of the left, nearer foot and of the right one is, shares of the band they lie in."""
_TINTS = (mix(SOIL_LINE, LEFT, 0.38), mix(SOIL_LINE, RIGHT, 0.30))
_RIM = mix(SOIL_TOP, CARD, 0.55)
_BREADTH = 1.16
"""Of a print, over its length."""

_LIFE = 0.5 / 0.55
"""Of a puff of dust, units of time sqrt(hip height / g)."""
_DUST = mix(SOIL_TOP, CARD, 0.15)
_PUFFS = 9


def _shapes() -> tuple[Floats, ...]:
    """Returns the pad of the heel and three toes: (n, 2) lengths of the print, along and across it."""
    turn = np.linspace(0.0, 2.0 * pi, 24)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    found = [ring * (0.13, 0.15) + (0.15, 0.0)]
    for angle, begin, end in ((0.0, 0.34, 1.0), (0.72, 0.30, 0.86), (-0.72, 0.30, 0.86)):
        way = np.array([cos(angle), sin(angle)])
        across = np.array([-way[1], way[0]])
        half = (end - begin) / 2.0
        # Round behind, and drawn out into a claw in front.
        wide = 0.15 * ring[:, 1:] * (1.0 - 0.45 * np.clip(ring[:, :1], 0.0, 1.0))
        found.append((begin + half * (1.0 + ring[:, :1])) * way + wide * across)
    return tuple(found)


_SHAPES = _shapes()


@dataclass(frozen=True, slots=True)
class Print:
    """Where and when a foot came down."""

    time: float
    """Seconds since the start."""
    x: float
    """Metres: the middle of the foot."""
    length: float
    """Of the foot, metres."""
    side: int
    """0 left, 1 right."""
    young: int
    """How many prints of the same limb are younger, once the walk is over."""


class Prints:
    """Draws prints and dust; what they are follows from the walk and the time alone."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._known: OrderedDict[Walk, tuple[Print, ...]] = OrderedDict()

    def of(self, walk: Walk, skeleton: Skeleton) -> tuple[Print, ...]:
        """Returns the prints of a whole walk, the first first."""
        if walk not in self._known:
            self._known[walk] = find_prints(walk, skeleton)
            if len(self._known) > _WALKS:
                self._known.popitem(last=False)
        return self._known[walk]

    def draw(
        self,
        surface: pygame.Surface,
        camera: Camera,
        land: Land,
        walk: Walk,
        skeleton: Skeleton,
        t: float,
        band: float,
    ) -> None:
        """Draws the prints made before a moment.

        Args:
            surface: where; the caller has set the clip to the frame.
            camera: where we look.
            land: the ground.
            walk: whose prints.
            skeleton: the walker.
            t: seconds since the start of the walk.
            band: pixels: how deep below the ground they may reach.
        """
        made = [one for one in self.of(walk, skeleton) if one.time < t]
        newest = [min((p.young for p in made if p.side == side), default=0) for side in (0, 1)]
        for one in made:
            if not camera.left - one.length < one.x < camera.right + one.length:
                continue
            wide = min(max(0.8 * one.length * camera.scale, self._pen.px(7)), 2.2 * band)
            tall = min(_FLAT * wide, 0.6 * band)
            age = min(one.young - newest[one.side], 5)
            picture = _picture(round(wide), max(round(tall), 3), one.side, age)
            middle = camera.py(land.height(one.x)) + _ROWS[one.side] * band
            place = camera.px(one.x) - 0.5 * wide, middle - 0.5 * picture.get_height()
            surface.blit(picture, (round(place[0]), round(place[1])))

    def dust(
        self,
        surface: pygame.Surface,
        camera: Camera,
        land: Land,
        walk: Walk,
        skeleton: Skeleton,
        t: float,
    ) -> None:
        """Draws the dust in the air at a moment, t seconds after the start of the walk."""
        life = _LIFE * skeleton.time_unit
        for number, one in enumerate(self.of(walk, skeleton)):
            share = (t - one.time) / life
            if 0.0 < share < 1.0 and one.time > 0.0:
                ground = land.height(one.x)
                for x, y, radius, thick in puffs(number, share, one.length, skeleton.hip_height):
                    size = max(round(radius * camera.scale), 2)
                    size -= size % (
                        size // 8 + 1
                    )  # few sizes, so that clouds need not be made anew
                    cloud = _cloud(size, round(16 * thick))
                    place = camera.px(one.x + x), camera.py(ground + y)
                    surface.blit(cloud, cloud.get_rect(center=(round(place[0]), round(place[1]))))


def find_prints(walk: Walk, skeleton: Skeleton) -> tuple[Print, ...]:
    """Returns the prints of a walk in the order in which they were made."""
    track, found = walk.trajectory, []
    for limb, falls in zip(skeleton.limbs, walk.foot_falls, strict=True):
        foot = skeleton.bones[limb.foot]
        middle = foot.local(0.5 * (foot.contact_span[0] + foot.contact_span[1]))
        for number, (begin, _) in enumerate(falls):
            frame = min(round(begin / track.frame_time), len(track) - 1)
            x, _y, angle = track.poses[frame, limb.foot].tolist()
            young = len(falls) - 1 - number
            found.append(Print(begin, x + middle * cos(angle), foot.length, limb.side, young))
    return tuple(sorted(found, key=lambda one: one.time))


def puffs(
    number: int, share: float, foot: float, hip: float
) -> list[tuple[float, float, float, float]]:
    """Returns the dust of one foot-fall at a share (0 to 1) of its life.

    Args:
        number: of the foot-fall, so that no two look the same.
        share: of its life.
        foot: length of the foot, m.
        hip: height of the hip, m.

    Returns:
        For each puff x and y from the print, its radius (all m), and how thick it is, 0 to 1.
    """
    chance = np.random.default_rng(number)
    grown = 1.0 - (1.0 - share) ** 2
    thick = min(share / 0.06, 1.0) * (1.0 - share) ** 1.3
    made = []
    for way, high, size in chance.uniform(0.0, 1.0, (_PUFFS, 3)).tolist():
        side, far = (-1.0, way / 0.65) if way < 0.65 else (1.0, (way - 0.65) / 0.35)
        x = side * (0.45 * foot + hip * (0.02 + 0.20 * far) * (0.3 + 0.7 * grown))
        y = hip * (0.015 + (0.015 + 0.09 * high * (1.0 - 0.6 * far)) * grown)
        made.append((x, y, hip * (0.03 + (0.03 + 0.04 * size) * grown), thick))
    return made


@lru_cache(maxsize=256)
def _picture(wide: int, tall: int, side: int, age: int) -> pygame.Surface:
    """Returns a print seen from the side, pixels: its floor in shade, its nearer rim in the light."""
    made = pygame.Surface((wide + 2, tall + 3), pygame.SRCALPHA)

    def foot(fine: pygame.Surface, by: int, lower: float, colour: Colour) -> None:
        for shape in _SHAPES:
            x = 1 + shape[:, 0] * (wide - 1)
            y = (shape[:, 1] / _BREADTH + 0.5) * tall + 1 + lower
            pygame.draw.polygon(fine, colour, (np.stack([x, y], axis=1) * by).tolist())

    def draw(fine: pygame.Surface, by: int) -> None:
        foot(fine, by, 1.0, _RIM)
        foot(fine, by, 0.0, _TINTS[side])

    Pen().smooth(made, made.get_rect(), draw, _TINTS[side])
    made.fill(
        (255, 255, 255, round(255 * (0.85 - 0.11 * age))), special_flags=pygame.BLEND_RGBA_MULT
    )
    return made


@lru_cache(maxsize=192)
def _cloud(radius: int, thick: int) -> pygame.Surface:
    """Returns a soft puff, pixels; how thick in 16ths."""
    high = max(round(0.7 * radius), 1)
    x, y = (np.arange(2 * half) - half + 0.5 for half in (radius, high))
    far = np.hypot(x[:, None] / radius, y[None] / high)
    made = pygame.Surface((2 * radius, 2 * high), pygame.SRCALPHA)
    made.fill((*_DUST, 0))
    soft = np.clip(1.0 - far**2, 0.0, 1.0) ** 1.5
    pygame.surfarray.pixels_alpha(made)[:] = np.rint(215 * thick / 16 * soft).astype(np.uint8)
    return made
