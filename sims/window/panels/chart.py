"""The scores of all generations: the best, the middle, the spread between, and the best so far."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import pygame
from pygame import Rect

from sims.live.messages import GenerationFacts, WalkKey
from sims.window.palette import BLUE, CARD, GREEN, HAIR, INK, SOFT, Colour, mix
from sims.window.panels.axes import NOTHING, Across, Up, apart, generations, plain, step, ticks
from sims.window.panels.curves import Curves, curves
from sims.window.panels.marks import (
    PAD,
    SMALL,
    TITLE,
    dot,
    dotted,
    mouse_over,
    on_stage,
    placeholder,
    title,
)
from sims.window.panels.numbers import Numbers
from sims.window.pen import Pen, polyline
from sims.window.sheet import Sheet, grown
from sims.window.view import Intent, See, View
from sims.window.words import say

_APART = 2.2
"""Points between those of a curve, at least."""
_RULES = 4.4
"""Spaces between level lines, at most."""
_BAND = mix(BLUE, CARD, 0.8)
_LINES: tuple[tuple[str, Colour], ...] = (("best", GREEN), ("middle", BLUE), ("record", SOFT))
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the chart's values lie, in the panel's own pixels."""

    rect: Rect
    across: Across
    up: Up

    def points(self, at: Iterable[float], values: Iterable[float]) -> Points:
        """Returns the pixels of a curve."""
        return [(self.across.x(x), self.up.y(value)) for x, value in zip(at, values, strict=True)]


class ScoreChart:
    """Scores over generations; a click puts a generation's best on stage."""

    def __init__(self) -> None:
        self.plot: Plot | None = None
        self._numbers = Numbers()

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on."""
        return view.story, grown(len(view.story.generations)), on_stage(view)

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the curves."""
        under = title(sheet, say("panels.chart.title")).bottom
        made = view.story.generations
        self.plot = None
        if not made:
            placeholder(sheet, say("panels.chart.empty"), under)
            return
        points = round(0.7 * sheet.rect.width / sheet.pen.scale / _APART)
        found = curves(self._numbers.read(view.story, made), points)
        plot = self.plot = _plot(sheet, found, len(made), under)
        stage = view.story.generation(on_stage(view))
        _grid(sheet, plot, stage)
        _marks(sheet, plot, found)
        _records(sheet, plot, found)
        sheet.pen.smooth(
            sheet.surface,
            plot.rect.inflate(sheet.pen.px(8), sheet.pen.px(8)),
            lambda fine, by: _draw_curves(fine, by, plot, found, sheet.pen),
        )
        _end_labels(sheet, plot, found)
        if stage is not None and stage.best > NOTHING:
            at = plot.across.x(stage.number), plot.up.y(stage.best)
            dot(sheet.surface, sheet.pen, at, 4, INK)
        sheet.slider(sheet.rect, self.mean)

    def mean(self, x: int, _y: int) -> Intent | None:
        """Returns what a click means: the nearest generation."""
        return See(WalkKey(self.plot.across.nearest(x))) if self.plot else None

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Shows the numbers of the generation under the mouse."""
        mouse = mouse_over(rect, view)
        if self.plot is None or mouse is None:
            return
        one = view.story.generation(self.plot.across.nearest(mouse[0]))
        if one is None:
            return
        plot = self.plot
        x = rect.x + plot.across.x(one.number)
        surface.fill(SOFT, (round(x), rect.y + plot.rect.top, 1, plot.rect.height))
        for value, colour in ((one.median, BLUE), (one.best, GREEN)):
            dot(surface, pen, (x, rect.y + plot.up.y(value)), 3, colour)
        _read_out(surface, rect, pen, one)


def _read_out(surface: pygame.Surface, rect: Rect, pen: Pen, one: GenerationFacts) -> None:
    """Writes the numbers of a generation where the title is."""
    x, y = rect.x + pen.px(PAD), rect.y + pen.px(6)
    surface.fill(CARD, (x, y, rect.width - 2 * pen.px(PAD), pen.height(TITLE)))
    for words, ink in (
        (say("panels.chart.generation", n=one.number), INK),
        (say("panels.chart.best_is", score=_score(one.best)), mix(GREEN, INK, 0.25)),
        (say("panels.chart.middle_is", score=_score(one.median)), mix(BLUE, INK, 0.15)),
    ):
        x = pen.text(surface, words, (x, y), TITLE, ink, bold=True).right + pen.px(10)


def _score(value: float) -> str:
    return plain(value) if value > NOTHING else say("panels.chart.none")


def _plot(sheet: Sheet, found: Curves, count: int, under: int) -> Plot:
    pen = sheet.pen
    words = [say(f"panels.chart.{name}") for name, _ in _LINES]
    right = max(pen.width(text, SMALL) for text in words) + pen.px(14)
    left = pen.px(PAD + 4) + max(
        pen.width(text, SMALL) for _, text in _heights(found.low, found.high)
    )
    top = under + pen.px(7) + (pen.height(SMALL) if found.marks else 0)
    bottom = sheet.rect.height - pen.px(7) - pen.height(SMALL)
    rect = Rect(left, top, sheet.rect.width - left - right, bottom - top)
    low, high = found.low, found.high
    return Plot(
        rect,
        Across(rect.left + pen.px(5), rect.right, count),
        Up(rect.top, rect.bottom - pen.px(4), low, high),
    )


def _heights(low: float, high: float) -> list[tuple[float, str]]:
    digits = 0 if step(high - low, _RULES).is_integer() else 1
    return [(value, plain(value, digits)) for value in ticks(low, high, _RULES)]


def _grid(sheet: Sheet, plot: Plot, stage: GenerationFacts | None) -> None:
    pen, rect = sheet.pen, plot.rect
    for value, text in _heights(plot.up.low, plot.up.high):
        y = round(plot.up.y(value))
        sheet.surface.fill(HAIR, (rect.left, y, rect.width, max(pen.px(1), 1)))
        at = rect.left - pen.px(5), y - pen.height(SMALL) / 2
        pen.text(sheet.surface, text, at, SMALL, SOFT, align="right")
    y = rect.bottom + pen.px(1)
    taken: list[Rect] = []
    if stage is not None:
        under = plot.across.x(stage.number), y
        drawn = pen.text(sheet.surface, str(stage.number), under, SMALL, INK, True, "centre")
        taken.append(drawn.inflate(pen.px(10), 0))
    most = max(rect.width // pen.px(60), 2)
    for number in generations(max(plot.across.count, plot.across.least), most):
        wide = pen.width(str(number), SMALL)
        place = Rect(round(plot.across.x(number) - wide / 2), y, wide, pen.height(SMALL))
        if place.collidelist(taken) < 0:
            pen.text(sheet.surface, str(number), place.topleft, SMALL, SOFT)
            taken.append(place.inflate(pen.px(10), 0))


def _marks(sheet: Sheet, plot: Plot, found: Curves) -> None:
    pen, free = sheet.pen, float(plot.rect.left)
    y = plot.rect.top - pen.height(SMALL) - pen.px(1)
    for number, sign in found.marks:
        x = plot.across.x(number - 0.5)
        dotted(sheet.surface, pen, x, plot.rect.top - pen.px(2), plot.rect.bottom)
        words = say(f"panels.chart.{sign}")
        wide = pen.width(words, SMALL)
        left = min(max(x - wide / 2, plot.rect.left), sheet.rect.width - pen.px(PAD) - wide)
        if left >= free:
            pen.text(sheet.surface, words, (left, y), SMALL, SOFT)
            free = left + wide + pen.px(8)


def _draw_curves(fine: pygame.Surface, by: int, plot: Plot, found: Curves, pen: Pen) -> None:
    corner = plot.rect.inflate(pen.px(8), pen.px(8)).topleft

    def put(points: Points) -> Points:
        return [((x - corner[0]) * by, (y - corner[1]) * by) for x, y in points]

    lower = put(plot.points(found.at, found.lower))
    upper = put(plot.points(found.at, found.upper))
    if len(found.at) == 1:
        polyline(fine, _BAND, [lower[0], upper[0]], pen.px(5) * by)
    else:
        pygame.draw.polygon(fine, _BAND, [*upper, *reversed(lower)])
    thick = max(round((1.8 if len(found.at) > 1 else 6.0) * pen.scale * by), 2)
    polyline(fine, BLUE, put(plot.points(found.at, found.middle)), thick)
    polyline(fine, GREEN, put(plot.points(found.at, found.best)), thick)


def _records(sheet: Sheet, plot: Plot, found: Curves) -> None:
    """Draws the best score so far as thin stairs."""
    wide = max(sheet.pen.px(1), 1)
    for row in found.record:
        for (start, low), (stop, high) in pairwise(row):
            left, right = round(plot.across.x(start)), round(plot.across.x(stop))
            bottom, top = round(plot.up.y(low)), round(plot.up.y(high))
            sheet.surface.fill(SOFT, (left, bottom, right - left, wide))
            sheet.surface.fill(SOFT, (right, top, wide, bottom - top + wide))


def _end_labels(sheet: Sheet, plot: Plot, found: Curves) -> None:
    pen = sheet.pen
    values = {"best": float(found.best[-1]), "middle": float(found.middle[-1])}
    record = found.record[-1][-1][1] if found.record else values["best"]
    if plot.up.y(values["best"]) - plot.up.y(record) > pen.px(3):
        values["record"] = record
    lines = [(plot.up.y(values[name]), name, ink) for name, ink in _LINES if name in values]
    lines.sort()
    tall = pen.height(SMALL)
    wished = [line[0] - tall / 2 for line in lines]
    low, high = plot.rect.top - tall / 2, plot.rect.bottom - tall + pen.px(3)
    x = plot.across.x(plot.across.count) + pen.px(7)
    for y, (_, name, ink) in zip(apart(wished, tall * 0.88, low, high), lines, strict=True):
        words = say(f"panels.chart.{name}")
        sheet.surface.fill(CARD, (x - pen.px(1), y, pen.width(words, SMALL) + pen.px(3), tall))
        pen.text(sheet.surface, words, (x, y), SMALL, mix(ink, INK, 0.15))
