"""``gaitosaur keys``: what can be done in the window, and with which keys."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from sims.cli.options import AsJson, Quiet
from sims.cli.voice import Voice
from sims.window.keys import ACTIONS, KINDS, Action, on_show
from sims.window.words import say

EXAMPLE = "Example:  gaitosaur keys"


def command(as_json: AsJson = False, quiet: Quiet = False) -> None:
    """List what can be done in the window, and with which keys."""
    voice = Voice(as_json, quiet)
    voice.show(_table())
    voice.chatter("", say("keys.list.where"))
    voice.document({"keys": [_facts(action) for action in ACTIONS]})


command.__name__ = "keys"


def _table() -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("keys", "words", "mouse", "windows"):
        table.add_column(say(f"keys.list.{column}"))
    for group in dict.fromkeys(action.group for action in ACTIONS):
        table.add_row()
        table.add_row("", Text(say(f"keys.groups.{group}"), style="bold"))
        for action in ACTIONS:
            if action.group == group:
                table.add_row(*(Text(cell) for cell in _row(action)))
    return table


def _row(action: Action) -> tuple[str, str, str, str]:
    mouse = say(f"keys.mouse.{action.mouse}") if action.mouse else ""
    everywhere = action.windows == KINDS
    windows = say("keys.list.all") if everywhere else ", ".join(action.windows)
    return ", ".join(on_show(action)), say(f"keys.actions.{action.name}"), mouse, windows


def _facts(action: Action) -> dict[str, object]:
    return {
        "action": action.name,
        "words": say(f"keys.actions.{action.name}"),
        "group": action.group,
        "keys": list(action.keys),
        "windows": list(action.windows),
    }
