"""What no single value of a species shows: missing parts, circles, masses that do not add up, no leg to stand on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from creatures.faults import Path, did_you_mean, shown
from creatures.species_model import BoneData, JointData, MuscleData, Species, plain, short

Problem = tuple[Path, str]

LIGHTEST, HEAVIEST = 1.0, 3000.0
"""Body mass over the cube of leg length, kg/m3: animals with legs have 10 (a flamingo) to 1,000 (a sauropod)."""
LOWEST_HIP = 0.2
"""Hip height of the pose in the file, in leg lengths: lower is no leg that stands."""
SHORTEST, LONGEST = 0.005, 10.0
"""Of any bone, in leg lengths."""
MOST_TENDON = 5.0
"""Fibre lengths: a longer tendon would let its fibres snap to and fro, faster than their length is looked at."""
ROOM = 8.0
"""Degrees the balancing joint's range must span, for the standing pose to be looked for in it."""


def problems(species: Species) -> list[Problem]:
    """Returns all that is wrong with how the parts of a species fit together."""
    if species.root not in species.bones:
        near = did_you_mean(species.root, species.bones)
        return [(("root",), f"= {shown(species.root)}: no such bone{near}")]
    found = [
        *_tree(species),
        *_joints(species),
        *_muscles(species),
        *_balance(species),
        *_level(species),
    ]
    # Legs and sums mean nothing on bones that hang in a circle.
    return found or [*_limbs(species), *_pairs(species), *_sums(species)] or list(_stance(species))


def _tree(species: Species) -> Iterator[Problem]:
    told: set[str] = set()
    for name, bone in species.bones.items():
        path: Path = ("bones", name)
        if name == species.root:
            if bone.parent is not None:
                yield (*path, "parent"), "the root hangs on nothing"
            if bone.paired:
                yield (*path, "paired"), "the root cannot be one of a pair"
        elif bone.parent not in species.bones:
            near = did_you_mean(bone.parent or "", species.bones)
            said = (
                "is missing"
                if bone.parent is None
                else f"= {shown(bone.parent)}: no such bone{near}"
            )
            yield (*path, "parent"), said
        elif circle := _circle(name, species):
            if not told & set(circle):
                around = ", ".join(f'"{each}"' for each in circle)
                yield (
                    (*path, "parent"),
                    f"= {shown(bone.parent)}: {around} hang on each other in a circle",
                )
            told.update(circle)
        elif species.bones[bone.parent].paired and not bone.paired:
            yield (*path, "paired"), "hangs on one of a pair, so must be paired"
        yield from _bone(name, bone, species)


def _bone(name: str, bone: BoneData, species: Species) -> Iterator[Problem]:
    path: Path = ("bones", name)
    if bone.length is None and bone.length_m is None:
        yield (*path, "length_m"), "is missing: this bone's length in metres"
    if bone.mass_share is None and name != species.root:
        yield (*path, "mass_share"), "is missing: this bone's share of body mass"
    if bone.foot and bone.shaft is not None:
        yield (*path, "shaft"), "is not for a foot: where along it the ground pushes is not known"
    near, far = (at.value for at in bone.contact.span)
    if near >= far:
        yield (*path, "contact", "span"), "the first number must be the smaller"


def _circle(name: str, species: Species) -> list[str]:
    """Returns the bones one comes to from a bone, up to where they begin again; empty if they end."""
    seen: list[str] = []
    at: str | None = name
    while at is not None and at in species.bones:
        if at in seen:
            return seen
        seen.append(at)
        at = species.bones[at].parent
    return []


def _joints(species: Species) -> Iterator[Problem]:
    for name in species.bones:
        if name != species.root and name not in species.joints:
            yield ("joints", name), "is missing: every bone but the root has a joint"
    names: dict[str, str] = {}
    for name, joint in species.joints.items():
        if name not in species.bones or name == species.root:
            yield ("joints", name), "no bone of this name hangs on another"
        if joint.name in names:
            other = names[joint.name]
            yield ("joints", name, "name"), f'= {shown(joint.name)}, as joint "{other}" is called'
        names.setdefault(joint.name, name)
        yield from _range(name, joint)


def _range(name: str, joint: JointData) -> Iterator[Problem]:
    low, high = (limit.value for limit in joint.range_deg)
    if low >= high:
        yield ("joints", name, "range_deg"), "the first angle must be the smaller"


def _muscles(species: Species) -> Iterator[Problem]:
    for name, muscle in species.muscles.items():
        path: Path = ("muscles", name)
        for number, point in enumerate(muscle.path):
            at: Path = (*path, "path", number, "bone")
            if point.bone not in species.bones:
                near = did_you_mean(point.bone, species.bones)
                yield at, f"= {shown(point.bone)}: no such bone{near}"
            elif species.bones[point.bone].paired and not muscle.paired:
                yield at, f"= {shown(point.bone)} is one of a pair; the muscle must be paired too"
        if len({point.bone for point in muscle.path}) == 1:
            yield (*path, "path"), "begins and ends on one bone, so it pulls on nothing"
        yield from _folded(path, muscle)
        yield from _tendon(path, muscle)


def _folded(path: Path, muscle: MuscleData) -> Iterator[Problem]:
    ends = [(p.bone, p.at.value, p.offset.value) for p in muscle.path]
    if any(a == b for a, b in pairwise(ends)):
        yield (*path, "path"), "has the same point twice in a row"


def _tendon(path: Path, muscle: MuscleData) -> Iterator[Problem]:
    if muscle.tendon_length is None:
        return
    tendon, fibre = muscle.tendon_length.value, muscle.fibre_length.value
    if tendon > MOST_TENDON * fibre * (1.0 + 1e-9):
        most = f"at most {MOST_TENDON:g} fibre lengths allowed, here {MOST_TENDON * fibre:.4g}"
        yield (*path, "tendon_length"), f"= {tendon:.4g} leg lengths: {most}"


def _balance(species: Species) -> Iterator[Problem]:
    bone, foot = species.balance.bone, species.balance.foot
    for key, name in (("bone", bone), ("foot", foot)):
        if name not in species.bones:
            near = did_you_mean(name, species.bones)
            yield ("balance", key), f"= {shown(name)}: no such bone{near}"
    if not any(data.foot for data in species.bones.values()):
        yield ("bones",), "no bone is a foot: set foot = true on the one that walks"
    elif foot in species.bones and not species.bones[foot].foot:
        yield ("balance", "foot"), f"= {shown(foot)}, which is no foot"
    if bone == species.root:
        yield ("balance", "bone"), "the root cannot lean; name the bone of the leg that hangs on it"
    elif bone in species.joints:
        low, high = (limit.value for limit in species.joints[bone].range_deg)
        if 0 < high - low <= ROOM:
            needs = f"it needs more than {plain(ROOM)} to find a stance"
            yield ("joints", bone, "range_deg"), f"spans {plain(high - low)} degrees; {needs}"


def _level(species: Species) -> Iterator[Problem]:
    """What brings a second pair of limbs to the ground, as far as it can be seen without knowing who hangs on whom."""
    if species.level is None:
        return
    bone, foot = species.level.bone, species.level.foot
    for key, name in (("bone", bone), ("foot", foot)):
        if name not in species.bones:
            near = did_you_mean(name, species.bones)
            yield ("level", key), f"= {shown(name)}: no such bone{near}"
    if foot in species.bones and not species.bones[foot].foot:
        yield ("level", "foot"), f"= {shown(foot)}, which is no foot"
    elif foot == species.balance.foot:
        yield ("level", "foot"), f"= {shown(foot)}, which is the first pair's; name the second's"
    if bone != species.root and bone in species.joints:
        low, high = (limit.value for limit in species.joints[bone].range_deg)
        if 0 < high - low <= ROOM:
            needs = f"it needs more than {plain(ROOM)} to find a stance"
            yield ("joints", bone, "range_deg"), f"spans {plain(high - low)} degrees; {needs}"


def _pairs(species: Species) -> Iterator[Problem]:
    """One pair of limbs balances, two are levelled; who carries what of three, statics alone does not say."""
    feet = [name for name, bone in species.bones.items() if bone.foot]
    level = species.level
    if len(feet) > 2:
        yield ("bones",), f"{len(feet)} pairs of limbs have feet; a walker has one or two"
    elif len(feet) == 2 and level is None:
        other = next(name for name in feet if name != species.balance.foot)
        needs = f'like level = {{ bone = "{species.root}", foot = "{other}", at = 0.3 }}'
        yield ("level",), f"is missing: say what leans until the second pair stands, {needs}"
    elif level is not None and level.bone not in (species.root, *_chain(level.foot, species)):
        allowed = f'"{species.root}" or a bone of the limb that ends in "{level.foot}"'
        yield ("level", "bone"), f"= {shown(level.bone)}, must be {allowed}"


def _limbs(species: Species) -> Iterator[Problem]:
    """Each foot ends a limb of its own that begins at the body."""
    ends: dict[str, str] = {}
    for name, bone in species.bones.items():
        if bone.foot and bone.limb is None:
            yield (
                ("bones", name, "limb"),
                'is missing: say which limb this foot ends, like limb = "leg"',
            )
        elif bone.foot and bone.limb is not None:
            if bone.limb in ends:
                yield (
                    ("bones", name, "limb"),
                    f'= {shown(bone.limb)} already ends in "{ends[bone.limb]}"',
                )
            ends.setdefault(bone.limb, name)
    for name, bone in species.bones.items():
        if bone.limb is not None and bone.limb not in ends:
            yield ("bones", name, "limb"), f"= {shown(bone.limb)} has no foot at its end"
        elif bone.limb is not None and name not in _chain(ends[bone.limb], species):
            yield (
                ("bones", name, "limb"),
                f'= {shown(bone.limb)}, but "{ends[bone.limb]}" does not hang on it',
            )
    leaning = species.balance.bone
    if species.bones[leaning].limb is None or leaning not in _chain(species.balance.foot, species):
        problem = (
            f'= {shown(leaning)}, must be a bone of the limb that ends in "{species.balance.foot}"'
        )
        yield ("balance", "bone"), problem


def _chain(foot: str, species: Species) -> list[str]:
    """Returns the bones of a foot's limb, from the foot up, as far as they hang together."""
    limb = species.bones[foot].limb
    found = []
    at: str | None = foot
    while at is not None and at != species.root and species.bones[at].limb == limb:
        found.append(at)
        at = species.bones[at].parent
    return found


def _sums(species: Species) -> Iterator[Problem]:
    others = 0.0
    for name, bone in species.bones.items():
        if name != species.root and bone.mass_share is not None:
            others += bone.mass_share.value * (2 if bone.paired else 1)
    if others > 0.95:
        problem = f"all but {species.root} take {others:.0%} of body mass, at most 95% allowed"
        yield ("bones",), problem
    flesh = sum(m.mass_share.value * (2 if m.paired else 1) for m in species.muscles.values())
    if flesh > 0.8:
        problem = f"the muscles take {flesh:.0%} of body mass, at most 80% allowed"
        yield ("muscles",), problem
    for name, bone in species.bones.items():
        in_leg = bone.limb == species.bones[species.balance.bone].limb
        if in_leg and not bone.foot and bone.length_m is None:
            problem = "is missing: legs are given in metres, all else may be in leg lengths"
            yield ("bones", name, "length_m"), problem


def leg_length(species: Species) -> float:
    """Returns the measure of the body: the limb bones of the balanced leg above the foot, together, metres."""
    limb = species.bones[species.balance.bone].limb
    bones = [b for b in species.bones.values() if b.limb == limb and not b.foot]
    return sum(b.length_m.value for b in bones if b.length_m is not None)


def bone_length(bone: BoneData, leg: float) -> float:
    """Returns a bone's length (m) for a leg length (m); its own metres go before leg lengths."""
    if bone.length_m is not None:
        return bone.length_m.value
    return leg * (bone.length.value if bone.length is not None else 0.0)


def _stance(species: Species) -> Iterator[Problem]:
    """Sizes that fit together: a mass such legs can have, bones of one animal, a hip above its feet."""
    leg = leg_length(species)
    low, high = LIGHTEST * leg**3, HEAVIEST * leg**3
    mass = species.mass_kg.value
    if not low <= mass <= high:
        problem = (
            f"= {plain(mass)}, must be {short(low)} to {short(high)} kg for legs of {short(leg)} m"
        )
        yield ("mass_kg",), problem
    for name, bone in species.bones.items():
        length = bone_length(bone, leg)
        if not SHORTEST * leg <= length <= LONGEST * leg:
            allowed = (
                f"{short(SHORTEST * leg)} to {short(LONGEST * leg)} m for legs of {short(leg)} m"
            )
            yield ("bones", name, "length_m"), f"= {plain(length)}, must be {allowed}"
    hip = max(_drop(name, species, leg) for name, bone in species.bones.items() if bone.foot)
    if hip < LOWEST_HIP * leg:
        problem = (
            f"as they point, the hip stands {short(hip)} m above the feet on legs of {short(leg)} m"
        )
        yield ("bones", species.balance.bone, "direction_deg"), problem


def _drop(foot: str, species: Species, leg: float) -> float:
    """Returns how far below the root's near end a foot begins, in the pose the file draws, metres."""
    height = 0.0
    at = foot
    while (parent := species.bones[at].parent) is not None:
        data = species.bones[parent]
        reach = species.bones[at].attach.value * bone_length(data, leg)
        height += reach * math.sin(math.radians(data.direction_deg.value))
        at = parent
    return -height
