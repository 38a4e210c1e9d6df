"""DEAP's CMA-ES as one cloud of guesses that says when it is spent.

Hansen and Ostermeier (2001), "Completely Derandomized Self-Adaptation in Evolution Strategies",
Evolutionary Computation 9(2). DEAP's version draws from the global `numpy.random`, has no stop
rules, and raises on a covariance that has lost its shape; this one does none of the three.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from deap import cma
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from evo.chance import State
from evo.operators import candidates, widened
from evo.population import Genome

TINIEST_STEP = 1e-8
"""Standard deviation along the longest axis under which nothing can be learnt, normalised units."""
HUGEST_STEP = 1e3
"""And above which every guess lies on the bounds."""
WORST_CONDITION = 1e14
"""Ratio of the covariance's eigenvalues past which floats no longer tell its axes apart."""


@cache
def _thread_pools() -> ThreadpoolController:
    """Returns the thread pools of the linear algebra; looking for them once takes milliseconds."""
    return ThreadpoolController()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keeps the linear algebra on one thread.

    Sums shared out among threads are added in another order and end in other bits, so the same
    seed would give another run on a machine with more cores. On one thread equal matrices give
    equal decompositions; that is why a saved cloud holds its covariance only and decomposes it
    again, and why every product and decomposition of this file happens in here. It is no loss:
    at fifty genes threads cost more than they bring.
    """
    with _thread_pools().limit(limits=1, user_api="blas"):
        yield


class _OwnChance(cma.Strategy):  # type: ignore[misc]  # DEAP has no types
    """DEAP's strategy, drawing from a generator of its own."""

    def __init__(self, chance: np.random.Generator, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.chance = chance

    def generate(self, ind_init: Callable[[NDArray[np.float64]], Any]) -> list[Any]:
        """Returns `lambda_` new individuals."""
        normal = self.chance.standard_normal((self.lambda_, self.dim))
        rows = self.centroid + self.sigma * np.dot(normal, self.BD.T)
        return [ind_init(row) for row in rows]


class Cloud:
    """A normal distribution of guesses that moves to where the better ones lie."""

    def __init__(
        self,
        mean: Sequence[float],
        sigma: float,
        population: int,
        chance: np.random.Generator,
        covariance: NDArray[np.float64] | None = None,
    ):
        """Makes a round cloud, or one of a given shape.

        Args:
            mean: (n_genes,) its middle, normalised units.
            sigma: its standard deviation, normalised units.
            population: guesses a generation.
            chance: what it draws from; shared with its owner, who saves it.
            covariance: (n_genes, n_genes) its shape; the unit matrix by default.
        """
        shape = {} if covariance is None else {"cmatrix": covariance}
        with _one_thread():
            self._cma = _OwnChance(chance, mean, sigma, lambda_=population, **shape)

    @property
    def population(self) -> int:
        """Guesses a generation."""
        return int(self._cma.lambda_)

    def widen(self, factor: float, smallest: float, largest: float) -> None:
        """Makes the cloud larger or smaller, its shape as it is.

        Args:
            factor: times its size now.
            smallest: limit of its standard deviation along its longest axis, normalised units.
            largest: the other limit.
        """
        axis = float(self._cma.diagD[-1])
        self._cma.sigma = widened(self._cma.sigma, factor, smallest / axis, largest / axis)

    def sample(self) -> NDArray[np.float64]:
        """Returns (population, n_genes) new guesses, not yet inside any bounds."""
        with _one_thread():
            return np.array(self._cma.generate(lambda row: row))

    def learn(self, genomes: Sequence[Genome], scores: Sequence[float]) -> bool:
        """Moves and reshapes the cloud.

        Args:
            genomes: (population,) the whole population, each (n_genes,).
            scores: (population,) finite, higher is better.

        Returns:
            Whether the cloud is still of use; if not, throw it away.
        """
        if min(scores) == max(scores):
            return False  # equal scores say nothing about a direction
        try:
            # Trouble is looked for below; a warning here would say the same less clearly.
            with _one_thread(), np.errstate(all="ignore"):
                self._cma.update(candidates(genomes, scores))
        except (np.linalg.LinAlgError, ArithmeticError):
            return False
        # A numpy float has a power function of its own; a restored cloud has a Python float.
        self._cma.sigma = float(self._cma.sigma)
        return self._is_sound()

    def _is_sound(self) -> bool:
        """Returns whether the next guesses would be finite, distinct and about the box."""
        inner = self._cma
        numbers = (inner.centroid, inner.ps, inner.pc, inner.diagD)
        if not all(np.isfinite(array).all() for array in numbers) or inner.diagD[0] <= 0:
            return False
        step = inner.sigma * inner.diagD[-1]
        return bool(TINIEST_STEP < step < HUGEST_STEP and inner.cond < WORST_CONDITION)

    def state(self) -> State:
        """Returns all that `from_state` needs, but for the generator.

        The covariance is its lower triangle, row after row: the decomposition reads no more.
        """
        inner = self._cma
        return {
            "mean": inner.centroid.tolist(),
            "sigma": inner.sigma,
            "population": self.population,
            "covariance": inner.C[np.tril_indices(inner.dim)].tolist(),
            "sigma_path": inner.ps.tolist(),
            "shape_path": inner.pc.tolist(),
            "updates": inner.update_count,
        }

    @classmethod
    def from_state(cls, state: State, chance: np.random.Generator) -> "Cloud":
        """Returns the cloud that was saved."""
        size = len(state["mean"])
        lower = np.zeros((size, size))
        lower[np.tril_indices(size)] = state["covariance"]
        whole = lower + np.tril(lower, -1).T
        cloud = cls(state["mean"], state["sigma"], state["population"], chance, whole)
        cloud._cma.ps = np.array(state["sigma_path"])
        cloud._cma.pc = np.array(state["shape_path"])
        cloud._cma.update_count = state["updates"]
        return cloud
