"""What passes between a driver and the process of one cell; light to import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sims.batch.study import Cell

if TYPE_CHECKING:
    from sims.runs.pool import MakeExecutor


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to do."""

    cell: Cell
    folder: Path
    """Of the cell; a run that lies there is gone on with."""
    workers: int
    """Processes that work on guesses; 0 for the cell's own."""
    make: MakeExecutor | None = None
    """Makes the executor of the workers; see `sims.runs.run.start`."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The driver's wish: stop, so that another process can go on."""

    at_once: bool
    """False to make the present generation whole first, so that no work is lost."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The run is made, or taken up, and is about to make its next guess."""

    guesses: int
    """Made so far."""
    budget: int


@dataclass(frozen=True, slots=True)
class Step:
    """One more generation is made and saved."""

    generation: int
    guesses: int
    budget: int
    best_m: float | None
    """How far the best so far came; None where nothing has come to anything."""
    per_minute: float
    """Guesses, over the last few generations."""
    left_s: float
    """Until the last guess, if it goes on like that."""


@dataclass(frozen=True, slots=True)
class AtTheGate:
    """All guesses are made, and one more of the best is tried in other worlds."""

    index: int
    """From 1."""
    count: int
    """At most so many will be."""


@dataclass(frozen=True, slots=True)
class Done:
    """The champion is written."""

    guesses: int
    best_m: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """The run has stopped; its last checkpoint is whole."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The run cannot be made, or cannot go on."""

    reason: str
    disk: bool = False
    """Whether something could not be written, which may be no matter of this run alone."""


Word: TypeAlias = Begun | Step | AtTheGate | Done | Stopped | Failed
LAST = (Done, Stopped, Failed)
"""After one of these nothing more is said."""
