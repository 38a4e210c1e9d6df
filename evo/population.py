"""What passes between a search and its caller: batches out, outcomes in, generations to look at."""

import math
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

import numpy as np

Genome: TypeAlias = tuple[float, ...]
"""(n_genes,) genes in normalised units."""

Values: TypeAlias = tuple[float, ...]
"""(n_goals,) how good a guess is in each of several goals, all to be raised."""

WORST = -1e9
"""The score of a guess that has none (NaN or infinite); no score counts as lower."""


class Outcome(Protocol):
    """What an evaluator says of one genome; only its score matters to the search.

    If it has `values` too, one a goal, a search for several goals at once (`nsga2`) goes by them; a guess whose
    values are empty comes behind all that have some.
    """

    @property
    def score(self) -> float:
        """Higher is better."""


O = TypeVar("O", bound=Outcome)  # noqa: E741 - the letter of the word it stands for


@dataclass(frozen=True, slots=True)
class Batch:
    """The genomes of one generation, waiting for their scores.

    Attributes:
        genomes: (n_guesses,) genomes, each (n_genes,).
        rigour: 0 for the quick look, 1 for the strict one; the evaluator decides what they mean.
        parents: (n_guesses,) guess numbers of each genome's parents; empty when it has none.
        starts: (n_guesses,) which of the search's several starts each genome belongs to.
        phase: a plain word for what the search is doing now.
    """

    genomes: tuple[Genome, ...]
    rigour: int
    parents: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    phase: str

    def __len__(self) -> int:
        return len(self.genomes)

    def first(self, count: int) -> "Batch":
        """Returns the batch cut to its first `count` genomes."""
        return Batch(
            self.genomes[:count],
            self.rigour,
            self.parents[:count],
            self.starts[:count],
            self.phase,
        )


@dataclass(frozen=True, slots=True)
class Individual(Generic[O]):
    """One guess: a genome and what came of it.

    Attributes:
        number: its place in the run, from 0.
        genome: (n_genes,) normalised units.
        outcome: what the evaluator returned, untouched.
        score: the outcome's score made finite; higher is better.
        parents: guess numbers of its parents.
        start: which of the several starts it belongs to.
        rigour: how strictly it was looked at; scores compare within one rigour only.
        values: (n_goals,) the outcome's, if it has any that are finite; empty otherwise.
    """

    number: int
    genome: Genome
    outcome: O
    score: float
    parents: tuple[int, ...]
    start: int
    rigour: int
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Generation(Generic[O]):
    """All the guesses of one ask and tell.

    Attributes:
        number: its place in the run, from 1.
        phase: a plain word for what the search was doing.
        rigour: how strictly all of its guesses were looked at.
        individuals: (n_guesses,) in the order asked, never empty.
        guesses: guesses made in the run so far, these included.
    """

    number: int
    phase: str
    rigour: int
    individuals: tuple[Individual[O], ...]
    guesses: int

    @property
    def scores(self) -> tuple[float, ...]:
        """(n_guesses,) finite scores, in the order asked."""
        return tuple(individual.score for individual in self.individuals)

    @property
    def best(self) -> Individual[O]:
        """The individual with the highest score; of equals, the earliest."""
        return max(self.individuals, key=lambda individual: individual.score)

    @property
    def median(self) -> float:
        """The middle score."""
        return float(np.median(self.scores))

    @property
    def spread(self) -> tuple[float, float]:
        """The lower and the upper quartile of the scores."""
        lower, upper = np.quantile(self.scores, (0.25, 0.75))
        return float(lower), float(upper)


def finite_score(score: float) -> float:
    """Returns the score, or `WORST` when it is not finite or is lower than that.

    DEAP lets NaN win every comparison, so no strategy may ever see one. An infinite score is a
    broken measurement, not a triumph.
    """
    value = float(score)
    return max(value, WORST) if math.isfinite(value) else WORST


def finite_values(outcome: Outcome) -> Values:
    """Returns what a guess is worth in each goal; empty where it has none, or one that is not finite."""
    values = tuple(float(value) for value in getattr(outcome, "values", ()))
    return values if all(math.isfinite(value) for value in values) else ()
