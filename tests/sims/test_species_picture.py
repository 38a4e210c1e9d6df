"""The picture of an animal that has not walked yet."""

import json
import struct
from itertools import combinations, pairwise

import numpy as np
import pytest

from creatures.assemble import assemble
from creatures.outline import outline
from creatures.outline.labels import apart, bone_labels
from creatures.species import load_species, species_names
from sims.cli import app
from sims.picture.body import standing_pose
from sims.picture.creature import species_picture
from sims.picture.muscles import NARROWEST, WIDEST, lines, width
from sims.picture.page import SIZE


@pytest.fixture
def rex():
    return load_species("tyrannosaurus")


def drawn(species, path) -> bytes:
    species_picture(species, assemble(species), path)
    return path.read_bytes()


@pytest.mark.parametrize("name", species_names())
def test_every_species_is_drawn_with_every_bone_joint_and_muscle_named(name, tmp_path, monkeypatch):
    said = []
    text = "matplotlib.axes.Axes.text"
    monkeypatch.setattr(text, lambda _ax, _x, _y, words, **_: said.append(words))
    species = load_species(name)
    data = drawn(species, tmp_path / "a.png")
    assert struct.unpack(">II", data[16:24]) == SIZE
    told = "\n".join(said)
    for bone in assemble(species).bones:
        assert bone.kind.replace("_", " ") in told
    for joint in assemble(species).joints:
        assert joint.kind in told
    for muscle in species.muscles:
        assert muscle.replace("_", " ") in told


def test_an_estimated_length_has_a_tilde_and_a_measured_one_has_none(rex, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(
        "matplotlib.axes.Axes.text", lambda _ax, _x, _y, words, **_: said.append(words)
    )
    drawn(rex, tmp_path / "a.png")
    assert "thigh 1.28 m" in said
    assert "head ~1.35 m" in said


def test_the_same_animal_gives_the_same_bytes(rex, tmp_path):
    assert drawn(rex, tmp_path / "a.svg") == drawn(rex, tmp_path / "b.svg")


@pytest.mark.parametrize("name", species_names())
def test_no_two_names_of_bones_lie_over_each_other(name):
    species = load_species(name)
    skeleton = assemble(species)
    parts = outline(skeleton, species.look).parts(standing_pose(skeleton))
    texts = [f"{bone.kind} 0.123 m" for bone in skeleton.bones]
    pixel = skeleton.hip_height / 400
    placed = bone_labels(skeleton, parts, texts, pixel)
    for one, other in combinations(placed, 2):
        if one.side == other.side == "above":
            wide = 4 * (len(texts[one.bone]) + len(texts[other.bone])) * pixel
            beside = abs(one.at[0] - other.at[0]) >= wide
            assert beside or abs(one.at[1] - other.at[1]) >= 20 * pixel
        elif one.side == other.side:
            assert abs(one.at[1] - other.at[1]) >= 20 * pixel


def test_points_move_apart_and_those_that_have_room_stay():
    moved = apart([(0.0, 0.0), (0.0, 0.0), (0.1, 0.0), (9.0, 9.0)], 1.0)
    for a, b in combinations(moved, 2):
        assert np.linalg.norm(a - b) > 0.95
    assert moved[3] == pytest.approx((9.0, 9.0), abs=0.01)


def test_a_stronger_muscle_is_wider_and_the_numbers_count_up(rex):
    shown = sorted(lines(assemble(rex)), key=lambda line: line.force)
    widths = [width(line, shown[-1].force) for line in shown]
    assert all(a <= b for a, b in pairwise(widths))
    assert NARROWEST < widths[0] < widths[-1] == WIDEST
    assert sorted(line.number for line in shown) == list(range(1, len(rex.muscles) + 1))


def test_the_command_draws_beside_its_card_and_says_where(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert app.run(["species", "coelophysis", "-o", "c.svg"]) == 0
    assert capsys.readouterr().out.endswith("drew c.svg\n")
    assert app.run(["species", "coelophysis", "-o", "c.png", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["picture"] == "c.png"
    assert (tmp_path / "c.svg").read_text().startswith("<?xml")


def test_a_picture_of_no_animal_and_one_of_no_kind_are_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert app.run(["species", "-o", "all.png"]) == 2
    assert "--out: needs an animal" in capsys.readouterr().err
    assert app.run(["species", "coelophysis", "-o", "c.bmp"]) == 2
    assert "must end in .png, .svg, .pdf" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
