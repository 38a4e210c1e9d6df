"""Rules of anatomy against cases worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.anatomy import (
    MUSCLE_DENSITY,
    SPECIFIC_TENSION,
    descendants,
    ellipsoid_inertia,
    isometric_force,
    joint_mobility,
    least_inertia,
    moment_arm,
    path_length,
    turned,
    weight_moment,
    world_point,
)
from creatures.assemble import assemble
from creatures.species import load_species, species_names

LAW = settings(deadline=None)

# Two bones of 2 m in a row, their centres of mass in the middle, hinged at (2, 0).
ROW = [(1.0, 0.0, 0.0), (3.0, 0.0, 0.0)]
HINGE = (2.0, 0.0)
FAR = [1]

NEAR_NUMBERS = st.floats(-3.0, 3.0)
POINTS = st.tuples(NEAR_NUMBERS, NEAR_NUMBERS)


@LAW
@given(st.floats(0.01, 1e4), st.floats(0.01, 10.0))
def test_a_ball_has_the_inertia_of_a_ball(mass, radius):
    ball = ellipsoid_inertia(mass, 2 * radius, 2 * radius)
    assert ball == pytest.approx(2 / 5 * mass * radius**2)


def test_the_inertia_of_an_ellipsoid_is_what_its_slices_add_up_to():
    length, depth = 1.4, 0.6
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 1001), np.linspace(-0.5, 0.5, 1001))
    thick = np.sqrt(np.clip(1 - 4 * x**2 - 4 * y**2, 0, None))  # of the third axis
    found = (thick * ((length * x) ** 2 + (depth * y) ** 2)).sum() / thick.sum()
    assert ellipsoid_inertia(3.0, length, depth) == pytest.approx(3.0 * found, rel=1e-3)


def test_the_least_inertia_is_far_below_that_of_a_leg():
    mass, leg = 20.0, 0.6
    of_a_leg = 0.13 * mass * (0.4 * leg) ** 2
    assert 0.0 < least_inertia(mass, leg) < 0.1 * of_a_leg


def test_a_muscle_is_as_strong_as_its_cross_section():
    mass, fibre = 2.0, 0.1
    section = mass / MUSCLE_DENSITY / fibre
    assert isometric_force(mass, fibre) == pytest.approx(SPECIFIC_TENSION * section)
    assert isometric_force(2 * mass, fibre) == pytest.approx(2 * isometric_force(mass, fibre))
    assert isometric_force(mass, 2 * fibre) == pytest.approx(isometric_force(mass, fibre) / 2)


def test_a_muscle_over_a_hinge_turns_the_far_bone_up_by_its_distance():
    bones, above = [0, 1], [(0.0, 0.5), (0.0, 0.5)]
    assert moment_arm(ROW, FAR, HINGE, bones, above) == pytest.approx(0.5, rel=1e-6)
    below = [(0.0, -0.5), (0.0, -0.5)]
    assert moment_arm(ROW, FAR, HINGE, bones, below) == pytest.approx(-0.5, rel=1e-6)


def test_a_muscle_through_a_hinge_cannot_turn_it():
    through = [(0.0, 0.0), (0.5, 0.0)]
    assert moment_arm(ROW, FAR, HINGE, [0, 1], through) == pytest.approx(0.0, abs=1e-8)


@pytest.mark.parametrize("bone", [0, 1])
def test_a_muscle_that_does_not_cross_a_joint_has_no_moment_arm(bone):
    assert moment_arm(ROW, FAR, HINGE, [bone, bone], [(-0.5, 0.3), (0.5, 0.4)]) == 0.0


@LAW
@given(POINTS, POINTS, st.floats(-1.0, 1.0))
def test_a_moment_arm_is_the_distance_of_the_line_of_pull_from_the_hinge(origin, insertion, bent):
    poses = turned(ROW, FAR, HINGE, bent)
    start, end = world_point(poses[0], origin), world_point(poses[1], insertion)
    length = math.dist(start, end)
    if length < 0.1:
        return  # the line has no direction where its ends meet
    pull = (start[0] - end[0]) / length, (start[1] - end[1]) / length
    lever = end[0] - HINGE[0], end[1] - HINGE[1]
    torque = lever[0] * pull[1] - lever[1] * pull[0]
    assert moment_arm(poses, FAR, HINGE, [0, 1], [origin, insertion]) == pytest.approx(
        torque, abs=1e-5
    )


@LAW
@given(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0), POINTS)
def test_turning_back_undoes_turning(by, pivot, point):
    there = turned(ROW, FAR, (pivot, 0.5), by)
    back = turned(there, FAR, (pivot, 0.5), -by)
    assert np.allclose(back, ROW, atol=1e-12)
    # What turns keeps its distance from the pivot; what does not turn stays.
    assert there[0] == ROW[0]
    where = math.dist(world_point(there[1], point), (pivot, 0.5))
    assert where == pytest.approx(math.dist(world_point(ROW[1], point), (pivot, 0.5)))


def test_a_path_is_as_long_as_its_pieces():
    assert path_length(ROW, [0, 0, 1], [(0.0, 0.0), (0.0, 3.0), (2.0, 3.0)]) == pytest.approx(7.0)


def test_descendants_are_a_bone_and_all_that_hangs_on_it():
    parents = [-1, 0, 1, 0, 3, 3]
    assert descendants(parents, 3) == [3, 4, 5]
    assert descendants(parents, 2) == [2]
    assert sorted(descendants(parents, 0)) == [0, 1, 2, 3, 4, 5]


def test_two_bones_hinged_at_their_centres_of_mass_turn_by_their_inertias_alone():
    poses = [(2.0, 0.0, 0.0), (2.0, 0.0, 0.0)]
    found = joint_mobility(poses, [5.0, 7.0], [0.4, 0.1], [HINGE], [FAR])
    assert found == pytest.approx(np.array([[1 / 0.4 + 1 / 0.1]]))


def test_a_bone_on_a_huge_trunk_swings_about_its_hinge():
    found = joint_mobility(ROW, [1e12, 2.0], [1e12, 0.3], [HINGE], [FAR])
    assert found == pytest.approx(np.array([[1 / (0.3 + 2.0 * 1.0**2)]]), rel=1e-6)


@pytest.mark.parametrize("name", species_names())
def test_a_push_at_any_joints_always_moves_them_with_the_push(name):
    skeleton = assemble(load_species(name))
    poses = [(bone.x, bone.y, bone.angle) for bone in skeleton.bones]
    parents = [bone.parent for bone in skeleton.bones]
    found = joint_mobility(
        poses,
        [bone.mass for bone in skeleton.bones],
        [bone.inertia for bone in skeleton.bones],
        [world_point(poses[joint.parent], joint.parent_anchor) for joint in skeleton.joints],
        [descendants(parents, joint.child) for joint in skeleton.joints],
    )
    assert np.allclose(found, found.T, rtol=1e-9, atol=1e-9 * abs(found).max())
    assert np.linalg.eigvalsh(found).min() > 0.0
    for muscle in skeleton.muscles:
        arms = np.array(muscle.moment_arms)
        assert muscle.mobility == pytest.approx(arms @ found @ arms)


def test_a_bone_ahead_of_its_hinge_must_be_held_up():
    masses = [9.0, 3.0]
    assert weight_moment(ROW, masses, FAR, HINGE, 10.0) == pytest.approx(3.0 * 10.0 * 1.0)
    behind = [(1.0, 0.0, 0.0), (0.5, 0.0, math.pi)]
    assert weight_moment(behind, masses, FAR, HINGE, 10.0) == pytest.approx(-3.0 * 10.0 * 1.5)
    hanging = [(1.0, 0.0, 0.0), (2.0, -1.0, -math.pi / 2)]
    assert weight_moment(hanging, masses, FAR, HINGE, 10.0) == 0.0
