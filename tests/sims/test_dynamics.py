"""Inverse dynamics: what held the animal together is worked out from its motion alone, and the solver agrees."""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creatures.assemble import assemble
from creatures.rig import rig
from creatures.shafts import area, section_modulus
from creatures.skeleton import Skeleton
from creatures.species import from_document, load_species, species_names
from sims.physics import audit, loop, world
from sims.physics import log as notes
from sims.physics.log import Push
from sims.physics.measure import measure
from sims.physics.trial import Trial, TrialSettings, gene_table, land_of, run_trial, step_of

GOLDEN = Path(__file__).parents[1] / "golden" / "tyrannosaurus.json"
EVERY = pytest.mark.parametrize("name", species_names())
STANDING = TrialSettings(seconds=2.0, may_stall=True)
WALK = TrialSettings(seconds=5.0)


@lru_cache
def skeleton_of(name: str) -> Skeleton:
    return assemble(load_species(name))


@lru_cache
def walker() -> tuple[Skeleton, tuple[float, ...]]:
    """A real walker; its bones are those that the species has now."""
    skeleton = skeleton_of("tyrannosaurus")
    genes = json.loads(GOLDEN.read_text(encoding="utf-8"))["genes"]
    return skeleton, gene_table(skeleton).from_names(genes, GOLDEN.name)


@lru_cache
def walked(**changes) -> Trial:
    return run_trial(*walker(), replace(WALK, **changes))


@lru_cache
def stood(name: str) -> Trial:
    skeleton = skeleton_of(name)
    return run_trial(skeleton, gene_table(skeleton).zeros, STANDING)


def test_the_force_in_every_joint_by_inverse_dynamics_is_what_the_solver_needed():
    # The solver's is the mean size of many small impulses, the other the size of their sum: never larger, nearly equal.
    for name, joint in walked().measures.joints.items():
        assert joint.reaction_rms_bw <= joint.rms_bw * (1.0 + 1e-9), name
        assert joint.reaction_rms_bw == pytest.approx(joint.rms_bw, rel=0.01, abs=0.01), name


@EVERY
def test_standing_the_joints_carry_what_the_solver_says(name):
    for joint, load in stood(name).measures.joints.items():
        assert load.reaction_rms_bw == pytest.approx(load.rms_bw, rel=0.02, abs=0.01), joint


def drive(skeleton: Skeleton, genes: tuple[float, ...], settings: TrialSettings):
    """The compiled loop and its memory, for what no measure tells."""
    dt = step_of(skeleton, settings)
    plan = notes.plan(skeleton, dt, 4, settings.seconds, 60.0, settings.may_stall, 1.0, 1.0)
    land = land_of(skeleton, settings)
    place = world.build(skeleton, land, settings.iterations, dt)
    table = gene_table(skeleton)
    return loop.drive(
        place, rig(skeleton), table.values(genes), table.values(table.zeros), plan, land
    ), plan


@EVERY
def test_nothing_about_the_trunk_is_left_unexplained(name):
    skeleton = skeleton_of(name)
    log, plan = drive(skeleton, gene_table(skeleton).zeros, STANDING)
    time = log.outcome[2] * plan.dt * plan.steps_per_tick
    assert log.totals.force_error / (skeleton.weight * time) < 1e-9
    assert log.totals.spin_error / (skeleton.weight * skeleton.hip_height * time) < 0.01


def test_walking_leaves_little_turning_unexplained():
    skeleton, genes = walker()
    log, plan = drive(skeleton, genes, WALK)
    time = log.outcome[2] * plan.dt * plan.steps_per_tick
    assert log.totals.force_error / (skeleton.weight * time) < 1e-9
    assert log.totals.spin_error / (skeleton.weight * skeleton.hip_height * time) < 0.03


@pytest.mark.parametrize("name", ["tyrannosaurus", "coelophysis"])
def test_standing_the_net_moments_are_those_that_carry_the_weight(name):
    skeleton = skeleton_of(name)
    log, _ = drive(skeleton, gene_table(skeleton).zeros, STANDING)
    for j, joint in enumerate(skeleton.joints):
        needed = abs(joint.support + joint.preload)
        tolerance = 0.06 * skeleton.weight * skeleton.hip_height
        assert log.moment_peak[j] == pytest.approx(needed, abs=tolerance), joint.name


def test_a_walk_asks_more_of_the_joints_than_standing():
    for name in ("hip.left", "knee.left", "ankle.left"):
        moving, still = walked().measures.joints[name], stood("tyrannosaurus").measures.joints[name]
        assert moving.moment_peak_nm > still.moment_peak_nm


# Energy and momentum.


def faults(trial: Trial) -> tuple[str, ...]:
    """What is said of its books."""
    return audit.faults(trial.measures.energy_error, trial.measures.momentum_error)


@EVERY
def test_the_books_of_standing_balance(name):
    assert faults(stood(name)) == ()


def test_the_books_of_a_walk_balance():
    trial = walked()
    assert trial.ended == "finished"
    assert faults(trial) == ()
    assert abs(trial.measures.energy_error) < audit.ENERGY_TOLERANCE
    assert trial.measures.ground_work_j < 0.0


def test_what_no_step_explains_of_the_energy_gets_no_more_with_finer_steps():
    # Another walk at another step, so what is left of two small sums may be either way by a thousandth or two.
    fine, usual = walked(step_scale=0.25).measures.energy_error, walked().measures.energy_error
    assert abs(fine) < max(abs(usual), 0.005)


def test_a_trial_whose_books_do_not_balance_is_marked_in_words():
    trial = walked()
    found = replace(trial, measures=replace(trial.measures, energy_error=0.31, momentum_error=-0.2))
    assert faults(found) == (
        "31% of its energy came from nowhere",
        "20% of its weight is not explained",
    )
    gone = replace(trial, measures=replace(trial.measures, energy_error=-0.5))
    assert faults(gone) == ("50% of its energy went nowhere",)


def test_a_push_is_work_that_the_books_know_of():
    skeleton, genes = walker()
    trial = run_trial(skeleton, genes, WALK, Push(2.0, 0.1))
    assert faults(trial) == ()


# Physical, not numerical.


@pytest.mark.parametrize(
    "measure", ["strain_bw", "peak_ground_force_bw", "peak_bone_stress_mpa", "distance_m"]
)
def test_half_the_step_measures_nearly_the_same(measure):
    usual = getattr(walked().measures, measure)
    assert getattr(walked(step_scale=0.5).measures, measure) == pytest.approx(usual, rel=0.1)


def test_landing_harder_has_a_faster_rise_of_force_than_standing():
    assert (
        walked().measures.loading_rate_bw_s > 5 * stood("tyrannosaurus").measures.loading_rate_bw_s
    )


# Bones.


@EVERY
def test_the_stress_of_standing_is_far_from_breaking(name):
    bones = stood(name).measures.bones
    assert set(bones) == {b.name for b in skeleton_of(name).bones if b.shaft_radius > 0.0}
    assert bones
    for bone, load in bones.items():
        assert 0.0 < load.rms_mpa <= load.peak_mpa < 100.0, bone


def test_stress_is_higher_in_a_walk_and_lower_with_thicker_bones():
    _, genes = walker()
    document = load_species("tyrannosaurus").document()
    document["bones"]["thigh"]["shaft"] = {"value": 2.0}
    thick = run_trial(assemble(from_document(document, "thick.toml")), genes, WALK)
    assert thick.measures.distance_m == walked().measures.distance_m
    for side in ("left", "right"):
        name = f"thigh.{side}"
        walking, standing = (
            walked().measures.bones[name],
            stood("tyrannosaurus").measures.bones[name],
        )
        assert walking.peak_mpa > standing.peak_mpa
        assert thick.measures.bones[name].peak_mpa < 0.5 * walking.peak_mpa


def test_a_bone_over_the_limit_ends_the_trial_and_is_named():
    peak = max(walked().measures.bones.items(), key=lambda one: one[1].peak_mpa)
    trial = walked(bone_limit_mpa=0.8 * peak[1].peak_mpa)
    assert trial.ended == "snapped"
    assert trial.why.startswith("its ")
    assert trial.why.endswith(" bone broke")
    assert trial.measures.time_up_s < WALK.seconds
    unbroken = walked(bone_limit_mpa=1.01 * peak[1].peak_mpa)
    assert unbroken.ended == "finished"
    assert np.array_equal(unbroken.trajectory.poses, walked().trajectory.poses)


def test_the_shaft_of_a_heavier_animal_is_thicker_and_a_tube():
    thigh = next(b for b in skeleton_of("tyrannosaurus").bones if b.kind == "thigh")
    # By the rule the thigh bone of 6 t is some 0.6 m around.
    assert 0.45 < 2.0 * np.pi * thigh.shaft_radius < 0.65
    assert area(thigh) < np.pi * thigh.shaft_radius**2
    assert section_modulus(thigh) < np.pi / 4.0 * thigh.shaft_radius**3
    small = next(b for b in skeleton_of("velociraptor").bones if b.kind == "thigh")
    assert small.shaft_radius < 0.2 * thigh.shaft_radius


def test_an_animal_whose_bones_are_not_known_walks_the_same_and_nothing_is_said_of_them():
    document = load_species("tyrannosaurus").document()
    for bone in document["bones"].values():
        bone.pop("shaft", None)
    bare = run_trial(assemble(from_document(document, "bare.toml")), walker()[1], WALK)
    assert bare.measures.bones == {}
    assert bare.measures.peak_bone_stress_mpa == 0.0
    assert np.array_equal(bare.trajectory.poses, walked().trajectory.poses)


def test_what_the_ground_gives_is_not_explained_by_the_ground():
    skeleton, genes = walker()
    log, plan = drive(skeleton, genes, WALK)
    before = measure(skeleton, log, plan).energy_error
    log.totals.energy_change += 0.5 * (log.totals.positive - log.totals.negative)
    log.totals.ground_work += 0.5 * (log.totals.positive - log.totals.negative)
    assert measure(skeleton, log, plan).energy_error > before + 0.3
