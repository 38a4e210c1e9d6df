"""A walk that was found earlier, as the beginning of a new search."""

from __future__ import annotations

from pathlib import Path

from creatures.assemble import assemble
from creatures.faults import BadFile
from creatures.species import Species
from sims import typed
from sims.genomes.record import Genome, read_genome
from sims.physics.trial import gene_table

OPTION = "--from"
SIGMA = 0.15
"""First standard deviation about a walk that was found, in genes' units: with the usual 0.5 it is forgotten."""
MOST_NAMED = 3
"""Genes that a refusal names; the others are counted."""


def read_earlier(path: Path) -> Genome:
    """Reads the walk to begin with: a genome file, or the folder of a finished run.

    Raises:
        BadFile: it cannot be read.
    """
    champion = path / "best.json"
    return read_genome(champion if champion.is_file() else path)


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
        what = [
            f"{word} {_some(names)}"
            for word, names in (("lacks", lacking), ("has", strange))
            if names
        ]
        whose = f"is a walk of {earlier.species.title}, with other genes than {species.title}"
        problem = f"{whose}: it {' and '.join(what)}"
        raise BadFile([typed.fault(OPTION, problem)])
    return tuple(theirs[name] for name in table.names)


def _some(names: list[str]) -> str:
    """Returns the first few names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
