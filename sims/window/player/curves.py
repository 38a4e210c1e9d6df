"""Quantities of the walk on stage against time, on the time line of the foot-falls, with the numbers of this moment."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pygame
from pygame import Rect

from sims.physics.quantities import Quantity
from sims.window.eye import frame_at
from sims.window.palette import HAIR, INK, SERIES, SOFT, mix
from sims.window.panels.axes import Up, plain, ticks
from sims.window.panels.marks import PAD, SMALL, pill, placeholder, title
from sims.window.panels.timeline import Line, draw_cursor, draw_ticks, line_of
from sims.window.pen import Pen
from sims.window.player.measured import MOST, PRESETS, Measured
from sims.window.sheet import Sheet
from sims.window.view import Act, Draw, Intent, View
from sims.window.words import say

_ROW = 15
"""Points from one line of the legend to the next."""


class WalkCurves:
    """What was chosen, against time; a click goes to that moment."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured
        self._line: Line | None = None
        self._shown: list[Quantity] = []
        self._legend: list[tuple[int, int]] = []

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        return view.story, view.story.ready is None, view.walk, view.looks.curves

    def draw(self, sheet: Sheet, view: View) -> None:
        """See `Panel`."""
        pen, walk = sheet.pen, view.walk
        head = title(sheet, say("replay.curves.title"))
        self._line, self._legend = None, []
        shown = self._shown = self._measured.chosen(view)
        if walk is None or not shown:
            placeholder(sheet, say("replay.curves.empty"), head.bottom)
            return
        top, bottom = head.bottom + pen.px(9), sheet.rect.height - pen.px(10)
        line = self._line = line_of(sheet, view, walk, top, bottom)
        sheet.slider(Rect(0, top, sheet.rect.width, bottom - top), line.seek)
        draw_ticks(sheet, line)
        self._names(sheet, shown, head.bottom + pen.px(3))
        _plots(sheet, line, shown)
        _choices(sheet, view, self._measured, head.right)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Draws the cursor, and the numbers of this moment."""
        if self._line is None or view.walk is None:
            return
        draw_cursor(surface, rect, pen, self._line, view.playback.time)
        frame = frame_at(view.walk, view.playback.time)
        right = rect.x + rect.width - pen.px(PAD)
        for quantity, (y, ink) in zip(self._shown, self._legend, strict=True):
            at = right, rect.y + y
            words = worth(quantity, float(quantity.shown[frame]))
            pen.text(surface, words, at, SMALL, mix(SERIES[ink], INK, 0.25), True, "right")

    def _names(self, sheet: Sheet, shown: Sequence[Quantity], top: int) -> None:
        """Writes the names at the left; their numbers go beside the right end, on the same lines."""
        pen = sheet.pen
        room = (self._line.rect.left if self._line else 0) - pen.px(PAD) - pen.px(32)
        step = min(pen.px(_ROW), (sheet.rect.height - top - pen.px(4)) // max(len(shown), 1))
        for place, quantity in enumerate(shown):
            y = top + place * step
            ink = SERIES[place % MOST]
            dot = Rect(pen.px(PAD), y + pen.height(SMALL) // 2 - pen.px(1), pen.px(10), pen.px(3))
            pygame.draw.rect(sheet.surface, ink, dot)
            at = dot.right + pen.px(5), y
            words = short(quantity)
            pen.text(sheet.surface, words, at, SMALL, INK, room=room)
            self._legend.append((y, place % MOST))


def short(quantity: Quantity) -> str:
    """Returns a name without what all of its group share."""
    words = quantity.words
    for ending in (" angle", " load", " activation", " pull", " speed of turning"):
        words = words.removesuffix(ending)
    return words.removeprefix("ground force up, ")


def worth(quantity: Quantity, value: float) -> str:
    """Returns a value with its unit, as people read it: ``34°``, ``1.20 m``, ``2.1 ×`` its weight."""
    unit = quantity.shown_unit
    if unit == "deg":
        return f"{plain(value, 0)}°"
    if unit == "body weights":
        return f"{plain(value, 1)} ×"
    if quantity.unit == "1":
        return f"{plain(100 * value, 0)} %"
    if quantity.unit == "J" and abs(value) >= 1e3:
        return f"{plain(value / 1e3, 1)} kJ"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{plain(value, digits)} {unit}".strip()


def _plots(sheet: Sheet, line: Line, shown: Sequence[Quantity]) -> None:
    """Draws the curves; quantities of one unit share a scale, which is written where there is only one."""
    units = list(dict.fromkeys(one.shown_unit for one in shown))
    scales = {
        unit: _up(line.rect, [one for one in shown if one.shown_unit == unit]) for unit in units
    }
    if len(units) == 1:
        _levels(sheet, line, scales[units[0]], shown[0])

    def draw(fine: pygame.Surface, by: int) -> None:
        for place, quantity in reversed(list(enumerate(shown))):
            points = _points(line, scales[quantity.shown_unit], quantity)
            if len(points) > 1:
                wide = max(round(1.7 * sheet.pen.scale * by), 1)
                corner = np.array(line.rect.topleft)
                pygame.draw.lines(
                    fine, SERIES[place % MOST], False, ((points - corner) * by).tolist(), wide
                )

    sheet.pen.smooth(sheet.surface, line.rect, draw)


def _up(rect: Rect, shown: Sequence[Quantity]) -> Up:
    """Returns the scale of quantities of one unit: with 0 in it, where they begin near it."""
    low = min(float(one.shown.min()) for one in shown)
    high = max(float(one.shown.max()) for one in shown)
    if 0.0 < low < 0.6 * high:
        low = 0.0
    room = 0.06 * (high - low) or 1.0
    return Up(rect.top, rect.bottom, low - (room if low else 0.0), high + room)


def _points(line: Line, up: Up, quantity: Quantity) -> np.ndarray:
    """Returns (n, 2) pixels: no more than there are columns, for more could not be seen."""
    values = quantity.shown
    step = line.end / max(len(values) - 1, 1)
    x = line.rect.left + np.arange(len(values)) * step / line.seconds * line.rect.width
    share = np.clip((values - up.low) / (up.high - up.low), 0.0, 1.0)
    return np.stack([x, up.bottom - share * (up.bottom - up.top)], axis=1)


def _levels(sheet: Sheet, line: Line, up: Up, one: Quantity) -> None:
    pen = sheet.pen
    most = max(line.rect.height // pen.px(20), 1)
    for level in ticks(up.low, up.high, most):
        y = round(up.y(level))
        sheet.surface.fill(
            HAIR if level else mix(HAIR, SOFT, 0.4), (line.rect.left, y, line.rect.width, 1)
        )
        at = line.rect.left - pen.px(5), y - pen.height(11) / 2
        digits = 0 if level == round(level) else 1 if level * 10 == round(level * 10) else 2
        unit = "°" if one.shown_unit == "deg" else ""
        pen.text(sheet.surface, plain(level, digits) + unit, at, 11, SOFT, align="right")


def _choices(sheet: Sheet, view: View, measured: Measured, left: int) -> None:
    """Draws a button for each choice, from the right, as many as there is room for."""
    pen, offered = sheet.pen, measured.presets(view)
    names = tuple(one.name for one in measured.chosen(view))
    right = sheet.rect.width - pen.px(PAD)
    tall = pen.px(20)
    more = say("replay.curves.more"), Act("curves"), names not in offered.values()
    buttons: list[tuple[str, Intent, bool]] = [more]
    for name in reversed([name for name in PRESETS if name in offered]):
        lit = names == offered[name]
        buttons.append((say(f"replay.curves.presets.{name}"), Draw(offered[name]), lit))
    widths = [pen.width(words, SMALL, True) + pen.px(15) for words, _, _ in buttons]
    while sum(widths) + pen.px(4) * len(widths) > right - left - pen.px(12) and len(widths) > 1:
        buttons.pop(1)
        widths.pop(1)
    for (words, wish, lit), wide in zip(buttons, widths, strict=True):
        rect = Rect(right - wide, pen.px(5), wide, tall)
        pill(sheet, rect, words, lit)
        tip = say("replay.curves.more_tip") if isinstance(wish, Act) else ""
        sheet.hot(rect, wish, tip)
        right = rect.left - pen.px(4)
