"""Compiled maths of muscle: force from length and speed, activation from excitation, power from both.

Curves and constants after GaitSym (Sellers) and Minetti & Alexander 1997, J Theor Biol 186:467-476.
Lengths are in optimal fibre lengths, speeds in shares of the fastest shortening and positive when shortening,
forces in maximal isometric forces. How fast the fastest is depends on the animal: `anatomy.fastest_shortening`.
"""

from __future__ import annotations

import math

from creatures.compiled import compiled

CURVATURE = 0.17
"""Hill's constant K of the force-velocity curve (GaitSym)."""
LENGTH_WIDTH = 0.5
"""Half-width of the force-length curve, fibre lengths (GaitSym)."""
PASSIVE_STRAIN = 0.6
"""Strain at which the passive tissue pulls with the maximal isometric force (GaitSym)."""
ECCENTRIC_LIMIT = 1.8
"""Force of a muscle that is being stretched fast (GaitSym)."""
STEEPNESS = 7.56 / CURVATURE
"""How soon it comes to that, the faster it is stretched (GaitSym)."""
RISE = 0.010
"""Time constant of activation when it grows, seconds (Hyfydy, 100/s)."""
DECAY = 0.040
"""Time constant of activation when it fades, seconds (Hyfydy, 25/s)."""


@compiled
def force_length(length: float) -> float:
    """Returns the share of force that fibres of this length can give."""
    off = (length - 1.0) / LENGTH_WIDTH
    return math.exp(-off * off)


@compiled
def passive_force(length: float) -> float:
    """Returns the pull of the tissue around stretched fibres."""
    if length <= 1.0:
        return 0.0
    strain = (length - 1.0) / PASSIVE_STRAIN
    return min(strain * strain, 4.0)


@compiled
def force_velocity(speed: float) -> float:
    """Returns the share of force that fibres shortening at this speed can give.

    Minetti & Alexander 1997, with the eccentric side as in GaitSym.
    """
    if speed >= 1.0:
        return 0.0
    if speed >= 0.0:
        return (1.0 - speed) / (1.0 + speed / CURVATURE)
    if speed <= -1.0:
        return ECCENTRIC_LIMIT
    return ECCENTRIC_LIMIT - (ECCENTRIC_LIMIT - 1.0) * (1.0 + speed) / (1.0 - STEEPNESS * speed)


@compiled
def fibre_speed(able: float, rest: float, stiff: float) -> float:
    """Returns the speed v at which fibres and tendon bear the same: able x force_velocity(v) + rest = stiff x v.

    Solved exactly, piece by piece of the curve: each is a line or a hyperbola.

    Args:
        able: force that the fibres could give at rest, 0 or more.
        rest: what the tendon lacks if the fibres neither shorten nor lengthen: any force.
        stiff: by how much the tendon's force grows if they shorten at their fastest, more than 0.

    Returns:
        Over the fastest, shortening positive; it may be beyond 1, where fibres give nothing and the tendon goes slack.
    """
    short = able + rest
    if short >= 0.0:
        if rest >= stiff:
            return rest / stiff
        half = 0.5 * (able + stiff - rest / CURVATURE)
        bend = stiff / CURVATURE
        return (math.sqrt(half * half + bend * short) - half) / bend
    most = ECCENTRIC_LIMIT * able + rest
    if most <= -stiff:
        return most / stiff
    half = 0.5 * (STEEPNESS * most + (ECCENTRIC_LIMIT - 1.0) * able + stiff)
    bend = stiff * STEEPNESS
    return (half - math.sqrt(half * half - bend * short)) / bend


@compiled
def activation_rate(excitation: float, activation: float) -> float:
    """Returns how fast activation follows excitation, 1/s."""
    return (excitation - activation) / (RISE if excitation > activation else DECAY)


@compiled
def metabolic_rate(speed: float) -> float:
    """Returns metabolic power over activation x maximal force x fastest speed (Minetti & Alexander 1997).

    Args:
        speed: over the fastest, shortening positive.
    """
    r = min(max(speed, -1.0), 1.0)
    over = 0.054 + 0.506 * r + 2.46 * r * r
    return over / (1.0 - 1.13 * r + 12.8 * r * r - 1.64 * r * r * r)
