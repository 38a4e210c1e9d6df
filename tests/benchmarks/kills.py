"""Is a study the same however often it is killed? ``python -m tests.benchmarks.kills [--kills 50] [--seed 1]``.

Makes a study of six small cells undisturbed, then again while its driver, or the process of a cell, is killed with
kill -9 at random instants; a killed driver is started again at once. When the study is finished its files are compared
with those of the undisturbed one, and as long as kills are left it is made once more. Prints one JSON line a kill and a
study, and a last one with the sum; ends with 1 if any file differed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sims.batch.checks import checked
from sims.batch.driver import Driver
from sims.batch.folder import taken_up
from sims.batch.status import read_status
from sims.batch.study import Study
from sims.files import Log
from tests.sims.sims_small import files

STUDY = """\
format = "gaitosaur-study"
version = 1
species = ["velociraptor"]
seeds = "0:6"
[base]
guesses = 60
seconds = 1.0
search.population = 6
search.strict_from = 0.5
"""
EARLIEST_S, LATEST_S = 0.2, 6.0
"""Between two kills, and from a start to the first."""
WORKERS = 2


def say(**words: object) -> None:
    """Prints a line."""
    print(json.dumps(words), flush=True)


def files_of(folder: Path) -> dict[str, dict[str, bytes]]:
    """Returns what must not depend on any kill."""
    return {cell.name: files(cell) for cell in sorted((folder / "cells").iterdir())}


def driver(folder: Path) -> subprocess.Popen[bytes]:
    """Starts a driver that goes on with a study."""
    command = [sys.executable, "-m", "sims", "batch", str(folder), "--quiet", "--retry"]
    return subprocess.Popen([*command, "--workers", str(WORKERS)])


def cells_of(going: subprocess.Popen[bytes], folder: Path) -> list[int]:
    """Returns the processes of cells that the driver has just now."""
    begun = {line["pid"] for line in Log(folder / "log.jsonl").documents() if "pid" in line}
    children = Path(f"/proc/{going.pid}/task/{going.pid}/children")
    try:
        return [pid for pid in map(int, children.read_text().split()) if pid in begun]
    except OSError:
        return []


class Killer:
    """Makes the study again and again, and kills."""

    def __init__(self, chance: random.Random, kills: int) -> None:
        self.left, self.done = kills, {"driver": 0, "cell": 0}
        self._chance = chance

    def disturb(self, study: Study, folder: Path) -> None:
        """Makes the study, killing on the way."""
        taken_up(study, folder)
        going = driver(folder)
        while True:
            try:
                going.wait(self._chance.uniform(EARLIEST_S, LATEST_S) if self.left else None)
                return
            except subprocess.TimeoutExpired:
                going = self._kill(going, folder)

    def _kill(self, going: subprocess.Popen[bytes], folder: Path) -> subprocess.Popen[bytes]:
        cells = cells_of(going, folder)
        victim = "cell" if cells and self._chance.random() < 0.5 else "driver"
        if victim == "cell":
            os.kill(self._chance.choice(cells), signal.SIGKILL)
        else:
            going.kill()
            going.wait()
            going = driver(folder)
        self.left -= 1
        self.done[victim] += 1
        say(killed=victim, left=self.left)
        return going


def main() -> int:
    """Runs it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    study = checked(STUDY, "STUDY.toml", Path())
    began, studies, different = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as place:
        Driver(*taken_up(study, Path(place) / "unbroken"), WORKERS).go()
        unbroken = files_of(Path(place) / "unbroken")
        killer = Killer(random.Random(asked.seed), asked.kills)
        while killer.left:
            folder = Path(place) / f"killed-{studies}"
            killer.disturb(study, folder)
            same, studies = files_of(folder) == unbroken, studies + 1
            different += not same
            finished = read_status(folder).count("finished")
            say(study=studies, same=same, finished=finished, files=sum(map(len, unbroken.values())))
    wall_s = round(time.monotonic() - began, 1)
    say(figure="kills", **killer.done, studies=studies, different=different, wall_s=wall_s)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
