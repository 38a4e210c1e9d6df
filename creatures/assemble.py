"""From a species to a skeleton: lengths, masses, the standing pose, joints, muscles, each by a stated rule."""

from __future__ import annotations

import math

import numpy as np

from creatures import anatomy
from creatures.posture import SIDES, Layout, Stance, lifted, standing
from creatures.skeleton import GRAVITY, Bone, Joint, Limb, Muscle, Skeleton
from creatures.species_model import Species


def assemble(species: Species, file: str = "") -> Skeleton:
    """Builds the skeleton of a species.

    Args:
        species: checked, from `load_species`.
        file: name to put in front of a fault.

    Returns:
        The skeleton in its standing pose, feet on the ground, centre of mass over the feet or between them.

    Raises:
        BadFile: no pose puts the feet under the centre of mass, or on either side of it.
    """
    layout = Layout(species)
    stance = standing(layout, file or species.name)
    directions = stance.directions
    poses, hip_height = lifted(layout, stance.poses)
    bones = tuple(_bone(layout, i, poses[i], directions[i]) for i in range(len(poses)))
    limbs = _limbs(layout, stance)
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


def _full_name(kind: str, side: str) -> str:
    return f"{kind}.{side}" if side else kind


def _bone(layout: Layout, i: int, pose: anatomy.Posed, direction: float) -> Bone:
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
        shaft_radius=0.0 if data.shaft is None else data.shaft.value * layout.shaft_radius,
    )


def _limbs(layout: Layout, stance: Stance) -> tuple[Limb, ...]:
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
                stand_at=layout.stand_at(i) * layout.lengths[i],
                share=stance.shares[layout.kinds[i]],
                ahead=stance.ahead[layout.kinds[i]],
            )
        )
    return tuple(limbs)


def _joint(
    layout: Layout,
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
    for held in limbs:
        if held.foot in hanging:
            # The ground pushes back with the limb's share of the weight at the point the foot stands on.
            local = bones[held.foot].local(held.stand_at)
            stand = anatomy.world_point(poses[held.foot], (local, 0.0))
            push = sum(layout.masses) * GRAVITY * held.share
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
    layout: Layout, bones: tuple[Bone, ...], poses: list[anatomy.Posed], joints: tuple[Joint, ...]
) -> tuple[Muscle, ...]:
    muscles = []
    pivots = [anatomy.world_point(poses[joint.parent], joint.parent_anchor) for joint in joints]
    beyond = [anatomy.descendants(layout.parents, joint.child) for joint in joints]
    leg_time = math.sqrt(layout.leg_length / GRAVITY)
    mobility = anatomy.joint_mobility(
        poses, layout.masses, [bone.inertia for bone in bones], pivots, beyond
    )
    for kind, data in layout.species.muscles.items():
        for side in SIDES if data.paired else ("",):
            touched = tuple(layout.index(point.bone, side) for point in data.path)
            points = []
            for bone, point in zip(touched, data.path, strict=True):
                front = 1.0 if layout.data[bone].front == "left" else -1.0
                along = (point.at.value - layout.data[bone].com.value) * layout.lengths[bone]
                points.append((along, front * point.offset.value * layout.leg_length))
            mass = data.mass_share.value * layout.species.mass_kg.value
            fibre = data.fibre_length.value * layout.leg_length
            legs = 0.0 if data.tendon_length is None else data.tendon_length.value
            force = anatomy.isometric_force(mass, fibre)
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
                    max_force=force,
                    fibre_length=fibre,
                    fastest=anatomy.fastest_shortening(fibre, leg_time),
                    tendon_give=anatomy.tendon_give(legs * layout.leg_length, force),
                    length=anatomy.path_length(poses, touched, points),
                    mass=mass,
                    moment_arms=tuple(arms),
                    mobility=float(np.array(arms) @ mobility @ np.array(arms)),
                )
            )
    return tuple(muscles)
