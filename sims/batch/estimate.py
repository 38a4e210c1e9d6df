"""How long a study will take, from a few trials of each of its animals."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from creatures.assemble import assemble
from evo.evolve import Search
from evo.population import Batch
from sims.batch.study import Cell
from sims.evaluate import Evaluation, Task, evaluate
from sims.runs.configuration import resolve

TRIED = 6
"""Trials of each animal."""
_STRICT = 1.2
"""The last fifth of the guesses are looked at twice."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long it will take."""

    least_s: float
    """If guesses fell as soon as the first ones do."""
    most_s: float
    """If every one walked to the end."""


def estimate(cells: Sequence[Cell], workers: int) -> Estimate:
    """Measures a few trials of each animal, and reckons with them.

    Args:
        cells: those that are to be made.
        workers: cores at work.

    Raises:
        BadFile: a species is wrong.
        RunError: the settings of a cell are.
    """
    least = most = 0.0
    speeds: dict[tuple[str, str], tuple[float, float]] = {}
    for cell in cells:
        key = (cell.species, cell.settings["seconds"])
        if key not in speeds:
            speeds[key] = _measured(cell)
        guess_s, whole_s = speeds[key]
        least += guess_s * _STRICT * int(cell.settings["guesses"])
        most += whole_s * _STRICT * int(cell.settings["guesses"])
    return Estimate(least / workers, most / workers)


def _measured(cell: Cell) -> tuple[float, float]:
    """Returns the seconds a first guess takes, and one that walks to the end would."""
    configuration = resolve(cell.run_settings(Path()))
    task = Task(assemble(configuration.species), configuration.trial, configuration.objective)
    took: list[tuple[float, float]] = []

    def look(batch: Batch) -> list[Evaluation]:
        found = []
        for genome in batch.genomes[:TRIED]:
            before = time.perf_counter()
            found.append(evaluate(task, genome))
            took.append((time.perf_counter() - before, float(found[-1].measures["time_up_s"])))
        return [*found, *[found[-1]] * (len(batch) - len(found))]

    search: Search = configuration.new_search()
    search.step(look)
    seconds, up = (sum(column) for column in zip(*took, strict=True))
    return seconds / len(took), seconds / max(up, 1e-3) * configuration.trial.seconds
