"""``gaitosaur status``: how a study stands, from its files alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sims.cli.options import AsJson, Quiet
from sims.cli.tables import table
from sims.cli.voice import Voice

if TYPE_CHECKING:
    from rich.table import Table

    from sims.batch.status import StudyStatus

EXAMPLE = "Example:  gaitosaur status studies/tail"


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a study.")],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Show how a study stands: which runs are finished, running, half done, waiting or failed."""
    from sims.batch.status import read_status

    voice = Voice(as_json, quiet)
    found = read_status(folder)
    if not quiet:
        voice.show(shown(found))
        voice.result(*failures(found))
    voice.result(summary(found))
    voice.document(found.document())


command.__name__ = "status"


def shown(status: StudyStatus) -> Table:
    """Returns the cells of a study as a table."""
    sides = ("cell", "left"), ("state", "left"), ("guesses", "right"), ("best m", "right")
    made = table({**dict(sides), "guesses a minute": "right"}, status.title)
    for cell in status.cells:
        made.add_row(
            cell.name,
            cell.state,
            f"{cell.guesses:,} of {cell.budget:,}",
            "" if cell.best_m is None else f"{cell.best_m:.1f}",
            "" if cell.per_minute is None else f"{cell.per_minute:,.0f}",
        )
    return made


def failures(status: StudyStatus) -> list[str]:
    """Returns one line for each cell that failed, with its reason."""
    failed = [cell for cell in status.cells if cell.state == "failed"]
    return [f"{cell.name} failed: {cell.reason}" for cell in failed]


def summary(status: StudyStatus) -> str:
    """Returns the whole study in one line."""
    from sims.batch.status import STATES

    counts = {state: status.count(state) for state in STATES}
    parts = ", ".join(f"{count:,} {state}" for state, count in counts.items() if count)
    driver = "a driver is at work" if status.driven else "no driver is at work"
    unfinished = "" if counts["finished"] == len(status.cells) else f"; {driver}"
    return f"{len(status.cells):,} cells: {parts}{unfinished}"
