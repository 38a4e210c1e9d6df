"""``gaitosaur experiment``: a study that comes with the program, made for any animal, and its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sims import typed
from sims.cli import batch
from sims.cli.options import AsJson, Quiet, processors
from sims.cli.voice import Ended, Voice
from sims.runs.asked import MOST_WORKERS

if TYPE_CHECKING:
    from sims.batch.ready import Wish
    from sims.batch.study import Study

EXAMPLE = "Example:  gaitosaur experiment objectives --species velociraptor --seeds 0:5"

Seeds = Annotated[
    str | None, typer.Option(metavar="A:B", help="Seeds: 0:10 is 0 to 9.  \\[default: 0:10]")
]
Guesses = Annotated[
    int | None, typer.Option(help="How many genomes each run tries.  \\[default: 4000]")
]
Out = Annotated[
    Path | None, typer.Option(help="Folder of the study.  \\[default: one in studies/]")
]
Workers = Annotated[int | None, typer.Option(help="Cores to keep busy.  \\[default: all]")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show the grid and how long it may take, no more.")
]


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="An experiment; alone lists them.")
    ] = None,
    species: Annotated[
        str | None, typer.Option(metavar="A,B", help="Species, or files of your own.")
    ] = None,
    seeds: Seeds = None,
    guesses: Guesses = None,
    out: Out = None,
    workers: Workers = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make a ready experiment: does the tail help? What does another objective change?"""
    from sims.batch.ready import Wish

    voice = Voice(as_json, quiet)
    animals = tuple(species.split(",")) if species is not None else ()
    wish = Wish(animals, seeds, guesses)
    if name is not None:
        make(
            name, wish, out, batch.How(processors() if workers is None else workers), dry_run, voice
        )
    elif wish != Wish():
        raise Ended(2, "NAME is missing: which experiment? (gaitosaur experiment lists them)")
    else:
        _list(voice)


command.__name__ = "experiment"


def make(
    name: str, wish: Wish, out: Path | None, how: batch.How, dry_run: bool, voice: Voice
) -> None:
    """Makes an experiment, or what is left of it, and its report.

    Args:
        name: of the experiment.
        wish: other animals, seeds or guesses.
        out: its folder, or None for one in `studies`.
        how: with how many workers.
        dry_run: only say what it would be.
        voice: where words go.
    """
    from sims.batch.ready import experiment

    typed.refuse([typed.between("--workers", how.workers, 1, MOST_WORKERS, "a whole number, ")])
    study = experiment(name, wish)
    voice.chatter(study.title, study.question.strip(), "")
    if dry_run:
        batch.foretell(study, how.workers, voice)
        return
    folder = out or _folder(name, study)
    try:
        batch.make(study, folder, how, voice)
    except Ended as end:
        if end.code == batch.SOME_FAILED:  # the others are worth telling of
            _report(folder, voice)
        raise
    _report(folder, voice)


def _folder(name: str, study: Study) -> Path:
    from sims.batch.study import stem

    return batch.HOME / "-".join([name, *map(stem, study.species)])[:100]


def _list(voice: Voice) -> None:
    from sims.batch.ready import experiment_titles

    titles = experiment_titles()
    voice.result(*(f"{name:<12}{title}" for name, title in titles.items()))
    voice.chatter("", "To make one:  gaitosaur experiment NAME --species SPECIES")
    voice.document({"experiments": [{"name": n, "title": title} for n, title in titles.items()]})


def _report(folder: Path, voice: Voice) -> None:
    """Writes the report of a study into its folder; one that cannot be made must not take the study with it."""
    from sims.cli.report import NAME
    from sims.files import write_bytes

    try:
        from sims.report.gather import gather
        from sims.report.page import page
        from sims.report.statistics import comparisons

        material = gather(folder)
        write_bytes(folder / NAME, page(material, comparisons(material)).encode())
    except Exception as error:
        voice.chatter(f"no report: {type(error).__name__}: {error}")
        return
    if voice.json:
        batch.line({"event": "report", "file": str(folder / NAME)})
    else:
        voice.result(str(folder / NAME) if voice.quiet else f"Its report is {folder / NAME}.")
