"""How fast a trial is, as ratios measured in one run: ``python -m tests.benchmarks.trial``.

Prints one JSON line a figure. Each ratio is the median of pairs taken in turn, so a machine that slows down slows both.

trial_over_floor        a whole trial over as many bare compiled steps of the same animal from the same standing pose
python_loop_over_trial  the same trial as an ordinary pymunk loop in Python (`python_loop.py`) over the trial
two_workers_over_one    trials a second of two workers over one; beside it the same for two bare C loops (the machine's
                        own ceiling)
space_build_share       building the space, as a share of a whole trial
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from creatures.assemble import assemble
from creatures.compiled import compiled
from creatures.skeleton import Skeleton
from creatures.species import load_species
from sims.physics import world
from sims.physics.chipmunk import step
from sims.physics.log import SETTLE
from sims.physics.terrain import Terrain, ground
from sims.physics.trial import REACH, STEPS_PER_UNIT, TrialSettings, gene_table, run_trial, step_of
from tests.benchmarks.python_loop import python_trial

PAIRS = 9
SPECIES = ("tyrannosaurus", "velociraptor")
STANDING = TrialSettings(may_stall=True)


@compiled
def _bare(space: int, steps: int, dt: float) -> None:
    for _ in range(steps):
        step(space, dt)


def _seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def _say(figure: str, ratio: float, **more: object) -> None:
    print(json.dumps({"figure": figure, "ratio": round(ratio, 4), **more}), flush=True)


def _build(skeleton: Skeleton) -> world.World:
    land = ground(Terrain(), skeleton.hip_height, REACH * skeleton.hip_height)
    return world.build(skeleton, land, STANDING.iterations, step_of(skeleton, STANDING))


def _steps(skeleton: Skeleton) -> int:
    units = STANDING.seconds / skeleton.time_unit + SETTLE
    return round(units * STEPS_PER_UNIT)


def floor(name: str) -> None:
    """A trial against its floor, and the share of building."""
    skeleton = assemble(load_species(name))
    genome, dt, steps = gene_table(skeleton).zeros, step_of(skeleton, STANDING), _steps(skeleton)
    place = _build(skeleton)  # held: a world that is let go takes its space along
    _bare(place.address, 1, dt)
    run_trial(skeleton, genome, STANDING)
    ratios, shares, trials = [], [], []
    for _ in range(PAIRS):
        place = _build(skeleton)
        bare = _seconds(lambda place=place: _bare(place.address, steps, dt))
        trial = _seconds(lambda: run_trial(skeleton, genome, STANDING))
        ratios.append(trial / bare)
        trials.append(trial)
        shares.append(_seconds(lambda: _build(skeleton)) / trial)
    speed = STANDING.seconds / statistics.median(trials)
    _say(
        "trial_over_floor",
        statistics.median(ratios),
        species=name,
        microseconds_a_step=round(statistics.median(trials) / steps * 1e6, 2),
        simulated_seconds_a_second=round(speed, 1),
    )
    _say("space_build_share", statistics.median(shares), species=name)


def python_loop(name: str) -> None:
    """The same trial in Python, for a tenth of the time."""
    skeleton = assemble(load_species(name))
    genome, short = gene_table(skeleton).zeros, TrialSettings(seconds=1.0, may_stall=True)
    ratios = []
    for _ in range(3):
        slow = _seconds(lambda: python_trial(skeleton, genome, short))
        fast = _seconds(lambda: run_trial(skeleton, genome, short))
        ratios.append(slow / fast)
    _say("python_loop_over_trial", statistics.median(ratios), species=name)


def _trials(count: int) -> int:
    skeleton = assemble(load_species("tyrannosaurus"))
    for _ in range(count):
        run_trial(skeleton, gene_table(skeleton).zeros, STANDING)
    return count


def _bare_loops(count: int) -> int:
    skeleton = assemble(load_species("tyrannosaurus"))
    for _ in range(count):
        place = _build(skeleton)
        _bare(place.address, _steps(skeleton), step_of(skeleton, STANDING))
    return count


def workers() -> None:
    """Two workers over one, and the same for bare C loops."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        ratios = {}
        for name, work in (("trials", _trials), ("bare", _bare_loops)):
            list(pool.map(work, [2, 2]))
            pairs = []
            for _ in range(3):
                one = _seconds(lambda work=work: list(pool.map(work, [40])))
                two = _seconds(lambda work=work: list(pool.map(work, [40, 40])))
                pairs.append(2 * one / two)
            ratios[name] = statistics.median(pairs)
    _say("two_workers_over_one", ratios["trials"], bare_c_loops=round(ratios["bare"], 4))


def main() -> None:
    """Prints every figure."""
    for name in SPECIES:
        floor(name)
    python_loop("tyrannosaurus")
    workers()


if __name__ == "__main__":
    main()
