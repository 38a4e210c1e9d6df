"""Compiled: from a wish for torque to excitation, activation, pull along the path, and the wrench on every bone."""

from __future__ import annotations

import math

from creatures.compiled import compiled
from creatures.muscle import (
    activation_rate,
    fibre_speed,
    force_length,
    force_velocity,
    metabolic_rate,
    passive_force,
)
from creatures.rig import Floats, Rig

ROUNDS = 3
"""Rounds over all muscles in one look of the controller."""
SHARING = 8.0
"""Muscles that share a joint, roughly: how much more each must yield because it does not know of the others."""
LEAST_GIVE = 1e-15
"""m/N; the stiffest muscle of all shipped animals gives 4e-10 in a step, one that turns nothing 0."""
EFFORT = 0.01
"""Weight of effort against torque that is missing."""


@compiled
def recruit(rig: Rig, wish: Floats, tone: float, excitation: Floats, missing: Floats) -> None:
    """Moves excitation towards the least effort that gives the wished torques.

    Least squares of what is missing plus a little of every excitation squared, muscle by muscle (Gauss and
    Seidel), each held between tone and 1. It starts from the excitation of the last call, so a few rounds do.

    Args:
        rig: the animal.
        wish: (j,) torque on the far bone, in body weight x hip height.
        tone: least excitation of every muscle: pairs that pull against each other stiffen a joint without delay.
        excitation: (m,) of the last call; changed in place.
        missing: (j,) room to work in; holds the torque no muscle could give, in shares of the joint's strength.
    """
    crossed = rig.crossed.shape[1]
    for j in range(wish.size):
        missing[j] = wish[j] * rig.ease[j]
    for m in range(excitation.size):
        for c in range(crossed):
            j = rig.crossed[m, c]
            missing[j] -= rig.effect[m, j] * excitation[m]
    for _ in range(ROUNDS):
        for m in range(excitation.size):
            gain = -EFFORT * excitation[m]
            size = EFFORT
            for c in range(crossed):
                j = rig.crossed[m, c]
                gain += rig.effect[m, j] * missing[j]
                size += rig.effect[m, j] * rig.effect[m, j]
            now = min(max(excitation[m] + gain / size, tone), 1.0)
            for c in range(crossed):
                j = rig.crossed[m, c]
                missing[j] -= rig.effect[m, j] * (now - excitation[m])
            excitation[m] = now


@compiled
def activate(excitation: Floats, activation: Floats, dt: float) -> None:
    """Lets activation follow excitation for a time dt (s), exactly for a constant excitation."""
    for m in range(excitation.size):
        rate = (
            activation_rate(1.0, 0.0)
            if excitation[m] > activation[m]
            else -activation_rate(0.0, 1.0)
        )
        activation[m] = excitation[m] + (activation[m] - excitation[m]) * math.exp(-rate * dt)


@compiled
def strength(
    rig: Rig,
    state: Floats,
    turn: Floats,
    activation: Floats,
    tension: Floats,
    standing: Floats,
    able: Floats,
    passive: Floats,
) -> None:
    """Fills what each muscle could give at rest and what its stretched tissue gives, at its length now.

    Lengths change by a few per cent of a fibre in a look of the controller, so once a look is enough.

    Args:
        rig: the animal.
        state: (b, 6) x, y, angle, vx, vy, spin of each bone (m, rad, m/s, rad/s).
        turn: (b, 2) cosine and sine of each angle.
        activation: (m,) 0 to 1.
        tension: (m,) the pull of each, N; what of it is not passive stretches the tendon.
        standing: (m,) the pull with which it stands, N, at which tendons are as long as the standing pose has them.
        able: (m,) filled: activation x force-length x maximal force, N.
        passive: (m,) filled: pull of the stretched tissue, N.
    """
    ends = rig.span_end
    for m in range(activation.size):
        length = 0.0
        for s in range(rig.span_start[m], rig.span_start[m + 1]):
            a, b = rig.span_bone[s, 0], rig.span_bone[s, 1]
            px, py = ends[s, 0], ends[s, 1]
            qx, qy = ends[s, 2], ends[s, 3]
            dx = state[b, 0] - state[a, 0] + turn[b, 0] * qx - turn[b, 1] * qy
            dx -= turn[a, 0] * px - turn[a, 1] * py
            dy = state[b, 1] - state[a, 1] + turn[b, 1] * qx + turn[b, 0] * qy
            dy -= turn[a, 1] * px + turn[a, 0] * py
            length += math.sqrt(dx * dx + dy * dy)
        stretch = 1.0 + (length - rig.muscle_length[m]) / rig.fibre_length[m]
        passive[m] = passive_force(stretch) * rig.max_force[m]
        drawn_out = max(tension[m] - passive[m], 0.0) - standing[m]
        stretch -= drawn_out * rig.tendon_give[m] / rig.fibre_length[m]
        able[m] = activation[m] * force_length(stretch) * rig.max_force[m]


@compiled
def pull(
    rig: Rig,
    state: Floats,
    turn: Floats,
    able: Floats,
    passive: Floats,
    wrench: Floats,
    speed: Floats,
    fibre: Floats,
    tension: Floats,
    span: Floats,
    dt: float,
) -> None:
    """Adds the pull of every muscle to the wrench on the bones it touches.

    Args:
        rig: the animal.
        state: (b, 6) x, y, angle, vx, vy, spin of each bone (m, rad, m/s, rad/s).
        turn: (b, 2) cosine and sine of each angle.
        able: (m,) N, from `strength`.
        passive: (m,) N, from `strength`.
        wrench: (b, 3) force x, y (N) and torque about the centre of mass (N m); added to.
        speed: (m,) filled with the speed at which the path shortens, m/s.
        fibre: (m,) filled with that at which the fibres do, m/s; the tendon takes up the difference.
        tension: (m,) the force of the last step, changed to this one's, N.
        span: (longest, 4) room for the spans of one muscle.
        dt: of the step, s.
    """
    ends = rig.span_end
    for m in range(able.size):
        first, last = rig.span_start[m], rig.span_start[m + 1]
        rate = 0.0
        for s in range(first, last):
            a, b = rig.span_bone[s, 0], rig.span_bone[s, 1]
            px, py = ends[s, 0], ends[s, 1]
            qx, qy = ends[s, 2], ends[s, 3]
            ax = turn[a, 0] * px - turn[a, 1] * py
            ay = turn[a, 1] * px + turn[a, 0] * py
            bx = turn[b, 0] * qx - turn[b, 1] * qy
            by = turn[b, 1] * qx + turn[b, 0] * qy
            dx = state[b, 0] + bx - state[a, 0] - ax
            dy = state[b, 1] + by - state[a, 1] - ay
            shrink = 1.0 / math.sqrt(dx * dx + dy * dy + 1e-18)
            ux, uy = dx * shrink, dy * shrink
            at, bt = ax * uy - ay * ux, bx * uy - by * ux
            rate += (state[b, 3] - state[a, 3]) * ux + (state[b, 4] - state[a, 4]) * uy
            rate += state[b, 5] * bt - state[a, 5] * at
            k = s - first
            span[k, 0], span[k, 1], span[k, 2], span[k, 3] = ux, uy, at, bt
        fastest = rig.fastest[m]
        # Fibres and tendon bear the same at the end of the step (backward Euler). Even bare fibres give a little: where
        # a muscle could stop its bones within a step, its force comes on over a few steps and cannot shake them.
        give = max(rig.tendon_give[m] + SHARING * rig.mobility[m] * dt * dt, LEAST_GIVE)
        stiff = fastest * dt / give
        now = fibre_speed(able[m], passive[m] - tension[m] - rate * dt / give, stiff)
        force = able[m] * force_velocity(now) + passive[m]
        speed[m] = -rate
        fibre[m] = now * fastest
        tension[m] = force
        for s in range(first, last):
            a, b = rig.span_bone[s, 0], rig.span_bone[s, 1]
            k = s - first
            fx, fy = force * span[k, 0], force * span[k, 1]
            wrench[a, 0] += fx
            wrench[a, 1] += fy
            wrench[a, 2] += force * span[k, 2]
            wrench[b, 0] -= fx
            wrench[b, 1] -= fy
            wrench[b, 2] -= force * span[k, 3]


@compiled
def ligament_torque(rig: Rig, state: Floats, j: int) -> float:
    """Returns the passive torque (N m) of a joint on its far bone: preload, stiffness about standing, damping.

    Args:
        rig: the animal.
        state: (b, 6) x, y, angle, vx, vy, spin of each bone (m, rad, m/s, rad/s).
        j: the joint.
    """
    a, b = rig.parent[j], rig.child[j]
    off = state[b, 2] - state[a, 2] - rig.standing[j]
    spin = state[b, 5] - state[a, 5]
    return float(rig.preload[j] - rig.stiffness[j] * off - rig.damping[j] * spin)


@compiled
def ligaments(rig: Rig, state: Floats, wrench: Floats) -> None:
    """Adds the passive torque of every joint to the wrench on both of its bones."""
    for j in range(rig.parent.size):
        a, b = rig.parent[j], rig.child[j]
        torque = ligament_torque(rig, state, j)
        wrench[b, 2] += torque
        wrench[a, 2] -= torque


@compiled
def muscle_power(
    rig: Rig, activation: Floats, speed: Floats, fibre: Floats, tension: Floats
) -> tuple[float, float, float]:
    """Returns metabolic power, positive and negative mechanical power of all muscles together, watts."""
    metabolic = 0.0
    positive = 0.0
    negative = 0.0
    for m in range(activation.size):
        fastest = rig.fastest[m]
        metabolic += activation[m] * rig.max_force[m] * fastest * metabolic_rate(fibre[m] / fastest)
        power = tension[m] * speed[m]
        if power > 0.0:
            positive += power
        else:
            negative += power
    return metabolic, positive, negative
