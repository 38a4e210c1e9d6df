"""``gaitosaur species``: which animals there are, or all about one."""

from __future__ import annotations

from typing import Annotated

import typer

from creatures.faults import BadFile
from creatures.species import load_species, species_names
from sims import typed
from sims.cli import card, facts, options
from sims.cli.options import AsJson, Quiet
from sims.cli.voice import Voice
from sims.runs import asked as asking
from sims.runs.asked import CONTROLLER, CONTROLLERS, Asked

EXAMPLE = "Example:  gaitosaur species tyrannosaurus"


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME|FILE]", help="A species, or the path of a file.")
    ] = None,
    variant: options.Variant = None,
    show_genes: Annotated[
        bool, typer.Option("--genes", help="List the genes too: what evolution may change.")
    ] = False,
    controller: options.Controller = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the animals, or show one's card: bones, masses, muscles, forces, sources."""
    voice = Voice(as_json, quiet)
    typed.refuse([typed.one_of("--controller", controller or CONTROLLER, CONTROLLERS)])
    if name is None and variant:
        raise BadFile([typed.fault("--variant", "needs an animal: which one is to be varied?")])
    if name is None:
        _list(voice)
    else:
        _one(
            Asked(animal=name, variants=tuple(variant or ()), controller=controller),
            show_genes,
            voice,
        )


command.__name__ = "species"


def _list(voice: Voice) -> None:
    from creatures.assemble import assemble  # brings numpy

    animals = [load_species(name) for name in species_names()]
    listed = [facts.summary(animal, assemble(animal)) for animal in animals]
    voice.show(card.cards(listed))
    voice.chatter("", "For one animal's card:  gaitosaur species NAME")
    voice.document({"species": listed})


def _one(asked: Asked, show_genes: bool, voice: Voice) -> None:
    from creatures.assemble import assemble

    animal = asking.animal(asked)
    skeleton = assemble(animal, asked.animal or "")
    controller = asked.controller or CONTROLLER
    if voice.json:
        genes = {"controller": controller, "genes": facts.genes(skeleton, controller)}
        voice.document(facts.facts(animal, skeleton) | genes)
        return
    for part in card.card(animal, skeleton):
        voice.show(part, "")
    if show_genes:
        voice.show(card.gene_list(facts.genes(skeleton, controller)))
