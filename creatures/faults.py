"""What is wrong with a file a person wrote: every fault at once, each one clear line with file and line number."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where in a file: the keys from the top, and places in lists."""

_MOST_SHOWN = 20
_LONGEST_SHOWN = 60
_LONGEST_LIST = 12
_DEEPEST = 4
_VERBS = ("= ", "is ", "has ", "spans ", "hangs ", "begins ")
_TABLE = re.compile(r"^\s*\[+\s*([^\]]+?)\s*\]+")
_PART = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
_KEY = re.compile(rf"""^\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=""")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and what would be right."""

    file: str
    line: int | None
    field: str
    """Where in the file, in words: ``bone "shank": mass_share``; empty for the whole file."""
    problem: str
    """What is wrong and what is allowed."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        # "length_m = -5" and "length_m is missing" read as one; anything else is set off.
        joined = self.problem.startswith(_VERBS)
        said = (
            f"{self.field}{' ' if joined else ': '}{self.problem}" if self.field else self.problem
        )
        return one_line(f"{place}: {said}" if place else said)


class BadFile(ValueError):
    """A file that cannot be used; ``faults`` says why, all of it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(self.lines()))

    def __reduce__(self) -> tuple[type[BadFile], tuple[tuple[Fault, ...]]]:
        # An exception that crosses to another process is rebuilt from its arguments.
        return BadFile, (self.faults,)

    def lines(self) -> list[str]:
        """Returns one line for each fault, at most twenty, then how many more there are."""
        told = [str(fault) for fault in self.faults[:_MOST_SHOWN]]
        more = len(self.faults) - len(told)
        return [*told, f"... and {more} more faults"] if more > 0 else told


def bad(file: str, problem: str, field: str = "", line: int | None = None) -> BadFile:
    """Returns the error for a file with a single fault."""
    return BadFile([Fault(file, line, field, problem)])


def one_line(text: str) -> str:
    """Returns a text with line ends and terminal codes made visible: a stranger's file may hold any."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(value: object) -> str:
    """Returns a value as a person would write it in a file: short, and on one line."""
    try:
        text = _written(value)
    except (RecursionError, ValueError):  # nested without end, or more digits than Python prints
        text = f"a {type(value).__name__} that is too large to show"
    text = one_line(text)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def _written(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value[: 2 * _LONGEST_SHOWN], ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}" if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return "{...}" if value else "{}"
    if isinstance(value, list | tuple):
        head = ", ".join(_written(item) for item in value[:_LONGEST_LIST])
        return f"[{head}{', ...' if len(value) > _LONGEST_LIST else ''}]"
    return str(value)


def did_you_mean(name: str, known: Collection[str], else_list: bool = True) -> str:
    """Returns the end of a line about a name that is not known.

    Args:
        name: as it was given.
        known: the names there are.
        else_list: whether all of them are listed when none comes near.

    Returns:
        ``; did you mean "shank"?``, or ``; known: shank, thigh``.
    """
    near = difflib.get_close_matches(name[:80], known, n=1, cutoff=0.55)
    if near:
        return f'; did you mean "{near[0]}"?'
    return f"; known: {', '.join(known)}" if else_list and known else ""


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def line_numbers(text: str) -> dict[tuple[str, ...], int]:
    """Finds the line of every table and key of a TOML text.

    Good enough for error lines, not a parser: a key inside an inline table is found by its parent's line.

    Args:
        text: the whole file.

    Returns:
        Path of the key, or of a table it is in -> line number, counted from 1.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _TABLE.match(line):
            table = path = _parts(header.group(1))
        elif key := _KEY.match(line):
            path = table + _parts(key.group(1))
        else:
            continue
        # A table may have no line of its own, only [bones.shank] inside it.
        for length in range(1, min(len(path), _DEEPEST) + 1):
            found.setdefault(path[:length], number)
    return found


def line_of(path: Path, lines: dict[tuple[str, ...], int]) -> int | None:
    """Returns the line of the longest known beginning of a path, or None when none is in the file."""
    names = tuple(str(part) for part in path)
    for length in range(len(names), 0, -1):
        if names[:length] in lines:
            return lines[names[:length]]
    return None


def field_words(path: Path) -> str:
    """Returns a path in words: ``("bones", "shank", "com")`` becomes ``bone "shank": com``."""
    parts: Sequence[str | int] = path
    words = ""
    if len(parts) >= 2 and parts[0] in ("bones", "joints", "muscles"):
        words = f'{str(parts[0])[:-1]} "{parts[1]}"'
        parts = parts[2:]
    rest = ""
    for part in parts:
        rest += f"[{part}]" if isinstance(part, int) else (f".{part}" if rest else str(part))
    return ": ".join(piece for piece in (words, rest) if piece)
