"""How much of a known number is done: a bar on a terminal, a dated line every few seconds anywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from sims.cli.progress import EVERY_S, dated
from sims.cli.voice import smart_terminal

Step: TypeAlias = Callable[[int], None]
"""Is told how many are done."""


@contextmanager
def counting(quiet: bool, total: int, what: str) -> Iterator[Step]:
    """Gives something to be told how many are done, and clears the terminal up behind it.

    Args:
        quiet: whether nothing is to be shown.
        total: how many there are.
        what: they are called: ``pictures``.
    """
    if quiet:
        yield _nothing
    elif smart_terminal():
        with _bar(what) as bar:
            task = bar.add_task("", total=total)
            yield lambda done: bar.update(task, completed=done)
    else:
        yield Dated(total, what).step


def _nothing(_done: int) -> None:
    """Keeps quiet."""


def _bar(what: str) -> Progress:
    return Progress(
        BarColumn(bar_width=24),
        TextColumn("{task.completed:,} of {task.total:,} " + what, markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )


class Dated:
    """Plain dated lines, for logs."""

    def __init__(self, total: int, what: str, every_s: float = EVERY_S) -> None:
        self._total, self._what, self._every_s = total, what, every_s
        self._last = time.monotonic()

    def step(self, done: int) -> None:
        """Prints how many are done: now and then, and when it is all of them."""
        if done < self._total and time.monotonic() - self._last < self._every_s:
            return
        self._last = time.monotonic()
        dated(f"{done:,} of {self._total:,} {self._what}")
