"""A push: it gives the whole animal the momentum it says, on its way and no other time, and forwards is forwards."""

from functools import lru_cache

import numpy as np
import pytest

from creatures.assemble import assemble
from creatures.skeleton import Skeleton
from creatures.species import load_species, species_names
from sims.physics.log import Push
from sims.physics.quantities import centre_of_mass
from sims.physics.trajectory import Trajectory, fingerprint
from sims.physics.trial import Trial, TrialSettings, gene_table, run_trial

EVERY = pytest.mark.parametrize("name", species_names())
STANDING = TrialSettings(seconds=1.5, may_stall=True)
AT = 0.4
"""Seconds."""


@lru_cache
def skeleton_of(name: str) -> Skeleton:
    return assemble(load_species(name))


@lru_cache
def stood(name: str, push: Push | None = None) -> Trial:
    skeleton = skeleton_of(name)
    return run_trial(skeleton, gene_table(skeleton).zeros, STANDING, push)


def digest(trial: Trial) -> str:
    return fingerprint(trial.trajectory).digest


def unexplained(skeleton: Skeleton, walk: Trajectory, start_s: float, end_s: float) -> float:
    """Change of forward momentum that the ground's push on the feet does not account for, N s.

    From the middle of one interval between frames to the middle of another: there a difference of two frames is the
    speed, and of the force, which is a mean since the last frame, half counts at both ends.
    """
    first, last = (round(seconds / walk.frame_time) for seconds in (start_s, end_s))
    speed = np.diff(centre_of_mass(skeleton, walk)[:, 0]) / walk.frame_time
    force = walk.ground_force[1:, :, 0].sum(axis=1) * skeleton.weight
    ground = 0.5 * (force[first] + force[last]) + force[first + 1 : last].sum()
    return float(skeleton.mass * (speed[last] - speed[first]) - ground * walk.frame_time)


@EVERY
@pytest.mark.parametrize("impulse", [0.1, -0.1])
@pytest.mark.parametrize("length", [0.1, 0.5])
def test_a_push_gives_the_whole_animal_the_momentum_it_says(name, impulse, length):
    skeleton = skeleton_of(name)
    walk = stood(name, Push(AT, impulse, length)).trajectory
    momentum = impulse * skeleton.mass * skeleton.hip_height / skeleton.time_unit
    after = AT + (length + 0.1) * skeleton.time_unit
    found = unexplained(skeleton, walk, AT - 0.1, after + 0.1)
    assert found == pytest.approx(momentum, rel=0.03)


@EVERY
def test_without_a_push_there_is_no_momentum_that_the_ground_does_not_explain(name):
    skeleton = skeleton_of(name)
    whole = skeleton.mass * skeleton.hip_height / skeleton.time_unit
    assert abs(unexplained(skeleton, stood(name).trajectory, AT - 0.1, AT + 0.3)) < 0.001 * whole


@EVERY
def test_forwards_is_forwards_and_backwards_is_backwards(name):
    skeleton = skeleton_of(name)
    frame = round((AT + 0.3) / stood(name).trajectory.frame_time)
    back, none, ahead = (
        centre_of_mass(skeleton, stood(name, push).trajectory)[frame, 0]
        for push in (Push(AT, -0.1), None, Push(AT, 0.1))
    )
    least = 0.005 * skeleton.hip_height
    assert ahead - none > least
    assert none - back > least


@EVERY
def test_a_push_of_nothing_changes_no_bit(name):
    assert digest(stood(name, Push(AT, 0.0))) == digest(stood(name))


@pytest.mark.parametrize("start_s", [-2.0, STANDING.seconds + 0.1, 1e6])
def test_a_push_before_or_after_the_trial_changes_no_bit(start_s):
    assert digest(stood("velociraptor", Push(start_s, 1.0))) == digest(stood("velociraptor"))


def test_until_it_is_pushed_it_is_the_same_walk_to_the_bit_and_then_another():
    plain = stood("velociraptor").trajectory
    pushed = stood("velociraptor", Push(AT, 0.1)).trajectory
    before = int(AT / plain.frame_time) + 1
    assert np.array_equal(plain.poses[:before], pushed.poses[:before])
    assert not np.array_equal(plain.poses[before + 1], pushed.poses[before + 1])
