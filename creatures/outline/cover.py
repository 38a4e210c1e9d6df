"""A coat of feathers over trunk, thighs and tail, and the bare neck that comes out of it."""

from __future__ import annotations

import numpy as np

from creatures.outline.body import Spine
from creatures.outline.skin import Draft, Floats, Skin
from creatures.outline.skulls import Points

COAT: Points = (
    (1.04, 0.10), (0.86, 0.42), (0.45, 0.64), (0.0, 0.66), (-0.42, 0.54), (-0.74, 0.30),
    (-0.80, 0.06), (-0.72, -0.20), (-0.52, -0.42), (-0.22, -0.62), (0.12, -0.74), (0.46, -0.74),
    (0.78, -0.58), (1.0, -0.26),
)  # fmt: skip
"""Along the trunk, in its lengths, and above it, in its depth at the middle."""
FRINGE = range(6, 12)
"""The points of the coat between which feathers hang."""
HANG = 0.10
"""How far they do, lengths of the trunk."""
PLUMES: Points = (
    (0.0, 0.5), (0.45, 0.62), (0.95, 0.45), (1.25, 0.0), (1.05, -0.35), (1.12, -0.8), (0.7, -0.75),
    (0.35, -0.95), (0.05, -0.5),
)  # fmt: skip
"""Along the last bone of the tail and above it, in its lengths."""


def plumes(on: Skin, spine: Spine) -> list[Draft]:
    """Returns the feathers of the tail."""
    if not spine.tail:
        return []
    bone = spine.tail[0]
    # A tail points back: what is above it lies to its right.
    points = [(x, -y) for x, y in PLUMES]
    spots = on.spots(bone, points, on.bones[bone].length)
    return [on.part("plumes", "crest", bone, spots, corners=(3, 5, 7))]


def neck(on: Skin, spine: Spine) -> list[Draft]:
    """Returns the bare skin of the neck, over that of the body."""
    parts = []
    for number, bone in enumerate(spine.front):
        length = on.bones[bone].length
        sides: list[list[Floats]] = [[], []]
        for t in (0.18, 0.5, 0.85, 1.06):
            half = 0.53 * on.depth(bone, min(t, 1.0))
            for side, points in zip((half, -half), sides, strict=True):
                points.append(on.spot(bone, t * length, side))
        around = np.array([*sides[0], *reversed(sides[1])])
        parts.append(on.part(f"neck {number + 1}", "head", bone, around))
    return parts


def coat(on: Skin, root: int) -> list[Draft]:
    """Returns the coat over trunk and thighs, with a fringe below."""
    length, depth = on.bones[root].length, on.depth(root, 0.5)
    points: list[tuple[float, float]] = []
    corners = []
    for number, (along, up) in enumerate(COAT):
        points.append((along * length, up * depth))
        if number in FRINGE:
            nearer = COAT[(number + 1) % len(COAT)]
            middle = (0.5 * (along + nearer[0]) - 0.05, 0.5 * (up + nearer[1]))
            corners.append(len(points))
            points.append((middle[0] * length, middle[1] * depth - HANG * length))
    return [on.part("coat", "haunch", root, on.spots(root, points), corners=corners)]
