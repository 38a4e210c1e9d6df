"""Files that are whole or not there: atomic writes, strict JSON, and logs that survive a torn last line."""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from creatures.faults import bad, shown
from creatures.textfile import read_bytes
from sims.errors import NotWritten

LARGEST_FILE = 50_000_000
"""Bytes; a genome file with its recording has about half a million."""


class _Refused(ValueError):
    """JSON that Python would take and this program does not."""


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file so that whoever looks, whenever, finds the old one or the new one, whole.

    Args:
        path: in a folder that exists.
        content: all of it.

    Raises:
        NotWritten: the disk is full, the folder read-only, or the like.
    """
    try:
        _replace(path, content)
    except OSError as error:
        raise NotWritten(f"{path} cannot be written: {reason(error)}") from None


def _replace(path: Path, content: bytes) -> None:
    temporary = beside(path)
    try:
        with temporary.open("xb") as file:
            file.write(content)
        into_place(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def beside(path: Path) -> Path:
    """Returns a new name in the folder of a file, under which that file can be written; the next sweep knows it."""
    return path.parent / f".{path.name}.{uuid.uuid4().hex[:12]}.part"


def into_place(temporary: Path, path: Path) -> None:
    """Puts a file that is whole in the place of another, so that it is there even after a power cut.

    Raises:
        OSError: it cannot be put there.
    """
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in a folder outlive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason(error: OSError) -> str:
    """Returns why the system said no, in its own few words."""
    return (error.strerror or str(error)).lower()


def write_json(path: Path, document: object, indent: int | None = 1) -> None:
    """Writes a document as JSON, atomically; a NaN in it is a mistake of this program.

    Args:
        path: in a folder that exists.
        document: plain JSON values.
        indent: for people to read; None is many times faster.
    """
    text = json.dumps(document, indent=indent, allow_nan=False, ensure_ascii=False)
    write_bytes(path, text.encode() + b"\n")


def read_json(path: Path) -> dict[str, Any]:
    """Reads a JSON file that holds one object.

    Raises:
        BadFile: anything else, in one clear line.
    """
    document = parse_json(read_bytes(path, LARGEST_FILE), str(path))
    if not isinstance(document, dict):
        raise bad(str(path), f"holds {shown(document)}, must hold one JSON object")
    return document


def parse_json(content: bytes, file: str) -> Any:
    """Reads JSON as the standard has it: no NaN, no infinity, no key twice.

    Args:
        content: the bytes of the file.
        file: name to put in front of faults.

    Raises:
        BadFile: it is not JSON.
    """
    try:
        text = content.decode("utf-8")
        return json.loads(
            text,
            parse_constant=_no_constant,
            parse_float=_finite,
            object_pairs_hook=_no_key_twice,
        )
    except UnicodeDecodeError as error:
        raise bad(file, f"not a text file (byte {error.start} is not UTF-8)") from None
    except json.JSONDecodeError as error:
        raise bad(file, f"not JSON: {_where(error, text)}") from None
    except RecursionError:
        raise bad(file, "not JSON that can be read: nested too deeply") from None
    except _Refused as error:
        raise bad(file, str(error)) from None
    except ValueError as error:  # a whole number of thousands of digits
        raise bad(file, f"not JSON that can be read: {error}") from None


def _where(error: json.JSONDecodeError, text: str) -> str:
    if not text.strip():
        return "the file is empty"
    end = len(text.rstrip())
    if error.pos >= end or error.msg.startswith("Unterminated string"):
        return f"ends at line {text.count(chr(10), 0, end) + 1}"
    return f"{error.msg[:1].lower()}{error.msg[1:]} at line {error.lineno}, column {error.colno}"


def _no_constant(name: str) -> NoReturn:
    raise _Refused(f"has {name} for a number; only finite numbers are allowed")


def _finite(text: str) -> float:
    number = float(text)
    if abs(number) == float("inf"):
        raise _Refused(f"has {shown(text)} for a number, which is too large")
    return number


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(f"has the key {shown(twice)} twice in one object")
    return table


class Log:
    """A file of JSON lines that only grows; what is appended is on the disk when `append` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, document: object) -> None:
        """Writes one more line.

        Raises:
            NotWritten: it cannot be written.
        """
        line = json.dumps(document, allow_nan=False, ensure_ascii=False) + "\n"
        try:
            with self.path.open("ab") as file:
                file.write(line.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise NotWritten(f"{self.path} cannot be written: {reason(error)}") from None

    def lines(self) -> list[bytes]:
        """Returns the whole lines; a torn last one is as if it had never been begun."""
        if not self.path.exists():
            return []
        content = read_bytes(self.path, sys.maxsize)  # our own file, however long the run
        return content[: content.rfind(b"\n") + 1].splitlines(keepends=True)

    def documents(self) -> list[dict[str, Any]]:
        """Returns what the whole lines say.

        Raises:
            BadFile: a line is not a JSON object.
        """
        found = []
        for number, line in enumerate(self.lines(), start=1):
            document = parse_json(line, f"{self.path}:{number}")
            if not isinstance(document, dict):
                raise bad(f"{self.path}:{number}", "must be one JSON object")
            found.append(document)
        return found

    def cut(self, keep: int) -> None:
        """Cuts the log back to its first lines, and so to whole ones.

        Args:
            keep: how many lines to keep.

        Raises:
            BadFile: it has fewer.
        """
        lines = self.lines()
        if len(lines) < keep:
            problem = f"has {len(lines)} whole lines, and the checkpoint knows of {keep}"
            raise bad(str(self.path), problem)
        kept = b"".join(lines[:keep])
        if not self.path.exists() or self.path.stat().st_size != len(kept):
            write_bytes(self.path, kept)


def as_plain(value: Any) -> Any:
    """Returns a value as JSON can hold it: tuples as lists, numpy's numbers as Python's, no NaN.

    A number that is not finite becomes null: it says that there was nothing to measure.
    """
    if isinstance(value, dict):
        return {str(key): as_plain(inner) for key, inner in value.items()}
    if isinstance(value, str | bool) or value is None:
        return value
    if hasattr(value, "tolist"):
        return as_plain(value.tolist())
    if isinstance(value, Iterable):
        return [as_plain(inner) for inner in value]
    if isinstance(value, float):
        return float(value) if abs(value) < float("inf") else None
    return value
