"""Small flags where earlier walkers got to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.window.camera import Camera
from sims.window.palette import CARD, INK, SOFT, SOIL_LINE, Colour, mix
from sims.window.pen import Pen
from sims.window.stage.land import Land

_HEIGHTS = (46, 68, 90)
"""Points: how tall poles may be, so that labels get out of each other's way."""
_SIZE = 12.5
_PENNANT = (15, 10)
"""Points: width and height."""
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Flag:
    """A place that was reached."""

    x_m: float
    """Metres from the start."""
    label: str
    """``gen 10 · 3.1 m``."""
    colour: Colour
    strong: bool = False
    """Whether it matters more than the others: it keeps its label, and stands out."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A flag and how it is drawn, in pixels from the foot of its pole: it stays so while the camera moves."""

    flag: Flag
    tall: int
    """Of the pole."""
    label: Rect
    """Of the words, with some room round them; empty when there is no room for them."""


def plant(flags: Sequence[Flag], scale: float, pen: Pen) -> tuple[Planted, ...]:
    """Finds a height for each flag at which its label overlaps no other; a lesser flag may go without.

    Args:
        flags: in any order; of two that are as strong, the later one counts for more.
        scale: pixels in a metre.
        pen: for the labels.

    Returns:
        The flags, the strongest last.
    """
    done: list[Planted] = []
    taken: list[Rect] = []
    order = sorted(range(len(flags)), key=lambda i: (flags[i].strong, i), reverse=True)
    for flag in (flags[i] for i in order):
        tries = [_at(flag, pen.px(tall), pen) for tall in _HEIGHTS]
        free = [
            one for one in tries if all(not _clash(part, taken) for part in _parts(one, scale, pen))
        ]
        chosen = free[0] if free else _mute(flag, pen)
        taken += _parts(chosen, scale, pen)
        done.append(chosen)
    return tuple(reversed(done))


def _at(flag: Flag, tall: int, pen: Pen) -> Planted:
    room = pen.px(4)
    wide = pen.width(flag.label, _SIZE, flag.strong) + 2 * room
    left = pen.px(_PENNANT[0]) + pen.px(3)
    return Planted(flag, tall, Rect(left, -tall - pen.px(3), wide, pen.height(_SIZE)))


def _mute(flag: Flag, pen: Pen) -> Planted:
    return Planted(flag, pen.px(0.6 * _HEIGHTS[0]), Rect(0, 0, 0, 0))


def _parts(one: Planted, scale: float, pen: Pen) -> list[Rect]:
    """Returns what a flag covers, pixels from the start: its pole and pennant, and its label if it has one."""
    x = round(one.flag.x_m * scale)
    pole = Rect(x - 1, -one.tall, 3, one.tall)
    if not one.label.width:
        return [pole]
    return [pole, Rect(x, one.label.top, one.label.right + pen.px(4), one.label.height)]


def _clash(part: Rect, taken: Sequence[Rect]) -> bool:
    """Returns whether something overlaps what is there; two poles may stand close."""
    return any(part.colliderect(other) for other in taken if part.width > 3 or other.width > 3)


class Flags:
    """Draws flags."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._known: OrderedDict[tuple[tuple[Flag, ...], float], tuple[Planted, ...]] = (
            OrderedDict()
        )
        self._pennants: dict[tuple[Colour, bool], pygame.Surface] = {}

    def draw(
        self, surface: pygame.Surface, camera: Camera, flags: Sequence[Flag], land: Land
    ) -> None:
        """Draws the flags; the caller has set the clip to the frame."""
        key = tuple(flags), camera.scale
        if key not in self._known:
            self._known[key] = plant(flags, camera.scale, self._pen)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        for one in self._known[key]:
            x = round(camera.px(one.flag.x_m))
            if camera.x - one.label.right - self._pen.px(20) < x < camera.x + camera.width + 2:
                self._one(surface, one, x, round(camera.py(land.height(one.flag.x_m))))

    def _one(self, surface: pygame.Surface, one: Planted, x: int, y: int) -> None:
        pen, flag = self._pen, one.flag
        width = max(pen.px(1.5), 1)
        surface.fill(_POLE, (x - width // 2, y - one.tall, width, one.tall + width))
        surface.blit(self._pennant(flag), (x - width // 2, y - one.tall))
        if one.label.width:
            chip = one.label.move(x, y)
            pen.card(surface, chip, _CHIP, 5)
            at = chip.left + pen.px(4), chip.top
            pen.text(surface, flag.label, at, _SIZE, INK if flag.strong else SOFT, flag.strong)

    def _pennant(self, flag: Flag) -> pygame.Surface:
        key = flag.colour, flag.strong
        if key not in self._pennants:
            colour = flag.colour if flag.strong else mix(flag.colour, CARD, 0.3)
            wide, tall = (self._pen.px(size) for size in _PENNANT)
            made = pygame.Surface((wide, tall), pygame.SRCALPHA)

            def draw(fine: pygame.Surface, by: int) -> None:
                points = [(0, 0), (wide * by, 0.5 * tall * by), (0, tall * by)]
                pygame.draw.polygon(fine, colour, points)

            self._pen.smooth(made, made.get_rect(), draw, colour)
            self._pennants[key] = made
        return self._pennants[key]


_POLE = mix(SOIL_LINE, SOFT, 0.5)
_CHIP = mix(CARD, SOFT, 0.02)
