"""Which runs the checks need: a few small studies, each an ordinary one in a folder of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from creatures.species import species_names
from sims.runs.asked import SECONDS

if TYPE_CHECKING:
    from sims.batch.study import Study

REX = "tyrannosaurus"
SPRINTERS = ("velociraptor", "dilophosaurus", "allosaurus", REX)
"""In the order in which the published model has them, the fastest first."""
LIVING = ("ostrich", "emu", "human")
SMALL = "coelophysis"
HOPPER = "velociraptor"
"""Light and strong for its weight: who could hop."""
FOUR_LEGGED = ("triceratops", "stegosaurus")
BONE_LIMIT_MPA = 100
"""Half of what breaks bone, about 200 MPa: a safety factor of two, an estimate."""
_COSTS = ("impact", "load", "limits", "energy", "rocking", "limping", "bones")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One of the studies."""

    title: str
    question: str
    species: tuple[str, ...]
    """Those that are not shipped are left out."""
    base: Mapping[str, str | float]
    """What all runs have in common, as in a STUDY.toml."""


RECIPES: Mapping[str, Recipe] = {
    "sprint": Recipe(
        "How fast can dinosaurs get?",
        "Asked for distance, with strain and energy hardly counted.",
        (*SPRINTERS, SMALL),
        {"objective": "sprint"},
    ),
    "fuel": Recipe(
        "Which walk is the cheapest?",
        "Asked to get as far as it can on a tank of energy.",
        (REX, "allosaurus", "dilophosaurus", "velociraptor", SMALL, *LIVING),
        {"objective": "fuel"},
    ),
    "bones": Recipe(
        "How fast, if bones can break?",
        f"As the sprint, but a leg bone that bears {BONE_LIMIT_MPA} MPa ends the trial.",
        (REX,),
        {"objective": "sprint", "bone_limit": BONE_LIMIT_MPA},
    ),
    "speed-only": Recipe(
        "What comes of asking for speed and nothing else?",
        "As the sprint, with the weights of all costs 0.",
        (HOPPER,),
        {"objective": "sprint"} | {f"weight.{cost}": 0 for cost in _COSTS},
    ),
    "tail-off": Recipe(
        "What does the cheapest walk cost without a tail?",
        "As the cheapest walk, with the tail's mass in the trunk.",
        (REX,),
        {"objective": "fuel", "tail": "off"},
    ),
    "living": Recipe(
        "How fast can living runners get?",
        "As the sprint of the dinosaurs.",
        LIVING,
        {"objective": "sprint"},
    ),
    "four-legged": Recipe(
        "Which walk on four legs is the cheapest?",
        "As the cheapest walk on two.",
        FOUR_LEGGED,
        {"objective": "fuel"},
    ),
}
"""In the order in which they are made: what most checks need comes first."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a validation is."""

    guesses: int = 3_000
    """Of each run."""
    seeds: str = "1:4"
    """``1:4`` for 1 to 3."""
    seconds: float = SECONDS
    """Of a trial."""


QUICK = Size(guesses=300, seeds="1:2", seconds=5.0)
"""To see that it works; nothing can be learnt from it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The studies that are to be made."""

    studies: Mapping[str, Study]
    """Name of the recipe -> its study; those without any species that is shipped are left out."""
    missing: tuple[str, ...] = field(default=())
    """Species that are not shipped."""


def plan(names: Collection[str], size: Size, known: Collection[str] | None = None) -> Planned:
    """Returns the studies of some recipes.

    Args:
        names: of the recipes.
        size: how large they are to be.
        known: the species that are shipped.

    Raises:
        BadFile: the size cannot be; every fault is in it.
    """
    known = species_names() if known is None else known
    wanted = {name: recipe for name, recipe in RECIPES.items() if name in names}
    shipped = {
        name: tuple(one for one in recipe.species if one in known)
        for name, recipe in wanted.items()
    }
    every = dict.fromkeys(one for recipe in wanted.values() for one in recipe.species)
    return Planned(
        {name: _study(wanted[name], animals, size) for name, animals in shipped.items() if animals},
        tuple(one for one in every if one not in known),
    )


def _study(recipe: Recipe, animals: tuple[str, ...], size: Size) -> Study:
    from sims.batch.checks import checked_document  # brings the physics
    from sims.batch.study import FORMAT, VERSION

    tables = {
        "format": FORMAT,
        "version": VERSION,
        "title": recipe.title,
        "question": recipe.question,
        "species": list(animals),
        "seeds": size.seeds,
        "base": {**recipe.base, "guesses": size.guesses, "seconds": size.seconds},
    }
    return checked_document(tables, "", Path())
