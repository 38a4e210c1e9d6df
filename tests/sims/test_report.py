"""A report of a run or a study: what is read, what the seeds support, and the one page that tells it."""

import base64
import csv
import hashlib
import html
import io
import json
import re
import shlex
import shutil
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import report_small as made
import sims_small as small
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from scipy import stats

from creatures.faults import BadFile
from creatures.outline.skin import basis
from sims.cli import app
from sims.genomes.record import read_genome, write_genome
from sims.physics.trial import TrialSettings
from sims.report import animation, statistics, svg
from sims.report.curves import MOST, Point, band, read_curve, thinned
from sims.report.gather import gather
from sims.report.material import value_of
from sims.report.page import page
from sims.report.rows import rows
from sims.report.said import found, standing
from sims.report.walker import moments, walker
from sims.runs.run import start


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Path:
    """A real run, finished."""
    home = tmp_path_factory.mktemp("runs")
    return start(small.settings(home, trial=TrialSettings(seconds=1.0))).go().folder


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """Two settings with six seeds each, all finished."""
    return made.study(tmp_path_factory.mktemp("study") / "s", 6, made.uneven)


def report(*arguments: object) -> int:
    return app.run(["report", *map(str, arguments)])


def html_of(folder: Path) -> str:
    material = gather(folder)
    return page(material, statistics.comparisons(material))


# What the seeds support


def test_fewer_than_five_seeds_have_no_interval():
    assert statistics.interval([1.0, 2.0, 3.0, 4.0]) is None
    assert statistics.interval([1.0, 2.0, 3.0, 4.0, 5.0]) is not None


def test_seeds_that_agree_have_an_interval_without_width():
    assert statistics.interval([2.0] * 6) == statistics.Interval(2.0, 2.0)


def test_an_interval_holds_the_mean_leans_to_the_long_side_and_is_the_same_every_time():
    skewed = [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 9.0]
    one = statistics.interval(skewed)
    mean = float(np.mean(skewed))
    assert min(skewed) < one.low < mean < one.high < max(skewed)
    assert one.high - mean > 1.5 * (mean - one.low)
    assert statistics.interval(skewed) == one


def test_holm_corrects_the_least_chance_most_and_never_turns_an_order_round():
    assert statistics.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert statistics.holm([0.9, 0.8]) == [1.0, 1.0]
    assert statistics.holm([]) == []


@given(st.lists(st.floats(0.0, 1.0), max_size=12))
def test_holm_never_makes_a_chance_smaller(chances):
    corrected = statistics.holm(chances)
    assert all(a >= b for a, b in zip(corrected, chances, strict=True))
    order = np.argsort(chances, kind="stable")
    assert np.all(np.diff(np.array(corrected)[order]) >= 0.0) if chances else corrected == []


def compared(folder: Path, seeds: int, distance=made.uneven) -> statistics.Paired:
    """Returns the two strategies, compared in distance."""
    found = statistics.comparisons(made.material(folder, seeds, distance))
    return next(each for each in found if each.measure == "hip_heights")


@pytest.mark.parametrize("pairs", [5, 8])
def test_pairs_that_all_agree_have_the_smallest_chance_there_is(pairs, tmp_path):
    each = compared(tmp_path / "s", pairs)
    assert (each.pairs, each.effect) == (pairs, -1.0)
    assert each.chance == pytest.approx(2.0 / 2**pairs)
    assert each.least_chance == pytest.approx(each.chance)


def test_the_chance_is_that_of_wilcoxons_test_where_nothing_is_tied(tmp_path):
    apart = (0.3, -0.1, 0.7, 0.45, -0.2, 0.9, 1.1)
    each = compared(tmp_path / "s", 7, lambda s, k: 2.0 + (apart[k] if s == "hill" else 0.0))
    known = stats.wilcoxon(np.array(each.differences), method="exact")
    assert each.chance == pytest.approx(known.pvalue)
    assert each.median == pytest.approx(0.45)


def test_pairs_that_are_equal_count_for_nothing(tmp_path):
    each = compared(tmp_path / "s", 6, lambda _strategy, _seed: 2.0)
    assert (each.effect, each.chance, each.is_sure) == (0.0, 1.0, False)


def test_four_pairs_are_told_and_make_no_claim(tmp_path):
    material = made.material(tmp_path / "s", 4)
    for each in statistics.comparisons(material):
        assert (each.pairs, each.chance, each.is_sure) == (4, None, False)
    text = page(material, statistics.comparisons(material))
    assert "There are only 4 pairs of seeds: the numbers are told, and no claim is made." in text
    assert "after Holm)" not in text
    assert "With 4 seeds a setting nothing is said of any other seed" in text


def test_a_claim_needs_its_chance_after_the_correction(tmp_path):
    """With seven pairs the smallest chance is 0.016: three times that is below 0.05; with six it is not."""
    for pairs, sure in ((6, False), (8, True)):
        material = made.material(tmp_path / f"s{pairs}", pairs)
        every = statistics.comparisons(material)
        claims = [line for line in found(material, every) if "after Holm" in line]
        assert bool(claims) == sure
    assert claims[0].startswith("Strategy hill goes less far than strategy cma: by 0.5 hip heights")
    assert "in 8 of 8 pairs of seeds" in claims[0]


def test_only_seeds_that_both_settings_have_are_paired(tmp_path):
    folder = made.study(tmp_path / "s", 6, made.uneven)
    (folder / "cells" / "velociraptor-hill-s2" / "best.json").unlink()
    each = statistics.comparisons(gather(folder))[0]
    assert (each.pairs, len(each.one.done), len(each.other.done)) == (5, 6, 5)


# How a run learnt


def points(count: int) -> list[Point]:
    return [Point(10 * k, float(k), 0.5 * k, 0) for k in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, MOST, MOST + 1, 20_000])
def test_a_curve_is_thinned_to_what_a_screen_shows_and_keeps_its_ends(count):
    every = points(count)
    curve = thinned(iter(every))
    assert len(curve.points) <= MOST + 1
    assert (curve.points[0], curve.points[-1]) == (every[0], every[-1])
    assert (curve.generations, curve.guesses) == (count, 10 * count)


def test_the_best_so_far_never_falls_until_guesses_are_looked_at_more_strictly(tmp_path):
    best = [3.0, 1.0, 5.0, 2.0, 0.5, 4.0]
    lines = [made.line(k + 1, k, k >= 4) | {"best": value} for k, value in enumerate(best)]
    path = tmp_path / "history.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    curve = read_curve(path)
    assert [point.score for point in curve.points] == [3.0, 3.0, 5.0, 5.0, 0.5, 4.0]
    assert [point.distance_m for point in curve.points] == [0, 0, 2, 2, 4, 5]
    assert curve.strict_from == 48


def test_a_torn_last_line_is_left_out(tmp_path):
    path = tmp_path / "history.jsonl"
    made.history(path, 3)
    path.write_bytes(path.read_bytes() + b'{"generation": 4, "best')
    assert read_curve(path).generations == 3
    path.write_bytes(b"")
    assert read_curve(path) is None


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[1]",
        "7",
        '{"guesses": 1, "best": NaN}',
        "\x00",
        "{{",
        '{"guesses": 1e99, "best": 1, "distance_m": 1, "rigour": 0}',
    ],
)
def test_a_line_that_no_run_writes_is_refused_with_its_number(line, tmp_path):
    path = tmp_path / "history.jsonl"
    made.history(path, 2)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(BadFile, match=r"history\.jsonl:3: is no line of a history"):
        read_curve(path)


def test_a_band_goes_as_far_as_all_of_its_curves():
    curves = [thinned(points(count)) for count in (10, 20, 30)]
    shown = band(curves, "score")
    assert (shown.guesses[0], shown.guesses[-1]) == (10.0, 100.0)
    assert shown.middle[-1] == 10.0
    assert np.all(shown.low <= shown.middle)
    assert np.all(shown.middle <= shown.high)


# The walk on the page


def numbers(text: str, kind: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def test_the_poses_on_the_page_are_those_of_the_walk(study):
    shown = walker(gather(study).settings[0].shown["best seed"])
    walk = animation.animation(shown)
    stored = walk["poses"]
    whole = numbers(stored["data"], "<i2").reshape(stored["frames"], -1)
    poses = np.array(stored["low"]) + whole * np.array(stored["step"])
    every = round(walk["dt"] / shown.trajectory.frame_time)
    real = shown.trajectory.poses[::every].reshape(len(poses), -1)
    assert np.abs(poses - real).max() < 1e-4
    assert 1 / 40 < walk["dt"] < 1 / 20


def test_the_skin_on_the_page_is_that_of_the_program(study):
    shown = walker(gather(study).settings[0].shown["best seed"])
    skin = animation.skin(shown)
    counts, bones = numbers(skin["counts"], "u1"), numbers(skin["bones"], "u1")
    rows = numbers(skin["numbers"], "<f4").reshape(-1, 3)
    pose = shown.trajectory.poses[-1]
    places = basis(pose).reshape(-1, 3, 2)[bones]
    each = np.einsum("nk,nkx->nx", rows, places)
    vertices = np.add.reduceat(each, (np.cumsum(counts) - counts).astype(int))
    parts = shown.outline.parts(pose)
    assert np.abs(vertices - np.concatenate([part.polygon for part in parts])).max() < 1e-5
    assert [[p[0], p[1]] for p in skin["parts"]] == [[p.role, len(p.polygon)] for p in parts]
    assert skin["colours"]["body"] == shown.genome.species.look.body


def test_a_champion_without_a_recording_walks_again(study, tmp_path):
    run = gather(study).settings[0].shown["best seed"]
    bare = tmp_path / "bare.json"
    write_genome(bare, replace(read_genome(run.result.path), recording=None))
    again = walker(replace(run, result=replace(run.result, path=bare)))
    recorded = walker(run)
    assert len(again.trajectory) == len(recorded.trajectory)
    assert np.abs(again.trajectory.poses - recorded.trajectory.poses).max() < 1e-4


def test_a_strip_shows_one_stride_or_else_the_last_second(study):
    shown = walker(gather(study).settings[0].shown["best seed"])
    assert shown.stride is None
    last = moments(shown, 6)
    assert last[0] == max(0.0, shown.seconds - 1.0)
    assert last[-1] == pytest.approx(shown.seconds)
    feet = (("left", 0, ((0.0, 0.1), (0.2, 0.3), (0.5, 0.6))), *shown.feet[1:])
    stride = moments(replace(shown, feet=feet), 6)
    assert stride == pytest.approx([0.2 + 0.05 * k for k in range(6)])


# What is read


def test_runs_that_are_half_done_failed_or_not_begun_are_reported_as_such(tmp_path):
    folder = made.study(tmp_path / "s", 6, made.uneven)
    cells = folder / "cells"
    for seed in (1, 2, 3):
        (cells / f"velociraptor-cma-s{seed}" / "best.json").unlink()
    (cells / "velociraptor-cma-s3").rename(tmp_path / "gone")
    (folder / "failed").mkdir()
    why = {"name": "velociraptor-cma-s2", "reason": "the disk is full", "when": "", "tries": 2}
    (folder / "failed" / "velociraptor-cma-s2.json").write_text(json.dumps(why))
    material = gather(folder)
    states = {run.name[-6:]: run.state for run in material.runs if run.state != "finished"}
    assert states == {"cma-s1": "half done", "cma-s2": "failed", "cma-s3": "waiting"}
    lines = list(standing(material))
    assert "9 of 12 runs are finished, 1 half done, 1 waiting and 1 failed" in lines[0]
    assert lines[1] == "velociraptor-cma-s2 failed: the disk is full."
    text = html_of(folder)
    assert html.escape(lines[0], quote=True) in text
    assert "3 not done" in text


@pytest.mark.parametrize("name", ["best.json", "history.jsonl"])
def test_a_run_whose_files_cannot_be_used_has_failed_and_takes_no_other_along(name, tmp_path):
    folder = made.study(tmp_path / "s", 2, made.uneven)
    broken = folder / "cells" / "velociraptor-cma-s1" / name
    broken.write_text("{}\n")
    states = {run.name: run for run in gather(folder).runs}
    assert states["velociraptor-cma-s1"].state == "failed"
    assert str(broken) in states["velociraptor-cma-s1"].reason
    assert sum(run.state == "finished" for run in states.values()) == 3
    assert html.escape(states["velociraptor-cma-s1"].reason, quote=True) in html_of(folder)


def test_a_study_that_has_not_begun_is_still_a_report(tmp_path):
    (tmp_path / "study.toml").write_text(made.STUDY.format(title='"Soon"', seeds=2))
    text = html_of(tmp_path)
    assert "No run is finished yet" in text
    assert text.count("waiting") >= 4
    assert "<canvas" not in text


def test_the_champion_shown_is_the_seed_in_the_middle_and_the_best_is_named_as_such(study):
    setting = gather(study).settings[0]
    scores = sorted(value_of(run, "score") for run in setting.done)
    shown = {name: value_of(run, "score") for name, run in setting.shown.items()}
    assert shown == {"median seed": scores[2], "best seed": scores[-1]}


def test_a_real_run_is_told_and_its_command_makes_it_again(ran, tmp_path):
    material = gather(ran)
    (run,) = material.runs
    champion = read_genome(ran / "best.json")
    assert run.result.measures["distance_m"] == champion.measures["distance_m"]
    assert sum(run.result.points.values()) == pytest.approx(champion.score)
    words = shlex.split(run.command)
    again = tmp_path / "again"
    assert app.run([*words[1:], "--out", str(again), "--workers", "0", "--quiet"]) == 0
    assert (again / "best.json").read_bytes() == (ran / "best.json").read_bytes()


def test_a_run_that_words_cannot_say_is_repeated_from_its_folder(tmp_path):
    odd = replace(small.settings(tmp_path).trial, gravity_scale=0.5)
    folder = start(small.settings(tmp_path, guesses=6, trial=odd)).go().folder
    assert gather(folder).runs[0].command == f"gaitosaur evolve --repeat {folder}"


def test_a_run_that_is_not_finished_shows_its_best_guess_so_far(ran, tmp_path):
    folder = tmp_path / "half"
    shutil.copytree(ran, folder)
    (folder / "best.json").unlink()
    material = gather(folder)
    assert material.runs[0].state == "half done"
    text = html_of(folder)
    assert "This run is not finished" in text
    assert "<canvas" in text


# The page


def test_nothing_in_the_page_comes_from_elsewhere(study):
    text = html_of(study)
    assert not re.search(r"https?://|\bsrc=|@import|url\(|<link|<iframe|<img", text)
    script = re.search(r"<script>(.*?)</script></body>", text, re.DOTALL)[1]
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{allowed}'" in text


def test_every_figure_says_what_to_see_and_has_words_for_those_who_cannot(study):
    text = html_of(study)
    captions = re.findall(r"<figure><figcaption><b>([^<]+)</b>([^<]+)</figcaption>", text)
    assert len(captions) == text.count("<figure>") >= 12
    assert all(len(words) > 30 for _, words in captions)
    labels = re.findall(r'<svg class="figure[^>]*aria-label="([^"]+)"', text)
    assert len(labels) == text.count('<svg class="figure')


def test_names_from_files_are_text_and_nothing_else(tmp_path):
    bad = "<script>document.title='owned'</script>\"'&"
    folder = made.study(tmp_path / "s", 1, made.uneven, f"T {bad}", f"Rex {bad}")
    text = html_of(folder)
    assert text.count("<script") == 2
    assert html.escape(f"T {bad}", quote=True) in text
    assert html.escape(f"Rex {bad}", quote=True) in text
    assert bad not in text


def test_the_same_folder_gives_the_same_page(study, tmp_path):
    assert report(study, "-o", tmp_path / "one.html", "--quiet") == 0
    assert report(study, "-o", tmp_path / "two.html", "--quiet") == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@given(st.floats(-1e9, 1e9), st.floats(1e-9, 1e9))
def test_ticks_are_round_few_and_within_the_scale(low, share):
    span = share * max(1.0, abs(low))  # what `svg.scale` makes: never finer than numbers are
    scale = svg.Scale(low, low + span, 0.0, 100.0)
    ticks = scale.ticks(5)
    assert len(ticks) <= 6
    assert all(-1e-3 <= scale(tick) <= 100.001 for tick in ticks)


def test_no_two_settings_have_both_colour_and_shape_in_common():
    marks = {svg.mark(0.0, 0.0, series) for series in range(28)}
    assert len(marks) == 28


# The command


def test_the_page_lies_in_the_folder_it_is_about_unless_another_place_is_named(ran, capsys):
    assert report(ran) == 0
    assert capsys.readouterr().out.startswith(f"wrote {ran / 'report.html'}: ")
    assert (ran / "report.html").read_text().startswith("<!doctype html>")
    assert not list(ran.glob(".*.part"))


def test_the_table_has_a_row_for_every_run_and_reads_back_the_same(study, tmp_path):
    assert report(study, "--csv", tmp_path / "t.csv", "--parquet", tmp_path / "t.parquet") == 0
    wanted = rows(gather(study))
    read = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text())))
    typed = parquet.read_table(tmp_path / "t.parquet").to_pylist()
    assert len(read) == len(typed) == len(wanted) == 12
    for text, one, row in zip(read, typed, wanted, strict=True):
        assert one == row
        assert float(text["hip_heights"]) == row["hip_heights"]
        assert (text["strategy"], text["seed"]) == (row["strategy"], str(row["seed"]))
        assert text["walked"] == ("true" if row["walked"] else "false")
    assert not (study / "report.html").exists()


def test_without_pyarrow_parquet_is_refused_in_one_line(study, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as Python sees what is not installed
    assert report(study, "--parquet", tmp_path / "t.parquet") == 2
    assert "needs pyarrow, which is not installed" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_json_has_the_numbers_of_the_page(study, tmp_path, capsys):
    assert report(study, "-o", tmp_path / "r.html", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["states"]["finished"] == 12
    far = told["settings"][0]["measures"]["hip_heights"]
    values = [made.uneven("cma", seed) for seed in range(6)]
    assert far["median"] == pytest.approx(np.median(values))
    assert far["interval_of_the_mean"][0] < np.mean(values) < far["interval_of_the_mean"][1]
    assert len(told["comparisons"]) == len(statistics.COMPARED)
    assert told["files"] == [str(tmp_path / "r.html")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "nothing: no such folder"),
        (["empty"], "empty: is no run and no study: it has no run.toml and no study.toml"),
        (["file"], "file: is a file, not a folder"),
        (["odd"], "odd/study.toml"),
        (["empty", "-o", "r.txt"], "r.txt: a report's name must end in .html, .htm"),
        (["empty", "-o", "no/r.html"], "no/r.html: there is no folder no"),
        (["empty", "--csv", "t.html"], "t.html: this table's name must end in .csv"),
        (["empty", "--parquet", "t.csv"], "t.csv: this table's name must end in .parquet"),
        ([], "Missing argument 'DIR'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_reported_is_one_clear_line_and_exit_code_2(
    arguments, said, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("file").touch()
    Path("odd").mkdir()
    Path("odd/study.toml").write_text("format = 3\n")
    before = sorted(tmp_path.rglob("*"))
    assert report(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_long_history_takes_no_more_memory_than_a_short_one(tmp_path):
    most = {}
    for count in (1_000, 10_000):
        path = tmp_path / f"{count}.jsonl"
        made.history(path, count)
        tracemalloc.start()
        read_curve(path)
        most[count] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most[10_000] < 1.2 * most[1_000] < path.stat().st_size
