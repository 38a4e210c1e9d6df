"""``gaitosaur replay``: the same walk again, and whether it is the same to the bit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sims.cli.options import AsJson, Quiet, SavedGenome, genome_path
from sims.cli.voice import Voice

if TYPE_CHECKING:
    from sims.genomes.record import Genome

EXAMPLE = "Example:  gaitosaur replay runs/20261122-velociraptor-s1/best.json --check"


def command(
    genome: SavedGenome,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Run it again: EXACT exits with 0, DIFFERS with 3, UNVERIFIABLE with 4."
        ),
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Walk a saved genome again, and with --check say whether it is the same walk to the bit."""
    from sims.genomes.record import read_genome  # brings the physics

    voice = Voice(as_json, quiet)
    found = read_genome(genome_path(genome))
    if check:
        _check(found, voice)
    else:
        _walk(found, voice)


command.__name__ = "replay"


def _check(genome: Genome, voice: Voice) -> None:
    from sims.genomes import replay

    verdict = replay.check(genome)
    apart = ""
    if verdict.result != "EXACT" and verdict.deviation_m is not None:
        apart = f"; up to {verdict.deviation_m:.3g} m from the recording"
    voice.result(verdict.words if voice.quiet else f"{verdict.words}: {verdict.why}{apart}")
    voice.document(
        {
            "result": verdict.result,
            "stored_hash": verdict.stored,
            "replayed_hash": verdict.found,
            "step": verdict.step,
            "deviation_m": verdict.deviation_m,
            "why": verdict.why,
        }
    )
    raise typer.Exit(replay.EXIT_CODES[verdict.result])


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
