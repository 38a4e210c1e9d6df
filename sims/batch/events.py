"""What the driver of a study tells whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sims.batch.messages import Step


@dataclass(frozen=True, slots=True)
class StudyBegun:
    """The driver is about to start processes."""

    folder: Path
    cells: int
    finished: int
    """Of these, already."""
    failed: int
    """Of these, and not to be tried again."""
    workers: int


@dataclass(frozen=True, slots=True)
class CellBegun:
    """A process is at work on a cell."""

    cell: str
    workers: int
    """Processes of its own; 0 when it does the work itself."""
    pid: int


@dataclass(frozen=True, slots=True)
class CellStep:
    """A cell has made one more generation."""

    cell: str
    step: Step
    left_s: float
    """Until the whole study is done, if it goes on like that."""


@dataclass(frozen=True, slots=True)
class CellAtTheGate:
    """A cell has made all its guesses, and tries its best in other worlds."""

    cell: str


@dataclass(frozen=True, slots=True)
class CellMoved:
    """A cell has stopped at a checkpoint, to go on with more workers."""

    cell: str
    workers: int


@dataclass(frozen=True, slots=True)
class CellDied:
    """The process of a cell is dead; the cell goes on from its checkpoint."""

    cell: str
    how: str
    deaths: int
    """Without getting any further in between."""


@dataclass(frozen=True, slots=True)
class CellFinished:
    """A cell has its champion."""

    cell: str
    best_m: float | None
    """How far its champion came; None where its process died before it could say."""
    guesses: int
    left_s: float
    """Until the whole study is done, if it goes on like that."""


@dataclass(frozen=True, slots=True)
class CellFailed:
    """A cell comes to nothing; the others go on."""

    cell: str
    reason: str


Event: TypeAlias = (
    StudyBegun
    | CellBegun
    | CellStep
    | CellAtTheGate
    | CellMoved
    | CellDied
    | CellFinished
    | CellFailed
)
Listener: TypeAlias = Callable[[Event], None]

_NAMES: dict[type[Event], str] = {
    StudyBegun: "study begun",
    CellBegun: "begun",
    CellStep: "step",
    CellAtTheGate: "at the gate",
    CellMoved: "moved",
    CellDied: "died",
    CellFinished: "finished",
    CellFailed: "failed",
}


def document(event: Event) -> dict[str, Any]:
    """Returns an event as plain JSON values."""
    found = asdict(event)
    if isinstance(event, CellStep):
        step = found.pop("step")
        found |= step | {"left_s": round(event.left_s, 1), "cell_left_s": round(step["left_s"], 1)}
    if isinstance(event, StudyBegun):
        found["folder"] = str(event.folder)
    return {"event": _NAMES[type(event)]} | found


def nobody(_event: Event) -> None:
    """Listens to nothing."""
