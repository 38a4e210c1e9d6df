"""What the compiled loop is told and what it writes down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from creatures.controllers import reflex
from creatures.controllers.table import number
from creatures.rig import Floats, Ints, Rig
from creatures.skeleton import Skeleton

FINISHED, TOUCHED, SANK, TILTED, STALLED, BROKE, UNSTABLE, SNAPPED = range(8)
"""How a trial can end: three ways to fall among them."""

SETTLE = 1.0
"""How long the animal stands before the clock starts, units of time sqrt(hip height / g)."""


@dataclass(frozen=True, slots=True)
class Push:
    """Something that pushes the trunk once, at its centre of mass: no setting of a run, but a test of a walk."""

    start_s: float
    """Seconds since the start of the trial."""
    impulse: float
    """Change of speed that it would give the whole animal, in hip heights per unit of time sqrt(hip height / g);
    above 0 pushes forward."""
    length: float = 0.25
    """How long it lasts, units of time."""

    def in_ticks(self, skeleton: Skeleton, tick_s: float) -> tuple[int, int, float]:
        """Returns its first tick, the first one after it, and its force, N."""
        start = round(self.start_s / tick_s)
        ticks = max(1, round(self.length * skeleton.time_unit / tick_s))
        momentum = self.impulse * skeleton.mass * skeleton.hip_height / skeleton.time_unit
        return start, start + ticks, momentum / (ticks * tick_s)


class Plan(NamedTuple):
    """How a trial is timed, and when it is pushed."""

    dt: float
    """Step, s."""
    unit: float
    """sqrt(hip height / g), s."""
    steps_per_tick: int
    """Steps between two looks of the controller."""
    ticks: int
    """Looks in the whole trial, after settling."""
    settle_ticks: int
    ticks_per_frame: int
    may_stall: bool
    mass_scale: float
    """Of the bodies in the world, against the skeleton's."""
    gravity_scale: float
    """Of the world, against the g that body weights and units of time are made of."""
    push_from: int
    """The first tick in which something pushes the trunk."""
    push_until: int
    """The first tick after that."""
    push_force: float
    """N, forward, at the centre of mass of the root bone."""
    bone_limit: float
    """Stress at which a bone breaks, Pa."""
    controller: int
    """The number of `creatures.controllers.table.number`."""


class Log(NamedTuple):
    """What the loop wrote down. t ticks, f frames, b bones, j joints, m muscles, l limbs."""

    poses: Floats
    """(f, b, 3) m, m, rad."""
    activation: Floats
    """(f, m)."""
    muscle_force: Floats
    """(f, m) N, at the moment of the frame."""
    joint_load: Floats
    """(f, j) N, mean since the last frame."""
    ground_force: Floats
    """(f, l, 2) N, mean since the last frame."""
    down: NDArray[np.uint8]
    """(t, l) whether each foot was down."""
    com_x: Floats
    """(t,) m."""
    load_square: Floats
    """(j,) sum over ticks of the square of each joint's load, N2."""
    load_peak: Floats
    """(j,) largest low-passed load of each joint, N."""
    limit_square: Floats
    """(j,) sum over ticks of the square of the torque at each joint's limits, N2 m2."""
    reaction_square: Floats
    """(j,) sum over ticks of the square of the force in each joint by inverse dynamics, N2."""
    moment_peak: Floats
    """(j,) largest low-passed net moment about each joint, N m."""
    stress_square: Floats
    """(h,) sum over ticks of the square of each shaft's stress, Pa2."""
    stress_peak: Floats
    """(h,) largest low-passed stress of each shaft, Pa."""
    gap: Floats
    """(j,) widest opening of each joint, m."""
    outcome: Ints
    """(4,) ending, the bone or joint it was about (or -1), ticks done, frames kept."""
    totals: Any
    """A record of `TOTALS`."""


TOTALS = np.dtype(
    [
        ("metabolic", np.float64),  # J
        ("positive", np.float64),  # J, work of shortening muscles
        ("negative", np.float64),  # J, work of stretched muscles
        ("ground_peak", np.float64),  # N, low-passed, all feet
        ("ground_impulse", np.float64),  # N s, upward, all feet
        ("momentum_error", np.float64),  # N s, impulse less weight x time less change of momentum
        ("start_x", np.float64),  # m, centre of mass
        ("end_x", np.float64),  # m
        ("start_vy", np.float64),  # m/s, centre of mass
        ("pitch_square", np.float64),  # rad2, sum over ticks
        ("loading_rate", np.float64),  # N/s, fastest rise of the low-passed ground force
        ("driven", np.float64),  # J, by muscles, ligaments and pushes
        ("ground_work", np.float64),  # J, by the ground: what it takes is below zero
        ("limit_work", np.float64),  # J, by the limits of joints
        ("energy_change", np.float64),  # J, of the animal: at the end less at the start
        ("force_error", np.float64),  # N s, what the trunk's motion leaves unexplained
        ("spin_error", np.float64),  # N m s, what the turning of bones leaves unexplained
    ]
)


def plan(
    skeleton: Skeleton,
    dt: float,
    steps_per_tick: int,
    seconds: float,
    frame_rate: float,
    may_stall: bool,
    mass_scale: float,
    gravity_scale: float,
    push: Push | None = None,
    bone_limit: float = math.inf,
    controller: str = reflex.NAME,
) -> Plan:
    """Returns the timing of a trial, in whole ticks."""
    tick = dt * steps_per_tick
    start, end, force = (0, 0, 0.0) if push is None else push.in_ticks(skeleton, tick)
    return Plan(
        dt=dt,
        unit=skeleton.time_unit,
        steps_per_tick=steps_per_tick,
        # A trial of 10 s has the tick that ends at 10 s, whatever rounding did to it.
        ticks=max(1, math.ceil(seconds / tick - 1e-9)),
        settle_ticks=math.ceil(SETTLE * skeleton.time_unit / tick),
        ticks_per_frame=max(1, round(1.0 / (frame_rate * tick))),
        may_stall=may_stall,
        mass_scale=mass_scale,
        gravity_scale=gravity_scale,
        push_from=start,
        push_until=end,
        push_force=force,
        bone_limit=bone_limit,
        controller=number(controller),
    )


def empty_log(rig: Rig, plan: Plan) -> Log:
    """Returns a log with room for a whole trial."""
    bones, joints = rig.mass.size, rig.parent.size
    muscles, limbs = rig.max_force.size, rig.limb_foot.size
    frames = plan.ticks // plan.ticks_per_frame + 1
    return Log(
        poses=np.zeros((frames, bones, 3)),
        activation=np.zeros((frames, muscles)),
        muscle_force=np.zeros((frames, muscles)),
        joint_load=np.zeros((frames, joints)),
        ground_force=np.zeros((frames, limbs, 2)),
        down=np.zeros((plan.ticks, limbs), dtype=np.uint8),
        com_x=np.zeros(plan.ticks),
        load_square=np.zeros(joints),
        load_peak=np.zeros(joints),
        limit_square=np.zeros(joints),
        reaction_square=np.zeros(joints),
        moment_peak=np.zeros(joints),
        stress_square=np.zeros(rig.shaft_bone.size),
        stress_peak=np.zeros(rig.shaft_bone.size),
        gap=np.zeros(joints),
        outcome=np.zeros(4, dtype=np.int64),
        totals=np.zeros(1, dtype=TOTALS).view(np.recarray)[0],
    )
