"""One start of the default search: a cloud, the best guess it has had, and its patience.

Beginning anew with twice the population is the idea of IPOP-CMA-ES: Auger and Hansen (2005), "A
Restart CMA Evolution Strategy with Increasing Population Size", CEC. Here a start begins anew at
its own best guess and with half the first step: the other starts do the looking elsewhere.
"""

from collections.abc import Sequence

import numpy as np

from evo.box import Box
from evo.chance import State
from evo.covariance import Cloud
from evo.population import WORST, Genome

MOST_DOUBLINGS = 3
"""More would spend a whole budget on a few generations."""
FRESH_STEP = 0.5
"""Step of a start that begins anew, in first steps."""
TURNED_RANGE = (1e-4, 4.0)
"""How small and how large a cloud may be made from outside, in first steps."""


class Start:
    """One of several places to begin.

    Attributes:
        index: its place among the starts; 0 begins exactly where the caller said.
        spent: guesses it has made.
        rigour: how strictly its latest guesses were looked at.
        best_score: the best of that rigour.
        best_genome: (n_genes,) where that was.
        stale: generations since then.
        restarts: how often it has begun anew.
        owed: whether it has not been looked at since its scores were forgotten.
    """

    def __init__(
        self,
        index: int,
        centre: Genome,
        sigma: float,
        population: int,
        chance: np.random.Generator,
    ):
        self.index = index
        self.spent = 0
        self.rigour = 0
        self.best_score = WORST
        self.best_genome = centre
        self.stale = 0
        self.restarts = 0
        self.owed = False
        self._sigma = sigma
        self._population = population
        self._chance = chance
        self._cloud = Cloud(centre, sigma, population, chance)

    def ask(self, box: Box) -> tuple[Genome, ...]:
        """Returns its next (population,) genomes, inside the box."""
        guesses = self._cloud.sample()
        if box.found and self.index == 0 and self.spent == 0:
            guesses[0] = box.start  # the cloud learns from it as from its own
        return box.clip(guesses)

    def tell(
        self, genomes: Sequence[Genome], scores: Sequence[float], rigour: int, patience: int
    ) -> None:
        """Learns from its own part of a generation.

        The cloud learns from the genomes as they were evaluated, that is after clipping. That
        bends its normal distribution a little at the bounds, but what it is told is true.
        """
        self.spent += len(genomes)
        self.owed = False
        self._note_best(genomes, scores, rigour)
        if len(genomes) < self._cloud.population:
            return  # cut by the end of the budget, and CMA's weights need the whole population
        if not self._cloud.learn(genomes, scores) or self.stale >= patience:
            self._begin_anew()

    def _note_best(self, genomes: Sequence[Genome], scores: Sequence[float], rigour: int) -> None:
        """Keeps the best guess; a stricter look starts a new reckoning, its scores being lower."""
        if rigour != self.rigour:
            self.rigour, self.best_score, self.stale = rigour, WORST, 0
        self.stale += 1
        for genome, score in zip(genomes, scores, strict=True):
            if score > self.best_score:
                self.best_genome, self.best_score, self.stale = genome, score, 0

    def _begin_anew(self) -> None:
        """Puts a fresh, smaller cloud of more guesses at the best guess so far."""
        self.restarts += 1
        self.stale = 0
        population = self._population * 2 ** min(self.restarts, MOST_DOUBLINGS)
        self._cloud = Cloud(self.best_genome, FRESH_STEP * self._sigma, population, self._chance)

    def widen(self, factor: float) -> None:
        """Makes its cloud larger or smaller, now: it goes on to find its own size from there."""
        smallest, largest = (limit * self._sigma for limit in TURNED_RANGE)
        self._cloud.widen(factor, smallest, largest)

    def forget_scores(self) -> None:
        """Begins a new reckoning; one that waits for the others must be looked at again, or it has no score."""
        self.best_score, self.stale, self.owed = WORST, 0, True

    def state(self) -> State:
        """Returns all that `restore` needs, but for the generator."""
        return {
            "index": self.index,
            "spent": self.spent,
            "rigour": self.rigour,
            "best_score": self.best_score,
            "best_genome": list(self.best_genome),
            "stale": self.stale,
            "restarts": self.restarts,
            "owed": self.owed,
            "cloud": self._cloud.state(),
        }

    def restore(self, state: State) -> None:
        """Becomes the start that was saved."""
        self.index = state["index"]
        self.spent = state["spent"]
        self.rigour = state["rigour"]
        self.best_score = state["best_score"]
        self.best_genome = tuple(state["best_genome"])
        self.stale = state["stale"]
        self.restarts = state["restarts"]
        self.owed = state.get("owed", False)
        self._cloud = Cloud.from_state(state["cloud"], self._chance)
