"""Several aims at once, for `--objective pareto`: what a front is a front of, and who may stand on it.

A walk cannot be as fast, as gentle and as cheap as can be, all at once; a front is the walkers whom nobody beats in
all three. Its objective has weights too, those of `walk`: they lead the search until somebody walks, and choose the
champion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evo.population import Values
from sims.score import Objective

PARETO = "pareto"
"""The objective that has several aims."""
LEAST_HEADWAY = 0.15
"""Hip heights per unit of time that a walker of the front makes at least: a stroll of 0.8 m/s for the T. rex. Whoever
stands about strains nothing, and would be on every front."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One of several things that are wanted of a walk at once."""

    name: str
    words: str
    """What it is, with its unit."""
    weights: Mapping[str, float]
    """Term of the score -> its share; costs below zero, so that every aim is to be raised."""

    def value(self, terms: Mapping[str, float]) -> float:
        """Returns how far a walk gets with this aim."""
        return sum(weight * terms[name] for name, weight in self.weights.items())


AIMS: tuple[Aim, ...] = (
    Aim("distance", "distance, hip heights per unit of time", {"distance": 1.0}),
    Aim(
        "strain",
        "load in the joints, impact above that of walking and joints forced, body weights",
        {"load": -1.0, "impact": -1.0, "limits": -1.0},
    ),
    Aim("energy", "energy over weight and distance", {"energy": -1.0}),
)
REFERENCE: Values = (LEAST_HEADWAY, -5.0, -3.0)
"""The worst that is still of interest, from which the worth of a front (its hypervolume) is measured: little headway,
five body weights of strain, and energy for which an animal could lift itself three times as high as it walks far."""


def aims_of(objective: Objective) -> tuple[Aim, ...]:
    """Returns the aims of an objective; none for one that is a sum."""
    return AIMS if objective.name == PARETO else ()


def values_of(objective: Objective, terms: Mapping[str, float], ended: str) -> Values:
    """Returns what a walk is worth in each aim.

    Args:
        objective: what was looked for.
        terms: of the score, before weighing.
        ended: how the trial ended.

    Returns:
        (n_aims,); empty where there are none, and for one that fell or made no headway: it is no walker.
    """
    walks = ended == "finished" and terms.get("distance", 0.0) >= LEAST_HEADWAY
    return tuple(aim.value(terms) for aim in aims_of(objective)) if walks else ()
