"""Who descends from whom, in a search whose guesses have parents."""

from __future__ import annotations

from dataclasses import dataclass

from evo.population import Generation, Genome
from sims.evaluate import Evaluation
from sims.live.messages import Ancestor

REMEMBERED = 40
"""Generations for which somebody who has no more children is remembered: nobody waits so long to have one."""
LONGEST = 300
"""Ancestors told at most."""
SHOWN_GENES = 3
"""Genes told of each ancestor: those that changed most."""


@dataclass(slots=True, eq=False)
class _Node:
    number: int
    generation: int
    score: float
    reckoning: int
    genome: Genome
    parent: _Node | None
    seen: int
    """The generation in which it last was born or had a child."""


class Lineage:
    """The family of the guesses that are alive: dead lines, and forebears too old to be told of, are forgotten."""

    def __init__(self) -> None:
        self._known: dict[int, _Node] = {}

    def add(self, generation: Generation[Evaluation], reckoning: int) -> None:
        """Takes in a generation. Of two parents the first counts: the child began as its copy.

        Args:
            generation: with all its guesses.
            reckoning: scores compare within one.
        """
        born = []
        for one in generation.individuals:
            parent = self._known.get(one.parents[0]) if one.parents else None
            if parent is not None:
                parent.seen = generation.number
            born.append(
                _Node(
                    one.number,
                    generation.number,
                    one.score,
                    reckoning,
                    one.genome,
                    parent,
                    generation.number,
                )
            )
        self._known = {
            number: node
            for number, node in self._known.items()
            if generation.number - node.seen <= REMEMBERED
        }
        self._known.update((node.number, node) for node in born)
        for node in born:
            _forget_forebears(node)

    def line(self, number: int) -> tuple[Ancestor, ...]:
        """Returns the last ancestors of a guess, the oldest first, and itself; empty when it is not known."""
        found: list[Ancestor] = []
        node = self._known.get(number)
        while node is not None and len(found) < LONGEST:
            changed = _changed(node, node.parent)
            found.append(
                Ancestor(node.number, node.generation, node.score, node.reckoning, changed)
            )
            node = node.parent
        return tuple(reversed(found))


def _forget_forebears(node: _Node) -> None:
    """Cuts a line off where it is longer than is ever told."""
    at: _Node | None = node
    for _ in range(LONGEST):
        if at is None:
            return
        at = at.parent
    if at is not None:
        at.parent = None


def _changed(node: _Node, parent: _Node | None) -> tuple[tuple[int, float], ...]:
    if parent is None:
        return ()
    steps = [(i, a - b) for i, (a, b) in enumerate(zip(node.genome, parent.genome, strict=True))]
    steps.sort(key=lambda step: -abs(step[1]))
    return tuple(step for step in steps[:SHOWN_GENES] if step[1])
