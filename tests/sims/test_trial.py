"""A trial: how it can end, what it measures, and that the measures are those of what was seen."""

import copy
import json
import math
import runpy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creatures.anatomy import world_point
from creatures.assemble import assemble
from creatures.skeleton import Skeleton
from creatures.species import from_document, load_species, species_names
from creatures.variants import varied
from sims.physics.log import SETTLE
from sims.physics.loop import SMOOTHING
from sims.physics.referee import LOWEST_HIP, MOST_PITCH, STALL_TIME
from sims.physics.terrain import KINDS, Terrain
from sims.physics.trajectory import fingerprint
from sims.physics.trial import (
    FRAME_RATE,
    STEPS_PER_TICK,
    Trial,
    TrialSettings,
    gene_table,
    run_trial,
    step_of,
)

TESTS = Path(__file__).parents[1]
EVERY = pytest.mark.parametrize("name", species_names())
TREX = "tyrannosaurus"
STANDING = TrialSettings(seconds=2.0, may_stall=True)
ENDINGS = ("finished", "fell", "stalled", "broke", "unstable")


@lru_cache
def skeleton_of(name: str) -> Skeleton:
    return assemble(load_species(name))


def changed(section: str, parts: tuple[str, ...] = (), **values: object) -> Skeleton:
    """A T. rex with some numbers of all bones, joints or muscles replaced, as a species file may."""
    document = copy.deepcopy(load_species(TREX).document())
    for name in parts or document[section]:
        document[section][name] |= values
    return assemble(from_document(document, "changed.toml"))


def genome(skeleton: Skeleton, **genes: float) -> tuple[float, ...]:
    """The genome that stands but for some genes, with two underscores for a dot."""
    named = dict.fromkeys(gene_table(skeleton).names, 0.0)
    named |= {name.replace("__", "."): gene for name, gene in genes.items()}
    return gene_table(skeleton).from_names(named, "")


@lru_cache
def standing(name: str, seconds: float = 2.0, **settings: float) -> Trial:
    skeleton = skeleton_of(name)
    return run_trial(skeleton, genome(skeleton), replace(STANDING, seconds=seconds, **settings))


@lru_cache
def walk(seconds: float = 10.0) -> Trial:
    """The walk of a genome that evolved."""
    skeleton = skeleton_of(TREX)
    return run_trial(skeleton, golden(), TrialSettings(seconds=seconds))


def golden() -> tuple[float, ...]:
    file = TESTS / "golden" / f"{TREX}.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["species"] == TREX
    return gene_table(skeleton_of(TREX)).from_names(record["genes"], file.name)


def lowest(skeleton: Skeleton, pose: np.ndarray, bone: int) -> float:
    """How far above level ground the part of a bone that can touch it is, m."""
    data = skeleton.bones[bone]
    ends = [world_point(tuple(pose[bone]), (data.local(at), 0.0)) for at in data.contact_span]
    return min(y for _, y in ends) - data.contact_radius


def hip(skeleton: Skeleton, pose: np.ndarray) -> float:
    trunk = skeleton.bones[skeleton.root]
    return world_point(tuple(pose[skeleton.root]), (trunk.local(0.0), 0.0))[1]


def centres(skeleton: Skeleton, trial: Trial) -> np.ndarray:
    """(f, 2) the centre of mass in every frame."""
    mass = np.array([bone.mass for bone in skeleton.bones])
    return np.einsum("b,fbk->fk", mass, trial.trajectory.poses[:, :, :2]) / mass.sum()


def numbers(document: object) -> list[float]:
    if isinstance(document, dict):
        return [number for value in document.values() for number in numbers(value)]
    if isinstance(document, list | tuple):
        return [number for value in document for number in numbers(value)]
    return [float(document)]


# How it ends.


def test_standing_about_ends_the_trial_when_it_may_not():
    skeleton = skeleton_of(TREX)
    trial = run_trial(skeleton, genome(skeleton), TrialSettings())
    assert (trial.ended, trial.why) == ("stalled", "it made no headway")
    patience = STALL_TIME * skeleton.time_unit
    assert trial.measures.time_up_s == pytest.approx(patience, abs=0.02)


@EVERY
def test_standing_about_is_fine_when_it_may(name):
    trial = standing(name)
    assert (trial.ended, trial.why) == ("finished", "")
    assert trial.measures.time_up_s == pytest.approx(STANDING.seconds, abs=0.02)


@pytest.mark.parametrize(
    ("genes", "part"),
    [({"leg__knee__offset": 3.0}, "tail_tip"), ({"leg__ankle__offset": 3.0}, "head")],
)
def test_only_feet_may_touch_the_ground(genes, part):
    skeleton = skeleton_of(TREX)
    trial = run_trial(skeleton, genome(skeleton, **genes), replace(STANDING, seconds=5.0))
    assert (trial.ended, trial.why) == ("fell", f"its {part.replace('_', ' ')} touched the ground")
    bone = [each.name for each in skeleton.bones].index(part)
    last = [lowest(skeleton, trial.trajectory.poses[-1], b) for b in range(len(skeleton.bones))]
    assert last[bone] < 0.05 * skeleton.hip_height
    assert last[bone] == min(h for b, h in enumerate(last) if b not in skeleton.feet)
    for pose in trial.trajectory.poses[:-1]:
        assert lowest(skeleton, pose, bone) > 0.0


def test_too_weak_for_its_weight_it_sinks_to_its_knees():
    skeleton = skeleton_of(TREX)
    heavy = replace(STANDING, seconds=5.0, mass_scale=2.0)
    trial = run_trial(skeleton, genome(skeleton), heavy)
    assert (trial.ended, trial.why) == ("fell", "its hip sank too low")
    heights = [hip(skeleton, pose) / skeleton.hip_height for pose in trial.trajectory.poses]
    assert min(heights[:-1]) > LOWEST_HIP
    assert heights[-1] < LOWEST_HIP + 0.05


def test_it_tips_over_where_nothing_else_stops_it():
    document = copy.deepcopy(varied(load_species(TREX), "tail", "off").document())
    for name in ("trunk", "neck", "head"):
        document["bones"][name] |= {"contact": {"span": [0.0, 0.02], "radius": 0.012}}
    ghost = assemble(from_document(document, "ghost.toml"))
    genes = genome(ghost, leg__hip__cosine=3.0, leg__hip__stiffness=3.0)
    trial = run_trial(ghost, genes, replace(STANDING, seconds=5.0))
    assert (trial.ended, trial.why) == ("fell", "its trunk tipped over")
    tilt = np.abs(trial.trajectory.poses[:, ghost.root, 2] - ghost.bones[ghost.root].angle)
    assert tilt[:-1].max() < MOST_PITCH
    assert tilt[-1] > MOST_PITCH - 0.1


def test_joints_that_are_forced_too_hard_break():
    stiff = changed("joints", stiffness=5.0)
    trial = run_trial(stiff, genome(stiff), replace(STANDING, seconds=5.0))
    assert trial.ended == "broke"
    name = trial.why.removeprefix("its ").removesuffix(" came apart")
    joints = {" ".join(reversed(joint.name.split("."))): joint.name for joint in stiff.joints}
    assert trial.measures.joints[joints[name]].gap > 0.01
    assert trial.measures.max_joint_gap > 0.01


WILD = pytest.mark.parametrize(
    ("section", "numbers_in_a_file"),
    [
        ("joints", {"damping": 3.0}),
        ("joints", {"damping": 50.0}),
        ("joints", {"stiffness": 50.0}),
        ("muscles", {"fibre_length": 0.001, "tendon_length": 0.005}),
    ],
)


@WILD
def test_physics_that_cannot_be_computed_is_told_from_a_walk(section, numbers_in_a_file):
    wild = changed(section, **numbers_in_a_file)
    trial = run_trial(wild, genome(wild), STANDING)
    assert (trial.ended, trial.why) == ("unstable", "the physics came apart")
    assert trial.measures.time_up_s < STANDING.seconds


@WILD
def test_every_measure_is_a_number_even_when_the_physics_came_apart(section, numbers_in_a_file):
    wild = changed(section, **numbers_in_a_file)
    measures = run_trial(wild, genome(wild), STANDING).measures
    assert np.isfinite(numbers(measures.document())).all()
    assert abs(measures.hip_heights) < 1.0  # it never began to walk


@WILD
def test_a_trial_that_never_began_has_a_fingerprint_all_the_same(section, numbers_in_a_file):
    wild = changed(section, **numbers_in_a_file)
    seen = run_trial(wild, genome(wild), STANDING).trajectory
    assert np.isfinite(seen.rows()).all()
    assert len(fingerprint(seen).checks) == 4 * len(seen)


# What it measures.


@EVERY
def test_arrays_have_the_shapes_they_say(name):
    skeleton, seen = skeleton_of(name), standing(name).trajectory
    frames = len(seen)
    assert seen.poses.shape == (frames, len(skeleton.bones), 3)
    assert seen.activation.shape == (frames, len(skeleton.muscles))
    assert seen.joint_load.shape == (frames, len(skeleton.joints))
    assert seen.ground_force.shape == (frames, len(skeleton.limbs), 2)
    assert seen.times.shape == (frames,)
    assert seen.rows().shape[0] == frames
    for array in (seen.poses, seen.activation, seen.joint_load, seen.ground_force):
        assert np.isfinite(array).all()
    assert seen.activation.min() >= 0.0
    assert seen.activation.max() <= 1.0


@EVERY
@pytest.mark.parametrize("step_scale", [1.0, 0.5])
def test_frames_come_about_sixty_times_a_second_whatever_the_step(name, step_scale):
    skeleton, trial = skeleton_of(name), standing(name, step_scale=step_scale)
    seen = trial.trajectory
    step = step_of(skeleton, TrialSettings(step_scale=step_scale))
    assert seen.frame_time == pytest.approx(seen.steps_per_frame * step)
    tick = STEPS_PER_TICK * step_of(skeleton, TrialSettings())
    ticks = seen.frame_time / tick
    assert ticks == pytest.approx(round(ticks), abs=1e-9)
    # As near as whole ticks come.
    assert abs(1 / FRAME_RATE - seen.frame_time) <= tick / 2
    assert len(seen) == int(trial.measures.time_up_s / seen.frame_time + 1e-6) + 1
    assert seen.times[0] == 0.0
    assert seen.times[-1] <= trial.measures.time_up_s + 1e-9


@EVERY
def test_the_shortest_trial_is_one_look_long(name):
    skeleton = skeleton_of(name)
    trial = run_trial(skeleton, genome(skeleton), TrialSettings(seconds=1e-6))
    tick = STEPS_PER_TICK * step_of(skeleton, TrialSettings())
    assert trial.ended == "finished"
    assert trial.measures.time_up_s == pytest.approx(tick)
    assert np.isfinite(trial.trajectory.rows()).all()
    assert np.isfinite(numbers(trial.measures.document())).all()


@EVERY
def test_it_settles_before_the_clock_starts_and_hardly_moves_in_it(name):
    skeleton, trial = skeleton_of(name), standing(name)
    first = trial.trajectory.poses[0]
    stood = np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])
    assert SETTLE > 0.0
    assert np.abs(first - stood).max() > 0.0
    assert np.abs(first[:, :2] - stood[:, :2]).max() < 0.05 * skeleton.hip_height


def test_the_distance_is_how_far_the_centre_of_mass_moved():
    skeleton = skeleton_of(TREX)
    frame = walk().trajectory.frame_time
    whole = walk(240 * frame)  # ends with a frame
    moved = np.ptp(centres(skeleton, whole)[[0, -1], 0])
    assert len(whole.trajectory) == 241
    assert whole.measures.distance_m == pytest.approx(moved, rel=1e-9)
    assert whole.measures.hip_heights == whole.measures.distance_m / skeleton.hip_height
    assert whole.measures.distance_m > skeleton.hip_height


def test_the_speed_is_that_of_the_second_half():
    skeleton, trial = skeleton_of(TREX), walk()
    x = centres(skeleton, trial)[:, 0]
    half = len(x) // 2
    speed = (x[-1] - x[half]) / ((len(x) - 1 - half) * trial.trajectory.frame_time)
    assert trial.measures.speed_m_s == pytest.approx(speed, rel=0.02)
    assert trial.measures.froude == pytest.approx(
        trial.measures.speed_m_s**2 / (9.81 * skeleton.hip_height)
    )


def test_an_evolved_genome_walks():
    trial = walk()
    assert (trial.ended, trial.why) == ("finished", "")
    assert trial.measures.hip_heights >= 5.0
    assert 0.35 < trial.measures.alternation < 0.65
    assert 0.4 < trial.measures.duty_factor < 0.9
    assert trial.measures.gait.strides >= 4
    assert trial.measures.stride_length_m == pytest.approx(
        trial.measures.speed_m_s / trial.measures.stride_frequency_hz
    )


def test_a_walker_never_touches_the_ground_but_with_its_feet():
    skeleton = skeleton_of(TREX)
    others = [b for b in range(len(skeleton.bones)) if b not in skeleton.feet]
    for pose in walk().trajectory.poses:
        assert min(lowest(skeleton, pose, bone) for bone in others) > 0.0
        assert min(lowest(skeleton, pose, foot) for foot in skeleton.feet) > (
            -0.01 * skeleton.hip_height
        )


@EVERY
def test_standing_weighs_one_body_weight(name):
    skeleton, trial = skeleton_of(name), standing(name)
    assert trial.measures.mean_ground_force_bw == pytest.approx(1.0, abs=0.01)
    assert trial.measures.peak_ground_force_bw == pytest.approx(1.0, abs=0.1)
    felt = trial.trajectory.ground_force[1:].sum(axis=1)
    assert felt[:, 1].mean() == pytest.approx(1.0, abs=0.01)
    assert felt[:, 0].mean() == pytest.approx(0.0, abs=0.02)
    assert np.abs(centres(skeleton, trial)[:, 1] - skeleton.com[1]).max() < (
        0.05 * skeleton.hip_height
    )


@pytest.mark.parametrize("trial", [standing, lambda _: walk()], ids=["standing", "walking"])
def test_the_books_of_weight_push_and_momentum_balance(trial):
    measures = trial(TREX).measures
    assert abs(measures.momentum_error) < 0.01
    assert measures.mean_ground_force_bw == pytest.approx(1.0, abs=0.05)


def test_joints_stay_closed():
    skeleton, trial = skeleton_of(TREX), walk()
    seen = 0.0
    for pose in trial.trajectory.poses:
        for joint in skeleton.joints:
            near = world_point(tuple(pose[joint.parent]), joint.parent_anchor)
            far = world_point(tuple(pose[joint.child]), joint.child_anchor)
            seen = max(seen, math.dist(near, far) / skeleton.hip_height)
    assert 0.0 < seen <= trial.measures.max_joint_gap * (1 + 1e-9)
    assert trial.measures.max_joint_gap < 0.01
    assert trial.measures.max_joint_gap == max(j.gap for j in trial.measures.joints.values())


def test_joint_loads_are_those_of_the_frames():
    skeleton, trial = skeleton_of(TREX), standing(TREX)
    mean = trial.trajectory.joint_load[1:].mean(axis=0)
    for joint, load in zip(skeleton.joints, mean, strict=True):
        told = trial.measures.joints[joint.name]
        assert told.rms_bw == pytest.approx(load, rel=0.02)
        assert told.rms_n == pytest.approx(told.rms_bw * skeleton.weight)
        assert told.peak_bw >= 0.98 * told.rms_bw
    strain = np.mean([joint.rms_bw for joint in trial.measures.joints.values()])
    assert trial.measures.strain_bw == pytest.approx(strain)


def test_peaks_are_those_of_the_low_passed_forces():
    skeleton, trial = skeleton_of(TREX), walk()
    seen = trial.trajectory
    assert (
        seen.steps_per_frame == STEPS_PER_TICK
    )  # every look is a frame: all can be added up again
    follow = 1.0 - math.exp(-seen.frame_time / (SMOOTHING * skeleton.time_unit))
    smooth, peak = np.zeros(len(skeleton.joints)), np.zeros(len(skeleton.joints))
    ground, most = 1.0, 0.0
    for load, push in zip(seen.joint_load[1:], seen.ground_force[1:], strict=True):
        smooth = smooth + follow * (load - smooth)
        peak = np.maximum(peak, smooth)
        ground += follow * (push[:, 1].sum() - ground)
        most = max(most, ground)
    told = [trial.measures.joints[joint.name] for joint in skeleton.joints]
    assert [joint.peak_bw for joint in told] == pytest.approx(peak.tolist())
    assert trial.measures.peak_ground_force_bw == pytest.approx(most)
    rms = np.sqrt((seen.joint_load[1:] ** 2).mean(axis=0))
    assert [joint.rms_bw for joint in told] == pytest.approx(rms.tolist())


@EVERY
def test_half_the_step_gives_nearly_the_same_loads_of_standing(name):
    usual, fine, finest = (standing(name, step_scale=by).measures for by in (1.0, 0.5, 0.25))
    # Four feet can share the weight, and push against each other, in more ways than one.
    one_way = len(skeleton_of(name).limb_kinds) == 1
    for joint, load in usual.joints.items() if one_way else ():
        known = finest.joints[joint].rms_bw
        # The smallest animal has the hastiest step: a 3 kg Compsognathus is 12 % off at the usual one.
        assert load.rms_bw == pytest.approx(known, rel=0.15)
        assert fine.joints[joint].rms_bw == pytest.approx(known, rel=0.02)
    assert fine.mean_ground_force_bw == pytest.approx(usual.mean_ground_force_bw, abs=0.01)
    assert fine.metabolic_j == pytest.approx(usual.metabolic_j, rel=0.05 if one_way else 0.3)


@EVERY
def test_a_heavier_world_presses_harder(name):
    forces = [
        standing(name, mass_scale=scale).measures.mean_ground_force_bw
        for scale in (0.98, 1.0, 1.02)
    ]
    assert forces == pytest.approx([0.98, 1.0, 1.02], abs=0.005)


# Another gravity.


@EVERY
@pytest.mark.parametrize("scale", [0.1, 0.5, 1.2])
def test_under_another_gravity_it_stands_and_weighs_so_much_of_its_usual_weight(name, scale):
    trial = standing(name, seconds=3.0, gravity_scale=scale)
    measures = trial.measures
    assert (trial.ended, trial.why) == ("finished", "")
    # At a tenth of it, what giants' ligaments carry of neck and tail on Earth still swings after three seconds.
    swings = scale < 0.5 and len(skeleton_of(name).limb_kinds) > 1
    assert measures.mean_ground_force_bw == pytest.approx(scale, abs=0.02 if swings else 0.01)
    # No more than it ever carries: the low-pass begins with its weight here, not with that on Earth.
    assert measures.peak_ground_force_bw == pytest.approx(scale, abs=0.4 if swings else 0.05)
    assert abs(measures.momentum_error) < 0.01
    # A giant that swings so may take the load off its arms; its legs stay where they are.
    on_the_ground = measures.gait.duty_factors[:2] if swings else measures.gait.duty_factors
    assert min(on_the_ground) > (0.7 if swings else 0.999)


@pytest.mark.parametrize("scale", [0.8, 1.1])
def test_the_books_balance_in_a_walk_under_another_gravity(scale):
    skeleton = skeleton_of(TREX)
    trial = run_trial(skeleton, golden(), TrialSettings(seconds=4.0, gravity_scale=scale))
    measures = trial.measures
    assert measures.hip_heights > 0.5
    assert abs(measures.momentum_error) < 1e-6
    assert measures.mean_ground_force_bw == pytest.approx(scale, abs=0.2)
    assert measures.froude == pytest.approx(
        measures.speed_m_s**2 / (9.81 * scale * skeleton.hip_height)
    )


def test_thrice_the_gravity_is_too_much_for_its_muscles():
    trial = standing(TREX, seconds=4.0, gravity_scale=3.0)
    assert trial.ended == "fell"


def test_the_usual_gravity_said_or_not_is_the_same_walk_to_the_bit():
    said = run_trial(skeleton_of(TREX), golden(), TrialSettings(seconds=2.0, gravity_scale=1.0))
    assert said.trajectory.rows().tobytes() == walk(2.0).trajectory.rows().tobytes()
    other = run_trial(skeleton_of(TREX), golden(), TrialSettings(seconds=2.0, gravity_scale=0.99))
    assert other.trajectory.rows().tobytes() != walk(2.0).trajectory.rows().tobytes()


def test_walking_burns_energy_and_does_work():
    skeleton, measures = skeleton_of(TREX), walk().measures
    assert measures.metabolic_j > measures.positive_work_j > 0.0 > measures.negative_work_j
    assert measures.cost_of_transport == pytest.approx(
        measures.metabolic_j / skeleton.mass / measures.distance_m
    )
    still = standing(TREX, seconds=10.0).measures
    assert measures.metabolic_j > still.metabolic_j
    assert measures.positive_work_j > 5 * still.positive_work_j


def test_a_long_trial_begins_with_a_short_one_to_the_bit():
    short, long = walk(2.0).trajectory, walk(10.0).trajectory
    assert 100 < len(short) < len(long)
    assert short.rows().tobytes() == long.rows()[: len(short)].tobytes()


@EVERY
@pytest.mark.parametrize("seed", range(4))
def test_any_genome_gives_measures_that_are_numbers(name, seed):
    skeleton = skeleton_of(name)
    chance = np.random.default_rng(seed)
    genes = tuple(chance.uniform(-3.0, 3.0, len(gene_table(skeleton))))
    trial = run_trial(skeleton, genes, TrialSettings(seconds=1.5, may_stall=bool(seed % 2)))
    assert trial.ended in ENDINGS
    assert (trial.why == "") == (trial.ended == "finished")
    found = numbers(trial.measures.document())
    assert len(found) > 60
    assert np.isfinite(found).all()
    assert np.isfinite(trial.trajectory.rows()).all()
    assert json.loads(json.dumps(trial.measures.document(), allow_nan=False))
    assert 0.0 <= trial.measures.duty_factor <= 1.0
    assert trial.measures.time_up_s <= 1.6


@pytest.mark.parametrize("kind", KINDS)
def test_an_animal_stands_on_any_ground_as_on_flat_ground(kind):
    skeleton = skeleton_of("velociraptor")
    land = Terrain(kind, size=0.02, seed=3)
    trial = run_trial(skeleton, genome(skeleton), replace(STANDING, terrain=land))
    assert trial.ended == "finished"
    assert trial.measures.mean_ground_force_bw == pytest.approx(1.0, abs=0.01)


def test_bumps_under_its_feet_change_a_walk():
    skeleton = skeleton_of(TREX)
    rough = TrialSettings(seconds=4.0, terrain=Terrain("bumps", size=0.02, seed=1))
    trial = run_trial(skeleton, golden(), rough)
    assert trial.measures.distance_m != walk(4.0).measures.distance_m
    lowest_foot = min(
        lowest(skeleton, pose, foot) for pose in trial.trajectory.poses for foot in skeleton.feet
    )
    assert lowest_foot < -0.002 * skeleton.hip_height


@pytest.mark.parametrize("gravity", [0.6, 1.0])
@pytest.mark.parametrize("genes", ["zeros", "start", "golden"])
def test_an_ordinary_loop_in_python_comes_to_the_same_walk(genes, gravity):
    """Two programs written apart: one compiled, one plain pymunk."""
    python_trial = runpy.run_path(str(TESTS / "benchmarks" / "python_loop.py"))["python_trial"]
    skeleton = skeleton_of(TREX)
    table = gene_table(skeleton)
    chosen = {"zeros": table.zeros, "start": table.start, "golden": golden()}[genes]
    settings = TrialSettings(seconds=1.5, may_stall=True, gravity_scale=gravity)
    seconds, metres = python_trial(skeleton, chosen, settings)
    measures = run_trial(skeleton, chosen, settings).measures
    assert seconds == pytest.approx(measures.time_up_s)
    assert metres == pytest.approx(measures.distance_m, abs=1e-4 * skeleton.hip_height)


def test_a_genome_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        run_trial(skeleton_of(TREX), (0.0,), STANDING)
