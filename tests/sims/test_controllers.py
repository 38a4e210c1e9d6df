"""A run has a controller, and so has everything that comes of it: files, replays, races, studies, windows."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sims_small as small
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.assemble import assemble
from creatures.controllers.table import CONTROLLERS
from creatures.faults import BadFile
from creatures.species import load_species
from sims.batch.checks import checked_document
from sims.batch.study import FORMAT, VERSION
from sims.errors import Interrupted, RunError
from sims.genomes.record import document, from_json, read_genome
from sims.genomes.replay import check
from sims.live.racing import race_of
from sims.physics.trial import TrialSettings, gene_table, run_trial
from sims.runs import asked as asking
from sims.runs.asked import GUESSES, PATTERN_GUESSES, Asked, settings_of
from sims.runs.configuration import read_configuration, resolve
from sims.runs.run import resume, start
from sims.study.compare import compare
from sims.study.said import compared_sentences

PATTERN = TrialSettings(seconds=0.6, controller="pattern")


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    """The folder of a finished run with the pattern controller."""
    home = tmp_path_factory.mktemp("pattern")
    return start(small.settings(home, trial=PATTERN)).go().folder


def test_the_controllers_that_can_be_asked_for_are_those_there_are():
    assert tuple(CONTROLLERS) == asking.CONTROLLERS
    assert asking.CONTROLLERS[0] == asking.CONTROLLER
    assert {name: asking.usual_guesses(name) for name in CONTROLLERS} == {
        "reflex": GUESSES,
        "pattern": PATTERN_GUESSES,
    }


def test_a_run_writes_its_controller_into_all_its_files(run):
    assert 'controller = "pattern"' in (run / "run.toml").read_text()
    assert read_configuration(run / "run.toml").trial == PATTERN
    for path in (run / "best.json", *(run / "champions").iterdir()):
        found = json.loads(path.read_text())
        assert found["controller"] == "pattern"
        assert list(found["genes"]) == list(
            gene_table(read_genome(path).skeleton(), "pattern").names
        )
        assert "controller" not in found["trial"]


def test_its_champion_walks_again_to_the_bit(run):
    assert check(read_genome(run / "best.json")).result == "EXACT"


def test_workers_and_a_stop_on_the_way_change_nothing(run, tmp_path):
    halted = start(small.settings(tmp_path, trial=PATTERN))

    def halt(_event: object) -> None:
        if len(list((halted.folder / "champions").glob("*"))) == 2:
            halted.stop()

    with pytest.raises(Interrupted):
        halted.go(halt)
    folder = resume(halted.folder, workers=2).go().folder
    assert small.files(folder) == small.files(run)


def test_the_controller_is_part_of_what_a_run_is(tmp_path):
    ours = resolve(small.settings(tmp_path, trial=PATTERN))
    other = resolve(small.settings(tmp_path))
    assert ours.digest() != other.digest()
    assert (len(ours.table()), len(other.table())) == (21, 48)


def test_files_from_before_there_were_two_are_of_the_first():
    for path in sorted((Path(__file__).parents[1] / "formats").glob("genome-*.json")):
        assert read_genome(path).controller == "reflex"


def test_a_controller_that_is_not_known_is_one_clear_line(tmp_path, run):
    with pytest.raises(RunError, match='no controller is called "patern"; did you mean "pattern"'):
        resolve(small.settings(tmp_path, trial=replace(PATTERN, controller="patern")))
    file = tmp_path / "run.toml"
    file.write_text((run / "run.toml").read_text().replace('"pattern"', '"wings"', 1))
    with pytest.raises(BadFile) as error:
        read_configuration(file)
    assert BadFile(error.value.faults).lines() == [
        f'{file}: controller = "wings", must be one of reflex, pattern'
    ]


def test_genes_of_another_controller_are_refused(run):
    found = document(read_genome(run / "best.json")) | {"controller": "reflex"}
    with pytest.raises(BadFile) as error:
        from_json(found, "mine.json")
    said = error.value.lines()
    assert any("is not one of the reflex controller's genes" in line for line in said)


def test_what_is_asked_is_what_is_set():
    chosen = settings_of(Asked(animal="velociraptor", controller="pattern"))
    assert (chosen.trial.controller, chosen.guesses) == ("pattern", PATTERN_GUESSES)
    assert settings_of(Asked(animal="velociraptor")).trial.controller == "reflex"
    wrong = Asked(animal="velociraptor", controller="magic").faults()
    assert BadFile(wrong).lines() == ['--controller = "magic", must be one of reflex, pattern']


def test_a_study_varies_the_controller_and_gives_all_the_same_number_of_guesses():
    found = {
        "format": FORMAT,
        "version": VERSION,
        "species": ["velociraptor"],
        "seeds": [1],
        "vary": {"controller": ["reflex", "pattern"]},
    }
    first, second = checked_document(found, "", Path()).cells()
    assert second.name == "velociraptor-pattern-s1"
    assert first.command() == "gaitosaur evolve velociraptor --seed 1"
    assert second.command() == (
        f"gaitosaur evolve velociraptor --seed 1 --controller pattern --guesses {GUESSES}"
    )
    assert second.run_settings(Path("x")).trial.controller == "pattern"
    found["vary"] = {"controller": ["reflex", "magic"]}
    with pytest.raises(BadFile, match='"magic", must be one of reflex, pattern'):
        checked_document(found, "", Path())


def test_a_race_is_between_walkers_of_either_controller(run):
    race = race_of([read_genome(run / "best.json"), small.a_genome()])
    assert [len(racer.walk.genes) for racer in race.racers] == [21, 48]
    assert all(racer.walk.verdict.result == "EXACT" for racer in race.racers)


def test_comparing_says_that_the_genes_are_not_the_same_kind(run):
    lines = compared_sentences(compare(read_genome(run / "best.json"), small.a_genome()))
    assert any("controlled in different ways, pattern and reflex" in line for line in lines)
    assert not any("different worlds" in line for line in lines)


@given(st.integers(0, 2**16))
@settings(deadline=None, max_examples=25)
def test_no_pattern_upsets_the_physics(seed):
    import numpy as np

    skeleton = assemble(load_species("velociraptor"))
    genes = np.random.default_rng(seed).uniform(-3.0, 3.0, len(gene_table(skeleton, "pattern")))
    trial = run_trial(skeleton, tuple(genes), replace(PATTERN, seconds=1.0))
    assert trial.ended in ("finished", "fell", "stalled")
    assert trial.measures.max_joint_gap < 0.05
