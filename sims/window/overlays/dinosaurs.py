"""The species picker: which animal is to learn to walk next, from which seed, how, and what counts."""

from __future__ import annotations

from collections.abc import Hashable

from pygame import Rect

from sims.runs.asked import OBJECTIVE, OBJECTIVES, PARETO, SPREADING, STRATEGIES
from sims.window import palette, words
from sims.window.overlays.card import Card, button, heading, label
from sims.window.overlays.cast import cast, draw_cast
from sims.window.sheet import Sheet
from sims.window.view import Begin, Choose, View

_MOST_SEED = 999_999
_LOW = 176
"""Points: the height of what is below the animals."""
_SEARCHES = tuple(name for name in STRATEGIES if name != SPREADING)
"""Those for one aim: several aims bring their own."""


class Dinosaurs(Card):
    """What is chosen here begins with a click on the button; until it is touched it is as the present run.

    Attributes:
        chosen: what was touched: ``species``, ``seed``, ``strategy``, ``objective``.
    """

    title = "dinosaurs.title"
    natural = (884, 530)

    def __init__(self) -> None:
        super().__init__()
        self.chosen: dict[str, object] = {}

    def key(self, view: View) -> Hashable:
        """Returns what is chosen."""
        return self.wish(view)

    def choose(self, intent: Choose, view: View) -> None:
        """Chooses an animal, a seed, a search, or what counts."""
        self.chosen[intent.what] = intent.value
        if intent.what == "strategy" and self.wish(view).objective == PARETO:
            self.chosen["objective"] = OBJECTIVE

    def wish(self, view: View) -> Begin:
        """Returns the run that would begin."""
        ready, rules = view.story.ready, view.story.rules
        names = [animal.name for animal in cast(ready)]
        seed = self.chosen.get("seed", ready.seed if ready else 1)
        search = _one_of(_SEARCHES, self.chosen.get("strategy"), ready and ready.strategy)
        objective = _one_of(OBJECTIVES, self.chosen.get("objective"), rules and rules.objective)
        return Begin(
            _one_of(names, self.chosen.get("species"), ready and ready.skeleton.name),
            seed if isinstance(seed, int) else 1,
            SPREADING if objective == PARETO else search,
            objective,
        )

    def fill(self, sheet: Sheet, body: Rect, view: View) -> None:
        """Draws the animals, and what else can be chosen below them."""
        pen, wish = sheet.pen, self.wish(view)
        line = Rect(body.left, body.top - pen.px(4), body.width, pen.height(13))
        label(sheet, words.say("dinosaurs.scale"), line, 13, palette.SOFT)
        low = Rect(body.left, body.bottom - pen.px(_LOW), body.width, pen.px(_LOW))
        top = line.bottom + pen.px(8)
        stage = Rect(body.left, top, body.width, low.top - pen.px(16) - top)
        draw_cast(sheet, stage, cast(view.story.ready), wish.species)
        gap = pen.px(28)
        wide = (low.width - 2 * gap) // 3
        columns = [Rect(low.left + n * (wide + gap), low.top, wide, pen.px(130)) for n in range(3)]
        _seed(sheet, columns[0], wish.seed)
        _options(sheet, columns[1], "strategy", _SEARCHES, wish.strategy)
        _options(sheet, columns[2], "objective", OBJECTIVES, wish.objective)
        start = Rect(0, 0, pen.px(130), pen.px(36))
        start.bottomright = low.bottomright
        button(sheet, start, words.say("dinosaurs.begin"), wish, strong=True)
        note = Rect(low.left, start.top, start.left - low.left - pen.px(20), start.height)
        label(sheet, words.say("dinosaurs.note"), note, 13, palette.SOFT)


def _one_of(known: list[str] | tuple[str, ...], *wished: object) -> str:
    """Returns the first wish that is known, or else the first of all."""
    return next((str(wish) for wish in wished if wish in known), known[0])


def _seed(sheet: Sheet, rect: Rect, seed: int) -> None:
    pen = sheet.pen
    y = heading(sheet, words.say("dinosaurs.seed.title"), rect)
    side = pen.px(30)
    less = Rect(rect.left, y, side, side)
    shown = Rect(less.right, y, pen.px(72), side)
    more = Rect(shown.right, y, side, side)
    button(sheet, less, "−", Choose("seed", seed - 1) if seed > 0 else None)
    label(sheet, f"{seed:,}", shown, 16, bold=True, align="centre")
    button(sheet, more, "+", Choose("seed", seed + 1) if seed < _MOST_SEED else None)
    room = Rect(rect.left, less.bottom + pen.px(8), rect.width, rect.bottom - less.bottom)
    pen.paragraph(sheet.surface, words.say("dinosaurs.seed.words"), room, 13, palette.SOFT)


def _options(sheet: Sheet, rect: Rect, what: str, options: tuple[str, ...], chosen: str) -> None:
    pen = sheet.pen
    y = heading(sheet, words.say(f"dinosaurs.{what}.title"), rect)
    pitch = pen.px({4: 29, 5: 24}.get(len(options), 34))
    for number, name in enumerate(options):
        row = Rect(rect.left, y + number * pitch, rect.width, pitch - pen.px(4))
        said = words.say(f"dinosaurs.{what}.{name}")
        button(sheet, row, said, Choose(what, name), name == chosen)
