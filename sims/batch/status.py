"""How a study stands: read from its files alone, at any time, whether or not a driver is at work on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from creatures.faults import BadFile
from sims.batch.folder import StudyFolder
from sims.batch.study import Cell, Study, read_study
from sims.files import Log, read_json
from sims.runs.champion import champion_of
from sims.runs.configuration import FILE

STATES = ("finished", "running", "half done", "waiting", "failed")
_RECENT = 10
"""Generations from which the speed is told."""


@dataclass(frozen=True, slots=True)
class CellStatus:
    """How one cell stands."""

    name: str
    state: str
    """One of `STATES`."""
    guesses: int
    budget: int
    best_m: float | None
    """How far the champion came, or the best guess so far."""
    per_minute: float | None
    """Guesses, over the last few generations; None where none was made."""
    reason: str = ""
    """Why it failed."""
    tries: int = 0
    """How often, if it failed."""


@dataclass(frozen=True, slots=True)
class StudyStatus:
    """How a study stands."""

    folder: Path
    title: str
    driven: bool
    """Whether a driver is at work on it."""
    cells: tuple[CellStatus, ...]

    def count(self, state: str) -> int:
        """Returns how many cells are in a state."""
        return Counter(cell.state for cell in self.cells)[state]

    def document(self) -> dict[str, Any]:
        """Returns it as plain JSON values."""
        return {
            "study": str(self.folder),
            "title": self.title,
            "driven": self.driven,
            "counts": {state: self.count(state) for state in STATES},
            "cells": [asdict(cell) for cell in self.cells],
        }


def read_status(path: Path) -> StudyStatus:
    """Reads how a study stands.

    Raises:
        BadFile: it is no study.
    """
    return status_of(StudyFolder(path), read_study(path))


def status_of(folder: StudyFolder, study: Study) -> StudyStatus:
    """Reads how a study stands whose file is read already."""
    cells = tuple(_cell(folder, cell) for cell in study.cells())
    return StudyStatus(folder.path, study.title, folder.is_driven(), cells)


def _cell(folder: StudyFolder, cell: Cell) -> CellStatus:
    place = folder.cell(cell.name)
    failure = None if folder.is_finished(cell.name) else folder.failure(cell.name)
    history, timing = _lines(place / "history.jsonl"), _lines(place / "timing.jsonl")
    return CellStatus(
        name=cell.name,
        state="failed" if failure else _state(folder, cell.name),
        guesses=int(history[-1]["guesses"]) if history else 0,
        budget=int(cell.settings["guesses"]),
        best_m=_champion_m(place) if folder.is_finished(cell.name) else _best_m(history),
        per_minute=_per_minute(timing),
        reason=failure.reason if failure else "",
        tries=failure.tries if failure else 0,
    )


def _state(folder: StudyFolder, name: str) -> str:
    if folder.is_finished(name):
        return "finished"
    if folder.is_running(name):
        return "running"
    return "half done" if (folder.cell(name) / FILE).exists() else "waiting"


def _lines(path: Path) -> list[dict[str, Any]]:
    """Returns what a log says; one that somebody has spoilt says nothing, and its cell will say why."""
    try:
        return Log(path).documents()
    except BadFile:
        return []


def _champion_m(place: Path) -> float | None:
    try:
        distance: float | None = read_json(champion_of(place))["measures"]["distance_m"]
    except (BadFile, KeyError, TypeError):
        return None
    return distance


def _best_m(history: list[dict[str, Any]]) -> float | None:
    """Returns how far the best guess came of those that were looked at most strictly."""
    if not history:
        return None
    best: Mapping[str, Any] = max(history, key=lambda line: (line["rigour"], line["best"]))
    distance: float | None = best["distance_m"]
    return distance


def _per_minute(timing: list[dict[str, Any]]) -> float | None:
    recent = [line for line in timing if line["guesses"]][-_RECENT:]
    seconds = sum(line["seconds"] for line in recent)
    return round(60.0 * sum(line["guesses"] for line in recent) / seconds, 1) if seconds else None
