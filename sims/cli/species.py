"""``gaitosaur species``: which animals there are, or all about one."""

from __future__ import annotations

from typing import Annotated

import typer

from creatures.species import load_species, species_names
from sims.cli import card, facts
from sims.cli.options import AsJson, Quiet
from sims.cli.voice import Voice

EXAMPLE = "Example:  gaitosaur species tyrannosaurus"


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME|FILE]", help="A species, or the path of a file.")
    ] = None,
    show_genes: Annotated[
        bool, typer.Option("--genes", help="List the genes too: what evolution may change.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the animals, or show one's card: bones, masses, muscles, forces, sources."""
    voice = Voice(as_json, quiet)
    if name is None:
        _list(voice)
    else:
        _one(name, show_genes, voice)


command.__name__ = "species"


def _list(voice: Voice) -> None:
    from creatures.assemble import assemble  # brings numpy

    animals = [load_species(name) for name in species_names()]
    listed = [facts.summary(animal, assemble(animal)) for animal in animals]
    voice.show(card.cards(listed))
    voice.chatter("", "For one animal's card:  gaitosaur species NAME")
    voice.document({"species": listed})


def _one(name: str, show_genes: bool, voice: Voice) -> None:
    from creatures.assemble import assemble

    animal = load_species(name)
    skeleton = assemble(animal, name)
    if voice.json:
        voice.document(facts.facts(animal, skeleton) | {"genes": facts.genes(skeleton)})
        return
    for part in card.card(animal, skeleton):
        voice.show(part, "")
    if show_genes:
        voice.show(card.gene_list(facts.genes(skeleton)))
