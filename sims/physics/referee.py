"""Compiled: is it still a trial, or has it fallen, stalled, broken or blown up?"""

from __future__ import annotations

import math

from creatures.compiled import compiled
from creatures.rig import Floats, Rig
from sims.physics.log import BROKE, FINISHED, SANK, TILTED, TOUCHED, UNSTABLE, Plan

LOWEST_HIP = 0.6
"""Of its standing height: lower is a fall."""
MOST_PITCH = math.radians(60.0)
"""Tilt of the trunk from standing: more is a fall."""
WIDEST_GAP = 0.01
"""Of hip height: joints further apart are broken."""
STALL_TIME = 4.0
"""Units of time in which it must make headway."""
HEADWAY = 0.25
"""Hip heights it must gain in that time."""
FASTEST = 40.0
"""Hip heights per unit of time: faster than anything that lives, a sign that the physics has come apart."""


@compiled
def judge(
    rig: Rig,
    plan: Plan,
    state: Floats,
    turn: Floats,
    land_x: Floats,
    land_y: Floats,
    wrong: int,
    gap: Floats,
) -> tuple[int, int]:
    """Returns the ending (FINISHED while nothing is wrong) and the bone or joint it is about, or -1.

    Args:
        rig: the animal.
        plan: the timing.
        state: (b, 6) of the bodies.
        turn: (b, 2) cosine and sine of each angle.
        land_x: (n,) the ground's corners, m.
        land_y: (n,) their heights, m.
        wrong: a bone that touched the ground and must not, or -1.
        gap: (j,) widest opening of each joint so far, m; kept up to date.
    """
    if _absurd(state, rig.mass.size, FASTEST * rig.hip_height / plan.unit):
        return UNSTABLE, -1
    broken = _widen(rig, state, turn, gap)
    if broken >= 0:
        return BROKE, broken
    if wrong >= 0:
        return TOUCHED, wrong
    hip_x = state[rig.root, 0] + turn[rig.root, 0] * rig.root_hip
    hip_y = state[rig.root, 1] + turn[rig.root, 1] * rig.root_hip
    if hip_y - _height(hip_x, land_x, land_y) < LOWEST_HIP * rig.hip_height:
        return SANK, -1
    if abs(state[rig.root, 2] - rig.root_angle) > MOST_PITCH:
        return TILTED, -1
    return FINISHED, -1


@compiled
def stalled(rig: Rig, plan: Plan, ticks: int, gained: float) -> bool:
    """Returns whether an animal that gained so many metres in so many ticks is standing about."""
    late = ticks * plan.steps_per_tick * plan.dt >= STALL_TIME * plan.unit
    return not plan.may_stall and late and gained < HEADWAY * rig.hip_height


@compiled
def stall_ticks(plan: Plan) -> int:
    """Returns how many ticks it has to make headway in."""
    return math.ceil(STALL_TIME * plan.unit / (plan.steps_per_tick * plan.dt))


@compiled
def _absurd(state: Floats, bones: int, fastest: float) -> bool:
    for b in range(bones):
        for k in range(6):
            if not math.isfinite(state[b, k]):
                return True
        if abs(state[b, 3]) > fastest or abs(state[b, 4]) > fastest:
            return True
    return False


@compiled
def _widen(rig: Rig, state: Floats, turn: Floats, gap: Floats) -> int:
    """Keeps each joint's widest opening; returns a joint that is broken, or -1."""
    broken = -1
    for j in range(gap.size):
        a, b = rig.parent[j], rig.child[j]
        near, far = rig.anchors[j, 0], rig.anchors[j, 1]
        dx = state[b, 0] + turn[b, 0] * far - state[a, 0] - turn[a, 0] * near
        dy = state[b, 1] + turn[b, 1] * far - state[a, 1] - turn[a, 1] * near
        wide = math.sqrt(dx * dx + dy * dy)
        gap[j] = max(gap[j], wide)
        if wide > WIDEST_GAP * rig.hip_height:
            broken = j
    return broken


@compiled
def _height(x: float, land_x: Floats, land_y: Floats) -> float:
    """Returns the height of the ground at x, m."""
    last = land_x.size - 1
    i, beyond = 0, last
    while beyond - i > 1:
        middle = (i + beyond) // 2
        if land_x[middle] <= x:
            i = middle
        else:
            beyond = middle
    along = min(max(x, land_x[0]), land_x[last])
    share = (along - land_x[i]) / (land_x[i + 1] - land_x[i])
    return float(land_y[i] + (land_y[i + 1] - land_y[i]) * share)
