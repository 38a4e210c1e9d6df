import json
from dataclasses import dataclass

import numpy as np
import pytest
from evo_landscapes import begin, guesses, look, place, sphere, trace, walk

from evo.evolve import Search
from evo.pareto import dominates, front, hypervolume
from evo.settings import SearchSettings
from evo.strategies.nsga import FIRST_SHARE, Held, selected

N_GENES = 12
NEAR, FAR = np.full(N_GENES, -0.5), np.full(N_GENES, 1.0)
SPAN = float(np.linalg.norm(FAR - NEAR))


@dataclass(frozen=True, slots=True)
class Seen:
    score: float
    values: tuple[float, ...]


def two_peaks(batch):
    """Be near one place and near another: the front is the straight line between them, no more and no less.

    Whoever is too far from both falls, and has no values; the score is that of the first place.
    """
    rows = np.array(batch.genomes)
    near = np.linalg.norm(rows - NEAR, axis=1).tolist()
    far = np.linalg.norm(rows - FAR, axis=1).tolist()
    return [
        Seen(-a, (-a, -b) if min(a, b) < 0.6 * SPAN else ()) for a, b in zip(near, far, strict=True)
    ]


def chosen(**others):
    return SearchSettings("nsga2", **{"seed": 3, "budget": 4_000, "strict_from": 1.0} | others)


def on_front(made):
    having = [one.values for one in made if one.values]
    return [having[i] for i in front(having)]


def test_it_spreads_out_along_the_known_front():
    found = on_front(guesses(walk(begin(chosen(), N_GENES), two_peaks)))
    # On the line between the two the distances add up to that of the two.
    assert np.median([-a - b for a, b in found]) < 1.1 * SPAN
    shares = sorted(-a / SPAN for a, _ in found)
    assert shares[0] < 0.1
    assert shares[-1] > 0.9
    assert max(np.diff(shares)) < 0.1


def test_it_finds_more_of_the_front_than_the_search_for_one_goal():
    reference = (-2 * SPAN, -2 * SPAN)
    many, one = (
        hypervolume(on_front(guesses(walk(begin(settings, N_GENES), two_peaks))), reference)
        for settings in (chosen(), SearchSettings("cma", seed=3, budget=4_000, strict_from=1.0))
    )
    assert many > 1.1 * one


def test_with_one_goal_it_is_the_default_search_to_the_end():
    made = guesses(walk(begin(chosen(budget=2_000), N_GENES), look(sphere)))
    assert not any(one.parents for one in made)
    assert max(one.score for one in made) > 0.01 * sphere(np.zeros((1, N_GENES)))[0]


def test_it_begins_to_spread_when_its_first_share_is_spent():
    generations = list(walk(begin(chosen(), N_GENES), two_peaks))
    spent = [g.guesses for g in generations if g.phase in ("scout", "deepen")]
    assert max(spent) < FIRST_SHARE * 4_000
    spreading = [g for g in generations if g.phase == "spread"]
    assert FIRST_SHARE * 4_000 <= spreading[0].guesses < FIRST_SHARE * 4_000 + 200
    assert all(one.parents for g in spreading for one in g.individuals)


@pytest.mark.parametrize("saved_every", [1, 7])
def test_saved_and_taken_up_while_it_spreads_it_is_the_unbroken_run(saved_every):
    settings = chosen(budget=1_500, strict_from=0.7)
    search, broken = begin(settings, N_GENES), []
    while not search.done:
        broken.append(search.step(two_peaks))
        if len(broken) % saved_every == 0:
            state = json.loads(json.dumps(search.state()))
            search = Search.restore(state, settings, *place(N_GENES))
    assert trace(broken) == trace(walk(begin(settings, N_GENES), two_peaks))
    assert {"spread", "polish"} <= {generation.phase for generation in broken}


def test_under_the_strict_look_the_whole_population_is_looked_at_again():
    search = begin(chosen(budget=2_000, strict_from=0.8), N_GENES)
    while (generation := search.step(two_peaks)).rigour == 0:
        pool = search.state()["search"]["pool"]
    assert [one.genome for one in generation.individuals] == [tuple(row[3]) for row in pool]
    assert [one.parents for one in generation.individuals] == [(row[0],) for row in pool]
    assert len(search.step(two_peaks).individuals) == 48


def test_rescored_the_population_is_looked_at_again():
    search = begin(chosen(budget=2_000), N_GENES)
    while search.step(two_peaks).phase != "spread":
        pass
    pool = search.state()["search"]["pool"]
    search.turn(rescored=True)
    again = search.step(two_peaks).individuals
    assert [one.genome for one in again] == [tuple(row[3]) for row in pool]


def test_turned_its_changes_are_larger():
    def change(factor):
        search = begin(chosen(budget=2_000), N_GENES)
        while search.step(two_peaks).phase != "spread":
            pass
        before = {row[0]: row[3] for row in search.state()["search"]["pool"]}
        search.turn(factor)
        made = [o for o in search.step(two_peaks).individuals if len(o.parents) == 1]
        away = [np.abs(np.subtract(o.genome, before[o.parents[0]])).max() for o in made]
        return np.quantile(away, 0.1)  # those that were mutated and nothing else

    assert change(8.0) > 4.0 * change(0.125)


def test_whoever_has_values_comes_before_all_who_have_none():
    walker = Held((0.0,), -5.0, 0, (0.0, 0.0))
    faller = Held((1.0,), 99.0, 1, ())
    other = Held((2.0,), 100.0, 2, ())
    assert selected([faller, other, walker], 2) == [walker, other]


def test_the_population_never_holds_one_that_another_of_the_batch_dominates_while_it_leaves_that_out():
    search = begin(chosen(budget=3_000), N_GENES)
    made = guesses(walk(search, two_peaks))
    held = [tuple(row[2]) for row in search.state()["search"]["pool"]]
    best = on_front(made)
    assert len(best) > 20
    assert not any(dominates(one, other) for one in held for other in best)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_values_that_are_no_numbers_count_as_none(bad):
    def spoilt(batch):
        seen = two_peaks(batch)
        return [
            Seen(s.score, (bad, s.values[0])) if i % 2 and s.values else s
            for i, s in enumerate(seen)
        ]

    made = guesses(walk(begin(chosen(budget=1_500), N_GENES), spoilt))
    assert all(np.isfinite(one.values).all() for one in made)
    assert any(one.values for one in made)
