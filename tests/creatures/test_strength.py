"""What each joint can bear, and what standing asks of it."""

import math
from dataclasses import replace

import pytest

from creatures.assemble import assemble
from creatures.species import load_species, species_names
from creatures.strength import bearings


@pytest.fixture(params=species_names(), scope="module")
def skeleton(request):
    return assemble(load_species(request.param))


@pytest.fixture
def rex():
    return assemble(load_species("tyrannosaurus"))


def test_every_joint_of_the_left_and_the_middle_is_there_once(skeleton):
    found = [skeleton.joints[one.joint].name for one in bearings(skeleton)]
    expected = [joint.name for joint in skeleton.joints if not joint.name.endswith(".right")]
    assert sorted(found) == sorted(expected)


def test_a_leg_is_listed_from_the_body_down_after_the_middle(rex):
    kinds = [rex.joints[one.joint].kind for one in bearings(rex)]
    assert kinds[-4:] == ["hip", "knee", "ankle", "toe"]


def test_muscles_can_bear_in_every_leg_what_standing_asks(skeleton):
    for one in bearings(skeleton):
        if one.by_muscles:
            assert one.asked < 1.0, skeleton.joints[one.joint].name


def test_muscles_that_are_called_extensors_and_flexors_are_found_on_their_side(rex):
    names = {}
    for one in bearings(rex):
        for lever in one.levers:
            joint = rex.joints[one.joint].kind
            names[joint, rex.muscles[lever.muscle].kind] = lever.arm > 0
    assert names["hip", "caudofemoralis"]
    assert not names["hip", "puboischiofemoralis"]
    assert names["knee", "femorotibialis"]
    assert not names["knee", "flexor_tibialis"]
    assert names["ankle", "gastrocnemius_medialis"]
    assert not names["ankle", "tibialis_anterior"]
    assert names["toe", "digital_flexor"]
    assert not names["toe", "digital_extensor"]
    assert names["neck", "neck_raiser"]
    assert names["tail base", "tail_raiser"]
    assert not names["tail base", "tail_lowerer"]


def test_the_torque_is_force_times_arm_of_all_muscles_of_both_sides(rex):
    tail = next(one for one in bearings(rex) if rex.joints[one.joint].kind == "tail base")
    (long,) = (m for m in rex.muscles if m.name == "caudofemoralis.left")
    (lower,) = (m for m in rex.muscles if m.name == "tail_lowerer")
    both = 2 * long.max_force * long.moment_arms[tail.joint]
    assert tail.flexion == pytest.approx(both + lower.max_force * lower.moment_arms[tail.joint])


def test_a_joint_without_muscles_cannot_bear_anything(rex):
    bare = replace(rex, muscles=())
    assert all(one.levers == () for one in bearings(bare))
    assert math.isinf(bearings(bare)[-1].asked)
