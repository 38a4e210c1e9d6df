"""``gaitosaur watch`` as it is typed: what it leaves, what it says, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pygame
import pytest
import sims_small as small

from sims.cli import app
from sims.platform import platform
from sims.runs.run import resume

ROOT = Path(__file__).parents[2]
SMALL = (
    *("velociraptor", "--seconds", "0.6", "--strategy", "ga"),
    *("--set", "population=4", "--workers", "1"),
)
ENDLESS = (*SMALL, "--guesses", "100000")
PATIENCE_S = 60.0
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "SDL_VIDEO_DRIVER")


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """The physics, once: what runs in another process finds it on the disk."""
    platform()


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Every command runs in an empty folder: what it leaves there is part of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
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


def environment(screen: bool = True) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in SCREENS}
    chosen = {"SDL_VIDEODRIVER": "dummy"} if screen else {}
    return kept | chosen | {"PYTHONPATH": str(ROOT)}


def begun(*arguments: str, folder: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sims", "watch", *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def watched(*arguments: str, screen: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sims", "watch", *arguments],
        env=environment(screen),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


def wait_for(path: Path) -> None:
    """Waits until something is written into a file."""
    end = time.monotonic() + PATIENCE_S
    while not path.exists() or not path.stat().st_size:
        assert time.monotonic() < end, f"{path} was not written"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The folder of a run that was watched to its champion, and left with Ctrl-C then."""
    folder = tmp_path_factory.mktemp("watched")
    what = (*SMALL, "--seed", "7", "--guesses", "24", "--out", "run")
    with begun(*what, folder=folder) as process:
        wait_for(folder / "run" / "best.json")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 130
        assert "Traceback" not in process.stderr.read()
    return folder / "run"


def test_watched_to_its_end_it_is_the_run_that_evolve_makes(finished, tmp_path, type_):
    what = (*SMALL, "--seed", "7", "--guesses", "24", "--out", "run", "--quiet")
    code, out, _ = type_("evolve", *what)
    assert (code, out) == (0, f"{Path('run') / 'best.json'}\n")
    assert small.files(finished) == small.files(tmp_path / "run")


def test_a_finished_run_can_be_seen_again(finished):
    before = small.files(finished)
    done = watched("--resume", str(finished), "--workers", "0", "--for", "5", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["finished"] is True
    assert Path(document["champion"]) == finished / "best.json"
    assert (document["guesses"], document["run"]) == (24, str(finished))
    assert small.files(finished) == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="has a display of its own")
def test_pictures_need_no_display_and_the_run_can_be_taken_up(tmp_path):
    shots = ("--shots", "shots", "--every", "3", "--size", "960x600")
    done = watched(*ENDLESS, "--for", "10", *shots, "--out", "run", screen=False)
    assert done.returncode == 0, done.stderr
    pictures = sorted((tmp_path / "shots").iterdir())
    assert [path.name for path in pictures] == [f"shot-{n:04d}.png" for n in (1, 2, 3)]
    seen = [pygame.surfarray.array3d(pygame.image.load(path)) for path in pictures]
    assert {pixels.shape for pixels in seen} == {(960, 600, 3)}
    assert all(len(np.unique(pixels.reshape(-1, 3), axis=0)) > 50 for pixels in seen)
    assert not np.array_equal(seen[0], seen[2])
    assert done.stderr.strip().endswith("3 pictures in shots")
    assert done.stdout == (
        "saved after its last generation; go on with:  gaitosaur watch --resume run\n"
    )
    resume(tmp_path / "run", workers=0).close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_ends_with_130_and_the_run_can_be_taken_up(number, tmp_path):
    with begun(*ENDLESS, "--out", "run") as process:
        wait_for(tmp_path / "run" / "history.jsonl")
        process.send_signal(number)
        before = time.monotonic()
        out, err = process.communicate(timeout=PATIENCE_S)
    assert time.monotonic() - before < 8.0
    assert process.returncode == 130
    assert out == ""
    assert err == "saved after its last generation; go on with:  gaitosaur watch --resume run\n"
    run = resume(tmp_path / "run", workers=0)
    assert run.history()
    run.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="has a display of its own")
@pytest.mark.parametrize("command", [("watch", "allosaurus"), ("watch",), ()])
def test_without_a_display_it_names_what_needs_none(command, type_, tmp_path, monkeypatch):
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    code, out, err = type_(*command)
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert "no display" in line
    assert line.endswith(
        f"gaitosaur evolve {[*command, '', 'tyrannosaurus'][1] or 'tyrannosaurus'}"
    )
    assert list(tmp_path.iterdir()) == []


WRONG = {
    "small": (("--size", "640x480"), ["--size width = 640", "--size height = 480"]),
    "size": (("--size", "large"), ['--size = "large", must be like 1280x720']),
    "endless": (("--for", "0"), ["--for = 0, must be"]),
    "nan": (("--for", "nan"), ["--for = nan, must be"]),
    "every": (("--every", "0"), ["--every = 0, must be"]),
    "seed": (("--seed", "-1"), ["--seed = -1, must be"]),
    "guesses": (("--guesses", "0"), ["--guesses = 0, must be"]),
    "workers": (("--workers", "999"), ["--workers = 999, must be"]),
    "both": (("--resume", "run"), ["SPECIES: does not go with --resume"]),
    "option": (("--sise", "1"), ["--size"]),
    "shots": (("--shots", "file/shots"), ["no pictures can be saved there"]),
    # What the run's own process has to say.
    "strategy": (("--strategy", "magic"), ["--strategy", "must be one of cma, ga, hill"]),
    "set": (("--set", "population=many"), ["population must be a whole number"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_clear_lines_and_nothing_is_begun(name, type_, tmp_path):
    (tmp_path / "file").write_text("")
    given, said = WRONG[name]
    code, out, err = type_("watch", "velociraptor", *given)
    assert (code, out) == (2, "")
    assert all(words in err for words in said)
    assert len(err.splitlines()) == (2 if name == "small" else 1)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("velocirapto",), 'did you mean "velociraptor"?'),
        (("nowhere.toml",), "nowhere.toml"),
        (("--resume", "nothing"), "nothing: no such run"),
        (("--resume", "nothing", "--json"), "nothing: no such run"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(given, said, type_, tmp_path):
    code, out, err = type_("watch", *given)
    assert code == 2
    (line,) = err.splitlines()
    assert said in line
    assert out == "" or json.loads(out) == {"error": [line]}
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_in_a_file_is_said_with_its_place(type_, tmp_path):
    path = tmp_path / "dragon.toml"
    path.write_text('name = "dragon"\nplan = "wings"\n')
    code, _, err = type_("watch", str(path))
    assert code == 2
    assert all(line.startswith(str(path)) for line in err.splitlines())
    assert not (tmp_path / "runs").exists()


MODULES = """
import json, sys, threading, time
from pathlib import Path
from sims.cli.app import run

def close(history):
    while not history.exists() or not history.stat().st_size:
        time.sleep(0.02)
    time.sleep(0.5)
    import pygame
    pygame.event.post(pygame.Event(pygame.QUIT))

if __name__ == "__main__":
    folder = Path(sys.argv[-1])
    threading.Thread(target=close, args=(folder / "history.jsonl",), daemon=True).start()
    code = run(sys.argv[1:])
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
    sys.exit(code)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a window printed that was closed, and the libraries that its process had loaded by then."""
    folder = tmp_path_factory.mktemp("told")
    (folder / "modules.py").write_text(MODULES)
    how = ("--full-screen", "--json", "--quiet", "--out", str(folder / "run"))
    done = subprocess.run(
        [sys.executable, str(folder / "modules.py"), "watch", *ENDLESS, *how],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stderr
    (modules,) = done.stderr.splitlines()
    return json.loads(done.stdout), set(json.loads(modules))


def test_with_json_it_prints_one_object(told):
    document = told[0]
    assert document.keys() == {"run", "guesses", "generations", "finished", "champion", "shots"}
    assert (document["finished"], document["champion"], document["shots"]) == (False, None, 0)
    run = resume(Path(document["run"]), workers=0)
    assert run.guesses == document["guesses"] > 0
    assert len(run.history()) == document["generations"]
    run.close()


def test_the_window_computes_no_physics_and_searches_nothing(told):
    document, modules = told
    assert document["generations"]
    assert "pygame" in modules
    assert modules.isdisjoint({"numba", "pymunk", "deap", "matplotlib", "scipy"})
