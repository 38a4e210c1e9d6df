"""A STUDY.toml becomes a grid of runs, or every fault in it is said at once, with its line."""

import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from creatures.faults import BadFile
from creatures.species import load_species
from creatures.variants import VARIANTS
from sims.batch.checks import checked
from sims.batch.study import MOST_CELLS, PLAIN, named, read_study
from sims.genomes import schema
from sims.runs import asked
from sims.runs.configuration import resolve

STUDY = """\
format = "gaitosaur-study"
version = 1
title = "Fast or careful?"
question = "Does the one who spares its joints go slower?"
species = ["velociraptor", "coelophysis"]
seeds = "3:5"
[base]
guesses = 30
seconds = 0.6
search.population = 6
[vary]
objective = ["walk", "gentle"]
weight.energy = [-1, -0.5]
"""


def study(text=STUDY, home=Path()):
    return checked(text, "study.toml", home)


def faults(text, home=Path()):
    with pytest.raises(BadFile) as error:
        study(text, home)
    return error.value.lines()


def changed(old, new):
    assert old in STUDY
    return STUDY.replace(old, new)


def test_a_study_is_every_species_with_every_value_and_every_seed():
    cells = study().cells()
    assert [cell.name for cell in cells[:5]] == [
        "velociraptor-walk--1-s3",
        "velociraptor-walk--1-s4",
        "velociraptor-walk--0.5-s3",
        "velociraptor-walk--0.5-s4",
        "velociraptor-gentle--1-s3",
    ]
    assert len({cell.name for cell in cells}) == len(cells) == 16
    assert dict(cells[-1].factors) == {"objective": "gentle", "weight.energy": "-0.5"}


def test_a_cell_has_all_settings_said_or_not():
    settings = study().cells()[0].settings
    assert settings["guesses"] == "30"
    assert settings["search.population"] == "6"
    assert settings["strategy"] == PLAIN["strategy"]
    assert {*PLAIN, *VARIANTS} <= set(settings)


def test_a_study_written_and_read_again_is_equal(tmp_path):
    first = study(changed('"3:5"', "[7, 3, 5]"))
    (tmp_path / "study.toml").write_text(first.text())
    assert read_study(tmp_path) == read_study(tmp_path / "study.toml") == first
    assert read_study(tmp_path).text() == first.text()
    assert first.seeds == (7, 3, 5)


def test_numbers_are_one_value_however_they_are_written():
    same = study(STUDY.replace("guesses = 30", 'guesses = "30"').replace("[-1, ", "[-1.0, "))
    assert same == study()


def test_a_cell_is_the_run_that_its_line_makes(tmp_path, monkeypatch):
    base = 'seconds = 0.6\ngravity = 0.5\nbone_limit = 120\ntail = "stiff"'
    cell = study(changed("seconds = 0.6", base)).cells()[-1]
    made = []
    monkeypatch.setattr("sims.cli.evolve._begun", lambda wanted, _voice: made.append(wanted))
    from sims.cli.app import app

    words = shlex.split(cell.command())
    assert words[:2] == ["gaitosaur", "evolve"]
    CliRunner().invoke(app, words[1:])
    by_hand = asked.settings_of(made[0])
    assert resolve(by_hand).text() == resolve(cell.run_settings(tmp_path)).text()
    assert by_hand.trial.gravity_scale == 0.5
    assert by_hand.trial.bone_limit_mpa == 120.0
    assert by_hand.species.title.endswith("tail stiff")
    assert by_hand.objective.weights["energy"] == -0.5


def test_what_is_not_said_is_not_in_the_line():
    plain = 'format = "gaitosaur-study"\nversion = 1\nspecies = ["velociraptor"]\nseeds = [4]\n'
    (cell,) = study(plain).cells()
    assert cell.command() == "gaitosaur evolve velociraptor --seed 4"


def test_ones_own_species_is_found_beside_the_study(tmp_path):
    (tmp_path / "mine.toml").write_text(
        'plan = "biped"\nmass_kg = 20\n[bones]\nthigh.length_m = 0.238\n'
        "shank.length_m = 0.255\nmetatarsus.length_m = 0.099\n"
    )
    mine = study(changed('"coelophysis"', '"mine.toml"'), tmp_path)
    cell = mine.cells()[-1]
    assert cell.name == "mine-gentle--0.5-s4"
    assert cell.animal() == load_species(named("mine.toml", tmp_path))
    assert str(tmp_path / "mine.toml") in cell.command()


WRONG = {
    "species": ('"coelophysis"', '"coelophisis"', 'study.toml:5: species[1] = "coelophisis": no'),
    "same species": ('"coelophysis"', '"velociraptor"', "study.toml:5: species[1]"),
    "seeds": ('"3:5"', '"5:3"', 'study.toml:6: seeds = "5:3", must be like "0:10"'),
    "seed twice": ('"3:5"', "[1, 1]", "study.toml:6: seeds = [1, 1]"),
    "too many seeds": ('"3:5"', '"0:1001"', "study.toml:6: seeds"),
    "seed below 0": ('"3:5"', "[-1]", "study.toml:6: seeds"),
    "guesses": ("guesses = 30", "guesses = 0", "study.toml:8: base.guesses = 0, must be a whole"),
    "no number": ("guesses = 30", "guesses = nan", "study.toml:8: base.guesses = nan"),
    "key": ("guesses = 30", "gueses = 30", 'base.gueses is not known; did you mean "guesses"?'),
    "search": ("population", "populaton", "study.toml:10: base.search.populaton is not known"),
    "few": ("population = 6", "population = 3", "study.toml:10: base.search.population: popula"),
    "value": ('"gentle"]', '"gentel"]', 'study.toml:12: vary.objective[1] = "gentel"; did you'),
    "no list": ('["walk", "gentle"]', '"walk"', 'study.toml:12: vary.objective = "walk", must be'),
    "empty": ('["walk", "gentle"]', "[]", "study.toml:12: vary.objective = [], must be a list"),
    "value twice": ("[-1, -0.5]", "[-1, -1.0]", "study.toml:13: vary.weight.energy"),
    "weight": ("[-1, -0.5]", "[-1, 1e9]", "study.toml:13: vary.weight.energy[1] = 1000000000"),
    "term": ("weight.energy", "weight.enrgy", "study.toml:13: vary.weight.enrgy is not known"),
    "truth": ("guesses = 30", "guesses = true", "study.toml:8: base.guesses = true, must be a"),
    "both": ("guesses = 30", 'objective = "walk"', "study.toml:12: vary.objective is varied, so"),
    "title": ('title = "Fast or careful?"', "title = 3", "study.toml:3: title = 3, must be a text"),
    "unknown": ("title =", "titel =", "study.toml:3: titel is not a key this file may have"),
    "format": ('"gaitosaur-study"', '"gaitosaur-run"', 'must be "gaitosaur-study"'),
    "version": ("version = 1", "version = 2", "version 2"),
    "long": ("seconds = 0.6", "seconds = 121", "study.toml:9: base.seconds = 121, must be 0.1 to"),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG)
def test_a_fault_is_one_line_with_its_place_and_what_is_allowed(old, new, said):
    found = faults(changed(old, new))
    assert len(found) == 1
    assert said in found[0]


def test_all_faults_are_said_at_once():
    text = changed('"3:5"', '"5:3"').replace("guesses = 30", "guesses = 0")
    places = [line.split(": ")[0] for line in faults(text.replace('"gentle"', '"genlte"'))]
    assert places == ["study.toml:6", "study.toml:8", "study.toml:12"]


def test_what_does_not_go_together_is_found_before_anything_runs():
    found = faults(changed("weight.energy = [-1, -0.5]", "search.elites = [2, 6]"))
    assert found == [
        "study.toml:13: vary.search.elites: elites must be fewer than population, not 6"
    ]


def test_a_grid_without_end_is_refused():
    found = faults(changed('"3:5"', '"0:1000"').replace("[-1, -0.5]", "[1, 2, 3, 4]"))
    assert found == [f"study.toml:11: vary has 16,000 runs, at most {MOST_CELLS:,} are made"]


def test_a_wrong_file_of_ones_own_says_its_own_line(tmp_path):
    (tmp_path / "mine.toml").write_text('plan = "biped"\nmass_kg = -20\n')
    found = faults(changed('"coelophysis"', '"mine.toml"'), tmp_path)
    assert any(line.startswith(f"{tmp_path / 'mine.toml'}:2: mass_kg = -20") for line in found)


def test_a_folder_that_is_no_study_is_one_line(tmp_path):
    with pytest.raises(BadFile, match=r"has no study\.toml: it is not a study"):
        read_study(tmp_path)
    shutil.rmtree(tmp_path)
    with pytest.raises(BadFile, match="no such file"):
        read_study(tmp_path)


def test_limits_that_are_known_without_the_physics_are_those_of_the_physics():
    assert schema.LEAST_GRAVITY == asked.LEAST_GRAVITY
    assert schema.MOST_GRAVITY == asked.MOST_GRAVITY
