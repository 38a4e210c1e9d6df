"""What a species file says, in numbers: the whole animal, and what standing asks of each joint of a leg."""

from __future__ import annotations

from collections.abc import Hashable

import pygame
from pygame import Rect

from creatures.known import is_guess, length_of
from creatures.skeleton import Skeleton
from creatures.strength import Bearing, bearings
from sims.window.drawing.sketch import Sketch
from sims.window.palette import COST, GREEN, HAIR, INK, SOFT, VERMILION
from sims.window.panels.marks import PAD, title
from sims.window.pen import Pen
from sims.window.sheet import Sheet
from sims.window.view import View
from sims.window.words import say

_ROW = 22


class Facts:
    """The panel beside the animal."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch

    def key(self, view: View) -> Hashable:  # noqa: ARG002
        """See `Panel`."""
        return self._sketch.number

    def draw(self, sheet: Sheet, view: View) -> None:  # noqa: ARG002
        """See `Panel`."""
        pen, skeleton = sheet.pen, self._sketch.skeleton
        head = say("draw.facts.before") if self._sketch.faults else say("draw.facts.title")
        y = title(sheet, head).bottom + pen.px(6)
        for name, value in self._numbers(skeleton):
            y = _line(sheet, y, say(f"draw.facts.{name}"), value)
        y = self._joints(sheet, skeleton, y + pen.px(10))
        self._judged(sheet, y + pen.px(10))

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """See `Panel`."""

    def _numbers(self, skeleton: Skeleton) -> list[tuple[str, str]]:
        species = self._sketch.species
        kinds = dict.fromkeys(bone.kind for bone in skeleton.bones)
        guesses = sum(is_guess(length_of(species, kind)) for kind in kinds)
        mass, about = skeleton.mass, "~" if is_guess(species.mass_kg) else ""
        muscle = sum(one.mass for one in skeleton.muscles) / mass
        return [
            ("mass", f"{about}{mass:,.0f} kg" if mass >= 100 else f"{about}{mass:.3g} kg"),
            ("muscle", f"{muscle:.0%}"),
            ("hip", f"{skeleton.hip_height:.2f} m"),
            ("legs", f"{skeleton.leg_length:.2f} m"),
            ("com", f"{skeleton.com[0]:.2f} m"),
            ("guesses", say("draw.facts.of", n=guesses, all=len(kinds))),
        ]

    def _joints(self, sheet: Sheet, skeleton: Skeleton, y: int) -> int:
        """Draws for each joint of a leg how much of its strength standing takes."""
        pen = sheet.pen
        room = Rect(pen.px(PAD), y, sheet.rect.width - 2 * pen.px(PAD), pen.px(60))
        y = pen.paragraph(sheet.surface, say("draw.facts.standing"), room, 13, SOFT) + pen.px(4)
        for one in bearings(skeleton):
            if one.by_muscles:
                kind = skeleton.joints[one.joint].kind
                y = _bar(sheet, y, kind, one)
        return y

    def _judged(self, sheet: Sheet, y: int) -> None:
        """Says whether there is anything to warn of."""
        pen = sheet.pen
        said = self._sketch.warnings or [say("draw.facts.good")]
        colour = VERMILION if self._sketch.warnings else GREEN
        room = Rect(pen.px(PAD), y, sheet.rect.width - 2 * pen.px(PAD), sheet.rect.bottom - y)
        for words in said:
            room.height = sheet.rect.bottom - room.top - pen.px(6)
            if room.height < pen.height(14):
                return
            bottom = pen.paragraph(sheet.surface, words, room, 14, colour, bold=True)
            room.top = bottom + pen.px(4)


def _line(sheet: Sheet, y: int, name: str, value: str) -> int:
    pen = sheet.pen
    pen.text(sheet.surface, name, (pen.px(PAD), y), 14, SOFT)
    right = sheet.rect.right - pen.px(PAD)
    pen.text(sheet.surface, value, (right, y), 14, INK, bold=True, align="right")
    return y + pen.px(_ROW)


def _bar(sheet: Sheet, y: int, name: str, one: Bearing) -> int:
    pen = sheet.pen
    left, right = pen.px(PAD), sheet.rect.right - pen.px(PAD)
    pen.text(sheet.surface, name, (left, y), 14, INK)
    share = f"{one.asked:.0%}" if one.asked < 9.995 else ">999%"
    pen.text(sheet.surface, share, (right, y), 14, INK, bold=True, align="right")
    start = left + pen.px(74)
    bar = Rect(start, y + pen.px(6), right - pen.px(48) - start, pen.px(8))
    pen.card(sheet.surface, bar, HAIR, 4)
    done = bar.copy()
    done.width = round(bar.width * min(one.asked, 1.0))
    if done.width > pen.px(8):
        pen.card(sheet.surface, done, COST if one.asked > 1.0 else GREEN, 4)
    elif done.width > 0:
        sheet.surface.fill(GREEN, done)
    return y + pen.px(_ROW)
