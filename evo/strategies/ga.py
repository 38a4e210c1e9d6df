"""The search to watch and learn from: select, blend, mutate.

A genetic algorithm with real genes: tournaments choose parents, pairs are blended (BLX-alpha,
Eshelman and Schaffer 1993, "Real-Coded Genetic Algorithms and Interval-Schemata", FOGA 2), some
genes are changed a little, and the best few live on unchanged.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

from evo.box import Box
from evo.chance import State, lent, random_state, set_random_state
from evo.operators import (
    Candidate,
    best_of,
    blend,
    candidates,
    mutate,
    tournaments,
    widened,
)
from evo.population import Batch
from evo.settings import SearchSettings
from evo.strategies.base import WIDEST_SPREAD, Strategy

BLEND_CHANCE = 0.8
"""The chance of a pair to be blended; the others are only mutated."""
BLEND_ALPHA = 0.3
"""How far outside its parents a child's gene may lie, in parts of their distance."""
MUTATION_STEP = 0.2
"""Standard deviation of a changed gene, in first steps."""
GENE_CHANCE = 0.05
"""The chance of a gene to be changed."""
NOT_SCORED = -1
"""The rigour of a population whose scores do not count: none yet, or of another look."""


class Child(NamedTuple):
    """A new genome and the guess numbers of its parents."""

    genes: Candidate
    parents: tuple[int, ...]


class Breeding(Strategy):
    """A population that breeds."""

    name = "ga"
    own_population = 48

    def __init__(self, settings: SearchSettings, box: Box):
        super().__init__(settings, box)
        if settings.elites >= self.population:
            raise ValueError(f"elites must be fewer than population, not {settings.elites!r}")
        self._random = random.Random(settings.seed)
        self._pool: list[Candidate] = []
        self._rigour = NOT_SCORED
        self._spread = 1.0

    def _propose(self) -> Batch:
        """Returns the first population, or the children of the present one."""
        rigour = self.settings.rigour_at(self.guesses)
        if not self._pool:
            return self._batch(self._first(), rigour, "scatter")
        children = self._children(self.population - self.settings.elites)
        if rigour != self._rigour:
            # The elites' scores are on the other scale: they are looked at again.
            children = [Child(one, (one.number,)) for one in self._elites()] + children
        return self._batch(children, rigour, "polish" if rigour else "breed")

    def _batch(self, children: Sequence[Child], rigour: int, phase: str) -> Batch:
        """Returns the children as a batch, inside the box."""
        genomes = self.box.clip([child.genes for child in children])
        parents = tuple(child.parents for child in children)
        return Batch(genomes, rigour, parents, (0,) * len(genomes), phase)

    def _first(self) -> list[Child]:
        """Returns the start itself and others scattered about it."""
        first = [Candidate(self.box.start) for _ in range(self.population)]
        with lent(self._random):
            for candidate in first[1:]:
                mutate(candidate, self.settings.sigma, 1.0)
        return [Child(candidate, ()) for candidate in first]

    def _elites(self) -> list[Candidate]:
        """Returns the best few of the population."""
        return best_of(self._pool, self.settings.elites)

    def _children(self, count: int) -> list[Child]:
        """Returns `count` children of parents that won their tournaments."""
        coins = [self._random.random() < BLEND_CHANCE for _ in range((count + 1) // 2)]
        with lent(self._random):
            chosen = tournaments(self._pool, 2 * len(coins), self.settings.tournament)
            pairs = zip(chosen[::2], chosen[1::2], coins, strict=True)
            children = [child for pair in pairs for child in self._pair(*pair)]
        return children[:count]

    def _pair(self, one: Candidate, other: Candidate, blended: bool) -> tuple[Child, Child]:
        """Returns two children of two parents, or of one each."""
        first, second = one.copy(), other.copy()
        if blended:
            blend(first, second, BLEND_ALPHA)
        for candidate in (first, second):
            mutate(candidate, MUTATION_STEP * self.settings.sigma * self._spread, GENE_CHANCE)
        if blended and one.number != other.number:
            both = (one.number, other.number)
            return Child(first, both), Child(second, both)
        return Child(first, (one.number,)), Child(second, (other.number,))

    def _learn(self, batch: Batch, scores: Sequence[float]) -> None:
        """Makes the batch the population, with the elites of the last unless they are in it."""
        carried = self._elites() if batch.rigour == self._rigour else []
        self._pool = carried + candidates(batch.genomes, scores, self.guesses)
        self._rigour = batch.rigour

    def _widen(self, factor: float) -> None:
        """Makes mutations larger or smaller for good."""
        self._spread = widened(self._spread, factor, 1.0 / WIDEST_SPREAD, WIDEST_SPREAD)

    def _forget_scores(self) -> None:
        """Has the elites looked at again, and the rest of the population replaced."""
        self._rigour = NOT_SCORED

    def _save(self) -> State:
        """Returns the population and the generator."""
        return {
            "pool": [[one.number, one.score, list(one)] for one in self._pool],
            "rigour": self._rigour,
            "spread": self._spread,
            "chance": random_state(self._random),
        }

    def _load(self, state: State) -> None:
        """Takes up what `_save` returned."""
        self._pool = [Candidate(genes, score, number) for number, score, genes in state["pool"]]
        self._rigour = state["rigour"]
        self._spread = state.get("spread", 1.0)
        set_random_state(self._random, state["chance"])
