"""What a person types, and what they read: on stdout, on stderr, and as an exit code."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from creatures.controllers.table import CONTROLLERS
from evo.strategies import STRATEGIES
from sims.cli import app
from sims.cli.progress import Lines, duration
from sims.errors import Interrupted
from sims.score import OBJECTIVES, TERMS

COMMANDS = (
    *("watch", "keys", "evolve", "replay", "race", "picture", "film", "export", "perturb"),
    *("compare", "species", "check", "doctor", "batch", "status"),
)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Every command runs in an empty folder: what it leaves there is part of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv(app.DEBUG, raising=False)


@pytest.fixture
def type_(capsys):
    """Returns a function that types a command and returns (code, stdout, stderr)."""

    def typed(*arguments: str):
        code = app.run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return typed


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> tuple[Path, dict]:
    """A small finished run: its champion's file, and what --json said."""
    out = tmp_path_factory.mktemp("evolved") / "run"
    done = in_a_process(
        *("evolve", "velociraptor", "--guesses", "30", "--seconds", "1", "--workers", "0"),
        *("--strategy", "hill", "--set", "population=6", "--out", str(out), "--json", "--quiet"),
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return out / "best.json", json.loads(done.stdout)


def in_a_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sims", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command, type_):
    code, out, _ = type_(command, "--help")
    assert code == 0
    assert f"gaitosaur {command}" in plain(out).split("Example:")[1]
    assert {"--json", "--quiet"} <= set(re.findall(r"--[a-z]+", plain(out)))


def test_the_help_says_what_there_is(type_):
    code, out, _ = type_("--help")
    assert code == 0
    assert all(command in out for command in COMMANDS)


def test_without_a_command_it_opens_the_window_and_without_a_display_names_evolve(
    type_, monkeypatch
):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "SDL_VIDEO_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    code, _, err = type_()
    assert (code, err.count("\n")) == (2, 1)
    assert "gaitosaur evolve" in err


def test_the_version_is_told(type_):
    code, out, _ = type_("--version")
    assert code == 0
    assert out.startswith("gaitosaur")


@pytest.mark.parametrize("command", ["evolve", "watch"])
def test_help_names_every_strategy_objective_and_controller(command, type_):
    _, out, _ = type_(command, "--help")
    for name in (*STRATEGIES, *OBJECTIVES, *CONTROLLERS):
        assert re.search(rf"\b{name}\b", plain(out)), name


def test_the_species_are_listed_with_mass_and_hip_height(type_):
    code, out, _ = type_("species")
    assert code == 0
    assert re.search(r"tyrannosaurus +Tyrannosaurus rex +6,000 +\d\.\d\d", out)


def test_a_species_has_a_card_with_its_estimates_marked(type_):
    code, out, _ = type_("species", "velociraptor", "--genes")
    assert code == 0
    assert re.search(r"thigh \(2\) +0\.238 \[\d\]", out)
    assert re.search(r"head +≈0\.23", out)
    assert re.search(r"caudofemoralis \(2\) .* - .*hip -", out)
    assert re.search(r"gastrocnemius_medialis \(2\)( +[\d.]+){4} +ankle -", out)
    assert "Persons & Currie 2016" in out
    assert "rhythm.frequency" in out


def test_a_species_as_json_has_all_its_parts(type_):
    code, out, err = type_("species", "velociraptor", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["mass_kg"] == pytest.approx(20)
    assert 0.4 < found["hip_height_m"] < 0.7
    assert len(found["bones"]) == len(found["joints"]) + 1
    assert {"name", "words", "low", "high"} <= set(found["genes"][0])
    assert sum(bone["mass_kg"] for bone in found["bones"]) == pytest.approx(found["mass_kg"])
    assert any("Persons" in source for source in found["sources"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["species", "raptor"], 'raptor: no such species; did you mean "velociraptor"?'),
        (
            ["evolve", "tyranosaurus"],
            'tyranosaurus: no such species; did you mean "tyrannosaurus"?',
        ),
        (["evolve"], "SPECIES is missing: which animal? (or --from GENOME, or --resume DIR)"),
        (["specis"], "No such command 'specis'."),
        (["species", "--jsn"], "No such option: --jsn"),
        (["picture", "x.json"], "Missing option '--out'"),
        (["replay"], "Missing argument 'GENOME|RUN'"),
        (["replay", "nothing.json"], "nothing.json: no such file"),
        (
            ["picture", "x.json", "-o", "x.bmp"],
            "x.bmp: a picture's name must end in .png, .svg, .pdf",
        ),
        (["picture", "x.json", "-o", "no/x.png"], "no/x.png: there is no folder no"),
        (["check", "nothing.toml"], "nothing.toml: no such file"),
        (["check", ""], "this is a folder"),
        (["evolve", "--resume", "nothing"], "nothing: no such run"),
        (["evolve", "--resume", "x", "--seed", "2"], "--seed: does not go with --resume"),
        (["evolve", "velociraptor", "--resume", "x"], "SPECIES: does not go with --resume"),
        (
            ["evolve", "velociraptor", "--guesses", "0"],
            "--guesses = 0, must be a whole number, 1 to",
        ),
        (["evolve", "velociraptor", "--guesses", "many"], "Invalid value for '--guesses'"),
        (["evolve", "velociraptor", "--seed", "-1"], "--seed = -1, must be a whole number, 0 to"),
        (["evolve", "velociraptor", "--seconds", "nan"], "--seconds = nan, must be 0.1 to 120"),
        (["evolve", "velociraptor", "--seconds", "inf"], "--seconds = inf, must be 0.1 to 120"),
        (
            ["evolve", "velociraptor", "--workers", "-1"],
            "--workers = -1, must be a whole number, 0 to",
        ),
        (
            ["evolve", "velociraptor", "--strategy", "cmaes"],
            '--strategy = "cmaes"; did you mean "cma"?',
        ),
        (
            ["evolve", "velociraptor", "--objective", "wlak"],
            '--objective = "wlak"; did you mean "walk"?',
        ),
        (["evolve", "velociraptor", "--weight", "speed=2"], "--weight speed is not known"),
        (["evolve", "velociraptor", "--weight", "distnce=2"], 'did you mean "distance"?'),
        (
            ["evolve", "velociraptor", "--weight", "distance"],
            '--weight = "distance", must be KEY=VALUE',
        ),
        (
            ["evolve", "velociraptor", "--weight", "distance=x"],
            '--weight distance = "x", must be a number',
        ),
        (["evolve", "velociraptor", "--weight", "distance=nan"], "must be a number"),
        (["evolve", "velociraptor", "--weight", "distance=1e9"], "must be -1,000 to 1,000"),
        (
            ["evolve", "velociraptor", "--set", "popul=3"],
            'popul is not known; did you mean "population"?',
        ),
        (["evolve", "velociraptor", "--set", "seed=3"], "--set seed is not known"),
        (
            ["evolve", "velociraptor", "--controller", "patern"],
            '--controller = "patern"; did you mean "pattern"?',
        ),
        (["species", "velociraptor", "--controller", "x"], '--controller = "x", must be one of'),
        (
            ["evolve", "velociraptor", "--workers", "2", "--dask", "tcp://a:1"],
            "--workers: does not go with --dask",
        ),
        (["evolve", "velociraptor", "--set", "population=x"], "population must be a whole number"),
        (
            ["evolve", "velociraptor", "--set", "population=2"],
            "population must be a whole number of 4",
        ),
        (["evolve", "velociraptor", "--set", "sigma=nan"], "sigma must be a number above 0"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_clear_line_and_exit_code_2(arguments, said, type_, tmp_path):
    code, out, err = type_(*arguments)
    assert code == 2
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_with_json_an_error_is_the_one_object_on_stdout(type_):
    code, out, err = type_("evolve", "velociraptor", "--guesses", "0", "--workers", "-1", "--json")
    assert code == 2
    assert json.loads(out) == {"error": err.splitlines()}
    assert len(err.splitlines()) == 2


def test_an_unforeseen_error_is_one_line_that_asks_for_a_report(type_, monkeypatch):
    def broken(_name):
        raise ZeroDivisionError("a hole\nin the floor")

    monkeypatch.setattr("sims.runs.asked.load_species", broken)
    code, out, err = type_("species", "velociraptor")
    assert (code, out) == (1, "")
    assert err.startswith("ZeroDivisionError: a hole in the floor (please report this")
    monkeypatch.setenv(app.DEBUG, "1")
    with pytest.raises(ZeroDivisionError):
        type_("species", "velociraptor")


def test_a_full_disk_is_one_line(type_, monkeypatch):
    def full(_name):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sims.runs.asked.load_species", full)
    code, _, err = type_("species", "velociraptor")
    assert code == 1
    assert err == "[Errno 28] No space left on device\n"


MINE = """\
plan = "biped"
mass_kg = 20
[bones.thigh]
length_m = 0.238
[bones.shank]
length_m = 0.255
[bones.metatarsus]
length_m = 0.099
"""


def test_a_file_of_ones_own_is_checked_and_is_ok(type_):
    Path("mine.toml").write_text(MINE)
    code, out, _ = type_("check", "mine.toml")
    assert code == 0
    assert out.startswith("mine.toml: ok: mine, 20 kg, hip 0.")


def test_all_faults_of_a_file_are_told_at_once(type_):
    Path("mine.toml").write_text(MINE.replace("0.238", "-1").replace("0.255", "nan"))
    code, out, err = type_("check", "mine.toml")
    assert (code, out) == (2, "")
    assert [line.split(":")[1] for line in err.splitlines()] == ["4", "6"]
    code, out, _ = type_("check", "mine.toml", "--json")
    found = json.loads(out)
    assert (code, found["ok"]) == (2, False)
    assert [fault["line"] for fault in found["faults"]] == [4, 6]


def test_an_animal_that_cannot_stand_is_warned_of(type_):
    Path("mine.toml").write_text(MINE + "contact = { span = [0, 2] }\n")
    code, _, err = type_("check", "mine.toml")
    assert code == 0
    assert "warning: with all genes at zero it does not stand for 2 s" in err


def test_the_doctor_finds_this_machine_well(type_):
    code, out, _ = type_("doctor", "--json")
    found = json.loads(out)
    assert code == 0
    assert len(found["platform"]["canary"]) == 64
    assert found["cores"]["count"] >= 1
    assert found["speed"]["simulated_s_per_s"] > 0
    assert {one["mark"] for one in found.values()} <= {"ok", "warn"}


def test_a_doctor_who_falls_ill_says_so(type_, monkeypatch):
    def ill():
        raise RuntimeError("no physics here")

    monkeypatch.setattr("sims.platform.platform", ill)
    code, out, err = type_("doctor")
    assert code == 1
    assert "platform: RuntimeError: no physics here" in err
    assert "cores" in out


def test_evolve_says_what_a_study_needs(finished):
    file, said = finished
    assert {"run", "species", "seed", "guesses", "wall_s", "guesses_per_minute"} <= set(said)
    champion = said["champion"]
    numbers = (
        *("distance_m", "hip_heights", "time_up_s", "speed_m_s", "froude", "strain_bw"),
        *("peak_ground_force_bw", "cost_of_transport", "duty_factor", "max_joint_gap", "robust"),
        "score",
    )
    assert all(isinstance(champion[name], int | float) for name in numbers)
    assert set(champion["terms"]) == set(TERMS)
    assert champion["ended"] in ("finished", "fell", "stalled", "broke", "unstable")
    assert champion["file"] == str(file)
    assert (said["species"], said["seed"], said["guesses"]) == ("velociraptor", 1, 30)


def test_evolve_leaves_a_run_folder_with_a_champion_and_its_picture(finished):
    folder = finished[0].parent
    names = {path.name for path in folder.iterdir()}
    assert {"run.toml", "history.jsonl", "checkpoint.json", "best.json", "best.png"} <= names
    assert (folder / "best.png").read_bytes().startswith(b"\x89PNG")


def test_a_finished_run_that_is_resumed_says_the_same_again(finished, type_):
    file, said = finished
    code, out, _ = type_("evolve", "--resume", str(file.parent), "--json")
    assert code == 0
    assert json.loads(out)["champion"] == said["champion"]


def test_evolve_ends_with_plain_sentences_and_says_where_the_champion_is(finished, type_):
    code, out, err = type_("evolve", "--resume", str(finished[0].parent))
    assert code == 0
    assert re.search(r"^It \w+ -?\d+\.\d m in \d+\.\d s", out, re.MULTILINE)
    assert "Its hardest-loaded joint is the " in out
    assert f"It is in {finished[0]}" in out
    assert f"gaitosaur replay {finished[0]} --check" in err


def test_evolve_quietly_prints_the_file_and_nothing_else(finished, type_):
    code, out, err = type_("evolve", "--resume", str(finished[0].parent), "--quiet")
    assert (code, out, err) == (0, f"{finished[0]}\n", "")


def test_replay_is_exact_here(finished, type_):
    code, out, _ = type_("replay", str(finished[0]), "--check")
    assert code == 0
    assert out.startswith("EXACT")
    code, out, _ = type_("replay", str(finished[0].parent), "--check", "--json")
    found = json.loads(out)
    assert (code, found["result"], found["step"]) == (0, "EXACT", None)
    assert found["stored_hash"] == found["replayed_hash"]


def changed(finished, **values) -> str:
    document = json.loads(finished[0].read_text())
    for name, value in values.items():
        document[name] = value
    Path("changed.json").write_text(json.dumps(document))
    return "changed.json"


def test_replay_of_a_changed_walk_differs_and_ends_with_3(finished, type_):
    genes = json.loads(finished[0].read_text())["genes"]
    genes[next(iter(genes))] += 0.25
    code, out, _ = type_("replay", changed(finished, genes=genes), "--check", "--json")
    found = json.loads(out)
    assert (code, found["result"]) == (3, "DIFFERS")
    assert found["step"] >= 0
    assert found["deviation_m"] >= 0


def test_replay_of_a_walk_from_another_platform_cannot_be_verified_and_ends_with_4(finished, type_):
    document = json.loads(finished[0].read_text())
    platform = document["platform"] | {"numba": "0.1"}
    file = changed(finished, platform=platform, digest="0" * 64)
    code, out, _ = type_("replay", file, "--check")
    assert code == 4
    assert out.startswith("UNVERIFIABLE HERE: it was made with numba")


def test_replay_without_check_says_what_it_does(finished, type_):
    code, out, err = type_("replay", str(finished[0]), "--text")
    assert code == 0
    assert "Its hardest-loaded joint" in out
    assert "--check" in err


def test_picture_draws_a_genome(finished, type_):
    code, out, _ = type_("picture", str(finished[0]), "-o", "stride.png")
    assert (code, out) == (0, "drew stride.png\n")
    assert Path("stride.png").read_bytes().startswith(b"\x89PNG")


def test_check_reads_a_genome(finished, type_):
    code, out, _ = type_("check", str(finished[0]))
    assert code == 0
    assert ": ok: Velociraptor mongoliensis, " in out


@pytest.mark.parametrize("size", [0, 1, 100, 5000])
def test_a_truncated_genome_is_one_clear_line(finished, size, type_):
    Path("cut.json").write_text(finished[0].read_text()[:size])
    for command in (["check"], ["replay", "--check"]):
        code, out, err = type_(*command, "cut.json")
        assert (code, out) == (2, "")
        assert err.startswith("cut.json: ")
        assert err.count("\n") == 1


def test_an_interrupted_run_says_how_to_go_on_and_ends_with_130(type_, monkeypatch):
    def stopped(run, _listener):
        run.close()
        raise Interrupted(run.folder)

    monkeypatch.setattr("sims.runs.run.Run.go", stopped)
    code, out, err = type_(
        "evolve", "velociraptor", "--workers", "0", "--out", "mine", "--seconds", "1"
    )
    assert (code, out) == (130, "")
    assert err.splitlines()[-1].endswith("gaitosaur evolve --resume mine")


def test_results_survive_a_terminal_that_knows_only_ascii():
    done = in_a_process("species", "velociraptor", PYTHONIOENCODING="ascii", NO_COLOR="1")
    assert done.returncode == 0
    assert "?0.414" in done.stdout
    assert "\x1b[" not in done.stdout


def event(guesses: int) -> SimpleNamespace:
    measures = {"distance_m": 12.34, "time_up_s": 9.0}
    best = SimpleNamespace(evaluation=SimpleNamespace(measures=measures))
    return SimpleNamespace(
        guesses=guesses, budget=100, guesses_per_minute=1234.0, best=best, eta_s=200.0
    )


def test_without_a_terminal_progress_is_a_dated_line_every_few_seconds(capsys, monkeypatch):
    monkeypatch.setattr("sims.runs.events.GenerationDone", SimpleNamespace)
    lines = Lines(every_s=3600)
    for guesses in (10, 20, 30, 100):
        lines.hear(event(guesses))
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2  # the first, and the last because all guesses are done
    stamp, _, rest = said[0].partition("  ")
    assert datetime.fromisoformat(stamp)
    assert rest == "10 of 100 guesses, 1,234 a minute, best 12.3 m, 9.0 s up, 3 min left"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "0 s"), (89, "89 s"), (600, "10 min"), (7800, "2 h 10 min")]
)
def test_durations_are_said_as_people_say_them(seconds, said):
    assert duration(seconds) == said
