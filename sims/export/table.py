"""Every quantity of a walk against time, one row a frame: as text, and typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sims.export.measures import measures
from sims.export.walk import Walk

Floats = NDArray[np.float64]

TIME = ("time_s", "s", "time since the start")
"""Name, unit and words of the first column."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table."""

    name: str
    """It ends in its unit."""
    unit: str
    """SI; ``1`` for a pure number."""
    words: str
    values: Floats
    """(f,) one a frame, in `unit`."""


def columns(walk: Walk) -> tuple[Column, ...]:
    """Returns time and every quantity of a walk, in the order in which they are written."""
    found = (Column(one.name, one.unit, one.words, one.values) for one in walk.columns())
    return (Column(*TIME, walk.trajectory.times), *found)


def lines(table: Floats, separator: str) -> str:
    """Returns a table as text.

    Args:
        table: (f, n) numbers.
        separator: between two of them.

    Returns:
        One line a row, each number with as many digits as it takes to read the same bits back.
    """
    return "".join(f"{separator.join(map(repr, row))}\n" for row in table.tolist())


def csv(walk: Walk) -> bytes:
    """Returns the table as text: one row of names, then nothing but numbers."""
    found = columns(walk)
    head = ",".join(one.name for one in found)
    body = lines(np.column_stack([one.values for one in found]), ",")
    return f"{head}\n{body}".encode()


def has_parquet() -> bool:
    """Returns whether the library that writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def parquet(walk: Walk) -> bytes:
    """Returns the table as Parquet; units, words and what is told of the walk are its metadata."""
    import pyarrow as arrow  # optional: whoever writes no Parquet needs no pyarrow
    from pyarrow import parquet as writer

    found = columns(walk)
    fields = [
        arrow.field(one.name, arrow.float64(), False, {"unit": one.unit, "words": one.words})
        for one in found
    ]
    schema = arrow.schema(fields, _metadata(walk))
    sink = arrow.BufferOutputStream()
    writer.write_table(arrow.table([one.values for one in found], schema=schema), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _metadata(walk: Walk) -> Mapping[str, str]:
    """Returns what is told of a walk as Parquet can hold it: text by name."""
    plain: dict[str, Any] = walk.facts() | {"measures": json.dumps(measures(walk))}
    return {name: str(value) for name, value in plain.items()}
