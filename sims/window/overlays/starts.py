"""The starts of a search that has several: how each did, generation after generation, and which were given up."""

from __future__ import annotations

from dataclasses import dataclass

from sims.live.messages import GenerationFacts
from sims.window.story import Story


@dataclass(frozen=True, slots=True)
class Lane:
    """One start."""

    start: int
    generations: tuple[int, ...]
    """Those it took part in."""
    scores: tuple[float, ...]
    """Its best score so far at each of them, among those that compare."""
    ended: bool
    """Whether it was given up."""


class Lanes:
    """Reads the lanes out of a story; what was read of a generation is kept."""

    def __init__(self) -> None:
        self._of: object = None
        self._bests: list[dict[int, float]] = []

    def read(self, story: Story) -> list[Lane]:
        """Returns every start that is known of, in order."""
        if story.ready is not self._of or len(self._bests) > len(story.generations):
            self._of, self._bests = story.ready, []
        for facts in story.generations[len(self._bests) :]:
            self._bests.append(dict(facts.starts))
        starts = sorted({start for bests in self._bests for start in bests})
        return [self._lane(start, story.generations) for start in starts]

    def _lane(self, start: int, generations: list[GenerationFacts]) -> Lane:
        numbers: list[int] = []
        scores: list[float] = []
        last: GenerationFacts | None = None
        for facts, bests in zip(generations, self._bests, strict=True):
            if facts.turned:
                last = None
            if start not in bests:
                continue
            compares = last is not None and last.rigour == facts.rigour
            score = max(scores[-1], bests[start]) if compares else bests[start]
            numbers.append(facts.number)
            scores.append(score)
            last = facts
        took_part = generations[numbers[-1] - 1]
        # A start that has had its share waits for the others; it is given up when the next stage begins without it.
        ended = took_part.phase != generations[-1].phase
        return Lane(start, tuple(numbers), tuple(scores), ended)
