"""The simplest learner there is: keep the better of two, and change it slightly.

A dozen climbers side by side, each a (1+1) evolution strategy with the 1/5 success rule:
Rechenberg (1973), "Evolutionsstrategie"; the factors are those of Kern et al. (2004), "Learning
probability distributions in continuous evolutionary algorithms", Natural Computing 3.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evo.box import Box
from evo.chance import State, lent, random_state, set_random_state
from evo.operators import Candidate, mutate, widened
from evo.population import WORST, Batch, Genome
from evo.settings import SearchSettings
from evo.strategies.base import WIDEST_SPREAD, Strategy

GENE_CHANCE = 0.3
"""The chance of a gene to be changed: a slight change leaves most of a gait as it was."""
LONGER = math.exp(1 / 3)
SHORTER = LONGER**-0.25
"""One success in five keeps the step as it is: LONGER x SHORTER^4 = 1."""
STEP_RANGE = (1e-6, 2.0)
"""The shortest and the longest step, in first steps."""
FRESH_STEP = 0.25
"""Step of a climber that has joined the best one, in first steps."""
NOT_SCORED = -1
"""The rigour of climbers whose scores do not count: none yet, or of another look."""


@dataclass(frozen=True, slots=True)
class Climber:
    """Where a climber stands.

    Attributes:
        genome: (n_genes,) the best it has found, normalised units.
        score: the score of that.
        number: its guess number.
        step: standard deviation of its next change, normalised units.
    """

    genome: Genome
    score: float
    number: int
    step: float


class Climbing(Strategy):
    """Climbers side by side."""

    name = "hill"
    own_population = 12

    def __init__(self, settings: SearchSettings, box: Box):
        super().__init__(settings, box)
        self._random = random.Random(settings.seed)
        self._rigour = NOT_SCORED
        self._spread = 1.0
        self._round = 0
        first = [Candidate(box.start) for _ in range(self.population)]
        with lent(self._random):
            for candidate in first[1:]:
                mutate(candidate, settings.sigma, 1.0)
        self._climbers = [Climber(g, WORST, -1, settings.sigma) for g in box.clip(first)]

    def _propose(self) -> Batch:
        """Returns one change for each climber, or its own place where that has no score yet."""
        rigour = self.settings.rigour_at(self.guesses)
        places = [climber.genome for climber in self._climbers]
        genomes = tuple(places) if rigour != self._rigour else self._changed()
        parents = tuple((c.number,) if c.number >= 0 else () for c in self._climbers)
        starts = tuple(range(len(genomes)))
        return Batch(genomes, rigour, parents, starts, "polish" if rigour else "climb")

    def _changed(self) -> tuple[Genome, ...]:
        """Returns (n_climbers,) genomes, each a climber's own, slightly changed."""
        changed = [Candidate(climber.genome) for climber in self._climbers]
        with lent(self._random):
            for candidate, climber in zip(changed, self._climbers, strict=True):
                mutate(candidate, climber.step * self._spread, GENE_CHANCE)
        return self.box.clip(changed)

    def _learn(self, batch: Batch, scores: Sequence[float]) -> None:
        """Moves each climber to the better of two, or takes down the score of its own place."""
        anew = batch.rigour != self._rigour
        for i, (genome, score) in enumerate(zip(batch.genomes, scores, strict=True)):
            climber, number = self._climbers[i], self.guesses + i
            if anew:
                self._climbers[i] = replace(climber, score=score, number=number)
            else:
                self._climbers[i] = self._better(climber, genome, score, number)
        self._rigour = batch.rigour
        self._round += 1
        if self._round % self.settings.restart_every == 0:
            self._join_best()

    def _better(self, climber: Climber, genome: Genome, score: float, number: int) -> Climber:
        """Returns the climber after one try.

        It moves on level ground too, or it would never leave a plain; but only a rise counts as
        a success, or its step would grow there without end.
        """
        shortest, longest = (limit * self.settings.sigma for limit in STEP_RANGE)
        step = climber.step * (LONGER if score > climber.score else SHORTER)
        step = min(max(step, shortest), longest)
        if score >= climber.score:
            return Climber(genome, score, number, step)
        return replace(climber, step=step)

    def _join_best(self) -> None:
        """Lets the worst climber give up and begin beside the best, with a fresh step."""
        order = sorted(range(len(self._climbers)), key=lambda i: (-self._climbers[i].score, i))
        best = self._climbers[order[0]]
        self._climbers[order[-1]] = replace(best, step=FRESH_STEP * self.settings.sigma)

    def _widen(self, factor: float) -> None:
        """Makes mutations larger or smaller for good."""
        self._spread = widened(self._spread, factor, 1.0 / WIDEST_SPREAD, WIDEST_SPREAD)

    def _forget_scores(self) -> None:
        """Has every climber's place looked at again."""
        self._rigour = NOT_SCORED

    def _save(self) -> State:
        """Returns the climbers and the generator."""
        return {
            "climbers": [[c.number, c.score, c.step, list(c.genome)] for c in self._climbers],
            "rigour": self._rigour,
            "spread": self._spread,
            "round": self._round,
            "chance": random_state(self._random),
        }

    def _load(self, state: State) -> None:
        """Takes up what `_save` returned."""
        self._climbers = [
            Climber(tuple(genome), score, number, step)
            for number, score, step, genome in state["climbers"]
        ]
        self._rigour = state["rigour"]
        self._spread = state.get("spread", 1.0)
        self._round = state["round"]
        set_random_state(self._random, state["chance"])
