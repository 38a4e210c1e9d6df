"""Compiled: how hard each leg bone is pressed and bent at mid-shaft.

The bone is cut in thought at the middle. What lies beyond the cut is held by the bone alone, so the forces on it say
what the bone must bear: the reaction of the next joint, the pull of every muscle that is fixed there or runs past,
the torque of ligaments and limits, its own weight and acceleration. Axial force over area, and bending moment over
section modulus, add up to the stress at the bone's surface, low-passed as it would be in bone-stress measurements. So
did Sellers and others 2017 (PeerJ 5:e3420) with a welded joint inside the bone.
"""

from __future__ import annotations

import math

from creatures.actuation import ligament_torque
from creatures.compiled import compiled
from creatures.rig import Rig
from creatures.skeleton import GRAVITY
from sims.physics.dynamics import limit_torque
from sims.physics.log import Log, Plan
from sims.physics.moment import Moment

SMOOTHING = 0.03
"""Time constant of the low-pass, units of time: 16 ms for a T. rex."""


@compiled
def weigh(rig: Rig, plan: Plan, body: Moment, log: Log) -> int:
    """Adds a look that `dynamics.explain` has explained; returns the bone whose stress is over the limit, or -1."""
    time = plan.steps_per_tick * plan.dt
    smoothing = 1.0 - math.exp(-time / (SMOOTHING * plan.unit))
    snapped = -1
    for s in range(rig.shaft_bone.size):
        axial, bending = _load(rig, plan, body, s, time)
        body.axial[s] += smoothing * (axial - body.axial[s])
        body.bending[s] += smoothing * (bending - body.bending[s])
        stress = (
            abs(body.axial[s]) / rig.shaft_area[s] + abs(body.bending[s]) / rig.shaft_modulus[s]
        )
        log.stress_square[s] += stress * stress
        log.stress_peak[s] = max(log.stress_peak[s], stress)
        if stress > plan.bone_limit:
            snapped = int(rig.shaft_bone[s])
    return snapped


@compiled
def _load(rig: Rig, plan: Plan, body: Moment, s: int, time: float) -> tuple[float, float]:
    """Returns the axial force (N, compression positive) and the bending moment (N m) at one cut, mean over the look."""
    b, cut = rig.shaft_bone[s], rig.shaft_cut[s]
    c, sn = body.middle[b, 0], body.middle[b, 1]
    along, bending = 0.0, 0.0
    for j in range(rig.parent.size):
        if rig.parent[j] == b and rig.anchors[j, 0] > cut:
            x, y = -body.reaction[j, 0] / time, -body.reaction[j, 1] / time
            along += c * x + sn * y
            bending += (rig.anchors[j, 0] - cut) * (c * y - sn * x)
            passive = ligament_torque(rig, body.state, j)
            bending -= limit_torque(rig, body, j) / time + passive
    for e in range(rig.shaft_end.shape[0]):
        if rig.shaft_end[e, 0] == s:
            x, y, px, py = _pull(rig, body, rig.shaft_end[e, 1], rig.shaft_end[e, 2], b)
            along += x
            bending += (px - cut) * y - py * x
    for e in range(rig.strap.shape[0]):
        if rig.strap[e, 0] == s:
            pull = body.mean_tension[rig.strap[e, 1]]
            x, y = pull * rig.strap_line[e, 2], pull * rig.strap_line[e, 3]
            along += x
            bending += (rig.strap_line[e, 0] - cut) * y - rig.strap_line[e, 1] * x
    x, y, turning = _own_weight(rig, plan, body, s, time)
    along += x
    bending += (rig.shaft_far[s, 1] - cut) * y + turning
    return -along, bending


@compiled
def _pull(
    rig: Rig, body: Moment, span: int, end: int, bone: int
) -> tuple[float, float, float, float]:
    """Returns the pull (N) of one end of a muscle's span in the bone's own frame, and where it acts there (m)."""
    a, b = rig.span_bone[span, 0], rig.span_bone[span, 1]
    ends = rig.span_end
    ax = body.centre[a, 0] + body.middle[a, 0] * ends[span, 0] - body.middle[a, 1] * ends[span, 1]
    ay = body.centre[a, 1] + body.middle[a, 1] * ends[span, 0] + body.middle[a, 0] * ends[span, 1]
    bx = body.centre[b, 0] + body.middle[b, 0] * ends[span, 2] - body.middle[b, 1] * ends[span, 3]
    by = body.centre[b, 1] + body.middle[b, 1] * ends[span, 2] + body.middle[b, 0] * ends[span, 3]
    dx, dy = bx - ax, by - ay
    force = body.mean_tension[rig.span_muscle[span]] / math.sqrt(dx * dx + dy * dy + 1e-18)
    if end == 1:
        force = -force
    c, s = body.middle[bone, 0], body.middle[bone, 1]
    x, y = force * (c * dx + s * dy), force * (c * dy - s * dx)
    return x, y, float(ends[span, 2 * end]), float(ends[span, 2 * end + 1])


@compiled
def _own_weight(
    rig: Rig, plan: Plan, body: Moment, s: int, time: float
) -> tuple[float, float, float]:
    """Returns weight and inertia of what lies beyond the cut as forces (N) along and across, and as torque (N m)."""
    b = rig.shaft_bone[s]
    mass, off, inertia = (
        rig.shaft_far[s, 0] * plan.mass_scale,
        rig.shaft_far[s, 1],
        rig.shaft_far[s, 2] * plan.mass_scale,
    )
    c, sn = body.middle[b, 0], body.middle[b, 1]
    spin = 0.5 * (body.state[b, 5] + body.before[b, 5])
    turn = (body.state[b, 5] - body.before[b, 5]) / time
    ax = (body.state[b, 3] - body.before[b, 3]) / time
    ay = (body.state[b, 4] - body.before[b, 4]) / time + GRAVITY * plan.gravity_scale
    along = c * ax + sn * ay - spin * spin * off
    across = c * ay - sn * ax + turn * off
    return -mass * along, -mass * across, -inertia * turn
