"""Does a study keep every core busy? ``python -m tests.benchmarks.batch [--workers 2] [--guesses 1500]``.

Makes a study of a few cells of different lengths, so that not all cores have one to the end, and prints one JSON line a
figure.

ceiling   the share of its cores that as many idle loops got just before: what others on the machine leave
busy      CPU seconds of the driver and all its processes over wall seconds and cores, from the first start to the end;
          with it, how often a cell went on with more workers
wanted    the same, with the seconds in which those processes could have worked and another program had the core: what
          busy would be on a machine that does nothing else (Linux only)
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import resource
import tempfile
import threading
import time
from pathlib import Path

from sims.batch import events
from sims.batch.checks import checked
from sims.batch.driver import Driver
from sims.batch.folder import taken_up
from sims.platform import platform

STUDY = """\
format = "gaitosaur-study"
version = 1
species = ["velociraptor", "tyrannosaurus"]
seeds = "1:2"
[base]
guesses = {guesses}
[vary]
tail = ["free", "stiff"]
"""
CEILING_S = 5.0
SAMPLE_S = 0.1


def say(figure: str, share: float, **more: object) -> None:
    """Prints a line."""
    print(json.dumps({"figure": figure, "share": round(share, 4), **more}), flush=True)


def cpu_s() -> float:
    """Returns the CPU seconds of this process and of all that have ended and were waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Sampler(threading.Thread):
    """Looks at all processes below this one now and then: how long they worked, and how long they waited for a core."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._seen: dict[int, float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        """Looks until it is stopped."""
        while not self._over.wait(SAMPLE_S):
            self._look(os.getpid())

    def stop(self) -> float:
        """Returns the seconds in which a process worked or waited for a core, summed over all that were seen."""
        self._over.set()
        self.join()
        return sum(self._seen.values())

    def _look(self, parent: int) -> None:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                for pid in map(int, task.read_text().split()):
                    self._seen[pid] = wanted_s(pid)
                    self._look(pid)


def wanted_s(pid: int) -> float:
    """Returns the seconds in which a process worked or waited for a core."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(float(part) for task in tasks for part in task.read_text().split()[:2]) / 1e9


def spin(_number: int) -> float:
    """Keeps a core busy, and returns the share of it that was to be had."""
    began, used = time.monotonic(), time.process_time()
    while time.monotonic() - began < CEILING_S:
        pass
    return (time.process_time() - used) / (time.monotonic() - began)


def main() -> None:
    """Runs it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--guesses", type=int, default=1500)
    asked = parser.parse_args()
    platform()
    with multiprocessing.get_context("spawn").Pool(asked.workers) as pool:
        shares = pool.map(spin, range(asked.workers), chunksize=1)
    say("ceiling", sum(shares) / len(shares))
    told: list[events.Event] = []
    with tempfile.TemporaryDirectory() as place:
        study = checked(STUDY.format(guesses=asked.guesses), "STUDY.toml", Path())
        driver = Driver(*taken_up(study, Path(place) / "study"), asked.workers)
        sampler = Sampler()
        sampler.start()
        began, used = time.monotonic(), cpu_s()
        driver.go(told.append)
        wall_s, busy_s = time.monotonic() - began, cpu_s() - used
        wanted = sampler.stop() / wall_s / asked.workers
    moves = sum(isinstance(event, events.CellMoved) for event in told)
    cells = len(study.cells())
    share = busy_s / wall_s / asked.workers
    say("busy", share, cpu_s=round(busy_s, 1), wall_s=round(wall_s, 1), cells=cells, moves=moves)
    say("wanted", wanted)


if __name__ == "__main__":
    main()
