"""How far a run is: a bar on a terminal, a dated line every few seconds anywhere else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from sims.cli.voice import complain, smart_terminal

if TYPE_CHECKING:
    from sims.runs.events import Event, GenerationDone, Listener

EVERY_S = 5.0
"""Seconds between two lines, at least."""


@contextmanager
def progress(quiet: bool) -> Iterator[Listener]:
    """Gives a listener for a run, and clears the terminal up behind it."""
    if quiet:
        yield _nothing
    elif smart_terminal():
        with _Bar() as bar:
            yield bar.hear
    else:
        yield Lines().hear


def _nothing(_event: object) -> None:
    """Keeps quiet."""


def _bar() -> Progress:
    """One line that is drawn again."""
    return Progress(
        BarColumn(bar_width=24),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )


class _Bar:
    """A run in one line."""

    def __init__(self) -> None:
        self._bar = _bar()
        self._task = self._bar.add_task("the first generation", total=None)

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def hear(self, event: Event) -> None:
        """Draws what has happened."""
        from sims.runs.events import GenerationDone, Started

        if isinstance(event, Started):
            self._bar.console.print(begun(event), markup=False)
            self._bar.update(self._task, completed=event.guesses, total=event.budget)
        elif isinstance(event, GenerationDone):
            self._bar.update(self._task, completed=event.guesses, description=how_far(event))
        elif said := at_the_gate(event):
            self._bar.update(self._task, description=said)


class Lines:
    """Plain dated lines, for logs."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        self._every_s = every_s
        self._last = -every_s

    def hear(self, event: Event) -> None:
        """Prints what has happened, unless it has just printed something."""
        from sims.runs.events import GenerationDone, Started

        if isinstance(event, Started):
            self._print(begun(event))
        elif isinstance(event, GenerationDone):
            if self._is_due(event.guesses >= event.budget):
                self._print(how_far(event))
        elif (said := at_the_gate(event)) and event.index == 1:  # type: ignore[union-attr]
            self._print(said)

    def _is_due(self, is_last: bool) -> bool:
        due = is_last or time.monotonic() - self._last >= self._every_s
        if due:
            self._last = time.monotonic()
        return due

    def _print(self, said: str) -> None:
        dated(said)


def dated(said: str) -> None:
    """Prints a line for a log."""
    complain(f"{datetime.now():%Y-%m-%d %H:%M:%S}  {said}")


def begun(event: Event) -> str:
    """Returns the first line of a run."""
    from sims.runs.events import Started

    assert isinstance(event, Started)
    goes_on = f", going on after {event.guesses:,}" if event.guesses else ""
    workers = (
        f"{event.workers} worker{'s' * (event.workers != 1)}" if event.workers else "no workers"
    )
    return (
        f"{event.species}, seed {event.seed}, {event.strategy}: {event.budget:,} guesses{goes_on}, "
        f"{workers}, in {event.folder}"
    )


def how_far(event: GenerationDone) -> str:
    """Returns one line: guesses done, guesses a minute, the best so far, time left."""
    found = event.best.evaluation.measures
    best = (
        f"best {found['distance_m']:.1f} m, {found['time_up_s']:.1f} s up" if found else "none yet"
    )
    return (
        f"{event.guesses:,} of {event.budget:,} guesses, {event.guesses_per_minute:,.0f} a minute, "
        f"{best}, {duration(event.eta_s)} left"
    )


def at_the_gate(event: Event) -> str:
    """Returns one line on a candidate at the gate; empty for other events."""
    from sims.runs.events import Gating

    if not isinstance(event, Gating):
        return ""
    return f"trying the best in worlds they have never met: {event.index} of at most {event.count}"


def duration(seconds: float) -> str:
    """Returns a time as people say it: ``40 s``, ``7 min``, ``2 h 10 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
