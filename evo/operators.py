"""DEAP's select, blend and mutate, with honest types.

DEAP's `creator` is not used: making a class of one name twice silently changes it for everybody.
A plain class at module level does the same work.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from deap import base, tools
from deap.tools import emo

from evo.population import Genome, Values


class HigherIsBetter(base.Fitness):  # type: ignore[misc]  # DEAP has no types
    """One score, to be raised."""

    weights = (1.0,)


class Candidate(list[float]):
    """A genome as DEAP wants it: a list it may change, with a fitness and a guess number.

    A list and not an array: DEAP's operators swap slices, which are views of an array.
    """

    def __init__(self, genes: Iterable[float], score: float | None = None, number: int = -1):
        super().__init__(genes)
        self.fitness = HigherIsBetter() if score is None else HigherIsBetter((score,))
        self.number = number

    @property
    def score(self) -> float:
        """The score it was given."""
        return float(self.fitness.values[0])

    @property
    def genome(self) -> Genome:
        """(n_genes,) its genes, fixed."""
        return tuple(self)

    def copy(self) -> "Candidate":
        """Returns the same genes without a score, to be changed."""
        return Candidate(self)


def candidates(
    genomes: Sequence[Genome], scores: Sequence[float], first_number: int = 0
) -> list[Candidate]:
    """Returns the scored genomes as candidates numbered from `first_number`."""
    pairs = zip(genomes, scores, strict=True)
    return [Candidate(genome, score, first_number + i) for i, (genome, score) in enumerate(pairs)]


def best_of(pool: Sequence[Candidate], count: int) -> list[Candidate]:
    """Returns the `count` best, best first; of equals, the earlier first."""
    return list(tools.selBest(pool, count))


def tournaments(pool: Sequence[Candidate], count: int, size: int) -> list[Candidate]:
    """Returns the winners of `count` tournaments of `size`; draws from the global `random`."""
    return list(tools.selTournament(pool, count, size))


def blend(one: Candidate, other: Candidate, alpha: float) -> None:
    """Blends two in place (BLX-alpha, Eshelman and Schaffer 1993); draws from the global `random`.

    Args:
        one: becomes the first child.
        other: becomes the second child.
        alpha: how far outside its parents a child's gene may lie, in parts of their distance.
    """
    tools.cxBlend(one, other, alpha)


def mutate(candidate: Candidate, sigma: float, gene_chance: float) -> None:
    """Adds Gaussian noise to some genes in place; draws from the global `random`.

    Args:
        candidate: what to change.
        sigma: standard deviation of the change of a gene, normalised units.
        gene_chance: the chance of each gene to be changed.
    """
    tools.mutGaussian(candidate, 0.0, sigma, gene_chance)


def widened(size: float, factor: float, smallest: float, largest: float) -> float:
    """Returns a size times a factor, within limits; one that is past a limit already does not jump back to it."""
    return min(max(size * factor, min(size, smallest)), max(size, largest))


@cache
def _goals(count: int) -> Any:
    """Returns a fitness of so many goals, all to be raised."""
    return type(f"Goals{count}", (base.Fitness,), {"weights": (1.0,) * count})


class _Placed:
    """One of several, by its place among them, as DEAP wants it."""

    def __init__(self, place: int, values: Values):
        self.place = place
        self.fitness = _goals(len(values))(values)


def ranking(values: Sequence[Values]) -> list[int]:
    """Returns the order of NSGA-II: front after front, and within each the least crowded first.

    Deb et al. (2002), "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on
    Evolutionary Computation 6(2).

    Args:
        values: (n,) all of equally many goals, at least one.

    Returns:
        (n,) indices.
    """
    placed = [_Placed(i, one) for i, one in enumerate(values)]
    order: list[int] = []
    for level in tools.sortNondominated(placed, len(placed)) if placed else []:
        emo.assignCrowdingDist(level)
        level.sort(key=lambda one: (-one.fitness.crowding_dist, one.place))
        order += [one.place for one in level]
    return order


def cross(one: Candidate, other: Candidate, eta: float, low: Genome, high: Genome) -> None:
    """Crosses two in place (simulated binary, Deb and Agrawal 1995); draws from the global `random`.

    Args:
        one: becomes the first child.
        other: becomes the second child.
        eta: the higher, the nearer children are to their parents.
        low: (n_genes,) lowest values.
        high: (n_genes,) highest.
    """
    tools.cxSimulatedBinaryBounded(one, other, eta, low, high)
