"""The row at the top: which animal, how far the run has come, and the doors to all else."""

from __future__ import annotations

from collections.abc import Hashable

import pygame
from pygame import Rect

from sims.window.keys import BY_NAME, shown
from sims.window.palette import BLUE, CARD, FAINT, GREEN, HAIR, INK, PAPER, SOFT
from sims.window.pen import Pen
from sims.window.sentences import count
from sims.window.sheet import Sheet
from sims.window.view import Act, View
from sims.window.words import say

BUTTONS = ("lesson", "family", "knobs", "dinosaurs", "save", "picture", "film", "help")
_WIDE = 1180
"""Points: a narrower window leaves what is kept to its keys and the help."""
_KEEPING = ("save", "picture", "film")
_ACTIONS = {"back": "close_panel"}
"""Of buttons that are not called like what they do."""


class Top:
    """The row at the top."""

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        story = view.story
        return self._title(view), _state(view), story.guesses, view.looks.overlay

    def draw(self, sheet: Sheet, view: View) -> None:
        """See `Panel`."""
        sheet.surface.fill(PAPER)
        right = self._buttons(sheet, view)
        x = self._name(sheet, view)
        self._middle(sheet, Rect(x, 0, right - x - sheet.pen.px(14), sheet.rect.height), view)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """See `Panel`."""

    def _title(self, view: View) -> str:
        return view.story.ready.title if view.story.ready else say("top.opening")

    def _buttons_of(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        """Returns what can be done from here."""
        return BUTTONS

    def _middle(self, sheet: Sheet, rect: Rect, view: View) -> None:
        """Draws what is between the name and the buttons."""
        _progress(sheet, rect, view)

    def _name(self, sheet: Sheet, view: View) -> int:
        pen = sheet.pen
        middle = sheet.rect.height // 2
        at = pen.px(14), middle - pen.height(20) // 2
        drawn = pen.text(sheet.surface, self._title(view), at, 20, INK, bold=True)
        if view.story.ready is None:
            return drawn.right + pen.px(14)
        words = say("top.seed", seed=view.story.ready.seed)
        chip = Rect(0, 0, pen.width(words, 12.5) + pen.px(14), pen.px(20))
        chip.midleft = drawn.right + pen.px(10), middle + pen.px(1)
        pen.card(sheet.surface, chip, HAIR, 10)
        top = chip.centery - pen.height(12.5) // 2
        pen.text(sheet.surface, words, (chip.centerx, top), 12.5, INK, align="centre")
        return chip.right + pen.px(16)

    def _buttons(self, sheet: Sheet, view: View) -> int:
        """Draws the buttons from the right; returns where they begin."""
        pen = sheet.pen
        right = sheet.rect.right - pen.px(8)
        wide = sheet.rect.width / pen.scale >= _WIDE
        names = self._buttons_of(view)
        for name in reversed(names if wide else [one for one in names if one not in _KEEPING]):
            action = _ACTIONS.get(name, name)
            words, cap = say(f"top.buttons.{name}"), shown(BY_NAME[action].keys[0])
            width = pen.width(words, 13) + pen.width(cap, 12) + pen.px(22)
            rect = Rect(right - width, pen.px(9), width, sheet.rect.height - pen.px(18))
            lit = view.looks.overlay == name
            pen.card(sheet.surface, rect, BLUE if lit else CARD, 6, HAIR)
            y = rect.centery - pen.height(13) // 2
            end = pen.text(sheet.surface, words, (rect.x + pen.px(8), y), 13, CARD if lit else INK)
            pen.text(
                sheet.surface,
                cap,
                (end.right + pen.px(6), y + pen.px(1)),
                12,
                HAIR if lit else SOFT,
            )
            sheet.hot(rect, Act(action))
            right = rect.left - pen.px(5)
        return right


def _state(view: View) -> str:
    """Returns how the run stands, in words."""
    story = view.story
    if story.failed:
        return say("top.failed")
    if story.crowned:
        return say("top.finished")
    if story.stopped:
        return say("top.stopped")
    if view.looks.resting:
        return say("top.resting")
    if story.gate:
        return say("top.gate")
    latest = story.latest
    if latest is None or not latest.rate:
        return ""
    seconds = max(round(latest.eta_s / 5) * 5, 5)
    minutes = round(latest.eta_s / 60)
    left = say("top.left_min", n=minutes) if seconds >= 90 else say("top.left_s", n=seconds)
    return f"{say('top.rate', rate=count(_rounded(latest.rate)))} · {left}"


def _progress(sheet: Sheet, rect: Rect, view: View) -> None:
    """Draws how many guesses are made, as words over a bar."""
    ready = view.story.ready
    pen = sheet.pen
    if ready is None or rect.width < pen.px(90):
        return
    made = say("top.guesses", guesses=count(view.story.guesses), budget=count(ready.budget))
    y = rect.top + pen.px(7)
    first = pen.text(sheet.surface, made, (rect.x, y), 13, INK, room=rect.width)
    room = rect.right - first.right - pen.px(12)
    state = _state(view)
    if pen.width(state, 12.5) <= room:
        pen.text(sheet.surface, state, (rect.right, y), 12.5, SOFT, align="right")
    bar = Rect(rect.x, rect.bottom - pen.px(13), rect.width, pen.px(5))
    pen.card(sheet.surface, bar, HAIR, 2.5)
    share = min(view.story.guesses / max(ready.budget, 1), 1.0)
    if share * bar.width >= 2 * pen.px(2.5):
        done = Rect(bar.x, bar.y, round(share * bar.width), bar.height)
        pen.card(sheet.surface, done, GREEN if view.story.crowned else FAINT, 2.5)


def _rounded(rate: float) -> int:
    """Returns a rate without the digits that only flicker."""
    step = 1 if rate < 100 else 10 if rate < 1000 else 100
    return round(rate / step) * step
