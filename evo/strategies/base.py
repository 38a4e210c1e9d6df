"""What every search shares: ask, tell, counting guesses, trimming to the budget, saving.

A search fills in `_propose`, `_learn`, `_widen`, `_forget_scores`, `_save` and `_load`. A score is one
float; a search for several goals at once overrides `_learn_values` instead of `_learn`.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence

from evo.box import Box
from evo.chance import State
from evo.population import Batch, Values
from evo.settings import SearchSettings

WIDEST_SPREAD = 20.0
"""All turns together make mutations at most so many times as large as they were, or as small."""


class Strategy(ABC):
    """A search: ask it for a batch, tell it the scores, and again until the budget is spent.

    Attributes:
        settings: what it was told to do.
        box: where it may guess.
        guesses: guesses told so far, which is also the number of the next one.
    """

    name: str
    own_population: int
    """Guesses a generation unless the settings say otherwise."""

    def __init__(self, settings: SearchSettings, box: Box):
        self.settings = settings
        self.box = box
        self.guesses = 0
        self._asked: Batch | None = None

    @property
    def population(self) -> int:
        """Guesses a generation."""
        return self.settings.population or self.own_population

    @property
    def done(self) -> bool:
        """Whether the budget is spent."""
        return self.guesses >= self.settings.budget

    def ask(self) -> Batch:
        """Returns the next genomes to evaluate; the same ones until their scores are told.

        The last batch is cut so that the budget is met exactly.

        Raises:
            RuntimeError: the budget is spent.
        """
        if self.done:
            raise RuntimeError(f"all {self.settings.budget} guesses have been made")
        if self._asked is None:
            self._asked = self._propose().first(self.settings.budget - self.guesses)
        return self._asked

    def tell(self, scores: Sequence[float], values: Sequence[Values] | None = None) -> None:
        """Learns from the scores of the last batch.

        Args:
            scores: (n_guesses,) finite, higher is better, in the order asked.
            values: (n_guesses,) what each is worth in several goals, empty for one that does not count; None
                where there is one goal, the score.

        Raises:
            RuntimeError: nothing was asked.
            ValueError: the scores are not one finite number for each genome asked.
        """
        if self._asked is None:
            raise RuntimeError("there is no batch to tell the scores of: ask first")
        if len(scores) != len(self._asked):
            raise ValueError(f"{len(self._asked)} genomes were asked, {len(scores)} scores told")
        if not all(math.isfinite(score) for score in scores):
            raise ValueError("scores must be finite")
        batch, self._asked = self._asked, None
        self._learn_values(batch, scores, values or [()] * len(batch))
        self.guesses += len(batch)

    def turn(self, spread: float = 1.0, rescored: bool = False) -> None:
        """Changes how it goes on, between two generations.

        Args:
            spread: changes of the guesses become so many times as large; above 0.
            rescored: scores from now on do not compare with those made so far.

        Raises:
            RuntimeError: a batch waits for its scores.
            ValueError: `spread` is no number above 0.
        """
        if self._asked is not None:
            raise RuntimeError("a search can be turned between generations only")
        if not (math.isfinite(spread) and spread > 0):
            raise ValueError(f"spread must be a number above 0, not {spread!r}")
        if spread != 1.0:
            self._widen(spread)
        if rescored:
            self._forget_scores()

    def state(self) -> State:
        """Returns all that `restore` needs, as JSON can hold it without losing a bit.

        Raises:
            RuntimeError: a batch waits for its scores.
        """
        if self._asked is not None:
            raise RuntimeError("a search can be saved between generations only")
        n_genes = self.box.n_genes
        return {"strategy": self.name, "n_genes": n_genes, "guesses": self.guesses} | self._save()

    def restore(self, state: State) -> None:
        """Becomes the search that was saved.

        Raises:
            ValueError: the state is another search's.
        """
        for key, mine in (("strategy", self.name), ("n_genes", self.box.n_genes)):
            if state[key] != mine:
                raise ValueError(f"the saved search has {key} {state[key]!r}, this one {mine!r}")
        self.guesses = state["guesses"]
        self._asked = None
        self._load(state)

    @abstractmethod
    def _propose(self) -> Batch:
        """Returns the next batch, whatever is left of the budget."""

    @abstractmethod
    def _learn(self, batch: Batch, scores: Sequence[float]) -> None:
        """Learns from a batch, which is shorter than proposed only if it is the last.

        `guesses` is still the number of the batch's first guess.
        """

    def _learn_values(
        self, batch: Batch, scores: Sequence[float], _values: Sequence[Values]
    ) -> None:
        """Learns from a batch whose guesses may be worth something in several goals; see `_learn`."""
        self._learn(batch, scores)

    @abstractmethod
    def _widen(self, factor: float) -> None:
        """Makes the changes of the guesses so many times as large."""

    @abstractmethod
    def _forget_scores(self) -> None:
        """Lets no score made so far be compared with one to come."""

    @abstractmethod
    def _save(self) -> State:
        """Returns what this search alone has to save."""

    @abstractmethod
    def _load(self, state: State) -> None:
        """Takes up what `_save` returned."""
