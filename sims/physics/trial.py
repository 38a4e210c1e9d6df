"""The trial: one genome, one world, so many seconds. Window, batch, replay and tests all call `run_trial`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from creatures.controllers import reflex
from creatures.controllers.table import CONTROLLERS
from creatures.genome import GeneTable
from creatures.rig import Rig, rig
from creatures.skeleton import Skeleton
from sims.physics import log as notes
from sims.physics import loop, world
from sims.physics.log import Push
from sims.physics.measure import Measures, measure, trajectory
from sims.physics.quantities import side_words
from sims.physics.terrain import FLAT, Ground, Terrain, ground
from sims.physics.trajectory import Trajectory

STEPS_PER_UNIT = 180
"""Steps in one unit of time sqrt(hip height / g): 3.0 ms for a T. rex, 1.3 ms for a Velociraptor."""
STEPS_PER_TICK = 4
"""Steps between two looks of the controller, at the usual step."""
REACH = 400.0
"""How far flat ground goes on ahead, hip heights: the same for all trials of up to 67 units of time, so that a longer
one begins like a short one."""
FASTEST_CROSSING = 6.0
"""Hip heights per unit of time that no animal covers: only a long trial needs more flat ground than usual."""
ROUGH_REACH = 30.0, 3.0
"""How far rough ground goes on: so many hip heights and so many more for every unit of time of the trial."""
FRAME_RATE = 60.0
"""Frames kept per second, as near as whole ticks come: 82 for a T. rex, 63 for a Velociraptor."""


@dataclass(frozen=True, slots=True)
class TrialSettings:
    """Which world a genome is tried in, for how long, and what it is the genome of."""

    seconds: float = 10.0
    step_scale: float = 1.0
    """Times the usual step."""
    iterations: int = 8
    """Of the solver."""
    mass_scale: float = 1.0
    """Times the usual mass of every bone; muscles stay as they are."""
    gravity_scale: float = 1.0
    """Times the usual gravity."""
    terrain: Terrain = FLAT
    may_stall: bool = False
    """Whether standing about is allowed."""
    bone_limit_mpa: float = 0.0
    """Stress at which a leg bone breaks and the trial ends, MPa; 0 for bones that bear anything."""
    controller: str = reflex.NAME
    """Which of `creatures.controllers.table.CONTROLLERS` reads the genome: all genes of a trial are its genes."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What happened."""

    ended: str
    """``finished``, ``fell``, ``stalled``, ``snapped`` (a bone), ``broke`` (a joint) or ``unstable``."""
    why: str
    """The reason in plain words: ``its left thigh touched the ground``; empty when it finished."""
    measures: Measures
    trajectory: Trajectory


@lru_cache(maxsize=16)
def gene_table(skeleton: Skeleton, controller: str = reflex.NAME) -> GeneTable:
    """Returns the genes that a controller has for an animal."""
    return CONTROLLERS[controller].gene_table(skeleton)


@lru_cache(maxsize=16)
def _rig(skeleton: Skeleton) -> Rig:
    return rig(skeleton)


def step_of(skeleton: Skeleton, settings: TrialSettings) -> float:
    """Returns the length of a step, s: it shrinks with the animal."""
    return skeleton.time_unit / STEPS_PER_UNIT * settings.step_scale


def land_of(skeleton: Skeleton, settings: TrialSettings) -> Ground:
    """Returns the ground a trial is walked on."""
    return ground(settings.terrain, skeleton.hip_height, _reach(skeleton, settings))


def _reach(skeleton: Skeleton, settings: TrialSettings) -> float:
    """Every corner of rough ground costs time to lay, so there is no more of it than any animal can cross."""
    least, more = ROUGH_REACH
    units = settings.seconds / skeleton.time_unit
    flat = settings.terrain.kind == "flat"
    heights = max(REACH, FASTEST_CROSSING * units) if flat else least + more * units
    return heights * skeleton.hip_height


def run_trial(
    skeleton: Skeleton,
    genome: Sequence[float],
    settings: TrialSettings,
    push: Push | None = None,
) -> Trial:
    """Lets a genome walk.

    Args:
        skeleton: the animal.
        genome: (n_genes,) in the order of the `gene_table` of the controller in `settings`.
        settings: the world, the time and the controller.
        push: something that pushes it on its way.

    Returns:
        What happened: the same to the bit for the same arguments on the same platform.
    """
    dt = step_of(skeleton, settings)
    # The controller looks at the same moments, or nearly: half the step, twice the steps between; an even number.
    tick = max(2, 2 * round(STEPS_PER_TICK / settings.step_scale / 2))
    scales = settings.mass_scale, settings.gravity_scale
    bone_limit = settings.bone_limit_mpa * 1e6 or math.inf
    plan = notes.plan(
        skeleton,
        dt,
        tick,
        settings.seconds,
        FRAME_RATE,
        settings.may_stall,
        *scales,
        push,
        bone_limit,
        settings.controller,
    )
    land = land_of(skeleton, settings)
    place = world.build(skeleton, land, settings.iterations, dt, *scales)
    table = gene_table(skeleton, settings.controller)
    log = loop.drive(
        place, _rig(skeleton), table.values(genome), table.values(table.zeros), plan, land
    )
    ended, why = _ending(skeleton, int(log.outcome[0]), int(log.outcome[1]))
    return Trial(ended, why, measure(skeleton, log, plan), trajectory(skeleton, log, plan))


def _ending(skeleton: Skeleton, ending: int, about: int) -> tuple[str, str]:
    if ending == notes.TOUCHED:
        return "fell", f"its {side_words(skeleton.bones[about].name)} touched the ground"
    if ending == notes.SNAPPED:
        return "snapped", f"its {side_words(skeleton.bones[about].name)} bone broke"
    if ending == notes.BROKE:
        return "broke", f"its {side_words(skeleton.joints[about].name)} came apart"
    return {
        notes.FINISHED: ("finished", ""),
        notes.SANK: ("fell", "its hip sank too low"),
        notes.TILTED: ("fell", "its trunk tipped over"),
        notes.STALLED: ("stalled", "it made no headway"),
        notes.UNSTABLE: ("unstable", "the physics came apart"),
    }[ending]
