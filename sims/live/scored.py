"""What was scored in a run, kept to be seen: the best of every generation from files, others for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from creatures.skeleton import Skeleton
from evo.population import Generation, Individual
from sims.evaluate import Evaluation, Task
from sims.genomes.record import read_genome
from sims.live.messages import WHO, Robust, Walk, WalkKey, Who
from sims.live.tell import ranked
from sims.live.walks import Scored, probed, scored_of, walk_again
from sims.runs.elites import Guess
from sims.runs.folder import RunFolder
from sims.runs.front_file import walker_file

KEPT = 300
"""Generations of which the middle and the worst guess are kept too."""


class Kept:
    """The walks of one run."""

    def __init__(self, folder: Path, task: Task) -> None:
        """Keeps nothing yet.

        Args:
            folder: of the run; the best of every generation is kept there.
            task: of the run.
        """
        self.skeleton: Skeleton = task.skeleton
        self._files = RunFolder(folder)
        self._recent: OrderedDict[int, dict[Who, Scored]] = OrderedDict()
        self.front: dict[int, Scored] = {}

    def keep(self, generation: Generation[Evaluation], task: Task) -> None:
        """Keeps the best, the middle and the worst guess of a generation at hand."""
        order = ranked(generation)
        chosen = (order[0], order[len(order) // 2], order[-1])
        self._recent[generation.number] = {
            who: _scored(WalkKey(generation.number, who), one, task)
            for who, one in zip(WHO, chosen, strict=True)
        }
        if len(self._recent) > KEPT:
            self._recent.popitem(last=False)

    def keep_front(self, guesses: Sequence[Guess], task: Task) -> None:
        """Keeps the walkers of the front at hand, and no others that were on it."""
        before = self.front
        self.front = {one.number: before.get(one.number) or _on_front(one, task) for one in guesses}

    def show(self, key: WalkKey) -> Walk:
        """Returns a walk, proved to be what was scored; see `find` and `walk_again` for what it may raise."""
        return walk_again(self.skeleton, self.find(key))

    def probe(self, key: WalkKey) -> Robust:
        """Returns how a walk does in the worlds of the gate; see `find` for what it may raise."""
        return probed(self.skeleton, self.find(key))

    def find(self, key: WalkKey) -> Scored:
        """Returns what was scored.

        Raises:
            ValueError: nothing of it was kept, in words.
            BadFile: its file cannot be read.
        """
        if key.who == "front":
            if key.guess in self.front:
                return self.front[key.guess]
            return scored_of(read_genome(walker_file(self._files.path, key.guess)), key)
        recent = self._recent.get(key.generation, {})
        if key.who in recent:
            return recent[key.who]
        if key.who in ("middle", "worst"):
            raise ValueError("only the best of that generation was kept")
        champion = key.who == "champion"
        path = self._files.best if champion else self._files.champion(key.generation)
        if not path.exists():
            raise ValueError("nothing of that generation was kept: no guess came to anything")
        return scored_of(read_genome(path), key)


def _on_front(one: Guess, task: Task) -> Scored:
    return Scored(
        key=WalkKey(one.generation, "front", one.number),
        guess=one.number,
        genome=one.genome,
        trial=task.trial,
        weights=task.objective.weights,
        score=one.evaluation.base_score,
        terms=one.evaluation.terms,
        digest=one.evaluation.digest,
    )


def _scored(key: WalkKey, one: Individual[Evaluation], task: Task) -> Scored:
    outcome = one.outcome
    return Scored(
        key=key,
        guess=one.number,
        genome=one.genome,
        trial=task.trial,
        weights=task.objective.weights,
        score=outcome.base_score,
        terms=outcome.terms,
        digest=outcome.digest,
    )
