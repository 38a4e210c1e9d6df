"""Is every saved walker still the walker that was saved? Checks genome files in every way they can be shown.

    python -m tests.benchmarks.champions runs/*/best.json runs/*/champions/gen-0001.json

Each file is walked again in a fresh process, opened in the player that the window listens to, drawn as a film whose
poses are held against the checks in the file, and read back after it was written again. Prints one JSON line a figure:

fresh_process   verdicts of ``replay --check``, many files to a process that has seen none of them
player          verdicts of the window's player, and walks whose fingerprint is that of the file
film_poses      poses drawn at true speed, and how many of them are those of the file, by their CRC-32
round_trip      files that are equal, and EXACT, after they were written and read again
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy as np

from sims.genomes.record import read_genome, write_genome
from sims.genomes.replay import check
from sims.live.player import open_shelf
from sims.physics.trajectory import fingerprint
from sims.window.filming.reel import Reel
from sims.window.filming.shots import Style
from sims.window.filming.walk import whole_walk

FILM_S = 12.0
_CHECK = """
import sys
from pathlib import Path
from sims.genomes.record import read_genome
from sims.genomes.replay import check
for name in sys.argv[1:]:
    print(check(read_genome(Path(name))).words)
"""


def say(figure: str, **values: object) -> None:
    """Prints one line."""
    print(json.dumps({"figure": figure, **values}), flush=True)


def fresh(paths: list[Path]) -> Counter[str]:
    """Returns the verdicts of a process that has seen nothing before."""
    command = [sys.executable, "-c", _CHECK, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Counter(done.stdout.split("\n")[:-1])


def played(path: Path) -> tuple[str, bool]:
    """Returns the verdict that the window's player says, and whether the walk it hands out is that of the file."""
    shelf = open_shelf(path)
    (ready,) = shelf.opening()
    walk = shelf.show(ready.first)
    same = fingerprint(walk.trajectory).digest == read_genome(path).digest
    return walk.verdict.words, same


def filmed(path: Path) -> tuple[int, int]:
    """Returns how many poses a film of true speed draws, and how many of them are those whose checks the file has."""
    checks = np.frombuffer(read_genome(path).checks, dtype="<u4")
    reel = Reel(whole_walk(path, FILM_S), Style((160, 120), captions=False), Fraction(10))
    drawn = same = 0
    for frame in reel.frames():
        for shown in frame.shown:
            drawn += 1
            row = np.ascontiguousarray(shown.pose.reshape(-1))
            same += zlib.crc32(row) == int(checks[shown.frame])
    return drawn, same


def round_trip(path: Path, folder: Path) -> bool:
    """Returns whether a file says the same, and walks the same, after it was written and read again."""
    genome = read_genome(path)
    write_genome(folder / "again.json", genome)
    again = read_genome(folder / "again.json")
    return again == genome and check(again).result == "EXACT"


def main() -> None:
    """Prints every figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    paths = parser.parse_args().files
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    what = Counter(
        f"{one.species.name} {one.origin.strategy} {one.objective.name}"
        for one in map(read_genome, paths)
    )
    say("files", count=len(paths), kinds=len(what))
    say("fresh_process", **fresh(paths))
    results = [played(path) for path in paths]
    say("player", same=sum(same for _, same in results), **Counter(words for words, _ in results))
    poses = [filmed(path) for path in paths]
    say("film_poses", drawn=sum(a for a, _ in poses), those_of_the_file=sum(b for _, b in poses))
    with tempfile.TemporaryDirectory() as folder:
        whole = sum(round_trip(path, Path(folder)) for path in paths)
    say("round_trip", equal_and_exact=whole)


if __name__ == "__main__":
    main()
