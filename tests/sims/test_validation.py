"""What the program finds, held against what is published: the rule of the verdicts, each check, the command."""

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sims_small as small

from sims.batch.driver import Driver
from sims.batch.folder import taken_up
from sims.cli import app
from sims.errors import Interrupted
from sims.genomes.record import read_genome, write_genome
from sims.report.statistics import log_slope, rank_correlation
from sims.runs.configuration import read_configuration
from sims.validation import cheap, fast, gaits
from sims.validation.checks import CHECKS, check_names, chosen, judged, recipes_of
from sims.validation.evidence import Evidence, Moment, Walk
from sims.validation.plan import Size, plan
from sims.validation.recipes import RECIPES
from sims.validation.telling import counts, markdown
from sims.validation.verdicts import Fell, Line, NotTried, Published, exactly, line, worst

MEASURES = {
    "hip_heights": 9.0,
    "speed_m_s": 3.0,
    "froude": 0.2,
    "stride_length_m": 1.3,
    "stride_frequency_hz": 0.3,
    "duty_factor": 0.6,
    "alternation": 0.5,
    "strain_bw": 2.0,
    "peak_ground_force_bw": 1.2,
    "cost_of_transport": 10.0,
    "peak_bone_stress_mpa": 60.0,
    "gait": {"strides": 6},
    "bones": {"thigh.left": {"peak_mpa": 50.0}, "shank.left": {"peak_mpa": 80.0}},
    "joints": {},
}
REX = "tyrannosaurus"


def walk(recipe, species, ended="finished", seed=1, mass=100.0, com=0.5, score=1.0, **measures):
    return Walk(recipe, species, seed, ended, score, 0.9, {**MEASURES, **measures}, mass, 1.0, com)


def found(judge, *walks, moments=()):
    """Returns what a check states, by what it is about."""
    return {one.what: one for one in judge(Evidence(tuple(walks), tuple(moments)))}


# The rule


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (7.6, "agrees"),
        (8.0 * 1.1, "agrees"),
        (7.6 / 1.1, "agrees"),
        (8.81, "near"),
        (8.0 * 1.5, "near"),
        (7.6 / 1.5, "near"),
        (12.01, "misses"),
        (5.06, "misses"),
        (-7.8, "misses"),
        (math.nan, "misses"),
        (math.inf, "misses"),
    ],
)
def test_a_number_agrees_within_a_tenth_and_is_near_within_a_factor_of_one_and_a_half(
    value, verdict
):
    assert Published(7.6, 8.0).verdict(value) == verdict


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["agrees", "near", "misses"], "misses"),
        (["agrees", "near", None], "near"),
        (["agrees", None], "agrees"),
        (["not tried", "agrees"], "not tried"),
        (["not tried", "misses"], "misses"),
        ([None], "not tried"),
    ],
)
def test_a_check_is_no_better_than_its_worst_line(verdicts, expected):
    assert worst([Line("it", "1", verdict=one) for one in verdicts]) == expected


def test_what_was_not_run_is_not_tried_and_what_fell_misses():
    def raises(error):
        raise error

    one = line("it", exactly(1.0), "m", 1, lambda: raises(NotTried("nobody ran")))
    assert (one.verdict, one.why_not) == ("not tried", "nobody ran")
    other = line("it", exactly(1.0), "m", 1, lambda: raises(Fell("all fell")))
    assert (other.verdict, other.ours) == ("misses", "all fell")


def test_a_check_is_not_tried_as_long_as_one_of_its_runs_is_not_finished():
    walks = tuple(walk("fuel", name, stride_length_m=1.3) for name in ("allosaurus", REX))
    stride = chosen(["stride"])
    assert judged(stride, Evidence(walks))[0].verdict == "agrees"
    (waiting,) = judged(stride, Evidence(walks, unfinished=("fuel/velociraptor-s1",)))
    assert waiting.verdict == "not tried"
    assert waiting.reasons == ("1 of its runs not finished",)
    (other,) = judged(stride, Evidence(walks, unfinished=("sprint/velociraptor-s1",)))
    assert other.verdict == "agrees"
    (none,) = judged(chosen(["ground"]), Evidence(walks, not_begun=("sprint", "bones")))
    assert (none.verdict, none.reasons[0]) == ("not tried", "its runs of sprint not begun")


# Each check


def sprints(**speeds):
    return [walk("sprint", species, speed_m_s=speed) for species, speed in speeds.items()]


def known(monkeypatch, *names):
    for module in ("sims.validation.evidence", "sims.validation.plan"):
        monkeypatch.setattr(f"{module}.species_names", lambda: list(names))


@pytest.mark.parametrize(
    ("speeds", "rank", "verdict"),
    [((9.0, 8.0, 7.0, 6.0), 1.0, "agrees"), ((8.0, 9.0, 7.0, 6.0), 0.8, "near"),
     ((6.0, 7.0, 8.0, 9.0), -1.0, "misses")],
)  # fmt: skip
def test_the_order_of_speeds_is_a_rank_correlation(speeds, rank, verdict):
    animals = ("velociraptor", "dilophosaurus", "allosaurus", REX)
    lines = found(fast.order, *sprints(**dict(zip(animals, speeds, strict=True))))
    one = lines["rank correlation of the speeds"]
    assert (one.value, one.verdict) == (pytest.approx(rank), verdict)


def test_a_species_that_is_not_shipped_leaves_its_check_untried(monkeypatch):
    known(monkeypatch, REX, "allosaurus", "velociraptor")
    three = sprints(velociraptor=9.0, allosaurus=8.0, tyrannosaurus=7.0)
    lines = found(fast.order, *three)
    assert lines["rank correlation of the speeds"].why_not == "no such species: dilophosaurus"
    assert lines["velociraptor, m/s"].ours == "9.0, theirs 10.8"
    assert {one.verdict for one in found(fast.living).values()} == {"not tried"}
    assert found(fast.living)["emu"].why_not == "no such species: emu"


def test_the_fastest_seed_that_stayed_up_is_the_top_speed():
    seeds = [
        walk("sprint", REX, seed=1, speed_m_s=5.0, score=9.0),
        walk("sprint", REX, seed=2, speed_m_s=7.7, score=3.0),
        walk("sprint", REX, seed=3, speed_m_s=20.0, ended="fell"),
    ]
    lines = found(fast.rex_speed, *seeds, walk("bones", REX, ended="snapped"))
    assert (lines["without a limit"].value, lines["without a limit"].verdict) == (7.7, "agrees")
    assert lines["with one of 100 MPa"].verdict == "misses"
    assert lines["most stress without a limit, MPa"].ours == "shank 80, thigh 50"


def test_speeds_of_living_animals_are_held_against_each_of_theirs():
    runs = [walk("living", "emu", speed_m_s=9.0), walk("living", "human", speed_m_s=2.0)]
    lines = found(fast.living, *runs)
    assert (lines["emu"].verdict, lines["human"].verdict) == ("near", "misses")


def test_the_stride_is_the_median_over_species_in_hip_heights():
    walks = [
        walk("fuel", name, stride_length_m=long)
        for name, long in (("velociraptor", 1.0), ("allosaurus", 1.35), (REX, 9.0))
    ]
    assert found(cheap.strides, *walks)["median over species"].value == 1.35


def test_a_step_is_half_a_stride():
    lines = found(cheap.rex_walk, walk("fuel", REX, stride_frequency_hz=0.4, speed_m_s=1.3))
    assert (lines["steps"].value, lines["steps"].verdict) == (0.8, "agrees")
    assert lines["speed"].verdict == "agrees"


def falling(power):
    """Walks whose duty factor falls with speed and is 0.5 at Froude number 0.7."""
    places = [0.05 * 1.2**k for k in range(22)]
    return [Moment(REX, fr, 0.5 * (0.7 / fr) ** power) for fr in places for _ in range(3)]


def test_the_duty_factor_is_a_curve_that_falls_through_a_half():
    lines = found(gaits.duty, moments=falling(0.2))
    assert lines["falls steadily: 1 yes, −1 it rises"].value == pytest.approx(1.0)
    assert lines["0.5 at Froude number"].value == pytest.approx(0.7, rel=0.05)
    rising = found(gaits.duty, moments=falling(-0.2))
    assert rising["falls steadily: 1 yes, −1 it rises"].verdict == "misses"
    assert rising["0.5 at Froude number"].ours == "never passes 0.5"
    few = found(gaits.duty, moments=falling(0.2)[:4])
    assert few["0.5 at Froude number"].verdict == "not tried"


def test_walks_and_runs_are_told_apart_by_their_duty_factor():
    walks = [
        walk("fuel", REX, peak_ground_force_bw=1.3),
        walk("fuel", "allosaurus", peak_ground_force_bw=9.0, duty_factor=0.4),
        walk("sprint", REX, peak_ground_force_bw=3.0, duty_factor=0.4),
        walk("sprint", "allosaurus", peak_ground_force_bw=9.0),
    ]
    lines = found(gaits.ground, *walks)
    assert lines["cheapest walks, median"].value == 1.3
    assert lines["sprints that run, largest"].verdict == "near"


@pytest.mark.parametrize(("times", "ratio"), [(1.0, "agrees"), (1.7, "near"), (9.0, "misses")])
def test_costs_are_held_against_the_slope_and_the_height_of_taylors_line(times, ratio):
    walks = [
        walk("fuel", name, mass=mass, cost_of_transport=times * cheap.taylor(mass))
        for name, mass in (("velociraptor", 20.0), ("allosaurus", 963.0), (REX, 6000.0))
    ]
    lines = found(cheap.cost, *walks)
    assert lines["power of mass with which it falls"].value == pytest.approx(0.316)
    assert lines["power of mass with which it falls"].verdict == "agrees"
    assert lines["ours / Taylor, median"].verdict == ratio
    assert found(cheap.cost, *walks[:2])["power of mass with which it falls"].verdict == "not tried"


def test_a_tail_that_is_gone_must_cost_or_fell_the_animal():
    on, off = walk("fuel", REX, com=0.5), walk("tail-off", REX, com=1.0, cost_of_transport=12.0)
    dear = found(cheap.tail, on, off)
    assert (dear["centre of mass, off / on"].value, dear["centre of mass, off / on"].verdict) == (
        2.0,
        "agrees",
    )
    assert dear["cost of transport, off / on"].verdict == "agrees"
    cheaper = replace(off, measures={**off.measures, "cost_of_transport": 9.0})
    assert found(cheap.tail, on, cheaper)["cost of transport, off / on"].verdict == "near"


def test_a_fall_without_its_tail_counts_only_if_there_are_seeds_enough():
    on, off = walk("fuel", REX), walk("tail-off", REX, com=1.0, ended="fell")
    one = found(cheap.tail, on, off)
    assert "fewer than 3 seeds" in one["cost of transport, off / on"].why_not
    assert one["stayed up without"].ours == "0 of 1 seed"
    seeds = [replace(each, seed=seed) for each in (on, off) for seed in (1, 2, 3)]
    many = found(cheap.tail, *seeds)["cost of transport, off / on"]
    assert (many.ours, many.verdict) == ("falls in more seeds", "agrees")


def test_a_hop_of_speed_alone_that_loads_remove_agrees():
    hop = walk("speed-only", "velociraptor", alternation=0.02, peak_ground_force_bw=6.0)
    lines = found(fast.cheats, hop, walk("walk", "velociraptor", alternation=0.45))
    assert [lines[f"limping, {how}"].verdict for how in ("speed alone", "loads count")] == [
        "agrees",
        "agrees",
    ]
    even = walk("speed-only", "velociraptor", alternation=0.5)
    assert found(fast.cheats, even)["limping, speed alone"].verdict == "misses"
    still = walk("speed-only", "velociraptor", gait={"strides": 0})
    assert found(fast.cheats, still)["limping, speed alone"].verdict == "misses"


def test_the_larger_moment_of_both_sides_counts():
    joints = {"hip.left": {"moment_peak_nm": 40.0}, "hip.right": {"moment_peak_nm": 50.0}}
    lines = found(fast.moments, walk("sprint", "coelophysis", joints=joints))
    assert (lines["coelophysis, hip"].value, lines["coelophysis, hip"].verdict) == (50.0, "near")
    assert lines["coelophysis, toe"].why_not == "its file has no moments of a joint toe"


def test_statistics_of_rows_that_are_all_equal_are_none():
    assert math.isnan(rank_correlation([1.0, 1.0], [1.0, 2.0]))
    assert rank_correlation([1.0, 2.0, 3.0], [1.0, 4.0, 9.0]) == 1.0
    assert log_slope([1.0, 10.0, 100.0], [3.0, 0.3, 0.03]) == pytest.approx(-1.0)


# The table


@pytest.mark.parametrize("check", CHECKS, ids=check_names())
def test_every_check_says_what_it_stands_on_and_needs_runs_that_there_are(check):
    assert check.words
    assert check.published
    assert check.source
    assert set(check.recipes) <= set(RECIPES)
    (nothing,) = judged([check], Evidence())
    assert nothing.verdict == "not tried"
    assert nothing.reasons


def test_every_run_is_needed_by_some_check():
    assert recipes_of(CHECKS) == tuple(RECIPES)


def test_a_report_of_the_same_runs_is_the_same_and_counts_its_verdicts():
    evidence = Evidence((walk("fuel", REX),), size="30 guesses")
    made = judged(CHECKS, evidence)
    assert counts(made) in markdown(made, evidence)
    assert markdown(made, evidence) == markdown(judged(CHECKS, evidence), evidence)


def test_species_that_are_not_shipped_are_left_out_of_the_runs(tmp_path):
    made = plan(tmp_path, list(RECIPES), Size(guesses=20), ["tyrannosaurus", "velociraptor"])
    assert made["sprint"].species == ("velociraptor", "tyrannosaurus")
    assert "living" not in made
    assert made["bones"].base["bone_limit"] == "100"
    (cell,) = plan(tmp_path, ["tail-off"], Size(seeds="3:4"), [REX])["tail-off"].cells()
    assert cell.command() == (
        f"gaitosaur evolve {REX} --seed 3 --objective fuel --guesses 3000 --variant tail=off"
    )


def test_what_came_of_it_last_is_kept_with_every_check():
    kept = (Path(__file__).parents[2] / "docs" / "validation.md").read_text(encoding="utf-8")
    assert [check.name for check in CHECKS if f"- **{check.name}**" not in kept] == []
    assert "- date: 20" in kept
    assert "- version: gaitosaur" in kept
    assert (Path(__file__).parents[2] / "docs" / "validation.png").is_file()


# The command


@pytest.fixture
def type_(capsys, tmp_path, monkeypatch):
    """Returns a function that types a command and returns (code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def typed(*arguments):
        code = app.run(["validate", *arguments])
        return (code, *capsys.readouterr())

    return typed


TINY = ("--guesses", "24", "--seeds", "1:2", "--seconds", "1", "--workers", "2")


def test_the_checks_are_listed(type_):
    code, out, _ = type_("--list")
    assert code == 0
    assert all(any(row.startswith(name) for row in out.splitlines()) for name in check_names())
    _, out, _ = type_("--list", "--json", "--only", "cost")
    assert [one["name"] for one in json.loads(out)["checks"]] == ["cost"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["--only", "oder"], '--only = "oder", no such check; did you mean "order"?'),
        (["--guesses", "0"], "--guesses = 0, must be a whole number, 1 to"),
        (["--seeds", "ten"], 'seeds = "ten", must be like "0:10"'),
        (["--workers", "0"], "--workers = 0, must be a whole number, 1 to"),
        (["--read", "--out", "nowhere"], "nowhere: no such folder"),
    ],
)
def test_what_cannot_be_made_is_one_line_before_anything_is(line, said, type_, tmp_path):
    code, out, err = type_(*line)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_runs_are_made_once_and_then_only_read(type_, tmp_path, monkeypatch):
    known(monkeypatch, REX)
    code, out, err = type_("--only", "tail", "--out", "mine", *TINY)
    assert code == 0, err
    assert "the report is mine/validation.md" in out
    report = (tmp_path / "mine" / "validation.md").read_bytes()
    picture = (tmp_path / "mine" / "validation.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert b"T. rex without its tail" in report
    made = (tmp_path / "mine" / "tail-off" / "log.jsonl").read_bytes()
    # No size is said, so that of the folder counts: nothing is left to do.
    code, again, err = type_("--only", "tail", "--out", "mine")
    assert (code, again, err) == (0, out, "")
    assert (tmp_path / "mine" / "tail-off" / "log.jsonl").read_bytes() == made
    assert (tmp_path / "mine" / "validation.md").read_bytes() == report
    assert (tmp_path / "mine" / "validation.png").read_bytes() == picture


def test_a_sprint_begins_with_the_walk_of_the_same_animal_and_seed(type_, tmp_path, monkeypatch):
    known(monkeypatch, "human")
    code, out, err = type_("--only", "living-speed", "--out", "mine", *TINY, "--json")
    assert (code, json.loads(out)["unfinished"]) == (0, []), err
    # What other checks need, if their animals are shipped.
    assert json.loads(out)["not_begun"] == ["fuel"]
    runs = [one["run"] for one in json.loads(out)["champions"]]
    assert runs == ["living-walk/human-s1", "living/human-s1"]
    cells = [tmp_path / "mine" / name / "cells" / "human-s1" for name in ("living-walk", "living")]
    walked = read_genome(cells[0] / "best.json")
    assert read_configuration(cells[1] / "run.toml").first_guess == walked.genes
    assert "begun with a walk that the same seed had found: living;" in (
        tmp_path / "mine" / "validation.md"
    ).read_text(encoding="utf-8")
    # The sprint has its own copy: the folder may be moved, and the walks may go, which are then made again.
    before = (cells[1] / "best.json").read_bytes()
    moved = (tmp_path / "mine").rename(tmp_path / "moved")
    shutil.rmtree(moved / "living-walk")
    sprint = moved / "living" / "cells" / "human-s1" / "best.json"
    sprint.unlink()
    again = ("--only", "living-speed", "--out", "moved", "--quiet")
    assert type_(*again, *TINY)[0] == 0
    assert sprint.read_bytes() == before
    walk_again = moved / "living-walk" / "cells" / "human-s1" / "best.json"
    assert read_genome(walk_again).genes == walked.genes
    assert type_(*again)[0] == 0


def test_a_sprint_that_an_earlier_version_began_with_nothing_goes_on_so(
    type_, tmp_path, monkeypatch
):
    known(monkeypatch, "human")
    begun(tmp_path / "mine", "living", animal="human")
    code, out, err = type_("--only", "living-speed", "--out", "mine", "--json", "--workers", "2")
    assert (code, json.loads(out)["unfinished"]) == (0, []), err
    run = tmp_path / "mine" / "living" / "cells" / "human-s1" / "run.toml"
    assert read_configuration(run).first_guess is None
    assert "begun with a walk" not in (tmp_path / "mine" / "validation.md").read_text()


def test_what_lies_in_the_way_of_a_later_study_is_said_before_the_first_run(type_, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "living").write_text("notes")
    code, out, err = type_("--only", "living-speed", "--out", "mine", *TINY)
    assert (code, out) == (2, "")
    assert err == "mine/living is there already and is no study; give another folder\n"
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["living"]


def test_a_sprint_whose_walk_failed_is_named_and_not_made(type_, tmp_path, monkeypatch):
    known(monkeypatch, "human")
    failed(begun(tmp_path / "mine", "living-walk", animal="human"))
    code, out, err = type_("--only", "living-speed", "--out", "mine", "--quiet")
    assert (code, out) == (5, "1 not tried; the report is mine/validation.md\n")
    assert "living-walk: human-s1 failed: no such luck" in err
    assert "living: cannot begin: there is no walk for human-s1" in err
    assert not (tmp_path / "mine" / "living").exists()
    assert "its runs of living not begun" in (tmp_path / "mine" / "validation.md").read_text()


def test_a_sprint_whose_walk_cannot_be_used_is_named_and_not_made(type_, tmp_path, monkeypatch):
    known(monkeypatch, "human")
    begun(tmp_path / "mine", "living-walk", animal="human")
    cell = tmp_path / "mine" / "living-walk" / "cells" / "human-s1"
    cell.mkdir()
    write_genome(cell / "best.json", small.a_genome())  # of another animal
    code, out, err = type_("--only", "living-speed", "--out", "mine", "--quiet")
    assert (code, out) == (5, "1 not tried; the report is mine/validation.md\n")
    assert "living: cannot begin: " in err
    assert "with other genes than" in err
    assert not (tmp_path / "mine" / "living").exists()


def test_every_walk_that_a_run_begins_with_is_made_before_it_for_the_same_animals():
    names = list(RECIPES)
    begins = {name: recipe.begins_with for name, recipe in RECIPES.items() if recipe.begins_with}
    assert begins
    for name, earlier in begins.items():
        assert names.index(earlier) < names.index(name)
        assert set(RECIPES[name].species) <= set(RECIPES[earlier].species)


def test_a_validation_that_lost_a_champion_goes_on_to_the_same_one(type_, tmp_path, monkeypatch):
    known(monkeypatch, REX)
    assert type_("--only", "rex-speed", "--out", "mine", *TINY, "--quiet")[0] == 0
    (champion,) = (tmp_path / "mine" / "bones" / "cells").glob("*/best.json")
    before = champion.read_bytes()
    champion.unlink()
    code, out, _ = type_("--read", "--only", "rex-speed", "--out", "mine", "--json")
    assert (code, json.loads(out)["unfinished"]) == (0, ["bones/tyrannosaurus-s1"])
    assert json.loads(out)["checks"][0]["verdict"] == "not tried"
    code, out, _ = type_("--only", "rex-speed", "--out", "mine", "--json", "--quiet")
    assert (code, json.loads(out)["unfinished"]) == (0, [])
    assert champion.read_bytes() == before


def test_another_size_for_a_folder_that_has_runs_is_refused(type_, tmp_path):
    taken = ("--only", "tail", "--out", "mine")
    begun(tmp_path / "mine", "fuel", "tail-off")
    code, _, err = type_(*taken, "--guesses", "30")
    assert code == 2
    assert "holds another study" in err
    (tmp_path / "mine" / "study.toml").touch()
    code, _, err = type_(*taken)
    assert (code, err) == (2, "mine is a study or a run; give another folder\n")


def begun(folder, *recipes, animal=REX):
    """Makes the folders of a validation without any run."""
    folder.mkdir()
    made = plan(folder, recipes, Size(guesses=24, seeds="1:2"), [animal])
    return [taken_up(study, folder / name) for name, study in made.items()]


def failed(studies):
    """Writes down of every run that it failed."""
    for folder, study in studies:
        for cell in study.cells():
            folder.write_failure(cell.name, "no such luck", 1)


def test_stopped_it_says_how_to_go_on(type_, tmp_path, monkeypatch):
    begun(tmp_path / "mine", "fuel", "tail-off")

    def stopped(self, _listener):
        self._lay_down()
        raise Interrupted(tmp_path)

    monkeypatch.setattr(Driver, "go", stopped)
    code, out, err = type_("--only", "tail", "--out", "mine")
    assert (code, out) == (130, "")
    assert err.splitlines()[-1].endswith("go on with:  gaitosaur validate --only tail --out mine")


def test_a_run_that_failed_is_named_and_the_others_are_told_of(type_, tmp_path):
    failed(begun(tmp_path / "mine", "fuel", "tail-off"))
    code, out, err = type_("--only", "tail", "--out", "mine", "--quiet")
    assert (code, out) == (5, "1 not tried; the report is mine/validation.md\n")
    assert "fuel: tyrannosaurus-s1 failed: no such luck" in err
    assert "tail-off: tyrannosaurus-s1 failed: no such luck" in err
    assert "not finished: fuel/tyrannosaurus-s1" in (tmp_path / "mine/validation.md").read_text()
