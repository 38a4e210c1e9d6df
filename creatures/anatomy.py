"""Pure rules of anatomy: inertia, strength, moment arms, the load of standing. Nothing here knows files or physics."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SPECIFIC_TENSION = 300_000.0
"""N/m2 of muscle: the default of GaitSym 2019 (Sellers)."""
MUSCLE_DENSITY = 1059.7
"""kg/m3, as in SCONE."""
TENDON_STRAIN = 0.06
"""Of a tendon at its muscle's maximal isometric force (GaitSym)."""
FASTEST_SHORTENING = 4.0
"""Fibre lengths in sqrt(leg length / g): 7.1 a second for a T. rex, 14 for a human, 16 for a Velociraptor.

Across mammals of a 100,000-fold range of mass, muscle is the slower the longer the leg (Marx, Olsson & Larsson 2006,
Pflugers Arch 451:222, abstract read). That it goes with this time, as speeds do in animals that move alike, is an
estimate; for a T. rex it lies between the 6 a second of Sellers' model of 2003 and the 8.4 of GaitSym.
"""

Points = NDArray[np.float64]
Posed = tuple[float, float, float]
"""x, y of a bone's centre of mass and its angle."""


def ellipsoid_inertia(mass: float, length: float, depth: float) -> float:
    """Returns the pitch inertia (kg m2) of an ellipsoid of this mass (kg), length (m) and depth (m)."""
    return mass * (length**2 + depth**2) / 20.0


def least_inertia(mass: float, leg_length: float) -> float:
    """Returns the least inertia (kg m2) a bone is given, for a body mass (kg) and leg length (m).

    A muscle strong enough to carry the body would spin a bare foot thousands of times a second, faster than any step
    can follow. This floor is under 2 % of the inertia of a leg about its hip, so no gait notices.
    """
    return 4e-4 * mass * leg_length**2


def joint_mobility(
    poses: Sequence[Posed],
    masses: Sequence[float],
    inertias: Sequence[float],
    pivots: Sequence[tuple[float, float]],
    beyond: Sequence[Sequence[int]],
) -> Points:
    """Returns (j, j) how fast each joint turns for a torque at each joint, of a body free in the air, 1/(kg m2).

    The inverse of the mass matrix in joint coordinates, of which the rows of the free trunk are left out.

    Args:
        poses: of all bones.
        masses: kg.
        inertias: kg m2.
        pivots: where each joint is, metres.
        beyond: the bones on the far side of each joint.
    """
    columns = 3 + len(pivots)
    mass_matrix = np.zeros((columns, columns))
    for bone, (x, y, _) in enumerate(poses):
        jacobian = np.zeros((3, columns))
        jacobian[0, 0] = jacobian[1, 1] = jacobian[2, 2] = 1.0
        jacobian[0, 2], jacobian[1, 2] = -y, x
        for joint, (px, py) in enumerate(pivots):
            if bone in beyond[joint]:
                jacobian[:, 3 + joint] = (-(y - py), x - px, 1.0)
        weights = np.array([masses[bone], masses[bone], inertias[bone]])
        mass_matrix += jacobian.T @ (weights[:, None] * jacobian)
    return np.asarray(np.linalg.inv(mass_matrix)[3:, 3:], dtype=np.float64)


def shaft_radius(mass: float, pairs: int) -> float:
    """Returns the radius (m) at mid-shaft of the bone next to the body, for a body mass (kg) on so many pairs of legs.

    After Anderson, Hall-Martin & Russell 1985 (J Zool A 207:53), as it is commonly quoted: with the circumference C in
    mm, mass is 0.00016 C^2.73 for bipeds, and 0.000078 (C humerus + C femur)^2.73 for quadrupeds, here with both alike.
    """
    around = (mass / 0.00016) ** (1.0 / 2.73)
    if pairs > 1:
        around = (mass / 0.000078) ** (1.0 / 2.73) / 2.0
    return float(around / 1000.0 / (2.0 * math.pi))


def isometric_force(mass: float, fibre_length: float) -> float:
    """Returns a muscle's maximal force (N): specific tension x mass / (density x fibre length)."""
    return SPECIFIC_TENSION * mass / (MUSCLE_DENSITY * fibre_length)


def fastest_shortening(fibre_length: float, leg_time: float) -> float:
    """Returns the speed (m/s) at which fibres (m) shorten unloaded; leg_time is sqrt(leg length / g), s."""
    return FASTEST_SHORTENING * fibre_length / leg_time


def tendon_give(length: float, max_force: float) -> float:
    """Returns how much longer (m/N) a tendon of this length (m) gets, for its muscle's maximal force (N)."""
    return TENDON_STRAIN * length / max_force


def world_point(pose: Posed, point: tuple[float, float]) -> tuple[float, float]:
    """Returns where a point of a bone is in the world, metres."""
    x, y, angle = pose
    c, s = math.cos(angle), math.sin(angle)
    return x + c * point[0] - s * point[1], y + s * point[0] + c * point[1]


def bone_point(pose: Posed, point: tuple[float, float]) -> tuple[float, float]:
    """Returns where a point of the world is in a bone's own frame, metres: `world_point` turned round."""
    x, y, angle = pose
    c, s = math.cos(angle), math.sin(angle)
    dx, dy = point[0] - x, point[1] - y
    return c * dx + s * dy, c * dy - s * dx


def path_length(
    poses: Sequence[Posed], bones: Sequence[int], points: Sequence[tuple[float, float]]
) -> float:
    """Returns the length (m) of a muscle's path over the posed bones."""
    at = [world_point(poses[bone], point) for bone, point in zip(bones, points, strict=True)]
    return sum(math.dist(a, b) for a, b in pairwise(at))


def descendants(parents: Sequence[int], bone: int) -> list[int]:
    """Returns the bone and all that hang on it, by index."""
    found = [bone]
    for index in range(len(parents)):
        at = index
        while at not in (-1, bone):
            at = parents[at]
        if at == bone and index != bone:
            found.append(index)
    return found


def turned(
    poses: Sequence[Posed], which: Sequence[int], pivot: tuple[float, float], by: float
) -> list[Posed]:
    """Returns the poses with some bones turned about a pivot by an angle (rad)."""
    c, s = math.cos(by), math.sin(by)
    new = list(poses)
    for index in which:
        x, y, angle = poses[index]
        dx, dy = x - pivot[0], y - pivot[1]
        new[index] = (pivot[0] + c * dx - s * dy, pivot[1] + s * dx + c * dy, angle + by)
    return new


def moment_arm(
    poses: Sequence[Posed],
    far: Sequence[int],
    pivot: tuple[float, float],
    bones: Sequence[int],
    points: Sequence[tuple[float, float]],
) -> float:
    """Returns a muscle's moment arm (m) about a joint: minus the change of its length with the joint's angle.

    Args:
        poses: of all bones.
        far: the bones on the far side of the joint.
        pivot: where the joint is, metres.
        bones: the bone of each path point.
        points: the path points in their bones' frames, metres.
    """
    if not set(bones) & set(far) or set(bones) <= set(far):
        return 0.0
    step = 1e-5
    longer = path_length(turned(poses, far, pivot, step), bones, points)
    shorter = path_length(turned(poses, far, pivot, -step), bones, points)
    return -(longer - shorter) / (2 * step)


def weight_moment(
    poses: Sequence[Posed],
    masses: Sequence[float],
    far: Sequence[int],
    pivot: tuple[float, float],
    gravity: float,
) -> float:
    """Returns the torque (N m) about a joint that carries the weight of everything on its far side."""
    return sum(masses[i] * gravity * (poses[i][0] - pivot[0]) for i in far)
