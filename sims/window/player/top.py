"""The row at the top of the window of saved walks."""

from __future__ import annotations

from collections.abc import Hashable

from pygame import Rect

from sims.window.palette import SOFT
from sims.window.panels.top import Top
from sims.window.sentences import count
from sims.window.sheet import Sheet
from sims.window.view import View
from sims.window.words import say


class ReplayTop(Top):
    """Which animal, where its walk comes from, and what can be done."""

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        return super().key(view), view.guest, view.walk

    def _buttons_of(self, view: View) -> tuple[str, ...]:
        buttons = ("curves", "picture", "film", "help")
        return ("back", *buttons) if view.guest else buttons

    def _middle(self, sheet: Sheet, rect: Rect, view: View) -> None:
        """Says where a file comes from; of a run, how far it came."""
        ready, walk = view.story.ready, view.walk
        if ready is None or ready.file is None:
            super()._middle(sheet, rect, view)
            return
        if walk is None:
            return
        words = say(
            "replay.origin",
            n=count(walk.key.generation),
            strategy=ready.strategy,
            objective=ready.rules.objective,
            guess=count(walk.guess),
        )
        y = rect.centery - sheet.pen.height(13) // 2
        sheet.pen.text(sheet.surface, words, (rect.x, y), 13, SOFT, room=rect.width)
