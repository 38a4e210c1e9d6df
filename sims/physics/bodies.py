"""Compiled: the bodies of one space, read and pushed, and what touches the ground."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from creatures.compiled import compiled
from creatures.rig import Floats, Ints
from sims.physics import chipmunk
from sims.physics.chipmunk import each_arbiter, each_body
from sims.physics.world import World


class Wires(NamedTuple):
    """Addresses and buffers that tie compiled code to one space.

    The iterators' addresses are among them because compiled code is cached on disk: a constant would be the address
    of another process.
    """

    get_body: int
    set_body: int
    get_arbiter: int
    space: int
    pivots: NDArray[np.uint64]
    limits: NDArray[np.uint64]
    identities: NDArray[np.uint64]
    motion_at: int
    motion: Floats
    motion_count: NDArray[np.int32]
    wrench_at: int
    wrench: Floats
    wrench_count: NDArray[np.int32]
    contact_at: int
    contact: Floats
    contact_ids: NDArray[np.uint64]
    contact_count: NDArray[np.int32]
    contact_id_count: NDArray[np.int32]


def wires(world: World) -> Wires:
    """Returns the wires of a world, which must outlive them."""
    motion, wrench, contacts = world.motion, world.wrench, world.contacts
    return Wires(
        get_body=chipmunk.GET_BODY,
        set_body=chipmunk.SET_BODY,
        get_arbiter=chipmunk.GET_ARBITER,
        space=world.address,
        pivots=world.pivots,
        limits=world.limits,
        identities=world.identities,
        motion_at=motion.pointer,
        motion=motion.floats,
        motion_count=motion.float_count,
        wrench_at=wrench.pointer,
        wrench=wrench.floats,
        wrench_count=wrench.float_count,
        contact_at=contacts.pointer,
        contact=contacts.floats,
        contact_ids=contacts.ints,
        contact_count=contacts.float_count,
        contact_id_count=contacts.int_count,
    )


@compiled
def read(wires: Wires, state: Floats, turn: Floats, angle: Floats) -> None:
    """Reads all bodies.

    Args:
        wires: of the space; ``state`` is a view of its motion buffer.
        state: (b, 6) x, y, angle, vx, vy, spin of each bone (m, rad, m/s, rad/s).
        turn: (b, 2) filled with cosine and sine of each angle.
        angle: (b,) filled with the angles, for `follow`.
    """
    wires.motion_count[0] = 0
    each_body(wires.space, wires.get_body, wires.motion_at)
    for b in range(angle.size):
        turn[b, 0] = math.cos(state[b, 2])
        turn[b, 1] = math.sin(state[b, 2])
        angle[b] = state[b, 2]


@compiled
def follow(wires: Wires, state: Floats, turn: Floats, angle: Floats) -> None:
    """Reads, and turns the cosines on by the small angle since the last look, good to a part in 10 million.

    Cosines are the dearest part of reading; `read` sets them right again every tick.
    """
    wires.motion_count[0] = 0
    each_body(wires.space, wires.get_body, wires.motion_at)
    for b in range(angle.size):
        by = state[b, 2] - angle[b]
        angle[b] = state[b, 2]
        square = by * by
        c, s = 1.0 - 0.5 * square, by * (1.0 - square / 6.0)
        turn[b, 0], turn[b, 1] = turn[b, 0] * c - turn[b, 1] * s, turn[b, 1] * c + turn[b, 0] * s


@compiled
def push(wires: Wires) -> None:
    """Writes the wrench buffer to the bodies; the next step uses it up."""
    wires.wrench_count[0] = 0
    each_body(wires.space, wires.set_body, wires.wrench_at)


@compiled
def contacts(wires: Wires, feet: Ints, ground: Floats, felt: Floats) -> int:
    """Adds up what the ground pushed in the last step.

    The order in which contacts come depends on where they lie in memory, so those of one foot are sorted before they
    are summed: sums of the same numbers in another order differ in their last bits.

    Args:
        wires: of the space.
        feet: (l,) the bones that may touch.
        ground: (l, 2) impulse on each foot, forward and up, N s; added to.
        felt: (most, 3) room for contacts: limb, forward, up.

    Returns:
        The bone of lowest index that must not touch the ground and did, or -1.
    """
    wires.contact_count[0] = 0
    wires.contact_id_count[0] = 0
    each_arbiter(wires.space, wires.get_arbiter, wires.contact_at)
    wrong = -1
    count = 0
    for c in range(wires.contact_id_count[0] // 2):
        bone, sign = _touching(wires, c)
        limb = -1
        for k in range(feet.size):
            if feet[k] == bone:
                limb = k
        if limb >= 0 and count < felt.shape[0]:
            _insert(felt, count, limb, sign * wires.contact[2 * c], sign * wires.contact[2 * c + 1])
            count += 1
        elif limb < 0 and bone >= 0 and (wrong < 0 or bone < wrong):
            wrong = bone
    for c in range(count):
        limb = int(felt[c, 0])
        ground[limb, 0] += felt[c, 1]
        ground[limb, 1] += felt[c, 2]
    return wrong


@compiled
def _touching(wires: Wires, contact: int) -> tuple[int, float]:
    """Returns the animal's bone in a contact (or -1), and the sign of the impulse, which is the first body's."""
    first, second = wires.contact_ids[2 * contact], wires.contact_ids[2 * contact + 1]
    for b in range(wires.identities.size):
        if wires.identities[b] == first:
            return b, 1.0
        if wires.identities[b] == second:
            return b, -1.0
    return -1, 0.0


@compiled
def _insert(felt: Floats, count: int, limb: float, x: float, y: float) -> None:
    """Keeps the contacts sorted: by limb, then by upward impulse, then by forward impulse."""
    at = count
    while at > 0 and (
        felt[at - 1, 0] > limb
        or (felt[at - 1, 0] == limb and felt[at - 1, 2] > y)
        or (felt[at - 1, 0] == limb and felt[at - 1, 2] == y and felt[at - 1, 1] > x)
    ):
        felt[at] = felt[at - 1]
        at -= 1
    felt[at, 0], felt[at, 1], felt[at, 2] = limb, x, y
