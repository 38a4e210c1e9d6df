"""From a species to a skeleton: it stands where it says, and grows as geometry says."""

import copy
import math

import pytest

from creatures.anatomy import world_point
from creatures.assemble import assemble
from creatures.faults import BadFile
from creatures.skeleton import GRAVITY, Skeleton
from creatures.species import Species, from_document, load_species, species_names

EVERY = pytest.mark.parametrize("name", species_names())
TWO_LEGGED = [name for name in species_names() if load_species(name).level is None]


def changed(species: Species, tables: dict) -> Species:
    """Returns the species with some numbers replaced: (section, part, key) -> value."""
    document = copy.deepcopy(species.document())
    for (section, part, key), value in tables.items():
        document[section][part][key] = {"value": value}
    return from_document(document, "changed.toml")


def twice_as_large(species: Species) -> Species:
    document = copy.deepcopy(species.document())
    document["mass_kg"]["value"] *= 8
    for bone in document["bones"].values():
        if "length_m" in bone:
            bone["length_m"]["value"] *= 2
    return from_document(document, "large.toml")


def thigh(skeleton: Skeleton) -> float:
    return next(bone.angle for bone in skeleton.bones if bone.name == "thigh.left")


@EVERY
def test_the_centre_of_mass_is_over_where_the_feet_stand_or_between_as_they_share_the_weight(name):
    skeleton = assemble(load_species(name))
    weighed = sum(bone.mass * bone.x for bone in skeleton.bones) / skeleton.mass
    assert skeleton.com[0] == pytest.approx(weighed)
    tiny = 1e-9 * skeleton.leg_length
    carried = 0.0
    for limb in skeleton.limbs:
        foot = skeleton.bones[limb.foot]
        stand, _ = world_point((foot.x, foot.y, foot.angle), (foot.local(limb.stand_at), 0.0))
        assert weighed - stand == pytest.approx(limb.ahead, abs=tiny)
        assert limb.share > 0.0
        carried += limb.share * stand
    assert sum(limb.share for limb in skeleton.limbs) == pytest.approx(1.0, abs=1e-12)
    assert carried == pytest.approx(weighed, abs=tiny)


def test_each_leg_of_a_biped_carries_exactly_half_and_stands_under_it():
    for limb in assemble(load_species("velociraptor")).limbs:
        assert (limb.share, limb.ahead) == (0.5, 0.0)


@EVERY
def test_the_soles_are_on_the_ground_and_nothing_is_below_it(name):
    skeleton = assemble(load_species(name))
    for bone in skeleton.bones:
        heights = [
            world_point((bone.x, bone.y, bone.angle), (bone.local(along), 0.0))[1]
            - bone.contact_radius
            for along in bone.contact_span
        ]
        if bone.foot:
            assert heights == pytest.approx([0.0, 0.0], abs=1e-9 * skeleton.leg_length)
        else:
            assert min(heights) > 0.0, bone.name


@EVERY
def test_the_hip_is_where_its_height_says(name):
    skeleton = assemble(load_species(name))
    trunk = skeleton.bones[skeleton.root]
    x, y = world_point((trunk.x, trunk.y, trunk.angle), (trunk.local(0.0), 0.0))
    assert (x, y) == pytest.approx((0.0, skeleton.hip_height), abs=1e-9)


@EVERY
def test_both_ends_of_every_joint_are_at_one_place(name):
    skeleton = assemble(load_species(name))
    for joint in skeleton.joints:
        ends = [
            world_point((bone.x, bone.y, bone.angle), anchor)
            for bone, anchor in (
                (skeleton.bones[joint.parent], joint.parent_anchor),
                (skeleton.bones[joint.child], joint.child_anchor),
            )
        ]
        assert math.dist(*ends) < 1e-9 * skeleton.leg_length


@EVERY
def test_the_torques_of_standing_hold_every_bone_still(name):
    """Bone by bone from the ends inwards: weight, the ground's push, and what the bones beyond pass on."""
    skeleton = assemble(load_species(name))
    stands = {limb.foot: limb.stand_at for limb in skeleton.limbs}
    pushes = {limb.foot: skeleton.weight * limb.share for limb in skeleton.limbs}
    passed_on: dict[str, tuple[int, float, tuple[float, float], float]] = {}
    for joint in reversed(skeleton.joints):  # a bone's children come after it
        bone = skeleton.bones[joint.child]
        pose = (bone.x, bone.y, bone.angle)
        hinge, _ = world_point(pose, joint.child_anchor)
        lift = -bone.mass * GRAVITY
        moment = lift * (bone.x - hinge)
        if joint.child in stands:
            stand, _ = world_point(pose, (bone.local(stands[joint.child]), 0.0))
            lift += pushes[joint.child]
            moment += pushes[joint.child] * (stand - hinge)
        for parent, force, anchor, torque in passed_on.values():
            if parent == joint.child:
                lift += force
                moment += force * (world_point(pose, anchor)[0] - hinge) - torque
        held = joint.preload + joint.support
        passed_on[joint.name] = joint.parent, lift, joint.parent_anchor, held
        tiny = 1e-9 * skeleton.weight * skeleton.leg_length
        assert moment + held == pytest.approx(0.0, abs=tiny), joint.name


@pytest.mark.parametrize("name", [n for n in species_names() if n != "argentinosaurus"])
def test_an_animal_twice_as_large_is_the_same_animal_by_geometry(name):
    species = load_species(name)
    small, large = assemble(species), assemble(twice_as_large(species))

    def ratio(found: float, known: float, factor: float) -> None:
        assert found == pytest.approx(factor * known, rel=1e-6, abs=1e-9)

    ratio(large.hip_height, small.hip_height, 2)
    ratio(large.leg_length, small.leg_length, 2)
    ratio(large.mass, small.mass, 8)
    ratio(large.time_unit, small.time_unit, math.sqrt(2))
    for a, b in zip(large.com, small.com, strict=True):
        ratio(a, b, 2)
    for a, b in zip(large.bones, small.bones, strict=True):
        ratio(a.angle, b.angle, 1)
        ratio(a.length, b.length, 2)
        ratio(a.mass, b.mass, 8)
        ratio(a.inertia, b.inertia, 32)
    for a, b in zip(large.joints, small.joints, strict=True):
        ratio(a.standing, b.standing, 1)
        ratio(a.support, b.support, 16)
        ratio(a.preload, b.preload, 16)
        ratio(a.stiffness, b.stiffness, 16)
        ratio(a.damping, b.damping, 16 * math.sqrt(2))
    for a, b in zip(large.muscles, small.muscles, strict=True):
        ratio(a.max_force, b.max_force, 4)
        ratio(a.fibre_length, b.fibre_length, 2)
        ratio(a.fastest, b.fastest, math.sqrt(2))
        ratio(a.tendon_give, b.tendon_give, 1 / 2)
        ratio(a.length, b.length, 2)
        ratio(a.mobility, b.mobility, 1 / 8)
        for arm, known in zip(a.moment_arms, b.moment_arms, strict=True):
            assert arm == pytest.approx(2 * known, abs=1e-6 * small.leg_length)


@pytest.mark.parametrize("name", [n for n in species_names() if load_species(n).plan == "biped"])
def test_a_heavier_tail_draws_the_feet_back_and_a_heavier_head_forward(name):
    species = load_species(name)
    mass = {part: species.bones[part].mass_share.value for part in ("tail_base", "head")}
    angles = [
        thigh(assemble(changed(species, {("bones", part, "mass_share"): factor * mass[part]})))
        for part, factor in (("tail_base", 1.15), ("tail_base", 1.0), ("head", 1.15))
    ]
    assert angles == sorted(angles)
    assert angles[0] < angles[1] < angles[2]


@pytest.mark.parametrize(
    ("part", "key", "value", "side"),
    [("tail_base", "length", 10.0, "behind"), ("head", "mass_share", 0.4, "ahead of")],
)
def test_an_animal_that_cannot_balance_is_told_so_in_one_line(part, key, value, side):
    lopsided = changed(load_species("allosaurus"), {("bones", part, key): value})
    with pytest.raises(BadFile) as refused:
        assemble(lopsided, "mine.toml")
    (line,) = refused.value.lines()
    assert line.startswith("mine.toml: cannot stand: its centre of mass stays ")
    assert f" m {side} its feet however the thigh leans; change masses" in line
    assert "-" not in line.split("stays ")[1].split(" m ")[0]


@EVERY
def test_the_same_species_gives_the_same_skeleton(name):
    assert assemble(load_species(name)) == assemble(load_species(name))


@EVERY
def test_the_moment_arms_do_not_depend_on_the_side(name):
    skeleton = assemble(load_species(name))
    joints = {joint.name: place for place, joint in enumerate(skeleton.joints)}
    arms = {muscle.name: muscle.moment_arms for muscle in skeleton.muscles}
    for muscle in skeleton.muscles:
        if not muscle.name.endswith(".left"):
            continue
        other = arms[muscle.name.replace(".left", ".right")]
        for joint, place in joints.items():
            if joint.endswith(".left"):
                assert muscle.moment_arms[place] == other[joints[joint.replace(".left", ".right")]]
                assert other[place] == 0.0


@EVERY
def test_a_tendon_gives_by_six_per_cent_under_the_greatest_force_of_its_muscle(name):
    species = load_species(name)
    skeleton = assemble(species)
    found = [muscle for muscle in skeleton.muscles if muscle.tendon_give > 0.0]
    assert found  # every animal has tendons at its ankles
    for muscle in skeleton.muscles:
        told = species.muscles[muscle.kind].tendon_length
        length = 0.0 if told is None else told.value * skeleton.leg_length
        assert muscle.tendon_give * muscle.max_force == pytest.approx(0.06 * length)


@EVERY
def test_the_longer_the_leg_the_slower_the_muscle(name):
    skeleton = assemble(load_species(name))
    fibre = skeleton.muscles[0]
    assert fibre.fastest / fibre.fibre_length == pytest.approx(
        4.0 / math.sqrt(skeleton.leg_length / GRAVITY)
    )
