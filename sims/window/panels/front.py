"""The front of a run with several aims: headway against strain, coloured by energy; a click puts a walker on stage."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.live.messages import FrontFacts, FrontPoint, WalkKey
from sims.window.palette import AMBER, BLUE, HAIR, INK, SOFT, VERMILION, Colour, mix
from sims.window.panels.axes import plain, ticks
from sims.window.panels.marks import (
    PAD,
    SMALL,
    bubble,
    dot,
    mouse_over,
    title,
)
from sims.window.pen import Pen
from sims.window.sheet import Panel, Sheet
from sims.window.view import Intent, See, View
from sims.window.words import say

_CHEAP, _MIDDLE, _DEAR = BLUE, AMBER, VERMILION
_NEAR = 0.04
"""Room round the values, as a share of their range."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the walkers of the front lie, in the panel's own pixels."""

    rect: Rect
    strain: tuple[float, float]
    """Body weights at the left and at the right edge."""
    headway: tuple[float, float]
    """Hip heights per unit of time at the lower and at the upper edge."""

    def at(self, one: FrontPoint) -> tuple[float, float]:
        """Returns where a walker lies."""
        return self.x(one.strain), self.y(one.distance)

    def x(self, strain: float) -> float:
        """Returns how far right a strain lies."""
        low, high = self.strain
        return self.rect.left + (strain - low) / (high - low) * self.rect.width

    def y(self, headway: float) -> float:
        """Returns how far down a headway lies."""
        low, high = self.headway
        return self.rect.bottom - (headway - low) / (high - low) * self.rect.height


class FrontChart:
    """All walkers whom nobody beats in every aim."""

    def __init__(self) -> None:
        self.plot: Plot | None = None
        self._points: tuple[FrontPoint, ...] = ()

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on."""
        return view.story.front, _on_stage(view)

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the walkers."""
        found = view.story.front
        assert found is not None
        pen = sheet.pen
        self._points = found.points
        under = title(sheet, say("panels.front.title", n=len(found.points))).bottom
        under += _legend(sheet, under)
        plot = self.plot = _plot(sheet, found, under)
        _grid(sheet, plot)
        dear = sorted(one.energy for one in found.points)
        chosen = _on_stage(view)
        for one in found.points:
            colour = energy_colour(one.energy, dear[0], dear[-1])
            if one.guess == chosen:
                dot(sheet.surface, pen, plot.at(one), 7.5, INK)
            dot(sheet.surface, pen, plot.at(one), 4.5, colour)
        _names(sheet, plot, found)
        sheet.slider(sheet.rect, self.mean)

    def mean(self, x: int, y: int) -> Intent | None:
        """Returns what a click means: the nearest walker."""
        one = self._nearest(x, y)
        return None if one is None else See(key_of(one))

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Says what the walker under the mouse does."""
        mouse = mouse_over(rect, view)
        one = None if mouse is None else self._nearest(*mouse)
        if one is None or self.plot is None:
            return
        x, y = self.plot.at(one)
        dot(surface, pen, (rect.x + x, rect.y + y), 6, INK)
        words = say(
            "panels.front.hover",
            speed=plain(one.speed_m_s),
            strain=plain(one.strain),
            energy=plain(one.energy, 2),
        )
        within = rect.inflate(-pen.px(8), -pen.px(8))
        bubble(surface, pen, words, (rect.x + x, rect.y + y - pen.px(26)), within)

    def _nearest(self, x: int, y: int) -> FrontPoint | None:
        if self.plot is None or not self._points:
            return None
        where = self.plot.at
        return min(
            self._points, key=lambda one: (where(one)[0] - x) ** 2 + (where(one)[1] - y) ** 2
        )


class FrontOr:
    """The front where a run has one, else another panel."""

    def __init__(self, other: Panel) -> None:
        self._other = other
        self._front = FrontChart()

    def _now(self, view: View) -> Panel:
        front = view.story.front
        return self._front if front is not None and front.points else self._other

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on, as that one says."""
        now = self._now(view)
        inner = now.key(view)
        # A tuple stays flat: what in it may wait is looked for among its parts.
        return (now is self._front, *(inner if isinstance(inner, tuple) else (inner,)))

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the one that is shown."""
        self._now(view).draw(sheet, view)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Draws what changes with every frame."""
        self._now(view).over(surface, rect, pen, view)


def key_of(one: FrontPoint) -> WalkKey:
    """Returns the name of the walk of a walker of the front."""
    return WalkKey(one.generation, "front", one.guess)


def energy_colour(energy: float, cheap: float, dear: float) -> Colour:
    """Returns the colour of a walker, from that of the cheapest to that of the dearest."""
    share = (energy - cheap) / (dear - cheap) if dear > cheap else 0.0
    if share < 0.5:
        return mix(_CHEAP, _MIDDLE, 2.0 * share)
    return mix(_MIDDLE, _DEAR, 2.0 * share - 1.0)


def _on_stage(view: View) -> int:
    """Returns the guess on stage or wanted there, if it is one of the front; -1 for none."""
    key = view.walk.key if view.walk is not None else view.key
    return key.guess if key is not None else -1


def _plot(sheet: Sheet, found: FrontFacts, under: int) -> Plot:
    pen = sheet.pen
    left = pen.px(PAD + 4) + pen.width("0.00", SMALL)
    bottom = sheet.rect.height - pen.px(6) - pen.height(SMALL)
    top = under + pen.px(9)
    rect = Rect(left, top, sheet.rect.width - left - pen.px(16), max(bottom - top, 1))
    return Plot(
        rect,
        _range([one.strain for one in found.points], 0.2),
        _range([one.distance for one in found.points], 0.1),
    )


def _range(values: list[float], least: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = max((1.0 + 2 * _NEAR) * (high - low), least) - (high - low)
    return low - room / 2, high + room / 2


def _grid(sheet: Sheet, plot: Plot) -> None:
    pen, rect = sheet.pen, plot.rect
    for value in ticks(*plot.headway, 3.4):
        y = round(plot.y(value))
        sheet.surface.fill(HAIR, (rect.left, y, rect.width, max(pen.px(1), 1)))
        at = rect.left - pen.px(6), y - pen.height(SMALL) / 2
        pen.text(sheet.surface, plain(value, 2), at, SMALL, SOFT, align="right")
    digits = 1 if plot.strain[1] - plot.strain[0] > 0.5 else 2
    name = say("panels.front.strain")
    free = rect.right - pen.width(name, SMALL) - pen.px(8)
    for value in ticks(*plot.strain, 5.4):
        x = plot.x(value)
        sheet.surface.fill(HAIR, (round(x), rect.top, max(pen.px(1), 1), rect.height))
        if x + pen.width(plain(value, digits), SMALL) / 2 < free:
            place = x, rect.bottom + pen.px(2)
            pen.text(sheet.surface, plain(value, digits), place, SMALL, SOFT, align="centre")
    end = rect.right + pen.px(6), rect.bottom + pen.px(2)
    pen.text(sheet.surface, name, end, SMALL, SOFT, align="right")


def _legend(sheet: Sheet, under: int) -> int:
    """Says what is up and what the colours are, in one line; returns how high it is."""
    pen = sheet.pen
    left, y = pen.px(PAD), under + pen.px(1)
    pen.text(sheet.surface, say("panels.front.headway"), (left, y), SMALL, SOFT)
    dear, cheap = say("panels.front.dear"), say("panels.front.cheap")
    x: float = sheet.rect.width - pen.px(PAD) - pen.width(dear, SMALL)
    pen.text(sheet.surface, dear, (x, y), SMALL, SOFT)
    for share in (1.0, 0.5, 0.0):
        x -= pen.px(12)
        at = x + pen.px(4), y + pen.height(SMALL) / 2
        dot(sheet.surface, pen, at, 3.5, energy_colour(share, 0.0, 1.0))
    at = x - pen.px(6), float(y)
    pen.text(sheet.surface, cheap, at, SMALL, SOFT, align="right")
    return pen.height(SMALL)


def _names(sheet: Sheet, plot: Plot, found: FrontFacts) -> None:
    """Writes the names of those who have one where they hide nobody; where there is no such place, none."""
    pen, reach = sheet.pen, sheet.pen.px(5)
    taken = [
        Rect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach)
        for x, y in map(plot.at, found.points)
    ]
    room = Rect(
        plot.rect.left, plot.rect.top - reach, sheet.rect.width, plot.rect.height + 3 * reach
    )
    room.width = sheet.rect.width - pen.px(4) - room.left
    for one in found.points:
        if not one.names:
            continue
        words = ", ".join(say(f"panels.front.{name}") for name in one.names)
        for place in _places(pen, plot.at(one), pen.width(words, SMALL, True)):
            if room.contains(place) and place.collidelist(taken) < 0:
                pen.text(sheet.surface, words, place.topleft, SMALL, INK, bold=True)
                taken.append(place)
                break


def _places(pen: Pen, at: tuple[float, float], wide: int) -> list[Rect]:
    """Returns where a name may stand beside its dot, the best first."""
    x, y = round(at[0]), round(at[1])
    tall, off = pen.height(SMALL) - pen.px(2), pen.px(9)
    found = []
    for down in (0, tall, -tall, 2 * tall, -2 * tall):
        for left in (x + off, x - off - wide, x - wide // 2) if down else (x + off, x - off - wide):
            place = Rect(left, 0, wide, tall)
            place.centery = y + down
            found.append(place)
    return found
