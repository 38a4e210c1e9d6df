"""Notices that a person has changed a species file: once the new content stands still, not while it is written."""

from __future__ import annotations

import re
from pathlib import Path

from creatures.textfile import LARGEST_FILE

EVERY_S = 1.0
"""Between two looks."""
_SETTLED = 1
"""Looks after which content that has not changed again counts."""
_EMPTY_SETTLED = 3
"""The same for a file that is empty or not there: many editors empty it, or move it away, before they write it."""
_PLAN = re.compile(rb"""^\s*plan\s*=\s*["']([^"'/\\]+\.toml)["']""", re.MULTILINE)


class Edited:
    """One file being edited, and the plan beside it if it names one.

    Attributes:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        """Takes the present content as known.

        Args:
            path: of the file.
        """
        self.path = path
        self._known = self._content()
        self._waiting: bytes | None = None
        self._stood = 0
        self._next = 0.0

    def settled(self, clock: float) -> bool:
        """Returns whether there is new content that has stood still since the last look.

        Args:
            clock: seconds; between two looks nothing is read.
        """
        if clock < self._next:
            return False
        self._next = clock + EVERY_S
        content = self._content()
        if content == self._known:
            self._waiting = None
            return False
        self._stood = self._stood + 1 if content == self._waiting else 0
        self._waiting = content
        if self._stood < (_SETTLED if content.strip() else _EMPTY_SETTLED):
            return False
        self._known, self._waiting = content, None
        return True

    def _content(self) -> bytes:
        own = _read(self.path)
        plan = _PLAN.search(own)
        if plan is None:
            return own
        return own + b"\0" + _read(self.path.parent / plan[1].decode("utf-8", "replace"))


def _read(path: Path) -> bytes:
    """Returns what is in a file; nothing where that cannot be read, which is said when it has stood so for a while."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return b""
        return path.read_bytes()
    except (OSError, ValueError):
        return b""
