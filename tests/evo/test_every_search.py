import random

import numpy as np
import pytest
from evo_landscapes import begin, guesses, look, place, rastrigin, sphere, trace, walk
from hypothesis import given, settings
from hypothesis import strategies as st

from evo.evolve import Search, evolve
from evo.settings import SearchSettings
from evo.strategies import STRATEGIES

every_search = pytest.mark.parametrize("name", sorted(STRATEGIES))
N_GENES = 40


def best_at_random(landscape, count):
    """The best of `count` guesses all over the box, and of as many about the start."""
    generator = np.random.default_rng(0)
    anywhere = generator.uniform(-3, 3, (count, N_GENES))
    nearby = np.clip(generator.normal(0, 0.5, (count, N_GENES)), -3, 3)
    return max(landscape(anywhere).max(), landscape(nearby).max())


@every_search
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("landscape", "share_left"), [(sphere, 0.01), (rastrigin, 0.33)])
def test_it_leaves_a_small_part_of_what_random_guesses_leave(name, landscape, share_left, seed):
    budget = 6_000
    chosen = SearchSettings(strategy=name, seed=seed, budget=budget, strict_from=1.0)
    best = max(one.score for one in guesses(walk(begin(chosen, N_GENES), look(landscape))))
    # Both landscapes are 0 at their peak and lower everywhere else.
    assert best > share_left * best_at_random(landscape, budget)


@every_search
def test_the_same_seed_makes_the_same_guesses_to_the_bit(name):
    chosen = SearchSettings(strategy=name, seed=7, budget=1500)
    one, other = (trace(walk(begin(chosen, 12), look(rastrigin))) for _ in range(2))
    assert one == other


@every_search
def test_another_seed_makes_other_guesses(name):
    one, other = (
        {g.genome for g in guesses(walk(begin(chosen, 12), look(sphere)))}
        for chosen in (SearchSettings(strategy=name, seed=seed, budget=500) for seed in (1, 2))
    )
    # Only the start itself may be guessed by both.
    assert one & other <= {(0.0,) * 12}
    assert len(one) > 400


def legacy_numpy_state():
    name, words, *rest = np.random.get_state()  # noqa: NPY002 - the one that must not change
    return name, words.tolist(), rest


@every_search
def test_a_search_leaves_the_global_generators_alone(name):
    before = random.getstate(), legacy_numpy_state()
    chosen = SearchSettings(strategy=name, budget=1300)
    assert len(guesses(walk(begin(chosen, 8), look(sphere)))) == 1300
    assert (random.getstate(), legacy_numpy_state()) == before


@every_search
def test_a_search_does_not_depend_on_the_global_generators(name):
    def restless(batch):
        random.random()
        np.random.standard_normal()  # noqa: NPY002 - the one that must not matter
        return look(sphere)(batch)

    chosen = SearchSettings(strategy=name, budget=700)
    quiet = trace(walk(begin(chosen, 8), look(sphere)))
    assert trace(walk(begin(chosen, 8), restless)) == quiet


@every_search
@pytest.mark.parametrize("budget", [1, 7, 100, 599, 1001, 1999])
def test_it_makes_exactly_the_guesses_it_was_given(name, budget):
    search = begin(SearchSettings(strategy=name, budget=budget), 5)
    generations = list(walk(search, look(sphere)))
    assert [one.number for one in guesses(generations)] == list(range(budget))
    assert [g.number for g in generations] == list(range(1, len(generations) + 1))
    assert generations[-1].guesses == search.guesses == budget
    with pytest.raises(RuntimeError, match="guesses have been made"):
        search.step(look(sphere))


@every_search
@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    genes=st.lists(
        st.tuples(st.floats(-3, 3), st.floats(1e-3, 4), st.floats(0, 1)), min_size=1, max_size=4
    ),
    sigma=st.floats(1e-3, 10),
)
def test_every_genome_lies_within_its_bounds(name, genes, sigma):
    low = [lowest for lowest, _, _ in genes]
    high = [lowest + width for lowest, width, _ in genes]
    start = [
        min(a + share * (b - a), b) for a, b, (_, _, share) in zip(low, high, genes, strict=True)
    ]
    chosen = SearchSettings(strategy=name, budget=250, sigma=sigma, guesses_per_start=100)
    generations = list(evolve(chosen, start, low, high, look(sphere)))
    rows = np.array([one.genome for one in guesses(generations)])
    assert rows.shape == (250, len(genes))
    assert (rows >= low).all()
    assert (rows <= high).all()


@every_search
def test_parents_are_earlier_guesses(name):
    made = guesses(walk(begin(SearchSettings(strategy=name, budget=900), 6), look(sphere)))
    assert all(parent < one.number for one in made for parent in one.parents)
    assert any(one.parents for one in made) == (name not in ("cma", "nsga2"))


@every_search
def test_the_first_guesses_lie_about_the_start(name):
    start, low, high = place(30)
    start[3] = 2.0
    search = Search(SearchSettings(strategy=name, sigma=0.1), start, low, high)
    rows = np.array([one.genome for one in search.step(look(sphere)).individuals])
    away = rows - np.array(start)
    assert 0.05 < away.std() < 0.15


@every_search
def test_a_start_that_was_found_earlier_is_the_first_guess(name):
    start, low, high = place(30)
    start[3] = 2.0
    chosen = SearchSettings(strategy=name, sigma=0.1)
    search = Search(chosen, start, low, high, found=True)
    made = search.step(look(sphere)).individuals
    assert made[0].genome == tuple(start)
    assert tuple(start) not in [one.genome for one in made[1:]]
    again = Search.restore(search.state(), chosen, start, low, high, found=True)
    assert trace(walk(again, look(sphere))) == trace(walk(search, look(sphere)))


@every_search
def test_guesses_whose_evaluation_failed_are_asked_again(name):
    def broken(_):
        raise KeyboardInterrupt

    chosen = SearchSettings(strategy=name, budget=400)
    search = begin(chosen, 6)
    generations = [search.step(look(sphere))]
    with pytest.raises(KeyboardInterrupt):
        search.step(broken)
    generations += walk(search, look(sphere))
    assert trace(generations) == trace(walk(begin(chosen, 6), look(sphere)))


@every_search
def test_a_missing_outcome_is_an_error(name):
    search = begin(SearchSettings(strategy=name), 6)
    with pytest.raises(ValueError, match="outcomes returned"):
        search.step(lambda batch: look(sphere)(batch)[1:])


@every_search
def test_the_generator_and_the_steps_are_the_same_search(name):
    chosen = SearchSettings(strategy=name, budget=500)
    stepped = trace(walk(begin(chosen, 6), look(sphere)))
    assert trace(evolve(chosen, *place(6), look(sphere))) == stepped


def test_an_unknown_search_is_named_with_the_known_ones():
    with pytest.raises(ValueError, match="'swarm': choose one of cma, ga, hill, nsga2"):
        begin(SearchSettings(strategy="swarm"), 6)
