"""The score of the walk on stage, term by term, and what it did in plain numbers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.live.messages import Walk
from sims.window.palette import CARD, COST, FAINT, GAIN, HAIR, INK, SOFT, VERMILION, Colour, mix
from sims.window.panels.axes import NOTHING, plain, signed
from sims.window.panels.marks import PAD, SMALL, placeholder, title
from sims.window.pen import Pen
from sims.window.sentences import far, percent, term
from sims.window.sheet import Hot, Sheet
from sims.window.view import View
from sims.window.words import known, say

_BIG = 27
_TIGHT, _WIDE = 15, 26
"""Points: the height of a row, at least and at most."""


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the card."""

    name: str
    """``distance``."""
    value: float
    """What it adds to the score: weight times value."""

    @property
    def words(self) -> str:
        """Returns what people call it."""
        return term(self.name)

    @property
    def tip(self) -> str:
        """Returns what it means, in a sentence."""
        path = f"terms.words.{self.name}"
        return say(path) if known(path) else ""


def terms(walk: Walk) -> list[Term]:
    """Returns what makes up the score of a walk, in the order of its objective; what weighs nothing is left out."""
    return [
        Term(name, weight * walk.terms[name])
        for name, weight in walk.weights.items()
        if weight and name in walk.terms
    ]


def largest(rows: list[Term], most: int) -> list[Term]:
    """Returns at most so many rows: those that count most, in their order."""
    kept = sorted(rows, key=lambda row: -abs(row.value))[: max(most, 0)]
    return [row for row in rows if row in kept]


class ScoreCard:
    """What a walk earned and what it lost."""

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on."""
        return view.story, view.walk, _robust(view), _strict(view)

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the sum, the rows and the plain numbers."""
        pen, walk = sheet.pen, view.walk
        if walk is None:
            under = title(sheet, say("panels.card.title")).bottom
            placeholder(sheet, say("panels.card.empty"), under)
            return
        top = _head(sheet, walk, _strict(view))
        _badge(sheet, view, walk, top)
        bottom = _facts(sheet, walk)
        top += pen.height(SMALL) + pen.px(6)
        rows = terms(walk)
        if walk.score <= NOTHING or not rows:
            at = sheet.rect.centerx, (top + bottom - pen.height(13)) / 2
            pen.text(sheet.surface, say("panels.card.nothing"), at, 13, SOFT, align="centre")
            return
        rows = largest(rows, (bottom - top) // pen.px(_TIGHT))
        tall = min((bottom - top) / max(len(rows), 1), pen.px(_WIDE))
        _rows(sheet, rows, top + (bottom - top - tall * len(rows)) / 2, tall)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Nothing changes with every frame."""


def _robust(view: View) -> tuple[float, bool] | None:
    """Returns the share of its score that the walk keeps in other worlds, and whether that is enough."""
    walk, crowned = view.walk, view.story.crowned
    if walk is None:
        return None
    if walk.key.who == "champion" and crowned is not None:
        return crowned.robust, crowned.passes
    found = view.story.robust.get(walk.key)
    return (found.robust, found.passes) if found is not None else None


def _nothing(_x: int, _y: int) -> None:
    return None


def _strict(view: View) -> float | None:
    """Returns what the search counts for the walk, where that is less than its score in the plain world."""
    walk = view.walk
    if walk is None or walk.key.who != "best":
        return None
    one = view.story.generation(walk.key.generation)
    return one.best if one is not None and NOTHING < one.best < walk.score - 0.05 else None


def _head(sheet: Sheet, walk: Walk, strict: float | None) -> int:
    """Writes the title and the sum, and returns where the title ends."""
    pen = sheet.pen
    path: str = "generation" if walk.key.who == "best" else walk.key.who
    path = path if known(f"panels.card.{path}") else "title"
    score = plain(walk.score) if walk.score > NOTHING else ""
    right = sheet.rect.width - pen.px(PAD)
    room = right - pen.px(PAD) - pen.width(score, _BIG, True) - pen.px(10)
    under = title(sheet, say(f"panels.card.{path}", n=walk.key.generation), room).bottom
    drawn = pen.text(sheet.surface, score, (right, pen.px(4)), _BIG, INK, True, "right")
    if strict is not None:
        tip = say("panels.card.strict", score=plain(strict))
        sheet.hots.append(Hot(drawn, _nothing, tip))
    return under + pen.px(1)


def _badge(sheet: Sheet, view: View, walk: Walk, top: int) -> None:
    """Says how robust the walk is, or why it ended early."""
    pen, found, left = sheet.pen, _robust(view), sheet.pen.px(PAD)
    if walk.ended != "finished":
        path = f"panels.card.{walk.ended}"
        words = say(path, why=walk.why) if known(path) else walk.why
        room = sheet.rect.width - 3 * left - pen.width(plain(walk.score), _BIG, True)
        pen.text(sheet.surface, words, (left, top), SMALL, SOFT, room=room)
        return
    if found is None:
        drawn = pen.text(sheet.surface, say("panels.card.untested"), (left, top), SMALL, SOFT)
        sheet.hots.append(Hot(drawn, _nothing, say("panels.card.untested_tip")))
        return
    share, passes = found
    if passes:
        words, colour = say("panels.card.robust", n=f"{percent(share) / 100:.2f}"), GAIN
    else:
        words, colour = say("panels.card.fragile", n=percent(share)), VERMILION
    place = Rect(
        left, top, pen.width(words, SMALL, True) + pen.px(16), pen.height(SMALL) + pen.px(2)
    )
    ink = mix(colour, INK, 0.3)
    pen.card(sheet.surface, place, mix(colour, CARD, 0.85), place.height / 2 / pen.scale, ink)
    at = place.centerx, place.top + pen.px(1)
    pen.text(sheet.surface, words, at, SMALL, ink, True, "centre")
    tip = say("panels.card.robust_tip", n=percent(share))
    sheet.hots.append(Hot(place, _nothing, tip))


def _rows(sheet: Sheet, rows: list[Term], top: float, tall: float) -> None:
    pen, left, right = sheet.pen, sheet.pen.px(PAD), sheet.rect.width - sheet.pen.px(PAD)
    names = max((pen.width(row.words, SMALL) for row in rows), default=0)
    numbers = max((pen.width(signed(row.value), SMALL, True) for row in rows), default=0)
    start, stop = left + names + pen.px(9), right - numbers - pen.px(9)
    low = min([0.0, *(row.value for row in rows)])
    high = max([0.0, *(row.value for row in rows)])
    scale = (stop - start) / max(high - low, 1e-9)
    zero = start - low * scale
    thick = min(round(0.62 * tall), pen.px(14))
    for number, row in enumerate(rows):
        line = Rect(left, round(top + number * tall), right - left, round(tall))
        y = line.centery - pen.height(SMALL) / 2
        pen.text(sheet.surface, row.words, (left, y), SMALL, INK)
        value = signed(row.value)
        ink = mix(_colour(row), INK, 0.25) if value != plain(0.0) else SOFT
        pen.text(sheet.surface, value, (right, y), SMALL, ink, True, "right")
        end = zero + row.value * scale
        bar = Rect(round(min(zero, end)), line.centery - thick // 2, 0, thick)
        bar.width = round(max(zero, end)) - bar.left
        pygame.draw.rect(sheet.surface, _colour(row), bar)
        sheet.hots.append(Hot(line, _nothing, row.tip))
    sheet.surface.fill(FAINT, (round(zero), round(top), 1, round(tall * len(rows)) - pen.px(2)))


def _colour(row: Term) -> Colour:
    return GAIN if row.value >= 0.0 else COST


def _facts(sheet: Sheet, walk: Walk) -> int:
    """Writes what the walk did along the lower edge, and returns where that begins."""
    pen = sheet.pen
    facts = [fact for fact in _numbers(walk) if fact]
    step = pen.height(SMALL) + pen.px(1)
    lines = (len(facts) + 1) // 2
    top = sheet.rect.height - pen.px(6) - lines * step
    half = pen.px(PAD) + round(0.54 * (sheet.rect.width - 2 * pen.px(PAD)))
    for place, (number, words) in enumerate(facts):
        at = (half if place % 2 else pen.px(PAD)), top + place // 2 * step
        drawn = pen.text(sheet.surface, number, at, SMALL, INK, bold=True)
        pen.text(sheet.surface, words, (drawn.right + pen.px(4), at[1]), SMALL, SOFT)
    line = pen.px(PAD), top - pen.px(4), sheet.rect.width - 2 * pen.px(PAD), 1
    sheet.surface.fill(HAIR, line)
    return top - pen.px(6)


def _numbers(walk: Walk) -> list[tuple[str, str]]:
    """Returns the plain numbers that are known: the number with its unit, and what it is."""

    def fact(measure: str, name: str, digits: int) -> tuple[str, str]:
        number = say(f"panels.card.{name}", n=plain(walk.measures[measure], digits))
        return number, say(f"panels.card.{name}_words")

    known_ = {name for name, value in walk.measures.items() if isinstance(value, int | float)}
    wanted = (
        ("speed_m_s", "speed", 1),
        ("time_up_s", "time", 1),
        ("peak_ground_force_bw", "peak", 1),
    )
    found = [fact(*one) for one in wanted if one[0] in known_]
    if "distance_m" not in known_:
        return found
    heights = walk.measures.get("hip_heights")
    words = say("panels.card.hip_heights", n=plain(heights)) if heights is not None else ""
    return [(far(walk.distance_m, 1), words), *found]
