"""What is written down of each generation, and told: the history, free of any clock, and the timing."""

from __future__ import annotations

import time
from collections import deque
from typing import Any

from evo.population import Generation
from evo.settings import SearchSettings
from sims.evaluate import Evaluation
from sims.files import Log
from sims.runs.elites import Guess
from sims.runs.events import GenerationDone
from sims.runs.front import Front

_RECENT = 10
"""Generations from which the speed is told."""
_INSTANT_S = 1e-4


def history_line(
    generation: Generation[Evaluation], best: Guess, front: Front | None = None
) -> dict[str, Any]:
    """Returns what the history says of a generation: nothing that a clock or the number of workers decides.

    Args:
        generation: just made.
        best: the best of it.
        front: so far, where the run has one.
    """
    crashed = [one.number for one in generation.individuals if one.outcome.crashed]
    evaluation = best.evaluation
    starts: dict[int, float] = {}
    for one in generation.individuals:
        starts[one.start] = max(starts.get(one.start, one.score), one.score)
    return {
        "generation": generation.number,
        "phase": generation.phase,
        "rigour": generation.rigour,
        "guesses": generation.guesses,
        "best": best.score,
        "median": generation.median,
        "quartiles": list(generation.spread),
        "guess": best.number,
        "ended": evaluation.ended,
        "why": evaluation.why,
        "distance_m": evaluation.measures.get("distance_m"),
        "time_up_s": evaluation.measures.get("time_up_s"),
        "terms": dict(evaluation.terms),
        "starts": [[start, score] for start, score in sorted(starts.items())],
        "crashed": len(crashed),
        "crashed_guesses": crashed,
    } | ({} if front is None else {"front": len(front.guesses), "worth": front.worth})


class Pace:
    """How long the run has taken, and how long it will.

    Attributes:
        elapsed_s: since the beginning of the run, pauses left out.
    """

    def __init__(self, timing: Log, workers: int, search: SearchSettings) -> None:
        self._timing = timing
        self._workers = workers
        self._search = search
        self._recent: deque[tuple[float, int, int]] = deque(maxlen=_RECENT)
        self._began = 0.0
        self.elapsed_s = sum(float(line["seconds"]) for line in timing.documents())

    def begin(self) -> None:
        """Starts the watch."""
        self._began = time.monotonic()

    def write(self, phase: str, rigour: int = 0, guesses: int = 0) -> None:
        """Stops the watch and writes down how long that took."""
        seconds = round(time.monotonic() - self._began, 4)
        self.elapsed_s += seconds
        if guesses:
            self._recent.append((seconds, guesses * (1 + rigour), guesses))
        rate = 60.0 * guesses / max(seconds, _INSTANT_S)
        self._timing.append(
            {
                "phase": phase,
                "workers": self._workers,
                "guesses": guesses,
                "seconds": seconds,
                "guesses_per_minute": round(rate, 1),
            }
        )

    @property
    def guesses_per_minute(self) -> float:
        """Over the last few generations."""
        spent = sum(seconds for seconds, _, _ in self._recent)
        return 60.0 * sum(guesses for _, _, guesses in self._recent) / max(spent, _INSTANT_S)

    def eta_s(self, guesses: int) -> float:
        """Returns how many seconds the guesses that are left will take: a strict look counts twice."""
        left = self._search.budget - guesses
        strict = min(left, round((1.0 - self._search.strict_from) * self._search.budget))
        spent = sum(seconds for seconds, _, _ in self._recent)
        work = sum(work for _, work, _ in self._recent)
        return (left + strict) * spent / max(work, 1)

    def told(
        self,
        generation: Generation[Evaluation],
        latest: Guess,
        best: Guess,
        front: Front | None = None,
    ) -> GenerationDone:
        """Returns what a listener is told of a generation, once that is written down.

        Args:
            generation: just made.
            latest: the best of it.
            best: the best so far.
            front: so far, where the run has one.
        """
        return GenerationDone(
            generation=generation.number,
            phase=generation.phase,
            rigour=generation.rigour,
            latest=latest,
            best=best,
            median=generation.median,
            quartiles=generation.spread,
            crashed=sum(one.outcome.crashed for one in generation.individuals),
            guesses=generation.guesses,
            budget=self._search.budget,
            elapsed_s=self.elapsed_s,
            guesses_per_minute=self.guesses_per_minute,
            eta_s=self.eta_s(generation.guesses),
            made=generation,
            front=() if front is None else tuple(front.guesses),
        )
