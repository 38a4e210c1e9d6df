"""Every action of the window with its keys; a click on a line does it."""

from __future__ import annotations

from pygame import Rect

from sims.window import palette, words
from sims.window.keys import BY_NAME, Action, Kind, actions, on_show
from sims.window.overlays.card import Card, label
from sims.window.sheet import Sheet
from sims.window.view import Act, View

_COLUMNS = (("play", "keep"), ("look",), ("run", "window"))
_ROW = 25
"""Points from one line to the next."""
_KEYS = 76
"""Points kept for the keys."""


class Help(Card):
    """The list of all actions, made from the same table as the keys themselves."""

    title = "keys.title"
    natural = (900, 566)

    def __init__(self, kind: Kind = "watch") -> None:
        """Lists what can be done in a kind of window."""
        super().__init__()
        self._actions = actions(kind)

    def fill(self, sheet: Sheet, body: Rect, view: View) -> None:  # noqa: ARG002
        """Draws the groups in columns, and a line below them."""
        pen = sheet.pen
        gap = pen.px(16)
        wide = (body.width - (len(_COLUMNS) - 1) * gap) // len(_COLUMNS)
        for place, groups in enumerate(_COLUMNS):
            column = Rect(body.left + place * (wide + gap), body.top, wide, body.height)
            _column(sheet, column, groups, self._actions)
        foot = Rect(body.left, body.bottom - pen.px(20), body.width, pen.px(20))
        hint = words.say("keys.hint", key=" / ".join(on_show(BY_NAME["help"])))
        label(sheet, hint, foot, 13, palette.SOFT)


def _column(sheet: Sheet, rect: Rect, groups: tuple[str, ...], listed: tuple[Action, ...]) -> None:
    pen = sheet.pen
    y = rect.top
    for group in groups:
        if not any(action.group == group for action in listed):
            continue
        pen.text(
            sheet.surface, words.say(f"keys.groups.{group}"), (rect.left, y), 14, palette.BLUE, True
        )
        y += pen.px(26)
        for action in listed:
            if action.group == group:
                _row(sheet, Rect(rect.left, y, rect.width, pen.px(_ROW)), action)
                y += pen.px(_ROW)
        y += pen.px(12)


def _row(sheet: Sheet, rect: Rect, action: Action) -> None:
    pen = sheet.pen
    x = rect.left
    for key in on_show(action):
        x = _cap(sheet, key, x, rect) + pen.px(4)
    said = Rect(rect.left + pen.px(_KEYS), rect.top, rect.width - pen.px(_KEYS), rect.height)
    drawn = label(sheet, words.say(f"keys.actions.{action.name}"), said, 14)
    if action.mouse:
        left = drawn.right + pen.px(6)
        beside = Rect(left, rect.top, rect.right - left, rect.height)
        label(sheet, words.say(f"keys.mouse.{action.mouse}"), beside, 12, palette.SOFT)
    sheet.hot(rect.inflate(pen.px(8), -pen.px(2)).clip(sheet.rect), Act(action.name))


def _cap(sheet: Sheet, key: str, x: int, row: Rect) -> int:
    """Draws a key of a keyboard; returns its right edge."""
    pen = sheet.pen
    cap = Rect(x, 0, max(pen.width(key, 12, True) + pen.px(12), pen.px(24)), pen.px(22))
    cap.centery = row.centery
    pen.card(sheet.surface, cap, palette.FAINT, 5)
    top = Rect(cap.x, cap.y, cap.width, cap.height - pen.px(2))
    pen.card(sheet.surface, top, palette.CARD, 5, palette.FAINT)
    label(sheet, key, top, 12, bold=True, align="centre")
    return cap.right
