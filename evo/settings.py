"""Everything a search can be told, checked once, where it is made."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

MOST_PEOPLE = 10_000
"""Guesses a generation: more is a slip of the keyboard, and would fill the memory."""


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The settings of one search.

    Attributes:
        strategy: a name in `evo.strategies.STRATEGIES`.
        seed: all chance in the search follows from it; 0 or more.
        budget: guesses to make, exactly; 1 or more.
        sigma: standard deviation of the first guesses about the start, normalised units.
        population: guesses a generation (of each start, for `cma`); None for the strategy's own.
        strict_from: share of the budget after which guesses get the strict look (rigour 1).
        guesses_per_start: `cma` makes one start for so many guesses of the budget.
        max_starts: `cma`, the most starts.
        scout_share: `cma`, share of the budget each start gets before the first cull.
        deepen_starts: `cma`, how many starts outlive the first cull.
        deepen_share: `cma`, share of the budget each of those gets before the second cull.
        start_offset: `cma`, standard deviation of the other starts about the first, in sigmas.
        patience: `cma`, generations without a better guess before a start begins anew.
        tournament: `ga`, how many meet in a tournament.
        elites: `ga`, how many of the best are carried over unchanged.
        restart_every: `hill`, rounds after which the worst climber joins the best.
    """

    strategy: str = "cma"
    seed: int = 1
    budget: int = 10_000
    sigma: float = 0.5
    population: int | None = None
    strict_from: float = 0.8
    guesses_per_start: int = 600
    max_starts: int = 8
    scout_share: float = 0.06
    deepen_starts: int = 2
    deepen_share: float = 0.12
    start_offset: float = 0.5
    patience: int = 40
    tournament: int = 3
    elites: int = 2
    restart_every: int = 20

    def __post_init__(self) -> None:
        for fault in self._faults():
            raise ValueError(fault)

    @property
    def n_starts(self) -> int:
        """How many starts `cma` makes with this budget."""
        return min(max(self.budget // self.guesses_per_start, 1), self.max_starts)

    def rigour_at(self, guesses: int) -> int:
        """Returns how strictly to look once so many guesses have been made.

        A generation has one rigour, that of its beginning: a budget of a single generation is
        all quick looks.
        """
        return int(guesses >= self.strict_from * self.budget)

    def _faults(self) -> Iterator[str]:
        """Yields one clear line for each thing wrong."""
        yield from self._small_counts()
        if not (math.isfinite(self.sigma) and self.sigma > 0):
            yield f"sigma must be a number above 0, not {self.sigma!r}"
        if not (math.isfinite(self.start_offset) and self.start_offset >= 0):
            yield f"start_offset must be a number of 0 or more, not {self.start_offset!r}"
        for name in ("strict_from", "scout_share", "deepen_share"):
            if not 0 <= getattr(self, name) <= 1:
                yield f"{name} must be a share from 0 to 1, not {getattr(self, name)!r}"
        if self.scout_share == 0:
            yield "scout_share must be more than 0: there is nothing to deepen without a first look"
        if self._shared_out > 1:
            yield f"scout_share and deepen_share give away {self._shared_out:.0%} of the budget"
        if self.population is not None and self.population > MOST_PEOPLE:
            yield f"population must be at most {MOST_PEOPLE:,}, not {self.population:,}"
        if self.population is not None and self.elites >= self.population:
            yield f"elites must be fewer than population, not {self.elites!r}"

    @property
    def _shared_out(self) -> float:
        """Share of the budget spent before the last start is chosen."""
        deepened = min(self.deepen_starts, self.n_starts)
        return self.n_starts * self.scout_share + deepened * self.deepen_share

    def _small_counts(self) -> Iterator[str]:
        """Yields a line for each count that is no whole number or is too small."""
        least = {
            "seed": 0,
            "budget": 1,
            "guesses_per_start": 1,
            "max_starts": 1,
            "deepen_starts": 1,
            "patience": 1,
            "tournament": 1,
            "elites": 0,
            "restart_every": 1,
        }
        if self.population is not None:
            least["population"] = 4
        for name, low in least.items():
            value = getattr(self, name)
            if not isinstance(value, int) or value < low:
                yield f"{name} must be a whole number of {low} or more, not {value!r}"
