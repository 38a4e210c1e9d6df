from collections import Counter

import numpy as np
import pytest
from evo_landscapes import begin, flat, guesses, look, place, rastrigin, sphere, walk
from threadpoolctl import threadpool_info, threadpool_limits

from evo.chance import numpy_generator
from evo.covariance import Cloud
from evo.evolve import Search
from evo.settings import SearchSettings


def saved(search):
    return search.state()["search"]


def test_starts_are_culled_and_share_the_budget_as_stated():
    chosen = SearchSettings(budget=10_000, patience=1000)
    made = {"scout": [], "deepen": [], "polish": []}
    for generation in walk(begin(chosen, 20), look(rastrigin)):
        made[generation.phase] += generation.individuals
    spent = {phase: Counter(one.start for one in ones) for phase, ones in made.items()}

    assert spent["scout"] == dict.fromkeys(range(8), 600)
    scouted = best_by_start(made["scout"])
    assert spent["deepen"] == dict.fromkeys(sorted(scouted, key=scouted.get)[-2:], 1200)
    deepened = best_by_start(made["scout"] + made["deepen"])
    last = max(spent["deepen"], key=deepened.get)
    assert spent["polish"] == {last: 10_000 - 8 * 600 - 2 * 1200}


def best_by_start(ones):
    return {
        start: max(one.score for one in ones if one.start == start)
        for start in {one.start for one in ones}
    }


@pytest.mark.parametrize(
    ("budget", "starts"), [(1, 1), (1199, 1), (1200, 2), (4799, 7), (4800, 8), (10**6, 8)]
)
def test_there_is_a_start_for_every_six_hundred_guesses_up_to_eight(budget, starts):
    search = begin(SearchSettings(budget=budget), 5)
    assert len(saved(search)["starts"]) == starts


def test_living_starts_advance_in_step():
    generation = begin(SearchSettings(), 5).step(look(sphere))
    assert Counter(one.start for one in generation.individuals) == dict.fromkeys(range(8), 24)


def test_the_first_start_is_where_it_was_told_and_the_others_beside_it():
    start, low, high = place(200)
    start[7] = 1.25
    state = Search(SearchSettings(sigma=0.4), start, low, high).state()["search"]
    middles = np.array([one["cloud"]["mean"] for one in state["starts"]])
    assert middles[0].tolist() == start
    deviations = (middles[1:] - start).std(axis=1)
    assert ((deviations > 0.15) & (deviations < 0.25)).all()


def test_of_equal_starts_the_first_lives_on():
    search = begin(SearchSettings(budget=3000), 5)
    phases = {g.phase: {one.start for one in g.individuals} for g in walk(search, look(flat))}
    assert phases == {"scout": {0, 1, 2, 3, 4}, "deepen": {0, 1}, "polish": {0}}


def test_a_last_batch_cut_short_is_not_learnt_from():
    search = begin(SearchSettings(budget=30), 5)
    search.step(look(sphere))
    before = saved(search)["starts"][0]["cloud"]
    assert len(search.step(look(sphere)).individuals) == 6
    assert search.done
    assert saved(search)["starts"][0]["cloud"] == before


def test_a_start_that_stagnates_begins_anew_at_its_best_with_twice_the_guesses():
    search = begin(SearchSettings(budget=1199, patience=5, sigma=0.4), 5)
    first = search.step(look(sphere))
    peak = first.best.genome

    def downhill(batch):
        """Nothing is ever better than the best of the first generation."""
        return look(lambda rows: -100 - ((rows - 3) ** 2).sum(axis=1))(batch)

    sizes = [len(search.step(downhill).individuals) for _ in range(5)]
    start = saved(search)["starts"][0]
    assert sizes == [24] * 5
    assert start["restarts"] == 1
    assert tuple(start["best_genome"]) == tuple(start["cloud"]["mean"]) == peak
    assert start["cloud"]["sigma"] == 0.2
    assert len(search.step(downhill).individuals) == 48


def test_level_ground_makes_a_start_begin_anew_with_a_bounded_population():
    generations = walk(begin(SearchSettings(budget=1199), 5), look(flat))
    sizes = [len(generation.individuals) for generation in generations]
    assert sizes[:6] == [24, 48, 96, 192, 192, 192]


def learnt(sigma=0.5, covariance=None, scores=None, mean=(0.0, 0.0, 0.0)):
    cloud = Cloud(mean, sigma, 12, numpy_generator(1), covariance)
    genomes = [tuple(row) for row in cloud.sample().tolist()]
    told = sphere(np.array(genomes)).tolist() if scores is None else scores
    return cloud.learn(genomes, told)


def test_a_sound_cloud_goes_on():
    assert learnt() is True


@pytest.mark.parametrize(
    "trouble",
    [
        {"scores": [1.0] * 12},
        {"sigma": 1e-10},
        {"sigma": 1e5},
        {"sigma": 1e200, "scores": list(range(12))},
        {"sigma": 1e-170, "scores": list(range(12))},
        {"covariance": np.diag([1.0, 1.0, 1e-17])},
    ],
    ids=["equal scores", "tiny", "huge", "overflow", "underflow", "a needle"],
)
def test_a_cloud_that_can_learn_no_more_says_so(trouble):
    assert learnt(**trouble) is False


def test_a_cloud_learns_where_the_better_guesses_lie():
    cloud = Cloud((0.0, 0.0, 0.0), 0.5, 12, numpy_generator(1))
    for _ in range(60):
        genomes = [tuple(row) for row in cloud.sample().tolist()]
        assert cloud.learn(genomes, sphere(np.array(genomes)).tolist())
    assert np.allclose(cloud.state()["mean"], (0.7, -0.4, 1.1), atol=1e-2)


def test_no_guess_is_made_twice():
    made = guesses(walk(begin(SearchSettings(budget=2000), 10), look(sphere)))
    assert len({one.genome for one in made}) == 2000


def test_the_linear_algebra_runs_on_one_thread_and_gives_the_others_back(monkeypatch):
    seen = []
    decompose = np.linalg.eigh

    def watched(matrix):
        seen.append(blas_threads())
        return decompose(matrix)

    monkeypatch.setattr(np.linalg, "eigh", watched)
    with threadpool_limits(2, user_api="blas"):
        if blas_threads() != {2}:
            pytest.skip("this numpy's linear algebra does not let its threads be counted")
        assert learnt()
        assert blas_threads() == {2}
    assert seen == [{1}, {1}]


def blas_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}
