"""What is felt, wished and done at one moment of a trial: the memory of the compiled loop."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from creatures.rig import Floats, Rig
from creatures.skeleton import GRAVITY
from sims.physics.bodies import Wires

_LONGEST_PATH = 8
_MOST_CONTACTS = 32

NOW = np.dtype(
    [
        ("phase", np.float64),  # of the rhythm, rad
        ("com_x", np.float64),  # m
        ("com_vx", np.float64),  # m/s
        ("com_vy", np.float64),  # m/s
        ("pitch", np.float64),  # of the trunk from standing, rad
        ("smooth_ground", np.float64),  # N, low-passed
        ("headway_x", np.float64),  # m, where the last stretch of headway began
        ("headway_tick", np.int64),
        ("shove", np.float64),  # N, forward, what pushes the trunk now
        ("wrong", np.int64),  # a bone that touched and must not, or -1
    ]
)


class Moment(NamedTuple):
    """What is felt, wished and done at this moment. b bones, j joints, m muscles, l limbs."""

    state: Floats
    """(b, 6) x, y, angle, vx, vy, spin: the physics' own buffer, seen as a table."""
    wrench: Floats
    """(b, 3) force x, y and torque: the physics' own buffer."""
    turn: Floats
    """(b, 2) cosine and sine of each angle."""
    bone_angle: Floats
    """(b,) rad."""
    angle: Floats
    """(j,) rad."""
    rate: Floats
    """(j,) rad per unit of time."""
    torque: Floats
    """(j,) wished, body weight x hip height."""
    missing: Floats
    """(j,) torque no muscle could give."""
    excitation: Floats
    """(m,)."""
    activation: Floats
    """(m,)."""
    able: Floats
    """(m,) N."""
    passive: Floats
    """(m,) N."""
    speed: Floats
    """(m,) m/s."""
    tension: Floats
    """(m,) N."""
    span: Floats
    """(longest, 4) room for `pull`."""
    ground: Floats
    """(l, 2) impulse of this tick, N s."""
    felt: Floats
    """(most, 3) room for `contacts`."""
    load: Floats
    """(l,) on each foot, low-passed, in shares of what it carries in standing under the usual gravity."""
    ahead: Floats
    """(l,) centre of mass ahead of where each foot stands, hip heights."""
    was_down: NDArray[np.uint8]
    """(l,) whether each foot was down a tick ago."""
    pivot_impulse: Floats
    """(j,) of this tick, N s."""
    limit_impulse: Floats
    """(j,) of this tick, N m s."""
    smooth_load: Floats
    """(j,) low-passed, N."""
    frame_load: Floats
    """(j,) summed since the last frame, N."""
    frame_ground: Floats
    """(l, 2) summed since the last frame, N."""
    now: Any
    """A record of `NOW`."""
    standing: Floats
    """(m,) excitation with which it stands before anything is felt."""


def moment(rig: Rig, ties: Wires, gravity_scale: float) -> Moment:
    """Returns the moment before a trial: the animal at rest, nothing felt yet but its weight in this gravity."""
    bones, joints = rig.mass.size, rig.parent.size
    muscles, limbs = rig.max_force.size, rig.limb_foot.size
    now = np.zeros(1, dtype=NOW).view(np.recarray)[0]
    now.smooth_ground = rig.total_mass * GRAVITY * gravity_scale
    now.wrong = -1
    return Moment(
        state=ties.motion[: 6 * bones].reshape(bones, 6),
        wrench=ties.wrench[: 3 * bones].reshape(bones, 3),
        turn=np.zeros((bones, 2)),
        bone_angle=np.zeros(bones),
        angle=np.zeros(joints),
        rate=np.zeros(joints),
        torque=rig.support * gravity_scale,
        missing=np.zeros(joints),
        excitation=np.zeros(muscles),
        activation=np.zeros(muscles),
        able=np.zeros(muscles),
        passive=np.zeros(muscles),
        speed=np.zeros(muscles),
        tension=np.zeros(muscles),
        span=np.zeros((_LONGEST_PATH, 4)),
        ground=np.zeros((limbs, 2)),
        felt=np.zeros((_MOST_CONTACTS, 3)),
        load=np.full(limbs, gravity_scale),
        ahead=np.zeros(limbs),
        was_down=np.ones(limbs, dtype=np.uint8),
        pivot_impulse=np.zeros(joints),
        limit_impulse=np.zeros(joints),
        smooth_load=np.zeros(joints),
        frame_load=np.zeros(joints),
        frame_ground=np.zeros((limbs, 2)),
        now=now,
        standing=np.zeros(muscles),
    )
