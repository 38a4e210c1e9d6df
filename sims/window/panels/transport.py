"""The buttons on the stage: play, step, speed, and what of the animal is shown."""

from __future__ import annotations

from collections.abc import Hashable

import pygame
from pygame import Rect

from sims.window.keys import BY_NAME, shown
from sims.window.palette import AMBER, BLUE, CARD, HAIR, INK, LIT, SOFT
from sims.window.pen import Pen
from sims.window.sheet import Sheet
from sims.window.view import Act, View
from sims.window.words import say

HEIGHT = 34
"""Points."""
_ICONS = ("again", "step_back", "pause", "step")
WATCH = ("muscles", "joints", "bones", "ghosts", "follow", "side_by_side")
REPLAY = ("muscles", "joints", "bones", "feet", "forces", "path", "follow", "loop")
"""What of the animal can be switched from here."""
RACE = ("muscles", "joints", "bones", "feet", "forces", "follow", "one_lane", "loop")
_STATES = {"side_by_side": "lanes", "one_lane": "together"}
"""Of looks that are not called like what switches them."""
_NARROW = 620
"""Points: a narrower stage leaves the looks to their keys."""


class Transport:
    """A row of buttons along the lower edge of the stage."""

    def __init__(self, looks: tuple[str, ...] = WATCH) -> None:
        """Has buttons for these looks."""
        self._names = looks

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        on = tuple(_is_on(view, name) for name in self._names)
        return view.playback.paused, view.playback.speed_words, on

    def draw(self, sheet: Sheet, view: View) -> None:
        """See `Panel`."""
        pen = sheet.pen
        side = sheet.rect.height - pen.px(6)
        x = pen.px(6)
        for name in _ICONS:
            rect = Rect(x, pen.px(3), side, side)
            _icon(sheet, rect, name, view)
            x = rect.right + pen.px(4)
        x = self._speed(sheet, x + pen.px(6), side, view)
        if sheet.rect.width / pen.scale >= _NARROW:
            self._looks(sheet, x + pen.px(10), side, view)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """See `Panel`."""

    def _speed(self, sheet: Sheet, x: int, side: int, view: View) -> int:
        pen = sheet.pen
        width = pen.px(46)
        slower = Rect(x, pen.px(3), side, side)
        words = Rect(slower.right, pen.px(3), width, side)
        faster = Rect(words.right, pen.px(3), side, side)
        for rect, name, sign in ((slower, "slower", "−"), (faster, "faster", "+")):
            pen.card(sheet.surface, rect, CARD, 6, HAIR)
            _centred(sheet, rect, sign, 16)
            sheet.hot(rect, Act(name), _tip(name))
        _centred(sheet, words, view.playback.speed_words, 13.5, bold=True)
        sheet.hot(words, Act("normal_speed"), _tip("normal_speed"))
        return faster.right

    def _looks(self, sheet: Sheet, left: int, side: int, view: View) -> None:
        """Draws as many as there is room for; the others have their keys."""
        pen = sheet.pen
        right = sheet.rect.right - pen.px(6)
        for name in reversed(self._names):
            on = _is_on(view, name)
            words = say(f"stage.looks.{name}")
            width = pen.width(words, 13) + pen.px(16)
            rect = Rect(right - width, pen.px(3), width, side)
            if rect.left < left:
                return
            pen.card(sheet.surface, rect, LIT if on else CARD, 6, AMBER if on else HAIR)
            _centred(sheet, rect, words, 13, colour=INK if on else SOFT)
            sheet.hot(rect, Act(name), _tip(name))
            right = rect.left - pen.px(4)


def _is_on(view: View, name: str) -> bool:
    return bool(getattr(view.looks, _STATES.get(name, name)))


def _tip(name: str) -> str:
    return f"{say(f'keys.actions.{name}')} ({shown(BY_NAME[name].keys[0])})"


def _centred(
    sheet: Sheet,
    rect: Rect,
    words: str,
    size: float,
    bold: bool = False,
    colour: tuple[int, int, int] = INK,
) -> None:
    y = rect.centery - sheet.pen.height(size) // 2
    sheet.pen.text(sheet.surface, words, (rect.centerx, y), size, colour, bold, "centre")


def _icon(sheet: Sheet, rect: Rect, name: str, view: View) -> None:
    sheet.pen.card(sheet.surface, rect, CARD, 6, HAIR)
    draw = {
        "again": _again,
        "step_back": _step_back,
        "pause": _play if view.playback.paused else _pause,
        "step": _step,
    }[name]
    colour = BLUE if name == "pause" else INK

    def paint(fine: pygame.Surface, by: int) -> None:
        size = 6.0 * sheet.pen.scale * by
        shapes = draw(fine.get_width() / 2, fine.get_height() / 2, size)
        for shape in shapes:
            pygame.draw.polygon(fine, colour, shape)

    sheet.pen.smooth(sheet.surface, rect, paint, colour)
    sheet.hot(rect, Act(name), _tip(name))


_Shape = list[tuple[float, float]]


def _play(x: float, y: float, r: float) -> list[_Shape]:
    return [[(x - 0.7 * r, y - r), (x + r, y), (x - 0.7 * r, y + r)]]


def _pause(x: float, y: float, r: float) -> list[_Shape]:
    return [_bar(x - 0.5 * r, y, r), _bar(x + 0.5 * r, y, r)]


def _step(x: float, y: float, r: float) -> list[_Shape]:
    return [*_play(x - 0.3 * r, y, 0.8 * r), _bar(x + 0.8 * r, y, 0.8 * r)]


def _step_back(x: float, y: float, r: float) -> list[_Shape]:
    return [[(2 * x - px, py) for px, py in shape] for shape in _step(x, y, r)]


def _again(x: float, y: float, r: float) -> list[_Shape]:
    one = [(x + 0.1 * r, y - 0.8 * r), (x - 0.9 * r, y), (x + 0.1 * r, y + 0.8 * r)]
    return [one, [(px + 0.95 * r, py) for px, py in one], _bar(x - 1.1 * r, y, 0.8 * r)]


def _bar(x: float, y: float, r: float) -> _Shape:
    half = 0.22 * r
    return [(x - half, y - r), (x + half, y - r), (x + half, y + r), (x - half, y + r)]
