"""Compiled inverse dynamics: from how every bone moved to what held it together, and where the energy went.

Over one look of the controller each bone's momentum changes by the sum of all impulses on it. Motion, muscles,
ligaments and the push of the ground are known, so what remains is what its joints did: from the feet up to the trunk,
bone by bone (Newton and Euler). Nothing here asks the solver what it did at its hinges; a test holds the two against
each other.

An impulse on a joint is that on its far bone. Joints are hinges without friction: what turns a bone are muscles,
ligaments, its limits and the ground, and of these only the ground's torque on a foot is not known beforehand. It
comes out where the books of the foot are balanced, and with it where on the foot the ground pushes.
"""

from __future__ import annotations

import math

from creatures.compiled import compiled
from creatures.rig import Rig
from creatures.skeleton import GRAVITY
from sims.physics.log import Log, Plan
from sims.physics.moment import Moment


@compiled
def remember(rig: Rig, body: Moment) -> None:
    """Keeps how the bones move now, at the start of a look, and empties what is summed over it."""
    for b in range(rig.mass.size):
        for k in range(6):
            body.before[b, k] = body.state[b, k]
    body.impulse[:] = 0.0
    body.mean_tension[:] = 0.0


@compiled
def pulled(rig: Rig, body: Moment, time: float, share: float) -> None:
    """Adds what muscles, ligaments and pushes give in a time (s), which is such a share of the look."""
    for b in range(rig.mass.size):
        for k in range(3):
            body.impulse[b, k] += body.wrench[b, k] * time
    for m in range(body.tension.size):
        body.mean_tension[m] += body.tension[m] * share


@compiled
def explain(rig: Rig, plan: Plan, body: Moment, log: Log) -> None:
    """Finds what the joints and the ground did in the look that has just ended.

    Fills `reaction` (N s) and `net_moment` (N m s) of every joint and `ground_torque` (N m s) of every limb in the
    moment, and adds what cannot be explained to the log.
    """
    _halfway(rig, body)
    _reactions(rig, plan, body, log)
    _ground_torques(rig, plan, body)
    _net_moments(rig, plan, body)


@compiled
def _halfway(rig: Rig, body: Moment) -> None:
    """Fills where each bone was half way through the look, by its two ends: arms are meant there."""
    for b in range(rig.mass.size):
        x = 0.5 * (body.state[b, 0] + body.before[b, 0])
        y = 0.5 * (body.state[b, 1] + body.before[b, 1])
        body.centre[b, 0], body.centre[b, 1] = x, y
        angle = 0.5 * (body.state[b, 2] + body.before[b, 2])
        body.middle[b, 0] = math.cos(angle)
        body.middle[b, 1] = math.sin(angle)


@compiled
def _reactions(rig: Rig, plan: Plan, body: Moment, log: Log) -> None:
    time = plan.steps_per_tick * plan.dt
    fall = GRAVITY * plan.gravity_scale * time
    body.reaction[:] = 0.0
    unexplained_x, unexplained_y = 0.0, 0.0
    # Children come after their parents: from the last to the first, all that hangs on a bone is known.
    for b in range(rig.mass.size - 1, -1, -1):
        mass = rig.mass[b] * plan.mass_scale
        x = mass * (body.state[b, 3] - body.before[b, 3]) - body.impulse[b, 0]
        y = mass * (body.state[b, 4] - body.before[b, 4] + fall) - body.impulse[b, 1]
        for k in range(rig.limb_foot.size):
            if rig.limb_foot[k] == b:
                x -= body.ground[k, 0]
                y -= body.ground[k, 1]
        for j in range(rig.parent.size):
            if rig.parent[j] == b:
                x += body.reaction[j, 0]
                y += body.reaction[j, 1]
        joint = rig.joint_of[b]
        if joint < 0:
            unexplained_x, unexplained_y = x, y
        else:
            body.reaction[joint, 0] = x
            body.reaction[joint, 1] = y
    log.totals.force_error += abs(unexplained_x) + abs(unexplained_y)


@compiled
def torque_of_joints(rig: Rig, body: Moment, b: int) -> float:
    """Returns the angular impulse (N m s) of all joints of a bone about its centre of mass: hinges and limits."""
    total = 0.0
    for j in range(rig.parent.size):
        if rig.child[j] == b:
            total += _arm(body, b, rig.anchors[j, 1], body.reaction[j, 0], body.reaction[j, 1])
            total += limit_torque(rig, body, j)
        elif rig.parent[j] == b:
            total -= _arm(body, b, rig.anchors[j, 0], body.reaction[j, 0], body.reaction[j, 1])
            total -= limit_torque(rig, body, j)
    return total


@compiled
def _arm(body: Moment, b: int, along: float, x: float, y: float) -> float:
    """Returns the turning of an impulse at a place along a bone, with the bone half way through the look."""
    c, s = body.middle[b, 0], body.middle[b, 1]
    return float(along * (c * y - s * x))


@compiled
def limit_torque(rig: Rig, body: Moment, j: int) -> float:
    """Returns the angular impulse of a joint's limit on its far bone; the nearer limit is the one that acts."""
    turned = body.state[rig.child[j], 2] - body.state[rig.parent[j], 2]
    nearer_low = turned - rig.low[j] < rig.high[j] - turned
    return float(body.limit_impulse[j] if nearer_low else -body.limit_impulse[j])


@compiled
def _ground_torques(rig: Rig, plan: Plan, body: Moment) -> None:
    for k in range(rig.limb_foot.size):
        foot = rig.limb_foot[k]
        spin = rig.inertia[foot] * plan.mass_scale
        spin *= body.state[foot, 5] - body.before[foot, 5]
        if body.ground[k, 1] == 0.0:
            body.ground_torque[k] = 0.0  # in the air nothing turns it but its joint
            continue
        body.ground_torque[k] = spin - body.impulse[foot, 2] - torque_of_joints(rig, body, foot)


@compiled
def _net_moments(rig: Rig, plan: Plan, body: Moment) -> None:
    """What has to act about each joint, by whatever means, for all that hangs on it to move as it did."""
    time = plan.steps_per_tick * plan.dt
    fall = GRAVITY * plan.gravity_scale * time
    body.net_moment[:] = 0.0
    for j in range(rig.parent.size - 1, -1, -1):
        near = rig.child[j]
        px = body.centre[near, 0] + body.middle[near, 0] * rig.anchors[j, 1]
        py = body.centre[near, 1] + body.middle[near, 1] * rig.anchors[j, 1]
        moment = 0.0
        for b in range(rig.mass.size):
            if not rig.beyond[j, b]:
                continue
            mass = rig.mass[b] * plan.mass_scale
            dx, dy = body.centre[b, 0] - px, body.centre[b, 1] - py
            moment += dx * mass * (body.state[b, 4] - body.before[b, 4] + fall)
            moment -= dy * mass * (body.state[b, 3] - body.before[b, 3])
            moment += rig.inertia[b] * plan.mass_scale * (body.state[b, 5] - body.before[b, 5])
        for k in range(rig.limb_foot.size):
            foot = rig.limb_foot[k]
            if rig.beyond[j, foot]:
                dx, dy = body.centre[foot, 0] - px, body.centre[foot, 1] - py
                moment -= dx * body.ground[k, 1] - dy * body.ground[k, 0]
                moment -= body.ground_torque[k]
        body.net_moment[j] = moment
