"""Files a person wrote, read with care: small, text, on one disk, and never run."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from creatures.faults import bad

LARGEST_FILE = 200_000
"""Bytes; a species file has a few thousand, and nobody types more than this."""
_LONGEST_LINE = 2_000
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def read_text(path: Path) -> str:
    """Returns the text of a file a person wrote.

    Raises:
        BadFile: it cannot be read, is too large, or is no text.
    """
    raw = read_bytes(path, LARGEST_FILE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise bad(str(path), f"not a text file (byte {error.start} is not UTF-8)") from None


def read_bytes(path: Path, largest: int) -> bytes:
    """Returns the content of an ordinary file; a pipe or a device could keep a reader waiting for ever.

    Args:
        path: of the file.
        largest: bytes it may have.

    Raises:
        BadFile: it is missing, not readable, no ordinary file, or too large.
    """
    file = str(path)
    if "\0" in file:
        raise bad(file, "this is no file name")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no ordinary file"
            raise bad(file, f"this is {what}; a file is needed")
        if status.st_size > largest:
            raise bad(file, f"{status.st_size:,} bytes; at most {largest:,} are read")
        return path.read_bytes()
    except OSError as error:
        raise bad(file, (error.strerror or "cannot be read").lower()) from None


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Returns the tables of a TOML text.

    Raises:
        BadFile: it is not TOML; the line is in it.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        # The parser's time grows with the square of a key's parts: long lines could hold it up for ever.
        if len(line) > _LONGEST_LINE:
            raise bad(
                file, f"{len(line):,} characters; a line may have {_LONGEST_LINE:,}", "", number
            )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        at = (place.group(1) if place else None) or len(text.rstrip().split("\n"))
        raise bad(file, f"not TOML: {_PLACE.sub('', said)}", line=int(at)) from None
    except RecursionError:
        raise bad(
            file, "nested too deeply; a species file has tables in tables, no deeper"
        ) from None
    except ValueError:  # a whole number of more digits than Python reads
        raise bad(file, "not TOML: a number in it has thousands of digits") from None
