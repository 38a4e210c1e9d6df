import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sims_small as small

import sims
from creatures.faults import BadFile
from sims import files
from sims.errors import Interrupted, RunError
from sims.genomes.record import read_genome
from sims.physics.terrain import Terrain
from sims.physics.trial import TrialSettings
from sims.runs import run
from sims.runs.configuration import read_configuration
from sims.runs.events import Finished, GenerationDone, Started
from sims.runs.run import resume, start
from sims.score import OBJECTIVES


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """The files of a run that nobody disturbed."""
    return small.finished(tmp_path_factory.mktemp("unbroken"), workers=0)


def stopped_after(count, home, stop):
    """A run that was stopped when `count` generations were done."""

    def listener(event):
        if isinstance(event, GenerationDone) and event.generation == count:
            stop()

    begun = start(small.settings(home))
    with pytest.raises(Interrupted) as stopped:
        begun.go(listener)
    assert stopped.value.folder == begun.folder
    return begun.folder


def ctrl_c():
    raise KeyboardInterrupt


def sigterm():
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_does_not_change_a_byte(workers, tmp_path, unbroken):
    assert small.finished(tmp_path, workers) == unbroken


def test_a_run_tells_what_it_does_from_the_start_to_the_champion(tmp_path):
    events = []
    result = start(small.settings(tmp_path)).go(events.append)
    kinds = [type(event).__name__ for event in events]
    assert kinds[0] == "Started"
    assert kinds[-1] == "Finished"
    assert "Gating" in kinds
    done = [event for event in events if isinstance(event, GenerationDone)]
    assert [event.generation for event in done] == list(range(1, 6))
    assert done[-1].guesses == small.GUESSES
    assert done[-1].eta_s == 0.0
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert events[-1].result == result


def test_a_generation_comes_with_everything_that_was_guessed_in_it(tmp_path):
    events = []
    start(small.settings(tmp_path)).go(events.append)
    done = [event for event in events if isinstance(event, GenerationDone)]
    numbers = [one.number for event in done for one in event.made.individuals]
    assert numbers == list(range(small.GUESSES))
    for event in done:
        assert event.made.number == event.generation
        assert event.latest.score == event.made.best.outcome.score
        assert event.latest.evaluation is event.made.best.outcome


def test_the_champion_can_be_read_and_has_been_at_the_gate(tmp_path):
    result = start(small.settings(tmp_path)).go()
    champion = read_genome(result.file)
    assert champion == result.champion
    assert champion.gate is not None
    assert champion.recording is not None
    assert champion.measures == read_genome(result.file).measures
    assert result.trial.ended == champion.ended
    assert len(result.trial.trajectory) == len(champion.recording.trajectory())
    assert files.as_plain(result.document()) == result.document()


@pytest.mark.parametrize("stop", [ctrl_c, sigterm], ids=["ctrl_c", "sigterm"])
@pytest.mark.parametrize("count", [1, 4])
def test_stopped_and_resumed_it_is_the_unbroken_run(count, stop, tmp_path, unbroken):
    folder = stopped_after(count, tmp_path, stop)
    assert not (folder / "best.json").exists()
    resume(folder, workers=0).go()
    assert small.files(folder) == unbroken


def test_another_thread_can_stop_a_run(tmp_path):
    begun = start(small.settings(tmp_path))
    begun.stop()
    with pytest.raises(Interrupted):
        begun.go()


def test_a_torn_last_line_of_the_history_is_cut(tmp_path, unbroken):
    folder = stopped_after(3, tmp_path, ctrl_c)
    with (folder / "history.jsonl").open("ab") as file:
        file.write(b'{"generation": 4, "phase": "pol')
    with (folder / "timing.jsonl").open("ab") as file:
        file.write(b'{"sec')
    resume(folder, workers=0).go()
    assert small.files(folder) == unbroken


def test_what_a_kill_left_half_written_is_swept_away(tmp_path, unbroken):
    folder = stopped_after(2, tmp_path, ctrl_c)
    (folder / ".checkpoint.json.x1.part").write_text("{")
    (folder / "champions" / ".gen-0003.json.x2.part").write_text("{")
    resume(folder, workers=0).go()
    assert small.files(folder) == unbroken
    assert not list(folder.rglob("*.part"))


KILLED = """
import os, signal, sys
import sims_small as small
from pathlib import Path
from sims.runs.events import Gating, GenerationDone
from sims.files import Log
from sims.runs.folder import RunFolder
from sims.runs.run import resume, start

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def die_at(place, event):
    if place == "gate" and isinstance(event, Gating):
        die()
    if isinstance(event, GenerationDone) and f"generation {event.generation}" == place:
        die()

if __name__ == "__main__":
    place, folder = sys.argv[1], Path(sys.argv[2])
    if place == "before the checkpoint":
        RunFolder.write_checkpoint = die
    if place == "before the replacing":
        os.replace = die
    if folder.exists():
        going = resume(folder, workers=1)
    else:
        going = start(small.settings(folder.parent, 1, out=folder))
    going.go(lambda event: die_at(place, event))
"""
PLACES = ["before the checkpoint", "generation 2", "before the replacing", "gate"]


def driver(script, place, folder):
    path = os.pathsep.join([str(Path(sims.__file__).parents[1]), str(Path(__file__).parent)])
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.Popen([sys.executable, str(script), place, str(folder)], env=environment)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill like that")
def test_killed_again_and_again_and_resumed_it_is_the_unbroken_run(tmp_path, unbroken):
    script, folder = tmp_path / "driver.py", tmp_path / "run"
    script.write_text(KILLED)
    for place in PLACES:
        victim = driver(script, place, folder)
        assert victim.wait() == -signal.SIGKILL
        assert not (folder / "best.json").exists()
    resume(folder, workers=0).go()
    assert small.files(folder) == unbroken


def test_killed_at_any_moment_and_resumed_it_is_the_unbroken_run(tmp_path, unbroken):
    script, folder = tmp_path / "driver.py", tmp_path / "run"
    script.write_text(KILLED)
    for _ in range(3):
        victim = driver(script, "nowhere", folder)
        with contextlib.suppress(subprocess.TimeoutExpired):
            victim.wait(random.uniform(0.8, 3.0))
        victim.kill()
        victim.wait()
    (
        resume(folder, workers=0)
        if folder.exists()
        else start(small.settings(tmp_path, out=folder))
    ).go()
    assert small.files(folder) == unbroken


def test_a_guess_that_kills_its_process_costs_itself_and_is_recorded(tmp_path):
    events = []
    start(small.settings(tmp_path, guesses=12)).go(events.append)
    victim = events[1].latest
    make = partial(small.with_deadly_genome, victim.genome)
    result = start(small.settings(tmp_path, 2, guesses=12), make=make).go()
    history = files.Log(result.folder / "history.jsonl").documents()
    assert [line["crashed_guesses"] for line in history] == [[victim.number], []]
    assert history[0]["best"] < victim.score
    assert result.crashed == 1
    assert result.champion.genes != victim.genome


def test_a_finished_run_has_nothing_left_to_do(tmp_path):
    result = start(small.settings(tmp_path, guesses=6)).go()
    before = small.files(result.folder)
    again = resume(result.folder, workers=0)
    assert again.finished
    told = again.go()
    assert told.was_finished
    assert told.champion == result.champion
    assert small.files(result.folder) == before


def test_two_drivers_cannot_be_at_one_run(tmp_path):
    begun = start(small.settings(tmp_path))
    with pytest.raises(RunError, match="another process is at work"):
        resume(begun.folder, workers=0)
    begun.close()
    resume(begun.folder, workers=0).close()


def test_another_platform_is_refused_unless_forced(tmp_path, monkeypatch):
    folder = stopped_after(1, tmp_path, ctrl_c)
    elsewhere = replace(run.platform(), numba="9.9.9", canary="0" * 64)
    monkeypatch.setattr(run, "platform", lambda: elsewhere)
    with pytest.raises(RunError, match=r"another platform \(numba .* there, 9\.9\.9 here\)"):
        resume(folder, workers=0)
    resume(folder, workers=0, force=True).go()


def test_a_configuration_that_was_changed_is_not_gone_on_with(tmp_path):
    folder = stopped_after(1, tmp_path, ctrl_c)
    text = (folder / "run.toml").read_text()
    (folder / "run.toml").write_text(text.replace("budget = 30", "budget = 60"))
    with pytest.raises(BadFile, match=r"belongs to another run\.toml"):
        resume(folder, workers=0)


def test_a_history_that_lacks_lines_is_not_gone_on_with(tmp_path):
    folder = stopped_after(2, tmp_path, ctrl_c)
    (folder / "history.jsonl").write_text("")
    with pytest.raises(BadFile, match="has 0 whole lines, and the checkpoint knows of 2"):
        resume(folder, workers=0)


def test_a_checkpoint_that_makes_no_sense_is_one_clear_line(tmp_path):
    folder = stopped_after(1, tmp_path, ctrl_c)
    text = (folder / "checkpoint.json").read_text()
    (folder / "checkpoint.json").write_text(text.replace('"starts"', '"stars"'))
    with pytest.raises(BadFile, match="cannot be taken up") as error:
        resume(folder, workers=0)
    assert len(error.value.lines()) == 1


def test_a_run_toml_says_all_of_it(tmp_path):
    begun = start(
        small.settings(tmp_path, trial=TrialSettings(0.6, terrain=Terrain("bumps", 0.01)))
    )
    begun.close()
    assert read_configuration(begun.folder / "run.toml") == begun.configuration


def bad_objective(name, weight):
    walk = OBJECTIVES["walk"]
    return replace(walk, weights={**walk.weights, name: weight})


WRONG = {
    "guesses": ({"guesses": 0}, "guesses must be a whole number of 1 or more"),
    "seed": ({"seed": -1}, "seed must be a whole number of 0 or more"),
    "workers": ({"workers": -1}, "workers must be 0 or more"),
    "strategy": ({"strategy": "magic"}, "no search is called 'magic'"),
    "misspelt": ({"search": {"populaton": 8}}, 'did you mean "population"'),
    "typed": ({"search": {"sigma": "big"}}, 'sigma must be a number, not "big"'),
    "whole": ({"search": {"population": 8.5}}, "population must be a whole number"),
    "own": ({"search": {"budget": 8}}, "budget is not set this way"),
    "long": ({"trial": TrialSettings(500.0)}, "seconds = 500"),
    "nan": ({"trial": TrialSettings(float("nan"))}, "seconds = nan"),
    "floating": ({"trial": TrialSettings(gravity_scale=0.0)}, "gravity_scale = 0, must be"),
    "rough": ({"trial": TrialSettings(terrain=Terrain("bumps", 9.0))}, "size = 9"),
    "term": ({"objective": bad_objective("distanc", 1.0)}, 'did you mean "distance"'),
    "weight": ({"objective": bad_objective("distance", float("inf"))}, "must be a finite number"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_one_clear_line_and_leaves_no_folder(name, tmp_path):
    given, said = WRONG[name]
    with pytest.raises(RunError) as error:
        start(replace(small.settings(tmp_path), **given))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_runs_of_one_day_get_names_of_their_own(tmp_path):
    for _ in range(3):
        start(small.settings(tmp_path)).close()
    names = sorted(folder.name for folder in tmp_path.iterdir())
    assert [name.split("-", 1)[1] for name in names] == [
        "velociraptor-s1",
        "velociraptor-s1-2",
        "velociraptor-s1-3",
    ]


def test_a_folder_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    (tmp_path / "file").write_text("")
    for name in ("mine", "file"):
        with pytest.raises(RunError, match="is there already"):
            start(small.settings(tmp_path, out=tmp_path / name))
    with pytest.raises(RunError, match="no run can be made in"):
        start(small.settings(tmp_path, out=tmp_path / "file" / "run"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "mine"]


def test_an_empty_folder_may_be_used(tmp_path):
    (tmp_path / "new").mkdir()
    start(small.settings(tmp_path, out=tmp_path / "new")).close()
    assert (tmp_path / "new" / "run.toml").exists()


def test_a_full_disk_is_one_clear_line_and_the_run_can_be_resumed(tmp_path, monkeypatch, unbroken):
    begun = start(small.settings(tmp_path))

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def listener(event):
        if isinstance(event, GenerationDone) and event.generation == 2:
            monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(RunError, match="cannot be written: no space left on device"):
        begun.go(listener)
    monkeypatch.undo()
    resume(begun.folder, workers=0).go()
    assert small.files(begun.folder) == unbroken


def older(folder):
    """Makes a folder what it was before knobs could be turned."""
    path = folder / "run.toml"
    path.write_text(path.read_text().replace("gravity_scale = 1.0\n", ""))
    checkpoint = files.read_json(folder / "checkpoint.json")
    del checkpoint["turns"]
    for begun in checkpoint["search"]["search"]["starts"]:
        del begun["owed"]
    files.write_json(folder / "checkpoint.json", checkpoint, indent=None)


def test_a_run_from_before_knobs_could_be_turned_goes_on_to_the_same_champion(tmp_path, unbroken):
    folder = stopped_after(2, tmp_path, ctrl_c)
    toml = (folder / "run.toml").read_bytes()
    older(folder)
    assert (folder / "run.toml").read_bytes() != toml
    assert read_configuration(folder / "run.toml").trial.gravity_scale == 1.0
    resume(folder, workers=0).go()
    (folder / "run.toml").write_bytes(toml)
    assert small.files(folder) == unbroken


def test_a_run_under_another_gravity_says_so_in_all_its_files(tmp_path):
    trial = replace(small.TRIAL, gravity_scale=0.5)
    result = start(small.settings(tmp_path, trial=trial)).go()
    assert read_configuration(result.folder / "run.toml").trial == trial
    assert result.champion.trial == trial
    assert read_genome(result.file).trial == trial


def test_whole_numbers_in_the_settings_are_what_a_file_gives_back(tmp_path):
    walk = OBJECTIVES["walk"]
    objective = replace(walk, weights={name: int(x) for name, x in walk.weights.items()})
    begun = start(small.settings(tmp_path, trial=TrialSettings(seconds=1), objective=objective))
    begun.close()
    assert "seconds = 1.0" in (begun.folder / "run.toml").read_text()
    assert repr(read_configuration(begun.folder / "run.toml").trial) == repr(begun.trial)
    assert repr(begun.objective.weights["energy"]) == "-1.0"


def test_what_is_no_run_is_said_to_be_none(tmp_path):
    with pytest.raises(BadFile, match="no such run"):
        resume(tmp_path / "nothing", workers=0)
    with pytest.raises(BadFile, match=r"has no run\.toml: it is not a run"):
        resume(tmp_path, workers=0)


def test_a_run_scored_by_other_terms_can_be_seen_and_not_be_gone_on_with(tmp_path):
    folder = stopped_after(2, tmp_path, ctrl_c)
    path = folder / "run.toml"
    path.write_text(path.read_text().replace("terms_version = ", "terms_version = 9"))
    assert read_configuration(path).objective.name == "walk"
    with pytest.raises(BadFile, match="start the run anew"):
        resume(folder, workers=0)
