import json

import numpy as np
import pytest
from evo_landscapes import PEAK, begin, guesses, look, place, rastrigin, sphere, trace, walk

from evo.evolve import Search
from evo.settings import SearchSettings
from evo.strategies import STRATEGIES

every_search = pytest.mark.parametrize("name", sorted(STRATEGIES))
N_GENES = 10
AWAY = 1.5
"""How far the other sphere's peak is from the first one's."""
PRAISE = 500.0
"""How much higher every score on the first sphere is than any on the other."""


def eventful(name, budget=2500):
    """A search that culls, begins anew, joins the best and looks strictly, all in little time."""
    return SearchSettings(strategy=name, seed=3, budget=budget, patience=3, restart_every=5)


def through_json(search):
    return json.loads(json.dumps(search.state()))


def praised(rows):
    return sphere(rows) + PRAISE


def moved(rows):
    return sphere(rows + AWAY)


def stepped(name, generations, budget=6_000, landscape=sphere):
    search = begin(SearchSettings(strategy=name, budget=budget, strict_from=1.0), N_GENES)
    for _ in range(generations):
        search.step(look(landscape))
    return search


@every_search
@pytest.mark.parametrize("spread", [0.1, 0.5, 2.0, 10.0])
@pytest.mark.parametrize("rescored", [False, True])
def test_it_finds_the_peak_after_a_turn(name, spread, rescored):
    search = stepped(name, 5)
    search.turn(spread, rescored)
    best = max(one.score for one in guesses(walk(search, look(sphere))))
    assert best > 0.02 * sphere(np.zeros((1, N_GENES)))[0]


@every_search
@pytest.mark.parametrize("spread", [0.25, 4.0])
def test_the_spread_is_that_of_the_next_guesses(name, spread):
    def changes(factor):
        search = stepped(name, 3)
        before = {one.number: one.genome for one in guesses([search.step(look(sphere))])}
        search.turn(factor)
        made = search.step(look(sphere)).individuals
        if name in ("cma", "nsga2"):  # no parents: the width of each cloud
            starts = {one.start for one in made}
            clouds = [[one.genome for one in made if one.start == k] for k in starts]
            return np.mean([np.std(cloud, axis=0) for cloud in clouds])
        pairs = [(one.genome, before.get(one.parents[0])) for one in made if len(one.parents) == 1]
        return np.mean([np.abs(np.subtract(*pair)).sum() for pair in pairs if pair[1] is not None])

    assert changes(spread) == pytest.approx(spread * changes(1.0), rel=0.5)


@every_search
def test_a_turn_by_nothing_changes_nothing(name):
    search = begin(eventful(name), N_GENES)
    search.step(look(rastrigin))
    search.turn()
    search.turn(spread=1.0, rescored=False)
    rest = trace(walk(search, look(rastrigin)))
    assert rest == trace(walk(begin(eventful(name), N_GENES), look(rastrigin)))[1:]


@every_search
@pytest.mark.parametrize("turned_at", [0, 1, 4, 9])
def test_turned_then_saved_after_every_generation_it_is_the_unbroken_run(name, turned_at):
    chosen = eventful(name)

    def run(saving):
        search = begin(chosen, N_GENES)
        while not search.done:
            if search.generation == turned_at:
                search.turn(1.7, rescored=True)
            if saving:
                search = Search.restore(through_json(search), chosen, *place(N_GENES))
            yield search.step(look(rastrigin))

    assert trace(run(saving=True)) == trace(run(saving=False))


@every_search
def test_what_is_saved_after_a_turn_is_what_was_taken_up(name):
    search = begin(eventful(name), N_GENES)
    for _ in range(4):
        search.step(look(sphere))
    search.turn(0.6, rescored=True)
    saved = through_json(search)
    again = Search.restore(saved, eventful(name), *place(N_GENES))
    assert through_json(again) == saved
    assert saved != through_json(stepped(name, 4))


def without(document, names):
    if isinstance(document, dict):
        return {k: without(v, names) for k, v in document.items() if k not in names}
    return [without(one, names) for one in document] if isinstance(document, list) else document


@every_search
def test_what_was_saved_before_there_were_turns_goes_on_as_if_none_was_made(name):
    chosen = eventful(name)
    search = begin(chosen, N_GENES)
    for _ in range(4):
        search.step(look(rastrigin))
    old = without(through_json(search), ("spread", "owed"))
    assert old != through_json(search)
    goes_on = walk(Search.restore(old, chosen, *place(N_GENES)), look(rastrigin))
    assert trace(goes_on) == trace(walk(search, look(rastrigin)))


@every_search
@pytest.mark.parametrize("generations", [4, 30])
def test_rescored_it_does_not_cling_to_scores_of_before(name, generations):
    search = stepped(name, generations, landscape=praised)
    search.turn(2.0, rescored=True)
    made = guesses(walk(search, look(moved)))
    best = max(made, key=lambda one: one.score)
    start = moved(np.array([np.resize(PEAK, N_GENES)]))[0]
    assert best.score > 0.05 * start
    # The end of the run is where the new peak is, not where the old praise was.
    late = np.mean([one.genome for one in made[-48:]], axis=0)
    assert np.linalg.norm(late + AWAY - np.resize(PEAK, N_GENES)) < 0.5 * np.linalg.norm(
        late - np.resize(PEAK, N_GENES)
    )


@every_search
def test_rescored_on_the_same_ground_it_loses_little(name):
    search = stepped(name, 20)
    before = max(one.score for one in search.step(look(sphere)).individuals)
    search.turn(rescored=True)
    after = max(one.score for one in guesses(walk(search, look(sphere))))
    assert after >= before


def test_a_start_that_waited_for_the_others_is_looked_at_again():
    chosen = SearchSettings(budget=6_000, strict_from=1.0, patience=2)
    search = begin(chosen, N_GENES)
    waiting = set()
    while not waiting:  # until some start has had its share and others have not
        made = search.step(look(rastrigin))
        waiting = set(range(8)) - {one.start for one in made.individuals}
        assert made.phase == "scout"
    search.turn(rescored=True)
    made = search.step(look(rastrigin))
    assert waiting <= {one.start for one in made.individuals}


@every_search
def test_many_turns_one_way_stay_within_bounds(name):
    for spread in (10.0, 0.1):
        search = stepped(name, 2)
        for _ in range(400):
            search.turn(spread)
        rows = np.array([one.genome for one in search.step(look(sphere)).individuals])
        assert np.isfinite(rows).all()
        assert len({tuple(row) for row in rows}) > 2
        assert len(guesses(walk(search, look(sphere)))) > 5_000


@every_search
@pytest.mark.parametrize("spread", [0.0, -1.0, float("nan"), float("inf")])
def test_a_spread_that_is_none_is_refused(name, spread):
    with pytest.raises(ValueError, match="spread must be a number above 0"):
        stepped(name, 1).turn(spread)


@every_search
def test_a_search_is_not_turned_between_asking_and_telling(name):
    search = stepped(name, 1)

    def turning(_batch):
        search.turn(2.0)

    with pytest.raises(RuntimeError, match="turned between generations only"):
        search.step(turning)
