"""Every gene of the best: its value, and how it has changed since the generation before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pygame
from pygame import Rect

from sims.live.messages import GeneFacts
from sims.window.palette import BLUE, CARD, FAINT, HAIR, INK, PINK, SOFT, mix
from sims.window.panels.axes import plain
from sims.window.panels.marks import PAD, SMALL, mouse_over, placeholder, title
from sims.window.pen import Pen
from sims.window.sheet import Hot, Sheet
from sims.window.story import Story
from sims.window.view import View
from sims.window.words import known, say

_BAR = mix(BLUE, CARD, 0.42)
_CHANGE = mix(PINK, INK, 0.05)
_LOST = mix(PINK, CARD, 0.62)
"""What a gene had and has given up."""
MOST = 3.0
"""Genes lie between minus this and this."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Where the genes stand, in the panel's own pixels: gaps between the parts of the body."""

    rect: Rect
    lefts: tuple[float, ...]
    """Of each gene."""
    wide: float

    def at(self, x: float, y: float) -> int:
        """Returns the gene under a pixel; -1 for none."""
        if not self.rect.collidepoint(x, y):
            return -1
        return bisect_right(self.lefts, x) - 1

    def cell(self, gene: int) -> Rect:
        """Returns the place of a gene, from top to bottom."""
        left, right = round(self.lefts[gene]), round(self.lefts[gene] + self.wide)
        return Rect(left, self.rect.top, right - left, self.rect.height)

    def y(self, value: float) -> float:
        """Returns the pixels of a value."""
        share = min(max(value / MOST, -1.0), 1.0)
        return self.rect.centery - share * (self.rect.height / 2 - 1)


def part(name: str) -> str:
    """Returns the part of the body a gene belongs to, in a word: ``leg.hip.offset`` -> ``thigh``."""
    first, *rest = name.split(".")
    for piece in (*rest[:-1], first):
        path = f"panels.genes.parts.{piece}"
        if known(path):
            return say(path)
    return (rest[0] if len(rest) > 1 else first).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Shown:
    """The genes that are drawn."""

    generation: int
    genes: tuple[float, ...]
    before: tuple[float, ...]
    """Those of the best one generation earlier; empty where they are not at hand."""


def shown(view: View) -> Shown | None:
    """Returns the genes of the walk on stage, or of the best so far, or of the latest generation."""
    story = view.story
    if view.walk is not None:
        return _shown(story, view.walk.key.generation, view.walk.genes)
    for one in (story.leader, story.latest):
        if one is not None and one.genes:
            return _shown(story, one.number, one.genes)
    return None


def _shown(story: Story, number: int, genes: tuple[float, ...]) -> Shown:
    earlier = story.generation(number - 1)
    return Shown(number, genes, earlier.genes if earlier is not None else ())


class GeneStrip:
    """A small bar for each gene."""

    def __init__(self) -> None:
        self.slots: Slots | None = None

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on."""
        story = view.story
        return story, story.ready is None, bool(story.generations), shown(view)

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the bars, what has changed, and the parts of the body."""
        story, self.slots = view.story, None
        facts = story.ready.genes if story.ready else ()
        words = say("panels.genes.title", n=len(facts)) if facts else say("panels.genes.bare")
        head = title(sheet, words)
        one = shown(view)
        if one is None or not facts:
            path = "later" if story.generations else "empty"
            placeholder(sheet, say(f"panels.genes.{path}"), head.bottom)
            return
        before = one.before or one.genes
        slots = self.slots = _slots(sheet, facts, head.bottom)
        if one.before:
            _legend(sheet, head, one.generation - 1)
        _parts(sheet, slots, facts)
        _bars(sheet, slots, one.genes, before)
        for gene, fact in enumerate(facts):
            tip = _tip(fact, one.genes[gene], before[gene])
            sheet.hots.append(Hot(slots.cell(gene), _nothing, tip))

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Frames the gene under the mouse."""
        mouse = mouse_over(rect, view)
        if self.slots is None or mouse is None:
            return
        gene = self.slots.at(*mouse)
        if gene >= 0:
            cell = self.slots.cell(gene).move(rect.topleft).inflate(pen.px(2), 0)
            pygame.draw.rect(surface, SOFT, cell, max(pen.px(1), 1))


def _nothing(_x: int, _y: int) -> None:
    return None


def _tip(fact: GeneFacts, value: float, before: float) -> str:
    now, was = plain(value, 2), plain(before, 2)
    if now == was:
        return say("panels.genes.tip", words=fact.words, value=now)
    return say("panels.genes.tip_was", words=fact.words, value=now, before=was)


def _groups(facts: Sequence[GeneFacts]) -> list[tuple[str, int]]:
    """Returns the parts of the body in order: a word, and how many genes."""
    return [(name, len(list(some))) for name, some in groupby(part(fact.name) for fact in facts)]


def _slots(sheet: Sheet, facts: Sequence[GeneFacts], under: int) -> Slots:
    pen, groups = sheet.pen, _groups(facts)
    bottom = sheet.rect.height - pen.px(6) - pen.height(SMALL)
    rect = Rect(pen.px(PAD), under + pen.px(4), sheet.rect.width - 2 * pen.px(PAD), 0)
    rect.height = bottom - rect.top
    gap = pen.px(4)
    wide = (rect.width - gap * (len(groups) - 1)) / len(facts)
    lefts, x = [], float(rect.left)
    for _, count in groups:
        lefts += [x + wide * place for place in range(count)]
        x += wide * count + gap
    return Slots(rect, tuple(lefts), wide)


def _parts(sheet: Sheet, slots: Slots, facts: Sequence[GeneFacts]) -> None:
    pen, gene, free = sheet.pen, 0, 0.0
    for number, (name, count) in enumerate(_groups(facts)):
        left, right = slots.lefts[gene], slots.lefts[gene + count - 1] + slots.wide
        if number:
            x = round(left - pen.px(2))
            sheet.surface.fill(HAIR, (x, slots.rect.top, 1, slots.rect.height + pen.px(4)))
        wide = pen.width(name, SMALL)
        start = (left + right - wide) / 2
        if wide <= right - left + pen.px(2) and start >= free:
            pen.text(sheet.surface, name, (start, slots.rect.bottom + pen.px(1)), SMALL, SOFT)
            free = start + wide + pen.px(3)
        gene += count
    sheet.surface.fill(FAINT, (slots.rect.left, slots.rect.centery, slots.rect.width, 1))


def _bars(sheet: Sheet, slots: Slots, genes: Sequence[float], before: Sequence[float]) -> None:
    """Draws each gene from zero to its value; pink is what is new, and pale pink what is gone."""
    zero = slots.y(0.0)
    for gene, (value, was) in enumerate(zip(genes, before, strict=True)):
        cell = slots.cell(gene)
        gap = 1 if cell.width > 3 else 0
        now, then = slots.y(value), slots.y(was)

        def bar(one: float, other: float, ink: tuple[int, int, int], at: Rect = cell) -> None:
            top, bottom = round(min(one, other)), round(max(one, other))
            sheet.surface.fill(ink, (at.left, top, at.width - gap, max(bottom - top, 0)))  # noqa: B023

        bar(zero, now, _BAR)
        if (value - was) * value > 0.0:  # further from zero than it was
            bar(now, then if was * value > 0.0 else zero, _CHANGE)
        if was * value <= 0.0 or abs(was) > abs(value):
            bar(then, now if was * value > 0.0 else zero, _LOST)
        thick = max(sheet.pen.px(1.5), 1)
        sheet.surface.fill(INK, (cell.left, round(now - thick / 2), cell.width - gap, thick))


def _legend(sheet: Sheet, head: Rect, number: int) -> None:
    pen = sheet.pen
    right = sheet.rect.width - pen.px(PAD)
    words = say("panels.genes.changed_since", n=number)
    side = pen.px(8)
    if right - pen.width(words, SMALL) - side - pen.px(16) < head.right:
        words = say("panels.genes.changed")
    left = right - pen.width(words, SMALL)
    if left - side - pen.px(10) < head.right:
        return
    y = head.bottom - pen.height(SMALL) - pen.px(0.5)
    pen.text(sheet.surface, words, (left, y), SMALL, SOFT)
    top = y + (pen.height(SMALL) - side) // 2 + pen.px(1)
    sheet.surface.fill(_CHANGE, (left - side - pen.px(4), top, side, side))
