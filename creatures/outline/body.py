"""The body from the tip of the tail to the head: one smooth skin, its pale belly and its stripes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from creatures.outline.skin import Draft, Floats, Skin
from creatures.outline.skulls import Skull
from creatures.skeleton import Skeleton

TAIL = ((1.0, 0.5), (0.7, 0.5), (0.35, 0.48), (0.0, 0.46))
"""Cuts across a bone of the tail: the share of its length, and the share of the flesh above the bone."""
TRUNK = (
    (0.0, 0.47, 1.0),
    (0.25, 0.43, 1.0),
    (0.52, 0.40, 1.02),
    (0.78, 0.43, 1.16),
    (1.0, 0.62, 1.3),
)
"""The same across the trunk, and how much deeper than the bone says: the chest is."""
NECK = ((0.0, 0.80), (0.5, 0.55), (1.0, 0.5))


@dataclass(frozen=True, slots=True)
class Spine:
    """The bones of the middle, from the tip of the tail to the head."""

    tail: tuple[int, ...]
    """Tip first; their near ends face forward."""
    root: int
    front: tuple[int, ...]
    """The neck; empty when the head sits on the trunk."""
    head: int
    """-1 for an animal without one."""


def spine(skeleton: Skeleton) -> Spine:
    """Returns the bones of the middle."""
    limbs = {skeleton.joints[joint].child for limb in skeleton.limbs for joint in limb.joints}
    chains: list[list[int]] = [[], []]
    for index, bone in enumerate(skeleton.bones):
        if index in limbs or index == skeleton.root:
            continue
        is_front = _way(skeleton, index)
        chain = chains[is_front]
        if bone.parent == (chain[-1] if chain else skeleton.root):
            chain.append(index)
    tail, front = chains
    head = front[-1] if front else -1
    return Spine(tuple(reversed(tail)), skeleton.root, tuple(front[:-1]), head)


def _way(skeleton: Skeleton, bone: int) -> bool:
    """Returns whether a bone of the middle lies ahead of the root, by the bone its chain hangs on it with."""
    at = bone
    while skeleton.bones[at].parent != skeleton.root:
        at = skeleton.bones[at].parent
    return bool(np.cos(skeleton.bones[at].angle - skeleton.bones[skeleton.root].angle) > 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A cut across the body."""

    top: Floats
    """(3 b,) on the back."""
    bottom: Floats
    """(3 b,) on the belly."""


def _ring(on: Skin, bone: int, t: float, forward: bool, over: float, by: float = 1.0) -> Ring:
    """Returns the cut at a share of a bone's length, a share ``over`` of it above the bone."""
    length, depth = on.bones[bone].length, on.depth(bone, t) * by
    up = 1.0 if forward else -1.0
    return Ring(
        on.spot(bone, t * length, up * over * depth),
        on.spot(bone, t * length, -up * (1.0 - over) * depth),
    )


def _mean(one: Ring, other: Ring) -> Ring:
    return Ring((one.top + other.top) / 2, (one.bottom + other.bottom) / 2)


def _rings(on: Skin, spine: Spine, skull: Skull | None) -> list[Ring]:
    """Returns the cuts across the body from the tail's tip to within the head."""
    groups = [[_ring(on, bone, t, False, over) for t, over in TAIL] for bone in spine.tail]
    groups.append([_ring(on, spine.root, t, True, over, by) for t, over, by in TRUNK])
    groups += [[_ring(on, bone, t, True, over) for t, over in NECK] for bone in spine.front]
    if skull is not None:
        groups.append([_behind_head(on, spine, skull, 0.0), _behind_head(on, spine, skull, 0.12)])
    rings = groups[0]
    for group in groups[1:]:
        rings = [*rings[:-1], _mean(rings[-1], group[0]), *group[1:]]
    return rings


def _behind_head(on: Skin, spine: Spine, skull: Skull, along: float) -> Ring:
    """Returns the cut where the neck runs into the skull."""
    length = on.bones[spine.head].length
    return Ring(
        on.spot(spine.head, along * length, skull.nape * length),
        on.spot(spine.head, along * length, -skull.throat * length),
    )


def trunk(on: Skin, spine: Spine, skull: Skull | None, striped: bool) -> list[Draft]:
    """Returns the body, its belly and, if it has any, its stripes."""
    rings = _rings(on, spine, skull)
    tops, bottoms = [ring.top for ring in rings], [ring.bottom for ring in rings]
    belly = np.array([bottoms[2], *_waist(rings[3:]), *reversed(bottoms[3:])])
    if spine.tail:
        tops[0] = (tops[0] + bottoms[0]) / 2
        bottoms = bottoms[1:]
    around = np.array([*tops, *reversed(bottoms)])
    parts = [
        on.part("body", "body", -1, around, corners=(0,) if spine.tail else ()),
        on.part("belly", "belly", -1, belly, corners=(0, len(belly) // 2)),
    ]
    return parts + (_stripes(on, spine) if striped else [])


def _waist(rings: list[Ring]) -> list[Floats]:
    """Returns where the pale belly ends on the flank."""
    return [0.30 * ring.top + 0.70 * ring.bottom for ring in rings]


def _stripes(on: Skin, spine: Spine) -> list[Draft]:
    """Returns tapering stripes down the back and the tail, clear of the haunch."""
    places = [(bone, t, False) for bone in spine.tail for t in np.linspace(0.22, 0.72, 4)]
    places += [(spine.root, t, True) for t in np.linspace(0.36, 0.76, 4)]
    return [
        on.part(
            f"stripe {number + 1}",
            "stripe",
            bone,
            _stripe(on, spine, bone, t, forward),
            corners=(2,),
        )
        for number, (bone, t, forward) in enumerate(places)
    ]


def _stripe(on: Skin, spine: Spine, bone: int, t: float, forward: bool) -> Floats:
    """Returns the points of a stripe from the back to its tip, which is swept towards the tail."""
    at, depth = t * on.bones[bone].length, on.depth(bone, t)
    half = 0.046 * float(np.sqrt(depth * on.depth(spine.root, 0.5)))
    shares, *cuts = np.array(sorted(TRUNK if forward else TAIL)).T
    top = 0.96 * depth * float(np.interp(t, shares, cuts[0] * (cuts[1] if forward else 1.0)))
    up = 1.0 if forward else -1.0
    points = [(at - half, top), (at + half, top), (at - up * 0.18 * depth, top - 0.42 * depth)]
    return np.array([on.spot(bone, x, up * y) for x, y in points])
