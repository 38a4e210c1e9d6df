"""How a front is finished: all its walkers go to the gate, and one of them becomes champion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evo.population import Values
from sims.evaluate import Evaluation, Unit
from sims.gate import Gate, gate_units, judge
from sims.genomes.record import Genome
from sims.physics.trial import TrialSettings
from sims.runs.elites import Guess
from sims.runs.events import Gating, Listener
from sims.runs.front import Front
from sims.runs.front_file import FrontIndex, index_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """The walkers of a finished front, from the gentlest to the fastest, each with how it did at the gate."""

    walkers: tuple[tuple[Guess, Gate], ...]
    worth: float
    """Hypervolume of the whole front, those included that are too many to be written."""
    others: tuple[Values, ...]
    """Some of the walkers that are not on it."""

    @property
    def champion(self) -> int | None:
        """Returns the place of the one with the best score of those that pass the gate.

        If none passes, it is the one that kept most. None where nobody walks.
        """
        places = range(len(self.walkers))
        passing = [i for i in places if self.walkers[i][1].passes]
        if passing:
            return max(passing, key=lambda i: self.walkers[i][0].score)
        return max(places, key=lambda i: self.walkers[i][1].robust, default=None)

    def index(self, genomes: Sequence[Genome]) -> FrontIndex:
        """Returns the index, given the record of each."""
        values = [guess.evaluation.values for guess, _ in self.walkers]
        return index_of(genomes, values, self.worth, self.others)


def gather(
    front: Front,
    base: TrialSettings,
    look: Callable[[Sequence[Unit]], list[Evaluation]],
    listener: Listener,
) -> Gathered:
    """Sends the walkers of a front to the gate.

    Args:
        front: as it stands after the last guess.
        base: the world they were scored in.
        look: looks at units, by however many workers.
        listener: is told who is at the gate.
    """
    chosen = front.chosen()
    found = []
    for place, guess in enumerate(chosen, start=1):
        listener(Gating(place, len(chosen), guess))
        seen = look(gate_units(guess.genome, base))
        found.append((guess, judge(guess.evaluation.base_score, seen)))
    return Gathered(tuple(found), front.worth, tuple(front.left_behind()))
