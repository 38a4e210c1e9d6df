"""Named variants of an animal: one thing about it changed, everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping

from creatures.faults import did_you_mean, shown
from creatures.species_model import Species

VARIANTS: Mapping[str, Mapping[str, str]] = {}
"""Factor -> value -> plain words; the first value of each is the animal as it is."""


def varied(species: Species, factor: str, value: str) -> Species:
    """Returns the animal with one factor set to a value.

    Raises:
        ValueError: there is no such factor or value.
    """
    if factor not in VARIANTS:
        raise ValueError(f"no variant is called {shown(factor)}{did_you_mean(factor, VARIANTS)}")
    if value not in VARIANTS[factor]:
        known = VARIANTS[factor]
        raise ValueError(f"{factor} = {shown(value)}{did_you_mean(value, known)}")
    return species
