"""Knobs that are turned while a run is under way: the turn counts from the next generation on, and nothing is lost."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sims_small as small

import sims
from creatures.faults import BadFile
from sims.cli import app
from sims.errors import Interrupted, RunError
from sims.files import Log
from sims.genomes.record import read_genome
from sims.genomes.replay import check
from sims.runs.configuration import read_configuration
from sims.runs.events import GenerationDone, Turned
from sims.runs.knobs import Turn, read_turns
from sims.runs.run import repeat, resume, start
from sims.score import OBJECTIVES

TURNS = {
    1: [Turn(spread=1.5)],
    2: [Turn(gravity=0.8, weights={"energy": -3.0}), Turn(spread=0.5)],
    4: [Turn(weights={"upright": 40.0})],
}
"""Generation after which somebody turns -> how."""


def turning(run, turns=TURNS, stop_after=0, events=None):
    """A listener that turns the knobs when a generation is done, as a window would."""

    def listener(event):
        if events is not None:
            events.append(event)
        if isinstance(event, GenerationDone):
            for turn in turns.get(event.generation, ()):
                run.turn(turn)
            if event.generation == stop_after:
                raise KeyboardInterrupt

    return listener


def turned(home, workers=0, turns=TURNS, **others):
    """The folder of a finished run whose knobs were turned."""
    run = start(small.settings(home, workers, **others))
    return run.go(turning(run, turns)).folder


def files(folder):
    return small.files(folder) | {"knobs.jsonl": (folder / "knobs.jsonl").read_bytes()}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """The folder of a run that nobody disturbed but by its knobs."""
    return turned(tmp_path_factory.mktemp("turned"))


def test_a_turn_is_one_line_and_names_the_first_generation_made_with_it(unbroken):
    lines = (unbroken / "knobs.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"generation": 2, "spread": 1.5, "gravity": None, "weights": {}},
        {"generation": 3, "spread": 1.0, "gravity": 0.8, "weights": {"energy": -3.0}},
        {"generation": 3, "spread": 0.5, "gravity": None, "weights": {}},
        {"generation": 5, "spread": 1.0, "gravity": None, "weights": {"upright": 40.0}},
    ]
    known = [(after + 1, turn) for after, made in TURNS.items() for turn in made]
    assert read_turns(Log(unbroken / "knobs.jsonl")) == known


def test_every_record_says_the_world_and_the_weights_it_was_scored_by(unbroken):
    walk = OBJECTIVES["walk"].weights
    seen = [
        (genome.trial.gravity_scale, dict(genome.objective.weights), genome.objective.name)
        for genome in map(read_genome, sorted((unbroken / "champions").iterdir()))
    ]
    dear = {**walk, "energy": -3.0}
    last = {**dear, "upright": 40.0}
    assert seen == [
        (g, w, "walk")
        for g, w in zip([1, 1, 0.8, 0.8, 0.8], [walk] * 2 + [dear] * 2 + [last], strict=True)
    ]


def test_the_champion_is_the_best_since_the_turn_and_its_walk_is_exact(unbroken):
    champion = read_genome(unbroken / "best.json")
    assert champion.origin.generation == 5  # those before were scored by other weights
    assert champion.trial.gravity_scale == 0.8
    assert champion.objective.weights["upright"] == 40.0
    assert champion.gate is not None
    assert check(champion).words == "EXACT"


def test_the_run_toml_stays_as_the_run_was_begun(unbroken):
    begun = read_configuration(unbroken / "run.toml")
    assert begun.trial == small.TRIAL
    assert begun.objective == OBJECTIVES["walk"]


@pytest.mark.parametrize("strategy", ["cma", "ga", "hill"])
def test_turns_change_the_run(strategy, tmp_path):
    plain = small.finished(tmp_path / "plain", 0, strategy=strategy)
    assert small.files(turned(tmp_path / "turned", strategy=strategy)) != plain


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_does_not_change_a_byte(workers, tmp_path, unbroken):
    assert files(turned(tmp_path, workers)) == files(unbroken)


def test_the_listener_is_told_before_the_generation(tmp_path):
    events = []
    run = start(small.settings(tmp_path))
    assert (run.trial, run.objective) == (small.TRIAL, OBJECTIVES["walk"])
    run.go(turning(run, events=events))
    told = [(k, event) for k, event in enumerate(events) if isinstance(event, Turned)]
    assert [event.generation for _, event in told] == [2, 3, 3, 5]
    assert [event.turn for _, event in told] == [turn for made in TURNS.values() for turn in made]
    assert [event.trial.gravity_scale for _, event in told] == [1.0, 0.8, 0.8, 0.8]
    assert [event.objective.weights["energy"] for _, event in told] == [-1.5, -3.0, -3.0, -3.0]
    for place, event in told:
        later = [other for other in events[place:] if isinstance(other, GenerationDone)]
        assert later[0].generation == event.generation
    assert (run.trial, run.objective) == (told[-1][1].trial, told[-1][1].objective)


def test_the_best_so_far_is_that_since_the_scores_changed_their_meaning(tmp_path):
    events = []
    run = start(small.settings(tmp_path))
    run.go(turning(run, {2: [Turn(weights={"upright": -100.0})]}, events=events))
    done = [event for event in events if isinstance(event, GenerationDone)]
    assert [event.best.generation >= 3 for event in done] == [False, False, True, True, True]


def test_a_turn_of_the_spread_alone_keeps_the_best_so_far(tmp_path):
    events = []
    run = start(small.settings(tmp_path, search=small.SEARCH | {"strict_from": 1.0}))
    run.go(turning(run, {n: [Turn(spread=0.1)] for n in range(1, 5)}, events=events))
    done = [event for event in events if isinstance(event, GenerationDone)]
    best = [event.best.score for event in done]
    assert best == sorted(best)


def test_another_thread_can_turn_a_knob(tmp_path):
    run = start(small.settings(tmp_path))

    def listener(event):
        if isinstance(event, GenerationDone) and event.generation == 2:
            thread = threading.Thread(target=run.turn, args=(Turn(gravity=0.9),))
            thread.start()
            thread.join()

    assert run.go(listener).champion.trial.gravity_scale == 0.9
    assert read_turns(Log(run.folder / "knobs.jsonl")) == [(3, Turn(gravity=0.9))]


def test_a_turn_before_the_first_guess_counts_from_the_first_generation(tmp_path):
    run = start(small.settings(tmp_path))
    run.turn(Turn(gravity=1.1))
    assert run.go().champion.trial.gravity_scale == 1.1
    first = read_genome(run.folder / "champions" / "gen-0001.json")
    assert first.trial.gravity_scale == 1.1


def test_a_turn_after_the_last_generation_comes_to_nothing(tmp_path):
    folder = turned(tmp_path, turns={5: [Turn(gravity=0.5)]})
    assert not (folder / "knobs.jsonl").exists()
    assert read_genome(folder / "best.json").trial.gravity_scale == 1.0


# Stopped and taken up again.


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_stopped_and_resumed_it_is_the_unbroken_run(count, tmp_path, unbroken):
    run = start(small.settings(tmp_path))
    with pytest.raises(Interrupted):
        run.go(turning(run, stop_after=count))
    again = resume(run.folder, workers=count % 2)  # what waited when it was stopped is written down
    again.go(turning(again))
    assert files(run.folder) == files(unbroken)


@pytest.mark.parametrize("strategy", ["cma", "ga", "hill"])
def test_stopped_when_it_is_told_of_a_turn_it_goes_on_with_it(strategy, tmp_path):
    expected = files(turned(tmp_path / "unbroken", strategy=strategy))
    run = start(small.settings(tmp_path / "stopped", strategy=strategy))

    def listener(event):
        turning(run)(event)
        if isinstance(event, Turned) and event.turn == TURNS[2][-1]:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        run.go(listener)
    again = resume(run.folder, workers=0)
    assert again.trial.gravity_scale == 1.0  # until its generation
    again.go(turning(again, {n: turns for n, turns in TURNS.items() if n > 2}))
    assert files(run.folder) == expected


def test_a_resumed_run_knows_the_present_world_and_weights(tmp_path):
    run = start(small.settings(tmp_path))
    with pytest.raises(Interrupted):
        run.go(turning(run, stop_after=3))
    again = resume(run.folder, workers=0)
    assert (again.trial, again.objective) == (run.trial, run.objective)
    assert again.trial.gravity_scale == 0.8
    assert again.configuration.trial.gravity_scale == 1.0
    again.close()


def test_a_finished_run_knows_the_world_and_the_weights_it_ended_with(unbroken):
    run = resume(unbroken, workers=0)
    assert (run.trial.gravity_scale, run.objective.weights["upright"]) == (0.8, 40.0)
    assert run.go().was_finished


KILLED = """
import os, signal, sys
import sims_small as small
import test_knobs
from pathlib import Path
from sims.files import Log
from sims.runs.events import Turned
from sims.runs.folder import RunFolder
from sims.runs.run import resume, start

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    place, folder = sys.argv[1], Path(sys.argv[2])
    run = resume(folder, workers=0) if folder.exists() else start(small.settings(folder.parent, out=folder))
    known = {line["generation"] for line in Log(folder / "knobs.jsonl").documents()}
    turns = {n: made for n, made in test_knobs.TURNS.items() if n + 1 not in known}
    listener = test_knobs.turning(run, turns)

    def hear(event):
        listener(event)
        if place == "told" and isinstance(event, Turned) and event.turn == test_knobs.TURNS[2][-1]:
            die()
        if place == "saved" and isinstance(event, Turned) and event.generation == 5:
            RunFolder.write_checkpoint = die

    run.go(hear)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill like that")
def test_killed_between_the_turn_and_the_checkpoint_it_is_the_unbroken_run(tmp_path, unbroken):
    script, folder = tmp_path / "driver.py", tmp_path / "run"
    script.write_text(KILLED)
    path = os.pathsep.join([str(Path(sims.__file__).parents[1]), str(Path(__file__).parent)])
    environment = os.environ | {"PYTHONPATH": path}
    for place in ("told", "saved"):
        victim = subprocess.Popen([sys.executable, script, place, folder], env=environment)
        assert victim.wait() == -signal.SIGKILL
    resume(folder, workers=0).go()
    assert files(folder) == files(unbroken)


def test_a_torn_last_line_is_a_turn_that_was_never_made(tmp_path, unbroken):
    run = start(small.settings(tmp_path))
    with pytest.raises(Interrupted):
        run.go(turning(run, stop_after=3))
    with (run.folder / "knobs.jsonl").open("ab") as file:
        file.write(b'{"generation": 4, "spr')
    again = resume(run.folder, workers=0)
    again.go(turning(again))
    assert files(run.folder) == files(unbroken)


# Made again.


@pytest.mark.parametrize("strategy", ["cma", "ga", "hill"])
def test_repeated_it_is_the_same_to_the_byte(strategy, tmp_path):
    folder = turned(tmp_path / "first", strategy=strategy)
    again = repeat(folder, 0, home=tmp_path / "second")
    assert again.folder != folder
    assert not again.finished
    again.go()
    assert files(again.folder) == files(folder)


def test_repeated_with_workers_and_stopped_on_the_way_it_is_the_same_to_the_byte(
    tmp_path, unbroken
):
    again = repeat(unbroken, 2, out=tmp_path / "mine")
    with pytest.raises(Interrupted):
        again.go(turning(again, {}, stop_after=3))
    resume(tmp_path / "mine", workers=1).go()
    assert files(tmp_path / "mine") == files(unbroken)


def test_a_run_without_turns_can_be_repeated(tmp_path):
    folder = (
        start(small.settings(tmp_path / "first", trial=replace(small.TRIAL, seconds=1))).go().folder
    )
    again = repeat(folder, 0, home=tmp_path / "second").go().folder
    assert small.files(again) == small.files(folder)
    assert not (again / "knobs.jsonl").exists()


def test_a_repeated_run_can_be_turned_further(tmp_path, unbroken):
    again = repeat(unbroken, 0, home=tmp_path)
    folder = again.go(turning(again, {1: [Turn(gravity=0.7)]})).folder
    found = read_turns(Log(folder / "knobs.jsonl"))
    assert [generation for generation, _ in found] == [2, 2, 3, 3, 5]
    assert found[1] == (2, Turn(gravity=0.7))
    once_more = repeat(folder, 0, home=tmp_path).go().folder
    assert small.files(once_more) == small.files(folder)


def test_what_cannot_be_repeated_is_said_to_be_so(tmp_path, unbroken):
    with pytest.raises(BadFile, match="no such run"):
        repeat(tmp_path / "nothing", 0)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    with pytest.raises(RunError, match="is there already"):
        repeat(unbroken, 0, out=tmp_path / "mine")


# What is no turn.

WRONG = {
    "spread": ({"spread": 20}, "spread = 20, must be a number of 0.1 to 10"),
    "still": ({"spread": 0.0}, "spread = 0, must be a number of 0.1 to 10"),
    "nan": ({"spread": float("nan")}, "spread = nan, must be a number of 0.1 to 10"),
    "text": ({"spread": "wide"}, 'spread = "wide", must be a number of 0.1 to 10'),
    "gravity": ({"gravity": 0.0}, "gravity = 0, must be a number of 0.1 to 3"),
    "jupiter": ({"gravity": 3.5}, "gravity = 3.5, must be a number of 0.1 to 3"),
    "term": ({"weights": {"energi": 1.0}}, 'is called "energi"; did you mean "energy"?'),
    "weight": (
        {"weights": {"energy": -1001}},
        "weights.energy = -1001, must be a number of -1000 to 1000",
    ),
    "endless": ({"weights": {"energy": float("inf")}}, "weights.energy = inf, must be"),
    "truth": ({"weights": {"energy": True}}, "weights.energy = true, must be"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_turn_is_one_clear_line(name):
    given, said = WRONG[name]
    with pytest.raises(ValueError, match=re.escape(said)) as error:
        Turn(**given)
    assert "\n" not in str(error.value)


def test_a_turn_is_floats_whatever_numbers_it_is_given():
    made = Turn(spread=2, gravity=1, weights={"energy": -3})
    assert (
        json.dumps(made.document())
        == '{"spread": 2.0, "gravity": 1.0, "weights": {"energy": -3.0}}'
    )
    mine = {"energy": -3.0}
    made = Turn(weights=mine)
    mine["energy"] = float("nan")
    assert made == Turn(weights={"energy": -3.0})


LINES = {
    "no JSON": ("{", "not JSON"),
    "list": ("[]", "must be one JSON object"),
    "nan": ('{"generation": 3, "spread": NaN}', "has NaN for a number"),
    "no generation": ('{"spread": 1.5}', "generation is missing"),
    "generation": ('{"generation": 0}', "generation = 0, must be"),
    "half": ('{"generation": 2.5}', "generation = 2.5, must be a whole number"),
    "key": ('{"generation": 3, "magic": 1}', "magic is not a key this file may have"),
    "spread": ('{"generation": 3, "spread": 11}', "spread = 11, must be a number of 0.1 to 10"),
    "text": ('{"generation": 3, "spread": "2"}', 'spread = "2", must be a number'),
    "gravity": ('{"generation": 3, "gravity": 9.81}', "gravity = 9.81, must be a number of"),
    "term": ('{"generation": 3, "weights": {"distanc": 1}}', 'did you mean "distance"?'),
    "weight": ('{"generation": 3, "weights": {"load": 5000}}', "weights.load = 5000, must be"),
}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("again", [resume, repeat])
def test_a_bad_line_is_one_clear_line(name, again, tmp_path):
    line, said = LINES[name]
    run = start(small.settings(tmp_path))
    run.close()
    log = run.folder / "knobs.jsonl"
    log.write_text(f'{{"generation": 3, "spread": 2}}\n{line}\n')
    with pytest.raises(BadFile) as error:
        again(run.folder, workers=0)
    (told,) = error.value.lines()
    assert told.startswith(f"{log}:2: ")
    assert said in told


def test_what_a_line_leaves_out_is_left_as_it_was(tmp_path):
    log = tmp_path / "knobs.jsonl"
    log.write_text(
        '{"generation": 9, "gravity": null}\n{"generation": 2, "weights": {"load": 0}}\n'
    )
    assert read_turns(Log(log)) == [(2, Turn(weights={"load": 0.0})), (9, Turn())]
    assert read_turns(Log(tmp_path / "none.jsonl")) == []


@pytest.mark.parametrize("lines", ["", '{"generation": 1}\n' * 5])
def test_a_log_of_knobs_that_was_changed_is_not_gone_on_with(lines, tmp_path):
    run = start(small.settings(tmp_path))
    with pytest.raises(Interrupted):
        run.go(turning(run, stop_after=3))
    (run.folder / "knobs.jsonl").write_text(lines)
    with pytest.raises(BadFile, match=r"has \d turns up to generation 3, and the .* knows of 3"):
        resume(run.folder, workers=0)


# Typed.


def test_a_run_is_repeated_from_the_command_line(tmp_path, unbroken, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    where = ("--out", "again", "--workers", "0", "--quiet")
    assert app.run(["evolve", "--repeat", str(unbroken), *where]) == 0
    assert capsys.readouterr().out == f"{Path('again') / 'best.json'}\n"
    assert files(tmp_path / "again") == files(unbroken)
    assert app.run(["evolve", "--repeat", str(unbroken), *where]) == 2
    assert "again is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["velociraptor", "--repeat", "x"], "SPECIES: does not go with --repeat"),
        (["--repeat", "x", "--seed", "2"], "--seed: does not go with --repeat"),
        (["--repeat", "x", "--weight", "load=1"], "--weight: does not go with --repeat"),
        (["--repeat", "x", "--resume", "y"], "--repeat: does not go with --resume"),
        (["--resume", "x", "--out", "y"], "--out: does not go with --resume"),
        (["--repeat", "nothing", "--out", "y"], "nothing: no such run"),
    ],
)
def test_what_does_not_go_with_repeat_is_one_clear_line(given, said, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert app.run(["evolve", *given]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err.splitlines()[-1]
