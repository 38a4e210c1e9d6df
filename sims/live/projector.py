"""Shows walks to the watcher beside the run, in a thread of its own: a trial holds nobody up while it is computed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from creatures.faults import BadFile
from creatures.skeleton import Skeleton
from evo.population import Generation, Individual
from sims.evaluate import Evaluation, Task, look
from sims.gate import gate_units, judge
from sims.genomes.record import read_genome
from sims.live.messages import WHO, Message, NoWalk, Probe, Robust, Show, WalkKey, Who
from sims.live.tell import ranked
from sims.live.walks import Scored, walk_again
from sims.runs.folder import RunFolder
from sims.score import Objective

KEPT = 300
"""Generations of which the middle and the worst guess are kept too."""
WAITING = 24
"""Wishes that wait at most: whoever scrubs through a run no longer wants the oldest."""


class Projector:
    """Walks again whatever was scored, the youngest wish first."""

    def __init__(self, folder: Path, task: Task, say: Callable[[Message], None]) -> None:
        """Starts the thread.

        Args:
            folder: of the run; the best of every generation is kept there.
            task: of the run.
            say: tells the watcher.
        """
        self.skeleton: Skeleton = task.skeleton
        self._files = RunFolder(folder)
        self._say = say
        self._recent: OrderedDict[int, dict[Who, Scored]] = OrderedDict()
        self._wishes: list[Show | Probe] = []
        self._changed = threading.Condition()
        self._over = False
        threading.Thread(target=self._work, daemon=True).start()

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

    def ask(self, wish: Show | Probe) -> None:
        """Takes a wish; it is answered when there is time."""
        with self._changed:
            if wish in self._wishes:
                self._wishes.remove(wish)
            self._wishes.append(wish)
            del self._wishes[:-WAITING]
            self._changed.notify()

    def end(self) -> None:
        """Lets the thread come to its end."""
        with self._changed:
            self._over = True
            self._changed.notify()

    def _next(self) -> Show | Probe | None:
        with self._changed:
            while not self._wishes and not self._over:
                self._changed.wait()
            if self._over:
                return None
            # To see something comes before knowing how robust it is.
            shows = [wish for wish in self._wishes if isinstance(wish, Show)]
            wish = (shows or self._wishes)[-1]
            self._wishes.remove(wish)
            return wish

    def _work(self) -> None:
        while (wish := self._next()) is not None:
            try:
                scored = self._find(wish.key)
                answer: Message = (
                    walk_again(self.skeleton, scored)
                    if isinstance(wish, Show)
                    else self._probe(scored)
                )
            except (BadFile, ValueError) as error:
                answer = NoWalk(wish.key, str(error))
            except Exception as error:  # a picture must never end a run
                answer = NoWalk(wish.key, f"{type(error).__name__}: {error}")
            self._say(answer)

    def _find(self, key: WalkKey) -> Scored:
        recent = self._recent.get(key.generation, {})
        if key.who in recent:
            return recent[key.who]
        if key.who in ("middle", "worst"):
            raise ValueError("only the best of that generation was kept")
        champion = key.who == "champion"
        path = self._files.best if champion else self._files.champion(key.generation)
        if not path.exists():
            raise ValueError("nothing of that generation was kept: no guess came to anything")
        genome = read_genome(path)
        return Scored(
            key=key,
            guess=genome.origin.guess,
            genome=genome.genes,
            trial=genome.trial,
            weights=genome.objective.weights,
            score=genome.score,
            terms=genome.terms,
            digest=genome.digest,
        )

    def _probe(self, scored: Scored) -> Robust:
        task = Task(self.skeleton, scored.trial, Objective("", "", scored.weights))
        units = gate_units(scored.genome, scored.trial)
        gate = judge(scored.score, [look(task, unit) for unit in units])
        return Robust(scored.key, gate.robust, dict(gate.kept), gate.passes)


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
