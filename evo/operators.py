"""DEAP's select, blend and mutate, with honest types.

DEAP's `creator` is not used: making a class of one name twice silently changes it for everybody.
A plain class at module level does the same work.
"""

from collections.abc import Iterable, Sequence

from deap import base, tools

from evo.population import Genome


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
