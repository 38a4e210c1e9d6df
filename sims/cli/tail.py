"""``gaitosaur tail``: the experiment on the tail of one animal."""

from __future__ import annotations

from typing import Annotated

import typer

from sims.cli import batch, experiment
from sims.cli.options import AsJson, Quiet, processors
from sims.cli.voice import Voice

EXAMPLE = "Example:  gaitosaur tail velociraptor --seeds 0:5"


def command(
    species: Annotated[
        str, typer.Argument(metavar="SPECIES|FILE", help="A species, or the path of your own file.")
    ],
    seeds: experiment.Seeds = None,
    guesses: experiment.Guesses = None,
    out: experiment.Out = None,
    workers: experiment.Workers = None,
    dry_run: experiment.DryRun = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Ask whether an animal's tail helps it: free, stiff or gone, at equal mass, over many seeds."""
    from sims.batch.ready import Wish

    how = batch.How(processors() if workers is None else workers)
    wish = Wish((species,), seeds, guesses)
    experiment.make("tail", wish, out, how, dry_run, Voice(as_json, quiet))


command.__name__ = "tail"
