from dataclasses import replace

import pytest
import sims_small as small

from sims.evaluate import (
    STRICT_ITERATIONS,
    STRICT_MASS,
    STRICT_STEP,
    Unit,
    evaluate,
    look,
    pushes,
    worlds,
)
from sims.gate import ENOUGH, EXPLOITS, GATE_WORLDS, Gate, gate_units, judge
from sims.physics.terrain import KINDS, Terrain
from sims.physics.trial import TrialSettings

GROUNDS = [Terrain(kind, 0.0 if kind == "flat" else 0.01) for kind in KINDS]
every_ground = pytest.mark.parametrize("terrain", GROUNDS, ids=lambda terrain: terrain.kind)


def judged(base_score, *scores):
    nothing = evaluate(small.configuration().task(), ())
    return judge(base_score, [replace(nothing, score=score) for score in scores])


@every_ground
def test_no_world_of_the_gate_is_one_that_guesses_are_scored_in(terrain):
    base = TrialSettings(terrain=terrain)
    gate = {unit.worlds[0] for unit in gate_units((), base)}
    assert len(gate) == len(GATE_WORLDS) == 5
    assert not gate & set(worlds(base, rigour=1))


@every_ground
def test_the_strict_look_is_at_the_base_world_and_a_harder_one(terrain):
    base = TrialSettings(terrain=terrain)
    first, second = worlds(base, rigour=1)
    assert worlds(base, rigour=0) == (first,) == (base,)
    assert second.mass_scale == STRICT_MASS
    assert second.step_scale == STRICT_STEP
    assert second.iterations >= STRICT_ITERATIONS > base.iterations


def test_the_strict_score_is_the_worse_one_and_the_rest_is_of_the_base_world():
    chosen = small.configuration()
    for genome in (chosen.table().start, chosen.table().zeros):
        quick, strict = (evaluate(chosen.task(), genome, rigour) for rigour in (0, 1))
        other = look(
            chosen.task(),
            Unit(genome, worlds(chosen.trial, 1)[1:], ()),
        )
        pushed = look(chosen.task(), Unit(genome, (chosen.trial,), pushes(chosen.trial, 1)))
        assert strict.score == min(quick.score, other.score, pushed.score)
        assert replace(strict, score=quick.score) == quick


def test_robust_is_the_smallest_share_kept():
    gate = judged(20.0, 19.0, 16.0, 20.0, 25.0, 18.0)
    assert gate.kept == dict(zip(GATE_WORLDS, (0.95, 0.8, 1.0, 1.0, 0.9), strict=True))
    assert gate.robust == 0.8
    assert gate.passes
    assert gate.label == ""


def test_one_that_loses_more_exploits_the_physics():
    gate = judged(20.0, 20.0, 20.0, 15.9, 20.0, -4.0)
    assert gate.robust == 0.0
    assert not gate.passes
    assert gate.label == EXPLOITS
    assert not Gate(ENOUGH - 1e-9, {}).passes


@pytest.mark.parametrize("base_score", [0.0, -3.0])
def test_who_has_nothing_keeps_nothing(base_score):
    assert judged(base_score, 1.0, 1.0, 1.0, 1.0, 1.0).robust == 0.0
