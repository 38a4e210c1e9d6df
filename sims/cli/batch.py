"""``gaitosaur batch``: a study, which is a grid of runs, until the last of them has its champion."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creatures.faults import Fault, shown
from sims import typed
from sims.cli.options import Dask, processors
from sims.cli.progress import duration
from sims.cli.status import failures, summary
from sims.cli.voice import Ended, Voice
from sims.runs.asked import MOST_WORKERS

if TYPE_CHECKING:
    from sims.batch.events import Event, Listener
    from sims.batch.folder import StudyFolder
    from sims.batch.study import Study
    from sims.runs.pool import MakeExecutor

EXAMPLE = (
    "Example:  gaitosaur batch --species velociraptor,coelophysis --seeds 0:10 "
    "--vary objective=walk,gentle --guesses 4000 --out studies/objectives"
)

SOME_FAILED = 5
"""The exit code when a cell failed."""
HOME = Path("studies")
PATIENCE_S = 600.0
"""That of `sims.batch.driver`, known without bringing it."""
LEAST_PATIENCE_S, MOST_PATIENCE_S = 1.0, 86_400.0


@dataclass(frozen=True, slots=True)
class _Typed:
    """A study as it was typed, without a file."""

    species: str | None
    seeds: str | None
    vary: tuple[str, ...]
    base: tuple[str, ...]
    guesses: int | None

    def options(self) -> list[str]:
        """Returns the options that were given."""
        given = {
            "--species": self.species,
            "--seeds": self.seeds,
            "--vary": self.vary or None,
            "--set-base": self.base or None,
            "--guesses": self.guesses,
        }
        return [option for option, value in given.items() if value is not None]

    def document(self) -> dict[str, Any]:
        """Returns it as the tables of a STUDY.toml."""
        from sims.batch.study import FORMAT, VERSION

        base = dict(_pairs("--set-base", self.base))
        vary = {key: value.split(",") for key, value in _pairs("--vary", self.vary)}
        return {
            "format": FORMAT,
            "version": VERSION,
            "species": (self.species or "").split(","),
            "seeds": self.seeds or "",
            "base": base if self.guesses is None else {**base, "guesses": self.guesses},
            "vary": vary,
        }


def command(
    study: Annotated[
        Path | None,
        typer.Argument(metavar="STUDY.toml|DIR", help="A study, or the folder of one to go on."),
    ] = None,
    species: Annotated[
        str | None, typer.Option(metavar="A,B", help="Species, or files of your own.")
    ] = None,
    seeds: Annotated[str | None, typer.Option(metavar="A:B", help="Seeds: 0:10 is 0 to 9.")] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=A,B", help="Try each of these values; may be repeated."),
    ] = None,
    set_base: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="Set it for every run; may be repeated."),
    ] = None,
    guesses: Annotated[
        int | None, typer.Option(help="How many genomes each run tries.  \\[default: 10000]")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the study.  \\[default: one in studies/]")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Cores to keep busy.  \\[default: all]")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try those again that failed.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the grid and how long it may take, no more.")
    ] = False,
    patience: Annotated[
        float, typer.Option(help="Seconds without a word after which a run is started again.")
    ] = PATIENCE_S,
    dask: Dask = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing, unless something fails.")
    ] = False,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print one JSON line an event on stdout, the result last."),
    ] = False,
) -> None:
    """Make a study: a grid of runs, every core busy; stopped or killed, it goes on where it was."""
    voice = Voice(as_json, quiet)
    cores = processors() if workers is None else workers
    asked = _Typed(species, seeds, tuple(vary or ()), tuple(set_base or ()), guesses)
    typed.refuse(
        [
            typed.between("--workers", cores, 1, MOST_WORKERS, "a whole number, "),
            typed.between("--patience", patience, LEAST_PATIENCE_S, MOST_PATIENCE_S),
            *_conflicts(study, asked, out),
        ]
    )
    found = _study(study, asked)
    if dry_run:
        foretell(found, cores, voice)
        return
    make(found, out or _folder(study), How(cores, retry, patience, dask), voice)


command.__name__ = "batch"


@dataclass(frozen=True, slots=True)
class How:
    """How a study is to be made; no result depends on it."""

    workers: int
    """Cores to keep busy here; with a cluster, runs that are made at a time."""
    retry: bool = False
    patience_s: float = PATIENCE_S
    dask: str | None = None
    """Address of a Dask cluster whose workers do the work."""


def _conflicts(study: Path | None, asked: _Typed, out: Path | None) -> list[Fault]:
    given = asked.options()
    if study is not None:
        return [typed.fault(name, "does not go with a study: write it there") for name in given]
    if not given:
        return [typed.fault("STUDY.toml", "is missing: which study? (or --species and --seeds)")]
    needed = {"--species": asked.species, "--seeds": asked.seeds, "--out": out}
    return [typed.fault(name, "is missing") for name, value in needed.items() if value is None]


def _pairs(option: str, given: Iterable[str]) -> list[tuple[str, str]]:
    """Returns the KEY=VALUE of a repeatable option, in the order given."""
    found = [text.partition("=") for text in given]
    keys = [key for key, _, _ in found]
    wrong = [
        typed.fault(option, f"= {shown(text)}, must be KEY=VALUE")
        for text, (key, equals, _) in zip(given, found, strict=True)
        if not (key and equals)
    ]
    twice = {key for key in keys if keys.count(key) > 1}
    typed.refuse([*wrong, *(typed.fault(f"{option} {key}", "is there twice") for key in twice)])
    return [(key, value) for key, _, value in found]


def _study(path: Path | None, asked: _Typed) -> Study:
    from sims.batch.checks import checked_document
    from sims.batch.study import read_study

    return read_study(path) if path else checked_document(asked.document(), "", Path())


def _folder(study: Path | None) -> Path:
    """Returns where a study goes of which nothing else was said."""
    assert study is not None
    return study if study.is_dir() else HOME / study.stem


def foretell(study: Study, workers: int, voice: Voice) -> None:
    """Says what a study would be, and makes nothing."""
    from sims.batch.estimate import TRIED, estimate

    cells = study.cells()
    voice.chatter("trying a few guesses of each animal, to see how long they take")
    found = estimate(cells, workers)
    voice.result(*(f"{cell.name:<40}  {cell.command()}" for cell in cells))
    cores = "1 core" if workers == 1 else f"{workers} cores"
    voice.result(
        f"{len(cells):,} cells on {cores}: {duration(found.least_s)} if guesses fall as soon as "
        f"chance ones do, {duration(found.most_s)} if every one walks to the end "
        f"(from {TRIED} trials of each animal)"
    )
    voice.document(
        {
            "cells": [
                {"name": cell.name, "factors": dict(cell.factors), "command": cell.command()}
                for cell in cells
            ],
            "workers": workers,
            "least_s": round(found.least_s, 1),
            "most_s": round(found.most_s, 1),
        }
    )


def make(study: Study, out: Path, how: How, voice: Voice) -> None:
    """Makes a study, or what is left of it, and says what it came to.

    Args:
        study: checked.
        out: its folder.
        how: with how many workers, and the like.
        voice: where words go.

    Raises:
        Ended: it cannot begin, was stopped, or some of its cells failed.
    """
    from sims.batch.driver import Driver
    from sims.batch.folder import taken_up
    from sims.errors import Interrupted, RunError

    try:
        hands = None if how.dask is None else _joined(how.dask)
        folder, study = taken_up(study, out)
        driver = Driver(folder, study, how.workers, how.retry, how.patience_s, make=hands)
    except RunError as error:
        raise Ended(2, str(error)) from None
    try:
        with _listener(voice) as listener:
            driver.go(listener)
    except Interrupted:
        hint = f"go on with:  gaitosaur batch {out}"
        raise Ended(130, f"stopped; every run is at a checkpoint; {hint}") from None
    _tell(folder, study, voice)


def _joined(address: str) -> MakeExecutor:
    """Looks at a Dask cluster; see `sims.runs.cluster.join`."""
    from sims.runs.cluster import join

    _, make = join(address)
    return make


def _listener(voice: Voice) -> AbstractContextManager[Listener]:
    from contextlib import nullcontext

    from sims.cli.batch_progress import progress

    return nullcontext(_as_json) if voice.json else progress(voice.quiet)


def _as_json(event: Event) -> None:
    from sims.batch.events import document

    line(document(event))


def line(document: dict[str, Any]) -> None:
    """Prints one JSON object of a stream, on a line of its own."""
    print(json.dumps(document, allow_nan=False, ensure_ascii=False), flush=True)


def _tell(folder: StudyFolder, study: Study, voice: Voice) -> None:
    """Says what a study came to."""
    from sims.batch.status import status_of

    found = status_of(folder, study)
    if voice.json:
        line({"event": "result"} | found.document())
    elif not voice.quiet:
        voice.result(f"{summary(found)}, in {folder.path}")
    if lines := failures(found):
        hint = f"to try them again:  gaitosaur batch {folder.path} --retry"
        raise Ended(SOME_FAILED, *_some(lines), hint)


def _some(lines: Sequence[str], most: int = 20) -> list[str]:
    more = len(lines) - most
    return [*lines[:most], *([f"... and {more} more"] if more > 0 else [])]
