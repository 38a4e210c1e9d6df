"""What is read off a walk against time."""

import json
import math

import numpy as np
import pytest
import sims_small as small

from creatures.assemble import assemble
from creatures.species import load_species, species_names
from sims.physics.quantities import GROUPS, quantities, rate
from sims.physics.trajectory import Trajectory
from sims.physics.trial import TrialSettings, gene_table, run_trial

UNITS = {"m", "m/s", "rad", "rad/s", "N", "J", "1"}
ENDS = {"m": "_m", "m/s": "_m_s", "rad": "_rad", "rad/s": "_rad_s", "N": "_n", "J": "_j", "1": ""}


def walked(name: str):
    skeleton = assemble(load_species(name))
    genes = gene_table(skeleton).start
    return skeleton, run_trial(skeleton, genes, TrialSettings(seconds=0.6)).trajectory


@pytest.mark.parametrize("name", species_names())
def test_every_quantity_of_every_species_has_a_name_a_unit_and_a_number_for_each_frame(name):
    skeleton, walk = walked(name)
    found = quantities(skeleton, walk)
    names = [one.name for one in found]
    assert len(set(names)) == len(names)
    assert {one.group for one in found} == set(GROUPS)
    for one in found:
        assert one.unit in UNITS
        assert one.name.endswith(ENDS[one.unit])
        assert one.values.shape == (len(walk),)
        assert np.isfinite(one.values).all()


def by_name(skeleton, walk: Trajectory):
    return {one.name: one for one in quantities(skeleton, walk)}


def test_angles_are_kept_in_radians_and_shown_in_degrees_and_forces_in_body_weights():
    skeleton, walk = walked("velociraptor")
    found = by_name(skeleton, walk)
    angle, load = found["knee_left_angle_rad"], found["knee_left_load_n"]
    np.testing.assert_allclose(angle.shown, np.degrees(angle.values))
    j = [joint.name for joint in skeleton.joints].index("knee.left")
    np.testing.assert_allclose(load.values, walk.joint_load[:, j] * skeleton.weight)
    np.testing.assert_allclose(load.shown, walk.joint_load[:, j])
    assert (angle.shown_unit, load.shown_unit) == ("deg", "body weights")


def test_a_standing_animal_has_its_hip_where_its_species_says_and_its_joints_as_they_stand():
    skeleton, walk = walked("tyrannosaurus")
    standing = np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])
    still = Trajectory(
        walk.frame_time,
        walk.steps_per_frame,
        np.repeat(standing[None], 3, axis=0),
        walk.activation[:3],
        walk.joint_load[:3],
        walk.ground_force[:3],
        walk.muscle_force[:3],
    )
    found = by_name(skeleton, still)
    assert found["hip_height_m"].values[0] == pytest.approx(skeleton.hip_height, rel=0.02)
    assert found["kinetic_j"].values == pytest.approx(0.0)
    for joint in skeleton.joints:
        name = joint.name.replace(".", "_").replace(" ", "_")
        assert found[f"{name}_angle_rad"].values == pytest.approx(joint.standing)


def test_the_pull_of_muscles_is_what_their_activation_allows():
    skeleton, walk = walked("velociraptor")
    strongest = np.array([muscle.max_force for muscle in skeleton.muscles]) / skeleton.weight
    assert (walk.muscle_force >= 0.0).all()
    assert walk.muscle_force.max() > 0.0
    assert (walk.muscle_force <= 3.0 * strongest).all()  # 1.8 when stretched, and passive tissue


def test_a_walk_without_the_pull_of_muscles_has_all_the_rest():
    skeleton = small.configuration().skeleton()
    recording = small.a_genome().recording.trajectory()
    bare = Trajectory(
        recording.frame_time,
        recording.steps_per_frame,
        recording.poses,
        recording.activation,
        recording.joint_load,
        recording.ground_force,
        np.empty((len(recording), 0)),
    )
    groups = {one.group for one in quantities(skeleton, bare)}
    assert groups == set(GROUPS) - {"muscle_force"}


def test_the_rate_of_a_straight_line_is_its_slope_and_of_a_single_frame_nothing():
    line = 3.0 * np.arange(5) * 0.1
    np.testing.assert_allclose(rate(line, 0.1), 3.0)
    assert rate(np.array([7.0]), 0.1).tolist() == [0.0]


def test_distance_and_speed_belong_together():
    skeleton, walk = walked("velociraptor")
    found = by_name(skeleton, walk)
    distance, speed = found["distance_m"].values, found["speed_m_s"].values
    assert distance[0] == 0.0
    trapezoid = float(((speed[1:] + speed[:-1]) / 2).sum() * walk.frame_time)
    assert math.isclose(trapezoid, float(distance[-1]), rel_tol=0.05, abs_tol=0.01)
    assert json.dumps(list(found))
