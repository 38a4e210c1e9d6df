import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sims_small as small

import sims
from evo.population import WORST
from sims.errors import WorkersFailed
from sims.evaluate import Unit
from sims.runs.workers import Stopped, Workers


def scores(evaluations):
    return [evaluation.score for evaluation in evaluations]


def with_deadly(count, place):
    units = [Unit((float(k),), ()) for k in range(count)]
    units[place] = Unit((small.DEADLY,), ())
    return units


def task():
    return small.configuration().task()


def test_the_number_of_workers_does_not_change_a_bit():
    units = small.units(9)
    found = []
    for count in (0, 1, 2):
        with Workers(count, task()) as workers:
            found.append(workers.map(units))
    assert found[0] == found[1] == found[2]
    assert len({evaluation.digest for evaluation in found[0]}) == 9


def test_turned_they_judge_by_the_new_task_in_the_same_processes():
    units = small.units(4)
    plain = task()
    weights = {**plain.objective.weights, "upright": 50.0}
    other = replace(plain, objective=replace(plain.objective, weights=weights))
    found = []
    for count in (0, 1, 2):
        with Workers(count, plain) as workers:
            before, at_work = workers.map(units), processes_of(workers)
            workers.turn(other)
            turned = workers.map(units)
            assert processes_of(workers) == at_work
            workers.turn(plain)
            assert workers.map(units) == before
        found.append(turned)
    assert found[0] == found[1] == found[2]
    more = (50.0 - plain.objective.weights["upright"]) * found[0][0].terms["upright"]
    assert found[0][0].score == pytest.approx(before[0].score + more)


def processes_of(workers):
    return set(getattr(workers._executor, "_processes", None) or {})


def test_a_guess_that_kills_its_process_after_a_turn_is_judged_by_the_new_task():
    units = with_deadly(6, place=2)
    other = replace(task(), trial=replace(small.TRIAL, gravity_scale=0.25))
    with Workers(1, task(), evaluate=small.heavy) as workers:
        assert scores(workers.map(units[:2])) == [1.0, 1.0]
        workers.turn(other)
        assert scores(workers.map(units)) == [0.25, 0.25, WORST, 0.25, 0.25, 0.25]


def test_nothing_to_look_at_is_no_trouble():
    with Workers(0, task()) as workers:
        assert workers.map([]) == []


def test_a_guess_that_kills_its_process_costs_that_guess_alone():
    units = with_deadly(40, place=17)
    with Workers(2, task(), evaluate=small.deadly) as workers:
        found = workers.map(units)
        again = workers.map(units[:17])
    assert found[17].crashed
    assert found[17].score == WORST
    assert "took its process with it" in found[17].why
    assert scores(found[:17]) == scores(again) == [float(k) for k in range(17)]
    assert scores(found[18:]) == [float(k) for k in range(18, 40)]
    assert sum(evaluation.crashed for evaluation in found) == 1


def test_a_worker_killed_from_outside_costs_nothing(tmp_path):
    units = with_deadly(12, place=4)
    marker = tmp_path / "killed"
    with Workers(2, task(), evaluate=partial(small.killed_once, str(marker))) as workers:
        found = workers.map(units)
    assert marker.exists()
    assert scores(found) == [unit.genome[0] for unit in units]


def test_a_guess_that_hangs_is_ended_and_the_others_are_not():
    units = with_deadly(6, place=2)
    with Workers(2, task(), evaluate=small.hanging, patience_s=2.5) as workers:
        found = workers.map(units)
    assert [evaluation.crashed for evaluation in found] == [k == 2 for k in range(6)]
    assert "hung" in found[2].why


@pytest.mark.parametrize("count", [0, 1])
def test_what_a_guess_raises_is_the_worst_score_with_the_reason(count):
    with Workers(count, task(), evaluate=small.raising) as workers:
        found = workers.map(with_deadly(3, place=1))
    assert scores(found) == [0.0, WORST, 2.0]
    assert "RuntimeError: no such luck" in found[1].why
    assert not found[1].crashed


def test_a_trial_that_raises_is_the_worst_score_with_the_reason():
    with Workers(0, task()) as workers:
        found = workers.map([Unit((0.0,), (small.TRIAL,))])
    assert found[0].score == WORST
    assert found[0].why.startswith("the trial raised ValueError")


def test_workers_that_cannot_start_are_said_to():
    workers = Workers(1, task(), evaluate=small.quick, make=small.dead_on_arrival)
    with pytest.raises(WorkersFailed, match="as soon as they start"), workers:
        workers.map(with_deadly(3, place=1))


def test_any_executor_can_be_handed_in():
    def threads(count, prepare, arguments):
        prepare(*arguments)
        return ThreadPoolExecutor(count)

    with Workers(3, task(), evaluate=small.quick, make=threads) as workers:
        found = workers.map([Unit((float(k),), ()) for k in range(20)])
    assert scores(found) == [float(k) for k in range(20)]


def test_another_thread_can_stop_it():
    with Workers(1, task(), evaluate=small.slow) as workers:
        threading.Timer(0.5, workers.stop).start()
        with pytest.raises(Stopped):
            workers.map(with_deadly(10_000, place=1))


def test_nothing_of_workers_that_were_stopped_is_left_running():
    """What is left would race with Python's own ending, which then prints a traceback."""
    before = set(threading.enumerate())
    workers = Workers(1, task(), evaluate=small.slow)
    stop = threading.Timer(0.5, workers.stop)
    stop.start()
    with pytest.raises(Stopped), workers:
        workers.map(with_deadly(10_000, place=1))
    stop.join()
    assert set(threading.enumerate()) <= before


DRIVER = """
import os
import sims_small as small
from sims.evaluate import Unit
from sims.runs.workers import Workers

def tell(task, unit):
    with open(os.environ["PIDS"], "a") as file:
        file.write(f"{os.getpid()}\\n")
    return small.slow(task, unit)

if __name__ == "__main__":
    with Workers(2, small.configuration().task(), evaluate=tell) as workers:
        workers.map([Unit((0.0,), ())] * 10_000)
"""


def alive(pid):
    try:
        os.kill(pid, 0)
        # A dead child that nobody has collected yet still has a number.
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


def wait_until(true, seconds=60.0):
    latest = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < latest
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")
def test_workers_do_not_outlive_a_driver_that_was_killed(tmp_path):
    script, pids = tmp_path / "driver.py", tmp_path / "pids"
    script.write_text(DRIVER)
    path = os.pathsep.join([str(Path(sims.__file__).parents[1]), str(Path(__file__).parent)])
    environment = os.environ | {"PYTHONPATH": path, "PIDS": str(pids)}
    driver = subprocess.Popen([sys.executable, str(script)], env=environment)
    wait_until(lambda: pids.exists() and len(set(pids.read_text().split())) == 2)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    workers = {int(pid) for pid in pids.read_text().split()}
    wait_until(lambda: not any(alive(pid) for pid in workers))
