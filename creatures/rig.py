"""A skeleton as flat arrays, for compiled code: the same animal, nothing added."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from creatures.anatomy import descendants
from creatures.shafts import shafts
from creatures.skeleton import Joint, Muscle, Skeleton

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Indices = NDArray[np.uint64]
"""Unsigned: compiled code need not ask whether an index counts from the end."""


class Rig(NamedTuple):
    """What the compiled loop reads. b bones, j joints, m muscles, s spans, l limbs."""

    mass: Floats
    """(b,) kg."""
    inertia: Floats
    """(b,) kg m2."""
    parent: Ints
    """(j,) bone on the near side."""
    child: Ints
    """(j,) bone on the far side."""
    standing: Floats
    """(j,) joint angle in the standing pose, rad."""
    stiffness: Floats
    """(j,) N m/rad."""
    damping: Floats
    """(j,) N m s/rad."""
    preload: Floats
    """(j,) N m."""
    support: Floats
    """(j,) muscle torque of standing, in body weight x hip height."""
    low: Floats
    """(j,) rad."""
    high: Floats
    """(j,) rad."""
    span_start: Indices
    """(m + 1,) where each muscle's spans begin: the straight pieces of its path that go from bone to bone."""
    span_bone: Indices
    """(s, 2) the bones a span joins."""
    span_end: Floats
    """(s, 4) x and y of its two ends, each in its bone's own frame, m."""
    max_force: Floats
    """(m,) N."""
    fibre_length: Floats
    """(m,) m."""
    fastest: Floats
    """(m,) speed of shortening at which a muscle gives no force, m/s."""
    tendon_give: Floats
    """(m,) how much longer the tendon gets for a newton, m/N; 0 for a muscle without one."""
    muscle_length: Floats
    """(m,) length of its spans in the standing pose, m: the path less the pieces that lie on one bone."""
    mobility: Floats
    """(m,) how fast a muscle's ends come together for a newton, 1/kg."""
    effect: Floats
    """(m, j) torque of each muscle at full force about each joint, in shares of the joint's strength."""
    ease: Floats
    """(j,) one over the joint's strength: what its muscles can give, in body weight x hip height."""
    crossed: Ints
    """(m, most) the joints each muscle crosses; one it does not cross fills the row."""
    limb_joint: Ints
    """(l, longest) joints of each limb from the body down, -1 where it has no more."""
    limb_pair: Ints
    """(l,) pair of each limb."""
    limb_side: Ints
    """(l,) 0 left, 1 right."""
    limb_foot: Ints
    """(l,) foot bone."""
    limb_stand: Floats
    """(l,) where the foot stands, along the foot bone in its own frame, m."""
    limb_share: Floats
    """(l,) share of the body weight that each limb carries in the standing pose."""
    limb_ahead: Floats
    """(l,) centre of mass ahead of where the foot stands, in the standing pose, hip heights."""
    tail: Ints
    """(t,) joints of the tail, from the body out."""
    neck: Ints
    """(n,) joints of the neck, from the body out."""
    root: int
    """The trunk."""
    total_mass: float
    """kg."""
    hip_height: float
    """m."""
    root_hip: float
    """Where the hip is on the trunk, in its own frame, m."""
    root_angle: float
    """Direction of the trunk in the standing pose, rad."""
    anchors: Floats
    """(j, 2) where each joint sits along its near and its far bone, in their own frames, m."""
    joint_of: Ints
    """(b,) the joint at the near end of each bone; -1 for the root."""
    beyond: NDArray[np.bool_]
    """(j, b) whether a bone hangs on a joint, near or far."""
    span_muscle: Ints
    """(s,) the muscle of each span."""
    shaft_bone: Ints
    """(h,) the bones whose stress is known."""
    shaft_cut: Floats
    """(h,) where mid-shaft is along the bone, in its own frame, m."""
    shaft_area: Floats
    """(h,) cross-section of the shaft, m2."""
    shaft_modulus: Floats
    """(h,) section modulus of the shaft: bending moment over stress, m3."""
    shaft_far: Floats
    """(h, 3) what lies beyond mid-shaft, flesh and all: mass (kg), its centre along the bone (m), inertia (kg m2)."""
    shaft_end: Ints
    """(e, 3) every end of a span that lies beyond mid-shaft: which shaft, which span, which end."""
    strap: Ints
    """(k, 2) every piece of a muscle that runs along a shaft past its middle: which shaft, which muscle."""
    strap_line: Floats
    """(k, 4) where such a piece holds the far half, in the bone's own frame (m), and which way it pulls."""


def rig(skeleton: Skeleton) -> Rig:
    """Returns the arrays of a skeleton."""
    bones, joints, muscles = skeleton.bones, skeleton.joints, skeleton.muscles
    moment = skeleton.weight * skeleton.hip_height
    arms = np.array([muscle.moment_arms for muscle in muscles])
    force = np.array([muscle.max_force for muscle in muscles])
    effect, ease = _recruitment(arms, force, moment)
    root, spans = bones[skeleton.root], [_spans(muscle) for muscle in muscles]
    return Rig(
        mass=_floats([bone.mass for bone in bones]),
        inertia=_floats([bone.inertia for bone in bones]),
        parent=_ints([joint.parent for joint in joints]),
        child=_ints([joint.child for joint in joints]),
        standing=_floats([joint.standing for joint in joints]),
        stiffness=_floats([joint.stiffness for joint in joints]),
        damping=_floats([joint.damping for joint in joints]),
        preload=_floats([joint.preload for joint in joints]),
        support=_floats([joint.support / moment for joint in joints]),
        low=_floats([joint.low for joint in joints]),
        high=_floats([joint.high for joint in joints]),
        span_start=np.cumsum([0, *(len(one) for one in spans)]).astype(np.uint64),
        span_bone=np.array([span[0] for one in spans for span in one], dtype=np.uint64),
        span_end=np.array([span[1] for one in spans for span in one], dtype=np.float64),
        max_force=force,
        fibre_length=_floats([muscle.fibre_length for muscle in muscles]),
        fastest=_floats([muscle.fastest for muscle in muscles]),
        tendon_give=_floats([muscle.tendon_give for muscle in muscles]),
        muscle_length=_floats([muscle.length - _fixed(muscle) for muscle in muscles]),
        mobility=_floats([muscle.mobility for muscle in muscles]),
        effect=effect,
        ease=ease,
        crossed=_crossed(arms),
        limb_joint=_limb_joints(skeleton),
        limb_pair=_ints([limb.pair for limb in skeleton.limbs]),
        limb_side=_ints([limb.side for limb in skeleton.limbs]),
        limb_foot=_ints([limb.foot for limb in skeleton.limbs]),
        limb_stand=_floats([bones[limb.foot].local(limb.stand_at) for limb in skeleton.limbs]),
        limb_share=_floats([limb.share for limb in skeleton.limbs]),
        limb_ahead=_floats([limb.ahead / skeleton.hip_height for limb in skeleton.limbs]),
        tail=_ints(axial_joints(skeleton, backwards=True)),
        neck=_ints(axial_joints(skeleton, backwards=False)),
        root=skeleton.root,
        total_mass=skeleton.mass,
        hip_height=skeleton.hip_height,
        root_hip=root.local(0.0),
        root_angle=root.angle,
        anchors=np.array([(j.parent_anchor[0], j.child_anchor[0]) for j in joints]),
        joint_of=_ints([-1, *range(len(joints))]),
        beyond=_beyond(skeleton),
        span_muscle=_ints([m for m, one in enumerate(spans) for _ in one]),
        **shafts(skeleton, [span for one in spans for span in one]),
    )


def _beyond(skeleton: Skeleton) -> NDArray[np.bool_]:
    parents = [bone.parent for bone in skeleton.bones]
    found = np.zeros((len(skeleton.joints), len(parents)), dtype=np.bool_)
    for index, joint in enumerate(skeleton.joints):
        found[index, descendants(parents, joint.child)] = True
    return found


def axial_joints(skeleton: Skeleton, backwards: bool) -> list[int]:
    """Returns the joints of the tail (backwards) or of the neck: those of no limb, from the body out."""
    in_limb = {joint for limb in skeleton.limbs for joint in limb.joints}
    found = []
    for index, joint in enumerate(skeleton.joints):
        if index in in_limb:
            continue
        if _points_back(skeleton, joint) == backwards:
            found.append(index)
    return found


def _points_back(skeleton: Skeleton, joint: Joint) -> bool:
    """Whether the bone that leaves the trunk on the way to this joint lies behind the hip, as the trunk points."""
    at = joint.child
    while skeleton.bones[at].parent != skeleton.root:
        at = skeleton.bones[at].parent
    bone, way = skeleton.bones[at], skeleton.bones[skeleton.root].angle
    return bone.x * math.cos(way) + (bone.y - skeleton.hip_height) * math.sin(way) < 0.0


Span = tuple[tuple[int, int], tuple[float, float, float, float]]


def _spans(muscle: Muscle) -> list[Span]:
    """A piece between two points of one bone never changes: it pulls on nothing and is left out."""
    ends = list(zip(muscle.bones, muscle.points, strict=True))
    return [((a, b), (*from_, *to)) for (a, from_), (b, to) in pairwise(ends) if a != b]


def _fixed(muscle: Muscle) -> float:
    ends = list(zip(muscle.bones, muscle.points, strict=True))
    return sum(math.dist(p, q) for (a, p), (b, q) in pairwise(ends) if a == b)


def _recruitment(arms: Floats, force: Floats, moment: float) -> tuple[Floats, Floats]:
    torque = force[:, None] * arms / moment
    ease = 1.0 / np.maximum(np.abs(torque).sum(axis=0) / 2.0, 1e-9)
    return torque * ease, ease


def _crossed(arms: Floats) -> Ints:
    """Each row: the joints with a moment arm first, then joints without, which add nothing."""
    most = int((arms != 0.0).sum(axis=1).max())
    return np.argsort(arms == 0.0, axis=1, kind="stable")[:, :most].astype(np.int64)


def _limb_joints(skeleton: Skeleton) -> Ints:
    longest = max(len(limb.joints) for limb in skeleton.limbs)
    rows = [[*limb.joints, *[-1] * (longest - len(limb.joints))] for limb in skeleton.limbs]
    return np.array(rows, dtype=np.int64)


def _floats(values: list[float]) -> Floats:
    return np.array(values, dtype=np.float64)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
