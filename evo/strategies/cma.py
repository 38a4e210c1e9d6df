"""The default search: several short starts by CMA-ES, the best of them deepened.

Seeds differ more than algorithms do, and the order after a few hundred guesses is nearly the
order at the end; so a search makes its own several starts and gives the poor ones up. All living
starts advance in step within one batch, which keeps many workers busy.

The evolution strategy itself is Hansen and Ostermeier's (2001); see `evo.covariance`.
"""

from collections.abc import Sequence

from evo.box import Box
from evo.chance import State, numpy_generator
from evo.population import Batch, Genome
from evo.settings import SearchSettings
from evo.strategies.base import Strategy
from evo.strategies.start import Start

STAGES = ("scout", "deepen", "polish")
"""Every start gets a little; the best few get more; the best one gets the rest."""


class SeveralStarts(Strategy):
    """Scouts from several starts, deepens the best few, polishes the best."""

    name = "cma"
    own_population = 24

    def __init__(self, settings: SearchSettings, box: Box):
        super().__init__(settings, box)
        self._chance = numpy_generator(settings.seed)
        self._stage = 0
        self._starts = [self._start(i, centre) for i, centre in enumerate(self._centres())]

    def _start(self, index: int, centre: Genome) -> Start:
        """Returns a new start."""
        return Start(index, centre, self.settings.sigma, self.population, self._chance)

    def _centres(self) -> tuple[Genome, ...]:
        """Returns (n_starts,) middles: the given one exactly, the others beside it."""
        shape = (self.settings.n_starts, self.box.n_genes)
        offsets = self._chance.standard_normal(shape)
        offsets[0] = 0.0
        spread = self.settings.start_offset * self.settings.sigma
        return self.box.clip(self.box.start + spread * offsets)

    @property
    def living(self) -> tuple[int, ...]:
        """The indices of the starts not given up, the best first once some were."""
        return tuple(start.index for start in self._starts)

    def _allowance(self) -> float:
        """Returns how many guesses a start may have spent by the end of this stage."""
        scout, deepen = self.settings.scout_share, self.settings.deepen_share
        return (scout, scout + deepen, 1.0)[self._stage] * self.settings.budget

    def _propose(self) -> Batch:
        """Returns one generation of every start that has not had its share."""
        parts = [(s.index, s.ask(self.box)) for s in self._starts if not self._has_had(s)]
        genomes = tuple(genome for _, part in parts for genome in part)
        starts = tuple(index for index, part in parts for _ in part)
        # Only the last start is looked at strictly: culling compares quick looks with quick looks.
        last = STAGES[self._stage] == "polish"
        rigour = self.settings.rigour_at(self.guesses) if last else 0
        # A guess of a normal distribution has no parents.
        return Batch(genomes, rigour, ((),) * len(genomes), starts, STAGES[self._stage])

    def _learn(self, batch: Batch, scores: Sequence[float]) -> None:
        """Tells each start its own part, then gives up the starts that a finished stage ends."""
        for start in self._starts:
            mine = [i for i, owner in enumerate(batch.starts) if owner == start.index]
            if mine:
                genomes = [batch.genomes[i] for i in mine]
                own_scores = [scores[i] for i in mine]
                start.tell(genomes, own_scores, batch.rigour, self.settings.patience)
        self._cull()

    def _cull(self) -> None:
        """Goes on to the next stage, with the best starts, when all have had their share."""
        while self._stage < len(STAGES) - 1 and self._all_spent():
            ranked = sorted(self._starts, key=lambda start: (-start.best_score, start.index))
            self._stage += 1
            last = STAGES[self._stage] == "polish"
            self._starts = ranked[: 1 if last else self.settings.deepen_starts]

    def _all_spent(self) -> bool:
        """Returns whether every living start has had its share of this stage."""
        return all(self._has_had(start) for start in self._starts)

    def _has_had(self, start: Start) -> bool:
        """Returns whether a start has had its share of this stage, and has a score that counts."""
        return start.spent >= self._allowance() and not start.owed

    def _widen(self, factor: float) -> None:
        """Makes the cloud of every living start larger or smaller."""
        for start in self._starts:
            start.widen(factor)

    def _forget_scores(self) -> None:
        """Has every living start begin a new reckoning."""
        for start in self._starts:
            start.forget_scores()

    def _save(self) -> State:
        """Returns the stage, the living starts and the generator."""
        return {
            "stage": STAGES[self._stage],
            "starts": [start.state() for start in self._starts],
            "chance": self._chance.bit_generator.state,
        }

    def _load(self, state: State) -> None:
        """Takes up what `_save` returned."""
        self._stage = STAGES.index(state["stage"])
        self._starts = [self._start(one["index"], self.box.start) for one in state["starts"]]
        for start, one in zip(self._starts, state["starts"], strict=True):
            start.restore(one)
        self._chance.bit_generator.state = state["chance"]
