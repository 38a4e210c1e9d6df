"""The animal before its first guess: it stands, and breathes a little, so that nobody thinks the picture is frozen."""

from __future__ import annotations

import math

import numpy as np

from creatures.skeleton import Skeleton
from sims.live.messages import Floats

_SWAY = math.radians(2.2)
"""How far each bone of the middle sways."""
_PERIOD = 5.0
"""Of a breath, units of time sqrt(hip height / g): a large animal breathes slowly."""


def standing(skeleton: Skeleton, clock: float = 0.0) -> Floats:
    """Returns (b, 3) the standing pose, neck and tail swaying gently.

    Args:
        skeleton: the animal.
        clock: seconds; 0 is the standing pose itself.
    """
    pose = np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])
    beat = 2.0 * math.pi * clock / (_PERIOD * skeleton.time_unit)
    depth = {skeleton.root: 0}
    for joint in skeleton.joints:  # a joint's parent comes before it
        parent, child = joint.parent, joint.child
        depth[child] = depth.get(parent, 0) + 1
        if skeleton.bones[child].side:
            continue
        turned = pose[parent, 2] - skeleton.bones[parent].angle
        sway = _SWAY * math.sin(beat - 0.7 * depth[child]) * (1.0 if clock else 0.0)
        pose[child, 2] += turned + sway
        hinge = pose[parent, :2] + _turned(joint.parent_anchor, pose[parent, 2])
        pose[child, :2] = hinge - _turned(joint.child_anchor, pose[child, 2])
    return pose


def _turned(point: tuple[float, float], angle: float) -> Floats:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([c * point[0] - s * point[1], s * point[0] + c * point[1]])
