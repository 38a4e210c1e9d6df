"""What is left to do of a study: how each cell stands, and how long it will all take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sims.batch.messages import AtTheGate, Begun, Step, Word
from sims.batch.study import Cell

MOST_DEATHS = 3
"""So many deaths without a new generation in between, and the cell has failed."""
_STRICT = 1.2
"""The last fifth of the guesses are looked at twice: so much work is a cell, in first guesses."""


@dataclass(slots=True)
class Work:
    """A cell that is not finished."""

    cell: Cell
    tries: int = 1
    deaths: int = 0
    """Without a new generation in between."""
    generation: int = 0
    guesses: int = 0
    left_s: float | None = None
    """Of its guesses; None while that is not known."""
    core_s: float | None = None
    """Seconds of one core that a guess takes; None while that is not known."""
    at_the_gate: bool = False

    @property
    def budget(self) -> int:
        """How many guesses are to be made."""
        return int(self.cell.settings["guesses"])

    def hear(self, word: Word, cores: int) -> None:
        """Takes in what its process says.

        Args:
            word: just said.
            cores: at work on it.
        """
        match word:
            case Begun():
                self.guesses, self.at_the_gate = word.guesses, False
            case Step():
                if word.generation > self.generation:
                    self.deaths = 0
                self.generation, self.guesses = word.generation, word.guesses
                self.left_s = word.left_s
                self.core_s = 60.0 * cores / max(word.per_minute, 1e-6)
            case AtTheGate():
                self.at_the_gate, self.left_s = True, 0.0

    def died(self) -> bool:
        """Counts a death; returns whether that was one too many."""
        self.deaths += 1
        self.left_s, self.at_the_gate = None, False
        return self.deaths >= MOST_DEATHS


def left_s(running: Sequence[tuple[Work, int]], waiting: Sequence[Work], workers: int) -> float:
    """Returns how many seconds a study will still take, if it goes on like that.

    Args:
        running: cells with a process, and the cores that work on each.
        waiting: the others that are not finished.
        workers: cores in all.
    """
    known = [work.core_s for work, _ in running if work.core_s is not None]
    typical = sum(known) / len(known) if known else 0.0
    core_s = sum(_left_s(work, cores, typical) * cores for work, cores in running)
    core_s += sum(_core_s(work, typical) for work in waiting)
    # The longest one can be given every core, once no other waits.
    return core_s / max(workers, 1)


def _left_s(work: Work, cores: int, typical: float) -> float:
    return _core_s(work, typical) / cores if work.left_s is None else work.left_s


def _core_s(work: Work, typical: float) -> float:
    each = typical if work.core_s is None else work.core_s
    return max(work.budget - work.guesses, 0) * _STRICT * each
