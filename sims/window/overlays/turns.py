"""The knobs that were turned so far, each with the generation from which it counts."""

from __future__ import annotations

from pygame import Rect

from sims.live.messages import Rules
from sims.window import palette, sentences, words
from sims.window.overlays.card import heading, label
from sims.window.sheet import Sheet
from sims.window.story import Story


def draw_turns(sheet: Sheet, rect: Rect, story: Story) -> None:
    """Lists the turns, the youngest first, as far as there is room."""
    pen = sheet.pen
    y = heading(sheet, words.say("knobs.turns.title"), rect)
    row = pen.height(13)
    turns = told(story)[::-1]
    if not turns:
        label(
            sheet,
            words.say("knobs.turns.none"),
            Rect(rect.left, y, rect.width, row),
            13,
            palette.SOFT,
        )
    for number, turn in enumerate(turns):
        lines = pen.lines(turn, rect.width, 13)
        is_last = number == len(turns) - 1
        if y + row * (len(lines) + (not is_last)) > rect.bottom:
            turn = words.say("knobs.turns.more", n=len(turns) - number)
            label(sheet, turn, Rect(rect.left, y, rect.width, row), 13, palette.SOFT)
            return
        room = Rect(rect.left, y, rect.width, row * len(lines))
        y = pen.paragraph(sheet.surface, turn, room, 13, palette.SOFT) + pen.px(3)


def told(story: Story) -> list[str]:
    """Returns what each turn changed, in a line each, the oldest first."""
    if story.ready is None:
        return []
    found = []
    before = story.ready.began or story.ready.rules
    for turn in story.turns:
        changes = _changes(before, turn.rules)
        if turn.spread != 1.0:
            changes.insert(0, words.say("knobs.turns.spread", value=f"{turn.spread:g}"))
        what = ", ".join(changes) or words.say("knobs.turns.nothing")
        found.append(words.say("knobs.turns.line", generation=turn.generation, what=what))
        before = turn.rules
    return found


def _changes(before: Rules, after: Rules) -> list[str]:
    found = []
    if after.gravity != before.gravity:
        found.append(words.say("knobs.turns.gravity", value=f"{after.gravity:g}"))
    for term, weight in after.weights.items():
        if weight != before.weights.get(term):
            said, value = sentences.term(term), sentences.weight(weight)
            found.append(words.say("knobs.turns.weight", term=said, value=value))
    return found
