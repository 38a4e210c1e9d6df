"""``gaitosaur replay``: the same walk again, in a window or in words, and whether it is the same to the bit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sims import typed
from sims.cli import windowed
from sims.cli.options import AsJson, Quiet, genome_path
from sims.cli.voice import Voice

if TYPE_CHECKING:
    from sims.genomes.record import Genome
    from sims.genomes.verdict import Verdict

EXAMPLE = "Example:  gaitosaur replay runs/20261122-velociraptor-s1/best.json"


def command(
    genome: Annotated[
        str,
        typer.Argument(metavar="GENOME|RUN", help="A genome file, or the folder of a run."),
    ],
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="No window: EXACT exits with 0, DIFFERS with 3, UNVERIFIABLE with 4."
        ),
    ] = False,
    text: Annotated[
        bool, typer.Option("--text", help="No window: say in words what it does.")
    ] = False,
    front: Annotated[
        bool, typer.Option("--front", help="No window: list the walkers of a run's front.")
    ] = False,
    size: windowed.Size = "1280x720",
    full_screen: windowed.FullScreen = False,
    for_s: windowed.For = None,
    shots: windowed.Shots = None,
    every: windowed.Every = 3.0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Play a saved walk in a window, walked again and compared with the file to the bit.

    Of a run's folder it plays the champions, generation by generation. Without a display, and with --text, --json or
    --quiet, it says in words what the walker does.
    """
    voice = Voice(as_json, quiet)
    window = windowed.Windowed(size, full_screen, for_s, shots, every)
    typed.refuse(window.faults())
    if front:
        _front(Path(genome), voice)
    elif check:
        _check(_read(genome), voice)
    elif text or ((as_json or quiet) and shots is None) or not _play(Path(genome), window, voice):
        _walk(_read(genome), voice)


command.__name__ = "replay"


def _front(folder: Path, voice: Voice) -> None:
    """Lists who stands on a front."""
    from creatures.faults import bad
    from sims.cli.front import front_document, front_sentences, front_table
    from sims.runs.front_file import read_index

    index = read_index(folder)
    if index is not None and not index.walkers:
        raise bad(str(folder), "has a front on which nobody stands: no guess walked to the end")
    if index is None:
        raise bad(str(folder), "has no front: only a finished run with --objective pareto has one")
    if voice.quiet:
        voice.result(*(str(folder / one.file) for one in index.walkers))
    else:
        voice.show(front_table(index))
        voice.result("", *front_sentences(index))
    voice.document(front_document(folder, index))


def _read(text: str) -> Genome:
    from sims.genomes.record import read_genome  # brings the physics

    return read_genome(genome_path(text))


def _play(path: Path, window: windowed.Windowed, voice: Voice) -> bool:
    """Plays it in a window; returns whether there was a display to do so."""
    windowed.there(path)
    from sims.window.app import NoDisplay  # brings pygame
    from sims.window.player.desk import Replaying

    try:
        app = window.open(lambda: Replaying(path))
    except NoDisplay as error:
        voice.chatter(f"no display to open a window on ({error}), so here it is in words:", "")
        return False
    ending = windowed.go(app, lambda: ["closed"])
    window.told(ending, voice)
    walk = ending.desk.view.walk
    verdict = None if walk is None else walk.verdict
    if verdict is not None:
        voice.result(verdict.words if voice.quiet else f"{verdict.words}: {verdict.why}")
    voice.document({"shots": ending.shots} | ({} if verdict is None else _facts(verdict)))
    return True


def _check(genome: Genome, voice: Voice) -> None:
    from sims.genomes import replay

    verdict = replay.check(genome)
    apart = ""
    if verdict.result != "EXACT" and verdict.deviation_m is not None:
        apart = f"; up to {verdict.deviation_m:.3g} m from the recording"
    voice.result(verdict.words if voice.quiet else f"{verdict.words}: {verdict.why}{apart}")
    voice.document(_facts(verdict))
    raise typer.Exit(replay.EXIT_CODES[verdict.result])


def _facts(verdict: Verdict) -> dict[str, Any]:
    return {
        "result": verdict.result,
        "stored_hash": verdict.stored,
        "replayed_hash": verdict.found,
        "step": verdict.step,
        "deviation_m": verdict.deviation_m,
        "why": verdict.why,
    }


def _walk(genome: Genome, voice: Voice) -> None:
    from dataclasses import replace

    from sims.cli.words import sentences
    from sims.evaluate import measures_document
    from sims.genomes.replay import rerun

    trial = rerun(genome)
    measures = measures_document(trial)
    again = replace(genome, ended=trial.ended, why=trial.why, measures=measures)
    said = sentences(again)
    voice.result(f"{genome.species.title}:", *said)
    voice.chatter("", "Add --check to compare it with the file to the bit.")
    voice.document(
        {
            "species": genome.species.name,
            "ended": trial.ended,
            "why": trial.why,
            "measures": measures,
        }
        | {"said": said}
    )
