"""Tables without lines, for what studies find."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table


def table(columns: Mapping[str, str], title: str | None = None) -> Table:
    """Returns an empty table.

    Args:
        columns: heading -> ``left`` or ``right``.
        title: over it.
    """
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name, side in columns.items():
        made.add_column(name, justify="right" if side == "right" else "left", header_style="dim")
    return made
