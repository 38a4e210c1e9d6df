"""The curves of muscle: what fibres of any length, at any speed, can give and cost."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.muscle import (
    DECAY,
    ECCENTRIC_LIMIT,
    LENGTH_WIDTH,
    PASSIVE_STRAIN,
    RISE,
    STEEPNESS,
    activation_rate,
    fibre_speed,
    force_length,
    force_velocity,
    metabolic_rate,
    passive_force,
)

LAW = settings(deadline=None)  # the first call compiles

LENGTHS = st.floats(0.0, 5.0)
SPEEDS = st.floats(-2.0, 2.0)
SHARES = st.floats(0.0, 1.0)


def share(speed: float) -> float:
    return force_velocity(speed)


@LAW
@given(LENGTHS)
def test_a_muscle_is_strongest_at_its_optimal_length(length):
    assert 0.0 < force_length(length) <= force_length(1.0) == 1.0


@LAW
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_muscle_weakens_alike_on_both_sides_of_its_optimal_length(off, further):
    assert force_length(1.0 - off) == pytest.approx(force_length(1.0 + off))
    assert force_length(1.0 + off + further) <= force_length(1.0 + off)


def test_half_a_width_from_its_optimum_a_muscle_has_lost_a_fifth():
    assert force_length(1.0 + LENGTH_WIDTH / 2) == pytest.approx(0.7788, abs=1e-4)
    assert force_length(1.0 + LENGTH_WIDTH) == pytest.approx(1 / math.e)


def test_at_rest_a_muscle_gives_all_its_force_and_at_its_fastest_none():
    assert share(0.0) == 1.0
    assert share(1.0) == share(2.0) == 0.0
    assert share(-1.0) == pytest.approx(ECCENTRIC_LIMIT)
    assert share(-2.0) == ECCENTRIC_LIMIT


def test_hills_curve_goes_through_its_known_middle():
    # Hill's hyperbola with K = 0.17: at a third of the fastest speed, (1 - 1/3) / (1 + 1 / (3 x 0.17)).
    assert share(1 / 3) == pytest.approx((2 / 3) / (1 + 1 / 0.51))


@LAW
@given(SPEEDS, SPEEDS)
def test_the_faster_it_shortens_the_less_it_gives_and_never_in_a_jump(one, other):
    slow, fast = sorted((one, other))
    assert 0.0 <= share(fast) <= share(slow) <= ECCENTRIC_LIMIT
    steepest = (ECCENTRIC_LIMIT - 1.0) * (1.0 + STEEPNESS)  # just below 0, being stretched slowly
    assert share(slow) - share(fast) <= steepest * (fast - slow) + 1e-9


@LAW
@given(st.floats(0.0, 1e4), st.floats(-1e4, 1e4), st.floats(1e-2, 1e4))
def test_fibres_move_at_the_speed_at_which_the_tendon_bears_what_they_give(able, rest, stiff):
    speed = fibre_speed(able, rest, stiff)
    scale = able + abs(rest) + stiff
    assert able * share(speed) + rest == pytest.approx(stiff * speed, abs=1e-9 * scale)


@LAW
@given(st.floats(0.0, 1e4), st.floats(-1e4, 1e4), st.floats(0.0, 1e4), st.floats(1e-2, 1e4))
def test_fibres_shorten_the_faster_the_more_the_tendon_lacks(able, rest, more, stiff):
    slow, fast = fibre_speed(able, rest, stiff), fibre_speed(able, rest + more, stiff)
    assert fast >= slow - 1e-9 * (1.0 + abs(slow))


@LAW
@given(LENGTHS, LENGTHS)
def test_stretched_tissue_only_pulls_and_pulls_more_the_further_it_is_stretched(one, other):
    short, long = sorted((one, other))
    assert 0.0 <= passive_force(short) <= passive_force(long)


def test_tissue_that_is_not_stretched_is_slack():
    assert passive_force(0.3) == passive_force(1.0) == 0.0
    assert passive_force(1.0 + PASSIVE_STRAIN) == pytest.approx(1.0)


@LAW
@given(SHARES, SHARES)
def test_activation_goes_towards_excitation(excitation, activation):
    rate = activation_rate(excitation, activation)
    assert rate * (excitation - activation) >= 0.0
    # Within the shorter time constant it cannot pass the excitation it follows.
    after = activation + RISE * rate
    assert min(excitation, activation) - 1e-12 <= after <= max(excitation, activation) + 1e-12


@LAW
@given(st.floats(0.0, 1.0), st.floats(1e-6, 1.0))
def test_activation_rises_faster_than_it_fades(low, gap):
    high = low + gap
    rise, fall = activation_rate(high, low), -activation_rate(low, high)
    assert rise > fall > 0.0
    assert rise / fall == pytest.approx(DECAY / RISE, rel=1e-6)


@LAW
@given(SPEEDS)
def test_an_active_muscle_always_burns_energy(speed):
    assert 0.0 < metabolic_rate(speed) < 1.0


@LAW
@given(st.floats(1e-6, 1.0))
def test_shortening_burns_more_than_holding_and_more_than_being_stretched(speed):
    assert metabolic_rate(speed) > metabolic_rate(0.0)
    assert metabolic_rate(speed) > metabolic_rate(-speed)


@LAW
@given(st.floats(1e-3, 1.0))
def test_a_muscle_never_does_more_work_than_the_energy_it_burns(speed):
    # Both in maximal isometric force x fastest speed.
    assert share(speed) * speed < metabolic_rate(speed)
