"""How long a report takes of a run of a million guesses: ``python -m tests.benchmarks.long_history``.

Makes a short real run, gives it a history of as many generations as such a run has, and reports it in a fresh process.
Prints one JSON line a figure:

report_s        from the command line to the file, everything that is imported and compiled included
file_mb         of the page
most_memory_mb  of the process, at its most, as Linux counts it; beside it the same with the short history
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from creatures.species import load_species
from sims.runs.configuration import RunSettings
from sims.runs.run import start

GENERATIONS = 20_000
GUESSES = 50
"""Of a generation."""
_REPORT = """
import re, sys
from pathlib import Path
from sims.cli.app import run
code = run(["report", sys.argv[1], "-o", sys.argv[2], "--quiet"])
status = Path("/proc/self/status")
found = re.search(r"VmHWM:\\s+(\\d+)", status.read_text() if status.exists() else "")
print(int(found[1]) / 1024 if found else "nan")
sys.exit(code)
"""


def say(figure: str, **values: object) -> None:
    """Prints one line."""
    print(json.dumps({"figure": figure, **values}), flush=True)


def lengthen(history: Path, generations: int) -> None:
    """Writes a history of so many generations, each line as long as a real one."""
    last = json.loads(history.read_text().splitlines()[-1])
    chance = random.Random(1)
    with history.open("w") as file:
        for number in range(1, generations + 1):
            best = 20.0 * (1.0 - math.exp(-number / 3000.0)) + chance.gauss(0.0, 0.5)
            told = {"generation": number, "guesses": number * GUESSES, "best": best}
            strict = {"rigour": int(number > 0.8 * generations), "distance_m": 1.5 * best}
            file.write(json.dumps(last | told | strict) + "\n")


def reported(folder: Path, out: Path) -> tuple[float, float]:
    """Returns the seconds that a report takes, and its most memory in MB."""
    began = time.perf_counter()
    command = [sys.executable, "-c", _REPORT, str(folder), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - began, float(done.stdout.splitlines()[-1])


def main() -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "report.html"
        settings = RunSettings(load_species("velociraptor"), guesses=300, home=Path(place))
        folder = start(settings).go().folder
        _, short = reported(folder, out)
        lengthen(folder / "history.jsonl", GENERATIONS)
        seconds, memory = reported(folder, out)
        say("report_s", generations=GENERATIONS, guesses=GENERATIONS * GUESSES, value=seconds)
        say("file_mb", value=out.stat().st_size / 1e6)
        say("most_memory_mb", value=memory, with_short_history=short)


if __name__ == "__main__":
    main()
