"""``gaitosaur species``: which animals there are, or all about one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from creatures.faults import BadFile
from creatures.skeleton import Skeleton
from creatures.species import Species, load_species, species_names
from sims import typed
from sims.cli import card, facts, options
from sims.cli.options import PICTURES, AsJson, Picture, Quiet, writable
from sims.cli.voice import Voice
from sims.runs import asked as asking
from sims.runs.asked import CONTROLLER, CONTROLLERS, Asked

EXAMPLE = "Example:  gaitosaur species tyrannosaurus -o trex.png"


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME|FILE]", help="A species, or the path of a file.")
    ] = None,
    variant: options.Variant = None,
    show_genes: Annotated[
        bool, typer.Option("--genes", help="List the genes too: what evolution may change.")
    ] = False,
    controller: options.Controller = None,
    out: Picture = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the animals, or show one's card, or draw it: bones, masses, muscles, forces, sources."""
    voice = Voice(as_json, quiet)
    typed.refuse([typed.one_of("--controller", controller or CONTROLLER, CONTROLLERS)])
    if name is None and out is not None:
        raise BadFile([typed.fault("--out", "needs an animal: which one is to be drawn?")])
    if out is not None:
        writable(out, "a picture", PICTURES)
    if name is None and variant:
        raise BadFile([typed.fault("--variant", "needs an animal: which one is to be varied?")])
    if name is None:
        _list(voice)
    else:
        asked = Asked(animal=name, variants=tuple(variant or ()), controller=controller)
        _one(asked, show_genes, out, voice)


command.__name__ = "species"


def _list(voice: Voice) -> None:
    from creatures.assemble import assemble  # brings numpy

    animals = [load_species(name) for name in species_names()]
    listed = [facts.summary(animal, assemble(animal)) for animal in animals]
    voice.show(card.cards(listed))
    voice.chatter("", "For one animal's card:  gaitosaur species NAME")
    voice.document({"species": listed})


def draw(species: Species, skeleton: Skeleton, path: Path) -> None:
    """Draws an animal, standing."""
    from sims.picture.creature import species_picture  # brings matplotlib

    species_picture(species, skeleton, path)


def _one(asked: Asked, show_genes: bool, out: Path | None, voice: Voice) -> None:
    from creatures.assemble import assemble

    animal = asking.animal(asked)
    skeleton = assemble(animal, asked.animal or "")
    controller = asked.controller or CONTROLLER
    if out is not None:
        draw(animal, skeleton, out)
    if voice.json:
        genes = {"controller": controller, "genes": facts.genes(skeleton, controller)}
        picture = None if out is None else str(out)
        voice.document(facts.facts(animal, skeleton) | genes | {"picture": picture})
        return
    for part in card.card(animal, skeleton):
        voice.show(part, "")
    if show_genes:
        voice.show(card.gene_list(facts.genes(skeleton, controller)))
    if out is not None:
        voice.result(f"drew {out}")
