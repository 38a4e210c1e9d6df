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
    """(m,) of the paths, m/s."""
    fibre: Floats
    """(m,) of the fibres, m/s."""
    tension: Floats
    """(m,) N."""
    standing_tension: Floats
    """(m,) that with which it stands, N."""
    span: Floats
    """(longest, 4) room for `pull`."""
    ground: Floats
    """(l, 2) impulse of this tick, N s."""
    felt: Floats
    """(most, 3) room for `contacts`."""
    load: Floats
    """(l,) on each foot, low-passed, in shares of what it carries in standing under the usual gravity."""
    ahead: Floats
    """(l,) centre of mass ahead of where it is over each foot in standing, hip heights."""
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
    before: Floats
    """(b, 6) the bodies at the start of this look, as `state`."""
    centre: Floats
    """(b, 2) where each bone was half way through the look, m."""
    middle: Floats
    """(b, 2) cosine and sine of its angle there."""
    impulse: Floats
    """(b, 3) of muscles, ligaments and pushes in this look: N s, N s, N m s about the centre of mass."""
    mean_tension: Floats
    """(m,) of this look, N."""
    reaction: Floats
    """(j, 2) impulse of the look on the far bone, by inverse dynamics, N s."""
    net_moment: Floats
    """(j,) of everything that acts about a joint, times the length of the look, N m s."""
    ground_torque: Floats
    """(l,) angular impulse of the ground on each foot about its centre of mass, N m s."""
    smooth_moment: Floats
    """(j,) low-passed net moment, N m."""
    axial: Floats
    """(h,) low-passed force along each shaft, compression positive, N."""
    bending: Floats
    """(h,) low-passed bending moment at mid-shaft, N m."""
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
        fibre=np.zeros(muscles),
        tension=np.zeros(muscles),
        standing_tension=np.zeros(muscles),
        span=np.zeros((_LONGEST_PATH, 4)),
        ground=np.zeros((limbs, 2)),
        felt=np.zeros((_MOST_CONTACTS, 3)),
        load=np.full(limbs, gravity_scale),
        ahead=np.zeros(limbs),
        before=np.zeros((bones, 6)),
        centre=np.zeros((bones, 2)),
        middle=np.zeros((bones, 2)),
        impulse=np.zeros((bones, 3)),
        mean_tension=np.zeros(muscles),
        reaction=np.zeros((joints, 2)),
        net_moment=np.zeros(joints),
        ground_torque=np.zeros(limbs),
        smooth_moment=np.zeros(joints),
        axial=np.zeros(rig.shaft_bone.size),
        bending=np.zeros(rig.shaft_bone.size),
        was_down=np.ones(limbs, dtype=np.uint8),
        pivot_impulse=np.zeros(joints),
        limit_impulse=np.zeros(joints),
        smooth_load=np.zeros(joints),
        frame_load=np.zeros(joints),
        frame_ground=np.zeros((limbs, 2)),
        now=now,
        standing=np.zeros(muscles),
    )
