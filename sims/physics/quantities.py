"""Everything that can be read off a walk against time, under one name and unit: for curves, tables and comparisons.

Needs the trajectory alone, so that it serves a walk that was simulated here and a recording alike. Speeds are central
differences of the frames, one-sided at the ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatures.skeleton import GRAVITY, Limb, Skeleton
from sims.physics.trajectory import Trajectory

Floats = NDArray[np.float64]

SMOOTHING = 0.15
"""Where forces are drawn they are means over this long, units of time sqrt(hip height / g): single frames are noisy."""

GROUPS = (
    "motion",
    "angles",
    "joint_speeds",
    "joint_loads",
    "ground",
    "activation",
    "muscle_force",
    "energy",
    "bones",
)
"""Of quantities, in the order in which they are listed."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """One number against time."""

    name: str
    """Unique, fit for the head of a column; it ends in its unit: ``knee_left_angle_rad``."""
    group: str
    """One of `GROUPS`."""
    words: str
    """``left knee angle``."""
    unit: str
    """Of `values`, SI: ``m``, ``m/s``, ``rad``, ``rad/s``, ``N``, ``J``; ``1`` for a pure number."""
    values: Floats
    """(f,) one a frame."""
    shown_unit: str
    """What people read: ``deg`` for angles, ``body weights`` for forces."""
    shown_scale: float
    """`values` times this are in `shown_unit`."""

    @property
    def shown(self) -> Floats:
        """Returns (f,) the values in the unit that people read."""
        values: Floats = self.values * self.shown_scale
        return values


def quantities(skeleton: Skeleton, trajectory: Trajectory) -> tuple[Quantity, ...]:
    """Returns all quantities of a walk, group after group.

    Args:
        skeleton: who walked.
        trajectory: the walk, at least one frame. Without the pull of muscles there is no group ``muscle_force``.
    """
    found = (
        *_motion(skeleton, trajectory),
        *_joints(skeleton, trajectory),
        *_ground(skeleton, trajectory),
        *_muscles(skeleton, trajectory),
        *_energy(skeleton, trajectory),
        *_bones(skeleton, trajectory),
    )
    return tuple(sorted(found, key=lambda one: GROUPS.index(one.group)))


def rate(values: Floats, frame_time: float) -> Floats:
    """Returns (f, ...) how fast values change, per second; 0 for a single frame."""
    if len(values) < 2:
        return np.zeros_like(values)
    found: Floats = np.gradient(values, frame_time, axis=0)
    return found


def force_frames(skeleton: Skeleton, trajectory: Trajectory) -> int:
    """Returns over how many frames forces are smoothed where they are drawn; an odd number."""
    return 1 + 2 * round(SMOOTHING * skeleton.time_unit / trajectory.frame_time / 2)


def smoothed(values: Floats, frames: int) -> Floats:
    """Returns (f, ...) the mean over so many frames around each; fewer at the ends."""
    half = frames // 2
    total = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    index = np.arange(len(values))
    low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, len(values))
    share = (high - low).reshape(-1, *[1] * (values.ndim - 1))
    mean: Floats = (total[high] - total[low]) / share
    return mean


def centre_of_mass(skeleton: Skeleton, trajectory: Trajectory) -> Floats:
    """Returns (f, 2) the centre of mass, m."""
    masses = np.array([bone.mass for bone in skeleton.bones])
    path: Floats = np.einsum("b,fbk->fk", masses, trajectory.poses[:, :, :2]) / masses.sum()
    return path


def joint_angles(skeleton: Skeleton, trajectory: Trajectory) -> Floats:
    """Returns (f, j) the angle of each joint's far bone less that of its near bone, rad."""
    far = [joint.child for joint in skeleton.joints]
    near = [joint.parent for joint in skeleton.joints]
    angles: Floats = trajectory.poses[:, far, 2] - trajectory.poses[:, near, 2]
    return angles


def foot_points(skeleton: Skeleton, trajectory: Trajectory) -> Floats:
    """Returns (f, l, 2) where each foot stands, m: the point under it on which it stands on average.

    It is carried along with the foot, in the air too; where the ground really pushes is not measured.
    """
    points = np.empty((len(trajectory), len(skeleton.limbs), 2))
    for k, limb in enumerate(skeleton.limbs):
        foot = skeleton.bones[limb.foot]
        along = foot.local(limb.stand_at)
        x, y, angle = trajectory.poses[:, limb.foot].T
        points[:, k, 0] = x + along * np.cos(angle)
        points[:, k, 1] = y + along * np.sin(angle) - foot.contact_radius
    return points


def side_words(name: str) -> str:
    """Returns a name as people say it: ``left tail base`` for ``tail_base.left``."""
    kind, _, side = name.partition(".")
    return f"{side} {kind}".strip().replace("_", " ")


def limb_words(skeleton: Skeleton, limb: Limb) -> str:
    """Returns what a limb is called: ``left``, or ``left arm`` where there are more pairs."""
    return side_words(limb.name) if _pairs(skeleton) > 1 else limb.name.rsplit(".", 1)[-1]


def _pairs(skeleton: Skeleton) -> int:
    return len({limb.pair for limb in skeleton.limbs})


def column(name: str) -> str:
    """Returns a name fit for the head of a column: ``tail_base_left`` for ``tail base.left``."""
    return name.replace(".", "_").replace(" ", "_")


def limb_column(skeleton: Skeleton, limb: Limb) -> str:
    """Returns a limb's name fit for the head of a column: ``left``, or ``arm_left`` where there are more pairs."""
    return column(limb.name if _pairs(skeleton) > 1 else limb.name.rsplit(".", 1)[-1])


def _plain(name: str, group: str, words: str, unit: str, values: Floats) -> Quantity:
    """A quantity that people read in the unit it is kept in."""
    return Quantity(name, group, words, unit, values, "" if unit == "1" else unit, 1.0)


def _angle(name: str, group: str, words: str, unit: str, values: Floats) -> Quantity:
    shown = unit.replace("rad", "deg")
    return Quantity(name, group, words, unit, values, shown, math.degrees(1.0))


def _force(name: str, group: str, words: str, shares: Floats, skeleton: Skeleton) -> Quantity:
    """A force that the trajectory has in body weights."""
    weight = skeleton.weight
    return Quantity(name, group, words, "N", shares * weight, "body weights", 1.0 / weight)


def _motion(skeleton: Skeleton, walk: Trajectory) -> Iterator[Quantity]:
    centre = centre_of_mass(skeleton, walk)
    speed = rate(centre, walk.frame_time)
    tilt = walk.poses[:, skeleton.root, 2] - skeleton.bones[skeleton.root].angle
    yield _plain("distance_m", "motion", "distance covered", "m", centre[:, 0] - centre[0, 0])
    yield _plain("speed_m_s", "motion", "speed", "m/s", speed[:, 0])
    yield _plain("com_x_m", "motion", "centre of mass, forward", "m", centre[:, 0])
    yield _plain("com_y_m", "motion", "centre of mass, height", "m", centre[:, 1])
    yield _plain("rise_m_s", "motion", "speed upward", "m/s", speed[:, 1])
    yield _plain("hip_height_m", "motion", "height of the hip", "m", _hip(skeleton, walk))
    yield _angle("trunk_tilt_rad", "motion", "tilt of the trunk", "rad", tilt)


def _hip(skeleton: Skeleton, walk: Trajectory) -> Floats:
    """Returns (f,) the height of the first limb's uppermost joint, m."""
    joint = skeleton.joints[skeleton.limbs[0].joints[0]]
    x, y = joint.parent_anchor
    _, up, angle = walk.poses[:, joint.parent].T
    height: Floats = up + x * np.sin(angle) + y * np.cos(angle)
    return height


def _joints(skeleton: Skeleton, walk: Trajectory) -> Iterator[Quantity]:
    angles = joint_angles(skeleton, walk)
    speeds = rate(angles, walk.frame_time)
    for j, joint in enumerate(skeleton.joints):
        name, words = column(joint.name), side_words(joint.name)
        yield _angle(f"{name}_angle_rad", "angles", f"{words} angle", "rad", angles[:, j])
        speed = f"{words} speed of turning"
        yield _angle(f"{name}_speed_rad_s", "joint_speeds", speed, "rad/s", speeds[:, j])
        load = walk.joint_load[:, j]
        yield _force(f"{name}_load_n", "joint_loads", f"{words} load", load, skeleton)


def _ground(skeleton: Skeleton, walk: Trajectory) -> Iterator[Quantity]:
    force = walk.ground_force
    total = force.sum(axis=1)
    yield _force("ground_up_n", "ground", "ground force up, all feet", total[:, 1], skeleton)
    for k, limb in enumerate(skeleton.limbs):
        name = limb_column(skeleton, limb)
        words = f"{side_words(limb.name)} foot".replace(" leg foot", " foot")
        up = f"ground force up, {words}"
        yield _force(f"ground_{name}_up_n", "ground", up, force[:, k, 1], skeleton)
        ahead = f"ground force forward, {words}"
        yield _force(f"ground_{name}_forward_n", "ground", ahead, force[:, k, 0], skeleton)


def _muscles(skeleton: Skeleton, walk: Trajectory) -> Iterator[Quantity]:
    for m, muscle in enumerate(skeleton.muscles):
        name, words = column(muscle.name), side_words(muscle.name)
        active = f"{words} activation"
        yield _plain(f"{name}_activation", "activation", active, "1", walk.activation[:, m])
        if walk.muscle_force.shape[1]:
            pull = walk.muscle_force[:, m]
            yield _force(f"{name}_force_n", "muscle_force", f"{words} pull", pull, skeleton)


def _energy(skeleton: Skeleton, walk: Trajectory) -> Iterator[Quantity]:
    mass = np.array([bone.mass for bone in skeleton.bones])
    inertia = np.array([bone.inertia for bone in skeleton.bones])
    speed = rate(walk.poses, walk.frame_time)
    moving = 0.5 * (speed[:, :, 0] ** 2 + speed[:, :, 1] ** 2) @ mass
    turning = 0.5 * speed[:, :, 2] ** 2 @ inertia
    height = GRAVITY * walk.poses[:, :, 1] @ mass
    yield _plain("kinetic_j", "energy", "energy of motion", "J", moving + turning)
    yield _plain("potential_j", "energy", "energy of height, usual gravity", "J", height)


def _bones(skeleton: Skeleton, walk: Trajectory) -> Iterator[Quantity]:
    for b, bone in enumerate(skeleton.bones):
        name, words = column(bone.name), side_words(bone.name)
        x, y, angle = walk.poses[:, b].T
        yield _plain(f"{name}_x_m", "bones", f"{words}, forward", "m", x)
        yield _plain(f"{name}_y_m", "bones", f"{words}, height", "m", y)
        yield _angle(f"{name}_direction_rad", "bones", f"{words}, direction", "rad", angle)
