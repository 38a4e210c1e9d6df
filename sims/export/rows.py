"""A table of plain values, one row a thing: as text, and typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | None
Row: TypeAlias = Mapping[str, Value]


def names(rows: Sequence[Row]) -> list[str]:
    """Returns the columns of a table: all that any row has, in the order in which they first come."""
    return list(dict.fromkeys(name for row in rows for name in row))


def as_csv(rows: Sequence[Row]) -> bytes:
    """Returns a table as text: one row of names, then the rows; what is not there is empty."""
    sink = io.StringIO()
    writer = csv.DictWriter(sink, names(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _text(value) for name, value in row.items()} for row in rows)
    return sink.getvalue().encode()


def as_parquet(rows: Sequence[Row]) -> bytes:
    """Returns a table as Parquet; what is not there is null."""
    import pyarrow as arrow  # optional: whoever writes no Parquet needs no pyarrow
    from pyarrow import parquet as writer

    columns = {name: [row.get(name) for row in rows] for name in names(rows)}
    sink = arrow.BufferOutputStream()
    writer.write_table(arrow.table(columns), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _text(value: Value) -> str:
    """Returns a value as text from which the same value can be read."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value if isinstance(value, str) else repr(value)
