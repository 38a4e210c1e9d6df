"""The ancestors of the best, as beads on a line that rises with the score, and what the last of them changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import pygame
from pygame import Rect

from sims.live.messages import Ancestor, Descent, GeneFacts
from sims.window import palette, words
from sims.window.overlays.card import label
from sims.window.palette import mix
from sims.window.panels.axes import plain, signed
from sims.window.panels.marks import dotted
from sims.window.pen import Align, Pen, polyline
from sims.window.sheet import Sheet

_STEPS = 4
"""The last steps, told gene by gene."""
_CARD = 158
"""Points: the height of such a step."""
_BEAD = 6
"""Points from one bead to the next, at least: of a long line each bead stands for several."""


@dataclass(frozen=True, slots=True)
class _Bead:
    x: float
    """Pixels from the left of the beads' place."""
    y: float
    one: Ancestor
    gain: float | None
    """Over its parent; None where their scores do not compare."""


def draw_descent(sheet: Sheet, rect: Rect, descent: Descent, genes: Sequence[GeneFacts]) -> None:
    """Draws the line and the last steps.

    Args:
        sheet: where.
        rect: its place.
        descent: with at least one ancestor.
        genes: all that evolution may change, in their order.
    """
    pen, line = sheet.pen, descent.line
    each = -(-len(line) // max(rect.width // max(pen.px(_BEAD), 1), 2))
    room = Rect(rect.left, rect.top, rect.width, 3 * pen.height(14))
    top = pen.paragraph(sheet.surface, _told(line, each), room, 14, palette.SOFT) + pen.px(8)
    if len(line) == 1:
        return
    steps = Rect(rect.left, 0, rect.width, pen.px(_CARD))
    steps.bottom = rect.bottom
    title = Rect(rect.left, steps.top - pen.px(26), rect.width, pen.px(20))
    beads = Rect(rect.left, top, rect.width, title.top - pen.px(12) - top)
    _beads(sheet, beads, line, each)
    label(sheet, words.say("family.line.changes"), title, 14, bold=True)
    _steps(sheet, steps, line, genes)


def _gain(parent: Ancestor, child: Ancestor) -> float | None:
    """Returns how much better a child is; None where their scores do not compare."""
    return child.score - parent.score if child.reckoning == parent.reckoning else None


def _told(line: Sequence[Ancestor], each: int) -> str:
    if len(line) == 1:
        return words.say("family.line.alone")
    gains = [_gain(parent, child) for parent, child in pairwise(line)]
    found = [
        words.say("family.line.words", n=len(line) - 1, generation=line[0].generation),
        words.say("family.line.beads", n=each),
    ]
    if any(gain is not None and gain < 0 for gain in gains):
        found.append(words.say("family.line.worse"))
    if None in gains:
        found.append(words.say("family.line.breaks"))
    return " ".join(found)


def _beads(sheet: Sheet, rect: Rect, line: Sequence[Ancestor], each: int) -> None:
    pen = sheet.pen
    words_high = 2 * pen.height(12) + pen.px(4)
    room = Rect(rect.left, rect.top + words_high, rect.width, rect.height - words_high - pen.px(22))
    beads = _placed(line, each, room.size, pen.px(34))
    gap = room.width / max(len(beads), 1)
    radius = min(max(0.32 * gap, 2.2 * pen.scale), 7.0 * pen.scale)
    outer = Rect(room.left, room.top, room.width, room.height + pen.px(10))
    pen.smooth(sheet.surface, outer, lambda fine, by: _string(fine, by, beads, radius, pen))
    for one, other in pairwise(beads):
        if one.one.reckoning != other.one.reckoning:
            x = room.left + (one.x + other.x) / 2
            top = room.top + round(min(one.y, other.y)) - pen.px(10)
            dotted(sheet.surface, pen, x, max(top, room.top), outer.bottom)
    _ends(sheet, room, beads)
    _gains(sheet, room, beads, radius)


def _string(fine: pygame.Surface, by: int, beads: Sequence[_Bead], radius: float, pen: Pen) -> None:
    """Draws the line, apart where scores do not compare, and the beads on it."""
    foot = fine.get_height()
    for _, stretch in groupby(beads, lambda bead: bead.one.reckoning):
        points = [(bead.x * by, bead.y * by) for bead in stretch]
        if len(points) > 1:
            under = [(points[0][0], foot), *points, (points[-1][0], foot)]
            pygame.draw.polygon(fine, mix(palette.GREEN, palette.CARD, 0.88), under)
        polyline(fine, palette.FAINT, points, max(round(1.6 * pen.scale * by), 2))
    for bead in beads:
        at = bead.x * by, bead.y * by
        colour = palette.COST if bead.gain is not None and bead.gain < 0 else palette.GREEN
        pygame.draw.circle(fine, palette.CARD, at, (radius + 1.2 * pen.scale) * by)
        pygame.draw.circle(fine, colour, at, radius * by)
    at = beads[-1].x * by, beads[-1].y * by
    pygame.draw.circle(fine, palette.INK, at, (radius + 3 * pen.scale) * by)
    pygame.draw.circle(fine, palette.AMBER, at, (radius + 1.5 * pen.scale) * by)


def _placed(line: Sequence[Ancestor], each: int, size: tuple[int, int], side: int) -> list[_Bead]:
    """Returns a bead for every so many of a line, its last among them.

    Args:
        line: the ancestors.
        each: how many of them a bead stands for.
        size: pixels, of the place for the beads.
        side: pixels kept free at its sides.
    """
    scores = [one.score for one in line]
    low, high = min(scores), max(scores)
    shown = [0, *range((len(line) - 1) % each or each, len(line), each)]
    step = (size[0] - 2 * side) / max(len(shown) - 1, 1)
    found = []
    for place, at in enumerate(shown):
        one = line[at]
        share = (one.score - low) / (high - low) if high > low else 0.5
        y = size[1] * (0.94 - 0.84 * share)
        gain = _gain(line[at - 1], one) if at else 0.0
        found.append(_Bead(side + place * step, y, one, gain))
    return found


def _ends(sheet: Sheet, room: Rect, beads: Sequence[_Bead]) -> None:
    """Writes who the first and the last bead are, above the line as it is there."""
    pen = sheet.pen
    kinds = (("best", "right", -1), ("oldest", "left", 0))
    for kind, align, place in kinds:
        one = beads[place].one
        score = words.say("family.line.score", score=plain(one.score))
        made = words.say("family.line.generation", n=one.generation)
        said = f"{made}, {score}"
        wide = pen.width(said, 12)
        left = 0.0 if align == "left" else room.width - wide
        high = min(_height(beads, left), _height(beads, left + wide), beads[place].y)
        y = room.top + high - 2 * pen.height(12) - pen.px(12)
        x = room.left if align == "left" else room.right
        side: Align = "left" if align == "left" else "right"
        title = words.say(f"family.line.{kind}")
        pen.text(sheet.surface, title, (x, y), 12, bold=True, align=side)
        at = x, y + pen.height(12)
        pen.text(sheet.surface, said, at, 12, palette.SOFT, align=side)


def _height(beads: Sequence[_Bead], x: float) -> float:
    """Returns the y of the line at an x, pixels."""
    places = [bead.x for bead in beads]
    return float(np.interp(x, places, [bead.y for bead in beads]))


def _gains(sheet: Sheet, room: Rect, beads: Sequence[_Bead], radius: float) -> None:
    """Writes the largest gains below their beads, as many as find room."""
    pen: Pen = sheet.pen
    taken: list[float] = []
    wide = pen.px(46)
    scores = [bead.one.score for bead in beads]
    least = max(0.05, 0.03 * (max(scores) - min(scores)))
    gained = [(bead.gain, bead) for bead in beads[1:] if bead.gain is not None]
    for gain, bead in sorted(gained, key=lambda pair: -pair[0]):
        if gain < least or any(abs(bead.x - x) < wide for x in taken):
            continue
        taken.append(bead.x)
        at = room.left + bead.x, room.top + bead.y + radius + pen.px(2)
        pen.text(sheet.surface, signed(gain), at, 12, palette.GREEN, bold=True, align="centre")


def _steps(sheet: Sheet, rect: Rect, line: Sequence[Ancestor], genes: Sequence[GeneFacts]) -> None:
    pen = sheet.pen
    pairs = list(pairwise(line))[-_STEPS:]
    gap = pen.px(12)
    wide = (rect.width - (_STEPS - 1) * gap) // _STEPS
    for place, (parent, child) in enumerate(pairs):
        box = Rect(rect.left + place * (wide + gap), rect.top, wide, rect.height)
        is_best = place == len(pairs) - 1
        fill = palette.LIT if is_best else mix(palette.PAPER, palette.CARD, 0.45)
        pen.card(sheet.surface, box, fill, 8)
        _step(sheet, box.inflate(-pen.px(20), -pen.px(14)), parent, child, genes)


def _step(
    sheet: Sheet, rect: Rect, parent: Ancestor, child: Ancestor, genes: Sequence[GeneFacts]
) -> None:
    pen = sheet.pen
    head = Rect(rect.left, rect.top, rect.width, pen.height(13))
    label(sheet, words.say("family.line.generation", n=child.generation), head, 13, bold=True)
    gain = _gain(parent, child)
    if gain is None:
        label(sheet, words.say("family.line.anew"), head, 13, palette.SOFT, align="right")
    else:
        ink = palette.GREEN if gain >= 0 else palette.COST
        label(sheet, signed(gain), head, 13, ink, True, "right")
    y = head.bottom + pen.px(3)
    if not child.changed:
        room = Rect(rect.left, y, rect.width, rect.bottom - y)
        pen.paragraph(sheet.surface, words.say("family.line.copy"), room, 12, palette.SOFT)
        return
    high = 3 * pen.height(12)
    for gene, by in child.changed:
        if y + pen.height(12) > rect.bottom or gene >= len(genes):
            break
        said = words.say(f"family.line.{'more' if by > 0 else 'less'}", words=genes[gene].words)
        room = Rect(rect.left, y, rect.width, min(high, rect.bottom - y))
        y = pen.paragraph(sheet.surface, said, room, 12, palette.SOFT) + pen.px(5)
