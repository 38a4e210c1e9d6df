"""A skeleton on the ground: a fresh pymunk space, built in one canonical order every time."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pymunk
from numpy.typing import NDArray

from creatures.skeleton import GRAVITY, Bone, Skeleton
from sims.physics import chipmunk
from sims.physics.terrain import Ground

FRICTION = 1.0
"""Of soles on the ground (Hyfydy's default)."""
_ANIMAL = 1
"""Shapes of one group do not touch each other."""


@dataclass(frozen=True, slots=True)
class World:
    """One animal in one space, and the addresses by which compiled code drives it."""

    space: pymunk.Space
    address: int
    pivots: NDArray[np.uint64]
    """(j,) the hinge of each joint."""
    limits: NDArray[np.uint64]
    """(j,) the limit of each joint."""
    identities: NDArray[np.uint64]
    """(b,) how contacts name each bone."""
    motion: chipmunk.Buffer
    wrench: chipmunk.Buffer
    contacts: chipmunk.Buffer
    _alive: tuple[Any, ...]


def build(
    skeleton: Skeleton,
    land: Ground,
    iterations: int,
    dt: float,
    mass_scale: float = 1.0,
    gravity_scale: float = 1.0,
) -> World:
    """Builds a fresh space with the animal standing in it.

    Args:
        skeleton: the animal.
        land: the ground under it.
        iterations: of the solver.
        dt: the step it will be driven with, s.
        mass_scale: makes every bone heavier or lighter, muscles unchanged.
        gravity_scale: times the usual gravity.

    Returns:
        The world; drive it once and throw it away, for a used space never repeats itself exactly.
    """
    space = pymunk.Space(threaded=False)
    space.gravity = (0.0, -GRAVITY * gravity_scale)
    space.iterations = iterations
    space.sleep_time_threshold = math.inf
    # Chipmunk's defaults are for objects of a hundred units: 10 cm of slop would swallow a toe.
    space.collision_slop = 1e-3 * skeleton.hip_height
    space.collision_bias = _bias(0.2, dt)
    space.collision_persistence = 1
    _lay(space, land)
    bodies = [_body(bone, mass_scale) for bone in skeleton.bones]
    shapes = [_shape(bone, body) for bone, body in zip(skeleton.bones, bodies, strict=True)]
    for body, shape in zip(bodies, shapes, strict=True):
        space.add(body, shape)
    pivots, limits = _hinges(space, skeleton, bodies, dt)
    count = len(bodies) + 1  # the iterators visit the ground's body too
    contacts = 2 * count
    return World(
        space=space,
        address=chipmunk.space_address(space),
        pivots=np.array([chipmunk.constraint_address(p) for p in pivots], dtype=np.uint64),
        limits=np.array([chipmunk.constraint_address(p) for p in limits], dtype=np.uint64),
        identities=np.array([body.id for body in bodies], dtype=np.uint64),
        motion=chipmunk.buffer(chipmunk.BODY_MOTION, chipmunk.MOTION * count, 0),
        wrench=chipmunk.buffer(chipmunk.BODY_WRENCH, chipmunk.WRENCH * count, 0),
        contacts=chipmunk.buffer(chipmunk.CONTACT, 4 * contacts + 64, 4 * contacts + 64),
        _alive=(bodies, shapes, pivots, limits),
    )


def _bias(share: float, dt: float) -> float:
    """What is left after a second of an error of which each step takes a share, as Chipmunk wants to know it.

    For very small steps that is less than the smallest number there is; it must not become 0, which would take out
    all of the error in one step.
    """
    return max(float((1.0 - share) ** (1.0 / dt)), sys.float_info.min)


def _lay(space: pymunk.Space, land: Ground) -> None:
    points = [(float(x), float(y)) for x, y in zip(land.x, land.y, strict=True)]
    for i, (a, b) in enumerate(pairwise(points)):
        piece = pymunk.Segment(space.static_body, a, b, 0.0)
        piece.friction = FRICTION
        # Neighbours are named so that a foot does not stub itself on an inner edge.
        piece.set_neighbors(points[max(i - 1, 0)], points[min(i + 2, len(points) - 1)])
        space.add(piece)


def _body(bone: Bone, mass_scale: float) -> pymunk.Body:
    body = pymunk.Body(bone.mass * mass_scale, bone.inertia * mass_scale)
    body.position = (bone.x, bone.y)
    body.angle = bone.angle
    return body


def _shape(bone: Bone, body: pymunk.Body) -> pymunk.Shape:
    near, far = (bone.local(along) for along in bone.contact_span)
    shape: pymunk.Shape
    if bone.foot:
        # A sole: flat below, so that a standing foot has two points of contact.
        r = bone.contact_radius
        shape = pymunk.Poly(body, [(near, -r), (far, -r), (far, 0.0), (near, r)])
    else:
        shape = pymunk.Segment(body, (near, 0.0), (far, 0.0), bone.contact_radius)
    shape.friction = FRICTION
    shape.filter = pymunk.ShapeFilter(group=_ANIMAL)
    return shape


def _hinges(
    space: pymunk.Space, skeleton: Skeleton, bodies: list[pymunk.Body], dt: float
) -> tuple[list[pymunk.PivotJoint], list[pymunk.RotaryLimitJoint]]:
    """All hinges first, then all limits: the solver's order is part of the result."""
    pivots, limits = [], []
    for joint in skeleton.joints:
        a, b = bodies[joint.parent], bodies[joint.child]
        pivot = pymunk.PivotJoint(a, b, joint.parent_anchor, joint.child_anchor)
        # Drift is taken out at a fixed share per step, not per second: steps shrink with the animal.
        pivot.error_bias = _bias(0.3, dt)
        pivots.append(pivot)
        limit = pymunk.RotaryLimitJoint(a, b, joint.low, joint.high)
        limit.error_bias = _bias(0.2, dt)
        limits.append(limit)
    for constraint in [*pivots, *limits]:
        constraint.collide_bodies = False
        space.add(constraint)
    return pivots, limits
