"""The shafts of leg bones as arrays: what a bone has to bear the load with, and what pulls on its far half."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from creatures.skeleton import Bone, Skeleton

HOLLOW = 0.55
"""Inner over outer radius of a shaft. An estimate: theropods' and birds' thigh bones are hollow, with thick walls."""
Span = tuple[tuple[int, int], tuple[float, float, float, float]]


def shafts(skeleton: Skeleton, spans: Sequence[Span]) -> dict[str, Any]:
    """Returns the arrays of `creatures.rig.Rig` that tell of shafts.

    Args:
        skeleton: the animal; bones without a shaft radius are left out.
        spans: the straight pieces between bones of all muscles' paths, one muscle after the other.
    """
    which = [b for b, bone in enumerate(skeleton.bones) if bone.shaft_radius > 0.0]
    bones = [skeleton.bones[b] for b in which]
    cuts = [bone.local(0.5 * bone.length) for bone in bones]
    ends = [
        (h, s, end)
        for h, (b, cut) in enumerate(zip(which, cuts, strict=True))
        for s, (pair, points) in enumerate(spans)
        for end in (0, 1)
        if pair[end] == b and points[2 * end] > cut
    ]
    straps = [
        (h, m, *line)
        for h, (b, cut) in enumerate(zip(which, cuts, strict=True))
        for m, muscle in enumerate(skeleton.muscles)
        for line in _straps(muscle.bones, muscle.points, b, cut)
    ]
    return {
        "shaft_bone": np.array(which, dtype=np.int64),
        "shaft_cut": np.array(cuts, dtype=np.float64),
        "shaft_area": np.array([area(bone) for bone in bones], dtype=np.float64),
        "shaft_modulus": np.array([section_modulus(bone) for bone in bones], dtype=np.float64),
        "shaft_far": np.array([_far_half(bone) for bone in bones], dtype=np.float64).reshape(-1, 3),
        "shaft_end": np.array(ends, dtype=np.int64).reshape(-1, 3),
        "strap": np.array([one[:2] for one in straps], dtype=np.int64).reshape(-1, 2),
        "strap_line": np.array([one[2:] for one in straps], dtype=np.float64).reshape(-1, 4),
    }


def area(bone: Bone) -> float:
    """Returns the cross-section of a bone's wall at mid-shaft, m2."""
    return math.pi * bone.shaft_radius**2 * (1.0 - HOLLOW**2)


def section_modulus(bone: Bone) -> float:
    """Returns a shaft's second moment of area over its radius, m3: it turns bending moment into stress."""
    return math.pi / 4.0 * bone.shaft_radius**3 * (1.0 - HOLLOW**4)


def _far_half(bone: Bone) -> tuple[float, float, float]:
    """Half the mass, spread evenly over the far half: mass, centre in the bone's own frame, inertia."""
    half = 0.5 * bone.length
    return 0.5 * bone.mass, bone.local(1.5 * half), 0.5 * bone.mass * half**2 / 12.0


def _straps(
    bones: Sequence[int], points: Sequence[tuple[float, float]], bone: int, cut: float
) -> list[tuple[float, float, float, float]]:
    """The pieces of a muscle that lie on one bone and run past its middle, as they hold its far half."""
    found = []
    for (a, p), (b, q) in pairwise(zip(bones, points, strict=True)):
        if a == b == bone and (p[0] > cut) != (q[0] > cut):
            far, near = (p, q) if p[0] > cut else (q, p)
            long = math.dist(far, near)
            found.append((*far, (near[0] - far[0]) / long, (near[1] - far[1]) / long))
    return found
