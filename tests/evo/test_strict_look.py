import pytest
from evo_landscapes import STRICTER, begin, guesses, look, sphere, walk

from evo.settings import SearchSettings
from evo.strategies import STRATEGIES

every_search = pytest.mark.parametrize("name", sorted(STRATEGIES))
BUDGET = 3000
N_GENES = 8


def until_strict(name):
    """A search after its first strict generation: its state before, that generation, itself."""
    search = begin(SearchSettings(strategy=name, budget=BUDGET), N_GENES)
    while True:
        before = search.state()["search"]
        generation = search.step(look(sphere))
        if generation.rigour == 1:
            return before, generation, search


def strict_best(generations):
    return max(one.score for one in guesses(generations))


@every_search
def test_the_last_share_of_the_guesses_is_looked_at_strictly(name):
    generations = list(walk(begin(SearchSettings(strategy=name, budget=BUDGET), 8), look(sphere)))
    rigours = [one.rigour for one in guesses(generations)]
    assert rigours == sorted(rigours)
    largest = max(len(generation.individuals) for generation in generations)
    begins = SearchSettings().strict_from * BUDGET
    assert begins <= rigours.index(1) < begins + largest
    assert {generation.phase for generation in generations if generation.rigour} == {"polish"}


@every_search
def test_a_share_of_one_means_never(name):
    chosen = SearchSettings(strategy=name, budget=700, strict_from=1.0)
    assert {one.rigour for one in guesses(walk(begin(chosen, 8), look(sphere)))} == {0}


def test_cma_counts_its_best_anew_under_the_strict_look():
    before, generation, search = until_strict("cma")
    strict = [generation]
    assert before["starts"][0]["best_score"] > -STRICTER / 2
    while not search.done:
        start = search.state()["search"]["starts"][0]
        assert start["best_score"] == strict_best(strict)
        assert start["rigour"] == 1
        strict.append(search.step(look(sphere)))
    assert len(strict) > 10


def test_cma_does_not_take_the_fall_of_the_scores_for_stagnation():
    _, _, search = until_strict("cma")
    assert search.state()["search"]["starts"][0]["stale"] == 0


def test_cma_looks_quickly_while_it_still_has_to_choose_a_start():
    chosen = SearchSettings(budget=BUDGET, strict_from=0.0)
    generations = list(walk(begin(chosen, N_GENES), look(sphere)))
    assert {(g.phase, g.rigour) for g in generations} == {
        ("scout", 0),
        ("deepen", 0),
        ("polish", 1),
    }


def test_ga_looks_at_its_elites_again():
    before, generation, search = until_strict("ga")
    pool = sorted(before["pool"], key=lambda row: -row[1])
    again = generation.individuals[:2]
    assert [one.genome for one in again] == [tuple(row[2]) for row in pool[:2]]
    assert [one.parents for one in again] == [(row[0],) for row in pool[:2]]
    assert len(generation.individuals) == 48
    assert len(search.step(look(sphere)).individuals) == 46


def test_ga_keeps_no_quick_score_in_its_strict_population():
    before, _, search = until_strict("ga")
    assert min(row[1] for row in before["pool"]) > -STRICTER / 2
    pool = search.state()["search"]["pool"]
    assert len(pool) == 48
    assert max(row[1] for row in pool) <= -STRICTER


def test_hill_looks_at_where_its_climbers_stand_again():
    before, generation, search = until_strict("hill")
    places = [tuple(row[3]) for row in before["climbers"]]
    assert [one.genome for one in generation.individuals] == places
    assert [one.parents for one in generation.individuals] == [
        (row[0],) for row in before["climbers"]
    ]
    climbers = search.state()["search"]["climbers"]
    assert [row[1] for row in climbers] == [one.score for one in generation.individuals]
    assert max(row[1] for row in climbers) <= -STRICTER
