"""The books of a trial: where its energy came from and went, and whether physics made or lost any by itself.

Evolution finds whatever a solver gives away for nothing. So every impulse on every bone is multiplied by how fast the
bone moved: what muscles and ligaments put in, what the ground and the limits of joints took out. The energy of the
animal must change by just as much; what is left over, joints and solver made up.
"""

from __future__ import annotations

from creatures.compiled import compiled
from creatures.rig import Rig
from creatures.skeleton import GRAVITY
from sims.physics.dynamics import limit_torque, torque_of_joints
from sims.physics.log import Log, Plan
from sims.physics.moment import Moment

ENERGY_TOLERANCE = 0.10
"""Of the work of all muscles, done and undone, that may be left over."""
MOMENTUM_TOLERANCE = 0.02
"""Of weight x time."""


@compiled
def energy(rig: Rig, plan: Plan, body: Moment) -> float:
    """Returns the mechanical energy of the animal now, J: it moves, it turns, it stands high."""
    total = 0.0
    for b in range(rig.mass.size):
        vx, vy, spin = body.state[b, 3], body.state[b, 4], body.state[b, 5]
        total += 0.5 * rig.mass[b] * (vx * vx + vy * vy) + 0.5 * rig.inertia[b] * spin * spin
        total += rig.mass[b] * GRAVITY * plan.gravity_scale * body.state[b, 1]
    return total * plan.mass_scale


@compiled
def count(rig: Rig, plan: Plan, body: Moment, log: Log) -> None:
    """Adds the work of a look that `dynamics.explain` has explained, J."""
    totals = log.totals
    for b in range(rig.mass.size):
        vx = 0.5 * (body.state[b, 3] + body.before[b, 3])
        vy = 0.5 * (body.state[b, 4] + body.before[b, 4])
        spin = _spin(body, b)
        totals.driven += body.impulse[b, 0] * vx + body.impulse[b, 1] * vy
        totals.driven += body.impulse[b, 2] * spin
        for k in range(rig.limb_foot.size):
            if rig.limb_foot[k] == b:
                totals.ground_work += body.ground[k, 0] * vx + body.ground[k, 1] * vy
                totals.ground_work += body.ground_torque[k] * spin
    for j in range(rig.parent.size):
        opening = _spin(body, rig.child[j]) - _spin(body, rig.parent[j])
        totals.limit_work += limit_torque(rig, body, j) * opening
    totals.spin_error += _unexplained_spin(rig, plan, body)


@compiled
def _spin(body: Moment, b: int) -> float:
    return float(0.5 * (body.state[b, 5] + body.before[b, 5]))


@compiled
def _unexplained_spin(rig: Rig, plan: Plan, body: Moment) -> float:
    """Returns the angular momentum of all bones that no impulse accounts for, N m s; of a foot on the ground all is."""
    total = 0.0
    for b in range(rig.mass.size):
        change = body.state[b, 5] - body.before[b, 5]
        left = rig.inertia[b] * plan.mass_scale * change - body.impulse[b, 2]
        left -= torque_of_joints(rig, body, b)
        for k in range(rig.limb_foot.size):
            if rig.limb_foot[k] == b:
                left -= body.ground_torque[k]
        total += abs(left)
    return total


def faults(energy_error: float, momentum_error: float) -> tuple[str, ...]:
    """Returns what is wrong with the books of a trial, in words; nothing if they balance.

    Args:
        energy_error: energy that came from nowhere, over the work of all muscles, done and undone.
        momentum_error: upward push that no weight and no change of momentum explains, over weight x time.
    """
    found = []
    if abs(energy_error) > ENERGY_TOLERANCE:
        verb = "came from nowhere" if energy_error > 0.0 else "went nowhere"
        found.append(f"{abs(energy_error):.0%} of its energy {verb}")
    if abs(momentum_error) > MOMENTUM_TOLERANCE:
        found.append(f"{abs(momentum_error):.0%} of its weight is not explained")
    return tuple(found)
