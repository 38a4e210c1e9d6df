"""Ready experiments: studies that come with the program, for whatever animal, seeds and guesses one wants."""

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
from sims.score import OBJECTIVES

VARIED = {
    "tail": ("tail", tuple(VARIANTS["tail"])),
    "objectives": ("objective", tuple(OBJECTIVES)),
    "searches": ("strategy", tuple(STRATEGIES)),
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


@pytest.mark.parametrize("animal", species_names())
@pytest.mark.parametrize("name", experiment_names())
def test_every_experiment_can_be_made_with_every_species(name, animal):
    found = experiment(name, Wish(species=[animal]))
    assert found.species == (animal,)


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
