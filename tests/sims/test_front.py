"""Several aims at once: who may stand on a front, what a run makes of it, and that nothing but the seed decides it."""

import json
import math
from dataclasses import replace
from functools import lru_cache

import pytest
import sims_small as small
from test_determinism import golden, trex

from creatures.faults import BadFile
from evo.pareto import dominates, hypervolume
from evo.settings import SearchSettings
from sims import aims
from sims.aims import AIMS, REFERENCE, aims_of, values_of
from sims.batch.study import read_study
from sims.cli import app
from sims.cli.front import draw_front, front_sentences
from sims.errors import Interrupted
from sims.evaluate import Evaluation, Task, Unit, evaluate, evaluation_from, look
from sims.genomes.record import read_genome
from sims.genomes.replay import check
from sims.live.racing import race
from sims.physics.log import Push
from sims.physics.trial import TrialSettings
from sims.report.gather import gather
from sims.report.page import page
from sims.runs.elites import Guess
from sims.runs.folder import RunFolder
from sims.runs.front import MOST, NAMES, SEEN, Front, front_from, names
from sims.runs.front_file import read_index
from sims.runs.run import resume, start
from sims.score import OBJECTIVES, TERMS

PARETO = OBJECTIVES["pareto"]
SEARCH = {"population": 6, "strict_from": 0.7}
LENIENT = -1.0


def guess(number, values, rigour=0):
    found = Evaluation(1.0, 1.0, {}, "finished", "", {}, "", b"", False, values)
    return Guess(number, 1 + number // 6, (0.01 * number,), (), rigour, found)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A small run with a front: whoever stays up for a moment walks, or it would have none."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(aims, "LEAST_HEADWAY", LENIENT)
        return start(settings(tmp_path_factory.mktemp("front") / "whole")).go()


@pytest.fixture
def lenient(monkeypatch):
    """The same for another run."""
    monkeypatch.setattr(aims, "LEAST_HEADWAY", LENIENT)


def settings(home, workers=0, **others):
    given = {"strategy": "nsga2", "objective": PARETO, "guesses": 60, "search": SEARCH}
    return small.settings(home, workers, **(given | others))


def files(folder):
    found = small.files(folder)
    front = [folder / "front.json", *sorted((folder / "front").glob("*.json"))]
    return found | {str(path.relative_to(folder)): path.read_bytes() for path in front}


# Who may stand on it


@lru_cache
def walked(objective="pareto"):
    task = Task(trex(), TrialSettings(seconds=6.0), OBJECTIVES[objective])
    return evaluate(task, golden())


def test_a_walk_is_worth_what_its_terms_say_costs_below_zero():
    one = walked()
    terms = one.terms
    strain = terms["load"] + terms["impact"] + terms["limits"]
    assert one.ended == "finished"
    assert one.values == pytest.approx((terms["distance"], -strain, -terms["energy"]))
    assert one.values[0] > aims.LEAST_HEADWAY


def test_an_objective_that_is_a_sum_has_no_aims():
    assert walked("walk").values == ()
    assert aims_of(PARETO) == AIMS
    assert [aims_of(OBJECTIVES[name]) for name in ("walk", "sprint", "gentle")] == [()] * 3


def test_its_weights_are_those_of_walk():
    assert PARETO.weights == OBJECTIVES["walk"].weights


@pytest.mark.parametrize("ended", ["fell", "stalled", "broke", "unstable", "failed"])
def test_whoever_does_not_stay_up_stands_on_no_front(ended):
    assert values_of(PARETO, walked().terms, ended) == ()


@pytest.mark.parametrize(("headway", "walks"), [(0.0, False), (0.149, False), (0.15, True)])
def test_whoever_stands_about_stands_on_no_front(headway, walks):
    terms = dict.fromkeys(TERMS, 0.0) | {"distance": headway}
    assert bool(values_of(PARETO, terms, "finished")) == walks


def test_whoever_falls_in_the_stricter_world_stands_on_no_front(monkeypatch):
    task = Task(trex(), TrialSettings(seconds=3.0), PARETO)
    assert evaluate(task, golden(), 1).values
    monkeypatch.setattr("sims.evaluate.STRICT_MASS", 2.0)
    crushed = evaluate(task, golden(), 1)
    assert crushed.ended == "finished"
    assert crushed.values == ()


def test_whoever_falls_under_a_push_stands_on_no_front():
    task = Task(trex(), TrialSettings(seconds=3.0), PARETO)
    world = (task.trial,)
    stood, fatal = (Push(0.5 * task.trial.seconds, impulse) for impulse in (0.0, -2.0))
    assert look(task, Unit(golden(), world, (stood,))).values
    assert look(task, Unit(golden(), world, (stood, fatal))).values == ()


def test_an_evaluation_survives_json_and_one_from_before_there_were_values_is_read():
    one = guess(3, (0.5, -2.0, -1.0)).evaluation
    document = json.loads(json.dumps(one.document()))
    assert evaluation_from(document) == one
    del document["values"]
    assert evaluation_from(document) == replace(one, values=())


# The front of a run


def test_the_front_holds_whom_nobody_beats_and_the_earliest_of_equals():
    front = Front()
    front.add([guess(0, (1.0, -2.0, -1.0)), guess(1, (1.0, -2.0, -1.0)), guess(2, ())])
    front.add([guess(3, (0.9, -2.0, -1.0)), guess(4, (2.0, -3.0, -1.0))])
    assert [one.number for one in front.guesses] == [0, 4]
    assert front.left_behind() == [(0.9, -2.0, -1.0)]
    front.add([guess(5, (2.0, -1.0, -0.5))])
    assert [one.number for one in front.guesses] == [5]


def test_who_was_looked_at_strictly_takes_the_place_of_all_others():
    front = Front()
    front.add([guess(0, (9.0, -1.0, -1.0)), guess(1, (1.0, -2.0, -1.0), rigour=1)])
    assert [one.number for one in front.guesses] == [1]


def test_a_front_is_sorted_from_the_gentlest_to_the_fastest():
    front = Front()
    front.add(
        [guess(0, (2.0, -3.0, -1.0)), guess(1, (0.6, -1.5, -0.5)), guess(2, (0.7, -1.0, -2.0))]
    )
    assert [one.number for one in front.guesses] == [2, 1, 0]
    assert front.worth == pytest.approx(
        hypervolume([one.evaluation.values for one in front.guesses], REFERENCE)
    )


def test_a_front_of_many_stays_small_and_keeps_its_ends():
    front = Front()
    for first in range(0, 1000, 50):
        some = range(first, first + 50)
        front.add([guess(n, (n / 1000, -1.0 - (n / 1000) ** 2, -1.0)) for n in some])
    assert len(front.guesses) == MOST
    assert (front.guesses[0].number, front.guesses[-1].number) == (0, 999)
    assert len(front.chosen(7)) == 7
    assert len(front.document()["seen"]) <= SEEN


def test_a_front_survives_json():
    front = Front()
    front.add([guess(n, (n / 10, -1.0 - n, -1.0), n % 2) for n in range(9)])
    document = json.loads(json.dumps(front.document()))
    again = front_from(document)
    assert again.guesses == front.guesses
    assert again.document() == front.document()
    assert front_from(None).guesses == []


def test_a_walker_has_the_names_that_it_deserves():
    assert names([(0.2, -1.0, -2.0), (0.5, -1.2, -1.0), (0.9, -3.0, -1.5)]) == {
        0: ["gentlest"],
        1: ["cheapest", "balanced"],
        2: ["fastest"],
    }
    assert names([(1.0, -1.0, -1.0)]) == {0: list(NAMES)}
    assert names([]) == {}


# A run


@pytest.mark.usefixtures("lenient")
def test_a_run_writes_its_front_as_genome_files_that_replay_exactly(ran):
    index = read_index(ran.folder)
    assert len(index.walkers) == ran.front > 3
    assert sorted(p.name for p in (ran.folder / "front").iterdir()) == [
        f"{n:02d}.json" for n in range(ran.front)
    ]
    for one in index.walkers:
        genome = read_genome(ran.folder / one.file)
        assert check(genome).result == "EXACT"
        assert genome.recording is not None
        assert (genome.origin.guess, genome.score) == (one.guess, one.score)
        assert values_of(genome.objective, genome.terms, genome.ended) == one.values
        assert genome.gate is not None
        assert genome.gate.label == one.label


def test_nobody_on_the_front_of_a_run_dominates_another(ran):
    values = [one.values for one in read_index(ran.folder).walkers]
    assert not any(dominates(one, other) for one in values for other in values)
    assert values[0][1] == max(v[1] for v in values)
    assert [v[0] for v in values[1:]] == sorted(v[0] for v in values[1:])


def test_the_champion_is_the_best_of_the_front_that_passes_the_gate(ran):
    walkers = read_index(ran.folder).walkers
    passing = [one for one in walkers if not one.label]
    champion = read_genome(ran.folder / "best.json")
    best = max(passing, key=lambda one: one.score) if passing else None
    assert champion.origin.guess in {one.guess for one in walkers}
    if best is not None:
        assert champion.score == best.score


def test_its_history_tells_how_the_front_grew(ran):
    lines = [json.loads(line) for line in (ran.folder / "history.jsonl").read_text().splitlines()]
    assert all(line["front"] >= 0 and line["worth"] >= 0.0 for line in lines)
    assert lines[-1]["front"] > 3


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize("stop_at", [1, 5, 8])
def test_stopped_and_taken_up_it_ends_with_the_same_front_byte_for_byte(tmp_path, ran, stop_at):
    run = start(settings(tmp_path / "broken"))

    def stop(event):
        if getattr(event, "generation", 0) == stop_at and hasattr(event, "made"):
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        run.go(stop)
    again = resume(run.folder, 0).go()
    assert files(again.folder) == files(ran.folder)


@pytest.mark.usefixtures("lenient")
def test_killed_while_the_front_is_written_it_ends_with_the_same_files(tmp_path, ran, monkeypatch):
    run = start(settings(tmp_path / "broken"))

    def killed(_folder, _index):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(RunFolder, "write_front", killed)
        with pytest.raises(Interrupted):
            run.go()
    assert not (run.folder / "best.json").exists()
    assert not (run.folder / "front.json").exists()
    (run.folder / "front" / ".00.json.torn.part").write_text("{")
    again = resume(run.folder, 0).go()
    assert files(again.folder) == files(ran.folder)
    assert not list((run.folder / "front").glob(".*"))


def test_the_number_of_workers_changes_nothing(tmp_path):
    """Without any leniency: processes would not know of it. So there may be no walker, and then no front."""
    made = [files(start(settings(tmp_path / str(n), n, guesses=36)).go().folder) for n in (0, 1)]
    assert made[0] == made[1]


def test_where_nobody_walks_the_front_is_empty_and_there_is_a_champion_all_the_same(tmp_path):
    result = start(settings(tmp_path, guesses=12)).go()
    assert result.front == 0
    assert read_index(result.folder).walkers == ()
    assert (result.folder / "best.json").exists()


def test_the_named_walkers_of_a_front_race(ran):
    index = read_index(ran.folder)
    named = [one for one in index.walkers if one.names]
    made = race([ran.folder])
    assert len(made.racers) == len(named)
    several = race([ran.folder / "front/00.json", ran.folder / "front/01.json"])
    assert len(several.racers) == 2


# Its index


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(format="else"), "gaitosaur-front"),
        (lambda d: d.update(version=99), "newer gaitosaur"),
        (lambda d: d["walkers"][0].update(file="../../etc/passwd"), "walkers"),
        (lambda d: d["walkers"][0]["values"].update(strain="much"), "must be a number"),
        (lambda d: d["walkers"].append(d["walkers"][0]), "names a file twice"),
        (lambda d: d.update(others=[[1.0]]), "others"),
    ],
)
def test_an_index_that_is_wrong_is_refused_in_words(tmp_path, change, said):
    document = {
        "format": "gaitosaur-front",
        "version": 1,
        "aims": {},
        "reference": {"distance": 0.1, "strain": 5.0, "energy": 3.0},
        "hypervolume": 1.0,
        "walkers": [
            {
                "file": "front/00.json",
                "names": ["gentlest"],
                "called": "the gentlest walker",
                "values": {"distance": 0.3, "strain": 2.0, "energy": 1.0},
                "speed_m_s": 1.0,
                "score": 10.0,
                "robust": 0.9,
                "label": "",
                "guess": 3,
                "generation": 1,
            }
        ],
        "others": [],
    }
    (tmp_path / "front.json").write_text(json.dumps(document))
    assert read_index(tmp_path).walkers[0].strain == 2.0
    change(document)
    (tmp_path / "front.json").write_text(json.dumps(document))
    with pytest.raises(BadFile, match=said):
        read_index(tmp_path)


def test_a_folder_without_a_front_has_none(tmp_path):
    assert read_index(tmp_path) is None


def test_the_settings_of_the_search_are_those_of_old_runs():
    """A new setting would let no run from before go on: its checkpoint belongs to a digest of them all."""
    assert len(SearchSettings.__slots__) == 16


def test_replay_front_lists_the_walkers(ran, capsys):
    assert app.run(["replay", str(ran.folder), "--front", "--quiet"]) == 0
    said = capsys.readouterr().out.split()
    assert said == [str(ran.folder / one.file) for one in read_index(ran.folder).walkers]


def test_replay_front_of_a_run_without_one_is_one_line(tmp_path, capsys):
    assert app.run(["replay", str(tmp_path), "--front"]) == 2
    assert "only a finished run with --objective pareto has one" in capsys.readouterr().err


# Where it is told of


def test_a_report_shows_the_front_and_a_run_without_one_has_no_such_part(ran):
    material = gather(ran.folder)
    told = page(material, ())
    assert 'id="front"' in told
    assert told.count('class="mark') >= ran.front
    assert 'id="front"' not in page(replace(material, front=None), ())


def test_the_front_is_drawn_into_the_folder_of_its_run(ran):
    path = draw_front(ran.folder)
    assert path == ran.folder / "front.png"
    assert path.read_bytes()[:4] == b"\x89PNG"
    assert len(front_sentences(read_index(ran.folder))) >= 4


STUDY = """format = "gaitosaur-study"
version = 1
species = ["velociraptor"]
seeds = [1]
[vary]
objective = ["walk", "pareto"]
"""


def test_in_a_study_several_aims_bring_their_own_search(tmp_path):
    (tmp_path / "study.toml").write_text(STUDY)
    cells = read_study(tmp_path / "study.toml").cells()
    searches = [cell.run_settings(tmp_path / cell.name).strategy for cell in cells]
    assert searches == ["cma", "nsga2"]
    assert "--objective pareto" in cells[1].command()
    assert "--strategy" not in cells[1].command()


@pytest.mark.parametrize("search", ["hill", "cma"])
def test_a_study_with_a_search_that_follows_one_aim_only_is_refused_before_it_runs(
    search, tmp_path
):
    (tmp_path / "study.toml").write_text(STUDY + f'[base]\nstrategy = "{search}"\n')
    with pytest.raises(BadFile, match=f"{search} does not go with --objective pareto"):
        read_study(tmp_path / "study.toml")


@pytest.mark.parametrize(
    "change",
    [
        {"stride": 0},
        {"seen": [[1, 0, [0.1, -1.0]]]},
        {"seen": [[1, 0, [0.1, -1.0, math.inf]]]},
        {"seen": [[1, 0, [0.1, -1.0, -1.0]]] * 2},
    ],
)
def test_a_front_in_a_checkpoint_that_cannot_be_one_is_refused(change):
    assert front_from(Front().document()).document() == Front().document()
    with pytest.raises(ValueError, match=r"stride|finite|twice"):
        front_from(Front().document() | change)
