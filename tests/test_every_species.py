"""What must hold for every animal that comes with the program, and every variant of it.

A new species file, or a new variant, is tested here by being there.
"""

import math
from dataclasses import replace

import pytest

from creatures.assemble import assemble
from creatures.controllers.table import CONTROLLERS
from creatures.genome import HIGHEST, LOWEST
from creatures.rig import axial_joints
from creatures.skeleton import Skeleton
from creatures.species import Species, from_document, load_species, species_names
from creatures.variants import VARIANTS, varied
from sims.physics.trajectory import fingerprint
from sims.physics.trial import TrialSettings, gene_table, run_trial

STANDING = TrialSettings(seconds=2.0, may_stall=True)
SHORT = TrialSettings(seconds=1.0, may_stall=True)
PENCIL = 4.0
"""Units of time sqrt(hip height / g), 2.2 s of a tyrannosaur, 0.9 s of a velociraptor, for which zero genes stand where
nothing is felt: balanced like a pencil on its tip, for which no constant excitation lasts."""


AS_IT_IS = ("", "")
CHANGES = [AS_IT_IS, *((f, value) for f in VARIANTS for value in list(VARIANTS[f])[1:])]


@pytest.fixture(params=species_names(), scope="module")
def shipped(request) -> Species:
    return load_species(request.param)


@pytest.fixture(params=CHANGES, ids="".join, scope="module")
def species(shipped, request) -> Species:
    if request.param == AS_IT_IS:
        return shipped
    factor, _ = request.param
    if factor == "tail" and not axial_joints(assemble(shipped), backwards=True):
        pytest.skip("no tail: refused in words, see test_variants.py")
    return varied(shipped, *request.param)


@pytest.fixture(scope="module")
def skeleton(species) -> Skeleton:
    return assemble(species)


@pytest.fixture(scope="module")
def whole(shipped) -> Skeleton:
    """The animal as it is."""
    return assemble(shipped)


def start(skeleton: Skeleton, controller: str) -> tuple[float, ...]:
    """Returns a genome that moves every part of the controller."""
    first = gene_table(skeleton, controller).start
    return tuple(0.3 if place % 3 == 0 else gene for place, gene in enumerate(first))


def test_every_part_has_a_name_of_its_own(skeleton):
    for parts in (skeleton.bones, skeleton.joints, skeleton.muscles):
        names = [part.name for part in parts]
        assert all(names)
        assert len(set(names)) == len(names)


def test_every_number_is_finite(skeleton):
    for part in (*skeleton.bones, *skeleton.joints, *skeleton.muscles):
        for name in part.__slots__:
            value = getattr(part, name)
            values = value if isinstance(value, tuple) else (value,)
            assert all(math.isfinite(v) for v in values if isinstance(v, float)), (part.name, name)


def test_parents_come_before_the_bones_that_hang_on_them(skeleton):
    assert skeleton.bones[0].parent == -1
    assert all(bone.parent < place for place, bone in enumerate(skeleton.bones[1:], start=1))


def test_left_and_right_legs_are_alike(skeleton):
    left = [bone for bone in skeleton.bones if bone.side == "left"]
    right = [bone for bone in skeleton.bones if bone.side == "right"]
    assert [bone.kind for bone in left] == [bone.kind for bone in right] != []
    for a, b in zip(left, right, strict=True):
        assert (a.length, a.mass, a.inertia, a.x, a.y, a.angle) == (
            *(b.length, b.mass, b.inertia),
            *(b.x, b.y, b.angle),
        )
    pulls = {muscle.name: muscle.max_force for muscle in skeleton.muscles}
    assert all(
        pulls[name.replace(".left", ".right")] == force
        for name, force in pulls.items()
        if name.endswith(".left")
    )


def test_the_bones_together_weigh_what_the_body_weighs(species, skeleton):
    total = sum(bone.mass for bone in skeleton.bones)
    assert total == pytest.approx(species.mass_kg.value, rel=1e-12)
    assert skeleton.mass == pytest.approx(total, rel=1e-12)
    assert all(bone.mass > 0 for bone in skeleton.bones)


TAILS = {"bird": 1, "upright": 0}
"""Parts of the tail in plans whose tail is short or gone; two at least in all others."""


def test_there_is_a_trunk_a_head_and_the_tail_of_its_plan(shipped, whole):
    kinds = [bone.kind for bone in whole.bones if not bone.side]
    assert {"trunk", "head"} <= set(kinds)
    parts = sum(kind.startswith("tail") for kind in kinds)
    assert parts == TAILS[shipped.plan] if shipped.plan in TAILS else parts >= 2


def test_what_hangs_behind_the_hip_is_the_tail_and_nothing_else(whole):
    behind = {whole.joints[joint].child for joint in axial_joints(whole, backwards=True)}
    assert behind == {i for i, bone in enumerate(whole.bones) if bone.kind.startswith("tail")}


def test_only_the_ends_of_limbs_are_feet_and_the_hind_legs_come_first(shipped, skeleton):
    four = shipped.plan == "quadruped"
    feet = {bone.kind for bone in skeleton.bones if bone.foot}
    assert feet == (
        {"toes", "fingers"} if four else {"foot"} if shipped.plan == "upright" else {"toes"}
    )
    names = [limb.name for limb in skeleton.limbs]
    assert names == ["leg.left", "leg.right", *["arm.left", "arm.right"] * four]


def test_a_limb_has_eight_muscles_at_least(skeleton):
    for limb in skeleton.limbs:
        moved = set(limb.joints)
        crossing = [
            muscle
            for muscle in skeleton.muscles
            if any(muscle.moment_arms[joint] for joint in moved)
        ]
        assert len(crossing) >= 8, limb.name


def test_the_muscles_of_a_limb_give_two_and_a_half_times_what_standing_asks(skeleton):
    """Toes and fingers are pressed down by ligaments too, so there 1.4 times is enough."""
    for limb in skeleton.limbs:
        for place in limb.joints:
            joint = skeleton.joints[place]
            gives = sum(
                muscle.max_force * muscle.moment_arms[place]
                for muscle in skeleton.muscles
                if muscle.moment_arms[place] * joint.support > 0.0
            )
            least = 1.4 if place == limb.joints[-1] else 2.5
            assert abs(gives) >= least * abs(joint.support), joint.name


def test_the_caudofemoralis_draws_the_leg_back_from_the_tail(whole):
    for muscle in whole.muscles:
        if muscle.kind == "caudofemoralis":
            bones = [whole.bones[bone] for bone in muscle.bones]
            assert bones[0].kind.startswith("tail")
            assert bones[-1].kind == "thigh"
            hip = [joint.name for joint in whole.joints].index(f"hip.{bones[-1].side}")
            assert muscle.moment_arms[hip] < 0
    has_tail = bool(axial_joints(whole, backwards=True))
    assert sum(muscle.kind == "caudofemoralis" for muscle in whole.muscles) == 2 * has_tail


def test_every_muscle_crosses_a_joint(skeleton):
    for muscle in skeleton.muscles:
        assert any(abs(arm) > 1e-3 * skeleton.leg_length for arm in muscle.moment_arms), muscle.name


def test_muscles_are_no_more_than_an_animal_can_carry(skeleton):
    assert 0.2 < sum(muscle.mass for muscle in skeleton.muscles) / skeleton.mass < 0.65


def test_every_joint_stands_within_its_range(skeleton):
    for joint in skeleton.joints:
        assert joint.low <= joint.standing <= joint.high, joint.name


def test_what_the_species_itself_says_has_a_source_or_is_marked_an_estimate(species):
    assert species.mass_kg.source
    for name, bone in species.bones.items():
        if bone.length_m is not None:
            assert bone.length_m.source or bone.length_m.estimate, name


def test_with_all_genes_at_zero_it_stands_for_two_seconds(skeleton):
    trial = run_trial(skeleton, gene_table(skeleton).zeros, STANDING)
    assert (trial.ended, trial.why) == ("finished", "")
    assert abs(trial.measures.distance_m) < 0.1 * skeleton.hip_height


def test_where_nothing_is_felt_zero_genes_stand_for_a_few_units_of_time(skeleton):
    settings = replace(STANDING, seconds=PENCIL * skeleton.time_unit, controller="pattern")
    trial = run_trial(skeleton, gene_table(skeleton, "pattern").zeros, settings)
    assert (trial.ended, trial.why) == ("finished", "")
    assert abs(trial.measures.distance_m) < 0.1 * skeleton.hip_height


@pytest.mark.parametrize("controller", CONTROLLERS)
def test_the_same_trial_twice_is_the_same_to_the_bit(controller, skeleton):
    genome = start(skeleton, controller)
    settings = replace(SHORT, controller=controller)
    first, second = (run_trial(skeleton, genome, settings) for _ in range(2))
    assert fingerprint(first.trajectory) == fingerprint(second.trajectory)
    assert first.measures == second.measures


def test_a_document_gives_the_same_animal(species, skeleton):
    again = assemble(from_document(species.document(), "again"))
    assert again == skeleton


@pytest.mark.parametrize("controller", CONTROLLERS)
def test_a_genome_is_read_back_from_its_names(controller, skeleton):
    table = gene_table(skeleton, controller)
    genome = start(skeleton, controller)
    assert table.from_names(table.by_name(genome), "genome.json") == genome


@pytest.mark.parametrize("controller", CONTROLLERS)
def test_genes_have_names_words_and_a_start_within_bounds(controller, skeleton):
    table = gene_table(skeleton, controller)
    assert len(set(table.names)) == len(table)
    for gene in table.genes:
        assert gene.words
        assert LOWEST <= gene.start <= HIGHEST
        assert all(math.isfinite(gene.value(end)) for end in (LOWEST, HIGHEST))
