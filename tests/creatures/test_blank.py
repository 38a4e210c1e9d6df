"""A species file to begin with: one for every plan, each checked and standing."""

import tomllib

import pytest

from creatures.assemble import assemble
from creatures.blank import blank_species
from creatures.controllers.reflex import gene_table
from creatures.faults import BadFile
from creatures.species import load_species, plan_names, plan_tables, species_names, species_tables
from sims.physics.trial import TrialSettings, run_trial


@pytest.fixture(params=plan_names(), scope="module")
def plan(request):
    return request.param


@pytest.fixture(scope="module")
def text(plan):
    return blank_species("my_dino", plan)


@pytest.fixture(scope="module")
def species(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "my_dino.toml"
    path.write_text(text, encoding="utf-8")
    return load_species(path)


def test_the_file_is_a_species_of_its_name_and_plan(species, plan):
    assert (species.name, species.title, species.plan) == ("my_dino", "My dino", plan)


def test_it_stands_for_two_seconds(species):
    skeleton = assemble(species)
    settings = TrialSettings(seconds=2.0, may_stall=True)
    trial = run_trial(skeleton, gene_table(skeleton).zeros, settings)
    assert (trial.ended, trial.why) == ("finished", "")
    assert abs(trial.measures.distance_m) < 0.1 * skeleton.hip_height


def test_every_part_of_the_plan_is_named_in_it(text, plan):
    for section in ("bones", "joints", "muscles"):
        for name in plan_tables(plan)[section]:
            assert f"[{section}.{name}]" in text


def test_every_number_in_it_is_marked_as_not_yet_ones_own(species):
    assert species.mass_kg.estimate
    for bone in species.bones.values():
        assert bone.length_m is None or bone.length_m.estimate


def test_taking_away_the_marks_of_comments_changes_nothing_of_the_animal(text, plan, tmp_path):
    lines = [
        line[2:] if line.startswith(("# length =", "# mass_share", "# fibre", "# range")) else line
        for line in text.splitlines()
    ]
    path = tmp_path / "my_dino.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    whole = tomllib.loads(path.read_text(encoding="utf-8"))
    assert whole["muscles"].keys() == plan_tables(plan)["muscles"].keys()
    assert all("mass_share" in muscle for muscle in whole["muscles"].values())
    (tmp_path / "plain.toml").write_text(text, encoding="utf-8")
    plain = assemble(load_species(tmp_path / "plain.toml"))
    mine = assemble(load_species(path))
    assert [bone.length for bone in mine.bones] == pytest.approx([b.length for b in plain.bones])
    forces = [muscle.max_force for muscle in plain.muscles]
    assert [muscle.max_force for muscle in mine.muscles] == pytest.approx(forces)


def test_whatever_the_model_overrides_is_in_the_file(monkeypatch, tmp_path):
    name = species_names()[0]
    tables = species_tables(name)
    tables["balance"] = {"bone": "thigh", "foot": "toes", "at": 0.2}
    tables["joints"] = {"thigh": {"range_deg": [-120, -20], "stiffness": 0.01}}
    tables["bones"]["trunk"] = {"contact": {"span": [0.0, 0.9], "radius": 0.09}}
    monkeypatch.setattr("creatures.blank.species_names", lambda: [name])
    monkeypatch.setattr("creatures.blank.species_tables", lambda _: tables)
    path = tmp_path / "other.toml"
    path.write_text(blank_species("other", "biped"), encoding="utf-8")
    made = load_species(path)
    assert made.balance.at.value == 0.2
    assert [limit.value for limit in made.joints["thigh"].range_deg] == [-120, -20]
    assert made.bones["trunk"].contact.radius.value == 0.09


def test_a_plan_without_a_species_has_a_file_too(monkeypatch, tmp_path):
    monkeypatch.setattr("creatures.blank.species_names", list)
    path = tmp_path / "first.toml"
    path.write_text(blank_species("first", "biped"), encoding="utf-8")
    assert assemble(load_species(path)).leg_length == pytest.approx(1.0, rel=1e-5)


@pytest.mark.parametrize(
    ("name", "plan", "said"),
    [
        ("My Dino", "biped", 'NAME = "My Dino", must be 1 to 40 of a-z, 0-9 and _'),
        ("../rex", "biped", "NAME ="),
        ("", "biped", 'NAME = "", must be'),
        ("d" * 41, "biped", "NAME ="),
        ("dino\n", "biped", "NAME ="),
        ("velociraptor", "biped", "is a species that comes with the program"),
        ("mine", "bipd", '--plan = "bipd": no such plan; did you mean "biped"?'),
        ("mine", "", '--plan = "": no such plan'),
    ],
)
def test_what_cannot_be_is_said_in_one_line(name, plan, said):
    with pytest.raises(BadFile) as caught:
        blank_species(name, plan)
    (line,) = caught.value.lines()
    assert said in line
