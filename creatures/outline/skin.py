"""The skin over the bones: where each part of a drawn animal is, as points fixed to its bones.

A point is written as a row of numbers over the `basis` of a pose, three for each bone: how much of the bone's place it
takes, and how far along and how far left of the bone it lies. Rows may be averaged, which is how the skin bends over a
joint, and a smooth curve through points is again rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatures.skeleton import Bone, Skeleton

Floats = NDArray[np.float64]

USUAL_BUILD = 110.0
"""kg per cubed metre of leg: an allosaur has 125, a tyrannosaur 200, a coelophysis 50."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A part before it is posed."""

    name: str
    role: str
    bone: int
    """Index of the bone it is fixed to; -1 for one that bends over several."""
    vertices: Floats
    """(n, 3 b) over the `basis` of a pose."""


def basis(pose: Floats) -> Floats:
    """Returns (3 b, 2): of each bone its place, the direction along it and the direction to its left."""
    frame = np.empty((len(pose), 3, 2))
    c, s = np.cos(pose[:, 2]), np.sin(pose[:, 2])
    frame[:, 0] = pose[:, :2]
    frame[:, 1, 0], frame[:, 1, 1] = c, s
    frame[:, 2, 0], frame[:, 2, 1] = -s, c
    return frame.reshape(-1, 2)


def smooth(
    points: Floats, standing: Floats, corners: Sequence[int] = (), pieces: int = 6
) -> Floats:
    """Returns (k pieces, 3 b) a closed centripetal Catmull-Rom curve through (k, 3 b) points.

    Args:
        points: the points, in order round the part.
        standing: basis of the standing pose, where the curve's knots are spaced once for all poses.
        corners: indices of the points that stay sharp.
        pieces: vertices for each point.
    """
    before, after, beyond = (np.roll(points, shift, axis=0) for shift in (1, -1, -2))
    steps = np.linalg.norm((after - points) @ standing, axis=1)
    knots = np.sqrt(np.maximum(steps, 1e-6 * steps.max()))[:, None]
    last, following = np.roll(knots, 1, axis=0), np.roll(knots, -1, axis=0)
    leave = (points - before) / last - (after - before) / (last + knots) + (after - points) / knots
    arrive = (
        (after - points) / knots
        - (beyond - points) / (knots + following)
        + (beyond - after) / following
    )
    for corner in corners:
        leave[corner] = arrive[corner - 1] = 0.0
    t = (np.arange(pieces) / pieces)[None, :, None]
    curve = (
        (1 + 2 * t) * (1 - t) ** 2 * points[:, None]
        + t * (1 - t) ** 2 * (knots * leave)[:, None]
        + t * t * (3 - 2 * t) * after[:, None]
        - t * t * (1 - t) * (knots * arrive)[:, None]
    )
    return np.ascontiguousarray(curve.reshape(-1, points.shape[1]))


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """Makes points on the bones of one skeleton, and parts of them."""

    bones: tuple[Bone, ...]
    standing: Floats
    """`basis` of the standing pose."""
    build: float
    """How much thicker than the plan's the flesh is: heavy animals are stout, light ones slim."""

    def depth(self, bone: int, t: float) -> float:
        """Returns the thickness (m) of the flesh at a share of a bone's length."""
        return self.build * float(np.interp(t, (0.0, 0.5, 1.0), self.bones[bone].depth))

    def spot(self, bone: int, along: float, up: float) -> Floats:
        """Returns (3 b,) the point so far from a bone's near end and so far left of it, metres."""
        row = np.zeros(3 * len(self.bones))
        row[3 * bone : 3 * bone + 3] = 1.0, self.bones[bone].local(along), up
        return row

    def spots(self, bone: int, points: Sequence[tuple[float, float]], unit: float = 1.0) -> Floats:
        """Returns (k, 3 b) points along and left of a bone, in units of so many metres."""
        return np.array([self.spot(bone, x * unit, y * unit) for x, y in points])

    def part(
        self, name: str, role: str, bone: int, points: Floats, corners: Sequence[int] = ()
    ) -> Draft:
        """Returns the smooth part through (k, 3 b) points."""
        return Draft(name, role, bone, smooth(points, self.standing, corners))


def skin(skeleton: Skeleton) -> Skin:
    """Returns the skin of a skeleton."""
    standing = np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])
    build = (skeleton.mass / (USUAL_BUILD * skeleton.leg_length**3)) ** (1 / 3)
    return Skin(skeleton.bones, basis(standing), min(max(build, 0.7), 1.35))


def ribbon(
    line: Sequence[tuple[float, float]], widths: Sequence[float]
) -> list[tuple[float, float]]:
    """Returns the points round a line: along its left side and back along its right.

    Args:
        line: (k, 2) its points.
        widths: (k,) half its width at each.
    """
    at = np.array(line)
    way = np.gradient(at, axis=0)
    way /= np.linalg.norm(way, axis=1)[:, None]
    side = np.stack([-way[:, 1], way[:, 0]], axis=1) * np.array(widths)[:, None]
    around = np.concatenate([at + side, (at - side)[::-1]])
    return [(float(x), float(y)) for x, y in around]
