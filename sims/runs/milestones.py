"""The few generations that tell the story of a run: the first, and those that got clearly further than all before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

_CLEARLY = 0.15
"""How much further a record must be to be worth a look, of the record before."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A generation worth a look, by its best guess."""

    generation: int
    """From 1."""
    distance_m: float
    time_up_s: float
    ended: str


def milestones(
    history: Sequence[Mapping[str, Any]],
    most: int,
    kept: Collection[int] | None = None,
    below: float = inf,
) -> list[Milestone]:
    """Returns the generations that tell the story of a run, the earliest first.

    Args:
        history: the lines of its history.
        most: how many at most, at least 2: the first and the furthest are always among them.
        kept: the generations whose best guess has a file; None for all.
        below: metres: records that got as far as this are left out.
    """
    found = [_milestone(line) for line in history if line.get("distance_m") is not None]
    if kept is not None:
        found = [one for one in found if one.generation in kept]
    found = found[:1] + [one for one in found[1:] if one.distance_m < below]
    return _thinned(_records(found), most)


def _milestone(line: Mapping[str, Any]) -> Milestone:
    return Milestone(
        generation=int(line["generation"]),
        distance_m=float(line["distance_m"]),
        time_up_s=float(line["time_up_s"]),
        ended=str(line["ended"]),
    )


def _records(found: Sequence[Milestone]) -> list[Milestone]:
    """Returns the first, those that clearly beat all before them, and the furthest of all."""
    records = list(found[:1])
    for one in found[1:]:
        best = records[-1].distance_m
        if one.distance_m > best + _CLEARLY * abs(best):
            records.append(one)
    if found:
        furthest = max(found, key=lambda one: one.distance_m)
        if len(records) > 1:
            records[-1] = furthest
        elif furthest.distance_m > records[0].distance_m:
            records.append(furthest)
    return records


def _thinned(records: list[Milestone], most: int) -> list[Milestone]:
    """Leaves out records where they are closest together, until there are few enough."""
    left = list(records)
    while len(left) > most:
        # What the film loses least by: the record whose neighbours are nearest to each other.
        gaps = [
            after.distance_m - before.distance_m
            for before, after in zip(left, left[2:], strict=False)
        ]
        del left[1 + gaps.index(min(gaps))]
    return left
