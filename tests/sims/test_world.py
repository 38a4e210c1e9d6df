"""A skeleton in a space: built the same every time, read and pushed rightly, held together, falling as things fall."""

import math

import numpy as np
import pymunk
import pytest
from numba import njit

from creatures.assemble import assemble
from creatures.rig import rig
from creatures.skeleton import GRAVITY, Skeleton
from creatures.species import load_species, species_names
from sims.physics import world
from sims.physics.bodies import contacts, follow, push, read, wires
from sims.physics.chipmunk import constraint_impulse
from sims.physics.terrain import Ground, Terrain, ground
from sims.physics.trial import TrialSettings, step_of

EVERY = pytest.mark.parametrize("name", species_names())
TREX = "tyrannosaurus"


def skeleton_of(name: str) -> Skeleton:
    return assemble(load_species(name))


def built(skeleton: Skeleton, deep: float = 0.0, mass_scale: float = 1.0) -> world.World:
    """The animal on flat ground, or high above it."""
    land = ground(Terrain(), skeleton.hip_height, 40.0 * skeleton.hip_height)
    dt = step_of(skeleton, TrialSettings())
    return world.build(skeleton, Ground(land.x, land.y - deep), 8, dt, mass_scale)


def steps(place: world.World, skeleton: Skeleton, units: float) -> float:
    """Lets it go limp for so many units of time; returns the seconds."""
    dt = step_of(skeleton, TrialSettings())
    count = round(units * skeleton.time_unit / dt)
    for _ in range(count):
        place.space.step(dt)
    return count * dt


def poses(place: world.World) -> list[tuple[float, ...]]:
    return [(*body.position, body.angle) for body in place.space.bodies]


def centre_of_mass(place: world.World) -> pymunk.Vec2d:
    whole = sum(body.mass for body in place.space.bodies)
    return sum((body.mass * body.position for body in place.space.bodies), pymunk.Vec2d.zero()) / (
        whole
    )


def gaps(place: world.World) -> list[float]:
    return [
        hinge.a.local_to_world(hinge.anchor_a).get_distance(hinge.b.local_to_world(hinge.anchor_b))
        for hinge in place.space.constraints
        if isinstance(hinge, pymunk.PivotJoint)
    ]


def impulses(place: world.World, feet: tuple[int, ...]) -> tuple[np.ndarray, set[int]]:
    """What the ground pushed in the last step, by pymunk's own reading: on each foot, and which bones it touched."""
    on_feet, touched = np.zeros((len(feet), 2)), set()
    for bone, body in enumerate(place.space.bodies):
        found: list[pymunk.Vec2d] = []

        def note(arbiter: pymunk.Arbiter, body=body, found=found) -> None:
            sign = 1.0 if arbiter.bodies[0] is body else -1.0
            found.append(sign * arbiter.total_impulse)

        body.each_arbiter(note)
        if found:
            touched.add(bone)
            if bone in feet:
                on_feet[feet.index(bone)] = sum(found, pymunk.Vec2d.zero())
    return on_feet, touched


@EVERY
def test_the_animal_is_put_where_it_stands(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    assert poses(place) == [(bone.x, bone.y, bone.angle) for bone in skeleton.bones]
    for body, bone in zip(place.space.bodies, skeleton.bones, strict=True):
        assert (body.mass, body.moment) == (bone.mass, bone.inertia)
    assert place.space.gravity == (0.0, -GRAVITY)
    assert max(gaps(place)) < 1e-9 * skeleton.hip_height


def test_a_heavier_world_has_heavier_bones_of_the_same_shape():
    skeleton = skeleton_of(TREX)
    plain, heavy = built(skeleton), built(skeleton, mass_scale=1.5)
    for a, b in zip(plain.space.bodies, heavy.space.bodies, strict=True):
        assert (b.mass, b.moment) == pytest.approx((1.5 * a.mass, 1.5 * a.moment))
    assert poses(plain) == poses(heavy)


@EVERY
def test_only_soles_touch_the_ground_at_the_start(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    steps(place, skeleton, 0.02)
    on_feet, touched = impulses(place, skeleton.feet)
    assert touched == set(skeleton.feet)
    assert np.all(on_feet[:, 1] > 0.0)


@EVERY
def test_every_worlds_motion_is_the_same_to_the_bit(name):
    skeleton = skeleton_of(name)
    one, other = built(skeleton), built(skeleton)
    for place in (one, other):
        steps(place, skeleton, 1.5)
    assert poses(one) == poses(other)


@EVERY
def test_in_the_air_it_falls_like_a_stone(name):
    skeleton = skeleton_of(name)
    place = built(skeleton, deep=1000.0)
    before = centre_of_mass(place)
    seconds = steps(place, skeleton, 2.0)
    fallen = centre_of_mass(place) - before
    dt = step_of(skeleton, TrialSettings())
    # A step is taken with the speed at its beginning: half a step behind the parabola.
    assert fallen.y == pytest.approx(-GRAVITY * seconds * (seconds - dt) / 2, rel=1e-9)
    assert fallen.x == pytest.approx(0.0, abs=1e-9)
    assert poses(place)[0][2] == pytest.approx(skeleton.bones[0].angle, abs=1e-9)


@EVERY
def test_without_muscles_it_falls_in_a_heap_but_in_one_piece(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    widest = 0.0
    for _ in range(80):
        steps(place, skeleton, 0.1)
        widest = max(widest, *gaps(place))
    # Columns fold less than bent legs, and a giant lies on a trunk that is as deep as its legs are long.
    most = 0.5 if skeleton.limb_kinds == ("leg",) else 0.65
    assert centre_of_mass(place).y < most * skeleton.com[1]
    assert widest < 0.01 * skeleton.hip_height
    _, touched = impulses(place, skeleton.feet)
    assert touched - set(skeleton.feet)


@EVERY
def test_even_in_a_heap_no_joint_bends_past_its_range(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    worst = 0.0
    for _ in range(40):
        steps(place, skeleton, 0.1)
        for joint in skeleton.joints:
            bodies = list(place.space.bodies)
            angle = bodies[joint.child].angle - bodies[joint.parent].angle
            worst = max(worst, joint.low - angle, angle - joint.high)
    assert worst < math.radians(3.0)


@EVERY
def test_the_heap_comes_to_rest_and_the_ground_carries_its_weight(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    steps(
        place, skeleton, {"diplodocus": 90.0, "gorgosaurus": 60.0}.get(name, 30.0)
    )  # long tails swing
    dt = step_of(skeleton, TrialSettings())
    up = 0.0
    for _ in range(180):
        place.space.step(dt)
        pushes: list[float] = []
        for body in place.space.bodies:
            body.each_arbiter(
                lambda arbiter, body=body, pushes=pushes: pushes.append(
                    (1.0 if arbiter.bodies[0] is body else -1.0) * arbiter.total_impulse.y
                )
            )
        up += sum(pushes)
    assert up / (180 * dt) == pytest.approx(skeleton.weight, rel=0.05)
    assert max(body.velocity.length for body in place.space.bodies) < 0.2


@EVERY
def test_compiled_code_reads_what_pymunk_says(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    steps(place, skeleton, 1.0)
    ties, count = wires(place), len(skeleton.bones)
    state = ties.motion[: 6 * count].reshape(count, 6)
    turn, angle = np.zeros((count, 2)), np.zeros(count)
    read(ties, state, turn, angle)
    for row, cosine_sine, body in zip(state, turn, place.space.bodies, strict=True):
        assert row.tolist() == [
            *(*body.position, body.angle),
            *(*body.velocity, body.angular_velocity),
        ]
        assert cosine_sine.tolist() == [math.cos(body.angle), math.sin(body.angle)]


def test_following_a_turn_is_nearly_as_good_as_reading_it():
    skeleton = skeleton_of(TREX)
    place = built(skeleton)
    ties, count = wires(place), len(skeleton.bones)
    state = ties.motion[: 6 * count].reshape(count, 6)
    turn, angle = np.zeros((count, 2)), np.zeros(count)
    steps(place, skeleton, 1.0)
    read(ties, state, turn, angle)
    before = angle.copy()
    steps(place, skeleton, 2.0 / 180.0)
    follow(ties, state, turn, angle)
    assert np.abs(angle - before).max() > 1e-4
    assert np.allclose(turn, np.stack([np.cos(angle), np.sin(angle)], axis=1), atol=1e-7, rtol=0)


def test_a_push_arrives_at_its_bone_and_no_other():
    skeleton = skeleton_of(TREX)
    place = built(skeleton)
    ties, count = wires(place), len(skeleton.bones)
    wrench = ties.wrench[: 3 * count].reshape(count, 3)
    wrench[:] = np.arange(3.0 * count).reshape(count, 3) + 0.25
    push(ties)
    for row, body in zip(wrench, place.space.bodies, strict=True):
        assert [*body.force, body.torque] == row.tolist()


@EVERY
def test_compiled_code_sums_contacts_as_pymunk_does(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    ties, feet = wires(place), rig(skeleton).limb_foot
    seen = set()
    for _ in range(80):
        steps(place, skeleton, 0.1)
        pushed = np.zeros((feet.size, 2))
        wrong = contacts(ties, feet, pushed, np.zeros((32, 3)))
        expected, touched = impulses(place, skeleton.feet)
        assert np.allclose(pushed, expected, rtol=1e-12, atol=0.0)
        bad = touched - set(skeleton.feet)
        assert wrong == min(bad, default=-1)
        seen.add(wrong)
    assert len(seen) > 1  # it stood, and it lay


@njit
def loads(addresses):
    return [constraint_impulse(address) for address in addresses]


@EVERY
def test_compiled_code_reads_the_load_of_every_joint(name):
    skeleton = skeleton_of(name)
    place = built(skeleton)
    steps(place, skeleton, 2.0)
    hinges = place.space.constraints
    found = loads(np.concatenate([place.pivots, place.limits]))
    assert found == [hinge.impulse for hinge in hinges]
    assert max(found) > 0.0
    assert len(place.pivots) == len(place.limits) == len(skeleton.joints)


def test_a_bone_does_not_bump_into_another():
    skeleton = skeleton_of("velociraptor")
    place = built(skeleton, deep=1000.0)
    for body in place.space.bodies:
        body.position = (0.0, 0.0)  # all in one place
    place.space.remove(*place.space.constraints)
    steps(place, skeleton, 0.1)
    assert impulses(place, skeleton.feet)[1] == set()
