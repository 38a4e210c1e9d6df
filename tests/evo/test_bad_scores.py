import math

import numpy as np
import pytest
from evo_landscapes import Seen, begin, flat, guesses, look, rastrigin, sphere, walk

from evo.population import WORST, finite_score
from evo.settings import SearchSettings
from evo.strategies import STRATEGIES

every_search = pytest.mark.parametrize("name", sorted(STRATEGIES))
bad_score = pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf], ids=str)


def spoilt(bad):
    """A sphere on which a third of the guesses, some of the best among them, have no score."""

    def evaluate(batch):
        seen = look(sphere)(batch)
        return [Seen(bad) if i % 3 == 0 else one for i, one in enumerate(seen)]

    return evaluate


def told(search):
    """All the numbers a saved search holds."""
    waiting, numbers = [search.state()], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, float):
            numbers.append(one)
    return np.array(numbers)


@every_search
@bad_score
def test_a_score_that_is_no_number_never_wins(name, bad):
    search = begin(SearchSettings(strategy=name, budget=1500), 10)
    generations = list(walk(search, spoilt(bad)))
    assert all(math.isfinite(generation.best.outcome.score) for generation in generations)
    lost = [one for one in guesses(generations) if not math.isfinite(one.outcome.score)]
    assert len(lost) > 400
    assert {one.score for one in lost} == {WORST}
    assert np.isfinite(told(search)).all()


@every_search
@bad_score
def test_it_improves_although_a_third_of_the_scores_are_missing(name, bad):
    chosen = SearchSettings(strategy=name, budget=1500, strict_from=1.0)
    made = guesses(walk(begin(chosen, 10), spoilt(bad)))
    at_start = sphere(np.zeros((1, 10)))[0]
    assert max(one.score for one in made) > 0.2 * at_start


@every_search
@bad_score
def test_it_survives_having_no_score_at_all(name, bad):
    search = begin(SearchSettings(strategy=name, budget=1300), 6)
    made = guesses(walk(search, lambda batch: [Seen(bad)] * len(batch)))
    assert len(made) == 1300
    assert {one.score for one in made} == {WORST}
    assert np.isfinite([one.genome for one in made]).all()


@every_search
def test_it_survives_level_ground(name):
    made = guesses(walk(begin(SearchSettings(strategy=name, budget=1300), 6), look(flat)))
    assert len(made) == 1300
    assert np.isfinite([one.genome for one in made]).all()


@every_search
@pytest.mark.parametrize("scale", [1e-200, 1e6])
def test_it_survives_scores_of_any_size(name, scale):
    def stretched(rows):
        return np.maximum(rastrigin(rows) * scale, -1e12)

    made = guesses(walk(begin(SearchSettings(strategy=name, budget=1300), 6), look(stretched)))
    assert len(made) == 1300
    assert np.isfinite([one.genome for one in made]).all()


@every_search
def test_it_survives_a_single_gene(name):
    made = guesses(walk(begin(SearchSettings(strategy=name, budget=2000), 1), look(sphere)))
    assert min(abs(one.genome[0] - 0.7) for one in made) < 1e-2


@pytest.mark.parametrize(
    ("score", "kept"),
    [
        (1.5, 1.5),
        (WORST, WORST),
        (-1e300, WORST),
        (math.nan, WORST),
        (math.inf, WORST),
        (-math.inf, WORST),
    ],
)
def test_a_score_is_made_finite_and_none_is_below_the_worst(score, kept):
    assert finite_score(score) == kept
