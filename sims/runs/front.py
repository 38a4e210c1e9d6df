"""The front of a run with several aims: the walkers so far whom nobody beats in all of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evo.pareto import front, hypervolume, thinned
from evo.population import Values
from sims.aims import AIMS, REFERENCE
from sims.runs.elites import Guess, guess_from

MOST = 60
"""Walkers kept while the run goes on, of each rigour; the most crowded are let go first."""
WRITTEN = 24
"""Walkers of the finished front: enough to choose among, few enough to look at."""
SEEN = 600
"""Walkers that are remembered by their values alone, to show what the front left behind."""
GENTLEST, FASTEST, CHEAPEST, BALANCED = "gentlest", "fastest", "cheapest", "balanced"
NAMES: Mapping[str, str] = {
    GENTLEST: "the gentlest walker",
    FASTEST: "the fastest",
    CHEAPEST: "the cheapest",
    BALANCED: "the most balanced",
}


class Front:
    """The best of all walkers so far, and a thinned memory of the others."""

    def __init__(self) -> None:
        self._held: dict[int, list[Guess]] = {}
        self._seen: list[tuple[int, int, Values]] = []
        self._stride = 1

    def add(self, guesses: Iterable[Guess]) -> None:
        """Takes in the walkers whom nobody beats, and lets those go whom they beat; of equals the earliest stays."""
        for guess in guesses:
            if guess.evaluation.values:
                self._held.setdefault(guess.rigour, []).append(guess)
                self._remember(guess)
        for rigour, held in self._held.items():
            values = [guess.evaluation.values for guess in held]
            kept = [held[i] for i in front(values)]
            chosen = thinned([guess.evaluation.values for guess in kept], MOST)
            self._held[rigour] = [kept[i] for i in chosen]

    def _remember(self, guess: Guess) -> None:
        """Keeps every so manieth number: no chance in it, and no more than fit."""
        self._seen.append((guess.number, guess.rigour, guess.evaluation.values))
        while len(self._seen) > SEEN:
            self._stride *= 2
            self._seen = [one for one in self._seen if one[0] % self._stride == 0]

    @property
    def guesses(self) -> list[Guess]:
        """The front of those looked at most strictly, from the gentlest to the fastest."""
        return in_order(self._held[max(self._held)]) if self._held else []

    def chosen(self, most: int = WRITTEN) -> list[Guess]:
        """Returns at most so many of them, spread out along the front."""
        whole = self.guesses
        kept = [whole[i] for i in thinned([guess.evaluation.values for guess in whole], most)]
        best = max(whole, key=lambda guess: guess.score, default=None)
        if best is not None and best not in kept:  # who may become champion is always asked
            fewer = thinned([guess.evaluation.values for guess in whole], most - 1)
            kept = in_order([*(whole[i] for i in fewer), best])
        return kept

    @property
    def worth(self) -> float:
        """How much of what can be had is had: the hypervolume of the front from `REFERENCE`."""
        return hypervolume([guess.evaluation.values for guess in self.guesses], REFERENCE)

    def left_behind(self) -> list[Values]:
        """Returns the values of some of the walkers, of the same rigour, that are not on the front."""
        on_it = {guess.evaluation.values for guess in self.guesses}
        rigour = max(self._held, default=0)
        return [v for _, looked, v in self._seen if looked == rigour and v not in on_it]

    def document(self) -> dict[str, Any]:
        """Returns it as plain JSON values, for `front_from`."""
        return {
            "held": [guess.document() for held in self._held.values() for guess in held],
            "seen": [[number, rigour, list(values)] for number, rigour, values in self._seen],
            "stride": self._stride,
        }


def front_from(document: Mapping[str, Any] | None) -> Front:
    """Returns what `Front.document` gave, after JSON; a new one for None."""
    found = Front()
    if document is not None:
        for one in document["held"]:
            guess = guess_from(one)
            found._held.setdefault(guess.rigour, []).append(guess)
            _check_values(guess.evaluation.values)
        found._seen = [(number, rigour, tuple(v)) for number, rigour, v in document["seen"]]
        for _, _, values in found._seen:
            _check_values(values)
        if len({number for number, _, _ in found._seen}) < len(found._seen):
            raise ValueError("a guess was seen twice")
        found._stride = document["stride"]
        if not isinstance(found._stride, int) or found._stride < 1:
            raise ValueError("the stride must be a whole number above 0")
    return found


def _check_values(values: Values) -> None:
    if len(values) != len(AIMS) or not all(math.isfinite(value) for value in values):
        raise ValueError(f"the worth of a walker must be {len(AIMS)} finite numbers")


def in_order(guesses: Sequence[Guess]) -> list[Guess]:
    """Returns the guesses from the gentlest to the fastest: by speed, but for the gentlest, who comes first."""
    if not guesses:
        return []
    gentlest = guesses[_best([guess.evaluation.values for guess in guesses], 1)]
    others = [guess for guess in guesses if guess is not gentlest]
    return [gentlest, *sorted(others, key=lambda one: (one.evaluation.values, one.number))]


def names(values: Sequence[Values]) -> dict[int, list[str]]:
    """Returns index -> the names it deserves, for those that deserve any.

    Args:
        values: (n,) of a front, in the order of `sims.aims.AIMS`.
    """
    if not values:
        return {}
    found: dict[int, list[str]] = {}
    for name, index in (
        (GENTLEST, _best(values, 1)),
        (FASTEST, _best(values, 0)),
        (CHEAPEST, _best(values, 2)),
        (BALANCED, _balanced(values)),
    ):
        found.setdefault(index, []).append(name)
    return found


def _best(values: Sequence[Values], aim: int) -> int:
    """Returns the index of the best in one aim; of equals the better in all others."""
    return max(range(len(values)), key=lambda i: (values[i][aim], values[i]))


def _balanced(values: Sequence[Values]) -> int:
    """Returns the index of the one nearest to the best of every aim at once, each aim by its range on the front."""
    columns = list(zip(*values, strict=True))
    ideal = [max(column) for column in columns]
    width = [max(column) - min(column) or 1.0 for column in columns]

    def away(index: int) -> float:
        one = values[index]
        parts = [(b - v) / w for v, b, w in zip(one, ideal, width, strict=True)]
        return float(sum(part * part for part in parts))

    return min(range(len(values)), key=lambda i: (away(i), i))
