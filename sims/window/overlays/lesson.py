"""How it learns: what cannot change, what can, what counts as good, and what luck has to do with it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from pygame import Rect

from creatures.skeleton import Skeleton
from sims.live.messages import GeneFacts, Ready, Rules
from sims.window import palette, sentences, words
from sims.window.overlays.card import Card, heading, label
from sims.window.overlays.luck import heap, luck, told
from sims.window.overlays.portrait import Portrait
from sims.window.pen import Pen
from sims.window.sheet import Sheet, grown
from sims.window.view import View

_STRIP = 152
"""Points: the height of what is said about luck."""
_DOTS = 300
"""Points: the width of the heap of guesses."""
_BARS = 130
"""Points: the width of the bars of weights."""


class Lesson(Card):
    """Three columns, and a strip about luck below them."""

    title = "lesson.title"
    natural = (884, 526)

    def __init__(self) -> None:
        super().__init__()
        self._portrait: tuple[Ready, Portrait] | None = None

    def key(self, view: View) -> Hashable:
        """Returns what is shown: the run, its rules, and how far it is."""
        story = view.story
        return id(story.ready), id(story.rules), grown(len(story.generations))

    def fill(self, sheet: Sheet, body: Rect, view: View) -> None:
        """Draws the columns and the strip."""
        pen, ready, rules = sheet.pen, view.story.ready, view.story.rules
        if ready is None or rules is None:
            pen.paragraph(sheet.surface, words.say("lesson.waiting"), body, 15, palette.SOFT)
            return
        gap = pen.px(30)
        wide = (body.width - 2 * gap) // 3
        high = body.height - pen.px(_STRIP + 12)
        first, second, third = (
            Rect(body.left + n * (wide + gap), body.top, wide, high) for n in range(3)
        )
        self._cannot(sheet, first, ready, rules)
        _can(sheet, second, ready)
        _good(sheet, third, rules)
        for column in (second, third):
            x = column.left - gap // 2
            line = Rect(x, body.top, max(pen.px(1), 1), high)
            sheet.surface.fill(palette.HAIR, line)
        strip = Rect(body.left, body.bottom - pen.px(_STRIP), body.width, pen.px(_STRIP))
        _luck(sheet, strip, view)

    def _cannot(self, sheet: Sheet, rect: Rect, ready: Ready, rules: Rules) -> None:
        pen = sheet.pen
        y = _head(sheet, rect, "cannot")
        facts = _facts(ready.skeleton, rules)
        row = pen.px(23)
        first = rect.bottom - row * len(facts)
        self._stand(sheet, Rect(rect.left, y, rect.width, first - pen.px(6) - y), ready)
        for number, (name, value) in enumerate(facts):
            line = Rect(rect.left, first + number * row, rect.width, row)
            label(sheet, words.say(f"lesson.cannot.{name}"), line, 14, palette.SOFT)
            label(sheet, value, line, 14, bold=True, align="right")

    def _stand(self, sheet: Sheet, rect: Rect, ready: Ready) -> None:
        if self._portrait is None or self._portrait[0] is not ready:
            self._portrait = ready, Portrait(ready.skeleton, ready.look)
        portrait = self._portrait[1]
        pen = sheet.pen
        ground = rect.bottom - pen.px(4)
        scale = min(0.96 * rect.width / portrait.length, 0.94 * (ground - rect.top) / portrait.top)
        line = Rect(rect.left, ground, rect.width, max(pen.px(1.5), 1))
        sheet.surface.fill(palette.FAINT, line)
        portrait.draw(sheet, rect.centerx - portrait.length * scale / 2, ground, scale)


def _head(sheet: Sheet, rect: Rect, part: str, **values: object) -> int:
    """Writes a column's title and what it is about; returns where the rest may begin, pixels."""
    y = heading(sheet, words.say(f"lesson.{part}.title"), rect)
    room = Rect(rect.left, y, rect.width, 3 * sheet.pen.height(13))
    said = words.say(f"lesson.{part}.words", **values)
    return sheet.pen.paragraph(sheet.surface, said, room, 13, palette.SOFT) + sheet.pen.px(8)


def _facts(skeleton: Skeleton, rules: Rules) -> list[tuple[str, str]]:
    """Returns what cannot change: name and value."""
    earth = abs(rules.gravity - 1.0) < 1e-6
    mass = f"{skeleton.mass:,.0f}" if skeleton.mass >= 15 else f"{skeleton.mass:.1f}"
    gravity = f"{rules.gravity:.2f}"
    return [
        ("hip", words.say("lesson.cannot.metres", value=f"{skeleton.hip_height:.2f}")),
        ("mass", words.say("lesson.cannot.kilograms", value=mass)),
        ("bones", str(len(skeleton.bones))),
        ("muscles", str(len(skeleton.muscles))),
        ("gravity", words.say(f"lesson.cannot.{'earth' if earth else 'other'}", gravity=gravity)),
    ]


def gene_groups(genes: Sequence[GeneFacts], skeleton: Skeleton) -> list[tuple[str, int]]:
    """Returns what groups of genes do, in plain words, and how many genes each has."""
    counts: dict[str, int] = {}
    for gene in genes:
        said = group_words(gene.name, skeleton.limb_kinds)
        counts[said] = counts.get(said, 0) + 1
    return list(counts.items())


def group_words(gene: str, limbs: Sequence[str]) -> str:
    """Returns what the group of a gene does; the legs of any but the first pair are named."""
    first, *others = gene.split(".")
    key = others[0] if first in limbs and others else first
    known = words.known(f"lesson.genes.{key}")
    said = words.say(f"lesson.genes.{key}") if known else key.replace("_", " ")
    if first in limbs[1:]:
        return words.say("lesson.can.pair", words=said, pair=first.replace("_", " "))
    return said


def _can(sheet: Sheet, rect: Rect, ready: Ready) -> None:
    pen = sheet.pen
    y = _head(sheet, rect, "can", n=len(ready.genes))
    groups = gene_groups(ready.genes, ready.skeleton)
    row = min((rect.bottom + pen.px(4) - y) // len(groups), pen.px(22))
    if row < pen.height(13):
        row = pen.height(13)
        fit = max((rect.bottom - y) // row - 1, 1)
        rest = sum(count for _, count in groups[fit:])
        groups = [*groups[:fit], (words.say("lesson.can.more", n=rest), 0)]
    for number, (said, count) in enumerate(groups):
        line = Rect(rect.left, y + number * row, rect.width, row)
        dots = _gene_dots(sheet, line, count)
        label(sheet, said, Rect(line.left, line.top, dots - line.left, line.height), 13)


def _gene_dots(sheet: Sheet, line: Rect, count: int) -> int:
    """Draws a dot for every gene at the right of a line; returns where they begin, pixels."""
    pen = sheet.pen
    step = pen.px(9)
    shown = min(count, 9)
    for number in range(shown):
        dot = Rect(0, 0, pen.px(6), pen.px(6))
        dot.center = line.right - step * (shown - number) + step // 2, line.centery
        pen.card(sheet.surface, dot, palette.BLUE, 3)
    return line.right - step * shown - pen.px(4)


def _good(sheet: Sheet, rect: Rect, rules: Rules) -> None:
    pen = sheet.pen
    y = _head(sheet, rect, "good")
    most = max((abs(weight) for weight in rules.weights.values()), default=0.0) or 1.0
    bars = Rect(rect.right - pen.px(_BARS), y, pen.px(_BARS), 0)
    row = min((rect.bottom - y) // max(len(rules.weights), 1), pen.px(26))
    for number, (term, weight) in enumerate(rules.weights.items()):
        line = Rect(rect.left, y + number * row, bars.left - rect.left, row)
        label(sheet, sentences.term(term), line, 14)
        _bar(sheet, Rect(bars.left, line.top, bars.width, row), weight, most)


def _bar(sheet: Sheet, rect: Rect, weight: float, most: float) -> None:
    """Draws a weight as a bar from the middle: to the right what counts for it, to the left what counts against."""
    pen = sheet.pen
    zero = rect.left + pen.px(38)
    room = rect.right - zero - pen.px(30) if weight > 0 else zero - rect.left
    share = abs(weight) / most * (rect.right - zero - pen.px(30))
    length = min(round(share), room) if weight else 0
    thick = pen.px(11)
    top = rect.centery - thick // 2
    sheet.surface.fill(palette.FAINT, Rect(zero, rect.top, max(pen.px(1), 1), rect.height))
    if length:
        length = max(length, pen.px(3))
        x = zero if weight > 0 else zero - length
        colour = palette.GAIN if weight > 0 else palette.COST
        pen.card(sheet.surface, Rect(x, top, length, thick), colour, 2)
    _number(sheet, zero, length, rect, weight)


def _number(sheet: Sheet, zero: int, length: int, rect: Rect, weight: float) -> None:
    """Writes a weight beside the end of its bar: a cost at the other side of the line, where there is room."""
    pen: Pen = sheet.pen
    x = zero + pen.px(5) + (length if weight > 0 else 0)
    y = rect.centery - pen.height(12) / 2
    pen.text(sheet.surface, sentences.weight(weight), (x, y), 12, palette.SOFT)


def _luck(sheet: Sheet, rect: Rect, view: View) -> None:
    pen = sheet.pen
    pen.card(sheet.surface, rect, palette.LIT, 8)
    inner = rect.inflate(-pen.px(28), -pen.px(22))
    now = luck(view.story)
    if now is not None and now.latest.tries:
        dots = Rect(inner.right - pen.px(_DOTS), inner.top, pen.px(_DOTS), inner.height)
        heap(sheet, dots, now)
        inner.width -= pen.px(_DOTS + 24)
    y = heading(sheet, words.say("lesson.luck.title"), inner)
    room = Rect(inner.left, y, inner.width, inner.bottom - y + pen.px(8))
    pen.paragraph(sheet.surface, told(view.story), room, 13)
