"""The time line that panels below the stage share: moments lie above each other, and one cursor runs through all."""

from __future__ import annotations

from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.live.messages import Walk
from sims.window.palette import HAIR, INK
from sims.window.panels.axes import ticks
from sims.window.panels.marks import GUTTER, PAD, SMALL, TITLE
from sims.window.pen import Pen
from sims.window.sheet import Sheet
from sims.window.view import Intent, Seek, View
from sims.window.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """The time line, in the panel's own pixels."""

    rect: Rect
    """Of what is drawn along it."""
    seconds: float
    """At its right end: the length of a trial."""
    end: float
    """Seconds: where the walk ends."""

    def x(self, time: float) -> float:
        """Returns the pixels of a moment, s."""
        return self.rect.left + time / self.seconds * self.rect.width

    def time(self, x: float) -> float:
        """Returns the moment at a pixel, s; never past the end of the walk."""
        time = (x - self.rect.left) / max(self.rect.width, 1) * self.seconds
        return min(max(time, 0.0), self.end)

    def seek(self, x: int, _y: int) -> Intent:
        """Returns what a click means: a moment of the walk."""
        return Seek(self.time(x))


def line_of(sheet: Sheet, view: View, walk: Walk, top: int, bottom: int) -> Line:
    """Returns the time line of a panel, between two heights in its own pixels; it begins and ends where others do."""
    pen = sheet.pen
    title = pen.width(say("panels.steps.title"), TITLE, True) + pen.px(PAD)
    left = max(pen.px(GUTTER), title + pen.px(20))
    right = pen.px(PAD) + pen.width(say("panels.steps.share_title"), SMALL) + pen.px(24)
    rect = Rect(left, top, max(sheet.rect.width - left - right, 1), max(bottom - top, 1))
    seconds = view.story.ready.seconds if view.story.ready else 0.0
    return Line(rect, max(seconds, walk.seconds, 0.1), walk.seconds)


def whole(line: Line, pen: Pen) -> list[float]:
    """Returns the moments, s, that are named along the line."""
    return ticks(0.0, line.seconds, max(line.rect.width // pen.px(46), 1))


def draw_ticks(sheet: Sheet, line: Line) -> None:
    """Draws an upright hair at each of those moments."""
    for time in whole(line, sheet.pen):
        place = round(line.x(time)), line.rect.top, 1, line.rect.height
        sheet.surface.fill(HAIR, place)


def draw_cursor(surface: pygame.Surface, rect: Rect, pen: Pen, line: Line, time: float) -> int:
    """Draws the cursor at a moment, s, straight on the window.

    Returns:
        Its x on the window, pixels.
    """
    x = rect.x + round(line.x(min(time, line.end)))
    wide = max(pen.px(2), 1)
    top, tall = rect.y + line.rect.top, line.rect.height + pen.px(2)
    surface.fill(INK, (x - wide // 2, top, wide, tall))
    return x
