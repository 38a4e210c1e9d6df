"""The muscles of a standing animal as lines, numbered, coloured by the last joint they cross."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from creatures.anatomy import world_point
from creatures.skeleton import Muscle, Skeleton
from sims.picture.stride import Floats

LIMB = ("#d55e00", "#0072b2", "#009e73", "#b8860b", "#7a4a9e")
"""By how far down its limb a joint is: hip or shoulder first. After the palette of Okabe and Ito."""
TAIL, FRONT = "#6b7f8c", "#b05a8a"
"""Muscles of the tail and the back, of the neck and the head."""
_LEAST = 0.05
"""Of its greatest moment arm: below this a muscle only passes a joint by."""
WIDEST, NARROWEST = 8.0, 1.4
"""Points."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One muscle of the near side or of the middle."""

    index: int
    """In the skeleton."""
    number: int
    """Printed beside it and in the lists, from 1."""
    name: str
    colour: str
    group: str
    """The last joint that it crosses, and those that are as far down other limbs: ``hip, shoulder``."""
    path: Floats
    """(n, 2) metres."""
    force: float
    """Newtons."""

    @property
    def middle(self) -> tuple[float, float]:
        """Returns the point half way along it, metres."""
        steps = np.linalg.norm(np.diff(self.path, axis=0), axis=1)
        ends = np.concatenate([[0.0], np.cumsum(steps)])
        half = 0.5 * ends[-1]
        x, y = (float(np.interp(half, ends, self.path[:, axis])) for axis in (0, 1))
        return x, y


def lines(skeleton: Skeleton) -> tuple[Line, ...]:
    """Returns the muscles that are drawn, in the order of the skeleton."""
    shown = [
        (index, muscle)
        for index, muscle in enumerate(skeleton.muscles)
        if not muscle.name.endswith(".right")
    ]
    groups = _groups(skeleton)
    found = []
    for number, (index, muscle) in enumerate(shown, start=1):
        colour, group = groups[_last(muscle)]
        name = muscle.kind.replace("_", " ")
        path = _path(skeleton, muscle)
        found.append(Line(index, number, name, colour, group, path, muscle.max_force))
    return tuple(found)


def width(line: Line, strongest: float) -> float:
    """Returns how wide a muscle is drawn, points: wider by its force, newtons."""
    return NARROWEST + (WIDEST - NARROWEST) * line.force / strongest


def _path(skeleton: Skeleton, muscle: Muscle) -> Floats:
    poses = [(bone.x, bone.y, bone.angle) for bone in skeleton.bones]
    at = zip(muscle.bones, muscle.points, strict=True)
    return np.array([world_point(poses[bone], point) for bone, point in at])


def _last(muscle: Muscle) -> int:
    """Returns the last joint that a muscle crosses, on the way from the body out."""
    arms = [abs(arm) for arm in muscle.moment_arms]
    return max(j for j, arm in enumerate(arms) if arm > _LEAST * max(arms))


def _groups(skeleton: Skeleton) -> dict[int, tuple[str, str]]:
    """Returns joint -> colour and name of its group."""
    rank = {
        joint: min(place, len(LIMB) - 1)
        for limb in skeleton.limbs
        for place, joint in enumerate(limb.joints)
    }
    found = {}
    for index, joint in enumerate(skeleton.joints):
        if index in rank:
            same = [skeleton.joints[j].kind for j, r in sorted(rank.items()) if r == rank[index]]
            found[index] = (LIMB[rank[index]], ", ".join(dict.fromkeys(same)))
        elif math.cos(skeleton.bones[joint.child].angle) < 0.0:
            found[index] = (TAIL, "tail")
        else:
            found[index] = (FRONT, "neck, head")
    return found
