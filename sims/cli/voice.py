"""How commands speak: results on stdout, chatter on stderr, or one JSON object and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console, RenderableType

from creatures.faults import one_line

_WIDE = 110
"""Columns of a table that goes to a file or a pipe."""


class Ended(Exception):
    """A command that ends with some lines on stderr and an exit code of its own."""

    def __init__(self, code: int, *lines: str) -> None:
        self.code = code
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Voice:
    """Where the words of one command go."""

    json: bool = False
    """One object on stdout, nothing else there."""
    quiet: bool = False
    """No chatter, no progress: only the result."""

    def result(self, *lines: str) -> None:
        """Prints what was asked for."""
        if not self.json:
            for line in lines:
                print(one_line(line))

    def show(self, *parts: RenderableType) -> None:
        """Prints tables that were asked for."""
        if not self.json:
            console = Console(highlight=False)
            if not console.is_terminal:
                console = Console(highlight=False, width=_WIDE)
            for part in parts:
                console.print(part)

    def document(self, document: Mapping[str, Any]) -> None:
        """Prints the JSON object, if that is what was asked for."""
        if self.json:
            print(json.dumps(document, indent=2, allow_nan=False, ensure_ascii=False))

    def chatter(self, *lines: str) -> None:
        """Says what is going on."""
        if not self.quiet:
            complain(*lines)


def complain(*lines: str) -> None:
    """Prints errors and warnings, which nobody can switch off."""
    for line in lines:
        print(one_line(line), file=sys.stderr, flush=True)


def smart_terminal() -> bool:
    """Returns whether stderr is a terminal that can draw a line again."""
    console = Console(stderr=True)
    return console.is_terminal and not console.is_dumb_terminal
