"""Named variants of an animal for experiments: one thing about it is changed, and its mass stays what it was.

A variant is a species like any other, with a document and a digest of its own: nothing that builds, moves or draws an
animal knows of variants. What belongs to a tail is found as the controller finds it: what hangs on the trunk behind the
hip and is no leg.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from creatures.faults import did_you_mean, shown
from creatures.species import from_document
from creatures.species_model import JointData, MuscleData, PathPoint, Sourced, Species

if TYPE_CHECKING:
    from creatures.skeleton import Muscle, Skeleton

VARIANTS: Mapping[str, Mapping[str, str]] = {
    "tail": {
        "free": "as it is: ligaments carry the tail, muscles move it",
        "stiff": "the tail hardly bends: a rigid counterweight; its muscles are there and move nothing",
        "off": "no tail: its mass lies in the trunk, so the centre of mass moves forward and the legs stand more bent; "
        "muscles from the tail to the leg begin at the same place, on the trunk",
    },
}
"""Factor -> value -> what it means. The first value of each is the animal as it is."""

STIFF_RATE = 60.0
"""How fast a stiffened joint alone would swing, radians in sqrt(leg length / g).

Ten times what a step asks of a tail, so it hardly bends; and a third of a radian in a step of the physics, which bears
up to two.
"""
STIFFEST = 50.0
"""Body weight x leg length a radian: no joint of a species file may have more."""
_LONGEST_TITLE = 120


def varied(species: Species, factor: str, value: str) -> Species:
    """Returns a variant of an animal.

    Args:
        species: the animal, checked.
        factor: one of `VARIANTS`.
        value: one of that factor's values; the first gives the animal back as it is.

    Returns:
        A species of the same name and mass, with a title that says what is varied.

    Raises:
        ValueError: there is no such variant, or this animal cannot be varied so; said in words.
    """
    if problem := unknown(factor, value):
        raise ValueError(problem)
    if value == next(iter(VARIANTS[factor])):
        return species
    changed = _CHANGES[factor, value](species)
    suffix = f", {factor} {value}"
    title = species.title[: _LONGEST_TITLE - len(suffix)] + suffix
    # Read again like a stranger's: what is no animal any more is refused in words.
    return from_document({**changed.document(), "title": title}, title)


def unknown(factor: str, value: str) -> str:
    """Returns what is wrong with the words for a variant: empty if there is such a one."""
    if factor not in VARIANTS:
        return f"{shown(factor)} is nothing that can be varied{did_you_mean(factor, VARIANTS)}"
    if value not in VARIANTS[factor]:
        return f"{factor} cannot be {shown(value)}{did_you_mean(value, VARIANTS[factor])}"
    return ""


def _stiff_tail(species: Species) -> Species:
    """Holds every joint of the tail by ligaments that no muscle of its bends; ranges stay, so nothing hits a limit.

    A range without room would be cheaper to write, but a joint at its limit costs in the score.
    """
    joints = dict(species.joints)
    for bone, mobility in _tail_joints(species).items():
        stiffness = min(STIFF_RATE**2 / mobility, STIFFEST)
        damping = min(STIFF_RATE / mobility, STIFFEST)  # half of what would stop every swing
        joints[bone] = _held(joints[bone], stiffness, damping)
    return species.model_copy(update={"joints": joints})


def _held(joint: JointData, stiffness: float, damping: float) -> JointData:
    changed = {
        "stiffness": max(joint.stiffness, _by_rule(stiffness), key=lambda given: given.value),
        "damping": max(joint.damping, _by_rule(damping), key=lambda given: given.value),
    }
    return joint.model_copy(update=changed)


def _by_rule(value: float) -> Sourced:
    # To three digits: the last bit of a sum may differ from machine to machine, a digest may not.
    return Sourced(value=float(f"{value:.3g}"), source="variant tail stiff", estimate=True)


def _tail_joints(species: Species) -> dict[str, float]:
    """Returns bone -> how fast its joint turns for a torque, over body mass and leg length squared, without a unit."""
    from creatures import anatomy  # brings numpy
    from creatures.assemble import assemble

    skeleton = assemble(species)
    poses = [(bone.x, bone.y, bone.angle) for bone in skeleton.bones]
    parents = [bone.parent for bone in skeleton.bones]
    mobility = anatomy.joint_mobility(
        poses,
        [bone.mass for bone in skeleton.bones],
        [bone.inertia for bone in skeleton.bones],
        [
            anatomy.world_point(poses[joint.parent], joint.parent_anchor)
            for joint in skeleton.joints
        ],
        [anatomy.descendants(parents, joint.child) for joint in skeleton.joints],
    )
    unit = skeleton.mass * skeleton.leg_length**2
    return {
        skeleton.bones[skeleton.joints[joint].child].kind: float(mobility[joint, joint]) * unit
        for joint in _tail(skeleton)
    }


def _no_tail(species: Species) -> Species:
    """Takes the tail's bones away. The trunk has whatever mass the other bones leave, so it has the tail's too."""
    from creatures.assemble import assemble

    skeleton = assemble(species)
    gone = {skeleton.bones[skeleton.joints[joint].child].kind for joint in _tail(skeleton)}
    muscles = {
        kind: _off_tail(data, next(m for m in skeleton.muscles if m.kind == kind), skeleton, gone)
        for kind, data in species.muscles.items()
    }
    kept = {
        "bones": {name: bone for name, bone in species.bones.items() if name not in gone},
        "joints": {name: joint for name, joint in species.joints.items() if name not in gone},
        # What ran between trunk and tail has nothing left to move.
        "muscles": {kind: data for kind, data in muscles.items() if _bones(data) > 1},
    }
    return species.model_copy(update=kept)


def _off_tail(data: MuscleData, muscle: Muscle, skeleton: Skeleton, gone: set[str]) -> MuscleData:
    """Fixes what a muscle has on the tail to the trunk, where it was in the standing pose: as on a stump without mass.

    So the leg has the same muscles with the same lines of pull, and an experiment on the tail is none on the leg.
    """
    path = tuple(
        _on_trunk(skeleton, muscle, place) if point.bone in gone else point
        for place, point in enumerate(data.path)
    )
    return data.model_copy(update={"path": path})


def _on_trunk(skeleton: Skeleton, muscle: Muscle, place: int) -> PathPoint:
    from creatures import anatomy

    bone, trunk = skeleton.bones[muscle.bones[place]], skeleton.bones[skeleton.root]
    x, y = anatomy.world_point((bone.x, bone.y, bone.angle), muscle.points[place])
    along, across = anatomy.bone_point((trunk.x, trunk.y, trunk.angle), (x, y))
    return PathPoint(
        bone=trunk.kind,
        at=Sourced(value=round((along + trunk.com) / trunk.length, 4)),
        offset=Sourced(value=round(across / skeleton.leg_length, 4)),
    )


def _bones(data: MuscleData) -> int:
    return len({point.bone for point in data.path})


def _tail(skeleton: Skeleton) -> list[int]:
    from creatures.rig import axial_joints

    found = axial_joints(skeleton, backwards=True)
    if not found:
        raise ValueError(f"{skeleton.title} has no tail that could be varied")
    return found


_CHANGES: Mapping[tuple[str, str], Callable[[Species], Species]] = {
    ("tail", "stiff"): _stiff_tail,
    ("tail", "off"): _no_tail,
}
