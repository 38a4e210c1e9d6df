"""Does a study keep every core busy? ``python -m tests.benchmarks.batch [--workers 2] [--guesses 1500]``.

Makes a study of a few cells of different lengths, so that not all cores have one to the end, and prints one JSON line a
figure.

ceiling   the share of its cores that as many idle loops got just before: what others on the machine leave
busy      CPU seconds of the driver and all its processes over wall seconds and cores, from the first start to the end;
          with it, how often a cell went on with more workers
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
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


def say(figure: str, share: float, **more: object) -> None:
    """Prints a line."""
    print(json.dumps({"figure": figure, "share": round(share, 4), **more}), flush=True)


def cpu_s() -> float:
    """Returns the CPU seconds of this process and of all that have ended and were waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


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
        began, used = time.monotonic(), cpu_s()
        driver.go(told.append)
        wall_s, busy_s = time.monotonic() - began, cpu_s() - used
    moves = sum(isinstance(event, events.CellMoved) for event in told)
    cells = len(study.cells())
    share = busy_s / wall_s / asked.workers
    say("busy", share, cpu_s=round(busy_s, 1), wall_s=round(wall_s, 1), cells=cells, moves=moves)


if __name__ == "__main__":
    main()
