"""Every action of every window and its keys: one table for the windows, their help, and `gaitosaur keys`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["watch", "replay", "race", "draw"]
"""Of window: a run under way, saved walks, a race of them, an animal that has not walked yet."""
KINDS: tuple[Kind, ...] = ("watch", "replay", "race", "draw")

_WALKS: tuple[Kind, ...] = ("watch", "replay", "race")

_SAVED: tuple[Kind, ...] = ("watch", "replay")
_LIVE: tuple[Kind, ...] = ("watch",)


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do in the window; its words are in words/<language>/keys.toml under its name."""

    name: str
    keys: tuple[str, ...]
    """As SDL names them: ``space``, ``,``, ``f11``, ``ctrl:q``; the first is the one that is shown."""
    group: str
    """Where the help lists it: ``play``, ``look``, ``run``, ``keep`` or ``window``."""
    mouse: str = ""
    """A way to do it with the mouse other than by its button or its line in the help: ``wheel``, ``drag``."""
    repeats: bool = False
    """Whether holding its key does it again and again."""
    windows: tuple[Kind, ...] = KINDS
    """In which windows it can be done."""


ACTIONS: tuple[Action, ...] = (
    Action("pause", ("space",), "play", windows=_WALKS),
    Action("step", (".",), "play", repeats=True, windows=_WALKS),
    Action("step_back", (",",), "play", repeats=True, windows=_WALKS),
    Action("faster", ("+", "=", "[+]"), "play", repeats=True, windows=_WALKS),
    Action("slower", ("-", "[-]"), "play", repeats=True, windows=_WALKS),
    Action("normal_speed", ("1",), "play", windows=_WALKS),
    Action("top_speed", ("0",), "play", windows=_WALKS),
    Action("again", ("r",), "play", windows=_WALKS),
    Action("loop", ("z",), "play", windows=("replay", "race")),
    Action("live", ("n", "end"), "play", windows=_SAVED),
    Action("earlier", ("left",), "play", "strip", repeats=True, windows=_SAVED),
    Action("later", ("right",), "play", "strip", repeats=True, windows=_SAVED),
    Action("next_walker", ("tab",), "play", windows=_LIVE),
    Action("next_racer", ("tab",), "play", windows=("race",)),
    Action("side_by_side", ("o",), "play", windows=_SAVED),
    Action("one_lane", ("o",), "play", windows=("race",)),
    Action("follow", ("f",), "look", windows=_WALKS),
    Action("zoom_in", ("page up",), "look", "wheel", repeats=True),
    Action("zoom_out", ("page down",), "look", "wheel", repeats=True),
    Action("home", ("home",), "look", "drag"),
    Action("muscles", ("m",), "look"),
    Action("joints", ("j",), "look", windows=_WALKS),
    Action("bones", ("b",), "look"),
    Action("feet", ("u",), "look", windows=_WALKS),
    Action("forces", ("a",), "look", windows=_WALKS),
    Action("path", ("w",), "look", windows=_WALKS),
    Action("ghosts", ("g",), "look", windows=_SAVED),
    Action("charts", ("c",), "look"),
    Action("curves", ("q",), "look", windows=("replay",)),
    Action("hide", ("h",), "look", windows=_LIVE),
    Action("lesson", ("l",), "run", windows=_LIVE),
    Action("family", ("t",), "run", windows=_LIVE),
    Action("knobs", ("k",), "run", windows=_LIVE),
    Action("rest", ("e",), "run", windows=_LIVE),
    Action("dinosaurs", ("d",), "run", windows=_LIVE),
    Action("save", ("s",), "keep", windows=_SAVED),
    Action("picture", ("p",), "keep"),
    Action("film", ("v",), "keep", windows=_WALKS),
    Action("help", ("f1", "?"), "window"),
    Action("full_screen", ("f11",), "window"),
    Action("larger", ("ctrl:+", "ctrl:=", "ctrl:[+]"), "window", repeats=True),
    Action("smaller", ("ctrl:-", "ctrl:[-]"), "window", repeats=True),
    Action("close_panel", ("escape",), "window"),
    Action("quit", ("ctrl:q",), "window"),
)

BY_NAME = {action.name: action for action in ACTIONS}


def actions(kind: Kind) -> tuple[Action, ...]:
    """Returns what can be done in a kind of window."""
    return tuple(action for action in ACTIONS if kind in action.windows)


_SHOWN = {
    "space": "Space",
    "left": "←",
    "right": "→",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
    "escape": "Esc",
    "page up": "Page ↑",
    "page down": "Page ↓",
    "-": "−",
}


def shown(key: str) -> str:
    """Returns a key as it is printed on a keyboard: ``Space``, ``Ctrl Q``, ``F11``."""
    *held, last = key.split(":")
    return " ".join((*(part.capitalize() for part in held), _SHOWN.get(last, last.upper())))


def on_show(action: Action) -> tuple[str, ...]:
    """Returns an action's keys as they are listed: those of the number pad and of other keyboards go without saying."""
    silent = [key for key in action.keys[1:] if "[" in key or key.endswith("=")]
    return tuple(shown(key) for key in action.keys if key not in silent)
