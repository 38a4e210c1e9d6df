"""The bones as shapes: long bones with thick ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creatures.skeleton import Bone, Skeleton

Floats = NDArray[np.float64]

SHAFT = 0.020
"""Half the thickness of a bone's shaft, hip heights."""


def bone_shapes(skeleton: Skeleton, pose: Floats) -> list[Floats]:
    """Returns (n, 2) the outline of each bone in a pose, in the order of the skeleton, m.

    Args:
        skeleton: whose.
        pose: (b, 3) of every bone, m and rad.
    """
    half = SHAFT * skeleton.hip_height
    return [
        _placed(_shaft(bone, half), place) for bone, place in zip(skeleton.bones, pose, strict=True)
    ]


def _placed(shape: Floats, place: Floats) -> Floats:
    c, s = float(np.cos(place[2])), float(np.sin(place[2]))
    moved: Floats = shape @ np.array([[c, s], [-s, c]]) + place[:2]
    return moved


def _shaft(bone: Bone, half: float) -> Floats:
    """Returns a long bone along x: thick at its ends, and slender where there is little flesh round it."""
    along = np.array([0.0, 0.03, 0.12, 0.5, 0.88, 0.97, 1.0]) * bone.length - bone.com
    most = np.interp(np.linspace(0.0, 1.0, 7), (0.0, 0.5, 1.0), bone.depth) * 0.3
    thick = np.array([0.7, 1.35, 1.0, 0.7, 1.0, 1.35, 0.7]) * min(half, 0.14 * bone.length)
    thick = np.minimum(thick, np.maximum(most, 0.1 * half))
    upper = np.stack([along, thick], axis=1)
    return np.concatenate([upper, (upper * (1.0, -1.0))[::-1]])
