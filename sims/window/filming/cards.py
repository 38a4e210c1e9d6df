"""The cards at the beginning and the end of a film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame
from pygame import Rect

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.window.eye import Eye
from sims.window.filming.shots import Played, Shown, Style, Take, shown
from sims.window.palette import CARD, INK, SOFT, Colour
from sims.window.pen import Pen
from sims.window.stage.stage import Scene, Stage
from sims.window.view import Looks

_LARGE, _MIDDLE, _SMALL = 44.0, 24.0, 19.0
"""Sizes of letters, points."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands on a card."""

    large: str
    middle: str
    small: str


@dataclass(frozen=True, slots=True)
class Title:
    """The animal as it stands before its first guess, and its name."""

    seconds: float
    skeleton: Skeleton
    look: Look
    lines: Lines

    def open(self, style: Style) -> Take:
        """Sets the stage; see `Part`."""
        return _Titling(self, style)


class _Titling:
    """A title under way."""

    def __init__(self, title: Title, style: Style) -> None:
        self._title, self._style = title, style
        self._pen = style.pen()
        self._stage = Stage(self._pen, title.skeleton, title.look)

    def draw(self, surface: pygame.Surface, time: float) -> tuple[Shown, ...]:
        """Draws one picture; see `Take`."""
        rect = surface.get_rect()
        looks = Looks(bones=self._style.looks.bones)
        self._stage.draw(surface, rect, Scene(None, time), Eye(), looks)
        if self._style.captions:
            y = rect.top + self._pen.px(20)
            _write(surface, self._pen, rect, y, self._title.lines, INK)
        return ()


@dataclass(frozen=True, slots=True)
class Ending:
    """The last moment of a walk, and what came of it all."""

    seconds: float
    source: Callable[[], Played]
    """Is called when its turn comes."""
    lines: Callable[[Played], Lines]
    """What stands on the card."""

    def open(self, style: Style) -> Take:
        """Computes the walk; see `Part`."""
        return _Ending(self.source(), self.lines, style)


class _Ending:
    """An ending: one picture, held."""

    def __init__(self, found: Played, lines: Callable[[Played], Lines], style: Style) -> None:
        self._walk = found.walk
        self._picture = pygame.Surface(style.size, 0, 32)
        pen = style.pen()
        rect = self._picture.get_rect()
        stage = Stage(pen, found.skeleton, found.look)
        stage.draw(self._picture, rect, Scene(found.walk, found.walk.seconds), Eye(), style.looks)
        if style.captions:
            _plate(self._picture, pen, rect, lines(found))

    def draw(self, surface: pygame.Surface, time: float) -> tuple[Shown, ...]:  # noqa: ARG002
        """Draws one picture; see `Take`."""
        surface.blit(self._picture, (0, 0))
        return (shown(self._walk, self._walk.seconds, 1.0),)


def _plate(surface: pygame.Surface, pen: Pen, rect: Rect, lines: Lines) -> None:
    """Writes on a pale plate over the animal's head."""
    wide = max(width for _, width in _sizes(pen, lines))
    box = Rect(0, rect.top + pen.px(14), 0, _height(pen) + pen.px(18))
    box.width = min(wide + pen.px(56), rect.width - pen.px(24))
    box.centerx = rect.centerx
    plate = pygame.Surface(box.size, pygame.SRCALPHA)
    pen.card(plate, plate.get_rect(), CARD, 12)
    plate.set_alpha(225)
    surface.blit(plate, box)
    _write(surface, pen, box, box.top + pen.px(6), lines, INK)


def _sizes(pen: Pen, lines: Lines) -> list[tuple[float, int]]:
    """Returns of each line the size of its letters, points, and its width, pixels."""
    large, middle, small = lines.large, lines.middle, lines.small
    return [
        (_LARGE, pen.width(large, _LARGE, bold=True)),
        (_MIDDLE, pen.width(middle, _MIDDLE)),
        (_SMALL, pen.width(small, _SMALL)),
    ]


def _height(pen: Pen) -> int:
    return sum(pen.height(size) for size in (_LARGE, _MIDDLE, _SMALL))


def _write(
    surface: pygame.Surface, pen: Pen, rect: Rect, y: int, lines: Lines, colour: Colour
) -> None:
    """Writes the lines in the middle of a frame; a long one in smaller letters."""
    room = rect.width - pen.px(36)
    rows = ((lines.large, colour, True), (lines.middle, colour, False), (lines.small, SOFT, False))
    for (words, ink, bold), (size, width) in zip(rows, _sizes(pen, lines), strict=True):
        fits = size * min(room / max(width, 1), 1.0)
        lower = y + (pen.height(size) - pen.height(fits)) // 2
        pen.text(surface, words, (rect.centerx, lower), fits, ink, bold, "centre", room)
        y += pen.height(size)
