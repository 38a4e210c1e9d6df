"""Guesses on a Dask cluster: its workers join and die as they like, and the champion is the same to the bit."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import sims_small as small

from evo.population import WORST
from sims.batch.checks import checked_document
from sims.batch.driver import Driver
from sims.batch.events import CellStep, nobody
from sims.batch.folder import taken_up
from sims.batch.study import FORMAT, VERSION
from sims.errors import RunError
from sims.evaluate import Unit, look
from sims.platform import platform
from sims.runs import cluster as cluster_module
from sims.runs.asked import Asked, begin
from sims.runs.cluster import differences, identity, join
from sims.runs.run import start
from sims.runs.workers import Workers

distributed = pytest.importorskip("distributed", reason="needs Dask: pip install '.[dask]'")
ROOT = Path(cluster_module.__file__).parents[2]


@pytest.fixture(scope="module")
def address():
    import dask

    platform()  # compiled once, so that workers find it on the disk
    # Whoever takes two workers with him is to blame; usually Dask waits for four.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as made,
    ):
        yield made.scheduler_address


def dies_once(marker, task, unit):
    """Takes its worker with it, the first time anybody looks at anything."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return look(task, unit)


def with_a_death(make, marker):
    """Makes the executor in which it does."""

    def made(count, prepare, arguments):
        token, task, _ = arguments
        return make(count, prepare, (token, task, partial(dies_once, str(marker))))

    return made


def test_a_worker_killed_in_a_generation_costs_nothing(address, tmp_path):
    hands, make = join(address)
    marker = tmp_path / "killed"
    run = start(small.settings(tmp_path / "far", hands), with_a_death(make, marker))
    found = small.files(run.go().folder)
    assert marker.exists()
    assert found == small.finished(tmp_path / "here", workers=0)


def test_a_run_that_is_asked_for_on_a_cluster_is_the_same_run(address, tmp_path):
    quick = {"guesses": 8, "seconds": 0.6, "search": ("population=4",), "workers": 0}
    asked = partial(Asked, animal="velociraptor", **quick)
    found = [
        small.files(begin(asked(out=tmp_path / name, dask=where)).go().folder)
        for name, where in (("far", address), ("here", None))
    ]
    assert found[0] == found[1]


def test_a_study_on_a_cluster_of_which_a_worker_is_killed_is_the_same_study(address, tmp_path):
    base = {"guesses": 12, "seconds": 0.6, "strategy": "ga", "search.population": 4}
    known = {"format": FORMAT, "version": VERSION, "species": ["velociraptor"], "seeds": [1, 2]}
    study = checked_document(known | {"base": base, "vary": {}}, "", Path())
    _, make = join(address)
    killed = []

    def kill_a_worker(event):
        if isinstance(event, CellStep) and not killed:
            with distributed.Client(address, set_as_default=False) as client:
                killed.append(min(client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)

    found = []
    for name, hands, listener in (("far", make, kill_a_worker), ("here", None, nobody)):
        folder, there = taken_up(study, tmp_path / name)
        Driver(folder, there, 2, make=hands).go(listener)
        found.append([small.files(folder.cell(cell.name)) for cell in there.cells()])
    assert killed
    assert found[0] == found[1]


def test_a_guess_that_kills_its_worker_is_looked_at_here_and_costs_that_guess_alone(address):
    hands, make = join(address)
    units = [Unit((float(k),), ()) for k in range(12)]
    units[5] = Unit((small.DEADLY,), ())
    task = small.configuration().task()
    with Workers(hands, task, evaluate=small.deadly, make=make) as workers:
        found = workers.map(units)
    assert [one.score for one in found] == [WORST if k == 5 else float(k) for k in range(12)]
    assert [one.crashed for one in found] == [k == 5 for k in range(12)]


@pytest.fixture
def unlike(address, tmp_path):
    """A worker that joins late and is not like the others; gives a function that has it join."""
    started = []

    def begin_it(**others):
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny"]
        command += ["--nthreads", "1", "--no-dashboard"]
        path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
        environment = os.environ | {"PYTHONPATH": path} | others
        quiet = {"stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        # Not in our folder, where it would find the program whatever its path says.
        started.append(subprocess.Popen(command, env=environment, cwd=tmp_path, **quiet))
        wait_for_workers(address, 3)

    yield begin_it
    for process in started:
        process.terminate()
        process.wait()
    wait_for_workers(address, 2)


def wait_for_workers(address, count):
    with distributed.Client(address, set_as_default=False) as client:
        wait_until(lambda: len(client.nthreads()) == count)


def wait_until(true, seconds=60.0):
    latest = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < latest
        time.sleep(0.05)


@pytest.mark.skipif("openblas" not in platform().blas, reason="needs OpenBLAS")
@pytest.mark.skipif(platform().machine != "x86_64", reason="names a kind of processor")
def test_a_worker_that_would_give_other_bits_is_refused_in_one_line(address, unlike):
    hands, make = join(address)
    task = small.configuration().task()
    said = r"the Dask worker tcp://\S+ would give other results: blas openblas .* there, openblas"
    with Workers(hands, task, evaluate=small.slow, make=make) as workers:
        assert len(workers.map([Unit((1.0,), ())])) == 1
        unlike(OPENBLAS_CORETYPE="Prescott")
        with pytest.raises(RunError, match=said):
            workers.map([Unit((float(k),), ()) for k in range(40)])
    with pytest.raises(RunError, match=said):
        join(address)


def test_a_worker_without_this_program_is_said_to_be_one(address, unlike, tmp_path):
    empty = tmp_path / "path" / "sims"
    empty.mkdir(parents=True)
    # However this program is installed here, on that worker it cannot be found.
    words = "No module named 'sims'"
    (empty / "__init__.py").write_text(f"raise ModuleNotFoundError({words!r})")
    unlike(PYTHONPATH=str(empty.parent))
    with pytest.raises(RunError, match="does not have this program: No module named 'sims"):
        join(address)


def test_what_differs_is_said_in_words():
    here = identity()
    assert differences(here, here) == []
    assert differences(here, here | {"numba": "0.1"}) == [f"numba 0.1 there, {here['numba']} here"]
    assert differences(here, here | {"canary": "x"}) == ["another physics, by its canary"]
    assert differences(here, here | {"program": "x"}) == ["another version of this program"]
    assert differences(here, here | {"canary": "x", "python": "2.7"}) == [
        f"python 2.7 there, {here['python']} here"
    ]


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:1", "nowhere", "nowhere.json", "tcp://"])
def test_a_cluster_that_is_not_there_is_one_line(where, monkeypatch):
    monkeypatch.setattr(cluster_module, "CONNECT_S", 0.5)
    with pytest.raises(RunError, match=f"no Dask scheduler at {where}: ") as error:
        join(where)
    assert "\n" not in str(error.value)


def test_without_dask_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RunError, match=r"needs the library distributed: pip install"):
        join("tcp://127.0.0.1:8786")
