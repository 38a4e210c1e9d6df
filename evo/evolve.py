"""The loop: ask for guesses, have them evaluated, tell their scores."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from evo.box import Box
from evo.chance import State
from evo.population import Batch, Generation, Individual, O, finite_score, finite_values
from evo.settings import SearchSettings
from evo.strategies import make_strategy

Evaluate: TypeAlias = Callable[[Batch], Sequence[O]]
"""Returns one outcome for each genome of a batch, in the order asked, by however many workers."""


class Search:
    """A search that its caller advances, and may save between two steps."""

    def __init__(
        self,
        settings: SearchSettings,
        start: Sequence[float],
        low: Sequence[float],
        high: Sequence[float],
        found: bool = False,
    ):
        """Begins a search.

        Args:
            settings: which search, its seed, its budget.
            start: (n_genes,) the middle of the first guesses, normalised units.
            low: (n_genes,) the lowest value of each gene.
            high: (n_genes,) the highest.
            found: whether the start was found by an earlier search: then it is the first guess, too.
        """
        box = Box(_floats(start), _floats(low), _floats(high), found)
        self._box = box
        self._settings = settings
        self._strategy = make_strategy(settings, box)
        self._generation = 0

    @classmethod
    def restore(
        cls,
        state: State,
        settings: SearchSettings,
        start: Sequence[float],
        low: Sequence[float],
        high: Sequence[float],
        found: bool = False,
    ) -> "Search":
        """Returns the search that was saved; it goes on as if nothing had happened.

        Raises:
            ValueError: the state is another search's.
        """
        search = cls(settings, start, low, high, found)
        search._strategy = make_strategy(settings, search._box, state["search"])
        search._generation = state["generation"]
        return search

    @property
    def done(self) -> bool:
        """Whether the budget is spent."""
        return self._strategy.done

    @property
    def generation(self) -> int:
        """Generations made so far."""
        return self._generation

    @property
    def guesses(self) -> int:
        """Guesses made so far."""
        return self._strategy.guesses

    def state(self) -> State:
        """Returns all that `restore` needs, as JSON can hold it without losing a bit."""
        return {"generation": self._generation, "search": self._strategy.state()}

    def turn(self, spread: float = 1.0, rescored: bool = False) -> None:
        """Changes how it goes on, between two steps; `state` keeps the effect.

        Args:
            spread: the changes from one guess to the next become so many times as large, within bounds that leave a
                search something to find: the size of each cloud of `cma` now, the mutations of the others for good.
            rescored: scores from now on do not compare with those made so far, as when the look becomes stricter.

        Raises:
            RuntimeError: a batch waits for its scores.
            ValueError: `spread` is no number above 0.
        """
        self._strategy.turn(spread, rescored)

    def step(self, evaluate: Evaluate[O]) -> Generation[O]:
        """Makes one generation of guesses.

        If `evaluate` raises, nothing is learnt, and the next step asks for the same guesses.

        Raises:
            RuntimeError: the budget is spent.
            ValueError: `evaluate` did not return one outcome for each genome.
        """
        batch = self._strategy.ask()
        outcomes = evaluate(batch)
        if len(outcomes) != len(batch):
            raise ValueError(f"{len(batch)} genomes to evaluate, {len(outcomes)} outcomes returned")
        individuals = _individuals(batch, outcomes, self._strategy.guesses)
        self._strategy.tell(
            [individual.score for individual in individuals],
            [individual.values for individual in individuals],
        )
        self._generation += 1
        return Generation(self._generation, batch.phase, batch.rigour, individuals, self.guesses)


def evolve(
    settings: SearchSettings,
    start: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    evaluate: Evaluate[O],
    state: State | None = None,
) -> Iterator[Generation[O]]:
    """Yields generation after generation until the budget is spent.

    Args:
        settings: which search, its seed, its budget.
        start: (n_genes,) the middle of the first guesses, normalised units.
        low: (n_genes,) the lowest value of each gene.
        high: (n_genes,) the highest.
        evaluate: gives each genome of a batch its outcome.
        state: what `Search.state` returned, to go on from there.
    """
    place = (settings, start, low, high)
    search = Search(*place) if state is None else Search.restore(state, *place)
    while not search.done:
        yield search.step(evaluate)


def _floats(values: Sequence[float]) -> tuple[float, ...]:
    """Returns the values as plain floats, which JSON keeps to the bit."""
    return tuple(float(value) for value in values)


def _individuals(
    batch: Batch, outcomes: Sequence[O], first_number: int
) -> tuple[Individual[O], ...]:
    """Returns the batch with its outcomes, numbered from `first_number`."""
    rows = zip(batch.genomes, outcomes, batch.parents, batch.starts, strict=True)
    return tuple(
        Individual(
            number=first_number + i,
            genome=genome,
            outcome=outcome,
            score=finite_score(outcome.score),
            parents=parents,
            start=start,
            rigour=batch.rigour,
            values=finite_values(outcome),
        )
        for i, (genome, outcome, parents, start) in enumerate(rows)
    )
