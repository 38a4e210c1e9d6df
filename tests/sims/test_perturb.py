"""A walk put to the test: what is changed, what is drawn, what came of it, and how it is told."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import sims_small as small

from creatures.assemble import assemble
from creatures.species import load_species, species_names
from sims.cli import app
from sims.cli import perturb as command
from sims.evaluate import Task, evaluate
from sims.gate import BUMPS, GATE_WORLDS
from sims.genomes.record import Genome, write_genome
from sims.physics.terrain import FLAT, STEEPER, Terrain
from sims.physics.terrain import KINDS as GROUNDS
from sims.physics.trial import TrialSettings, gene_table, run_trial
from sims.score import OBJECTIVES
from sims.study.kinds import KINDS, MIDDLE, Walk
from sims.study.outcome import SOMEWHERE, Attempt, Outcome
from sims.study.perturb import perturb, possible
from sims.study.said import figure, outcome_sentence, perturbed_sentences

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "tyrannosaurus.json"
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
SECONDS = 3.0


@lru_cache
def walker(seconds: float = SECONDS, terrain: Terrain = FLAT) -> Genome:
    """A T. rex that evolved, in a trial shorter than its own."""
    species = load_species("tyrannosaurus")
    genes = gene_table(assemble(species)).from_names(
        json.loads(GOLDEN.read_text(encoding="utf-8"))["genes"], GOLDEN.name
    )
    return saved(species, genes, TrialSettings(seconds=seconds, terrain=terrain))


def saved(species, genes, trial: TrialSettings) -> Genome:
    task = Task(assemble(species), trial, OBJECTIVES["walk"])
    found = evaluate(task, genes)
    return replace(
        small.a_genome(),
        species=species,
        genes=genes,
        trial=trial,
        score=found.score,
        terms=found.terms,
        measures=found.measures,
        ended=found.ended,
        why=found.why,
        digest=found.digest,
        checks=found.checks,
        recording=None,
    )


@lru_cache
def tried(kinds: tuple[str, ...] = tuple(KINDS), times: int = 6, seed: int = 1, workers: int = 2):
    return perturb(walker(), kinds, times, seed, workers=workers)


@lru_cache
def walk(terrain: Terrain = FLAT) -> Walk:
    genome = walker(terrain=terrain)
    return Walk(genome.skeleton(), genome.genes, genome.trial, SECONDS)


def attempt(strength: float, ended: str = "finished", why: str = "", distance: float = 1.0):
    return Attempt(strength, None, distance, 1.0, ended, why)


def outcome(*attempts: Attempt, kind: str = "push") -> Outcome:
    return Outcome(KINDS[kind], -1.0 if KINDS[kind].least else 0.0, 1.0, attempts)


# What is changed.


def test_the_command_knows_every_kind():
    assert tuple(KINDS) == command.KINDS


def test_every_kind_has_chance_of_its_own():
    assert len({kind.stream for kind in KINDS.values()}) == len(KINDS)


def test_a_push_comes_in_the_middle_of_the_walk_and_changes_nothing_else():
    worlds = [KINDS["push"].change(walk(), 0.1, chance) for chance in (0.0, 0.5, 1.0)]
    assert {world.settings for world in worlds} == {walk().settings}
    moments = [world.push.start_s / SECONDS for world in worlds]
    assert moments == pytest.approx([MIDDLE[0], 0.5, MIDDLE[1]])
    assert {world.push.impulse for world in worlds} == {0.1}


def test_a_tilt_is_a_slope_of_so_many_degrees_and_adds_to_one_that_is_there():
    ground = KINDS["tilt"].change(walk(), 3.0, 0.5).settings.terrain
    assert (ground.kind, ground.size) == ("slope", pytest.approx(np.tan(np.radians(3.0))))
    hill = walk(Terrain("slope", size=float(np.tan(np.radians(2.0)))))
    steeper = KINDS["tilt"].change(hill, 3.0, 0.5).settings.terrain
    assert steeper.size == pytest.approx(np.tan(np.radians(5.0)))


def test_a_change_of_mass_is_a_share_of_the_mass_that_it_had():
    heavy = replace(walk(), settings=replace(walk().settings, mass_scale=1.2))
    assert KINDS["mass"].change(heavy, 10.0, 0.5).settings.mass_scale == pytest.approx(1.32)


@pytest.mark.parametrize("kind", ["bumps", "steps"])
def test_bumps_on_rough_ground_are_the_same_ground_laid_anew_and_higher(kind):
    rough = Terrain(kind, size=0.01, spacing=0.7, seed=5)
    new = KINDS["bumps"].change(walk(rough), 0.02, 0.25).settings.terrain
    assert (new.kind, new.spacing) == (kind, 0.7)
    assert new.size == pytest.approx(0.03)
    assert new.seed != rough.seed


def test_the_gate_still_lays_rough_ground_anew_as_it_always_did():
    change = GATE_WORLDS["small bumps"]
    rough = Terrain("bumps", size=0.02, spacing=0.7, seed=5)
    assert change(TrialSettings(terrain=rough)).terrain == replace(rough, seed=5 + BUMPS.seed)
    slope = change(TrialSettings(terrain=Terrain("slope", size=0.1))).terrain
    assert (slope.kind, slope.size) == ("slope", 0.1 * STEEPER)


@pytest.mark.parametrize("ground", GROUNDS)
def test_only_what_a_ground_can_bear_is_possible_on_it(ground):
    terrain = Terrain(ground, 0.0 if ground == "flat" else 0.01)
    genome = replace(walker(), trial=replace(walker().trial, terrain=terrain))
    names = possible(genome)
    assert {"push", "mass"} <= set(names)
    for name in names:
        changed = KINDS[name].change(walk(terrain), 0.03, 0.5)
        assert (changed.settings, changed.push) != (genome.trial, None)


# What is drawn, and that nothing but the seed moves it.


@EVERY_KIND
def test_strengths_are_spread_evenly_over_the_stated_range(kind):
    found = tried((kind,)).outcomes[0]
    edges = np.linspace(found.low, found.high, len(found.attempts) + 1)
    strengths = [one.strength for one in found.attempts]
    assert np.all((edges[:-1] <= strengths) & (strengths <= edges[1:]))
    assert found.low == (-found.high if KINDS[kind].ways[0] else 0.0)


def test_strengths_are_in_units_that_people_read():
    skeleton = walker().skeleton()
    ends = {found.kind.name: found.high for found in tried().outcomes}
    assert ends["push"] == pytest.approx(0.25 * np.sqrt(9.81 * skeleton.hip_height))
    assert ends["bumps"] == pytest.approx(3.0 * skeleton.hip_height)
    assert (ends["tilt"], ends["mass"]) == (4.0, 15.0)


def test_a_greater_strength_widens_every_range_alike():
    strong = perturb(walker(), ("push", "mass"), 1, 1, strength=2.0)
    for one in strong.outcomes:
        assert one.high == pytest.approx(2.0 * outcome_of(one.kind.name).high)


def outcome_of(name: str) -> Outcome:
    return next(one for one in tried().outcomes if one.kind.name == name)


def test_the_same_seed_gives_the_same_table_to_the_bit_whatever_the_number_of_workers():
    assert tried(workers=1) == tried(workers=2) == tried(workers=5)


def test_another_seed_gives_another_table():
    assert tried(seed=2).outcomes != tried().outcomes


@EVERY_KIND
def test_a_kind_alone_comes_out_as_it_does_among_others(kind):
    assert tried((kind,)).outcomes == (outcome_of(kind),)


def test_the_order_in_which_kinds_are_asked_for_and_asking_twice_change_nothing():
    assert tried(("bumps", "push", "bumps")).outcomes == tried(("push", "bumps")).outcomes


def test_what_was_tried_can_be_tried_again_alone():
    found = outcome_of("mass").attempts[0]
    world = KINDS["mass"].change(walk(), found.strength, 0.0)
    again = run_trial(walk().skeleton, walk().genes, world.settings)
    assert again.measures.distance_m == pytest.approx(found.distance_m, rel=1e-6)


def test_the_undisturbed_walk_is_the_one_in_the_file():
    found = tried()
    assert found.undisturbed.distance_m == walker().measures["distance_m"]
    assert found.is_as_saved
    other = perturb(replace(walker(), digest="0" * 64), ("push",), 1, 1)
    assert not other.is_as_saved


@pytest.mark.parametrize("name", species_names())
def test_every_species_can_be_put_to_the_test(name):
    species = load_species(name)
    genes = gene_table(assemble(species)).zeros
    genome = saved(species, genes, TrialSettings(seconds=0.5, may_stall=True))
    found = perturb(genome, tuple(KINDS), 2, 1, workers=2)
    assert found.attempts == 2 * len(KINDS)
    assert 0 < found.kept <= found.attempts  # who stands bears at least something for half a second


def test_who_listens_hears_of_every_trial_once():
    heard: list[int] = []
    perturb(walker(), ("push", "mass"), 3, 1, workers=2, told=heard.append)
    assert heard == [1, 2, 3, 4, 5, 6]


def test_an_interrupted_test_begins_no_more_trials(monkeypatch):
    begun: list[object] = []

    def counted(*arguments):
        begun.append(arguments)
        return run_trial(*arguments)

    def enough(_done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sims.study.perturb.run_trial", counted)
    with pytest.raises(KeyboardInterrupt):
        perturb(walker(), ("push",), 500, 1, workers=2, told=enough)
    assert 2 <= len(begun) < 100


# What came of it.


def test_it_holds_up_to_the_strongest_with_no_fall_below_it_on_either_way():
    found = outcome(
        *(attempt(-0.9), attempt(-0.4, "fell"), attempt(-0.2), attempt(-0.1)),
        *(attempt(0.1), attempt(0.5), attempt(0.6, "stalled"), attempt(0.8)),
    )
    assert (found.holds(-1), found.fails(-1)) == (-0.2, -0.4)
    assert (found.holds(1), found.fails(1)) == (0.5, 0.6)
    assert found.kept == 6


def test_one_that_bears_all_has_no_strength_at_which_it_fails():
    found = outcome(attempt(-0.5), attempt(0.5))
    assert (found.holds(1), found.fails(1), found.cause) == (0.5, None, "")
    assert outcome_sentence(found).endswith("it kept going in 2 of 2: nothing stopped it.")


def test_one_that_bears_nothing_holds_nowhere():
    found = outcome(attempt(-0.5, "fell", "its head touched the ground"), attempt(0.5))
    assert (found.holds(-1), found.fails(-1)) == (None, -0.5)
    said = outcome_sentence(found)
    assert "up to 0.50 m/s forwards nothing stopped it" in said
    assert "the weakest, 0.50 m/s backwards, was too much" in said
    assert said.endswith("Once its head touched the ground.")


def test_the_cause_is_what_stopped_most_of_them_and_of_equals_the_weakest():
    falls = [attempt(0.9, "fell", "a"), attempt(0.8, "fell", "b"), attempt(0.7, "fell", "b")]
    assert outcome(*falls).cause == "b"
    assert outcome(*falls[:2]).cause == "b"


def test_median_and_worst_are_those_of_all_trials():
    found = outcome(*(attempt(0.1, distance=metres) for metres in (4.0, 1.0, 3.0, -2.0)))
    assert (found.median_m, found.worst_m) == (2.0, -2.0)


def test_bumps_have_no_way():
    said = outcome_sentence(outcome(attempt(0.2), attempt(0.4, "fell", "it fell"), kind="bumps"))
    assert said.startswith("On bumps of up to 1 cm it kept going in 1 of 2: up to 0.2 cm nothing")


def test_a_share_of_a_walk_that_leads_nowhere_is_none():
    least = SOMEWHERE * walker().skeleton().hip_height
    for distance in (-0.1, 0.0, 0.99 * least):
        found = replace(tried(), undisturbed=attempt(0.0, distance=distance))
        assert found.share(3.0) is None
    assert tried().share(tried().undisturbed.distance_m) == 1.0


def test_of_a_walk_that_falls_by_itself_that_is_said_first():
    alone = attempt(0.0, "fell", "its head touched the ground")
    said = perturbed_sentences(replace(tried(), undisturbed=alone))
    assert "and then its head touched the ground: there is little to disturb" in said[0]
    assert len(said) == 2 + len(KINDS)


def test_which_kind_stopped_it_most_is_said_only_where_one_did():
    pushes = outcome(attempt(-0.5, "fell", "it fell"), attempt(0.5))
    bumps = outcome(attempt(0.2), attempt(0.4), kind="bumps")
    said = perturbed_sentences(replace(tried(), outcomes=(pushes, bumps)))[-1]
    assert said.endswith("in 3 of 4 changed worlds; in the fewest with pushes, 1 of 2.")
    said = perturbed_sentences(replace(tried(), outcomes=(pushes, replace(pushes))))[-1]
    assert said.endswith("in 2 of 4 changed worlds.")


def test_numbers_have_a_minus_sign_and_nothing_has_none():
    assert [figure(value, 1, "+") for value in (-0.04, 0.04, -0.06, 1234.56)] == [
        *("0.0", "0.0", "−0.1", "+1,234.6")
    ]


# How it is told.


@pytest.fixture
def type_(tmp_path, monkeypatch, capsys):
    """Returns a function that types a command in an empty folder and returns (code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str):
        code = app.run(arguments)
        return code, *capsys.readouterr()

    return typed


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("walkers") / "rex.json"
    write_genome(path, walker())
    return str(path)


def test_the_table_has_a_row_and_a_sentence_for_every_kind(file, type_):
    code, out, err = type_("perturb", file, "--times", "2", "--quiet")
    assert (code, err) == (0, "")
    rows = out.splitlines()[1 : 1 + len(KINDS)]
    assert [row.split()[0] for row in rows] == list(KINDS)
    assert all(" of 2 " in row for row in rows)
    assert out.count(" it kept going in ") == len(KINDS) + 1


def test_a_log_is_told_how_many_are_done(file, type_):
    _, _, err = type_("perturb", file, "--times", "2", "--kind", "mass")
    assert err.splitlines()[-1].endswith("  2 of 2 trials")


def test_json_has_every_single_trial(file, type_):
    code, out, _ = type_("perturb", file, "--times", "3", "--seed", "4", "--json", "--quiet")
    found = json.loads(out)
    assert (code, found["seed"], found["times"]) == (0, 4, 3)
    assert list(found["kinds"]) == list(KINDS)
    for name, kind in found["kinds"].items():
        assert len(kind["trials"]) == kind["of"] == 3
        assert kind["kept"] == sum(one["ended"] == "finished" for one in kind["trials"])
        for one in kind["trials"]:
            assert (one["kind"], one["unit"]) == (name, KINDS[name].unit)
            assert {"strength", "distance_m", "time_up_s", "ended", "why"} <= set(one)
            assert (one["moment_s"] is not None) == (name == "push")
    assert out == type_("perturb", file, "--times", "3", "--seed", "4", "--json", "--quiet")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--times", "0"], "--times = 0, must be a whole number, 1 to 1,000"),
        (["--times", "2000"], "--times = 2000, must be a whole number, 1 to 1,000"),
        (["--times", "many"], "Invalid value for '--times'"),
        (["--seed", "-1"], "--seed = -1, must be a whole number, 0 to"),
        (["--strength", "nan"], "--strength = nan, must be 0.05 to 3"),
        (["--strength", "50"], "--strength = 50, must be 0.05 to 3"),
        (["--kind", "pus"], '--kind = "pus"; did you mean "push"?'),
        (["--kind", "wind"], '--kind = "wind", must be one of push, tilt, mass, bumps'),
        (["-o", "x.bmp"], "x.bmp: a picture's name must end in .png, .svg, .pdf"),
        (["-o", "no/x.png"], "no/x.png: there is no folder no"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_clear_line_and_exit_code_2(
    arguments, said, file, type_, tmp_path
):
    code, out, err = type_("perturb", file, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_genome_is_one_clear_line(type_):
    Path("mine.json").write_text('{"format": "a recipe"}')
    code, out, err = type_("perturb", "mine.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith('mine.json: has format "a recipe"')


def test_what_the_ground_rules_out_is_left_out_and_refused_when_it_is_asked_for(type_):
    write_genome(Path("hill.json"), walker(1.0, Terrain("slope", size=0.01)))
    code, out, _ = type_("perturb", "hill.json", "--times", "1", "--quiet", "--json")
    assert (code, list(json.loads(out)["kinds"])) == (0, ["push", "tilt", "mass"])
    code, _, err = type_("perturb", "hill.json", "--kind", "bumps")
    assert (code, err.count("\n")) == (2, 1)
    assert "--kind bumps: cannot be done to a walk on slope ground" in err


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture_has_the_same_bytes_twice(suffix, file, type_):
    pictures = [Path(f"{name}{suffix}") for name in ("one", "two")]
    for picture in pictures:
        code, out, _ = type_("perturb", file, "--times", "2", "-q", "-o", str(picture))
        assert (code, out.splitlines()[-1]) == (0, f"drew {picture}")
    first, second = (picture.read_bytes() for picture in pictures)
    assert first == second
    assert first.startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_kinds_fits_on_a_picture(count, file, type_):
    kinds = [word for name in list(KINDS)[:count] for word in ("--kind", name)]
    code, _, _ = type_("perturb", file, "--times", "1", *kinds, "-q", "-o", "some.png")
    assert code == 0
    assert Path("some.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
def test_ctrl_c_ends_it_with_130_and_leaves_nothing_behind(file, tmp_path):
    words = ("perturb", file, "--times", "1000", "-o", str(tmp_path / "never.png"))
    process = subprocess.Popen(
        [sys.executable, "-m", "sims", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        first = process.stderr.readline()  # a trial is done: it is under way
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert first.endswith(" of 4,000 trials\n")
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "interrupted; nothing was written"
    assert list(tmp_path.iterdir()) == []
