"""Small flags where earlier walkers got to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
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
_POLE = mix(SOIL_LINE, SOFT, 0.5)
_CHIP = mix(CARD, SOFT, 0.02)
_PENNANT = (15, 10)
"""Points: width and height."""
_SHORT = 28
"""Points: how tall the pole of a flag without words is."""
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
    foot: tuple[int, int]
    """Of its pole: pixels from the start, to the right and down."""
    tall: int
    """Of the pole."""
    label: Rect
    """Of the words, with some room round them; empty when there is no room for them."""


def plant(
    flags: Sequence[Flag], feet: Sequence[tuple[int, int]], room: int, pen: Pen
) -> tuple[Planted, ...]:
    """Finds a height for each flag at which its label overlaps no other; a lesser flag may go without.

    Args:
        flags: in any order; of two that are as strong, the later one counts for more.
        feet: where their poles stand: pixels from the start, to the right and down.
        room: how tall a flag may be, pixels.
        pen: for the labels.

    Returns:
        The flags, the strongest last.
    """
    done: list[Planted] = []
    taken: list[Rect] = []
    order = sorted(range(len(flags)), key=lambda i: (flags[i].strong, i), reverse=True)
    for at in order:
        tries = [_spread(flags[at], feet[at], pen.px(tall), pen) for tall in _HEIGHTS]
        fit = (one for one in tries if -one.label.top <= room and not _clash(one, taken, pen))
        short = Planted(flags[at], feet[at], min(pen.px(_SHORT), room), Rect(0, 0, 0, 0))
        done.append(next(fit, short))
        taken += _parts(done[-1], pen)
    return tuple(reversed(done))


def _spread(flag: Flag, foot: tuple[int, int], tall: int, pen: Pen) -> Planted:
    wide = pen.width(flag.label, _SIZE, flag.strong) + pen.px(8)
    left = pen.px(_PENNANT[0] + 3)
    return Planted(flag, foot, tall, Rect(left, -tall - pen.px(3), wide, pen.height(_SIZE)))


def _parts(one: Planted, pen: Pen) -> list[Rect]:
    """Returns what a flag covers, pixels from the start: its pole, and its label with the pennant if it has one."""
    x, y = one.foot
    pole = Rect(x - 1, y - one.tall, 3, one.tall)
    if not one.label.width:
        return [pole]
    return [pole, Rect(x, y + one.label.top, one.label.right + pen.px(4), one.label.height)]


def _clash(one: Planted, taken: Sequence[Rect], pen: Pen) -> bool:
    """Returns whether a flag overlaps what is there; two poles may stand close."""
    return any(
        part.colliderect(other)
        for part in _parts(one, pen)
        for other in taken
        if part.width > 3 or other.width > 3
    )


class Flags:
    """Draws flags."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._known: OrderedDict[Hashable, tuple[Planted, ...]] = OrderedDict()
        self._pennants: dict[tuple[Colour, bool], pygame.Surface] = {}

    def draw(
        self, surface: pygame.Surface, camera: Camera, flags: Sequence[Flag], land: Land
    ) -> None:
        """Draws the flags; the caller has set the clip to the frame."""
        heights = [land.height(flag.x_m) for flag in flags]
        feet = [
            (round(flag.x_m * camera.scale), round(-height * camera.scale))
            for flag, height in zip(flags, heights, strict=True)
        ]
        room = round(0.75 * camera.height)
        key = tuple(flags), tuple(feet), room
        if key not in self._known:
            self._known[key] = plant(flags, feet, room, self._pen)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        for one in self._known[key]:
            x = round(camera.px(one.flag.x_m))
            if camera.x - one.label.right - self._pen.px(20) < x < camera.x + camera.width + 2:
                self._one(surface, one, x, round(camera.py(0.0)) + one.foot[1])

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
