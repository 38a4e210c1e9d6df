"""One animal as plain values: for ``species --json``, and for its card."""

from __future__ import annotations

import math
from typing import Any

from creatures.known import is_guess, length_of, sources
from creatures.skeleton import Bone, Joint, Muscle, Skeleton
from creatures.species import Sourced, Species

_SMALLEST_ARM = 1e-4
"""Moment arms under this share of leg length are rounding, not anatomy."""


def summary(species: Species, skeleton: Skeleton) -> dict[str, Any]:
    """Returns an animal in a line: name, mass, hip height."""
    return {
        "name": species.name,
        "title": species.title,
        "mass_kg": skeleton.mass,
        "hip_height_m": skeleton.hip_height,
    }


def facts(species: Species, skeleton: Skeleton) -> dict[str, Any]:
    """Returns all there is to know of an animal but its genes."""
    muscle_mass = sum(muscle.mass for muscle in skeleton.muscles)
    return {
        **summary(species, skeleton),
        "plan": species.plan,
        "digest": species.digest(),
        "leg_length_m": skeleton.leg_length,
        "centre_of_mass_m": list(skeleton.com),
        "muscle_mass_kg": muscle_mass,
        "bones": [_bone(bone, species, skeleton) for bone in skeleton.bones],
        "joints": joints(skeleton),
        "muscles": [_muscle(muscle, skeleton) for muscle in skeleton.muscles],
        "sources": sources(species),
    }


def genes(skeleton: Skeleton, controller: str) -> list[dict[str, Any]]:
    """Returns the genes of a controller for an animal: what evolution may change."""
    from creatures.controllers.table import CONTROLLERS  # compiled code: slow to import
    from creatures.genome import HIGHEST, LOWEST

    return [
        {
            "name": gene.name,
            "words": gene.words,
            "low": LOWEST,
            "high": HIGHEST,
            "start": gene.start,
            "value_at_low": gene.value(LOWEST),
            "value_at_zero": gene.value(0.0),
            "value_at_high": gene.value(HIGHEST),
        }
        for gene in CONTROLLERS[controller].gene_table(skeleton).genes
    ]


def joints(skeleton: Skeleton) -> list[dict[str, Any]]:
    """Returns the joints with their ranges, in the order of the skeleton."""
    return [_joint(joint, skeleton) for joint in skeleton.joints]


def _said(number: Sourced | None) -> dict[str, Any]:
    return {
        "source": "" if number is None else number.source,
        "estimate": is_guess(number),
    }


def _bone(bone: Bone, species: Species, skeleton: Skeleton) -> dict[str, Any]:
    data = species.bones[bone.kind]
    return {
        "name": bone.name,
        "parent": skeleton.bones[bone.parent].name if bone.parent >= 0 else None,
        "length_m": bone.length,
        "mass_kg": bone.mass,
        "inertia_kg_m2": bone.inertia,
        "foot": bone.foot,
        "length": _said(length_of(species, bone.kind)),
        "mass": _said(data.mass_share),
    }


def _joint(joint: Joint, skeleton: Skeleton) -> dict[str, Any]:
    return {
        "name": joint.name,
        "parent": skeleton.bones[joint.parent].name,
        "child": skeleton.bones[joint.child].name,
        "low_deg": math.degrees(joint.low),
        "standing_deg": math.degrees(joint.standing),
        "high_deg": math.degrees(joint.high),
    }


def _muscle(muscle: Muscle, skeleton: Skeleton) -> dict[str, Any]:
    return {
        "name": muscle.name,
        "bones": [skeleton.bones[bone].name for bone in dict.fromkeys(muscle.bones)],
        "mass_kg": muscle.mass,
        "fibre_length_m": muscle.fibre_length,
        "fastest_shortening_m_s": muscle.fastest,
        "tendon_give_m_n": muscle.tendon_give,
        "max_force_n": muscle.max_force,
        "max_force_bw": muscle.max_force / skeleton.weight,
        "moment_arms_m": moment_arms(muscle, skeleton),
    }


def moment_arms(muscle: Muscle, skeleton: Skeleton) -> dict[str, float]:
    """Returns joint -> moment arm in metres, of the joints a muscle crosses, in the standing pose."""
    least = _SMALLEST_ARM * skeleton.leg_length
    arms = zip(skeleton.joints, muscle.moment_arms, strict=True)
    return {joint.name: arm for joint, arm in arms if abs(arm) > least}
