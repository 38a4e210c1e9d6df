"""What is known of an animal's numbers, and how well: their sources, and which are estimates."""

from __future__ import annotations

from collections.abc import Iterator

from creatures.species_model import Sourced, Species


def sources(species: Species) -> list[str]:
    """Returns every source that the species names, once, in the order of the file."""
    return list(dict.fromkeys(number.source for _, number in numbers(species) if number.source))


def numbers(species: Species) -> Iterator[tuple[str, Sourced]]:
    """Yields every number of the animal's own that can carry a source: mass, lengths, mass shares."""
    yield "mass_kg", species.mass_kg
    for name, bone in species.bones.items():
        for key in ("length_m", "length", "mass_share", "com"):
            number = getattr(bone, key)
            if number is not None:
                yield f"bones.{name}.{key}", number


def length_of(species: Species, kind: str) -> Sourced:
    """Returns where a bone's length comes from."""
    bone = species.bones[kind]
    return bone.length_m or bone.length or Sourced(value=0.0)


def is_guess(number: Sourced | None) -> bool:
    """Returns whether a number is an estimate: marked so, or without a source."""
    return number is None or number.estimate or not number.source
