"""A study comes to the same files whatever is stopped, killed or moved on the way, and no cell takes others with it."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import sims_small as small

import sims
from sims.batch import events
from sims.batch.checks import checked
from sims.batch.driver import PATIENCE_S, Driver
from sims.batch.events import CellBegun, CellDied, CellFailed, CellFinished, CellMoved, CellStep
from sims.batch.folder import taken_up
from sims.batch.messages import Begun, Step
from sims.batch.status import read_status
from sims.batch.study import read_study
from sims.batch.work import Work, left_s
from sims.cli import app, batch
from sims.cli.batch_progress import Lines
from sims.errors import Busy, Interrupted, NotWritten, RunError
from sims.files import Log
from sims.runs.pool import processes, serial
from sims.runs.run import start

STUDY = """\
format = "gaitosaur-study"
version = 1
species = ["velociraptor"]
seeds = "1:4"
[base]
guesses = 30
seconds = 0.6
search.population = 6
search.strict_from = 0.5
"""
FIRST = "velociraptor-s1"
CELLS = (FIRST, "velociraptor-s2", "velociraptor-s3")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


def study(seeds="1:4", text=STUDY):
    return checked(text.replace('"1:4"', f'"{seeds}"'), "study.toml", Path())


def driver(path, asked=None, workers=2, **others):
    return Driver(*taken_up(asked or study(), path), workers, **others)


def done(path, asked=None, listener=None, **others):
    """Makes a study, and returns what was told of it."""
    told = []

    def hear(event):
        told.append(event)
        if listener is not None:
            listener(event)

    driver(path, asked, **others).go(hear)
    return told


def of(kind, told):
    return [event for event in told if isinstance(event, kind)]


def files(path):
    """What must not depend on anything that happens on the way."""
    return {cell.name: small.files(cell) for cell in sorted((path / "cells").iterdir())}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """The files of a study that nobody disturbed, and what was told of it."""
    path = tmp_path_factory.mktemp("unbroken") / "study"
    told = done(path)
    return path, files(path), told


def once(kind, act, when=lambda _event: True):
    """Returns a listener that does something at the first event of a kind."""
    left = [act]

    def hear(event):
        if left and isinstance(event, kind) and when(event):
            left.pop()(event)

    return hear


def process_of(cell, told):
    return [event.pid for event in of(CellBegun, told) if event.cell == cell][-1]


def signalled(told, number):
    """Returns something that sends a signal to the process of the cell that an event is about."""
    return lambda event: os.kill(process_of(event.cell, told), number)


def disturbed(path, kind, number, **others):
    """Makes a study of one cell whose process is sent a signal at the first event of a kind."""
    told = []
    act = once(kind, signalled(told, number))

    def hear(event):
        told.append(event)
        act(event)

    driver(path, study("1:2"), **others).go(hear)
    return told


def test_every_cell_is_the_run_that_evolve_makes(unbroken, tmp_path):
    _, found, _ = unbroken
    assert set(found) == set(CELLS)
    assert found[FIRST] == small.finished(tmp_path, workers=0)


def test_a_cell_that_is_finished_is_not_begun_again(unbroken, tmp_path):
    path, before, told = unbroken
    assert [event.cell for event in of(CellBegun, told)] == list(CELLS)
    assert {event.cell for event in of(CellFinished, told)} == set(CELLS)
    shutil.copytree(path, tmp_path / "again")
    assert [type(event).__name__ for event in done(tmp_path / "again")] == ["StudyBegun"]
    assert files(tmp_path / "again") == before


def test_a_study_that_was_interrupted_goes_on_to_the_same_files(unbroken, tmp_path):
    def ctrl_c(_event):
        raise KeyboardInterrupt

    told = []
    act = once(CellStep, ctrl_c)
    with pytest.raises(Interrupted):
        driver(tmp_path / "s").go(lambda event: (told.append(event), act(event)))
    found = read_status(tmp_path / "s")
    assert not found.driven
    assert found.count("half done") >= 1
    assert found.count("running") == found.count("finished") == 0
    for event in of(CellBegun, told):
        with pytest.raises(ProcessLookupError):
            os.kill(event.pid, 0)
    done(tmp_path / "s")
    assert files(tmp_path / "s") == unbroken[1]


def test_a_cell_whose_process_is_killed_goes_on_in_a_worker_of_its_own(unbroken, tmp_path):
    told = disturbed(tmp_path / "s", CellStep, signal.SIGKILL)
    (death,) = of(CellDied, told)
    assert (death.how, death.deaths) == ("killed by SIGKILL", 1)
    assert [event.workers for event in of(CellBegun, told)] == [0, 1]
    assert files(tmp_path / "s")[FIRST] == unbroken[1][FIRST]


def test_a_cell_that_hangs_is_ended_and_goes_on(unbroken, tmp_path):
    told = disturbed(tmp_path / "s", CellStep, signal.SIGSTOP, patience_s=6.0)
    assert len(of(CellDied, told)) == 1
    assert files(tmp_path / "s")[FIRST] == unbroken[1][FIRST]


def test_cores_that_come_free_go_to_the_longest_cell_that_is_left(unbroken, tmp_path):
    one = study("1:2")
    told = done(tmp_path / "s", one, worth_s=0.0)
    assert [event.workers for event in of(CellMoved, told)] == [2]
    assert [event.workers for event in of(CellBegun, told)] == [0, 2]
    steps = [event.step.generation for event in of(CellStep, told)]
    assert steps == [1, 2, 3, 4, 5]  # none was worked out twice
    assert files(tmp_path / "s")[FIRST] == unbroken[1][FIRST]


def test_a_cell_that_is_nearly_done_stays_where_it_is(unbroken):
    assert of(CellMoved, unbroken[2]) == []


def aborting(_count, _prepare, _arguments):
    """Makes workers of which none lives."""
    os.abort()


def deadly_once(genome, marker, count, prepare, arguments):
    """In the cell's own process a genome is deadly; after that, in one that can be spared."""
    token, task, _ = arguments
    make = processes if Path(marker).exists() else serial
    Path(marker).touch()
    return make(count, prepare, (token, task, partial(small.deadly_genome, genome)))


def test_a_genome_that_kills_its_process_costs_itself_and_not_the_cell(tmp_path):
    told = []
    start(small.settings(tmp_path)).go(told.append)
    victim = told[1].latest
    make = partial(deadly_once, victim.genome, str(tmp_path / "marker"))
    said = done(tmp_path / "s", study("1:2"), make=make)
    assert [event.how for event in of(CellDied, said)] == ["killed by SIGABRT"]
    history = Log(tmp_path / "s" / "cells" / FIRST / "history.jsonl").documents()
    assert history[0]["crashed_guesses"] == [victim.number]


def test_a_cell_that_dies_again_and_again_fails_and_the_others_do_not(tmp_path):
    one = study("1:2")
    told = done(tmp_path / "s", one, make=aborting)
    assert [event.deaths for event in of(CellDied, told)] == [1, 2]
    (failed,) = of(CellFailed, told)
    assert failed.reason == (
        "its process died 3 times without getting any further (killed by SIGABRT)"
    )


def test_a_cell_that_fails_stops_no_other_and_can_be_tried_again(tmp_path, unbroken, capsys):
    path = tmp_path / "s"
    taken_up(study(), path)
    rubbish = path / "cells" / FIRST / "rubbish.txt"
    rubbish.parent.mkdir()
    rubbish.write_text("mine")
    told = done(path)
    assert [event.cell for event in of(CellFailed, told)] == [FIRST]
    assert {event.cell for event in of(CellFinished, told)} == set(CELLS[1:])
    note = json.loads((path / "failed" / f"{FIRST}.json").read_text())
    assert (note["name"], note["tries"]) == (FIRST, 1)
    assert "is there already" in note["reason"]

    assert app.run(["batch", str(path)]) == 5  # it is not tried again unasked
    assert f"{FIRST} failed: " in capsys.readouterr().err
    assert app.run(["status", str(path)]) == 0
    assert "3 cells: 2 finished, 1 failed; no driver is at work" in capsys.readouterr().out

    rubbish.unlink()
    assert app.run(["batch", str(path), "--retry", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert files(path) == unbroken[1]
    assert list((path / "failed").iterdir()) == []


def test_a_second_driver_is_refused(tmp_path):
    first = driver(tmp_path / "s")
    assert read_status(tmp_path / "s").driven
    with pytest.raises(Busy, match=r"another process is at work on .*; see: gaitosaur status"):
        driver(tmp_path / "s")
    first._lay_down()
    assert not read_status(tmp_path / "s").driven


def test_another_study_in_the_same_folder_is_refused_in_one_line(tmp_path):
    taken_up(study(), tmp_path / "s")
    with pytest.raises(
        RunError, match=r"holds another study: seeds = \[1, 2, 3\] there, \[1\] here"
    ):
        taken_up(study("1:2"), tmp_path / "s")
    other = study(text=STUDY.replace("guesses = 30", "guesses = 31"))
    with pytest.raises(RunError, match=r"base = .*guesses = .*30.* there"):
        taken_up(other, tmp_path / "s")
    varied = [f'{STUDY}[vary]\nobjective = ["{one}"]\n' for one in ("walk", "sprint")]
    taken_up(study(text=varied[0]), tmp_path / "v")
    with pytest.raises(RunError, match=r"vary = .*walk.* there, .*sprint.* here"):
        taken_up(study(text=varied[1]), tmp_path / "v")


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "mine.txt").touch()
    with pytest.raises(RunError, match="is there already and is no study"):
        taken_up(study(), tmp_path / "s")


def test_a_study_stands_alone_with_species_and_plans_of_ones_own(tmp_path):
    import creatures

    plans = Path(creatures.__file__).parent / "plans"
    (tmp_path / "ours.toml").write_text((plans / "biped.toml").read_text())
    mine = tmp_path / "mine.toml"
    lengths = "[bones]\nthigh.length_m = 0.238\nshank.length_m = 0.255\nmetatarsus.length_m = 0.1\n"
    mine.write_text(f'plan = "ours.toml"\nmass_kg = 20\n{lengths}')
    text = STUDY.replace('["velociraptor"]', '["mine.toml"]')
    first = checked(text, "study.toml", tmp_path)
    folder, there = taken_up(first, tmp_path / "s")
    animal = first.cells()[0].animal()
    mine.unlink()
    (tmp_path / "ours.toml").unlink()
    assert there.species == ("species/mine.toml",)
    assert there.cells()[0].animal() == animal
    assert [cell.name for cell in there.cells()] == [cell.name for cell in first.cells()]
    assert taken_up(read_study(folder.path), folder.path)[1] == there
    mine.write_text(f'plan = "biped"\nmass_kg = 21\n{lengths}')
    with pytest.raises(RunError, match=r"species/mine\.toml is another file there"):
        taken_up(checked(text, "study.toml", tmp_path), folder.path)


def test_a_folder_that_is_taken_away_ends_the_study_in_one_line(tmp_path):
    path = tmp_path / "s"

    def take_away(_event):
        os.rename(path, tmp_path / "elsewhere")

    # Who misses it first: a cell that writes down a generation, or one that was to be begun at that moment.
    said = r"(cannot be written|no run can be made in .*): no such file"
    with pytest.raises(NotWritten, match=said):
        done(path, listener=once(CellStep, take_away))
    shutil.rmtree(
        path, ignore_errors=True
    )  # a cell that was just being made may have left its place
    os.rename(tmp_path / "elsewhere", path)
    assert read_status(path).count("failed") == 0
    assert read_status(path).count("running") == 0


def in_a_process(*arguments):
    path = str(Path(sims.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


CRAMPED = """
import resource, sys
from sims.cli.app import run
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.exit(run(["batch", "s", "--workers", "1"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such limit")
def test_without_room_on_the_disk_the_study_ends_in_one_line_and_no_cell_is_blamed(
    tmp_path, unbroken
):
    taken_up(study("1:2"), tmp_path / "s")
    going = in_a_process("-c", CRAMPED)
    _, err = going.communicate(timeout=120)
    assert going.returncode == 1
    assert err.splitlines()[-1].endswith(" cannot be written: file too large")
    assert read_status(Path("s")).count("failed") == 0
    done(tmp_path / "s", study("1:2"))
    assert files(tmp_path / "s")[FIRST] == unbroken[1][FIRST]


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten, match="no study can be made in"):
        taken_up(study(), tmp_path / "file" / "s")


def test_the_time_left_is_the_work_left_shared_by_all_cores():
    (cell, *_) = study(text=STUDY.replace("guesses = 30", "guesses = 1000")).cells()
    running, waiting = Work(cell), Work(cell)
    assert left_s([], [waiting], 2) == 0.0  # nothing is known yet
    running.hear(Begun(0, 1000), cores=1)
    running.hear(Step(5, 400, 1000, 1.0, per_minute=600.0, left_s=70.0), cores=1)
    assert running.core_s == pytest.approx(0.1)
    assert left_s([(running, 1)], [waiting], 2) == pytest.approx((70 + 1000 * 0.1 * 1.2) / 2)


def test_a_death_after_a_new_generation_counts_as_the_first():
    work = Work(study().cells()[0])
    assert [work.died(), work.died()] == [False, False]
    work.hear(Step(1, 6, 30, None, 60.0, 1.0), cores=1)
    assert [work.died(), work.died(), work.died()] == [False, False, True]


def test_the_command_is_as_patient_as_the_driver():
    assert batch.PATIENCE_S == PATIENCE_S


TYPED = (
    *("batch", "--species", "velociraptor", "--seeds", "1:2", "--guesses", "30"),
    *("--set-base", "seconds=0.6", "--set-base", "search.population=6"),
    *("--set-base", "search.strict_from=0.5", "--out", "s"),
)


def test_a_study_that_is_typed_is_told_as_json_line_by_line(capsys, unbroken):
    assert app.run([*TYPED, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = [line["event"] for line in lines]
    assert names[:2] == ["study begun", "begun"]
    assert names[-2:] == ["finished", "result"]
    assert names.count("step") == 5
    assert lines[-1]["counts"]["finished"] == 1
    (cell,) = lines[-1]["cells"]
    assert cell["best_m"] == lines[-2]["best_m"]
    assert files(Path("s"))[FIRST] == unbroken[1][FIRST]
    assert app.run(["status", "s", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cells"] == [cell]


def test_a_dry_run_shows_the_grid_and_makes_nothing(capsys):
    assert app.run([*TYPED, "--vary", "tail=free,stiff", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "velociraptor-stiff-s1 " in out
    assert "--variant tail=stiff" in out
    assert "2 cells on " in out
    assert list(Path().iterdir()) == []


WRONG = {
    "nothing": ([], "STUDY.toml is missing"),
    "no seeds": (["--species", "velociraptor", "--out", "s"], "--seeds is missing"),
    "no folder": (["--species", "velociraptor", "--seeds", "0:2"], "--out is missing"),
    "both": (["study.toml", "--seeds", "0:2"], "--seeds: does not go with a study"),
    "no pair": ([*TYPED[1:], "--vary", "tail"], '--vary = "tail", must be KEY=VALUE'),
    "twice": ([*TYPED[1:], "--vary", "tail=free", "--vary", "tail=off"], "--vary tail is there"),
    "value": ([*TYPED[1:], "--vary", "tail=fre"], 'vary.tail[0] = "fre"; did you mean "free"?'),
    "workers": ([*TYPED[1:], "--workers", "0"], "--workers = 0, must be a whole number, 1 to 256"),
    "patience": ([*TYPED[1:], "--patience", "nan"], "--patience = nan, must be 1 to 86,400"),
    "no study": (["nowhere"], "nowhere: no such file"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_a_study_that_cannot_be_is_one_line(arguments, said, capsys):
    assert app.run(["batch", *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert list(Path().iterdir()) == []


def test_dated_lines_say_what_happens_and_how_far_the_study_is(capsys):
    lines = Lines(every_s=3600)
    lines.hear(events.StudyBegun(Path("s"), 3, 1, 0, 2))
    for guesses in (6, 12):
        step = Step(guesses // 6, guesses, 30, 1.25, 600.0, 2.0)
        lines.hear(CellStep("raptor-s1", step, 7200.0))
    lines.hear(CellFinished("raptor-s1", 2.5, 30, 3600.0))
    lines.hear(CellFailed("raptor-s2", "no such luck"))
    said = [line.split("  ", 1)[1] for line in capsys.readouterr().err.splitlines()]
    assert said == [
        "3 cells on 2 cores, in s  (1 of 3 cells finished)",
        "raptor-s1: 6 of 30 guesses, generation 1, best 1.2 m, 600 a minute  "
        "(1 of 3 cells finished, 2 h 0 min left)",
        "raptor-s1 finished, 2.5 m  (2 of 3 cells finished, 60 min left)",
        "raptor-s2 failed: no such luck  (2 of 3 cells finished, 1 failed, 60 min left)",
    ]


def test_sigterm_leaves_checkpoints_and_says_how_to_go_on(tmp_path):
    taken_up(study(), tmp_path / "s")
    going = in_a_process("-m", "sims", "batch", "s", "--workers", "2")
    while not list(Path("s/cells").glob("*/checkpoint.json")):
        assert going.poll() is None
        time.sleep(0.02)
    going.send_signal(signal.SIGTERM)
    out, err = going.communicate(timeout=60)
    assert (going.returncode, out) == (130, "")
    assert err.splitlines()[-1].endswith("go on with:  gaitosaur batch s")
    assert read_status(Path("s")).count("running") == 0
    assert Log(Path("s/log.jsonl")).documents()[-1]["event"] == "interrupted"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill like that")
def test_killed_at_any_moment_it_goes_on_to_the_same_files(tmp_path, unbroken):
    taken_up(study(), tmp_path / "s")
    for least in (0.5, 1.0, 2.0):
        going = in_a_process("-m", "sims", "batch", "s", "--workers", "2")
        with contextlib.suppress(subprocess.TimeoutExpired):
            going.wait(random.uniform(least, least + 2.0))
        going.kill()
        going.communicate()
    done(tmp_path / "s")
    assert files(tmp_path / "s") == unbroken[1]
