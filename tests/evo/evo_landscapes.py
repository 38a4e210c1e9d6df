"""Landscapes to search, and how the tests of this room run a search over them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evo.evolve import Evaluate, Search
from evo.population import Batch, Generation, Individual
from evo.settings import SearchSettings

Landscape = Callable[[NDArray[np.float64]], NDArray[np.float64]]
LOW, HIGH = -3.0, 3.0
PEAK = (0.7, -0.4, 1.1)
STRICTER = 1000.0
"""How much lower every score is under the strict look."""


@dataclass(frozen=True, slots=True)
class Seen:
    score: float


def sphere(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    away = rows - np.resize(PEAK, rows.shape[1])
    return -(away**2).sum(axis=1)


def rastrigin(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    away = rows - np.resize(PEAK, rows.shape[1])
    return -(10 + away**2 - 10 * np.cos(2 * np.pi * away)).sum(axis=1)


def flat(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.full(len(rows), 2.5)


def look(landscape: Landscape) -> Evaluate[Seen]:
    def evaluate(batch: Batch) -> list[Seen]:
        scores = landscape(np.array(batch.genomes)) - STRICTER * batch.rigour
        return [Seen(score) for score in scores.tolist()]

    return evaluate


def begin(settings: SearchSettings, n_genes: int) -> Search:
    return Search(settings, *place(n_genes))


def place(n_genes: int) -> tuple[list[float], list[float], list[float]]:
    return [0.0] * n_genes, [LOW] * n_genes, [HIGH] * n_genes


def walk(search: Search, evaluate: Evaluate[Seen]) -> Iterator[Generation[Seen]]:
    while not search.done:
        yield search.step(evaluate)


def guesses(generations: Iterable[Generation[Seen]]) -> list[Individual[Seen]]:
    return [one for generation in generations for one in generation.individuals]


def trace(generations: Iterable[Generation[Seen]]) -> list[str]:
    """Every bit of every generation: a float's shortest repr names exactly one float."""
    return [
        json.dumps(
            [
                generation.number,
                generation.phase,
                generation.guesses,
                [
                    [one.number, one.genome, one.score, one.parents, one.start, one.rigour]
                    for one in generation.individuals
                ],
            ]
        )
        for generation in generations
    ]
