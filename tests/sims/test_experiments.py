"""Ready experiments: studies that come with the program, for whatever animal, seeds and guesses one wants."""

import json

import pytest

from creatures.faults import BadFile
from creatures.species import species_names
from creatures.variants import VARIANTS
from evo.strategies import STRATEGIES
from sims.batch.ready import (
    Wish,
    experiment,
    experiment_names,
    experiment_text,
    experiment_titles,
)
from sims.batch.study import read_study
from sims.cli import app
from sims.score import OBJECTIVES

RAPTOR = ("--species", "velociraptor")
VARIED = {
    "tail": ("tail", tuple(VARIANTS["tail"])),
    # Three ways to weigh speed against strain: a tank of energy and a front of several aims ask something else.
    "objectives": ("objective", tuple(n for n in OBJECTIVES if n not in ("fuel", "pareto"))),
    "searches": ("strategy", tuple(name for name in STRATEGIES if name != "nsga2")),
}


def faults(name, **wish):
    with pytest.raises(BadFile) as error:
        experiment(name, Wish(**wish))
    return error.value.lines()


def test_every_experiment_is_known_here():
    assert experiment_names() == sorted(VARIED)


@pytest.mark.parametrize("name", experiment_names())
def test_an_experiment_varies_one_thing_through_all_its_values(name):
    key, values = VARIED[name]
    found = experiment(name)
    assert list(found.vary) == [key]
    assert set(found.vary[key]) == set(values)
    assert len(found.cells()) == len(values) * len(found.seeds) == 30


@pytest.mark.parametrize("name", experiment_names())
def test_an_experiment_says_what_it_asks_and_what_it_cannot_say(name):
    found = experiment(name)
    assert found.title.endswith("?")
    assert experiment_titles()[name] == found.title
    assert "What this cannot say" in found.question
    assert "\n" not in found.question.strip()


@pytest.mark.parametrize("name", experiment_names())
def test_the_file_of_an_experiment_is_a_study_like_any_other(name, tmp_path):
    copied = tmp_path / "STUDY.toml"
    copied.write_text(experiment_text(name), encoding="utf-8")
    assert read_study(copied) == experiment(name)


TAILED = [name for name in species_names() if name != "human"]


@pytest.mark.parametrize("animal", TAILED)
@pytest.mark.parametrize("name", experiment_names())
def test_every_experiment_can_be_made_with_every_species(name, animal):
    found = experiment(name, Wish(species=[animal]))
    assert found.species == (animal,)


def test_the_tail_of_a_human_cannot_be_asked_about():
    (line,) = faults("tail", species=["human"])
    assert "Human has no tail that could be varied" in line


def test_the_tail_is_varied_at_equal_mass():
    cells = experiment("tail", Wish(species=["velociraptor"], seeds="0:1")).cells()
    animals = [cell.animal() for cell in cells]
    assert [animal.title.partition(", ")[2] for animal in animals] == ["", "tail stiff", "tail off"]
    assert len({animal.mass_kg for animal in animals}) == 1


def test_other_animals_seeds_and_guesses_can_be_wished_for():
    wish = Wish(species=["velociraptor", "coelophysis"], seeds="3:5", guesses=30)
    found = experiment("tail", wish)
    assert (found.species, found.seeds) == (("velociraptor", "coelophysis"), (3, 4))
    assert found.base["guesses"] == "30"
    assert found.question == experiment("tail").question


def test_an_animal_of_ones_own_can_be_wished_for(tmp_path):
    own = tmp_path / "mine.toml"
    lengths = {"thigh": 0.6, "shank": 0.56, "metatarsus": 0.298}
    bones = "".join(f"[bones.{name}]\nlength_m = {value}\n" for name, value in lengths.items())
    own.write_text(f'plan = "biped"\nmass_kg = 430\n{bones}')
    (cell, *_) = experiment("tail", Wish(species=[str(own)])).cells()
    assert cell.animal().mass_kg.value == 430


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"species": ["raptor"]}, 'did you mean "velociraptor"?'),
        ({"seeds": "ten"}, 'seeds = "ten", must be like "0:10"'),
        ({"guesses": 0}, "guesses = 0, must be a whole number"),
    ],
)
def test_what_cannot_be_wished_for_is_one_line(wish, said):
    (line,) = faults("tail", **wish)
    assert said in line


def test_an_experiment_that_is_not_there_is_one_line():
    assert faults("tial") == ['tial: no such experiment; did you mean "tail"?']


@pytest.fixture
def type_(capsys):
    """Returns a function that types a command and returns (code, stdout, stderr)."""

    def typed(*arguments):
        code = app.run(arguments)
        return (code, *capsys.readouterr())

    return typed


def test_alone_it_lists_the_experiments(type_):
    code, out, _ = type_("experiment")
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, experiment_names())
    _, out, err = type_("experiment", "--json")
    assert err.splitlines()[-1].startswith("To make one:")
    assert [one["name"] for one in json.loads(out)["experiments"]] == experiment_names()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["experiment", "tial"], 'tial: no such experiment; did you mean "tail"?'),
        (["experiment", "--seeds", "0:3"], "NAME is missing: which experiment?"),
        (["experiment", "tail", "--workers", "0"], "--workers = 0, must be a whole number, 1 to"),
        (["experiment", "tail", "--species", "x,y"], 'species[0] = "x": no such species'),
        (["tail", "raptor"], 'did you mean "velociraptor"?'),
        (["tail"], "Missing argument"),
    ],
)
def test_what_cannot_be_made_is_said_before_anything_is(line, said, type_, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = type_(*line)
    assert (code, out) == (2, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_shows_the_line_of_every_run_and_makes_none(type_, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    wish = ("--seeds", "0:2", "--guesses", "20", "--dry-run")
    code, out, err = type_("experiment", "tail", *RAPTOR, *wish)
    assert code == 0
    assert experiment("tail").title in err
    assert sum("--variant tail=stiff" in line for line in out.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_tail_of_an_animal_is_varied_made_and_told_of(type_, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = type_("tail", "velociraptor", "--seeds", "0:1", "--guesses", "24")
    assert code == 0, err
    folder = tmp_path / "studies" / "tail-velociraptor"
    cells = {path.parent.name for path in folder.glob("cells/*/best.json")}
    assert cells == {f"velociraptor-{value}-s0" for value in VARIANTS["tail"]}
    assert read_study(folder).question == experiment("tail").question
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "tail stiff" in page
    assert "Its report is" in out
    code, out, _ = type_("tail", "velociraptor", "--seeds", "0:1", "--guesses", "24", "--quiet")
    assert (code, out.splitlines()[-1]) == (0, "studies/tail-velociraptor/report.html")
