"""A run on disk: what lies where in its folder, how it is made whole, and how it is taken up again."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import uuid
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from creatures.faults import bad
from sims.errors import NotWritten, RunError
from sims.files import Log, read_json, reason, sync_folder, write_bytes, write_json
from sims.genomes.record import Genome, read_genome, write_genome
from sims.genomes.versions import check_format
from sims.runs import knobs
from sims.runs.champion import champion_of
from sims.runs.configuration import FILE, Configuration
from sims.runs.front_file import FILE as FRONT_FILE
from sims.runs.front_file import FrontIndex, file_name, write_index
from sims.runs.lock import Lock

CHECKPOINT = "gaitosaur-checkpoint"
VERSION = 1
_MOST_NAMES = 1000


class RunFolder:
    """The files of one run.

    Attributes:
        path: the folder.
        history: one line a generation, nothing in it from a clock.
        knobs: one line a turn of a knob.
        timing: one line a generation, what depends on the clock and the machine.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.history = Log(path / "history.jsonl")
        self.knobs = Log(path / knobs.FILE)
        self.timing = Log(path / "timing.jsonl")

    @property
    def best(self) -> Path:
        """The champion's file: there once the run is finished."""
        return champion_of(self.path)

    @property
    def configuration(self) -> Path:
        """What the run is."""
        return self.path / FILE

    @property
    def _checkpoint(self) -> Path:
        return self.path / "checkpoint.json"

    def champion(self, generation: int) -> Path:
        """Returns the file of a generation's best."""
        return self.path / "champions" / f"gen-{generation:04d}.json"

    def read_best(self) -> Genome | None:
        """Returns the champion of a finished run."""
        return read_genome(self.best) if self.best.exists() else None

    def write_champion(self, generation: int, genome: Genome) -> None:
        """Writes a generation's best."""
        write_genome(self.champion(generation), genome)

    def write_walker(self, place: int, genome: Genome) -> None:
        """Writes a walker of the front, by its place from 0."""
        path = self.path / file_name(place)
        path.parent.mkdir(exist_ok=True)
        write_genome(path, genome)

    def write_front(self, index: FrontIndex) -> None:
        """Writes who stands on the front, after their files."""
        write_index(self.path / FRONT_FILE, index)

    def write_checkpoint(self, generation: int, run: str, content: dict[str, Any]) -> None:
        """Writes everything needed to go on, after the history line of the same generation.

        Args:
            generation: how many lines the history has.
            run: digest of the configuration it belongs to.
            content: plain JSON values.
        """
        head = {"format": CHECKPOINT, "version": VERSION, "run": run, "generation": generation}
        write_json(self._checkpoint, head | content, indent=None)

    def read_checkpoint(self, run: str) -> dict[str, Any] | None:
        """Returns the checkpoint, with the logs cut back to what it knows; None before the first.

        Raises:
            BadFile: it belongs to another configuration, or the history lacks lines.
        """
        self._sweep()
        found = read_json(self._checkpoint) if self._checkpoint.exists() else None
        known = 0
        if found is not None:
            check_format(found, str(self._checkpoint), CHECKPOINT, VERSION)
            if found.get("run") != run:
                problem = f"belongs to another {FILE}: that was changed, start a new run instead"
                raise bad(str(self._checkpoint), problem)
            known = found["generation"] if isinstance(found.get("generation"), int) else 0
        self.history.cut(known)
        self.timing.cut(min(known, len(self.timing.lines())))
        return found

    def lock(self) -> Lock:
        """Takes the lock of this run; see `Lock`."""
        return Lock(self.path / ".lock")

    def _sweep(self) -> None:
        """Throws away what a kill left half written."""
        for place in (".*.part", "champions/.*.part", "front/.*.part"):
            for leftover in self.path.glob(place):
                leftover.unlink(missing_ok=True)
        if self.knobs.path.exists():  # a torn line is a turn that was never made
            self.knobs.cut(len(self.knobs.lines()))


def create(
    configuration: Configuration, out: Path | None, home: Path, turns: Sequence[bytes] = ()
) -> RunFolder:
    """Makes a run's folder; it appears with all that decides its result in it or not at all.

    Args:
        configuration: checked.
        out: where, or None to choose a name in `home`.
        home: the folder of runs.
        turns: lines of the log of knobs that it begins with.

    Raises:
        RunError: there is something already, or it cannot be written.
    """
    parent = home if out is None else out.absolute().parent
    made = parent / f".new-run-{uuid.uuid4().hex[:12]}"
    try:
        if out is not None and (out.is_file() or (out.is_dir() and any(out.iterdir()))):
            raise RunError(f"{out} is there already; resume it, or give another folder")
        parent.mkdir(parents=True, exist_ok=True)
        (made / "champions").mkdir(parents=True)
        write_bytes(made / FILE, configuration.text().encode())
        if turns:
            write_bytes(made / knobs.FILE, b"".join(turns))
        path = _moved(made, [out] if out is not None else _names(configuration, home))
        sync_folder(parent)
    except OSError as error:
        raise NotWritten(f"no run can be made in {parent}: {reason(error)}") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return RunFolder(path)


def _names(configuration: Configuration, home: Path) -> list[Path]:
    stem = f"{date.today():%Y%m%d}-{configuration.species.name}-s{configuration.search.seed}"
    numbered = (f"{stem}-{number}" for number in range(2, _MOST_NAMES))
    return [home / name for name in itertools.chain([stem], numbered)]


def _moved(made: Path, names: list[Path]) -> Path:
    """Gives the folder the first name that is free, even if another run looks for one just now."""
    last: OSError | None = None
    for path in names:
        if len(names) > 1 and path.exists():
            continue
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if path.is_dir():
                path.rmdir()  # an empty one that somebody made for us
        try:
            os.rename(made, path)
            return path
        except OSError as error:
            last = error
    raise last or FileExistsError(f"no name left like {names[0]}")


def open_folder(path: Path) -> RunFolder:
    """Returns the folder of a run that was begun.

    Raises:
        BadFile: it is none.
    """
    if not (path / FILE).is_file():
        said = f"has no {FILE}: it is not a run" if path.is_dir() else "no such run"
        raise bad(str(path), said)
    return RunFolder(path)
