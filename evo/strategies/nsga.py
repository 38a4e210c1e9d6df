"""The search for several goals at once: NSGA-II, which begins where one goal leads it.

Deb et al. (2002), "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on Evolutionary
Computation 6(2): keep the first fronts, of the last one the least crowded, and breed among them. From random guesses
that learns slowly where hardly any guess is worth something at all. So the default search (`cma`) goes first, by the
score, and everything it tries is put on the front or left behind; with its share spent, breeding spreads the front out.

A guess that has no values comes behind all that have some, and among its like the score counts: constraint domination,
with the score for how far it is from keeping the rules. While no guess has values there is nothing to spread, and the
first search goes on: with one goal it is that search to the end.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evo.box import Box
from evo.chance import State, lent, random_state, set_random_state
from evo.operators import Candidate, cross, mutate, ranking, widened
from evo.population import Batch, Genome, Values
from evo.settings import SearchSettings
from evo.strategies.base import WIDEST_SPREAD, Strategy
from evo.strategies.cma import SeveralStarts

FIRST_SHARE = 0.4
"""Share of the guesses made by the score alone, before the front is spread out."""
CROSS_CHANCE = 0.2
"""The chance of a child to be crossed from two parents."""
NEAR = 10.0
"""How near crossed children are to their parents."""
STRIDE_CHANCE = 0.6
"""The chance of a child to go from its parent in the direction in which two others of the front differ."""
STRIDES = (0.2, 0.8)
"""How far, in parts of their difference (differential evolution, Storn and Price 1997)."""
MUTATION_STEP = 0.03
"""Standard deviation of a changed gene, in first steps."""
GENE_CHANCE = 0.3
"""The chance of a gene to be changed."""
NOT_SCORED = -1
"""The rigour of a population whose scores do not count: none yet, or of another look."""


@dataclass(frozen=True, slots=True)
class Held:
    """One of the population.

    Attributes:
        genome: (n_genes,) normalised units.
        score: by the one score.
        number: its guess number.
        values: (n_goals,) or empty, for one that comes behind all that have some.
    """

    genome: Genome
    score: float
    number: int
    values: Values


class Spreading(Strategy):
    """A population on a front, spread out along it."""

    name = "nsga2"
    own_population = 48

    def __init__(self, settings: SearchSettings, box: Box):
        super().__init__(settings, box)
        self._random = random.Random(settings.seed)
        self._first = SeveralStarts(_first_settings(settings), box)
        self._pool: list[Held] = []
        self._rigour = NOT_SCORED
        self._spread = 1.0
        self._spreads = False

    def _propose(self) -> Batch:
        """Returns a batch of the first search, the population to be looked at again, or children of it."""
        if not self._spreads:
            return self._first.ask()
        rigour = self.settings.rigour_at(self.guesses)
        phase = "polish" if rigour else "spread"
        if rigour != self._rigour:
            genomes = tuple(one.genome for one in self._pool)
            parents: tuple[tuple[int, ...], ...] = tuple((one.number,) for one in self._pool)
        else:
            genomes, parents = self._children()
        return Batch(genomes, rigour, parents, (0,) * len(genomes), phase)

    def _children(self) -> tuple[tuple[Genome, ...], tuple[tuple[int, ...], ...]]:
        """Returns (population,) children and the guess numbers of their parents."""
        with lent(self._random):
            made = [self._child() for _ in range(self.population)]
        return self.box.clip([genes for genes, _ in made]), tuple(parents for _, parents in made)

    def _child(self) -> tuple[Candidate, tuple[int, ...]]:
        """Returns one child and its parents; draws from the global `random`."""
        parent = self._chosen()
        child = Candidate(parent.genome)
        parents: tuple[int, ...] = (parent.number,)
        kind = random.random()
        if kind < CROSS_CHANCE:
            other = self._chosen()
            cross(child, Candidate(other.genome), NEAR, self.box.low, self.box.high)
            if other.number != parent.number:
                parents = (parent.number, other.number)
        elif kind < CROSS_CHANCE + STRIDE_CHANCE:
            ahead, behind, far = self._any(), self._any(), random.uniform(*STRIDES)
            for gene, (a, b) in enumerate(zip(ahead.genome, behind.genome, strict=True)):
                child[gene] += far * (a - b)
        mutate(child, MUTATION_STEP * self.settings.sigma * self._spread, GENE_CHANCE)
        return child, parents

    def _chosen(self) -> Held:
        """Returns the better placed of two: the population is in order."""
        places = [random.randrange(len(self._pool)) for _ in range(2)]
        return self._pool[min(places)]

    def _any(self) -> Held:
        return self._pool[random.randrange(len(self._pool))]

    def _learn(self, batch: Batch, scores: Sequence[float]) -> None:
        """Learns from guesses without values."""
        self._learn_values(batch, scores, [()] * len(batch))

    def _learn_values(
        self, batch: Batch, scores: Sequence[float], values: Sequence[Values]
    ) -> None:
        """Lets the best of the population and of the batch live on."""
        if not self._spreads:
            self._first.tell(scores)
        rows = zip(batch.genomes, scores, values, strict=True)
        made = [Held(g, s, self.guesses + i, v) for i, (g, s, v) in enumerate(rows)]
        self._pool = selected(
            made if batch.rigour != self._rigour else self._pool + made, self.population
        )
        self._rigour = batch.rigour
        spent = self.guesses + len(batch) >= FIRST_SHARE * self.settings.budget
        self._spreads = self._spreads or (spent and bool(self._pool[0].values))

    def _widen(self, factor: float) -> None:
        """Makes mutations larger or smaller for good, and the clouds of the first search now."""
        self._first.turn(factor)
        self._spread = widened(self._spread, factor, 1.0 / WIDEST_SPREAD, WIDEST_SPREAD)

    def _forget_scores(self) -> None:
        """Has the population looked at again."""
        self._first.turn(rescored=True)
        self._rigour = NOT_SCORED

    def _save(self) -> State:
        """Returns the population, the generator, and the first search while it goes on."""
        return {
            "first": None if self._spreads else self._first.state(),
            "pool": [
                [one.number, one.score, list(one.values), list(one.genome)] for one in self._pool
            ],
            "rigour": self._rigour,
            "spread": self._spread,
            "chance": random_state(self._random),
        }

    def _load(self, state: State) -> None:
        """Takes up what `_save` returned."""
        self._spreads = state["first"] is None
        if not self._spreads:
            self._first.restore(state["first"])
        self._pool = [
            Held(tuple(genome), score, number, tuple(values))
            for number, score, values, genome in state["pool"]
        ]
        self._rigour = state["rigour"]
        self._spread = state.get("spread", 1.0)
        set_random_state(self._random, state["chance"])


def selected(pool: Sequence[Held], count: int) -> list[Held]:
    """Returns the `count` that live on, the best placed first: front after front, then those without values by score.

    Of equal genomes the first counts.
    """
    distinct = list({one.genome: one for one in reversed(pool)}.values())[::-1]
    having = [one for one in distinct if one.values]
    others = sorted((one for one in distinct if not one.values), key=lambda one: -one.score)
    placed = [having[i] for i in ranking([one.values for one in having])]
    return (placed + others)[:count]


def _first_settings(settings: SearchSettings) -> SearchSettings:
    """Returns the settings of the first search: all its shares are shares of what it has."""
    return replace(
        settings,
        strategy=SeveralStarts.name,
        guesses_per_start=max(round(settings.guesses_per_start / FIRST_SHARE), 1),
        scout_share=settings.scout_share * FIRST_SHARE,
        deepen_share=settings.deepen_share * FIRST_SHARE,
    )
