"""What differs between two readings of a species, in words: for whoever changes a file and looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from creatures.faults import Path, field_words, shown
from creatures.species_model import Species

_WORDS = ("source", "estimate", "title", "name")
"""Keys that say something of the animal, and change nothing of its body."""
_MOST = 3


def changes(before: Species, after: Species) -> list[str]:
    """Returns each number that differs, as ``bone "thigh": length_m 0.6 → 0.65``, in the order of the file."""
    one, other = (species.model_dump(mode="json", exclude_none=True) for species in (before, after))
    return [f"{field_words(path)} {was} → {now}" for path, was, now in _differences((), one, other)]


def told(found: list[str]) -> str:
    """Returns the first changes as one sentence, and how many more there are."""
    more = len(found) - _MOST
    words = "; ".join(found[:_MOST])
    return f"{words}; and {more} more" if more > 0 else words


def _differences(path: Path, one: Any, other: Any) -> Iterator[tuple[Path, str, str]]:
    if one == other or (path and path[-1] in _WORDS):
        return
    if isinstance(one, dict) and isinstance(other, dict):
        if "value" in one and "value" in other:
            yield from _differences(path, one["value"], other["value"])
            return
        for key in dict.fromkeys((*one, *other)):
            yield from _differences((*path, key), one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from _differences((*path, place), *pair)
    else:
        yield path, _written(one), _written(other)


def _written(value: Any) -> str:
    if value is None:
        return "the plan's"
    return shown(value["value"] if isinstance(value, dict) and "value" in value else value)
