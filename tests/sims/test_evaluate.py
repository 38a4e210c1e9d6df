"""How a guess is judged: the worst of its worlds counts, and nobody slips past the harder ones."""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from creatures.assemble import assemble
from creatures.species import load_species
from sims.evaluate import STRICT_PUSHES, Task, Unit, evaluate, look, pushes, worlds
from sims.physics.log import Push
from sims.physics.terrain import Terrain
from sims.physics.trial import TrialSettings, gene_table, run_trial
from sims.score import OBJECTIVES, score

GOLDEN = Path(__file__).parents[1] / "golden" / "tyrannosaurus.json"


@lru_cache
def task() -> Task:
    return Task(assemble(load_species("tyrannosaurus")), TrialSettings(), OBJECTIVES["walk"])


@lru_cache
def genes() -> tuple[float, ...]:
    found = json.loads(GOLDEN.read_text(encoding="utf-8"))["genes"]
    return gene_table(task().skeleton).from_names(found, GOLDEN.name)


def value(settings: TrialSettings, push: Push | None = None) -> float:
    trial = run_trial(task().skeleton, genes(), settings, push)
    return score(trial, task().skeleton, settings, task().objective).value


def test_under_the_strict_look_the_worst_of_worlds_and_pushes_counts():
    base, harder = worlds(task().trial, 1)
    values = [value(base), value(harder), *(value(base, push) for push in pushes(base, 1))]
    found = evaluate(task(), genes(), 1)
    assert found.score == min(values)
    assert found.base_score == values[0] == evaluate(task(), genes()).score


def test_pushes_are_the_same_for_all_and_only_under_the_strict_look():
    assert pushes(task().trial, 0) == ()
    both = pushes(task().trial, 1)
    assert both == pushes(task().trial, 1)
    assert len(both) == len(STRICT_PUSHES)
    assert {push.impulse > 0.0 for push in both} == {True, False}


def falls_late() -> TrialSettings:
    """Returns bumpy ground on which the golden walk falls in the last part of the trial; which that is depends on the
    last bits of the numbers, and so on the platform."""
    for seed in range(100):
        bumpy = replace(task().trial, terrain=Terrain("bumps", size=0.02, seed=seed))
        trial = run_trial(task().skeleton, genes(), bumpy)
        if trial.ended == "fell" and trial.measures.time_up_s > 0.6 * bumpy.seconds:
            return bumpy
    raise AssertionError("it never falls late")


def test_who_falls_late_does_not_slip_past_the_harder_worlds():
    bumpy = falls_late()
    early = Push(0.2 * bumpy.seconds, -2.0)  # falls at once, and far from where it fell before
    found = look(task(), Unit(genes(), (bumpy,), (early,)))
    assert found.base_score == value(bumpy)
    assert found.score == value(bumpy, early) < found.base_score


@pytest.mark.parametrize("rigour", [0, 1])
def test_who_falls_early_is_spared_the_harder_worlds(rigour):
    table = gene_table(task().skeleton)
    falls = table.from_names(dict.fromkeys(table.names, 0.0) | {"leg.knee.offset": 3.0}, "")
    found = evaluate(task(), falls, rigour)
    assert found.ended == "fell"
    assert found.score == found.base_score
