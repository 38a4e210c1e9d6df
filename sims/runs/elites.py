"""The best guesses so far, each with what came of it: those who may go to the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evo.population import WORST, Generation, Genome
from sims.evaluate import Evaluation, evaluation_from

KEPT = 12
"""Guesses kept at each rigour."""
AT_THE_GATE = 12
"""Guesses that go to the gate at most."""
_STRICT_FIRST = 8
"""Strictly looked at ones among them, if there are others: these are often nearly the same walk."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One evaluated genome and where it came from."""

    number: int
    """Its place in the run, from 0."""
    generation: int
    """From 1."""
    genome: Genome
    parents: tuple[int, ...]
    rigour: int
    evaluation: Evaluation

    @property
    def score(self) -> float:
        """Returns its score; compares within one rigour only."""
        return self.evaluation.score

    def document(self) -> dict[str, Any]:
        """Returns it as plain JSON values; `guess_from` reads it back, equal."""
        return asdict(self) | {
            "genome": list(self.genome),
            "parents": list(self.parents),
            "evaluation": self.evaluation.document(),
        }


def guess_from(document: Mapping[str, Any]) -> Guess:
    """Returns what `Guess.document` gave, after JSON."""
    return Guess(
        number=document["number"],
        generation=document["generation"],
        genome=tuple(document["genome"]),
        parents=tuple(document["parents"]),
        rigour=document["rigour"],
        evaluation=evaluation_from(document["evaluation"]),
    )


def guesses_of(generation: Generation[Evaluation]) -> list[Guess]:
    """Returns the guesses of a generation, in the order asked."""
    return [
        Guess(one.number, generation.number, one.genome, one.parents, one.rigour, one.outcome)
        for one in generation.individuals
    ]


class Elites:
    """The best few distinct guesses of each rigour."""

    def __init__(self, guesses: Iterable[Guess] = ()) -> None:
        self._ranked: dict[int, list[Guess]] = {}
        self.add(guesses)

    def add(self, guesses: Iterable[Guess]) -> None:
        """Takes in those that are among the best; of equals the earliest."""
        for guess in guesses:
            if guess.evaluation.crashed or guess.score <= WORST:
                continue
            ranked = self._ranked.setdefault(guess.rigour, [])
            if all(guess.genome != other.genome for other in ranked):
                ranked.append(guess)
        for ranked in self._ranked.values():
            ranked.sort(key=lambda guess: (-guess.score, guess.number))
            del ranked[KEPT:]

    @property
    def best(self) -> Guess | None:
        """The best of those looked at most strictly; None when no guess has come to anything."""
        return self._ranked[max(self._ranked)][0] if self._ranked else None

    def candidates(self) -> list[Guess]:
        """Returns who goes to the gate: the strictly looked at first, the best of each first."""
        rigours = sorted(self._ranked, reverse=True)
        ranked = [guess for rigour in rigours for guess in self._ranked[rigour]]
        if len(rigours) > 1:
            strict = self._ranked[rigours[0]]
            known = {guess.genome for guess in strict}
            others = [guess for guess in ranked if guess.genome not in known]
            ranked = strict[:_STRICT_FIRST] + others + strict[_STRICT_FIRST:]
        return ranked[:AT_THE_GATE]

    def document(self) -> list[dict[str, Any]]:
        """Returns them as plain JSON values, for `elites_from`."""
        return [guess.document() for ranked in self._ranked.values() for guess in ranked]


def elites_from(document: Iterable[Mapping[str, Any]]) -> Elites:
    """Returns what `Elites.document` gave, after JSON."""
    return Elites(guess_from(one) for one in document)
