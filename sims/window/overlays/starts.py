"""The starts of a search that has several: how each did, generation after generation, and which were given up."""

from __future__ import annotations

from dataclasses import dataclass

from sims.live.messages import GenerationFacts
from sims.window.story import Story


@dataclass(frozen=True, slots=True)
class Lane:
    """One start: how its best score so far, among those that compare, went up."""

    start: int
    generations: tuple[int, ...]
    """Those at which that score changed, those before they did, and the last it took part in."""
    scores: tuple[float, ...]
    """At each of them."""
    ended: bool
    """Whether it was given up."""


class _Row:
    """One start, as far as it was read."""

    def __init__(self) -> None:
        self.generations: list[int] = []
        self.scores: list[float] = []
        self.reckoning = 0
        self.phase = ""
        """Of the last generation it took part in."""

    def add(self, facts: GenerationFacts, best: float, reckoning: int) -> None:
        """Takes in its best of one more generation; where it stays level, only the ends are kept."""
        if self.scores and self.reckoning == reckoning:
            best = max(self.scores[-1], best)
        if self.scores[-2:] == [best, best]:
            self.generations[-1] = facts.number
        else:
            self.generations.append(facts.number)
            self.scores.append(best)
        self.reckoning, self.phase = reckoning, facts.phase


class Lanes:
    """Reads the lanes out of a story, each generation once."""

    def __init__(self) -> None:
        self._of: object = None
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[int, _Row] = {}
        self._count = 0
        self._rigour = 0
        self._reckoning = 0
        """Scores compare within one."""

    def read(self, story: Story) -> list[Lane]:
        """Returns every start that is known of, in order."""
        if story.ready is not self._of or self._count > len(story.generations):
            self._of = story.ready
            self._forget()
        for facts in story.generations[self._count :]:
            self._add(facts)
        self._count = len(story.generations)
        phase = story.latest.phase if story.latest is not None else ""
        # A start that has had its share waits for the others; it is given up when the next stage begins without it.
        return [
            Lane(start, tuple(row.generations), tuple(row.scores), row.phase != phase)
            for start, row in sorted(self._rows.items())
        ]

    def _add(self, facts: GenerationFacts) -> None:
        if facts.rescored or facts.rigour != self._rigour:
            self._rigour = facts.rigour
            self._reckoning += 1
        for start, best in facts.starts:
            self._rows.setdefault(start, _Row()).add(facts, best, self._reckoning)
