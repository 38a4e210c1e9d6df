"""Which runs the checks need: a few small studies, each an ordinary one in a folder of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    begins_with: str = ""
    """The recipe with whose champions its runs begin, those of the same animal and seed: an earlier one, which has all
    its species. Empty: they begin with nothing."""


RECIPES: Mapping[str, Recipe] = {
    "walk": Recipe(
        "How do they walk?",
        "Asked for distance, with strain and energy counted.",
        (*SPRINTERS, SMALL),
        {"objective": "walk"},
    ),
    "sprint": Recipe(
        "How fast can dinosaurs get?",
        "Asked for distance, with strain and energy hardly counted. Each begins with its walk: from random guesses "
        "a search settles on whatever stays up first.",
        (*SPRINTERS, SMALL),
        {"objective": "sprint"},
        "walk",
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
        "walk",
    ),
    "speed-only": Recipe(
        "What comes of asking for speed and nothing else?",
        "As a sprint, with the weights of all costs 0, and from nothing, so that it may find what is no walk.",
        (HOPPER,),
        {"objective": "sprint"} | {f"weight.{cost}": 0 for cost in _COSTS},
    ),
    "tail-off": Recipe(
        "What does the cheapest walk cost without a tail?",
        "As the cheapest walk, with the tail's mass in the trunk.",
        (REX,),
        {"objective": "fuel", "tail": "off"},
    ),
    "living-walk": Recipe(
        "How do living runners walk?",
        "As the walk of the dinosaurs.",
        LIVING,
        {"objective": "walk"},
    ),
    "living": Recipe(
        "How fast can living runners get?",
        "As the sprint of the dinosaurs.",
        LIVING,
        {"objective": "sprint"},
        "living-walk",
    ),
    "four-legged": Recipe(
        "Which walk on four legs is the cheapest?",
        "As the cheapest walk on two.",
        FOUR_LEGGED,
        {"objective": "fuel"},
    ),
}
"""In the order in which they are made: what most checks need comes first."""
