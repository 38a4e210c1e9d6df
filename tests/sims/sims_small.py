"""Small real runs, guesses that misbehave, and how the tests of this room make them."""

import os
import signal
import time
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from creatures.species import load_species
from evo.settings import SearchSettings
from sims.evaluate import Evaluation, Task, Unit, evaluate, look
from sims.gate import Gate
from sims.physics.trial import TrialSettings, run_trial
from sims.platform import platform
from sims.runs.configuration import Configuration, RunSettings
from sims.runs.crown import genome_of
from sims.runs.elites import Guess
from sims.runs.pool import processes
from sims.runs.run import start
from sims.score import OBJECTIVES

TRIAL = TrialSettings(seconds=0.6)
SEARCH = {"population": 6, "strict_from": 0.5}
GUESSES = 30
DEADLY = -13.0
"""As a first gene."""


@lru_cache
def configuration() -> Configuration:
    return Configuration(
        load_species("velociraptor"), SearchSettings(), OBJECTIVES["walk"], TRIAL, platform()
    )


@lru_cache
def a_genome():
    """A genome with everything a file can have."""
    chosen = configuration()
    genes = chosen.table().start
    guess = Guess(5, 2, genes, (1, 3), 1, evaluate(chosen.task(), genes, 1))
    gate = Gate(0.9, {"half the step": 0.9, "mass +2 %": 1.0})
    return genome_of(chosen, guess, gate, run_trial(chosen.skeleton(), genes, TRIAL))


def settings(home: Path, workers: int = 0, **others) -> RunSettings:
    given = {"guesses": GUESSES, "trial": TRIAL, "search": SEARCH} | others
    return RunSettings(load_species("velociraptor"), workers=workers, home=home, **given)


def files(folder: Path) -> dict[str, bytes]:
    """What must not depend on workers, kills and clocks."""
    kept = [folder / "best.json", folder / "history.jsonl", folder / "run.toml"]
    kept += sorted((folder / "champions").iterdir())
    return {str(path.relative_to(folder)): path.read_bytes() for path in kept}


def finished(home: Path, workers: int, **others) -> dict[str, bytes]:
    return files(start(settings(home, workers, **others)).go().folder)


def units(count: int) -> list[Unit]:
    start = configuration().table().start
    return [Unit((0.01 * k, *start[1:]), (TRIAL,)) for k in range(count)]


def quick(_task: Task, unit: Unit) -> Evaluation:
    """No trial at all."""
    return Evaluation(unit.genome[0], unit.genome[0], {}, "finished", "", {}, "", b"")


def deadly(task: Task, unit: Unit) -> Evaluation:
    """One genome takes its process with it."""
    if unit.genome[0] == DEADLY:
        os.abort()
    return quick(task, unit)


def heavy(task: Task, unit: Unit) -> Evaluation:
    """The score is the gravity of the task; one genome takes its process with it."""
    if unit.genome[0] == DEADLY:
        os.abort()
    return replace(quick(task, unit), score=task.trial.gravity_scale)


def hanging(task: Task, unit: Unit) -> Evaluation:
    if unit.genome[0] == DEADLY:
        time.sleep(3600.0)
    return quick(task, unit)


def raising(task: Task, unit: Unit) -> Evaluation:
    if unit.genome[0] == DEADLY:
        raise RuntimeError("no such luck")
    return quick(task, unit)


def killed_once(marker: str, task: Task, unit: Unit) -> Evaluation:
    """Something kills a worker from outside, once."""
    if unit.genome[0] == DEADLY and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return quick(task, unit)


def slow(task: Task, unit: Unit) -> Evaluation:
    time.sleep(0.2)
    return quick(task, unit)


def dead_on_arrival(count, _prepare, _arguments):
    """Makes an executor whose processes die before they begin."""
    return processes(count, os.abort, ())


def deadly_genome(genome, task: Task, unit: Unit) -> Evaluation:
    """One genome of a real run takes its process with it."""
    if unit.genome == genome:
        os.abort()
    return look(task, unit)


def with_deadly_genome(genome, count, prepare, arguments):
    """Makes the executor in which it does."""
    token, task, _ = arguments
    return processes(count, prepare, (token, task, partial(deadly_genome, genome)))
