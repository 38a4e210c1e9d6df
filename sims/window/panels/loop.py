"""The loop, lit as it happens: guess, score, keep the best, change a little."""

from __future__ import annotations

from collections.abc import Hashable

import pygame
from pygame import Rect

from sims.window.director import ACTS, Director
from sims.window.palette import AMBER, CARD, FAINT, HAIR, INK, LIT, SOFT
from sims.window.pen import Pen
from sims.window.sentences import loop_sentence
from sims.window.sheet import Sheet
from sims.window.view import Act, View
from sims.window.words import say


class Loop:
    """Four cards in a ring, each with one sentence of this run's own numbers."""

    def __init__(self, director: Director) -> None:
        self._director = director

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        return view.act, *(self._said(act, view) for act in ACTS)

    def draw(self, sheet: Sheet, view: View) -> None:
        """See `Panel`."""
        gap = sheet.pen.px(22)
        width = (sheet.rect.width - 3 * gap) // 4
        for number, act in enumerate(ACTS):
            rect = Rect(number * (width + gap), 0, width, sheet.rect.height)
            _card(sheet, rect, act, self._said(act, view), act == view.act)
            if number:
                _arrow(sheet, Rect(rect.x - gap, 0, gap, rect.height))
        sheet.hot(sheet.rect, Act("lesson"))

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """See `Panel`."""

    def _said(self, act: str, view: View) -> str:
        return loop_sentence(act, view, self._director.facts(view.story))


def _card(sheet: Sheet, rect: Rect, act: str, said: str, lit: bool) -> None:
    pen = sheet.pen
    pen.card(sheet.surface, rect, LIT if lit else CARD, 8, AMBER if lit else HAIR)
    inner = rect.inflate(-pen.px(18), -pen.px(8))
    pen.text(sheet.surface, say(f"loop.title.{act}"), inner.topleft, 14.5, INK, bold=True)
    top = inner.top + pen.px(19)
    body = Rect(inner.left, top, inner.width, rect.bottom - pen.px(2) - top)
    # As large as it fits: long sentences and narrow windows get smaller words.
    size = next(
        (
            points
            for points in (14, 13.5, 13, 12.5)
            if len(pen.lines(said, body.width, points)) * pen.height(points) <= body.height
        ),
        12.0,
    )
    pen.paragraph(sheet.surface, said, body, size, INK if lit else SOFT)


def _arrow(sheet: Sheet, rect: Rect) -> None:
    def draw(fine: pygame.Surface, by: int) -> None:
        x, y, size = fine.get_width() / 2, fine.get_height() / 2, sheet.pen.px(4.5) * by
        points = [(x - size * 0.6, y - size), (x + size * 0.8, y), (x - size * 0.6, y + size)]
        pygame.draw.polygon(fine, FAINT, points)

    sheet.pen.smooth(sheet.surface, rect, draw, FAINT)
