"""The poster of one stride, from a walk made up here so that no change of the physics can change the picture."""

from __future__ import annotations

import itertools
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
import sims_small as small

from creatures.assemble import assemble
from creatures.skeleton import Skeleton
from creatures.species import load_species, species_names
from sims.cli import app
from sims.genomes.record import write_genome
from sims.physics.quantities import smoothed
from sims.physics.terrain import Ground
from sims.physics.trajectory import Trajectory
from sims.picture import SIZE, stride_picture
from sims.picture.paint import ARROW
from sims.picture.scene import scene
from sims.picture.stride import Window, feet_down, find_window, runs
from sims.picture.strip import layout

FRAME = 0.02
STRIDE = 60
"""Frames."""


def _walk(skeleton: Skeleton, frames: int, speed: float = 1.0) -> Trajectory:
    """A stiff animal that glides forward while its feet take turns, each down for 36 frames of 60."""
    standing = np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])
    poses = np.repeat(standing[None], frames, axis=0)
    poses[:, :, 0] += (np.arange(frames) * FRAME * speed)[:, None]
    force = np.zeros((frames, len(skeleton.limbs), 2))
    for limb in range(len(skeleton.limbs)):
        phase = (np.arange(frames) + 30 * limb) % STRIDE
        force[:, limb, 1] = np.where(phase < 36, 0.9, 0.0)
    load = np.full((frames, len(skeleton.joints)), 2.0)
    activation = np.zeros((frames, len(skeleton.muscles)))
    return Trajectory(FRAME, 8, poses, activation, load, force, 0.2 * activation)


@pytest.fixture(scope="module")
def rex() -> Skeleton:
    return assemble(load_species("tyrannosaurus"))


def _draw(path: Path, name: str, frames: int, ended: str = "finished") -> bytes:
    species = load_species(name)
    skeleton = assemble(species)
    lines = ["It walked 12.3 m in 10 seconds.", "A guess, not a fact."]
    walk = _walk(skeleton, frames)
    stride_picture(skeleton, species.look, walk, species.title, lines, path, ended)
    return path.read_bytes()


@pytest.mark.parametrize("name", species_names())
def test_every_species_gets_a_png_of_the_promised_size(name, tmp_path):
    data = _draw(tmp_path / "stride.png", name, 300)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == SIZE


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_walk_gives_the_same_bytes(suffix, tmp_path):
    first = _draw(tmp_path / f"one{suffix}", "velociraptor", 300)
    second = _draw(tmp_path / f"two{suffix}", "velociraptor", 300)
    assert first == second
    assert mpl.__version__.encode() not in first


def test_an_svg_shows_the_animal_in_its_own_colours(tmp_path):
    text = _draw(tmp_path / "stride.svg", "coelophysis", 300).decode()
    assert text.startswith("<?xml")
    look = load_species("coelophysis").look
    assert look.body in text
    assert look.belly in text


@pytest.mark.parametrize("frames", [1, 2, 3, 40])
def test_a_trial_that_fell_at_once_is_drawn_too(frames, tmp_path):
    data = _draw(tmp_path / "fall.png", "tyrannosaurus", frames, "fell")
    assert struct.unpack(">II", data[16:24]) == SIZE


def test_a_picture_of_a_fall_differs_from_that_of_a_walk(tmp_path):
    fell = _draw(tmp_path / "fell.png", "tyrannosaurus", 40, "fell")
    stalled = _draw(tmp_path / "stalled.png", "tyrannosaurus", 40, "stalled")
    assert fell != stalled


def test_many_and_long_sentences_still_leave_a_picture(tmp_path, rex):
    look = load_species("tyrannosaurus").look
    path = tmp_path / "words.png"
    words = ["A sentence that goes on and on about one thing after another. " * 3] * 12
    stride_picture(rex, look, _walk(rex, 300), "A title " * 15, words, path)
    assert struct.unpack(">II", path.read_bytes()[16:24]) == SIZE


def test_a_users_own_settings_do_not_change_the_picture(tmp_path):
    plain = _draw(tmp_path / "plain.png", "allosaurus", 200)
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "savefig.dpi": 50}):
        assert _draw(tmp_path / "own.png", "allosaurus", 200) == plain
        assert mpl.rcParams["font.size"] == 30


def test_pyplot_is_never_imported():
    code = "import sys, sims.picture; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_stride_lies_in_the_second_half_and_goes_from_touch_to_touch(rex):
    walk = _walk(rex, 400)
    window = find_window(walk, rex, feet_down(walk, rex))
    assert window == Window(240, 300, True)
    assert window.frames(6) == [240, 250, 260, 270, 280, 290]


def test_an_early_stride_is_better_than_none(rex):
    walk = _walk(rex, 125)
    assert find_window(walk, rex, feet_down(walk, rex)) == Window(60, 120, True)


@pytest.mark.parametrize(
    ("frames", "stumble", "shown"),
    [(600, 310, (360, 420)), (500, 310, (360, 420)), (480, 250, (300, 360))],
)
def test_a_stumble_is_not_taken_for_the_stride(frames, stumble, shown, rex):
    walk = _walk(rex, frames)
    # Lifted in the middle of its stance, and put down again.
    walk.ground_force[stumble : stumble + 20, 0, 1] = 0.0
    assert find_window(walk, rex, feet_down(walk, rex)) == Window(*shown, True)


def test_without_a_stride_the_last_second_is_shown(rex):
    walk = _walk(rex, 59)
    window = find_window(walk, rex, feet_down(walk, rex))
    assert window == Window(9, 59, False)
    assert window.frames(2) == [9, 58]


def test_the_first_frame_which_has_no_force_yet_is_no_touch_down(rex):
    walk = _walk(rex, 100)
    walk.ground_force[0] = 0.0
    assert feet_down(walk, rex)[0, 0]
    assert not find_window(walk, rex, feet_down(walk, rex)).is_stride


def test_a_foot_that_chatters_for_a_moment_takes_no_step(rex):
    walk = _walk(rex, 400)
    smooth = feet_down(walk, rex)
    walk.ground_force[250, 0, 1] = 0.0
    walk.ground_force[285, 0, 1] = 0.8
    assert np.array_equal(feet_down(walk, rex), smooth)


def test_runs_of_flags_are_found_with_their_ends():
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.zeros(3, dtype=bool)) == []


def test_duty_factor_and_stride_time_are_those_of_the_walk(rex):
    shown = scene(rex, load_species("tyrannosaurus").look, _walk(rex, 400))
    assert shown.stride_time == pytest.approx(STRIDE * FRAME)
    assert shown.duty == pytest.approx([0.6, 0.6])


def test_smoothing_keeps_a_level_line_level_and_the_mean_of_a_peak():
    level = np.full((9, 2), 3.0)
    assert smoothed(level, 5) == pytest.approx(level)
    peak = np.zeros((9, 1))
    peak[4] = 5.0
    assert smoothed(peak, 5)[:, 0] == pytest.approx([0, 0, 1, 1, 1, 1, 1, 0, 0])


@pytest.mark.parametrize(("speed", "moved"), [(1.0, True), (80.0, False)])
def test_poses_stand_where_they_were_only_if_they_do_not_hide_each_other(rex, speed, moved):
    shown = scene(rex, load_species("tyrannosaurus").look, _walk(rex, 400, speed))
    made = layout(shown, 0.3)
    assert made.moved == moved
    placed = shown.poses[:, rex.root, 0] + made.shift
    for row in made.rows:
        steps = np.diff(placed[list(row)])
        real = np.diff(shown.poses[list(row), rex.root, 0])
        assert np.allclose(steps, real) != moved
        assert steps.min() > rex.leg_length


def test_of_the_longest_animal_not_even_the_tail_lies_behind_its_neighbour():
    species = load_species("diplodocus")
    skeleton = assemble(species)
    shown = scene(skeleton, species.look, _walk(skeleton, 400))
    made = layout(shown, 0.3)
    drawn = [np.concatenate([p.polygon for p in shown.outline.parts(q)]) for q in shown.poses]
    ends = [
        (p[:, 0].min() + dx, p[:, 0].max() + dx) for p, dx in zip(drawn, made.shift, strict=True)
    ]
    for row in made.rows:
        assert all(ends[a][1] <= ends[b][0] for a, b in itertools.pairwise(row))
        assert ends[row[-1]][1] <= made.width
    assert sum(made.rows, ()) == tuple(range(len(shown.poses)))


def test_the_person_is_life_size_only_beside_an_animal_at_least_as_tall(rex):
    large = scene(rex, load_species("tyrannosaurus").look, _walk(rex, 400))
    assert layout(large, 0.3).person_scale == 1.0
    species = load_species("velociraptor")
    raptor = assemble(species)
    small = layout(scene(raptor, species.look, _walk(raptor, 400)), 0.3)
    assert 0.1 < small.person_scale < 0.6
    assert small.ruler_end < small.width


def test_on_rough_ground_each_pose_is_drawn_on_level_ground(rex):
    walk = _walk(rex, 400)
    look = load_species("tyrannosaurus").look
    level = scene(rex, look, walk)
    hill = Ground(np.array([-10.0, 90.0]), np.array([-1.0, 9.0]))
    poses = walk.poses.copy()
    poses[:, :, 1] += (0.1 * poses[:, rex.root, 0])[:, None]
    rough = scene(rex, look, replace(walk, poses=poses), hill)
    assert rough.poses[:, :, 1] == pytest.approx(level.poses[:, :, 1])


def test_what_a_file_claims_of_a_walk_is_not_believed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    honest = replace(small.a_genome(), gate=None)
    write_genome(Path("honest.json"), honest)
    boast = dict(honest.measures) | {"distance_m": 99.9}
    write_genome(Path("boast.json"), replace(honest, measures=boast))
    for name in ("honest", "boast"):
        assert app.run(["picture", f"{name}.json", "-o", f"{name}.svg", "--quiet"]) == 0
    assert capsys.readouterr().err.startswith("warning: boast.json: DIFFERS: ")
    assert Path("boast.svg").read_bytes() == Path("honest.svg").read_bytes()


@pytest.mark.parametrize("push", [0.9, 6.0])
def test_no_arrow_is_cut_off_and_all_of_a_picture_are_to_one_scale(
    push, rex, tmp_path, monkeypatch
):
    found = _walk(rex, 200)
    walk = replace(found, ground_force=found.ground_force / 0.9 * push)
    seen = []

    def kept(ax, _skeleton, _pose, force, unit, _order):
        seen.append((unit, unit * force[:, 1].max(), ax.get_ylim()[1]))

    monkeypatch.setattr("sims.picture.paint.force_arrows", kept)
    look = load_species("tyrannosaurus").look
    stride_picture(rex, look, walk, "", [], tmp_path / "a.png")
    assert all(length < top for _, length, top in seen)
    (unit,) = {unit for unit, _, _ in seen}
    assert (unit == ARROW * rex.hip_height) == (push < 1.0)
