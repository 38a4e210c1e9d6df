"""The ancestors of the best, as beads on a line that rises with the score, and what the last of them changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pygame
from pygame import Rect

from sims.live.messages import Ancestor, Descent, GeneFacts
from sims.window import palette, words
from sims.window.overlays.card import label
from sims.window.palette import mix
from sims.window.pen import Align, Pen, polyline
from sims.window.sheet import Sheet

_STEPS = 4
"""The last steps, told gene by gene."""
_CARD = 158
"""Points: the height of such a step."""
_GENES = 3


@dataclass(frozen=True, slots=True)
class _Bead:
    x: float
    """Pixels from the left of the beads' place."""
    y: float
    one: Ancestor
    gain: float
    """Over its parent."""


def draw_descent(sheet: Sheet, rect: Rect, descent: Descent, genes: Sequence[GeneFacts]) -> None:
    """Draws the line and the last steps.

    Args:
        sheet: where.
        rect: its place.
        descent: with at least one ancestor.
        genes: all that evolution may change, in their order.
    """
    pen, line = sheet.pen, descent.line
    room = Rect(rect.left, rect.top, rect.width, 2 * pen.height(14))
    top = pen.paragraph(sheet.surface, _told(line), room, 14, palette.SOFT) + pen.px(8)
    if len(line) == 1:
        return
    steps = Rect(rect.left, 0, rect.width, pen.px(_CARD))
    steps.bottom = rect.bottom
    title = Rect(rect.left, steps.top - pen.px(26), rect.width, pen.px(20))
    beads = Rect(rect.left, top, rect.width, title.top - pen.px(12) - top)
    _beads(sheet, beads, line)
    label(sheet, words.say("family.line.changes"), title, 14, bold=True)
    _steps(sheet, steps, line, genes)


def _told(line: Sequence[Ancestor]) -> str:
    if len(line) == 1:
        return words.say("family.line.alone")
    found = [
        words.say("family.line.words", n=len(line) - 1, generation=line[0].generation),
        words.say("family.line.beads"),
    ]
    if any(child.score < parent.score for parent, child in pairwise(line)):
        found.append(words.say("family.line.worse"))
    return " ".join(found)


def _beads(sheet: Sheet, rect: Rect, line: Sequence[Ancestor]) -> None:
    pen = sheet.pen
    words_high = 2 * pen.height(12) + pen.px(4)
    room = Rect(rect.left, rect.top + words_high, rect.width, rect.height - words_high - pen.px(22))
    beads = _placed(line, room.size, pen.px(34))
    gap = room.width / max(len(line), 1)
    radius = min(max(0.32 * gap, 2.2 * pen.scale), 7.0 * pen.scale)

    def draw(fine: pygame.Surface, by: int) -> None:
        points = [(bead.x * by, bead.y * by) for bead in beads]
        foot = fine.get_height()
        under = [(points[0][0], foot), *points, (points[-1][0], foot)]
        pygame.draw.polygon(fine, mix(palette.GREEN, palette.CARD, 0.88), under)
        polyline(fine, palette.FAINT, points, max(round(1.6 * pen.scale * by), 2))
        for bead, at in zip(beads, points, strict=True):
            colour = palette.COST if bead.gain < 0 else palette.GREEN
            pygame.draw.circle(fine, palette.CARD, at, (radius + 1.2 * pen.scale) * by)
            pygame.draw.circle(fine, colour, at, radius * by)
        pygame.draw.circle(fine, palette.INK, points[-1], (radius + 3 * pen.scale) * by)
        pygame.draw.circle(fine, palette.AMBER, points[-1], (radius + 1.5 * pen.scale) * by)

    outer = Rect(room.left, room.top, room.width, room.height + pen.px(10))
    pen.smooth(sheet.surface, outer, draw)
    _ends(sheet, room, beads)
    _gains(sheet, room, beads, radius)


def _placed(line: Sequence[Ancestor], size: tuple[int, int], side: int) -> list[_Bead]:
    """Returns the beads of a line within so many pixels, with so much room at its sides."""
    scores = [one.score for one in line]
    low, high = min(scores), max(scores)
    step = (size[0] - 2 * side) / max(len(line) - 1, 1)
    found = []
    for place, one in enumerate(line):
        share = (one.score - low) / (high - low) if high > low else 0.5
        y = size[1] * (0.94 - 0.84 * share)
        gain = one.score - line[place - 1].score if place else 0.0
        found.append(_Bead(side + place * step, y, one, gain))
    return found


def _ends(sheet: Sheet, room: Rect, beads: Sequence[_Bead]) -> None:
    """Writes who the first and the last bead are, above the line as it is there."""
    pen = sheet.pen
    kinds = (("best", "right", -1), ("oldest", "left", 0))
    for kind, align, place in kinds:
        one = beads[place].one
        score = words.say("family.line.score", score=f"{one.score:.1f}")
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
    for bead in sorted(beads[1:], key=lambda bead: -bead.gain):
        if bead.gain < least or any(abs(bead.x - x) < wide for x in taken):
            continue
        taken.append(bead.x)
        at = room.left + bead.x, room.top + bead.y + radius + pen.px(2)
        pen.text(
            sheet.surface, f"+{bead.gain:.1f}", at, 12, palette.GREEN, bold=True, align="centre"
        )


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
    gain = child.score - parent.score
    ink = palette.GREEN if gain >= 0 else palette.COST
    said = "0" if abs(gain) < 0.05 else f"{gain:+.1f}".replace("-", "−")
    label(sheet, said, head, 13, ink, True, "right")
    y = head.bottom + pen.px(3)
    if not child.changed:
        room = Rect(rect.left, y, rect.width, rect.bottom - y)
        pen.paragraph(sheet.surface, words.say("family.line.copy"), room, 12, palette.SOFT)
        return
    high = 3 * pen.height(12)
    for gene, by in child.changed[:_GENES]:
        if y + pen.height(12) > rect.bottom or gene >= len(genes):
            break
        said = words.say(f"family.line.{'more' if by > 0 else 'less'}", words=genes[gene].words)
        room = Rect(rect.left, y, rect.width, min(high, rect.bottom - y))
        y = pen.paragraph(sheet.surface, said, room, 12, palette.SOFT) + pen.px(5)
