"""A run in a process of its own: what it tells its watcher, what it does for it, and that it survives it."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest
import sims_small as small

import sims
from sims.errors import Interrupted
from sims.files import Log
from sims.genomes.record import read_genome
from sims.live.messages import (
    WHO,
    AtTheGate,
    Crowned,
    Descent,
    Failed,
    GenerationFacts,
    NoWalk,
    Probe,
    Ready,
    Rest,
    Robust,
    Show,
    Stopped,
    Turned,
    TurnKnob,
    Walk,
    WalkKey,
)
from sims.live.session import Session
from sims.live.walks import Scored, walk_again
from sims.physics.trajectory import fingerprint
from sims.platform import platform
from sims.runs.asked import Asked, settings_of
from sims.runs.events import GenerationDone
from sims.runs.knobs import Turn, read_turns
from sims.runs.run import repeat, resume, start

ASKED = Asked(
    animal="velociraptor",
    guesses=40,
    strategy="ga",
    seconds=0.6,
    search=("population=4", "strict_from=0.5"),
    workers=0,
)
GENERATIONS = 18
"""Four guesses, and then two at a time: the best two go along."""
PATIENCE_S = 60.0
"""For what takes a second or two on any machine."""
KNOB = TurnKnob(spread=1.5, gravity=0.8, weights={"energy": -3.0})


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """The physics, once: what runs in another process finds it on the disk."""
    platform()


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """The files of the same run when nobody watches."""
    settings = settings_of(replace(ASKED, out=tmp_path_factory.mktemp("alone") / "run"))
    return small.files(start(settings).go().folder)


class Watched:
    """A session, and all that was heard of it."""

    def __init__(self, asked):
        self.session = Session(asked)
        self.heard = []

    def until(self, wanted, patience_s=PATIENCE_S):
        """Waits for the next message that is wanted; nothing must be said after it before it is asked for again."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            said = self.session.poll()
            self.heard += said
            for message in said:
                if wanted(message):
                    return message
                if isinstance(message, Failed):
                    raise AssertionError(f"the run failed: {message.lines}")
            time.sleep(0.005)
        raise AssertionError(f"not heard in {patience_s} s; last {self.heard[-3:]}")

    def hear(self, kind, patience_s=PATIENCE_S):
        return self.until(lambda message: isinstance(message, kind), patience_s)

    def show(self, key):
        self.session.ask(Show(key))
        return self.until(lambda message: isinstance(message, Walk | NoWalk) and message.key == key)

    def of(self, kind):
        return [message for message in self.heard if isinstance(message, kind)]

    def close(self):
        self.heard += self.session.close()


@pytest.fixture
def watch(tmp_path):
    """Returns a function that begins a watched run; all are closed at the end."""
    begun = []

    def watching(asked=None, **changes):
        asked = asked or replace(ASKED, out=tmp_path / f"run-{len(begun)}", **changes)
        begun.append(Watched(asked))
        return begun[-1]

    yield watching
    for one in begun:
        one.close()


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A watched run that came to its champion; its process is there still."""
    watched = Watched(replace(ASKED, out=tmp_path_factory.mktemp("watched") / "run"))
    watched.hear(Crowned)
    yield watched
    watched.close()
    assert not alive(watched.session.pid)


def folder_of(watched):
    return watched.of(Ready)[0].folder


def alive(pid):
    """Whether a process is at work: one that is dead and not yet buried is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid):
    """Every process below one, whatever the depth."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [child for child, parent in parents.items() if parent == pid]
    return found + [below for child in found for below in children(child)]


def gone(pids, within_s=10.0):
    """Waits until all are gone; returns those that are not."""
    end = time.monotonic() + within_s
    while any(alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.02)
    return [pid for pid in pids if alive(pid)]


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look at")


# What is told.


def test_a_watched_run_is_the_same_to_the_byte(finished, unbroken):
    assert small.files(folder_of(finished)) == unbroken


def test_the_run_is_told_from_its_beginning_to_its_champion(finished):
    kinds = [type(message) for message in finished.heard]
    ready = finished.of(Ready)[0]
    assert kinds[0] is Ready
    assert (ready.seed, ready.strategy, ready.budget, ready.guesses) == (1, "ga", 40, 0)
    assert (ready.past, ready.seconds, ready.workers) == ((), 0.6, 0)
    told = finished.of(GenerationFacts)
    assert [facts.number for facts in told] == list(range(1, GENERATIONS + 1))
    gates = finished.of(AtTheGate)
    assert [gate.index for gate in gates] == list(range(1, len(gates) + 1))
    assert {gate.count for gate in gates} == {len(gates)}
    assert kinds.index(AtTheGate) > kinds.index(GenerationFacts) + GENERATIONS - 1


def test_each_generation_is_told_as_it_is_written_down(finished):
    history = Log(folder_of(finished) / "history.jsonl").documents()
    genes = len(finished.of(Ready)[0].genes)
    for facts, line in zip(finished.of(GenerationFacts), history, strict=True):
        assert (facts.phase, facts.rigour, facts.guesses) == (
            line["phase"],
            line["rigour"],
            line["guesses"],
        )
        assert (facts.best, facts.median) == (line["best"], line["median"])
        assert [facts.lower, facts.upper] == line["quartiles"]
        assert (facts.distance_m, facts.why) == (line["distance_m"], line["why"])
        assert len(facts.genes) == genes
        assert len(facts.tries) == facts.size
        scores = [one.score for one in facts.tries]
        assert scores == sorted(scores, reverse=True)
        assert scores[0] == facts.best


def test_guesses_have_their_number_in_the_run(finished):
    told = finished.of(GenerationFacts)
    numbers = sorted(one.number for facts in told for one in facts.tries)
    assert numbers == list(range(40))


def test_the_champion_is_told_as_it_is_written(finished):
    crowned = finished.of(Crowned)[0]
    champion = read_genome(crowned.file)
    assert (crowned.guess, crowned.generation) == (
        champion.origin.guess,
        champion.origin.generation,
    )
    assert (crowned.score, crowned.robust) == (champion.score, champion.gate.robust)
    assert (crowned.ended, crowned.passes) == (champion.ended, champion.gate.passes)
    assert dict(crowned.measures) == champion.measures


def test_whoever_has_parents_is_told_to_descend_from_them(finished):
    told = {facts.number: facts for facts in finished.of(GenerationFacts)}
    descents = finished.of(Descent)
    assert descents
    for descent in descents:
        facts = told[descent.generation]
        assert facts.record
        assert (descent.line[-1].number, descent.line[-1].score) == (
            facts.tries[0].number,
            facts.best,
        )
        generations = [one.generation for one in descent.line]
        assert generations == sorted(set(generations))
        assert descent.line[0].changed == ()
        assert all(one.changed for one in descent.line[1:])


# What is shown.


def test_the_best_of_every_generation_walks_the_walk_that_was_scored(finished):
    champions = folder_of(finished) / "champions"
    for number in range(1, GENERATIONS + 1):
        walk = finished.show(WalkKey(number))
        file = read_genome(champions / f"gen-{number:04d}.json")
        assert fingerprint(walk.trajectory).digest == file.digest
        assert (walk.guess, walk.score) == (file.origin.guess, file.score)
        assert (walk.ended, walk.why) == (file.ended, file.why)
        assert walk.measures == file.measures


def test_the_best_the_middle_and_the_worst_are_those(finished):
    facts = finished.of(GenerationFacts)[0]
    walks = {who: finished.show(WalkKey(1, who)) for who in WHO}
    order = [one.number for one in facts.tries]
    assert [walks[who].guess for who in WHO] == [order[0], order[2], order[3]]
    assert [walks[who].distance_m for who in WHO] == [
        facts.tries[place].distance_m for place in (0, 2, 3)
    ]


def test_the_champion_is_shown(finished):
    crowned = finished.of(Crowned)[0]
    walk = finished.show(WalkKey(crowned.generation, "champion"))
    assert fingerprint(walk.trajectory).digest == read_genome(crowned.file).digest
    assert walk.guess == crowned.guess


def test_a_walk_fits_together(finished):
    walk = finished.show(WalkKey(1))
    frames = len(walk.trajectory)
    assert walk.com.shape == (frames, 2)
    assert walk.seconds == pytest.approx(walk.measures["time_up_s"], abs=0.1)
    assert walk.land_x.shape == walk.land_y.shape
    assert walk.land_x[0] <= walk.com[:, 0].min()
    assert walk.land_x[-1] >= walk.com[:, 0].max()
    assert set(walk.terms) == set(walk.weights)
    limbs = finished.of(Ready)[0].skeleton.limbs
    assert len(walk.foot_falls) == len(limbs)
    assert all(0.0 <= a < b <= walk.seconds + 0.1 for foot in walk.foot_falls for a, b in foot)


@pytest.mark.parametrize("key", [WalkKey(99), WalkKey(99, "middle"), WalkKey(0), WalkKey(-3)])
def test_what_never_was_cannot_be_shown_and_that_is_one_line(key, finished):
    answer = finished.show(key)
    assert isinstance(answer, NoWalk)
    assert answer.why
    assert "\n" not in answer.why
    assert "Error" not in answer.why


def test_what_took_its_process_with_it_is_not_walked_again():
    skeleton, trial = small.configuration().skeleton(), small.TRIAL
    deadly = Scored(WalkKey(1, "worst"), 3, (small.DEADLY,), trial, {}, -1e9, {}, digest="")
    with pytest.raises(ValueError, match="nothing was seen of its walk"):
        walk_again(skeleton, deadly)


def test_a_walk_that_is_not_the_one_that_was_scored_is_not_shown():
    skeleton, trial = small.configuration().skeleton(), small.TRIAL
    genes = small.configuration().table().start
    other = Scored(WalkKey(1), 3, genes, trial, {}, 1.0, {}, digest="0" * 64)
    with pytest.raises(ValueError, match="another platform"):
        walk_again(skeleton, other)


def test_how_robust_the_champion_is_agrees_with_the_gate(finished):
    crowned = finished.of(Crowned)[0]
    gate = read_genome(crowned.file).gate
    finished.session.ask(Probe(WalkKey(crowned.generation, "champion")))
    robust = finished.hear(Robust)
    assert (robust.robust, robust.passes) == (gate.robust, gate.passes)
    assert dict(robust.kept) == dict(gate.kept)


def test_many_wishes_at_once_are_answered_and_the_youngest_first(finished):
    keys = [WalkKey(number, who) for number in range(1, GENERATIONS + 1) for who in WHO]
    for key in keys:
        finished.session.ask(Show(key))
    finished.until(lambda message: isinstance(message, Walk) and message.key == keys[-1])
    finished.session.ask(Probe(WalkKey(1)))
    finished.hear(Robust)  # comes after every show that was not dropped


# A run that is taken up again.


def test_a_finished_run_tells_all_that_it_was_when_it_is_opened_again(finished, watch):
    folder = folder_of(finished)
    again = watch(Asked(resume=folder, workers=0))
    ready = again.hear(Ready)
    again.hear(Crowned)
    assert again.of(Crowned) == finished.of(Crowned)
    assert (ready.guesses, ready.title) == (40, finished.of(Ready)[0].title)
    forgotten = {"genes", "tries", "rate", "eta_s", "better", "starts"}
    kept = [field.name for field in fields(GenerationFacts) if field.name not in forgotten]
    for then, now in zip(finished.of(GenerationFacts), ready.past, strict=True):
        assert {name: getattr(now, name) for name in kept} == {
            name: getattr(then, name) for name in kept
        }
    first = read_genome(folder / "champions" / "gen-0001.json")
    assert fingerprint(again.show(WalkKey(1)).trajectory).digest == first.digest
    assert again.show(WalkKey(1, "worst")).why == "only the best of that generation was kept"


def test_stopped_it_says_so_and_goes_on_to_the_same_champion(watch, unbroken):
    watched = watch()
    watched.until(lambda message: getattr(message, "number", 0) == 2)
    watched.close()
    folder = folder_of(watched)
    assert watched.heard[-1] == Stopped(folder)
    assert not alive(watched.session.pid)
    assert not (folder / "best.json").exists()
    again = watch(Asked(resume=folder, workers=0))
    ready = again.hear(Ready)
    made = [facts.number for facts in watched.of(GenerationFacts)]
    assert [facts.number for facts in ready.past] == made
    again.hear(Crowned)
    later = [facts.number for facts in again.of(GenerationFacts)]
    assert made + later == list(range(1, GENERATIONS + 1))
    assert small.files(folder) == unbroken


def test_stopped_before_it_began_it_ends_all_the_same(watch):
    watched = watch(guesses=100_000)
    before = time.monotonic()
    watched.close()
    assert time.monotonic() - before < 8.0  # it was not killed
    assert not watched.of(GenerationFacts)
    for ready in watched.of(Ready):
        resume(ready.folder, workers=0).close()


# Knobs and rest.


def test_after_a_turn_of_the_spread_alone_the_best_so_far_is_that_which_it_was(tmp_path, watch):
    run = start(settings_of(replace(ASKED, out=tmp_path / "run")))
    leaders = []

    def hear(event):
        if isinstance(event, GenerationDone):
            leaders.append(event.best.generation)
            if event.generation == 3:
                run.turn(Turn(spread=0.5))
            if event.generation == 4:
                raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        run.go(hear)
    assert leaders[3] < 4, "of no use: the turned generation holds the record"
    ready = watch(Asked(resume=run.folder, workers=0)).hear(Ready)
    assert [facts.leader for facts in ready.past] == leaders


def test_a_knob_is_turned_written_down_and_made_again(watch, tmp_path):
    watched = watch()
    watched.hear(GenerationFacts)
    watched.session.ask(Rest(True))
    watched.session.ask(KNOB)
    watched.session.ask(Rest(False))
    turned = watched.hear(Turned)
    assert turned.rules.gravity == 0.8
    assert turned.rules.weights["energy"] == -3.0
    crowned = watched.hear(Crowned)
    told = {facts.number: facts.turned for facts in watched.of(GenerationFacts)}
    assert [number for number, was in told.items() if was] == [turned.generation]
    folder = folder_of(watched)
    assert read_turns(Log(folder / "knobs.jsonl")) == [
        (turned.generation, Turn(1.5, 0.8, {"energy": -3.0}))
    ]
    assert read_genome(crowned.file).trial.gravity_scale == 0.8
    again = repeat(folder, 0, out=tmp_path / "again").go()
    assert small.files(again.folder) == small.files(folder)
    # A walk of before the turn is shown as it was scored: in the world of then.
    before = watched.show(WalkKey(1))
    assert before.weights["energy"] != -3.0
    assert watched.show(WalkKey(max(told))).weights["energy"] == -3.0


def test_whoever_opens_a_finished_run_hears_of_its_turns(tmp_path, watch):
    run = start(settings_of(replace(ASKED, out=tmp_path / "run")))

    def hear(event):
        if isinstance(event, GenerationDone) and event.generation == 2:
            run.turn(Turn(gravity=0.8))

    run.go(hear)
    ready = watch(Asked(resume=run.folder, workers=0)).hear(Ready)
    assert ready.rules.gravity == 0.8
    assert [turned.generation for turned in ready.turns] == [3]
    assert [facts.number for facts in ready.past if facts.turned] == [3]


def test_what_cannot_be_turned_is_let_go(watch, unbroken):
    watched = watch()
    watched.session.ask(Rest(True))
    ready = watched.hear(Ready)
    for knob in (TurnKnob(gravity=99.0), TurnKnob(weights={"magic": 1.0}), TurnKnob(spread=-1.0)):
        watched.session.ask(knob)
    watched.session.ask(Rest(False))
    watched.hear(Crowned)
    assert not watched.of(Turned)
    assert small.files(ready.folder) == unbroken


def test_at_rest_nothing_is_made_until_it_goes_on(watch, unbroken):
    watched = watch()
    watched.hear(GenerationFacts)
    watched.session.ask(Rest(True))
    time.sleep(0.3)
    watched.heard += watched.session.poll()
    made = len(watched.of(GenerationFacts))
    assert made < GENERATIONS
    assert isinstance(watched.show(WalkKey(1, "worst")), Walk)  # a run at rest still shows
    time.sleep(0.5)
    watched.heard += watched.session.poll()
    assert len(watched.of(GenerationFacts)) == made
    watched.session.ask(Rest(False))
    watched.hear(Crowned)
    assert small.files(folder_of(watched)) == unbroken


def test_a_run_at_rest_can_be_stopped(watch):
    watched = watch()
    watched.session.ask(Rest(True))
    watched.hear(Ready)
    before = time.monotonic()
    watched.close()
    assert time.monotonic() - before < 5.0
    assert isinstance(watched.heard[-1], Stopped)
    resume(folder_of(watched), workers=0).close()


# What goes wrong.


def bad_species(folder):
    path = folder / "dragon.toml"
    path.write_text('name = "dragon"\nplan = "wings"\n')
    return replace(ASKED, animal=str(path))


WRONG = {
    "species file": (bad_species, "dragon.toml"),
    "species": (lambda _: replace(ASKED, animal="velocirapto"), "velociraptor"),
    "strategy": (lambda _: replace(ASKED, strategy="magic"), "--strategy"),
    "search": (lambda _: replace(ASKED, search=("population=many",)), "population"),
    "resume": (lambda folder: Asked(resume=folder / "none"), "no such run"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_begin_is_told_in_clear_lines(name, tmp_path, watch, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked, said = WRONG[name]
    watched = watch(asked(tmp_path))
    failed = watched.hear(Failed)
    assert failed.code == 2
    assert said in failed.lines[0]
    assert not any("\n" in line or "Traceback" in line for line in failed.lines)
    watched.close()
    assert [type(message) for message in watched.heard] == [Failed]
    assert not (tmp_path / "runs").exists()


@needs_proc
def test_a_run_whose_process_is_killed_is_told_to_have_failed(watch):
    watched = watch(workers=1, guesses=100_000)
    watched.hear(GenerationFacts)
    workers = children(watched.session.pid)
    assert workers
    os.kill(watched.session.pid, signal.SIGKILL)
    failed = watched.hear(Failed)
    assert failed.code == 1
    assert len(failed.lines) == 1
    assert "--resume" in failed.lines[0]
    watched.session.ask(Show(WalkKey(1)))  # too late, and no fault
    watched.close()
    assert gone(workers) == []
    taken_up = resume(folder_of(watched), workers=0)
    assert taken_up.guesses >= 4
    taken_up.close()


def test_ctrl_c_is_for_the_watcher_from_the_first_moment_on(watch):
    watched = watch()
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        os.kill(watched.session.pid, signal.SIGINT)
        time.sleep(0.02)
    watched.until(lambda message: isinstance(message, Crowned | Failed))
    assert not watched.of(Failed)


WATCHER = """
import sys, time
from pathlib import Path
from sims.live.messages import GenerationFacts, Rest
from sims.live.session import Session
from sims.live.walks import Scored, walk_again
from sims.runs.asked import Asked

if __name__ == "__main__":
    out, doing, guesses = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    search = ("population=4", "strict_from=0.5")
    session = Session(Asked("velociraptor", None, guesses, "ga", None, (), 0.6, search, out, 1))
    while True:
        for message in session.poll():
            if isinstance(message, GenerationFacts):
                print(session.pid, flush=True)
                if doing == "resting" and message.number == 1:
                    session.ask(Rest(True))
                if doing == "failing":
                    raise RuntimeError("no such luck")
        time.sleep(0.005)
"""


def another_watcher(folder, doing, guesses):
    """Watches in a process of its own; see `WATCHER`."""
    script = folder / "watcher.py"
    script.write_text(WATCHER)
    environment = os.environ | {"PYTHONPATH": str(Path(sims.__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, str(script), str(folder / "run"), doing, str(guesses)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@needs_proc
def test_a_watcher_that_ends_by_an_error_takes_its_run_along(tmp_path):
    with another_watcher(tmp_path, "failing", 100_000) as watcher:
        pid = int(watcher.stdout.readline())
        assert watcher.wait(PATIENCE_S) == 1
        assert "no such luck" in watcher.stderr.read()
    assert gone([pid]) == []
    resume(tmp_path / "run", workers=0).close()


@needs_proc
@pytest.mark.parametrize(("doing", "guesses"), [("working", 100_000), ("resting", 40)])
def test_when_its_watcher_is_killed_a_run_ends_and_can_be_taken_up(
    doing, guesses, tmp_path, unbroken
):
    out = tmp_path / "run"
    with another_watcher(tmp_path, doing, guesses) as watcher:
        pid = int(watcher.stdout.readline())
        below = [pid, *children(pid)]
        assert len(below) > 1
        watcher.kill()
        watcher.wait()
    assert gone(below) == []
    run = resume(out, workers=0)
    if doing == "resting":
        run.go()
        assert small.files(out) == unbroken
    run.close()
