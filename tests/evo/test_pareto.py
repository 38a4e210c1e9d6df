import itertools

import numpy as np
import pytest
from deap.tools import hypervolume as deap_hypervolume
from hypothesis import given, settings
from hypothesis import strategies as st

from evo.operators import _Placed, ranking
from evo.pareto import dominates, front, hypervolume, thinned

NUMBERS = st.integers(0, 6).map(float)


def values(goals):
    return st.lists(st.tuples(*[NUMBERS] * goals), max_size=20)


def counted(corners, reference):
    """The volume in unit cubes: all values are whole numbers."""
    room = itertools.product(*[range(int(low), 7) for low in reference])
    return sum(
        any(all(v > c for v, c in zip(one, cube, strict=True)) for one in corners) for cube in room
    )


@pytest.mark.parametrize("goals", [2, 3])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_the_hypervolume_is_the_number_of_unit_cubes_below_the_front(goals, data):
    found = data.draw(values(goals))
    reference = data.draw(st.tuples(*[st.integers(0, 3).map(float)] * goals))
    assert hypervolume(found, reference) == counted(found, reference)


@pytest.mark.parametrize("goals", [2, 3])
def test_whose_loss_costs_least_volume_is_the_one_that_deap_names(goals):
    rows = [tuple(row) for row in np.random.default_rng(3).uniform(0.0, 1.0, (40, goals)).tolist()]
    reference = (0.1,) * goals
    kept = [rows[i] for i in front(rows) if min(rows[i]) > 0.1]
    placed = [_Placed(i, row) for i, row in enumerate(kept)]
    # DEAP turns what is to be raised round: its reference is the negative of ours.
    named = deap_hypervolume(placed, ref=-np.array(reference))
    without = [hypervolume(kept[:i] + kept[i + 1 :], reference) for i in range(len(kept))]
    assert len(kept) > 4
    assert named == int(np.argmax(without))


def test_a_hypervolume_of_another_number_of_goals_is_refused():
    with pytest.raises(ValueError, match="two or three goals, not 4"):
        hypervolume([(1.0,) * 4], (0.0,) * 4)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(values(3))
def test_the_front_is_whom_nobody_dominates_each_value_once(found):
    kept = [found[i] for i in front(found)]
    assert len(set(kept)) == len(kept)
    assert set(kept) == {one for one in found if not any(dominates(o, one) for o in found)}
    assert front(found) == sorted(front(found))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(values(2))
def test_in_the_ranking_nobody_stands_before_one_who_dominates_it(found):
    order = ranking(found)
    assert sorted(order) == list(range(len(found)))
    for earlier, later in itertools.combinations(order, 2):
        assert not dominates(found[later], found[earlier])


def test_thinned_the_ends_of_a_front_stay_and_crowds_go():
    crowd = [(0.5 + 0.001 * k, 0.5 - 0.001 * k) for k in range(20)]
    found = [(0.0, 1.0), (0.25, 0.75), *crowd, (0.75, 0.25), (1.0, 0.0)]
    kept = [found[i] for i in thinned(found, 6)]
    assert {(0.0, 1.0), (0.25, 0.75), (0.75, 0.25), (1.0, 0.0)} < set(kept)
    assert len(kept) == 6
    assert thinned(found, 100) == list(range(len(found)))
