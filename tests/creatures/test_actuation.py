"""From a wish for torque to forces on bones: laws of mechanics that no pose, speed or wish can break."""

from typing import NamedTuple

import numpy as np
import pytest

from creatures.actuation import activate, ligaments, muscle_power, pull, recruit, strength
from creatures.anatomy import path_length
from creatures.assemble import assemble
from creatures.controllers.reflex import gene_table
from creatures.muscle import ECCENTRIC_LIMIT, force_velocity
from creatures.rig import Rig, rig
from creatures.skeleton import Skeleton
from creatures.species import load_species, species_names

EVERY = pytest.mark.parametrize("name", species_names())
SEEDED = pytest.mark.parametrize("seed", range(5))


class Moved(NamedTuple):
    """An animal thrown about: any pose, any speeds, any activation."""

    skeleton: Skeleton
    rig: Rig
    state: np.ndarray
    turn: np.ndarray
    activation: np.ndarray


class Pulled(NamedTuple):
    wrench: np.ndarray
    speed: np.ndarray
    fibre: np.ndarray
    tension: np.ndarray


def moved(name: str, seed: int, wild: float = 1.0) -> Moved:
    """Poses need not even hang together: the laws below hold for loose bones as well."""
    skeleton = assemble(load_species(name))
    chance = np.random.default_rng(seed)
    state = np.zeros((len(skeleton.bones), 6))
    state[:, :3] = [(bone.x, bone.y, bone.angle) for bone in skeleton.bones]
    size = np.array([0.1, 0.1, 0.5, 3.0, 3.0, 6.0])
    state += wild * chance.normal(size=state.shape) * size
    turn = np.stack([np.cos(state[:, 2]), np.sin(state[:, 2])], axis=1)
    activation = chance.uniform(0.0, 1.0, len(skeleton.muscles))
    return Moved(skeleton, rig(skeleton), state, turn, activation)


def forces(animal: Moved, tension: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Returns what fibres can give, active and stretched, with tendons under a tension, or none."""
    able, passive = np.zeros((2, animal.activation.size))
    none = np.zeros(able.size)
    tension = none if tension is None else tension
    strength(
        *(animal.rig, animal.state, animal.turn, animal.activation, tension, none, able, passive)
    )
    return able, passive


def pulled(animal: Moved, tension: np.ndarray, dt: float) -> Pulled:
    wrench, speed, fibre = np.zeros((len(animal.state), 3)), *np.zeros((2, tension.size))
    tension = tension.copy()
    room = np.zeros((8, 4))
    able, passive = forces(animal, tension)
    pull(
        *(animal.rig, animal.state, animal.turn, able, passive),
        *(wrench, speed, fibre, tension, room, dt),
    )
    return Pulled(wrench, speed, fibre, tension)


def lengths(animal: Moved, state: np.ndarray) -> np.ndarray:
    poses = [tuple(row[:3]) for row in state]
    return np.array(
        [path_length(poses, m.bones, m.points) for m in animal.skeleton.muscles], dtype=np.float64
    )


def recruited(animal: Rig, wish: np.ndarray, tone: float, calls: int) -> tuple[np.ndarray, ...]:
    excitation, missing = np.zeros(animal.max_force.size), np.zeros(wish.size)
    for _ in range(calls):
        recruit(animal, wish, tone, excitation, missing)
    return excitation, missing


@EVERY
def test_muscles_give_the_wished_torque_when_they_can(name):
    animal = moved(name, 0).rig
    chance = np.random.default_rng(3)
    for _ in range(5):
        possible = chance.uniform(0.0, 0.7, animal.max_force.size) @ animal.effect
        excitation, missing = recruited(animal, possible / animal.ease, 0.0, 200)
        assert np.abs(missing).max() < 0.03  # of the joint's strength
        assert np.allclose(excitation @ animal.effect, possible, atol=0.03)


@EVERY
def test_muscles_can_carry_the_standing_animal_without_exhausting_themselves(name):
    animal = moved(name, 0).rig
    tone = gene_table(assemble(load_species(name))).genes[17].centre
    excitation, missing = recruited(animal, animal.support, tone, 50)
    # Of a neck that stands bent its raisers' tone lifts a little more than its lowerers' holds.
    assert np.abs(np.delete(missing, animal.neck)).max() < 0.03
    assert np.abs(missing).max() < 0.05
    assert excitation.max() < 0.9


@EVERY
@SEEDED
@pytest.mark.parametrize("tone", [0.0, 0.02, 0.5])
def test_excitation_stays_between_tone_and_one_whatever_is_wished(name, seed, tone):
    animal = moved(name, seed).rig
    wish = np.random.default_rng(seed).normal(size=animal.ease.size) * 10.0 ** (seed - 2)
    excitation, missing = recruited(animal, wish, tone, 3)
    assert excitation.min() >= tone
    assert excitation.max() <= 1.0
    assert np.allclose(missing, wish * animal.ease - excitation @ animal.effect)


@EVERY
def test_a_wish_beyond_all_strength_gets_all_the_strength_there_is(name):
    animal = moved(name, 0).rig
    for j in range(animal.ease.size):
        wish = np.zeros(animal.ease.size)
        wish[j] = 1e3
        excitation, _ = recruited(animal, wish, 0.0, 20)
        helpers = (animal.effect[:, j] > 0.05) & ((animal.effect < -0.05).sum(axis=1) == 0)
        assert np.all(excitation[helpers] == 1.0)
        assert np.all(excitation[animal.effect[:, j] < -0.05] < 1.0)


@EVERY
def test_nothing_wished_needs_no_excitation(name):
    animal = moved(name, 0).rig
    excitation, missing = recruited(animal, np.zeros(animal.ease.size), 0.0, 5)
    assert not excitation.any()
    assert not missing.any()


@SEEDED
def test_activation_follows_excitation_and_never_leaves_its_range(seed):
    chance = np.random.default_rng(seed)
    activation = chance.uniform(0.0, 1.0, 40)
    for _ in range(200):
        excitation, before = chance.uniform(0.0, 1.0, 40), activation.copy()
        activate(excitation, activation, 10.0 ** chance.uniform(-4, 0))
        assert activation.min() >= 0.0
        assert activation.max() <= 1.0
        assert np.all(np.abs(excitation - activation) <= np.abs(excitation - before))
    activate(excitation, activation, 10.0)
    assert np.allclose(activation, excitation)


def test_activation_rises_faster_than_it_fades():
    up, down = np.zeros(1), np.ones(1)
    activate(np.ones(1), up, 0.010)
    activate(np.zeros(1), down, 0.010)
    assert up[0] == pytest.approx(1 - np.exp(-1.0))
    assert down[0] == pytest.approx(np.exp(-0.25))


def test_two_short_waits_are_one_long_wait():
    short, long, excitation = np.full(1, 0.2), np.full(1, 0.2), np.full(1, 0.9)
    activate(excitation, short, 0.004)
    activate(excitation, short, 0.006)
    activate(excitation, long, 0.010)
    assert short == pytest.approx(long)


@EVERY
def test_in_the_standing_pose_every_fibre_has_its_optimal_length(name):
    animal = moved(name, 1, wild=0.0)
    able, passive = forces(animal)
    assert np.allclose(able, animal.activation * animal.rig.max_force, rtol=1e-9)
    assert np.allclose(passive, 0.0, atol=1e-9 * animal.rig.max_force)


@EVERY
@SEEDED
def test_pulls_are_equal_and_opposite(name, seed):
    animal = moved(name, seed)
    wrench, _, _, tension = pulled(animal, np.zeros(animal.activation.size), 1e-3)
    force = wrench[:, :2].sum(axis=0)
    x, y = animal.state[:, 0], animal.state[:, 1]
    moment = (x * wrench[:, 1] - y * wrench[:, 0] + wrench[:, 2]).sum()
    assert tension.sum() > 0.0
    assert np.allclose(force, 0.0, atol=1e-9 * tension.sum())
    assert moment == pytest.approx(0.0, abs=1e-9 * tension.sum() * animal.rig.hip_height)


@EVERY
@SEEDED
def test_what_muscles_do_to_the_bones_is_their_force_times_how_fast_they_shorten(name, seed):
    animal = moved(name, seed)
    wrench, speed, fibre, tension = pulled(animal, np.zeros(animal.activation.size), 1e-3)
    on_bones = (wrench * animal.state[:, 3:]).sum()
    assert on_bones == pytest.approx((tension * speed).sum(), rel=1e-9)
    _, positive, negative = muscle_power(animal.rig, animal.activation, speed, fibre, tension)
    assert positive + negative == pytest.approx(on_bones, rel=1e-9)
    assert negative <= 0.0 <= positive


@EVERY
@SEEDED
def test_a_muscle_shortens_as_fast_as_its_path_gets_shorter(name, seed):
    animal = moved(name, seed)
    speed = pulled(animal, np.zeros(animal.activation.size), 1e-3).speed
    soon = 1e-7
    before, after = animal.state.copy(), animal.state.copy()
    before[:, :3] -= soon * animal.state[:, 3:]
    after[:, :3] += soon * animal.state[:, 3:]
    found = (lengths(animal, before) - lengths(animal, after)) / (2 * soon)
    assert np.allclose(speed, found, rtol=1e-4, atol=1e-4)


@EVERY
@SEEDED
def test_a_muscle_never_pushes(name, seed):
    animal = moved(name, seed, wild=3.0)
    tension = np.zeros(animal.activation.size)
    for _ in range(20):
        tension = pulled(animal, tension, 1e-3).tension
        assert tension.min() >= 0.0


@EVERY
@SEEDED
def test_a_held_pose_brings_every_muscle_to_the_force_of_its_curves(name, seed):
    animal = moved(name, seed)
    tension = np.zeros(animal.activation.size)
    for _ in range(2000):
        _, speed, fibre, tension = pulled(animal, tension, 1e-2)
    able, passive = forces(animal, tension)
    curve = [force_velocity(v / f) for v, f in zip(speed, animal.rig.fastest, strict=True)]
    assert np.allclose(tension, able * curve + passive, rtol=1e-6, atol=1e-6 * able.max())
    assert np.allclose(fibre, speed, rtol=1e-6, atol=1e-6 * abs(speed).max())


@EVERY
@SEEDED
def test_a_tendon_takes_up_what_a_sudden_move_would_ask_of_the_fibres(name, seed):
    animal = moved(name, seed)
    tension, held = np.zeros(animal.activation.size), animal.state.copy()
    held[:, 3:] = 0.0
    for _ in range(2000):
        tension = pulled(animal._replace(state=held), tension, 1e-2).tension
    able, _ = forces(animal, tension)
    jerked = pulled(animal, tension, 1e-4)
    springy = (animal.rig.tendon_give > 0.0) & (able > 1e-3 * animal.rig.max_force)
    assert (abs(jerked.fibre) < abs(jerked.speed))[springy].all()


def test_a_muscle_that_could_turn_nothing_pulls_with_a_finite_force():
    animal = moved("velociraptor", 1)
    none = np.zeros(animal.activation.size)
    stuck = animal._replace(rig=animal.rig._replace(mobility=none, tendon_give=none))
    tension = pulled(stuck, none, 1e-3).tension
    assert np.isfinite(tension).all()
    most = ECCENTRIC_LIMIT + 4.0  # what is stretched fast, and what its tissue gives at the most
    assert (tension <= most * animal.rig.max_force).all()


@EVERY
def test_in_the_standing_pose_a_muscle_turns_each_joint_by_its_moment_arm(name):
    animal = moved(name, 2, wild=0.0)
    skeleton = animal.skeleton
    parents = [bone.parent for bone in skeleton.bones]
    for place, muscle in enumerate(skeleton.muscles):
        alone = animal._replace(activation=np.eye(len(skeleton.muscles))[place])
        wrench, _, _, tension = pulled(alone, alone.activation * animal.rig.max_force, 1e-3)
        assert np.flatnonzero(tension > 1e-6).tolist() == [place]
        for joint, arm in zip(skeleton.joints, muscle.moment_arms, strict=True):
            beyond = [bone for bone in range(len(parents)) if joint.child in chain(parents, bone)]
            near = animal.state[joint.parent, :2]
            hinge = near + joint.parent_anchor[0] * animal.turn[joint.parent]
            lever = animal.state[beyond, :2] - hinge
            torque = (
                lever[:, 0] * wrench[beyond, 1]
                - lever[:, 1] * wrench[beyond, 0]
                + wrench[beyond, 2]
            ).sum()
            assert torque == pytest.approx(
                arm * tension[place], abs=1e-5 * skeleton.leg_length * muscle.max_force
            )


def chain(parents: list[int], bone: int) -> list[int]:
    """Returns a bone and all it hangs on."""
    return [] if bone < 0 else [bone, *chain(parents, parents[bone])]


@EVERY
@SEEDED
def test_ligaments_twist_two_bones_alike_and_push_none(name, seed):
    animal = moved(name, seed)
    wrench = np.zeros((len(animal.state), 3))
    ligaments(animal.rig, animal.state, wrench)
    assert not wrench[:, :2].any()
    assert np.abs(wrench[:, 2]).max() > 0.0
    assert wrench[:, 2].sum() == pytest.approx(0.0, abs=1e-9 * np.abs(wrench[:, 2]).sum())


@EVERY
def test_ligaments_draw_a_bent_joint_back_and_slow_a_turning_one(name):
    animal = moved(name, 0, wild=0.0)
    for joint in animal.skeleton.joints:
        at_rest, bent, turning = np.zeros((3, len(animal.state), 3))
        ligaments(animal.rig, animal.state, at_rest)
        state = animal.state.copy()
        state[joint.child, 2] += 0.1
        ligaments(animal.rig, state, bent)
        state = animal.state.copy()
        state[joint.child, 5] += 2.0
        ligaments(animal.rig, state, turning)
        child = joint.child
        near = [other for other in animal.skeleton.joints if other.parent == child]
        stiff = joint.stiffness + sum(other.stiffness for other in near)
        damp = joint.damping + sum(other.damping for other in near)
        tiny = 1e-9 * animal.skeleton.weight
        assert bent[child, 2] - at_rest[child, 2] == pytest.approx(-0.1 * stiff, abs=tiny)
        assert turning[child, 2] - at_rest[child, 2] == pytest.approx(-2.0 * damp, abs=tiny)


@EVERY
def test_more_activation_burns_more(name):
    animal = moved(name, 0)
    still = np.zeros(animal.activation.size)
    half, _, _ = muscle_power(animal.rig, animal.activation / 2, still, still, still)
    full, positive, negative = muscle_power(animal.rig, animal.activation, still, still, still)
    assert full == pytest.approx(2 * half)
    assert full > 0.0
    assert (positive, negative) == (0.0, 0.0)
