"""Strides, duty factors and turns, read off feet drawn by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sims.physics.gait import SHORTEST, Gait, gait

LAW = settings(deadline=None)

TICK = 0.01
"""Seconds."""
UNIT = 0.4
"""Seconds: a scuff is shorter than 0.06 s, six ticks."""
SCUFF = round(SHORTEST * UNIT / TICK)


def foot(stride: int, down: int, late: int, ticks: int) -> np.ndarray:
    """A foot that lands every so many ticks, stays down for some, and begins late."""
    return ((np.arange(ticks) - late) % stride < down).astype(np.uint8)


def read(*feet: np.ndarray) -> Gait:
    return gait(np.stack(feet, axis=1), TICK, UNIT)


@pytest.mark.parametrize(("stride", "down"), [(80, 48), (100, 50), (60, 21)])
def test_a_walk_is_read_as_it_was_drawn(stride, down):
    found = read(foot(stride, down, 0, 1200), foot(stride, down, stride // 2, 1200))
    assert found.stride_time_s == pytest.approx(stride * TICK)
    assert found.duty_factors == pytest.approx((down / stride, down / stride), abs=0.04)
    assert found.alternation == pytest.approx(0.5)
    assert found.strides > 1200 // stride - 4


def test_a_hop_on_both_feet_does_not_alternate():
    together = read(foot(80, 40, 0, 1200), foot(80, 40, 0, 1200))
    assert together.alternation == pytest.approx(0.0)
    nearly = read(foot(80, 40, 2, 1200), foot(80, 40, 0, 1200))
    assert nearly.alternation == pytest.approx(78 / 80)


def test_a_limp_is_told_from_a_walk():
    assert read(foot(80, 40, 0, 1200), foot(80, 40, 20, 1200)).alternation == pytest.approx(0.25)


def test_each_foot_has_its_own_duty_factor():
    found = read(foot(100, 70, 0, 2000), foot(100, 30, 50, 2000))
    assert found.duty_factors == pytest.approx((0.7, 0.3))


def test_foot_falls_are_times_in_seconds_over_the_whole_trial():
    found = read(foot(100, 60, 0, 300))
    assert np.allclose(found.foot_falls[0], [(0.0, 0.6), (1.0, 1.6), (2.0, 2.6)])


def test_only_the_second_half_counts():
    down = foot(100, 60, 0, 2000)
    messy = down.copy()
    messy[:1000] = np.random.default_rng(0).integers(0, 2, 1000)
    one, other = read(down), read(messy)
    assert one.strides == other.strides
    assert one.stride_time_s == other.stride_time_s
    assert one.duty_factors == pytest.approx(other.duty_factors, abs=0.02)


def test_a_short_lift_is_no_step():
    down = foot(100, 60, 0, 1200)
    flicker = down.copy()
    flicker[np.arange(1200) % 100 == 30] = 0
    assert read(flicker) == read(down)


def test_a_short_touch_is_no_step():
    down = foot(100, 60, 0, 1200)
    scuff = down.copy()
    scuff[np.arange(1200) % 100 == 80] = 1
    assert read(scuff) == read(down)


def test_a_touch_as_long_as_a_step_counts():
    down = np.zeros(400, dtype=np.uint8)
    down[200 : 200 + SCUFF] = 1
    assert len(read(down).foot_falls[0]) == 1
    down[200 + SCUFF - 1] = 0
    assert read(down).foot_falls[0] == ()


@pytest.mark.parametrize("ticks", [0, 1, 2, 500])
@pytest.mark.parametrize("value", [0, 1])
@pytest.mark.parametrize("feet", [1, 2, 4])
def test_feet_that_never_move_take_no_strides(ticks, value, feet):
    found = gait(np.full((ticks, feet), value, dtype=np.uint8), TICK, UNIT)
    assert (found.strides, found.stride_time_s, found.alternation) == (0, 0.0, 0.0)
    stands = float(value) if ticks >= SCUFF else 0.0
    assert found.duty_factors == (stands,) * feet


def test_one_foot_alone_has_strides_and_no_partner():
    found = read(foot(100, 60, 0, 2000))
    assert found.stride_time_s == pytest.approx(1.0)
    assert found.alternation == 0.0


def test_a_pair_of_which_one_foot_never_lands_does_not_alternate():
    assert read(foot(100, 60, 0, 2000), np.zeros(2000, dtype=np.uint8)).alternation == 0.0


def test_with_several_pairs_the_unevenness_is_their_mean_and_two_wrongs_make_no_right():
    pair = [foot(100, 60, 0, 2000), foot(100, 60, 50, 2000)]
    early = [foot(100, 60, 0, 2000), foot(100, 60, 30, 2000)]
    late = [foot(100, 60, 0, 2000), foot(100, 60, 70, 2000)]

    def turns(*feet):
        return gait(np.stack(feet, axis=1), TICK, UNIT, [k // 2 for k in range(len(feet))])

    assert turns(*late).alternation == pytest.approx(0.7)
    assert turns(*pair, *pair).alternation == pytest.approx(0.5)
    assert turns(*pair, *late).alternation == pytest.approx(0.4)
    assert turns(*early, *late).alternation == pytest.approx(0.3)


@LAW
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=300), st.floats(0.001, 0.1))
def test_any_feet_give_a_gait_that_makes_sense(feet, tick):
    down = np.array(feet, dtype=np.uint8).reshape(-1, 2)
    found = gait(down, tick, UNIT)
    assert all(0.0 <= duty <= 1.0 for duty in found.duty_factors)
    assert 0.0 <= found.alternation <= 1.0
    assert (found.strides == 0) == (found.stride_time_s == 0.0)
    for falls in found.foot_falls:
        times = [time for fall in falls for time in fall]
        assert times == sorted(times)
        assert not times or times[-1] <= len(feet) * tick + 1e-9
