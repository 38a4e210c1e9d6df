"""``gaitosaur picture``: one stride as a film strip, with the foot-falls and joint loads under it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sims.cli.options import PICTURES, AsJson, Quiet, SavedGenome, genome_path, writable
from sims.cli.verdicts import tell_verdict
from sims.cli.voice import Voice

if TYPE_CHECKING:
    from sims.genomes.record import Genome
    from sims.physics.trajectory import Trajectory

EXAMPLE = "Example:  gaitosaur picture runs/20261122-velociraptor-s1/best.json -o stride.png"


def command(
    genome: SavedGenome,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="What to write: .png, .svg or .pdf.")
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Draw one stride of a saved walk: the poses, the foot-falls, the loads of the joints."""
    from sims.genomes.record import read_genome  # brings the physics
    from sims.genomes.replay import replay

    voice = Voice(as_json, quiet)
    writable(out, "a picture", PICTURES)
    path = genome_path(genome)
    again = replay(read_genome(path))
    found = again.genome
    tell_verdict(str(path), again.verdict, again.is_recording, voice)
    draw(found, again.trajectory, out)
    voice.result(str(out) if quiet else f"drew {out}")
    voice.document({"file": str(out), "genome": str(path), "species": found.species.name})


command.__name__ = "picture"


def draw(genome: Genome, trajectory: Trajectory, path: Path) -> None:
    """Draws a walk.

    Args:
        genome: whose it is.
        trajectory: of it.
        path: the picture to write.
    """
    from sims.cli.words import sentences
    from sims.physics.trial import land_of
    from sims.picture import stride_picture  # brings matplotlib

    title = f"{genome.species.title}, seed {genome.origin.seed}"
    stride_picture(
        genome.skeleton(),
        genome.species.look,
        trajectory,
        title,
        sentences(genome),
        path,
        genome.ended,
        land_of(genome.skeleton(), genome.trial),
    )
