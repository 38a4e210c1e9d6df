"""How far a study is: a bar and a line for each running cell on a terminal, dated lines anywhere else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from sims.batch import events
from sims.cli.progress import EVERY_S, duration
from sims.cli.voice import complain, smart_terminal

if TYPE_CHECKING:
    from sims.batch.events import Event, Listener
    from sims.batch.messages import Step


@contextmanager
def progress(quiet: bool) -> Iterator[Listener]:
    """Gives a listener for a study, and clears the terminal up behind it."""
    if quiet:
        yield events.nobody
    elif smart_terminal():
        with _Bars() as bars:
            yield bars.hear
    else:
        yield Lines().hear


class Tally:
    """What is known of a study while it is being made."""

    def __init__(self) -> None:
        self.cells = self.finished = self.failed = 0
        self.left_s: float | None = None

    def hear(self, event: Event) -> None:
        """Counts what has happened."""
        match event:
            case events.StudyBegun():
                self.cells, self.finished, self.failed = event.cells, event.finished, event.failed
            case events.CellStep():
                self.left_s = event.left_s
            case events.CellFinished():
                self.finished += 1
                self.left_s = event.left_s
            case events.CellFailed():
                self.failed += 1

    def words(self) -> str:
        """Returns how far the study is."""
        failed = f", {self.failed:,} failed" if self.failed else ""
        left = "" if self.left_s is None else f", {duration(self.left_s)} left"
        return f"{self.finished:,} of {self.cells:,} cells finished{failed}{left}"


class _Bars:
    """A bar for the study, and a line for each cell that is running."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._bars = Progress(
            BarColumn(bar_width=24),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True, highlight=False),
            transient=True,
        )
        self._study = self._bars.add_task("", total=None)
        self._cells: dict[str, TaskID] = {}

    def __enter__(self) -> _Bars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def hear(self, event: Event) -> None:
        """Draws what has happened."""
        self._tally.hear(event)
        if said := words(event):
            self._bars.console.print(said, markup=False)
        match event:
            case events.CellBegun():
                self._line(event.cell, f"{event.cell}: beginning")
            case events.CellStep():
                self._line(event.cell, how_far(event.cell, event.step), event.step)
            case events.CellAtTheGate():
                self._line(event.cell, f"{event.cell}: trying its best in other worlds")
            case events.CellFinished() | events.CellFailed() | events.CellDied():
                self._bars.remove_task(self._cells.pop(event.cell))
        done = self._tally.finished + self._tally.failed
        total = self._tally.cells
        self._bars.update(self._study, completed=done, total=total, description=self._tally.words())

    def _line(self, cell: str, said: str, step: Step | None = None) -> None:
        if cell not in self._cells:
            self._cells[cell] = self._bars.add_task("", total=None)
        task = self._cells[cell]
        self._bars.update(task, description=said)
        if step is not None:
            self._bars.update(task, completed=step.guesses, total=step.budget)


class Lines:
    """Plain dated lines, for logs."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        self._tally = Tally()
        self._every_s = every_s
        self._last = -every_s

    def hear(self, event: Event) -> None:
        """Prints what has happened; how far cells are only now and then."""
        self._tally.hear(event)
        if said := words(event):
            _dated(f"{said}  ({self._tally.words()})")
        elif isinstance(event, events.CellStep) and time.monotonic() - self._last >= self._every_s:
            self._last = time.monotonic()
            _dated(f"{how_far(event.cell, event.step)}  ({self._tally.words()})")


def _dated(said: str) -> None:
    complain(f"{datetime.now():%Y-%m-%d %H:%M:%S}  {said}")


def words(event: Event) -> str:
    """Returns what is worth a line of its own; empty for what happens all the time."""
    match event:
        case events.StudyBegun():
            cores = "1 core" if event.workers == 1 else f"{event.workers} cores"
            return f"{event.cells:,} cells on {cores}, in {event.folder}"
        case events.CellMoved():
            return f"{event.cell} goes on with {event.workers} workers: no other cell waits"
        case events.CellDied():
            return f"{event.cell}: its process died ({event.how}); it goes on from its checkpoint"
        case events.CellFinished():
            far = "" if event.best_m is None else f", {event.best_m:.1f} m"
            return f"{event.cell} finished{far}"
        case events.CellFailed():
            return f"{event.cell} failed: {event.reason}"
    return ""


def how_far(cell: str, step: Step) -> str:
    """Returns one line on a running cell."""
    best = "none yet" if step.best_m is None else f"best {step.best_m:.1f} m"
    return (
        f"{cell}: {step.guesses:,} of {step.budget:,} guesses, generation {step.generation}, "
        f"{best}, {step.per_minute:,.0f} a minute"
    )
