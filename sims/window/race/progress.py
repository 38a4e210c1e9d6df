"""How far everybody got against time: the whole race in one picture, which is also its time line."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pygame
from pygame import Rect

from sims.live.field import Race
from sims.window.palette import CARD, HAIR, INK, SERIES, SOFT
from sims.window.panels.axes import Up, plain, ticks
from sims.window.panels.marks import PAD, SMALL, dot, placeholder, title
from sims.window.panels.timeline import Line, draw_cursor, draw_ticks, whole
from sims.window.pen import Pen
from sims.window.sheet import Sheet
from sims.window.view import View
from sims.window.words import say


class Progress:
    """Distance against time; a click goes to that moment."""

    def __init__(self) -> None:
        self._line: Line | None = None
        self._up: Up | None = None

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        return view.race

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the curves."""
        pen, race = sheet.pen, view.race
        head = title(sheet, say("race.progress.title"))
        self._line = None
        if race is None:
            placeholder(sheet, say("race.progress.empty"), head.bottom)
            return
        left = pen.px(PAD) + pen.px(40)
        rect = Rect(left, head.bottom + pen.px(6), sheet.rect.width - left - pen.px(20), 0)
        rect.height = max(sheet.rect.height - rect.top - pen.px(22), 1)
        line = self._line = Line(rect, race.seconds, race.seconds)
        up = self._up = _up(rect, race)
        draw_ticks(sheet, line)
        _levels(sheet, line, up)
        _curves(sheet, line, up, race)
        for time in whole(line, pen):
            words = say("panels.steps.seconds", n=f"{time:g}")
            at = line.x(time), rect.bottom + pen.px(3)
            pen.text(sheet.surface, words, at, SMALL, SOFT, align="centre")
        sheet.slider(sheet.rect, line.seek)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Draws the cursor, and a dot for each racer on it."""
        if self._line is None or self._up is None or view.race is None:
            return
        time = view.playback.time
        x = draw_cursor(surface, rect, pen, self._line, time)
        for i in reversed(view.race.order(time)):
            y = rect.y + self._up.y(view.race.racers[i].metres(time))
            dot(surface, pen, (x, y), 4.0, SERIES[i])
        words = say("panels.steps.time", time=plain(time))
        tag = Rect(0, 0, pen.px(46), pen.px(17))
        tag.midtop = x, rect.y + self._line.rect.bottom + pen.px(2)  # the title stays readable
        tag.clamp_ip(rect.inflate(-pen.px(8), 0))
        pen.card(surface, tag, INK, 5)
        at = tag.centerx, tag.centery - pen.height(SMALL) / 2
        pen.text(surface, words, at, SMALL, CARD, True, "centre")


def _up(rect: Rect, race: Race) -> Up:
    paths = [one.walk.com[:, 0] - one.walk.com[0, 0] for one in race.racers]
    low, high = min(float(path.min()) for path in paths), max(float(path.max()) for path in paths)
    return Up(rect.top, rect.bottom, min(low, 0.0), max(1.05 * high, 0.1))


def _levels(sheet: Sheet, line: Line, up: Up) -> None:
    pen = sheet.pen
    for level in ticks(up.low, up.high, max(line.rect.height // pen.px(26), 1)):
        y = round(up.y(level))
        sheet.surface.fill(HAIR, (line.rect.left, y, line.rect.width, 1))
        at = line.rect.left - pen.px(5), y - pen.height(SMALL) / 2
        words = say("race.progress.metres", n=f"{level:g}")
        pen.text(sheet.surface, words, at, SMALL, SOFT, align="right")


def _curves(sheet: Sheet, line: Line, up: Up, race: Race) -> None:
    def draw(fine: pygame.Surface, by: int) -> None:
        for i in reversed(race.order(race.seconds)):
            walk = race.racers[i].walk
            times = np.arange(len(walk.com)) * walk.trajectory.frame_time
            x = times / line.seconds * line.rect.width
            far = walk.com[:, 0] - walk.com[0, 0]
            y = (up.y(0.0) - line.rect.top) - far / (up.high - up.low) * (up.bottom - up.top)
            points = np.stack([x, y], axis=1) * by
            if len(points) > 1:
                wide = max(round(2.0 * sheet.pen.scale * by), 1)
                pygame.draw.lines(fine, SERIES[i], False, points.tolist(), wide)
            if walk.ended != "finished":  # a cross where it fell
                _cross(fine, points[-1].tolist(), 4.0 * sheet.pen.scale * by, i)

    sheet.pen.smooth(sheet.surface, line.rect, draw)


def _cross(fine: pygame.Surface, at: list[float], reach: float, i: int) -> None:
    x, y = at
    for sign in (-1.0, 1.0):
        start, end = (x - reach, y - sign * reach), (x + reach, y + sign * reach)
        pygame.draw.line(fine, SERIES[i], start, end, max(round(0.5 * reach), 2))
