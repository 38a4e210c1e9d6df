"""One bar a generation: how far its best got, and whether it kept its feet; a click puts it on stage."""

from __future__ import annotations

from collections.abc import Hashable

import pygame
from pygame import Rect

from sims.live.messages import GenerationFacts, WalkKey
from sims.window.palette import AMBER, CARD, GREEN, HAIR, INK, SOFT, VERMILION, Colour, mix
from sims.window.panels.axes import generations
from sims.window.panels.bars import Row, bars
from sims.window.panels.marks import (
    GUTTER,
    PAD,
    SMALL,
    bubble,
    mouse_over,
    on_stage,
    placeholder,
    star,
    title,
)
from sims.window.panels.numbers import Numbers
from sims.window.panels.stops import buttons
from sims.window.pen import Pen
from sims.window.sentences import far
from sims.window.sheet import Sheet, grown
from sims.window.view import Intent, See, View
from sims.window.words import known, say

STOOD, FELL = mix(GREEN, INK, 0.1), mix(VERMILION, CARD, 0.5)
"""Dark and light as well as green and orange."""
_LEAST = 24
"""A run with fewer generations leaves room for more."""
_WIDEST = 15
"""Points: of a bar."""
_HIPS = 4.0
"""Hip heights: the full height of the panel is no less."""


class GenerationStrip:
    """All generations side by side, and the ways to see one of them."""

    def __init__(self, last: str = "live") -> None:
        """Draws nothing yet.

        Args:
            last: what the last button does: ``live`` goes on to new generations, ``champion`` to the champion.
        """
        self._last = last
        self.row: Row | None = None
        self._numbers = Numbers()

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on."""
        story = view.story
        leader = story.leader.number if story.leader else 0
        made = grown(len(story.generations), leader)
        return story, made, on_stage(view), view.live, view.looks.lanes

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the bars and the buttons."""
        pen, made = sheet.pen, view.story.generations
        head = title(sheet, say("panels.strip.title"))
        right = buttons(sheet, view, self._last)
        self.row = None
        if not made:
            placeholder(sheet, say("panels.strip.empty"), head.bottom, right)
            return
        _legend(sheet, head.bottom)
        top, bottom = pen.px(5), sheet.rect.height - pen.px(4) - pen.height(SMALL)
        left = max(pen.px(GUTTER), head.right + pen.px(8))
        rect = Rect(left, top, right - left, bottom - top)
        found = bars(made, self._numbers.read(view.story, made), rect.width)
        slot = min(rect.width / max(len(found), _LEAST), pen.px(_WIDEST))
        row = self.row = Row(rect, found, slot)
        _draw_bars(sheet, row, view)
        _numbers(sheet, row, view)
        sheet.slider(Rect(left, 0, right - left, sheet.rect.height), self.mean)

    def mean(self, x: int, _y: int) -> Intent | None:
        """Returns what a click means: the generation whose bar is nearest."""
        return See(WalkKey(self.row.at(x).best.number)) if self.row else None

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Shows the numbers of the generation under the mouse."""
        mouse = mouse_over(rect, view)
        if self.row is None or mouse is None:
            return
        x = mouse[0]
        if not self.row.rect.left <= x <= self.row.rect.right:
            return
        one = self.row.at(x).best
        left, wide = self.row.span(self.row.place(one.number))
        line = pygame.Rect(rect.x + left, rect.y + self.row.rect.bottom, wide, pen.px(2))
        surface.fill(INK, line)
        words = say(
            "panels.strip.hover_record" if one.record else "panels.strip.hover",
            n=one.number,
            distance=far(one.distance_m),
            how=_how(one.ended),
        )
        bubble(surface, pen, words, (line.centerx, rect.y + pen.px(4)), rect.inflate(-8, 0))


def _how(ended: str) -> str:
    path = f"panels.strip.{ended}"
    return say(path) if known(path) else ended


def _colour(one: GenerationFacts) -> Colour:
    return STOOD if one.ended == "finished" else FELL


def _draw_bars(sheet: Sheet, row: Row, view: View) -> None:
    pen, rect = sheet.pen, row.rect
    head = pen.px(9)
    by = (rect.height - head) / _farthest(row, view)
    stage = row.place(on_stage(view)) if on_stage(view) else -1
    stars: list[tuple[float, float, float]] = []
    sheet.surface.fill(HAIR, (rect.left, rect.bottom, rect.width, max(pen.px(1), 1)))
    leader = view.story.leader
    if stage >= 0:
        _highlight(sheet, row, stage)
    for place, bar in enumerate(row.bars):
        tall = max(round(max(bar.best.distance_m, 0.0) * by), max(pen.px(1), 1))
        left, wide = row.span(place)
        sheet.surface.fill(_colour(bar.best), (left, rect.bottom - tall, wide, tall))
        if place == stage and wide < pen.px(4):  # too thin to be found by its colour
            sheet.surface.fill(INK, (left - 1, rect.bottom - tall, max(wide, pen.px(3)), tall))
        if bar.record:
            leads = leader is not None and bar.first <= leader.number <= bar.last
            stars.append((left + wide / 2, rect.bottom - tall - pen.px(4), 4.0 if leads else 1.7))
    _stars(sheet, rect, stars)


def _farthest(row: Row, view: View) -> float:
    """Returns the metres of the full height: a few hip heights at least, so that early bars look small."""
    ready = view.story.ready
    least = _HIPS * ready.skeleton.hip_height if ready is not None else 1e-6
    return max(least, *(bar.best.distance_m for bar in row.bars))


def _highlight(sheet: Sheet, row: Row, place: int) -> None:
    """Marks the bar of the generation on stage."""
    pen, rect = sheet.pen, row.rect
    left, wide = row.span(place)
    room = max(pen.px(8), wide + pen.px(2))
    column = Rect(left + wide // 2 - room // 2, rect.top, room, rect.height)
    sheet.surface.fill(mix(HAIR, CARD, 0.25), column)
    sheet.surface.fill(INK, (column.left, rect.bottom, room, pen.px(2)))


def _stars(sheet: Sheet, rect: Rect, stars: list[tuple[float, float, float]]) -> None:
    area = rect.inflate(sheet.pen.px(12), sheet.pen.px(12))

    def draw(fine: pygame.Surface, by: int) -> None:
        for x, y, radius in stars:
            at = (x - area.x) * by, (y - area.y) * by
            reach = radius * sheet.pen.scale * by
            if radius > 3.0:
                pygame.draw.polygon(fine, AMBER, star(*at, reach * 1.2))
            else:
                pygame.draw.circle(fine, AMBER, at, reach)

    sheet.pen.smooth(sheet.surface, area, draw)


def _numbers(sheet: Sheet, row: Row, view: View) -> None:
    """Writes the generation on stage under its bar, and round numbers where there is room."""
    pen, y, taken = sheet.pen, row.rect.bottom + sheet.pen.px(1), list[Rect]()

    def write(number: int, words: str, bold: bool) -> None:
        left, wide = row.span(row.place(number))
        place = Rect(0, y, pen.width(words, SMALL, bold), pen.height(SMALL))
        place.centerx = left + wide // 2
        place.left = min(max(place.left, row.rect.left), row.rect.right - place.width)
        if place.collidelist(taken) < 0:
            pen.text(sheet.surface, words, place.topleft, SMALL, INK if bold else SOFT, bold)
            taken.append(place.inflate(pen.px(14), 0))

    if on_stage(view):
        write(on_stage(view), say("panels.strip.gen", n=on_stage(view)), True)
    count = row.bars[-1].last
    for number in generations(count, max(int(row.slot * len(row.bars)) // pen.px(60), 1)):
        write(number, str(number), False)


def _legend(sheet: Sheet, top: int) -> None:
    """Says under the title what the colours mean."""
    pen, side = sheet.pen, sheet.pen.px(8)
    x, y = pen.px(PAD), top + pen.px(1)
    for name, colour in (("stood", STOOD), ("fell", FELL), ("record", AMBER)):
        square = Rect(x, y + (pen.height(SMALL) - side) // 2 + pen.px(1), side, side)
        if name == "record":
            _stars(sheet, square, [(*square.center, 4.0)])
        else:
            sheet.surface.fill(colour, square)
        at = square.right + pen.px(5), y
        drawn = pen.text(sheet.surface, say(f"panels.strip.{name}"), at, SMALL, SOFT)
        x = drawn.right + pen.px(12)
        if name == "stood":
            x, y = pen.px(PAD), y + pen.height(SMALL)
