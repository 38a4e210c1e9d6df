"""Knobs that may be turned while the run is under way: the size of changes, gravity, and what counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from pygame import Rect

from sims.live.messages import Ready, Rules, TurnKnob
from sims.window import palette, sentences, words
from sims.window.overlays.card import Card, button, heading, label, slider
from sims.window.overlays.turns import draw_turns
from sims.window.sheet import Sheet
from sims.window.story import Story
from sims.window.view import Choose, Turn, View

_GAINS = ("upright", "distance")
"""Terms that count for a walk, where their weight does not say so."""
_MOST_GAIN, _MOST_COST = 60.0, 10.0
_LOW, _HIGH = 0.3, 2.0
"""Times Earth's gravity: the ends of the slider."""
_MARKS = (("mars", 0.38), ("earth", 1.0))
_SPREADS = (("smaller", 0.5), ("same", 1.0), ("larger", 2.0))
_NEAR = 1e-9


class Knobs(Card):
    """What is set here is only a wish until it is turned.

    Attributes:
        spread: times the present size of changes.
        gravity: times Earth's; None as it is.
        weights: of the terms that were touched.
        turns: how many turns the run had told of when the last was asked for; None when none waits.
    """

    title = "knobs.title"
    natural = (884, 500)

    def __init__(self) -> None:
        super().__init__()
        self.spread = 1.0
        self.gravity: float | None = None
        self.weights: dict[str, float] = {}
        self.turns: int | None = None
        self._told = 0
        self._run: Ready | None = None

    def key(self, view: View) -> Hashable:
        """Returns what is set, and how the run is set."""
        story = view.story
        self._meet(story)
        own = self.spread, self.gravity, tuple(self.weights.items()), self._waits(view)
        return own, id(story.rules), id(story.ready), len(story.turns), _closed(story)

    def choose(self, intent: Choose, view: View) -> None:
        """Sets a knob; ``turned`` says that what was set has been passed on to the run."""
        value = intent.value
        self._meet(view.story)
        match intent.what:
            case "spread" if isinstance(value, float):
                self.spread = value
            case "gravity" if isinstance(value, float):
                self.gravity = value
            case "back":
                self._put_back()
            case "turned":
                self.turns = len(view.story.turns)
                self._put_back()
            case term if isinstance(value, float):
                self.weights[term] = value

    def _meet(self, story: Story) -> None:
        """Forgets all that was set for another run."""
        if story.ready is not self._run:
            self._run, self.turns, self._told = story.ready, None, len(story.turns)
            self._put_back()

    def _put_back(self) -> None:
        self.spread, self.gravity, self.weights = 1.0, None, {}

    def _hear(self, turns: int) -> None:
        """Lets go of what was set when the run tells of a turn, unless that was done when it was asked for."""
        if turns != self._told:
            if self.turns is None:
                self._put_back()
            self.turns, self._told = None, turns

    def _waits(self, view: View) -> bool:
        """Whether a turn has been passed on and the run has not told of it yet."""
        return self.turns is not None and len(view.story.turns) <= self.turns

    def knob(self, rules: Rules) -> TurnKnob | None:
        """Returns only what differs from the present setting; None when nothing does."""
        gravity = self.gravity
        if gravity is not None and abs(gravity - rules.gravity) < _NEAR:
            gravity = None
        weights = {
            term: weight
            for term, weight in self.weights.items()
            if abs(weight - rules.weights.get(term, 0.0)) > _NEAR
        }
        if self.spread == 1.0 and gravity is None and not weights:
            return None
        return TurnKnob(self.spread, gravity, weights)

    def fill(self, sheet: Sheet, body: Rect, view: View) -> None:
        """Draws the knobs: at the left those of the search and the world, at the right those of the score."""
        pen, story = sheet.pen, view.story
        self._meet(story)
        self._hear(len(story.turns))
        closed = _closed(story)
        if story.rules is None or closed:
            said = words.say(f"knobs.{closed or 'waiting'}")
            pen.paragraph(sheet.surface, said, body, 15, palette.SOFT)
            return
        gap, foot = pen.px(40), pen.px(52)
        wide = (body.width - gap) * 45 // 100
        high = body.height - foot
        left = Rect(body.left, body.top, wide, high)
        right = Rect(left.right + gap, body.top, body.width - wide - gap, high)
        line = Rect(left.right + gap // 2, body.top, max(pen.px(1), 1), high - pen.px(8))
        sheet.surface.fill(palette.HAIR, line)
        y = self._spread(sheet, left)
        y = self._gravity(sheet, Rect(left.left, y, wide, left.bottom - y), story.rules)
        draw_turns(sheet, Rect(left.left, y, wide, left.bottom - y), story)
        self._weights(sheet, right, story.rules)
        self._foot(sheet, Rect(body.left, body.bottom - foot, body.width, foot), view, story.rules)

    def _spread(self, sheet: Sheet, rect: Rect) -> int:
        pen = sheet.pen
        y = heading(sheet, words.say("knobs.spread.title"), rect)
        said = Rect(rect.left, y, rect.width, pen.height(13))
        label(sheet, words.say("knobs.spread.words"), said, 13, palette.SOFT)
        gap = pen.px(8)
        wide = (rect.width - 2 * gap) // 3
        for number, (name, value) in enumerate(_SPREADS):
            place = Rect(rect.left + number * (wide + gap), said.bottom + gap, wide, pen.px(32))
            is_on = self.spread == value
            said_on = words.say(f"knobs.spread.{name}")
            button(sheet, place, said_on, Choose("spread", value), is_on)
        return place.bottom + pen.px(20)

    def _gravity(self, sheet: Sheet, rect: Rect, rules: Rules) -> int:
        pen = sheet.pen
        now = rules.gravity if self.gravity is None else self.gravity
        y = heading(sheet, words.say("knobs.gravity.title"), rect)
        value = words.say("knobs.gravity.value", value=f"{now:.2f}")
        is_other = abs(now - rules.gravity) > _NEAR
        at = rect.right, rect.top
        pen.text(
            sheet.surface,
            words.say("knobs.gravity.earth") if abs(now - 1.0) < _NEAR else value,
            at,
            14,
            palette.BLUE if is_other else palette.SOFT,
            bold=True,
            align="right",
        )
        track = Rect(rect.left, y, rect.width, pen.px(22))
        colour = palette.BLUE if is_other else palette.SOFT
        slider(sheet, track, _of_gravity(now), colour, _gravity_at, _of_gravity(rules.gravity))
        for name, times in _MARKS:
            x = track.left + track.height / 2 + _of_gravity(times) * (track.width - track.height)
            said = words.say(f"knobs.marks.{name}")
            pen.text(sheet.surface, said, (x, track.bottom), 12, palette.SOFT, align="centre")
        return track.bottom + pen.height(12) + pen.px(16)

    def _weights(self, sheet: Sheet, rect: Rect, rules: Rules) -> None:
        pen = sheet.pen
        y = heading(sheet, words.say("knobs.weights.title"), rect)
        said = Rect(rect.left, y, rect.width, 2 * pen.height(13))
        y = pen.paragraph(sheet.surface, words.say("knobs.weights.words"), said, 13, palette.SOFT)
        y += pen.px(8)
        row = min((rect.bottom - y) // max(len(rules.weights), 1), pen.px(38))
        for number, (term, present) in enumerate(rules.weights.items()):
            line = Rect(rect.left, y + number * row, rect.width, row)
            self._weight(sheet, line, term, present)

    def _weight(self, sheet: Sheet, line: Rect, term: str, present: float) -> None:
        pen = sheet.pen
        now = self.weights.get(term, present)
        name, end = pen.px(146), pen.px(48)
        is_other = abs(now - present) > _NEAR
        room = Rect(line.left, line.top, name, line.height)
        label(sheet, sentences.term(term), room, 14, bold=is_other)
        most = _most(term, present)
        track = Rect(line.left + name, 0, line.width - name - end, pen.px(22))
        track.centery = line.centery
        colour = palette.GAIN if most > 0 else palette.COST
        slider(sheet, track, now / most, colour, _weight_at(term, most), present / most)
        number = Rect(line.right - end, line.top, end, line.height)
        ink = palette.INK if is_other else palette.SOFT
        label(sheet, sentences.weight(now), number, 14, ink, is_other, "right")

    def _foot(self, sheet: Sheet, rect: Rect, view: View, rules: Rules) -> None:
        pen = sheet.pen
        knob = self.knob(rules)
        high, wide = pen.px(36), pen.px(116)
        turn = Rect(rect.right - wide, rect.bottom - high, wide, high)
        button(
            sheet, turn, words.say("knobs.turn"), None if knob is None else Turn(knob), strong=True
        )
        back = Rect(turn.left - pen.px(10) - wide, turn.top, wide, high)
        button(sheet, back, words.say("knobs.back"), None if knob is None else Choose("back"))
        room = Rect(rect.left, turn.top, back.left - rect.left - pen.px(24), high)
        if self._waits(view) and knob is None:
            label(sheet, words.say("knobs.waits"), room, 14, palette.GREEN, bold=True)
            return
        pen.paragraph(sheet.surface, words.say("knobs.note"), room, 13, palette.SOFT)


def _closed(story: Story) -> str:
    """Returns which words say why a turn would come to nothing; empty when it would not."""
    if story.over:
        return "over"
    return "gate" if story.gate is not None else ""


def _of_gravity(times: float) -> float:
    """Returns where on the slider a gravity is, 0 to 1."""
    return min(max((times - _LOW) / (_HIGH - _LOW), 0.0), 1.0)


def _gravity_at(share: float) -> Choose:
    """Returns the choice of a place on the slider; Mars and Earth catch what is near them."""
    times = round((_LOW + share * (_HIGH - _LOW)) / 0.05) * 0.05
    for _, mark in _MARKS:
        if abs(share - _of_gravity(mark)) < 0.02:
            times = mark
    return Choose("gravity", round(times, 2))


def _most(term: str, present: float) -> float:
    """Returns the weight at the right end of a term's slider; the left end is 0."""
    gain = present > 0 or (present == 0 and term in _GAINS)
    return max(_MOST_GAIN, present) if gain else min(-_MOST_COST, present)


def _weight_at(term: str, most: float) -> Callable[[float], Choose]:
    step = 1.0 if most > 0 else 0.5
    return lambda share: Choose(term, round(share * most / step) * step)
