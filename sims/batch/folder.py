"""A study on disk: what lies where in its folder, how it is made whole, and what failed in it."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from creatures.faults import bad, shown
from creatures.textfile import parse_toml, read_text
from sims.batch import walks
from sims.batch.study import FILE, Study, is_file, read_study, stem
from sims.errors import Busy, NotWritten, RunError
from sims.files import Log, read_json, reason, sync_folder, write_bytes, write_json
from sims.genomes.schema import Strict, faults_of
from sims.runs.champion import champion_of
from sims.runs.lock import Lock, held

_TRIES, _AGAIN_S = 5, 0.1
"""Somebody who only looks whether there is a driver holds the lock for an instant."""
_ROOM = 4_000_000
"""Bytes: a cell writes about so much at a time."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a cell has no champion."""

    name: str
    reason: str
    when: str
    """By the clock, for people."""
    tries: int


class _FailureData(Strict):
    name: str
    reason: str
    when: str
    tries: Annotated[int, Field(ge=1)]


class StudyFolder:
    """The files of one study.

    Attributes:
        path: the folder.
        log: what the driver did, with the clock; nothing depends on it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.log = Log(path / "log.jsonl")

    def cell(self, name: str) -> Path:
        """Returns the folder of a cell, which is that of a run."""
        return self.path / "cells" / name

    def is_finished(self, name: str) -> bool:
        """Returns whether a cell has its champion."""
        return champion_of(self.cell(name)).exists()

    def failure(self, name: str) -> Failure | None:
        """Returns why a cell failed; None if it did not."""
        path = self._failure(name)
        if not path.exists():
            return None
        data, _ = faults_of(_FailureData, read_json(path), str(path))
        if data is None:  # it failed, whatever somebody has made of the reason
            return Failure(name, f"{path} cannot be read", "", 1)
        return Failure(name, data.reason, data.when, data.tries)

    def write_failure(self, name: str, why: str, tries: int) -> None:
        """Writes down that a cell failed.

        Raises:
            NotWritten: that cannot be written.
        """
        note = {"name": name, "reason": why, "when": now(), "tries": tries}
        write_json(self._failure(name), note)

    def forgive(self, name: str) -> None:
        """Lets a cell that failed be tried again."""
        self._failure(name).unlink(missing_ok=True)

    def tell(self, event: str, **about: Any) -> None:
        """Writes a line of the log.

        Raises:
            NotWritten: it cannot be written.
        """
        self.log.append({"when": now(), "event": event} | about)

    def has_room(self) -> bool:
        """Returns whether there is still room for what a cell writes."""
        path = self.path / f".room.{uuid.uuid4().hex[:12]}.part"
        try:
            write_bytes(path, bytes(_ROOM))
        except NotWritten:
            return False
        path.unlink(missing_ok=True)
        return True

    def lock(self) -> Lock:
        """Takes the lock of the study.

        Raises:
            Busy: another driver is at work on it.
            NotWritten: the folder cannot be written.
        """
        for _ in range(_TRIES):
            try:
                return Lock(self._lock)
            except Busy:
                time.sleep(_AGAIN_S)
        raise Busy(f"another process is at work on {self.path}; see: gaitosaur status {self.path}")

    def is_driven(self) -> bool:
        """Returns whether a driver is at work on it."""
        return held(self._lock)

    def is_running(self, name: str) -> bool:
        """Returns whether a process is at work on a cell."""
        return held(self.cell(name) / ".lock")

    @property
    def _lock(self) -> Path:
        return self.path / ".lock"

    def _failure(self, name: str) -> Path:
        return self.path / "failed" / f"{name}.json"


def now() -> str:
    """Returns the time of day, for people; nothing is decided by it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def refuse_taken(path: Path) -> None:
    """Refuses to make a study where something else is.

    Args:
        path: of the folder to be.

    Raises:
        RunError: there is something.
    """
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise RunError(f"{path} is there already and is no study; give another folder")


def taken_up(study: Study, path: Path) -> tuple[StudyFolder, Study]:
    """Makes the folder of a study, or takes up the one that is there.

    Args:
        study: checked.
        path: the folder.

    Returns:
        The folder, and the study as it lies there, which stands alone.

    Raises:
        RunError: there is something else, or another study, or it cannot be written.
    """
    if not (path / FILE).exists():
        _make(study, path)
    there = read_study(path)
    if problem := _other(study, there, path):
        raise RunError(f"{path} holds another study: {problem}; give another folder")
    with _writing(path):
        for part in ("cells", "failed"):
            (path / part).mkdir(exist_ok=True)
    return StudyFolder(path), there


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotWritten(f"no study can be made in {path}: {reason(error)}") from None


def _make(study: Study, path: Path) -> None:
    """Makes the folder; it appears whole or not at all."""
    refuse_taken(path)
    parent = path.absolute().parent
    made = parent / f".new-study-{uuid.uuid4().hex[:12]}"
    with _writing(parent):
        try:
            (made / "cells").mkdir(parents=True)
            (made / "failed").mkdir()
            for name, content in _own_files(study).items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                write_bytes(made / name, content)
            write_bytes(made / FILE, _alone(study).text().encode())
            if path.is_dir():
                path.rmdir()  # an empty one that somebody made for us
            os.rename(made, path)
            sync_folder(parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _alone(study: Study) -> Study:
    """Returns the study as its folder holds it, with its own copies of species files and of walks."""
    base = dict(study.base)
    if walks.KEY in base:
        common = walks.for_all(study.home / base[walks.KEY]) is not None
        base[walks.KEY] = walks.FILE if common else walks.FOLDER
    return replace(study, species=tuple(map(_copied, study.species)), base=base)


def _copied(species: str) -> str:
    return f"species/{Path(species).name}" if is_file(species) else species


def _own_files(study: Study) -> dict[str, bytes]:
    """Returns name in the folder -> content, of the species files, of plans beside them, and of walks to begin with.

    Raises:
        BadFile: two different files would have one name.
    """
    found: dict[str, bytes] = {}
    for species in filter(is_file, study.species):
        source = study.home / species
        for name, path in [(source.name, source), *_plan(source)]:
            content = path.read_bytes()
            if found.setdefault(f"species/{name}", content) != content:
                problem = f"has the name of another file of the study, {shown(name)}: rename one"
                raise bad(str(path), problem)
    return found | {name: walks.lean(path) for name, path in _walks(study).items()}


def _walks(study: Study) -> dict[str, Path]:
    """Returns name in the folder -> genome file."""
    if walks.KEY not in study.base:
        return {}
    if (common := walks.for_all(study.home / study.base[walks.KEY])) is not None:
        return {walks.FILE: common}
    found = {}
    for cell in study.cells():
        walk = cell.walk()
        assert walk is not None
        found[f"{walks.FOLDER}/{walks.named_after(stem(cell.species), cell.seed)}.json"] = walk
    return found


def _plan(source: Path) -> list[tuple[str, Path]]:
    """Returns the plan beside a species file, if it names one there: no name of a shipped plan is that of a file."""
    name = str(parse_toml(read_text(source), str(source)).get("plan"))
    return [(name, source.parent / name)] if name.endswith(".toml") else []


def _other(study: Study, there: Study, path: Path) -> str:
    """Returns how a study differs from the one in a folder; empty if it does not."""
    wanted = _alone(study)
    for part in ("title", "question", "species", "seeds", "base", "vary"):
        old, new = getattr(there, part), getattr(wanted, part)
        if old != new or list(old) != list(new):
            return f"{part} = {shown(_plain(old))} there, {shown(_plain(new))} here"
    for name, content in _own_files(study).items():
        if not (path / name).is_file() or (path / name).read_bytes() != content:
            return f"{name} is another file there"
    return ""


def _plain(value: Any) -> Any:
    """Returns a value so that a line can show all of it."""
    if isinstance(value, dict):
        return ", ".join(f"{key} = {shown(inner)}" for key, inner in value.items())
    return value
