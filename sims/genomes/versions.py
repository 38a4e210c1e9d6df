"""Versions of the genome file: old ones are read for ever, newer ones than this program knows are refused.

| version | what was new |
|---|---|
| 1 | the first; early files of it have no ``trial.gravity_scale``, which then was 1 |
| 2 | ``recording.muscle_force``: the pull of every muscle, frame by frame; ``recording.digest`` |
| 3 | ``measures.bones`` and what else inverse dynamics measures; ``trial.bone_limit_mpa`` |

Whoever changes the file raises `VERSION`, adds the step from the version before to `_STEPS`, and a file as it was until
then to ``tests/formats``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from creatures.faults import bad, shown

FORMAT = "gaitosaur-genome"
VERSION = 3

Document = dict[str, Any]


def check_format(found: Document, file: str, name: str, newest: int, oldest: int = 0) -> int:
    """Refuses what is another kind of file, or of a version that cannot be read, before looking any closer.

    Args:
        found: what the file says.
        file: its name.
        name: of the format it must have.
        newest: the version that this program writes.
        oldest: the first version it still reads; the newest only, if not given.

    Returns:
        The version.

    Raises:
        BadFile: it is another kind of file, or of another version.
    """
    if found.get("format") != name:
        said = "has no format" if "format" not in found else f"has format {shown(found['format'])}"
        raise bad(file, f'{said}, must be "{name}"')
    version = found.get("version")
    oldest = oldest or newest
    if isinstance(version, bool) or not isinstance(version, int) or version < oldest:
        reads = f"{newest}" if oldest == newest else f"{oldest} to {newest}"
        raise bad(file, f"this file is version {shown(version)}; this program reads {reads}")
    if version > newest:
        problem = (
            f"this file is version {version}, from a newer gaitosaur; this one reads up to {newest}"
        )
        raise bad(file, problem)
    return version


def upgraded(found: Document, file: str) -> Document:
    """Returns a genome file of any version as the newest one has it.

    Args:
        found: what the file says; not changed.
        file: its name.

    Raises:
        BadFile: it is no genome file, or of a version that is not known.
    """
    version = check_format(found, file, FORMAT, VERSION, oldest=1)
    for step in _STEPS[version - 1 :]:
        found = step(found)
    return {**found, "version": VERSION}


def _from_1(found: Document) -> Document:
    recording = found.get("recording")
    if not isinstance(recording, dict):
        return found
    return {**found, "recording": {**recording, "muscle_force": None, "digest": None}}


def _from_2(found: Document) -> Document:
    """What is new in version 3 may be missing: nothing is made up for it."""
    return found


_STEPS: tuple[Callable[[Document], Document], ...] = (_from_1, _from_2)
"""From version 1 to 2, and so on."""

assert len(_STEPS) == VERSION - 1
