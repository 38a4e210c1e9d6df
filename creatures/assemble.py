"""From a species to a skeleton: lengths, masses, the standing pose, joints, muscles, each by a stated rule."""

from __future__ import annotations

import math

import numpy as np

from creatures import anatomy
from creatures.faults import bad
from creatures.skeleton import GRAVITY, Bone, Joint, Limb, Muscle, Skeleton
from creatures.species import BoneData, Species

_SIDES = ("left", "right")


class _Layout:
    """The bones in canonical order (parents first, left before right), before anything has a position."""

    def __init__(self, species: Species) -> None:
        self.species = species
        self.kinds: list[str] = []
        self.sides: list[str] = []
        self.parents: list[int] = []
        self._add(species.root, "")
        waiting = [name for name in species.bones if name != species.root]
        while waiting:
            ready = [n for n in waiting if species.bones[n].parent in self.kinds]
            for name in ready:
                for side in _SIDES if species.bones[name].paired else ("",):
                    self._add(name, side)
            waiting = [n for n in waiting if n not in ready]
        self.data: list[BoneData] = [species.bones[kind] for kind in self.kinds]
        self.leg_length = _leg_length(species)
        self.lengths = [_length(bone, self.leg_length) for bone in self.data]
        self.masses = self._masses()

    def _add(self, kind: str, side: str) -> None:
        parent = self.species.bones[kind].parent
        self.parents.append(-1 if parent is None else self.index(parent, side))
        self.kinds.append(kind)
        self.sides.append(side)

    def index(self, kind: str, side: str) -> int:
        """Returns the bone of this kind on this side, or the one in the middle."""
        for index, (name, where) in enumerate(zip(self.kinds, self.sides, strict=True)):
            if name == kind and where in (side, ""):
                return index
        raise KeyError(kind)

    def _masses(self) -> list[float]:
        total = self.species.mass_kg.value
        shares = [0.0 if b.mass_share is None else b.mass_share.value for b in self.data]
        shares[0] = 1.0 - sum(shares[1:])
        return [share * total for share in shares]

    def poses(self, directions: list[float]) -> list[anatomy.Posed]:
        """Returns the centre of mass and angle of every bone, the root's near end at the origin."""
        near: list[tuple[float, float]] = []
        poses = []
        for i, bone in enumerate(self.data):
            start = (0.0, 0.0)
            if (parent := self.parents[i]) >= 0:
                along = bone.attach.value * self.lengths[parent]
                a = directions[parent]
                start = (
                    near[parent][0] + along * math.cos(a),
                    near[parent][1] + along * math.sin(a),
                )
            near.append(start)
            com = bone.com.value * self.lengths[i]
            a = directions[i]
            poses.append((start[0] + com * math.cos(a), start[1] + com * math.sin(a), a))
        return poses

    def com(self, poses: list[anatomy.Posed]) -> tuple[float, float]:
        total = sum(self.masses)
        x = sum(m * p[0] for m, p in zip(self.masses, poses, strict=True)) / total
        y = sum(m * p[1] for m, p in zip(self.masses, poses, strict=True)) / total
        return x, y


def assemble(species: Species, file: str = "") -> Skeleton:
    """Builds the skeleton of a species.

    Args:
        species: checked, from `load_species`.
        file: name to put in front of a fault.

    Returns:
        The skeleton in its standing pose, feet on the ground, centre of mass over the feet.

    Raises:
        BadFile: no lean of the balancing bone puts the feet under the centre of mass.
    """
    layout = _Layout(species)
    poses, directions = _standing(layout, file or species.name)
    poses, hip_height = _lifted(layout, poses)
    bones = tuple(_bone(layout, i, poses[i], directions[i]) for i in range(len(poses)))
    limbs = _limbs(layout)
    joints = tuple(_joint(layout, bones, poses, limbs, i) for i in range(1, len(bones)))
    muscles = _muscles(layout, bones, poses, joints)
    return Skeleton(
        name=species.name,
        title=species.title,
        bones=bones,
        joints=joints,
        muscles=muscles,
        limbs=limbs,
        root=0,
        mass=sum(layout.masses),
        hip_height=hip_height,
        leg_length=layout.leg_length,
        com=layout.com(poses),
    )


def _leg_length(species: Species) -> float:
    """The measure of the body: the limb bones of the balanced leg above the foot, metres together."""
    limb = species.bones[species.balance.bone].limb
    bones = [b for b in species.bones.values() if b.limb == limb and not b.foot]
    return sum(b.length_m.value for b in bones if b.length_m is not None)


def _length(bone: BoneData, leg_length: float) -> float:
    if bone.length_m is not None:
        return bone.length_m.value
    assert bone.length is not None  # checked with the file
    return bone.length.value * leg_length


def _standing(layout: _Layout, file: str) -> tuple[list[anatomy.Posed], list[float]]:
    """Leans the balancing bone until the feet stand under the centre of mass, by bisection."""
    balance = layout.species.balance
    base = [math.radians(b.direction_deg.value) for b in layout.data]
    leaning = [i for i, kind in enumerate(layout.kinds) if kind == balance.bone]
    parent = layout.parents[leaning[0]]
    limits = layout.species.joints[balance.bone].range_deg
    room = math.radians(4.0)
    low = math.radians(limits[0].value) + base[parent] + room
    high = math.radians(limits[1].value) + base[parent] - room

    def lean(angle: float) -> tuple[list[anatomy.Posed], list[float], float]:
        directions = [angle if i in leaning else a for i, a in enumerate(base)]
        poses = layout.poses(directions)
        foot = layout.index(balance.foot, "left")
        along = (balance.at.value - layout.data[foot].com.value) * layout.lengths[foot]
        stand, _ = anatomy.world_point(poses[foot], (along, 0.0))
        return poses, directions, stand - layout.com(poses)[0]

    short, far = lean(low)[2], lean(high)[2]
    if short > 0 or far < 0:
        side, gap = ("behind", short) if short > 0 else ("ahead of", -far)
        problem = (
            f"cannot stand: its centre of mass stays {gap:.2f} m {side} its feet however the "
            f"{balance.bone} leans; change masses, or lengths of tail, trunk or neck"
        )
        raise bad(file, problem)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if lean(middle)[2] < 0 else (low, middle)
    poses, directions, _ = lean((low + high) / 2)
    return poses, directions


def _lifted(layout: _Layout, poses: list[anatomy.Posed]) -> tuple[list[anatomy.Posed], float]:
    """Puts the soles on the ground; returns the poses and the hip's height."""
    soles = []
    for i, bone in enumerate(layout.data):
        if bone.foot:
            radius = bone.contact.radius.value * layout.leg_length
            span = [(at.value - bone.com.value) * layout.lengths[i] for at in bone.contact.span]
            soles += [anatomy.world_point(poses[i], (x, 0.0))[1] - radius for x in span]
    ground = min(soles)
    return [(x, y - ground, angle) for x, y, angle in poses], -ground


def _full_name(kind: str, side: str) -> str:
    return f"{kind}.{side}" if side else kind


def _bone(layout: _Layout, i: int, pose: anatomy.Posed, direction: float) -> Bone:
    data, length, leg = layout.data[i], layout.lengths[i], layout.leg_length
    depth = [d.value * leg for d in data.depth]
    span = [at.value * length for at in data.contact.span]
    return Bone(
        name=_full_name(layout.kinds[i], layout.sides[i]),
        kind=layout.kinds[i],
        side=layout.sides[i],
        parent=layout.parents[i],
        length=length,
        mass=layout.masses[i],
        inertia=max(
            anatomy.ellipsoid_inertia(layout.masses[i], length, depth[1]),
            anatomy.least_inertia(sum(layout.masses), leg),
        ),
        com=data.com.value * length,
        x=pose[0],
        y=pose[1],
        angle=direction,
        depth=(depth[0], depth[1], depth[2]),
        contact_span=(span[0], span[1]),
        contact_radius=data.contact.radius.value * leg,
        foot=data.foot,
    )


def _limbs(layout: _Layout) -> tuple[Limb, ...]:
    """One limb for each foot: the joints of its limb bones, from the body down."""
    limbs = []
    pairs: list[str] = []
    for i, bone in enumerate(layout.data):
        if not bone.foot:
            continue
        name = bone.limb or layout.kinds[i]
        if name not in pairs:
            pairs.append(name)
        chain, at = [], i
        while at > 0 and layout.data[at].limb == bone.limb:
            chain.append(at - 1)  # joint k is the near end of bone k + 1
            at = layout.parents[at]
        limbs.append(
            Limb(
                name=_full_name(name, layout.sides[i]),
                pair=pairs.index(name),
                side=int(layout.sides[i] == "right"),
                joints=tuple(reversed(chain)),
                foot=i,
                stand_at=layout.species.balance.at.value * layout.lengths[i],
            )
        )
    return tuple(limbs)


def _joint(
    layout: _Layout,
    bones: tuple[Bone, ...],
    poses: list[anatomy.Posed],
    limbs: tuple[Limb, ...],
    child: int,
) -> Joint:
    data = layout.species.joints[layout.kinds[child]]
    far, near = bones[child], bones[far_parent := layout.parents[child]]
    moment = sum(layout.masses) * GRAVITY * layout.leg_length
    time = math.sqrt(layout.leg_length / GRAVITY)
    parent_anchor = (near.local(layout.data[child].attach.value * near.length), 0.0)
    pivot = anatomy.world_point(poses[far_parent], parent_anchor)
    hanging = anatomy.descendants(layout.parents, child)
    carry = anatomy.weight_moment(poses, layout.masses, hanging, pivot, GRAVITY)
    limb = next((limb for limb in limbs if child - 1 in limb.joints), None)
    if limb is not None:
        # The ground pushes back with half the weight at the point the foot stands on.
        stand = anatomy.world_point(poses[limb.foot], (bones[limb.foot].local(limb.stand_at), 0.0))
        push = sum(layout.masses) * GRAVITY / len(limbs)
        carry -= push * (stand[0] - pivot[0])
    return Joint(
        name=_full_name(data.name, layout.sides[child]),
        kind=data.name,
        parent=far_parent,
        child=child,
        parent_anchor=parent_anchor,
        child_anchor=(far.local(0.0), 0.0),
        standing=far.angle - near.angle,
        low=math.radians(data.range_deg[0].value),
        high=math.radians(data.range_deg[1].value),
        stiffness=data.stiffness.value * moment,
        damping=data.damping.value * moment * time,
        preload=carry if limb is None else 0.0,
        support=0.0 if limb is None else carry,
    )


def _muscles(
    layout: _Layout, bones: tuple[Bone, ...], poses: list[anatomy.Posed], joints: tuple[Joint, ...]
) -> tuple[Muscle, ...]:
    muscles = []
    pivots = [anatomy.world_point(poses[joint.parent], joint.parent_anchor) for joint in joints]
    beyond = [anatomy.descendants(layout.parents, joint.child) for joint in joints]
    mobility = anatomy.joint_mobility(
        poses, layout.masses, [bone.inertia for bone in bones], pivots, beyond
    )
    for kind, data in layout.species.muscles.items():
        for side in _SIDES if data.paired else ("",):
            touched = tuple(layout.index(point.bone, side) for point in data.path)
            points = []
            for bone, point in zip(touched, data.path, strict=True):
                front = 1.0 if layout.data[bone].front == "left" else -1.0
                along = (point.at.value - layout.data[bone].com.value) * layout.lengths[bone]
                points.append((along, front * point.offset.value * layout.leg_length))
            mass = data.mass_share.value * layout.species.mass_kg.value
            fibre = data.fibre_length.value * layout.leg_length
            arms = [
                anatomy.moment_arm(poses, far, pivot, touched, points)
                for far, pivot in zip(beyond, pivots, strict=True)
            ]
            muscles.append(
                Muscle(
                    name=_full_name(kind, side),
                    kind=kind,
                    bones=touched,
                    points=tuple(points),
                    max_force=anatomy.isometric_force(mass, fibre),
                    fibre_length=fibre,
                    length=anatomy.path_length(poses, touched, points),
                    mass=mass,
                    moment_arms=tuple(arms),
                    mobility=float(np.array(arms) @ mobility @ np.array(arms)),
                )
            )
    return tuple(muscles)
