"""Two genome files side by side: every difference is found, with sign and unit, and what does not compare is said."""

import json
import math
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import sims_small as small

from creatures.assemble import assemble
from creatures.species import from_document, load_species, species_names
from sims.cli import app
from sims.cli.compare import LARGEST
from sims.evaluate import Task, evaluate
from sims.genomes.record import Genome, write_genome
from sims.physics.quantities import quantities
from sims.physics.terrain import Terrain
from sims.physics.trial import TrialSettings, gene_table
from sims.score import OBJECTIVES, TERMS, TERMS_VERSION
from sims.study.compare import MEASURES, compare
from sims.study.said import compared_sentences


@lru_cache
def walker(name: str = "velociraptor", **genes: float) -> Genome:
    """An animal's first guess with some genes changed, two underscores for a dot."""
    species = load_species(name)
    skeleton = assemble(species)
    table = gene_table(skeleton)
    named = {gene.replace("__", "."): x for gene, x in genes.items()}
    chosen = table.from_names(table.by_name(table.start) | named, "")
    found = evaluate(Task(skeleton, small.TRIAL, OBJECTIVES["walk"]), chosen)
    return replace(
        small.a_genome(),
        species=species,
        genes=chosen,
        score=found.score,
        terms=found.terms,
        measures=found.measures,
        ended=found.ended,
        why=found.why,
        gate=None,
        digest=found.digest,
        checks=found.checks,
        recording=None,
    )


def said(a: Genome, b: Genome) -> str:
    return " ".join(compared_sentences(compare(a, b)))


# What differs.


def test_a_walker_is_the_same_as_itself():
    found = compare(walker(), walker())
    assert found.settings == ()
    assert found.same_genes == len(found.genes) == len(walker().genes)
    assert all(pair.change in (0.0, None) for pair in found.measures)
    assert compared_sentences(found) == ["They are the same in everything that is compared."]


def test_the_largest_change_of_a_gene_comes_first_with_its_sign_and_in_its_unit():
    other = walker(leg__knee__offset=1.5, trunk__lean=0.0, rhythm__frequency=-0.75)
    found = compare(walker(), other)
    first, second, third = found.genes[:3]
    assert (first.name, first.change) == ("leg.knee.offset", 1.5)
    assert (first.unit, first.a, first.b) == ("deg", 0.0, pytest.approx(math.degrees(0.375)))
    assert (second.name, second.change) == ("rhythm.frequency", -0.75)
    assert second.unit == "Hz"
    assert second.a == pytest.approx(0.4 / other.skeleton().time_unit)
    assert second.b / second.a == pytest.approx(2.0 ** (-0.75 * 0.5))
    assert (third.name, third.change) == ("trunk.lean", -0.5)
    assert found.same_genes == len(found.genes) - 3
    assert f"3 of {len(found.genes)} genes differ; the largest change is in the average bend" in (
        said(walker(), other)
    )


def test_the_other_way_round_every_change_has_the_other_sign():
    one, other = compare(walker(), rock()), compare(rock(), walker())
    assert [gene.change for gene in one.genes] == [-gene.change for gene in other.genes]
    for here, there in zip(one.measures, other.measures, strict=True):
        assert (here.a, here.b) == (there.b, there.a)


def rock() -> Genome:
    return walker(leg__knee__offset=1.5)


def test_weighed_terms_add_up_to_the_scores():
    found = compare(walker(), rock())
    assert [term.name for term in found.terms] == list(TERMS)
    assert sum(term.weighed_a for term in found.terms) == pytest.approx(walker().score)
    assert sum(term.weighed_b for term in found.terms) == pytest.approx(rock().score)
    assert found.scores_compare


def test_measures_are_those_of_the_files_in_units_that_people_read():
    found = {pair.name: pair for pair in compare(walker(), rock()).measures}
    assert set(found) == {*MEASURES, "robust"}
    assert found["distance_m"].b == rock().measures["distance_m"]
    assert found["pitch_rad"].a == pytest.approx(math.degrees(walker().measures["pitch_rad"]))
    assert found["robust"].change is None
    at_the_gate = compare(small.a_genome(), walker()).measures[-1]
    assert (at_the_gate.a, at_the_gate.b) == (90.0, None)


def test_the_range_of_a_joint_is_that_of_its_angle_over_the_walk():
    found = compare(walker(), rock())
    angles = {one.name: one for one in quantities(found.b.skeleton, found.b.trajectory)}
    for joint in found.joints:
        name = f"{joint.name.replace('.', '_').replace(' ', '_')}_angle_rad"
        assert joint.range_b == pytest.approx(np.ptp(angles[name].shown))
        assert joint.rms_a == walker().measures["joints"][joint.name]["rms_bw"]
        assert joint.peak_b == rock().measures["joints"][joint.name]["peak_bw"]
    assert len(found.joints) == len(found.a.skeleton.joints)


def test_only_settings_that_differ_are_listed():
    trial = TrialSettings(seconds=0.5, mass_scale=1.1, terrain=Terrain("slope", size=0.1))
    other = replace(walker(), trial=trial, origin=replace(walker().origin, seed=9))
    found = compare(walker(), other)
    listed = {one.name: (one.a, one.b) for one in found.settings}
    assert listed == {
        "seed": ("1", "9"),
        "length of the trial": ("0.6 s", "0.5 s"),
        "mass": ("1 of the usual", "1.1 of the usual"),
        "ground": ("flat", "a slope of 5.71°"),
    }
    assert "They walked in different worlds." in compared_sentences(found)


# What does not compare.


def test_scores_of_different_objectives_are_not_held_against_each_other():
    found = compare(walker(), replace(walker(), objective=OBJECTIVES["sprint"]))
    assert not found.scores_compare
    words = " ".join(compared_sentences(found))
    assert "different objectives, walk and sprint: their scores do not compare" in words
    assert " scores " not in words.partition("They were")[0]
    weights = [one for one in found.settings if one.name == "weight of distance"]
    assert [(one.a, one.b) for one in weights] == [("+30", "+60")]


def test_the_same_objective_with_another_weight_is_another_objective():
    weights = dict(walker().objective.weights) | {"energy": -5.0}
    other = replace(walker(), objective=replace(walker().objective, weights=weights))
    assert "with other weights: their scores do not compare" in said(walker(), other)


def test_terms_of_another_version_are_not_held_against_each_other():
    other = replace(walker(), terms_version=walker().terms_version + 1)
    assert not compare(walker(), other).scores_compare
    assert "neither terms nor scores compare" in said(walker(), other)


@pytest.mark.parametrize("name", species_names())
def test_every_species_compares_with_a_velociraptor(name):
    found = compare(walker(), walker(name))
    assert len(found.genes) + len(found.only[0]) == len(walker().genes)
    ours, theirs = ({j.name for j in side.skeleton.joints} for side in (found.a, found.b))
    assert {joint.name for joint in found.joints} == ours & theirs
    assert found.same_species == (name == "velociraptor")
    different = "They are different animals: hip heights and body weights compare" in (
        " ".join(compared_sentences(found))
    )
    assert different == (name != "velociraptor")
    json.dumps(found.document(), allow_nan=False)


def test_an_animal_of_the_same_name_and_another_mass_is_told_apart():
    document = load_species("velociraptor").document()
    document["mass_kg"]["value"] = 25.0
    other = replace(walker(), species=from_document(document, "mine.toml"))
    assert "same name in both files and not the same numbers" in said(walker(), other)


# How it is told.


@pytest.fixture
def type_(tmp_path, monkeypatch, capsys):
    """Returns a function that types a command in a folder with two files and returns (code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    write_genome(Path("a.json"), walker())
    write_genome(Path("b.json"), walker(leg__knee__offset=1.5, trunk__lean=0.0))

    def typed(*arguments: str):
        code = app.run(arguments)
        return code, *capsys.readouterr()

    return typed


def test_the_table_has_its_sections_and_ends_with_sentences(type_):
    code, out, err = type_("compare", "a.json", "b.json")
    assert (code, err) == (0, "")
    assert out.startswith("A: Velociraptor mongoliensis, seed 1, a.json\nB: Velociraptor")
    sections = ("The score, term by term", "What they do", "Joints: ", "Genes, largest change")
    places = [out.index(section) for section in sections]
    assert places == sorted(places)
    assert re.search(r"average bend of the knee +0\.00 +21\.49 +deg +\+1\.50", out)
    assert out.splitlines()[-1].startswith(f"2 of {len(walker().genes)} genes differ")


def test_all_lists_every_gene_and_else_only_the_largest_changes(type_):
    other = dict.fromkeys(gene_table(walker().skeleton()).names, 0.1)
    chosen = gene_table(walker().skeleton()).from_names(other, "")
    write_genome(Path("b.json"), replace(walker(), genes=chosen))
    words = {gene.words for gene in gene_table(walker().skeleton()).genes}
    few, every = (type_("compare", "a.json", "b.json", *more)[1] for more in ((), ("--all",)))
    assert sum(f"\n{each} " in few for each in words) == LARGEST
    assert f"and {len(words) - LARGEST} smaller changes: --all lists them" in few
    assert all(f"\n{each} " in every for each in words)


def test_json_is_complete(type_):
    code, out, err = type_("compare", "a.json", "b.json", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["genome_a"], found["genome_b"]) == ("a.json", "b.json")
    assert len(found["genes"]) == len(walker().genes)
    assert {"name", "words", "unit", "gene_a", "gene_b", "a", "b", "change"} <= set(
        found["genes"][0]
    )
    assert len(found["joints"]) == len(walker().skeleton().joints)
    assert {term["name"] for term in found["terms"]} == set(TERMS)
    assert found["a"]["measures"]["distance_m"] == walker().measures["distance_m"]
    assert found["said"]


def test_a_boast_in_a_file_is_warned_of_and_not_believed(type_):
    boast = walker().measures | {"distance_m": 99.9}
    write_genome(Path("b.json"), replace(walker(), measures=boast))
    code, out, err = type_("compare", "a.json", "b.json", "--json")
    assert code == 0
    assert err.startswith("warning: b.json: DIFFERS: ")
    found = json.loads(out)
    assert (found["a"]["verdict"], found["b"]["verdict"]) == ("EXACT", "DIFFERS")
    assert found["b"]["measures"]["distance_m"] == walker().measures["distance_m"]


def test_a_score_that_cannot_be_counted_here_is_not_held_against_another():
    changed = replace(walker(), terms_version=TERMS_VERSION + 1, digest="0" * 64)
    found = compare(changed, changed)
    assert math.isnan(found.a.genome.score)
    assert not found.scores_compare
    assert found.document()["a"]["score"] is None
    assert "scores" not in said(changed, replace(changed, genes=rock().genes))


def test_scores_that_are_nearly_the_same_are_said_to_be_so():
    terms = {"upright": 1.0, "distance": 0.1}
    one = replace(walker(), terms=terms, score=13.0)
    found = compare(walker(), rock())
    pair = replace(found, a=replace(found.a, genome=one), b=replace(found.b, genome=one))
    assert "Both score 13.0. The term that differs most is" in " ".join(compared_sentences(pair))


def test_a_file_may_be_compared_with_itself(type_):
    code, out, _ = type_("compare", "a.json", "a.json", "-o", "same.png")
    assert code == 0
    assert "They are the same in everything that is compared." in out
    assert Path("same.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.json"], "Missing argument 'B'"),
        (["a.json", "no.json"], "no.json: no such file"),
        (["a.json", "bad.json"], "bad.json: not JSON"),
        (["a.json", "b.json", "-o", "x.gif"], "x.gif: a picture's name must end in"),
        (["a.json", "b.json", "-o", "no/x.png"], "no/x.png: there is no folder no"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_clear_line_and_exit_code_2(arguments, said, type_, tmp_path):
    Path("bad.json").write_text("{")
    before = sorted(tmp_path.iterdir())
    code, out, err = type_("compare", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture_has_the_same_bytes_twice(suffix, type_):
    pictures = [Path(f"{name}{suffix}") for name in ("one", "two")]
    for picture in pictures:
        code, out, _ = type_("compare", "a.json", "b.json", "-o", str(picture))
        assert (code, out.splitlines()[-1]) == (0, f"drew {picture}")
    first, second = (picture.read_bytes() for picture in pictures)
    assert first == second
    assert first.startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")


def test_a_picture_shows_both_animals_in_their_own_colours(type_):
    write_genome(Path("rex.json"), walker("tyrannosaurus"))
    assert type_("compare", "a.json", "rex.json", "-o", "both.svg")[0] == 0
    drawn = Path("both.svg").read_text()
    for name in ("velociraptor", "tyrannosaurus"):
        assert load_species(name).look.body in drawn
