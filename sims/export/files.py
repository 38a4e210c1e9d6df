"""From the end of a file's name to what is in the file: all of it in memory, nothing on the disk yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sims.export import arrays, measures, opensim, table
from sims.export.walk import Walk


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into one file."""

    content: bytes
    rows: int
    """Frames, or measures; 0 for what has no rows."""
    columns: tuple[str, ...]
    """Their names; of arrays theirs."""


def content(walk: Walk, suffix: str) -> Content:
    """Returns what goes into a file.

    Args:
        walk: what is written.
        suffix: one of `KINDS`, in small letters.
    """
    return _MAKERS[suffix](walk)


def _csv(walk: Walk) -> Content:
    return _table(walk, table.csv(walk))


def _parquet(walk: Walk) -> Content:
    return _table(walk, table.parquet(walk))


def _table(walk: Walk, made: bytes) -> Content:
    return Content(made, len(walk.trajectory), tuple(one.name for one in table.columns(walk)))


def _npz(walk: Walk) -> Content:
    return Content(arrays.npz(walk), len(walk.trajectory), tuple(arrays.UNITS))


def _json(walk: Walk) -> Content:
    return Content(measures.as_json(walk), len(measures.measures(walk)), ("name", "value", "unit"))


def _motion(walk: Walk) -> Content:
    labels = ("time", *(label for label, _ in opensim.motion_columns(walk)))
    return Content(opensim.motion(walk), len(walk.trajectory), labels)


def _storage(walk: Walk) -> Content:
    labels = ("time", *(label for label, _ in opensim.storage_columns(walk)))
    return Content(opensim.storage(walk), len(walk.trajectory), labels)


_MAKERS: Mapping[str, Callable[[Walk], Content]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".npz": _npz,
    ".json": _json,
    ".mot": _motion,
    ".sto": _storage,
}
