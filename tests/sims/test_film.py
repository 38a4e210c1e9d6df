"""Films: files that another library reads, pictures that are proved by the genome file, and the command."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tracemalloc
import zlib
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from film_small import SIZE, apart, decoded, pictures, small_disk
from PIL import Image
from sims_small import configuration, settings
from window_small import walk

from creatures.assemble import assemble
from creatures.species import load_species, species_names
from evo.settings import SearchSettings
from sims.cli import app
from sims.cli.counting import Dated
from sims.errors import RunError
from sims.evaluate import evaluate
from sims.film.encoder import Film
from sims.film.kinds import KINDS, MOST_PICTURES, true_rate, true_size
from sims.genomes.record import read_genome, write_genome
from sims.live.messages import WalkKey
from sims.live.walks import Scored, walk_again
from sims.physics.trial import TrialSettings
from sims.runs.milestones import milestones
from sims.runs.run import start
from sims.window.eye import followed
from sims.window.filming.cards import Ending, Title
from sims.window.filming.reel import Reel
from sims.window.filming.shots import Played, Shot, Style, moment, played_file
from sims.window.filming.story import story
from sims.window.filming.walk import whole_walk
from sims.window.player.badge import COLOURS
from sims.window.stage.animal import Animal
from sims.window.view import Looks

ROOT = Path(__file__).parents[2]
MOVING = (".mp4", ".webm", ".gif")
SMALL = 320, 180


def film(path: Path, shown, fps: float = 25.0) -> Path:
    size = shown[0].shape[1], shown[0].shape[0]
    with Film(path, size, fps) as made:
        for picture in shown:
            made.add(picture)
    return path


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    """The folder of a small finished run."""
    return start(settings(tmp_path_factory.mktemp("runs"))).go().folder


def best(run: Path) -> Path:
    return run / "best.json"


# Files.


@pytest.mark.parametrize("suffix", MOVING)
def test_another_library_reads_every_picture_of_a_film(suffix, tmp_path):
    drawn = pictures(30)
    said, found = decoded(film(tmp_path / f"film{suffix}", drawn))
    assert len(found) == 30
    assert tuple(said["size"]) == SIZE
    assert said["fps"] == pytest.approx(25)
    assert said["duration"] == pytest.approx(1.2, abs=0.01)
    assert max(apart(a, b) for a, b in zip(drawn, found, strict=True)) < 4
    assert apart(drawn[0], drawn[-1]) > 5  # a film that stands still would be found out


def test_an_mp4_says_its_colours_and_begins_with_its_table_of_contents(tmp_path):
    path = film(tmp_path / "film.mp4", pictures(5))
    assert "yuv420p(tv, bt709" in decoded(path)[0]["words"]
    content = path.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_a_gif_loops_for_ever_and_every_picture_of_it_is_as_long(tmp_path):
    said, _ = decoded(film(tmp_path / "film.gif", pictures(9)))
    assert said["loop"] == 0
    assert set(said["durations"]) == {40}


@pytest.mark.parametrize(("fps", "length"), [(30, 30), (60, 20), (120, 20), (12, 80), (7, 140)])
def test_a_gif_takes_the_nearest_time_that_it_can_say(fps, length, tmp_path):
    path = tmp_path / "film.gif"
    said, _ = decoded(film(path, pictures(3), fps))
    assert set(said["durations"]) == {length}
    assert true_rate(KINDS[".gif"], fps) == Fraction(1000, length)


def test_a_gif_takes_its_colours_from_the_sample(tmp_path):
    first, last = pictures(1)[0], np.full((SIZE[1], SIZE[0], 3), (20, 90, 200), np.uint8)
    for sample, most in (((), 255.0), ((first, last), 4.0)):
        with Film(tmp_path / "film.gif", SIZE, 25, sample) as made:
            made.add(first)
            made.add(last)
        off = apart(decoded(made.path)[1][1], last)
        assert (off < most) if sample else (off > 20)


def test_a_film_strip_is_read_like_a_page(tmp_path):
    drawn = pictures(7)
    with Image.open(film(tmp_path / "strip.png", drawn)) as strip:
        found = np.array(strip)
    gap = (found.shape[1] - 3 * SIZE[0]) // 4
    assert found.shape[0] == 3 * SIZE[1] + 4 * gap
    for number, picture in enumerate(drawn):
        y = gap + number // 3 * (SIZE[1] + gap)
        x = gap + number % 3 * (SIZE[0] + gap)
        assert (found[y : y + SIZE[1], x : x + SIZE[0]] == picture).all()


def test_a_film_strip_has_an_end(tmp_path):
    with pytest.raises(RunError, match=f"at most {MOST_PICTURES} pictures"):
        film(tmp_path / "strip.png", pictures(1) * (MOST_PICTURES + 1))
    assert list(tmp_path.iterdir()) == []


def test_the_same_pictures_give_the_same_bytes_at_another_time(tmp_path):
    first = [film(tmp_path / f"a{suffix}", pictures(12)).read_bytes() for suffix in KINDS]
    time.sleep(1.1)  # a date would be another
    second = [film(tmp_path / f"b{suffix}", pictures(12)).read_bytes() for suffix in KINDS]
    assert first == second


def interrupted(made: Film) -> None:
    made.add(pictures(1)[0])
    assert len(list(made.path.parent.iterdir())) == 2  # it is written beside the other
    raise KeyboardInterrupt


@pytest.mark.parametrize("suffix", KINDS)
def test_a_film_that_is_given_up_leaves_nothing_and_what_was_there_stays(suffix, tmp_path):
    path = tmp_path / f"film{suffix}"
    path.write_bytes(b"an older film")
    made = Film(path, SIZE, 25)
    with pytest.raises(KeyboardInterrupt), made:
        interrupted(made)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"an older film"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
@pytest.mark.parametrize("suffix", KINDS)
def test_a_full_disk_is_one_line_and_leaves_nothing(suffix, tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (40, SIZE[1], SIZE[0], 3), dtype=np.uint8)
    path = tmp_path / f"film{suffix}"
    with small_disk(20_000), pytest.raises(RunError) as caught:
        film(path, noise)
    assert str(caught.value) == f"{path} cannot be written: file too large"
    assert list(tmp_path.iterdir()) == []


def test_a_film_without_pictures_is_none(tmp_path):
    for suffix in KINDS:
        with (
            pytest.raises(RunError, match="has no pictures"),
            Film(tmp_path / f"x{suffix}", SIZE, 25),
        ):
            pass
    assert list(tmp_path.iterdir()) == []


def test_only_kinds_that_need_it_have_even_sizes():
    odd = 161, 121
    assert {suffix: true_size(kind, odd) for suffix, kind in KINDS.items()} == {
        ".mp4": (160, 120),
        ".webm": (160, 120),
        ".gif": odd,
        ".png": odd,
    }


@pytest.mark.parametrize("suffix", MOVING)
def test_a_long_film_needs_no_more_memory_than_a_short_one(suffix, tmp_path):
    peaks = []
    for count in (20, 200):
        drawn = pictures(20)
        tracemalloc.start()
        film(tmp_path / f"film{suffix}", [drawn[n % 20] for n in range(count)])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 5 * pictures(1)[0].nbytes


# Pictures.


class Witness(Animal):
    """An animal that remembers in which poses it was drawn."""

    poses: list

    def draw(self, surface, camera, pen, pose, *others, **more):
        self.poses.append(pose.copy())
        super().draw(surface, camera, pen, pose, *others, **more)


class Watched(Shot):
    """A shot with such an animal."""

    def open(self, style):
        take = super().open(style)
        found = self.source()
        take.stage.animal = Witness(found.skeleton, found.look)
        take.stage.animal.poses = poses
        return take


poses: list = []


@pytest.mark.parametrize("speed", [1.0, 2.0])
@pytest.mark.parametrize("fps", [30, 47.5, 120])
def test_every_pose_that_is_drawn_is_that_frame_of_the_genome_file(fps, speed, run):
    genome = read_genome(best(run))
    checks = np.frombuffer(genome.checks, dtype="<u4")
    found = played_file(best(run))
    poses.clear()
    shot = Watched(lambda: found, found.walk.seconds / speed + 0.2, "", speed=speed)
    reel = Reel([shot], Style(SMALL), Fraction(fps))
    seen = []
    for frame in reel.frames():
        (shown,) = frame.shown
        crc = zlib.crc32(np.ascontiguousarray(poses[-1].reshape(-1)))
        assert crc == checks[shown.frame]
        assert zlib.crc32(np.ascontiguousarray(shown.pose.reshape(-1))) == crc
        wanted = min(frame.number / fps * speed, found.walk.seconds)
        assert abs(shown.time - wanted) <= 0.5001 * found.walk.trajectory.frame_time
        seen.append(shown.frame)
    assert len(poses) == len(seen) == len(reel)
    assert seen[0] == 0
    assert seen[-1] == len(checks) - 1
    assert seen == sorted(seen)


def test_in_slow_motion_poses_may_lie_between_two_frames(run):
    shots = whole_walk(best(run), 1.0, 0.25)
    shown = [frame.shown[0] for frame in Reel(shots, Style(SMALL), Fraction(60)).frames()]
    assert {one.frame for one in shown} == {None}
    assert len({one.pose.tobytes() for one in shown}) == len(shown)
    assert shown[-1].time == pytest.approx(59 / 60 / 4)


def test_in_slow_motion_the_country_goes_by_evenly():
    found = walk()
    end = len(found.com) - 1
    even = replace(found, com=np.linspace((0.0, 1.0), (2.0, 1.0), end + 1))
    moves = np.diff([followed(even, t) for t in np.linspace(0.0, even.seconds, 8 * end + 1)])
    assert moves == pytest.approx(np.full(8 * end, 2.0 / (8 * end)))


def test_a_moment_is_never_outside_the_walk():
    found = walk()
    step = found.trajectory.frame_time
    for speed in (0.5, 1.0):
        assert moment(found, -1.0, speed) == 0.0
        assert moment(found, 99.0, speed) == pytest.approx(found.seconds)
    assert moment(found, 1.4 * step, 1.0) == step
    assert moment(found, 1.6 * step, 1.0) == 2 * step
    assert moment(found, 1.4 * step, 0.5) == 1.4 * step


def a_shot(seconds: float = 0.3, **changes) -> Shot:
    chosen = configuration()
    found = Played(walk(), chosen.skeleton(), chosen.species.look, chosen.species.title)
    return replace(Shot(lambda: found, seconds, "A walk"), **changes)


def picture(shot: Shot, style: Style, number: int = 0) -> np.ndarray:
    for frame in Reel([shot], style, Fraction(30)).frames():
        if frame.number == number:
            return frame.pixels().copy()
    raise IndexError(number)


def test_captions_muscles_and_bones_can_be_switched():
    plain = Looks(muscles=False)
    drawn = [
        picture(a_shot(), style, 5)
        for style in (
            Style(SMALL),
            Style(SMALL, captions=False),
            Style(SMALL, plain),
            Style(SMALL, Looks(bones=True)),
        )
    ]
    whole, bare, skin, bones = drawn
    changed = np.argwhere((whole != bare).any(axis=-1))
    assert 0 < changed[:, 0].max() < 0.35 * SMALL[1]  # words are at the upper edge only
    assert (whole != skin).any()
    assert (whole != bones).any()


def test_words_grow_with_the_picture():
    heights = []
    for size in ((640, 360), (854, 480), (1280, 720), (1920, 1080)):
        words, bare = (picture(a_shot(), Style(size, captions=c)) for c in (True, False))
        rows = np.flatnonzero((words != bare).any(axis=(1, 2)))
        heights.append((rows.max() - rows.min()) / size[1])
    assert max(heights) / min(heights) < 1.12
    assert min(heights) > 0.08


@pytest.mark.parametrize("size", [(160, 120), (1280, 160), (161, 800), (320, 181)])
def test_a_film_of_an_odd_shape_is_drawn_too(size):
    found = walk()
    shot = a_shot(found.seconds + 0.2, title="A very long title of a walk " * 5)
    frames = [frame.pixels().shape for frame in Reel([shot], Style(size), Fraction(5)).frames()]
    assert set(frames) == {(size[1], size[0], 3)}


def has(pixels: np.ndarray, colour) -> bool:
    return bool((pixels == np.array(colour, dtype=np.uint8)).all(axis=-1).sum() > 30)


def test_the_badge_says_whether_it_is_still_the_walk_that_was_saved(run, tmp_path):
    genome = read_genome(best(run))
    genes = (genome.genes[0] + 0.3, *genome.genes[1:])
    other = tmp_path / "other.json"
    write_genome(other, replace(genome, genes=genes))
    corner = np.s_[: SMALL[1] // 4, SMALL[0] // 2 :]
    for path, result in ((best(run), "EXACT"), (other, "DIFFERS")):
        (frame, *_) = Reel(whole_walk(path), Style(SMALL), Fraction(30)).frames()
        assert frame.shown[0].verdict.result == result
        assert has(frame.pixels()[corner], COLOURS[result])


def test_a_reel_knows_its_length_and_shows_parts_one_after_the_other(run):
    parts = story(run, 6.0)
    reel = Reel(parts, Style(SMALL), Fraction(10))
    frames = [(frame.number, frame.shown) for frame in reel.frames()]
    assert [number for number, _ in frames] == list(range(len(reel)))
    assert len(reel) == 60
    assert frames[0][1] == ()  # a title
    assert len(reel.sample(7)) == 7


def test_walks_are_computed_when_their_turn_comes_and_let_go():
    opened = []

    def source(name):
        opened.append(name)
        return a_shot().source()

    parts = [replace(a_shot(0.2), source=lambda name=name: source(name)) for name in "abc"]
    reel = Reel(parts, Style(SMALL), Fraction(10))
    assert (len(reel), opened) == (6, [])
    before = [(frame.number, tuple(opened)) for frame in reel.frames()]
    assert [len(found) for _, found in before] == [1, 1, 2, 2, 3, 3]


@lru_cache
def any_walk(name: str) -> Played:
    species = load_species(name)
    trial = TrialSettings(seconds=0.3)
    chosen = replace(configuration(), species=species, search=SearchSettings(), trial=trial)
    genes = chosen.table().start
    found = evaluate(chosen.task(), genes)
    scored = Scored(
        WalkKey(1), 0, genes, trial, chosen.objective.weights, 0.0, found.terms, found.digest
    )
    skeleton = assemble(species)
    return Played(walk_again(skeleton, scored), skeleton, species.look, species.title)


@pytest.mark.parametrize("name", species_names())
def test_every_species_can_be_filmed(name, tmp_path):
    shot = Shot(lambda: any_walk(name), 0.4, name)
    reel = Reel([shot], Style(SMALL), Fraction(10))
    drawn = []
    with Film(tmp_path / "film.webm", SMALL, 10) as made:
        for frame in reel.frames():
            drawn.append(frame.pixels().copy())
            made.add(drawn[-1])
    found = decoded(made.path)[1]
    assert len(found) == len(reel) == 4
    assert apart(drawn[0], found[0]) < 4
    assert apart(drawn[-1], found[-1]) < 4
    assert apart(drawn[0], drawn[-1]) > 0.1


# Stories.


def lines(*distances: float | None):
    return [
        {"generation": n, "distance_m": far, "time_up_s": 1.0, "ended": "fell"}
        for n, far in enumerate(distances, start=1)
    ]


@pytest.mark.parametrize(
    ("distances", "most", "kept"),
    [
        ((1.0, 1.1, 1.2, 2.0, 1.9, 3.0), 6, [1, 3, 4, 6]),
        ((1.0, 0.5, 0.9), 6, [1]),
        ((1.0, 1.01), 6, [1, 2]),  # the furthest is seen, even if it is hardly further
        ((1.0, 2.0, 2.1), 6, [1, 3]),
        ((1, 2, 4, 4.7, 8, 16, 32), 4, [1, 5, 6, 7]),
        ((1, 2, 4, 8), 2, [1, 4]),
        ((None, -0.5, 0.1), 6, [2, 3]),
        ((), 6, []),
    ],
)
def test_a_story_shows_the_first_generation_and_clear_records(distances, most, kept):
    assert [one.generation for one in milestones(lines(*distances), most)] == kept


def test_a_story_leaves_out_generations_without_a_file_and_those_beyond_its_end():
    history = lines(1.0, 2.0, 4.0, 8.0)
    assert [one.generation for one in milestones(history, 6, kept={1, 3, 4})] == [1, 3, 4]
    assert [one.generation for one in milestones(history, 6, below=5.0)] == [1, 2, 3]


def titles(parts) -> list[str]:
    return [part.title for part in parts if isinstance(part, Shot)]


def test_the_story_of_a_run_goes_from_its_first_generation_to_its_champion(run):
    parts = story(run)
    shots = [part for part in parts if isinstance(part, Shot)]
    champion = read_genome(best(run))
    assert isinstance(parts[0], Title)
    assert isinstance(parts[-1], Ending)
    assert titles(parts)[-1] == "The champion"
    assert shots[-1].words == f"Generation {champion.origin.generation}"
    last = champion.measures["distance_m"]
    history = [json.loads(line) for line in (run / "history.jsonl").read_text().splitlines()]
    before = [line for line in history if line["generation"] < champion.origin.generation]
    expected = milestones(before, 5, below=last)
    assert titles(parts)[:-1] == [f"Generation {one.generation}" for one in expected]
    assert [shot.source().walk.distance_m for shot in shots] == pytest.approx(
        [*(one.distance_m for one in expected), last]
    )


def test_a_story_is_as_long_as_is_wished(run):
    for seconds in (5.0, 20.0, 60.0):
        assert sum(part.seconds for part in story(run, seconds)) == pytest.approx(seconds)
        assert all(part.seconds > 0 for part in story(run, seconds, 4.0))


def test_a_run_under_way_has_a_story_and_only_files_that_are_shown_are_read(run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    best(folder).unlink()
    parts = story(folder)
    assert titles(parts)[-1] == "The furthest so far"
    shown = {int(re.sub(r"\D", "", text)) for text in titles(parts)[:-1]}
    shown.add(int(re.sub(r"\D", "", [p for p in parts if isinstance(p, Shot)][-1].words)))
    others = [
        path
        for path in (folder / "champions").iterdir()
        if int(re.sub(r"\D", "", path.name)) not in shown
    ]
    assert others
    for path in others:
        path.write_text("torn")
    reel = Reel(story(folder, 4.0), Style(SMALL), Fraction(5))
    keys = {one.key.generation for frame in reel.frames() for one in frame.shown}
    assert keys == shown


# The command.


@pytest.fixture
def type_(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str):
        code = app.run(("film", *arguments))
        return code, *capsys.readouterr()

    return typed


def test_a_walk_is_filmed_and_json_says_what_it_is(run, type_):
    code, out, _ = type_(str(best(run)), "-o", "walk.mp4", "--size", "321x181", "--json")
    said = json.loads(out)
    assert code == 0
    found, frames = decoded(Path("walk.mp4"))
    assert said["size"] == list(found["size"]) == [320, 180]
    assert said["frames"] == len(frames)
    assert said["fps"] == found["fps"] == 30
    up = read_genome(best(run)).measures["time_up_s"]
    assert said["seconds"] == pytest.approx(up + 1.0, abs=0.1)
    assert said["bytes"] == Path("walk.mp4").stat().st_size
    assert [one["verdict"] for one in said["verdicts"]] == ["EXACT"]
    assert said["took_s"] > 0
    drawn = [
        frame.pixels().copy()
        for frame in Reel(whole_walk(best(run)), Style(SMALL), Fraction(30)).frames()
    ]
    assert apart(drawn[0], frames[0]) < 4
    assert apart(drawn[-1], frames[-1]) < 4


def test_a_run_is_filmed_as_its_story_and_twice_it_is_the_same_file(run, type_):
    for name in ("one.gif", "two.gif"):
        code, out, err = type_(
            str(run), "-o", name, "--size", "160x120", "--seconds", "3", "--quiet"
        )
        assert (code, out, err) == (0, f"{name}\n", "")
    assert Path("one.gif").read_bytes() == Path("two.gif").read_bytes()
    said, frames = decoded(Path("one.gif"))
    assert (len(frames), said["duration"]) == (75, 3.0)


def test_a_strip_has_twelve_pictures(run, type_):
    code, out, err = type_(str(best(run)), "-o", "strip.png", "--size", "160x120", "--no-captions")
    assert code == 0
    assert "12 pictures of 160x120" in out
    assert err.splitlines()[-1].endswith("12 of 12 pictures")  # a dated line, for a log
    with Image.open("strip.png") as strip:
        width, height = strip.size
    assert 4 * 160 < width < 4.2 * 160
    assert 3 * 120 < height < 3.3 * 120


def test_an_odd_size_is_rounded_down_and_said_to_be_so(run, type_):
    code, _, err = type_(str(best(run)), "-o", "w.webm", "--size", "161x121", "--seconds", "1")
    assert code == 0
    assert err.startswith(".webm needs an even width and height: 160x120\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x.json"], "Missing option '--out'"),
        (["-o", "x.mp4"], "Missing argument 'GENOME|RUN"),
        (["x.json", "-o", "x.avi"], "a film's name must end in .mp4, .webm, .gif, .png"),
        (["x.json", "-o", "no/x.mp4"], "no/x.mp4: there is no folder no"),
        (["x.json", "-o", "x.mp4"], "x.json: no such file"),
        (["x.json", "-o", "x.mp4", "--size", "big"], '--size = "big", must be like 1280x720'),
        (
            ["x.json", "-o", "x.mp4", "--size", "159x120"],
            "--size width = 159, must be 160 to 3,840",
        ),
        (
            ["x.json", "-o", "x.mp4", "--size", "160x2161"],
            "--size height = 2161, must be 120 to 2,160",
        ),
        (["x.json", "-o", "x.mp4", "--fps", "0.5"], "--fps = 0.5, must be 1 to 120"),
        (["x.json", "-o", "x.mp4", "--fps", "nan"], "--fps = nan, must be 1 to 120"),
        (["x.json", "-o", "x.mp4", "--speed", "0"], "--speed = 0, must be 0.05 to 16"),
        (["x.json", "-o", "x.mp4", "--seconds", "inf"], "--seconds = inf, must be 1 to 3,600"),
        (["x.json", "-o", "x.mp4", "--together"], "--together is for a race"),
        ([".", "-o", "x.mp4"], ".: has no run.toml: it is not a run"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_filmed_is_one_clear_line_and_exit_code_2(arguments, said, type_, tmp_path):
    code, out, err = type_(*arguments, "--quiet")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_strip_of_too_many_pictures_and_a_run_without_generations_are_refused(
    run, type_, tmp_path
):
    code, _, err = type_(str(best(run)), "-o", "x.png", "--fps", "120", "--quiet")
    assert code == 2
    assert err.endswith("a film strip has at most 60\n")
    shutil.copytree(run, "run", ignore=shutil.ignore_patterns("best*", "champions", "history*"))
    code, _, err = type_("run", "-o", "x.mp4", "--quiet")
    assert (code, err) == (2, "run: has no generation yet that could be filmed\n")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_all_racers_that_are_not_there_are_told_at_once(type_):
    code, _, err = type_("a.json", "b.json", "-o", "x.mp4", "--quiet")
    assert code == 2
    assert [line.partition(":")[0] for line in err.splitlines()] == ["a.json", "b.json"]


def test_a_folder_in_which_nothing_may_be_written_is_told_before_any_work(type_, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    code, _, err = type_("x.json", "-o", "x.mp4")
    assert (code, err) == (2, "x.mp4: nothing may be written in the folder .\n")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_film_that_is_interrupted_leaves_nothing_and_ends_with_130(number, run, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "sims", "film", str(best(run)), "-o", "x.mp4", "--speed", "0.05"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(tmp_path.iterdir())
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.splitlines()[-1] == "stopped: nothing is left of the film"
    assert list(tmp_path.iterdir()) == []


def test_in_a_log_the_count_is_a_dated_line_now_and_then(capsys):
    lines = Dated(4, "pictures", every_s=0.0)
    hushed = Dated(3, "pictures", every_s=3600.0)
    for done in (1, 2, 3):
        lines.step(done)
        hushed.step(done)
    said = capsys.readouterr().err.splitlines()
    assert [line.partition("  ")[2] for line in said] == [
        "1 of 4 pictures",
        "2 of 4 pictures",
        "3 of 4 pictures",
        "3 of 3 pictures",
    ]
