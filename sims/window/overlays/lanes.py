"""The family tree of a search with several starts: a branch for each, some given up, one that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.window import palette, words
from sims.window.overlays.card import label
from sims.window.overlays.starts import Lane
from sims.window.palette import Colour, mix
from sims.window.panels.axes import plain
from sims.window.pen import polyline
from sims.window.sheet import Sheet

_TREE = 96
"""Points: how far it is from the root to where the lanes begin."""
_SAID = 236
"""Points at the right for what is said of a lane."""
_LEAST, _MOST = 30, 64
"""Points: the height of a lane."""
_FILL = 0.72
"""How much of a lane's height its best score takes."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What goes where, pixels, and which lane leads."""

    area: Rect
    """The lanes."""
    row: int
    """The height of a lane."""
    last: int
    """The last generation."""
    first: int
    low: float
    """The score at the bottom of a lane."""
    high: float

    def x(self, generation: int) -> float:
        span = max(self.last - self.first, 1)
        return self.area.left + (generation - self.first) / span * self.area.width

    def base(self, place: int) -> int:
        return self.area.top + (place + 1) * self.row - self.row // 6

    def up(self, score: float) -> float:
        share = (score - self.low) / max(self.high - self.low, 1e-9)
        return min(max(share, 0.0), 1.0) * _FILL * self.row


def draw_lanes(sheet: Sheet, rect: Rect, lanes: Sequence[Lane], last: int) -> None:
    """Draws the tree.

    Args:
        sheet: where.
        rect: its place.
        lanes: at least one.
        last: the youngest generation.
    """
    pen = sheet.pen
    said = Rect(rect.left, rect.top, rect.width, 2 * pen.height(14))
    text = f"{_told(lanes)} {words.say('family.starts.height')}"
    top = pen.paragraph(sheet.surface, text, said, 14, palette.SOFT) + pen.px(10)
    foot = pen.height(12) + pen.px(8)
    fit = max((rect.bottom - foot - top) // pen.px(_LEAST), 1)
    shown, hidden = _chosen(lanes, fit)
    row = min((rect.bottom - foot - top) // len(shown), pen.px(_MOST))
    left, right = rect.left + pen.px(_TREE), rect.right - pen.px(_SAID)
    area = Rect(left, top, right - left, row * len(shown))
    scores = [score for lane in shown for score in lane.scores]
    first = min(lane.generations[0] for lane in shown)
    plan = _Plan(area, row, last, first, min(0.0, *scores), max(scores))
    leader = _leader(shown)
    _branches(sheet, Rect(rect.left, top, rect.width, area.height), plan, shown, leader)
    _words(sheet, rect, plan, shown, leader)
    _foot(sheet, Rect(rect.left, area.bottom, rect.width, foot), plan, hidden)


def _told(lanes: Sequence[Lane]) -> str:
    living = sum(not lane.ended for lane in lanes)
    if len(lanes) == 1:
        return words.say("family.starts.single")
    if living == len(lanes):
        return words.say("family.starts.all", n=len(lanes))
    left = "alone" if living == 1 else "left"
    many = words.say("family.starts.many", n=len(lanes))
    return f"{many} {words.say(f'family.starts.{left}', n=living)}"


def _chosen(lanes: Sequence[Lane], fit: int) -> tuple[list[Lane], int]:
    """Returns as many lanes as there is room for, the best of them, and how many are left out."""
    ranked = sorted(lanes, key=lambda lane: (lane.ended, -lane.scores[-1]))
    kept = {lane.start for lane in ranked[:fit]}
    return [lane for lane in lanes if lane.start in kept], len(lanes) - len(kept)


def _leader(lanes: Sequence[Lane]) -> int:
    """Returns the start that leads."""
    return max(lanes, key=lambda lane: (not lane.ended, lane.scores[-1])).start


def _colour(lane: Lane, leader: int) -> Colour:
    if lane.start == leader:
        return palette.BLUE
    return palette.FAINT if lane.ended else palette.SKY


def _branches(sheet: Sheet, rect: Rect, plan: _Plan, lanes: Sequence[Lane], leader: int) -> None:
    pen = sheet.pen
    root = float(pen.px(8)), rect.height / 2
    order = sorted(enumerate(lanes), key=lambda pair: pair[1].start == leader)

    def draw(fine: pygame.Surface, by: int) -> None:
        for place, lane in order:
            is_leader = lane.start == leader
            colour = _colour(lane, leader)
            width = max(round((3.0 if is_leader else 1.8) * pen.scale * by), 2)
            line = _line(plan, lane, place, rect)
            base = plan.base(place) - rect.top
            under = [(line[0][0], base), *line, (line[-1][0], base)]
            pale = mix(colour, palette.CARD, 0.75)
            pygame.draw.polygon(fine, pale, [(x * by, y * by) for x, y in under])
            whole = [*_curve(root, line[0]), *line]
            polyline(fine, colour, [(x * by, y * by) for x, y in whole], width)
            _end(fine, lane, (line[-1][0] * by, line[-1][1] * by), colour, pen.scale * by)
        at = root[0] * by, root[1] * by
        pygame.draw.circle(fine, palette.INK, at, 5 * pen.scale * by)

    pen.smooth(sheet.surface, rect, draw)


def _line(plan: _Plan, lane: Lane, place: int, rect: Rect) -> list[tuple[float, float]]:
    """Returns a lane's line within a rectangle, pixels."""
    base = plan.base(place) - rect.top
    known = zip(lane.generations, lane.scores, strict=True)
    points = [(plan.x(number) - rect.left, base - plan.up(score)) for number, score in known]
    if len(points) == 1:  # a line of one generation is a short one
        points.append((points[0][0] + plan.row / 6, points[0][1]))
    return points


def _curve(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float]]:
    """Returns a branch that leaves and arrives level."""
    found = []
    for step in range(17):
        t = step / 16
        bend = t * t * (3 - 2 * t)
        found.append((one[0] + t * (other[0] - one[0]), one[1] + bend * (other[1] - one[1])))
    return found


def _end(
    fine: pygame.Surface, lane: Lane, at: tuple[float, float], colour: Colour, scale: float
) -> None:
    """Draws the end of a lane: a ring where it was given up, a dot where it goes on."""
    pygame.draw.circle(fine, colour, at, 5.0 * scale)
    if lane.ended:
        pygame.draw.circle(fine, palette.CARD, at, 3.0 * scale)


def _words(sheet: Sheet, rect: Rect, plan: _Plan, lanes: Sequence[Lane], leader: int) -> None:
    pen = sheet.pen
    for place, lane in enumerate(lanes):
        end = _line(plan, lane, place, rect)[-1][0] + rect.left + pen.px(12)
        row = Rect(round(end), 0, rect.right - round(end), pen.height(13))
        row.bottom = plan.base(place) + pen.px(3)
        score = plain(lane.scores[-1])
        kind = "ended" if lane.ended else "leads" if lane.start == leader else "lives"
        said = words.say(f"family.starts.{kind}", generation=lane.generations[-1], score=score)
        name = words.say("family.starts.start", n=lane.start + 1)
        is_leader = lane.start == leader
        ink = palette.INK if is_leader else palette.SOFT
        label(sheet, f"{name}: {said}", row, 13, ink, is_leader)


def _foot(sheet: Sheet, rect: Rect, plan: _Plan, hidden: int) -> None:
    pen = sheet.pen
    y = rect.top + pen.px(6)
    first = words.say("family.starts.generation", n=plan.first)
    pen.text(sheet.surface, first, (plan.area.left, y), 12, palette.SOFT, align="centre")
    last = words.say("family.starts.generation", n=plan.last)
    if plan.last > plan.first:
        pen.text(sheet.surface, last, (plan.area.right, y), 12, palette.SOFT, align="centre")
    notes = []
    if hidden:
        notes.append(words.say("family.starts.hidden", n=hidden))
    if plan.first > 1:
        notes.append(words.say("family.starts.unknown", generation=plan.first))
    if notes:
        room = Rect(plan.area.right + pen.px(60), y, 0, pen.height(12))
        room.width = rect.right - room.left
        label(sheet, " ".join(notes), room, 12, palette.SOFT, align="right")
