"""A walk that was found earlier, as the beginning of a new search."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from creatures.assemble import assemble
from creatures.faults import BadFile, bad
from creatures.species import Species
from sims import typed
from sims.files import read_json
from sims.genomes.record import Genome, from_json
from sims.physics.trial import gene_table
from sims.runs.champion import genome_file
from sims.runs.configuration import FILE as RUN

OPTION = "--from"
SIGMA = 0.15
"""First standard deviation about a walk that was found, in genes' units: with the usual 0.5 it is forgotten."""
MOST_NAMED = 3
"""Genes that a refusal names; the others are counted."""


def read_earlier(path: Path) -> Genome:
    """Reads the walk to begin with: a genome file, or the folder of a finished run.

    Args:
        path: of either.

    Returns:
        The genome, without its recording, which nobody asks for here and which takes the longest to read.

    Raises:
        BadFile: it cannot be read.
    """
    file = _file(path)
    return from_json(without_recording(file), str(file))


def without_recording(file: Path) -> dict[str, Any]:
    """Returns what a genome file says, but for the recording of its walk.

    Raises:
        BadFile: it cannot be read.
    """
    return read_json(file) | {"recording": None}


def _file(path: Path) -> Path:
    if (file := genome_file(path)) != path:
        return file
    for name, problem in (
        (RUN, f"is a run without a champion yet: gaitosaur evolve --resume {path}"),
        ("study.toml", "is a study: name one of the runs in its cells/"),
    ):
        # One with a name too long is told of when it is read.
        if os.path.isfile(path / name):
            raise bad(str(path), problem)
    return path


def controller_of(earlier: Genome, asked: str | None) -> str:
    """Returns the controller that reads its genes.

    Raises:
        BadFile: another one is asked for.
    """
    if asked is not None and asked != earlier.controller:
        problem = f"is {asked}, and the walk of {OPTION} was found with {earlier.controller}"
        raise BadFile([typed.fault("--controller", problem)])
    return earlier.controller


def genes_for(species: Species, earlier: Genome) -> tuple[float, ...]:
    """Returns (n_genes,) the genes of an earlier walk in the order of an animal, which may be another one.

    Raises:
        BadFile: the animal has other genes, since it has other joints.
    """
    table = gene_table(assemble(species), earlier.controller)
    theirs = earlier.table().by_name(earlier.genes)
    lacking = [name for name in table.names if name not in theirs]
    strange = [name for name in theirs if name not in table.names]
    if lacking or strange:
        pairs = (("lacks", lacking), ("has", strange))
        what = " and ".join(f"{word} {some(names)}" for word, names in pairs if names)
        whose = f"is a walk of {earlier.species.title}, with other genes than {species.title}"
        raise BadFile([typed.fault(OPTION, f"{whose}: it {what}")])
    return tuple(theirs[name] for name in table.names)


def some(names: list[str]) -> str:
    """Returns the first few names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
