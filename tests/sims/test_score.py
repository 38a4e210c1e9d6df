"""What is good: terms, weights, and who comes before whom."""

import json
import math
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.assemble import assemble
from creatures.skeleton import Skeleton
from creatures.species import load_species, species_names
from sims.physics.measure import Measures
from sims.physics.trial import Trial, TrialSettings, gene_table, run_trial
from sims.score import OBJECTIVES, TERMS, Score, score

LAW = settings(deadline=None)
EVERY_OBJECTIVE = pytest.mark.parametrize("objective", OBJECTIVES)
TRIAL = TrialSettings()
COSTS = ("impact", "load", "limits", "energy", "rocking", "limping", "bones")


@lru_cache
def trex() -> Skeleton:
    return assemble(load_species("tyrannosaurus"))


@lru_cache
def tried(kind: str) -> Trial:
    """A real walker, one that stands until it is told that it stalled, and one that sits down at once."""
    table = gene_table(trex())
    file = Path(__file__).parents[1] / "golden" / "tyrannosaurus.json"
    genes = {
        "walker": json.loads(file.read_text(encoding="utf-8"))["genes"],
        "stander": dict.fromkeys(table.names, 0.0),
        "faller": dict.fromkeys(table.names, 0.0) | {"leg.knee.offset": 3.0},
    }
    return run_trial(trex(), table.from_names(genes[kind], file.name), TRIAL)


def scored(trial: Trial, objective: str = "walk") -> Score:
    return score(trial, trex(), TRIAL, OBJECTIVES[objective])


def walker_with(**changes: float) -> Trial:
    walker = tried("walker")
    return replace(walker, measures=replace(walker.measures, **changes))


def ideal() -> Trial:
    """The walker, had it walked without cost."""
    return walker_with(
        **dict.fromkeys(("peak_ground_force_bw", "strain_bw", "limit_torque"), 0.0),
        **dict.fromkeys(("cost_of_transport", "pitch_rad", "metabolic_j"), 0.0),
        peak_bone_stress_mpa=0.0,
        alternation=0.5,
    )


def cut_short(share: float) -> Trial:
    """The walker, had it walked just so and fallen after a share of the time."""
    measures = tried("walker").measures
    shorter: dict[str, float] = {
        "time_up_s": share * TRIAL.seconds,
        "distance_m": share * measures.distance_m,
        "hip_heights": share * measures.hip_heights,
    }
    return walker_with(**shorter)


@EVERY_OBJECTIVE
def test_every_objective_weighs_every_term(objective):
    weights = OBJECTIVES[objective].weights
    assert set(weights) == set(TERMS)
    assert all(math.isfinite(weight) for weight in weights.values())
    assert weights["upright"] > 0.0
    assert weights["distance"] >= 0.0
    assert weights["range"] >= 0.0
    assert weights["distance"] + weights["range"] > 0.0
    assert all(weights[cost] <= 0.0 for cost in COSTS)
    assert all(weights[cost] < 0.0 for cost in ("impact", "load", "limits", "rocking", "limping"))
    assert OBJECTIVES[objective].name == objective
    assert OBJECTIVES[objective].words


def test_every_term_is_a_gain_or_a_cost():
    assert set(TERMS) == {"upright", "distance", "range", *COSTS}


@EVERY_OBJECTIVE
@pytest.mark.parametrize("kind", ["walker", "stander", "faller"])
def test_the_score_is_the_sum_of_its_terms_times_their_weights(objective, kind):
    found = scored(tried(kind), objective)
    weights = OBJECTIVES[objective].weights
    assert list(found.terms) == list(TERMS)
    assert found.value == pytest.approx(sum(weights[t] * v for t, v in found.terms.items()))


@EVERY_OBJECTIVE
def test_a_walker_comes_before_a_stander_and_a_stander_before_one_that_falls_at_once(objective):
    walker, stander, faller = (tried(kind) for kind in ("walker", "stander", "faller"))
    assert (walker.ended, stander.ended, faller.ended) == ("finished", "stalled", "fell")
    values = [scored(trial, objective).value for trial in (walker, stander, faller)]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[1] + 1.0


@pytest.mark.parametrize("name", species_names())
@pytest.mark.parametrize("seed", range(3))
def test_terms_of_any_genome_are_numbers(name, seed):
    skeleton = assemble(load_species(name))
    genome = np.random.default_rng(seed).uniform(-3.0, 3.0, len(gene_table(skeleton)))
    short = TrialSettings(seconds=1.0)
    trial = run_trial(skeleton, tuple(genome), short)
    for objective in OBJECTIVES.values():
        found = score(trial, skeleton, short, objective)
        assert math.isfinite(found.value)
        assert all(math.isfinite(value) for value in found.terms.values())
        assert 0.0 <= found.terms["upright"] <= 1.0
        assert all(0.0 <= found.terms[cost] <= 6.0 for cost in COSTS)


@EVERY_OBJECTIVE
def test_a_dive_is_worth_next_to_nothing(objective):
    dive = walker_with(
        time_up_s=0.05 * TRIAL.seconds,
        distance_m=1.5 * trex().hip_height,
        hip_heights=1.5,
        alternation=0.0,
    )
    assert scored(dive, objective).value < 0.05 * scored(ideal(), objective).value
    assert scored(dive).terms["distance"] < 0.01


@EVERY_OBJECTIVE
def test_a_good_walker_gains_nothing_by_falling_early(objective):
    values = [scored(cut_short(share), objective).value for share in (0.1, 0.3, 0.5, 0.7, 0.9, 1.0)]
    assert values == sorted(values)


@pytest.mark.parametrize("term", TERMS)
def test_every_term_grows_with_the_time_it_was_up(term):
    early, late = scored(cut_short(0.4)), scored(cut_short(0.8))
    assert 0.0 <= early.terms[term] <= late.terms[term]


@pytest.mark.parametrize(
    ("term", "change"),
    [
        ("impact", {"peak_ground_force_bw": 4.0}),
        ("load", {"strain_bw": 5.0}),
        ("limits", {"limit_torque": 1.0}),
        ("energy", {"cost_of_transport": 50.0}),
        ("rocking", {"pitch_rad": 0.9}),
        ("limping", {"alternation": 0.9}),
        ("bones", {"peak_bone_stress_mpa": 190.0}),
    ],
)
def test_a_worse_walk_costs_more_and_only_in_its_term(term, change):
    good, worse = scored(tried("walker"), "gentle"), scored(walker_with(**change), "gentle")
    assert worse.value < good.value
    assert [t for t in TERMS if worse.terms[t] != good.terms[t]] == [term]


def test_going_further_is_better_and_going_backwards_worse_than_standing():
    forward = scored(walker_with(distance_m=40.0)).value
    assert forward > scored(walker_with(distance_m=20.0)).value
    assert scored(walker_with(distance_m=-20.0)).terms["distance"] < 0.0


def test_distance_is_in_hip_heights_per_unit_of_time():
    skeleton = trex()
    units = TRIAL.seconds / skeleton.time_unit
    one = walker_with(distance_m=units * skeleton.hip_height)
    assert scored(one).terms["distance"] == pytest.approx(1.0)


def test_an_impact_no_harder_than_walking_is_free():
    assert scored(walker_with(peak_ground_force_bw=1.39)).terms["impact"] == 0.0
    assert scored(walker_with(peak_ground_force_bw=1.5)).terms["impact"] == pytest.approx(0.1)


def test_bones_that_are_far_from_breaking_cost_nothing():
    assert scored(walker_with(peak_bone_stress_mpa=50.0)).terms["bones"] == 0.0
    assert scored(walker_with(peak_bone_stress_mpa=100.0)).terms["bones"] == pytest.approx(0.25)


def test_on_a_tank_of_energy_half_the_cost_goes_twice_as_far_but_no_further_than_it_got():
    joules = tried("walker").measures.metabolic_j
    here, cheap = scored(tried("walker")), scored(walker_with(metabolic_j=joules / 2))
    assert cheap.terms["range"] == pytest.approx(2.0 * here.terms["range"])
    free = scored(walker_with(metabolic_j=0.0))
    assert free.terms["range"] == free.terms["distance"]


@pytest.mark.parametrize("alternation", [0.0, 1.0])
def test_a_hop_limps_most_and_an_even_walk_not_at_all(alternation):
    assert scored(walker_with(alternation=alternation)).terms["limping"] == pytest.approx(1.0)
    assert scored(walker_with(alternation=0.5)).terms["limping"] == 0.0


@LAW
@given(st.floats(0.0, 1e12), st.floats(0.0, 20.0), st.sampled_from(sorted(OBJECTIVES)))
def test_a_catastrophe_counts_no_more_than_a_disaster(huge, seconds, objective):
    names = {
        "peak_ground_force_bw",
        "strain_bw",
        "limit_torque",
        "cost_of_transport",
        "pitch_rad",
        "peak_bone_stress_mpa",
        "metabolic_j",
    }
    assert names <= set(Measures.__slots__)
    found = scored(walker_with(**dict.fromkeys(names, huge), time_up_s=seconds), objective)
    assert math.isfinite(found.value)
    assert all(0.0 <= found.terms[cost] <= 6.0 for cost in COSTS)
    assert 0.0 <= found.terms["upright"] <= 1.0
