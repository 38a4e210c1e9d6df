import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from evo_landscapes import begin, look, place, rastrigin, sphere, trace, walk

import evo
from evo.evolve import Search, evolve
from evo.settings import SearchSettings
from evo.strategies import STRATEGIES

every_search = pytest.mark.parametrize("name", sorted(STRATEGIES))


def eventful(name, budget=2500):
    """A search that culls, begins anew, joins the best and looks strictly, all in little time."""
    return SearchSettings(strategy=name, seed=3, budget=budget, patience=3, restart_every=5)


def through_json(search):
    return json.loads(json.dumps(search.state()))


@every_search
def test_saved_and_taken_up_after_every_generation_it_is_the_unbroken_run(name):
    chosen = eventful(name)
    search, broken = begin(chosen, 10), []
    while not search.done:
        broken.append(search.step(look(rastrigin)))
        search = Search.restore(through_json(search), chosen, *place(10))
    assert trace(broken) == trace(walk(begin(chosen, 10), look(rastrigin)))


@every_search
def test_taken_up_once_it_runs_on_to_the_same_end(name):
    chosen = eventful(name, budget=1500)
    search, tails = begin(chosen, 10), []
    while not search.done:
        tails.append(trace(evolve(chosen, *place(10), look(rastrigin), through_json(search))))
        search.step(look(rastrigin))
        if len(tails) > 12:
            break
    whole = trace(walk(begin(chosen, 10), look(rastrigin)))
    assert tails == [whole[k:] for k in range(len(tails))]
    assert len(tails) > 10


@every_search
def test_what_is_saved_is_what_was_taken_up(name):
    chosen = eventful(name)
    search = begin(chosen, 10)
    for _ in range(12):
        search.step(look(sphere))
    saved = through_json(search)
    assert through_json(Search.restore(saved, chosen, *place(10))) == saved


GO_ON = """
import json, sys
from evo_landscapes import look, place, rastrigin, trace
from evo.evolve import evolve
from evo.settings import SearchSettings
given = json.load(sys.stdin)
for state, settings in given:
    run = evolve(SearchSettings(**settings), *place(40), look(rastrigin), state)
    print(json.dumps(trace(run)))
"""


def test_another_process_with_other_threads_goes_on_to_the_same_bits():
    given, expected = [], []
    for name in sorted(STRATEGIES):
        settings = {"strategy": name, "seed": 5, "budget": 1400, "patience": 4}
        chosen = SearchSettings(**settings)
        search = begin(chosen, 40)
        for _ in range(4):
            search.step(look(rastrigin))
        given.append((search.state(), settings))
        expected.append(trace(walk(search, look(rastrigin))))
    path = os.pathsep.join(map(str, (Path(evo.__file__).parents[1], Path(__file__).parent)))
    environment = os.environ | {
        "PYTHONPATH": path,
        "PYTHONHASHSEED": "77",
        "OPENBLAS_NUM_THREADS": "2",
    }
    told = subprocess.run(
        [sys.executable, "-c", GO_ON],
        input=json.dumps(given),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [json.loads(line) for line in told.stdout.splitlines()] == expected


@every_search
def test_a_search_is_not_saved_between_asking_and_telling(name):
    search = begin(SearchSettings(strategy=name), 6)

    def saving(batch):
        search.state()
        return look(sphere)(batch)

    with pytest.raises(RuntimeError, match="between generations only"):
        search.step(saving)


@every_search
def test_the_state_of_another_search_is_refused(name):
    other = next(one for one in sorted(STRATEGIES) if one != name)
    state = begin(SearchSettings(strategy=other), 6).state()
    with pytest.raises(ValueError, match="the saved search has strategy"):
        Search.restore(state, SearchSettings(strategy=name), *place(6))


@every_search
def test_the_state_of_a_search_with_other_genes_is_refused(name):
    chosen = SearchSettings(strategy=name)
    with pytest.raises(ValueError, match="has n_genes 6, this one 7"):
        Search.restore(begin(chosen, 6).state(), chosen, *place(7))
