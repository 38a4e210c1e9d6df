"""Where the names of bones and the numbers of muscles stand, so that none lies over another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from creatures.outline import Part
from creatures.outline.skin import Floats
from creatures.skeleton import Skeleton

Side: TypeAlias = Literal["above", "before", "behind"]

_STEEP = 0.6
"""Cosine: a bone of the middle that is steeper has its name before it, not above it."""
_LETTER, _LINE = 10.4, 22.0
"""Pixels: of a usual letter and from line to line, at the size of the names."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a bone."""

    bone: int
    at: tuple[float, float]
    """Where the text is, metres: the middle of its lower edge, or the middle of its end that is nearest."""
    to: tuple[float, float]
    """The bone's middle, metres."""
    side: Side
    """Of the animal, or of the limb."""


def bone_labels(
    skeleton: Skeleton, parts: Sequence[Part], texts: Sequence[str], pixel: float
) -> list[Label]:
    """Places the names of the bones of the near side and of the middle.

    Args:
        skeleton: in its standing pose.
        parts: its outline.
        texts: of every bone.
        pixel: metres in a pixel.
    """
    skin = np.concatenate([part.polygon for part in parts])
    above, beside = [], []
    for index, bone in enumerate(skeleton.bones):
        if bone.side == "right":
            continue
        half = bone.local(0.5 * bone.length)
        to = bone.x + half * math.cos(bone.angle), bone.y + half * math.sin(bone.angle)
        wide = len(texts[index]) * _LETTER * pixel
        if not bone.side and abs(math.cos(bone.angle)) >= _STEEP:
            above.append((index, to, wide))
        else:
            beside.append((index, to, wide))
    return [*_above(above, skin, pixel), *_beside(skeleton, beside, parts, skin, pixel)]


def _above(
    wanted: Sequence[tuple[int, tuple[float, float], float]], skin: Floats, pixel: float
) -> list[Label]:
    """Puts names over the back; one that would touch another goes higher."""
    found: list[Label] = []
    boxes: list[tuple[float, float, float]] = []
    for index, to, wide in sorted(wanted, key=lambda one: one[1][0]):
        near = skin[np.abs(skin[:, 0] - to[0]) <= max(0.5 * wide, 4 * pixel)]
        y = float(near[:, 1].max() if len(near) else to[1]) + 16 * pixel
        left, right = to[0] - 0.5 * wide, to[0] + 0.5 * wide
        step = _LINE * pixel
        while any(a < right and left < b and abs(c - y) < step for a, b, c in boxes):
            y += 0.5 * step
        boxes.append((left, right, y))
        found.append(Label(index, (to[0], y), to, "above"))
    return found


def _beside(
    skeleton: Skeleton,
    wanted: Sequence[tuple[int, tuple[float, float], float]],
    parts: Sequence[Part],
    skin: Floats,
    pixel: float,
) -> list[Label]:
    """Puts names before a limb, or before a neck that stands up, from the ground up.

    A limb that has another before it has its names behind it: there is room under the tail.
    """
    feet = {limb.name: skeleton.bones[limb.foot].x for limb in skeleton.limbs if limb.side == 0}
    found: list[Label] = []
    highest: dict[str, float] = {}
    for index, to, _ in sorted(wanted, key=lambda one: one[1][1]):
        name = _limb(skeleton, index)
        own = [part.polygon for part in parts if part.name == name]
        edge = np.concatenate(own) if own else skin
        if not own:
            band = edge[np.abs(edge[:, 1] - to[1]) < 0.1 * skeleton.hip_height]
            edge = band if len(band) else edge
        side: Side = "behind" if feet.get(name, math.inf) < max(feet.values()) else "before"
        x = float(edge[:, 0].max()) + 26 * pixel
        if side == "behind":
            x = float(edge[:, 0].min()) - 26 * pixel
        y = max(to[1], highest.get(name, -0.3 * _LINE * pixel) + _LINE * pixel)
        highest[name] = y
        found.append(Label(index, (x, y), to, side))
    return found


def _limb(skeleton: Skeleton, bone: int) -> str:
    """Returns the name of the limb that a bone is in; empty if in none."""
    for limb in skeleton.limbs:
        if bone in [skeleton.joints[joint].child for joint in limb.joints]:
            return limb.name
    return ""


def apart(points: Sequence[tuple[float, float]], least: float) -> Floats:
    """Returns (n, 2) points moved as little as needed to be so far from each other.

    Args:
        points: wished places.
        least: distance.
    """
    at = np.array(points, dtype=np.float64).reshape(-1, 2)
    home = at.copy()
    # Two in one place part along a direction of their own, the same every time.
    at += 1e-3 * least * np.stack([np.cos(np.arange(len(at))), np.sin(np.arange(len(at)))], 1)
    for _ in range(200):
        way = at[:, None] - at[None]
        far = np.linalg.norm(way, axis=2) + np.eye(len(at)) * 10 * least
        push = np.clip(least - far, 0.0, None)
        if not push.any():
            break
        at = at + 0.5 * (way / far[:, :, None] * push[:, :, None]).sum(axis=1)
        at = at + 0.02 * (home - at)
    return at
