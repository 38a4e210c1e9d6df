import random

import pytest
from evo_landscapes import begin, flat, guesses, look, rastrigin, sphere, walk

from evo.chance import lent, random_state, set_random_state
from evo.operators import Candidate, best_of, candidates
from evo.settings import SearchSettings


def pool_of(search):
    return search.state()["search"]["pool"]


def climbers_of(search):
    return search.state()["search"]["climbers"]


def test_ga_asks_for_all_but_the_elites_after_the_first_generation():
    generations = list(walk(begin(SearchSettings(strategy="ga", budget=500), 6), look(sphere)))
    sizes = [len(generation.individuals) for generation in generations[:6]]
    assert sizes == [48, 46, 46, 46, 46, 46]
    assert [generation.phase for generation in generations[:2]] == ["scatter", "breed"]


def test_ga_carries_its_two_best_with_their_scores():
    search = begin(SearchSettings(strategy="ga", budget=2000, strict_from=1.0), 6)
    search.step(look(rastrigin))
    while not search.done:
        best = sorted(pool_of(search), key=lambda row: -row[1])[:2]
        search.step(look(rastrigin))
        assert pool_of(search)[:2] == best


def test_ga_children_have_one_parent_or_two():
    made = guesses(walk(begin(SearchSettings(strategy="ga", budget=1000), 6), look(sphere)))
    assert {len(one.parents) for one in made[:48]} == {0}
    assert {len(one.parents) for one in made[48:]} == {1, 2}


def test_ga_chooses_better_parents_than_chance_would():
    made = guesses(walk(begin(SearchSettings(strategy="ga", budget=94), 6), look(sphere)))
    ranked = sorted(made[:48], key=lambda one: -one.score)
    better = {one.number for one in ranked[:24]}
    chosen = [parent for one in made[48:] for parent in one.parents]
    # Of three drawn at random the best is in the better half seven times in eight.
    assert sum(parent in better for parent in chosen) > 0.7 * len(chosen)


def test_ga_needs_room_for_more_than_its_elites():
    with pytest.raises(ValueError, match="elites must be fewer"):
        begin(SearchSettings(strategy="ga", elites=48), 6)


def test_hill_climbers_never_go_down():
    search = begin(SearchSettings(strategy="hill", budget=1200, strict_from=1.0), 6)
    search.step(look(rastrigin))
    while not search.done:
        before = [row[1] for row in climbers_of(search)]
        search.step(look(rastrigin))
        after = [row[1] for row in climbers_of(search)]
        assert all(new >= old for new, old in zip(after, before, strict=True))


def test_hill_steps_grow_with_success_and_shrink_without():
    search = begin(SearchSettings(strategy="hill"), 6)
    search.step(look(sphere))
    for _ in range(15):
        before = climbers_of(search)
        search.step(look(sphere))
        for old, new in zip(before, climbers_of(search), strict=True):
            longest = 2.0 * 0.5
            if new[1] > old[1]:
                assert new[2] > old[2] or new[2] == longest
            else:
                assert new[2] < old[2]


def test_hill_moves_on_level_ground_with_ever_smaller_steps():
    search = begin(SearchSettings(strategy="hill", restart_every=1000), 6)
    search.step(look(flat))
    before = climbers_of(search)
    for _ in range(10):
        search.step(look(flat))
    for old, new in zip(before, climbers_of(search), strict=True):
        assert new[2] < old[2]
        assert new[3] != old[3]


def test_hill_sends_its_worst_climber_to_the_best_every_twenty_rounds():
    search = begin(SearchSettings(strategy="hill"), 6)
    for rounds in range(1, 61):
        search.step(look(rastrigin))
        numbers = [row[0] for row in climbers_of(search)]
        if rounds % 20 == 0:
            best = max(climbers_of(search), key=lambda row: row[1])
            assert numbers.count(best[0]) == 2
        elif rounds < 20:
            assert len(set(numbers)) == 12


def test_a_population_can_be_set():
    for name in ("ga", "hill"):
        search = begin(SearchSettings(strategy=name, population=9), 6)
        assert len(search.step(look(sphere)).individuals) == 9


def test_best_of_puts_the_earlier_of_equals_first():
    pool = candidates([(0.0,), (1.0,), (2.0,), (3.0,)], [1.0, 5.0, 5.0, 2.0], first_number=10)
    assert [one.number for one in best_of(pool, 3)] == [11, 12, 13]


def test_a_copy_shares_nothing_with_its_original():
    one = Candidate((1.0, 2.0), score=3.0, number=4)
    other = one.copy()
    other[0] = 9.0
    assert one.genome == (1.0, 2.0)
    assert not other.fitness.valid


def test_a_lent_generator_comes_back_further_on_even_after_an_error():
    own, alike = random.Random(5), random.Random(5)
    before = random.getstate()
    drawn = []

    def fails_after_drawing():
        with lent(own):
            drawn.append(random.gauss(0, 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_after_drawing()
    assert random.getstate() == before
    assert drawn == [alike.gauss(0, 1)]
    # The second of a pair of Gaussian numbers is kept in the state too.
    again = random.Random(0)
    set_random_state(again, random_state(own))
    assert again.gauss(0, 1) == alike.gauss(0, 1)
