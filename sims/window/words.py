"""What is written on screen, in one language: every sentence lies in words/<language>/*.toml and none in the code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

LANGUAGE = "en"


@lru_cache(maxsize=4)
def book(language: str = LANGUAGE) -> Mapping[str, Any]:
    """Returns all words of a language: file -> what is in it."""
    folder = resources.files("sims.window") / "words" / language
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }


def entry(path: str) -> Any:
    """Returns what lies at ``file.table.key``: a sentence, a list of sentences, or a table.

    Raises:
        KeyError: nothing does.
    """
    found: Any = book()
    for part in path.split("."):
        found = found[part]
    return found


def say(path: str, **values: object) -> str:
    """Returns a sentence with its values filled in.

    A sentence that depends on a number is a table with ``one`` and ``other``, chosen by the value called ``n``.
    """
    found = entry(path)
    if isinstance(found, dict):
        found = found["one" if values.get("n") == 1 else "other"]
    return str(found).format(**values)


def known(path: str) -> bool:
    """Returns whether something is written there."""
    try:
        entry(path)
    except KeyError:
        return False
    return True
