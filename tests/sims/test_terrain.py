"""The ground: level where the animal starts, rough where it should be, the same for the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.assemble import assemble
from creatures.species import load_species, species_names
from sims.physics.terrain import KINDS, Ground, Terrain, ground

LAW = settings(deadline=None)

HIP = 2.5
REACH = 60.0
ROUGH = [kind for kind in KINDS if kind != "flat"]

sizes = st.floats(0.0, 0.3)
seeds = st.integers(0, 2**32)


def laid(kind: str, size: float = 0.1, seed: int = 0, hip: float = HIP, reach: float = REACH):
    return ground(Terrain(kind, size=size, seed=seed), hip, reach)


@pytest.mark.parametrize("kind", KINDS)
def test_the_ground_is_a_chain_that_goes_forward(kind):
    land = laid(kind)
    assert land.x.shape == land.y.shape
    assert np.all(np.diff(land.x) > 0.0)
    assert np.isfinite(land.y).all()


@pytest.mark.parametrize("kind", KINDS)
def test_the_ground_reaches_from_behind_the_start_to_where_it_was_asked_to(kind):
    land = laid(kind)
    assert land.x[0] <= -5.0 * HIP
    assert land.x[-1] >= REACH


def around_the_start(land: Ground, hip: float) -> np.ndarray:
    return np.interp(np.linspace(-0.99 * hip, 0.99 * hip, 101), land.x, land.y)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", species_names())
def test_every_animal_starts_on_level_ground(kind, name):
    hip = assemble(load_species(name)).hip_height
    assert np.allclose(around_the_start(laid(kind, hip=hip), hip), 0.0, atol=1e-12)


@LAW
@given(st.sampled_from(KINDS), sizes, seeds, st.floats(0.05, 20.0), st.floats(0.2, 4.0))
def test_the_start_is_level_however_wide_the_bumps_are(kind, size, seed, spacing, hip):
    land = ground(Terrain(kind, size=size, spacing=spacing, seed=seed), hip, 30.0 * hip)
    assert np.allclose(around_the_start(land, hip), 0.0, atol=1e-12)


@pytest.mark.parametrize("kind", ROUGH)
def test_further_on_it_is_not_level(kind):
    land = laid(kind)
    assert np.abs(land.y[land.x > 2.0 * HIP]).max() > 0.02 * HIP


def test_flat_ground_is_flat():
    assert not laid("flat", size=1.0).y.any()


@pytest.mark.parametrize("kind", ROUGH)
def test_ground_of_no_roughness_is_flat(kind):
    assert not laid(kind, size=0.0).y.any()


@LAW
@given(st.sampled_from(KINDS), sizes, seeds)
def test_the_same_seed_is_the_same_ground(kind, size, seed):
    one, other = laid(kind, size, seed), laid(kind, size, seed)
    assert one.x.tolist() == other.x.tolist()
    assert one.y.tolist() == other.y.tolist()


@pytest.mark.parametrize("kind", ["bumps", "steps"])
def test_another_seed_is_another_ground(kind):
    assert laid(kind, seed=1).y.tolist() != laid(kind, seed=2).y.tolist()


@LAW
@given(st.sampled_from(["bumps", "steps"]), sizes, seeds)
def test_no_bump_or_step_is_larger_than_said(kind, size, seed):
    assert np.abs(laid(kind, size, seed).y).max() <= size * HIP


def test_bumps_go_up_and_down_and_use_the_size_they_have():
    heights = laid("bumps", size=0.1).y / (0.1 * HIP)
    assert heights.max() > 0.8
    assert heights.min() < -0.8


@LAW
@given(st.floats(-0.3, 0.3))
def test_a_slope_rises_by_its_size_for_every_metre_from_where_it_begins(size):
    land = laid("slope", size)
    for ahead in (1.0, 4.0, 20.0):
        height = np.interp((1.0 + ahead) * HIP, land.x, land.y)
        assert height == pytest.approx(size * ahead * HIP, abs=1e-9)
    assert np.interp(-3.0 * HIP, land.x, land.y) == pytest.approx(-size * 2.0 * HIP, abs=1e-9)


def test_steps_are_level_between_their_edges():
    land = laid("steps")
    run, rise = np.diff(land.x), np.diff(land.y)
    assert not rise[::2].any()
    assert np.all(run[1::2] < 0.01 * run[0])  # and the edges are sharp


@pytest.mark.parametrize("kind", ROUGH)
def test_ground_grows_with_the_animal(kind):
    small, large = laid(kind, hip=1.0, reach=24.0), laid(kind, hip=2.0, reach=48.0)
    assert np.allclose(2.0 * small.x, large.x)
    assert np.allclose(2.0 * small.y, large.y)


@pytest.mark.parametrize("kind", KINDS)
def test_ground_that_goes_further_begins_the_same(kind):
    short, long = laid(kind, reach=30.0), laid(kind, reach=60.0)
    # The last corner of flat ground and of a slope is where it ends.
    count = short.x.size - 1 if kind in ("flat", "slope") else short.x.size
    assert count > 0
    assert short.x[:count].tolist() == long.x[:count].tolist()
    assert short.y[:count].tolist() == long.y[:count].tolist()
