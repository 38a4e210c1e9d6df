"""How smooth the window is while a dinosaur learns beside it: ``python -m tests.benchmarks.window [--seconds 60]``.

Opens the real window without a screen, with every panel and the usual number of workers, and lets it run. What it
cannot see is the time a real screen takes to show a frame. Prints one JSON line a figure.

first_frame_s      from the first import to the first frame on the screen
first_walk_s       until the first guess walks
frame_ms           time to hear, act and draw, per frame, without the first one: median, 99th percentile and longest
frames_per_second  over all of it; 60 is wished for
guesses            made meanwhile, and those a minute from the first generation on
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sims.window.app import App


class Watch:
    """When what came first, seconds from the beginning."""

    def __init__(self, began: float) -> None:
        self._began = began
        self.first_frame: float | None = None
        self.first_walk: float | None = None
        self.first_generation: tuple[float, int] | None = None
        self._frames = -1

    @property
    def now(self) -> float:
        """Seconds from the beginning."""
        return time.perf_counter() - self._began

    def each(self, app: App) -> None:
        """Looks once before every frame."""
        self._frames += 1
        view = app.desk.view
        if self.first_frame is None and self._frames == 1:
            self.first_frame = self.now
        if self.first_walk is None and view.walk is not None:
            self.first_walk = self.now
        if self.first_generation is None and view.story.generations:
            self.first_generation = self.now, view.story.guesses


def _say(figure: str, **values: object) -> None:
    print(json.dumps({"figure": figure, **values}), flush=True)


def _ms(seconds: float) -> float:
    return round(1000.0 * seconds, 2)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)x(\d+)", text)
    if found is None:
        raise argparse.ArgumentTypeError("must be like 1280x720")
    return int(found[1]), int(found[2])


def measure(species: str, size: tuple[int, int], seconds: float, folder: Path) -> None:
    """Watches a new run for so long, and prints the figures."""
    watch = Watch(time.perf_counter())
    from creatures.assemble import assemble
    from creatures.species import load_species
    from sims.cli.options import processors
    from sims.runs.asked import Asked
    from sims.window.app import App, Options
    from sims.window.watching import Watching

    animal = load_species(species)
    workers = max(processors() - 1, 1)
    asked = Asked(species, guesses=1_000_000, out=folder / "run", workers=workers)
    app = App(
        lambda: Watching(asked, (assemble(animal), animal.look)), Options(size, seconds=seconds)
    )
    opened = watch.now
    ending = app.go(watch.each)
    story = ending.story
    if story.failed is not None:
        raise SystemExit("; ".join(story.failed.lines))
    times = sorted(ending.frame_s[1:])
    made, (since, before) = story.guesses, watch.first_generation or (seconds, 0)
    minutes = (opened + seconds - since) / 60.0
    what = {"species": species, "size": f"{size[0]}x{size[1]}", "workers": workers}
    _say("first_frame_s", seconds=round(watch.first_frame or 0.0, 3), **what)
    _say("first_walk_s", seconds=None if watch.first_walk is None else round(watch.first_walk, 3))
    _say(
        "frame_ms",
        median=_ms(statistics.median(times)),
        p99=_ms(times[int(0.99 * len(times))]),
        longest=_ms(times[-1]),
        first=_ms(ending.frame_s[0]),
        over_16_ms=round(sum(one > 1 / 60 for one in times) / len(times), 4),
    )
    _say("frames_per_second", mean=round(len(ending.frame_s) / seconds, 1))
    a_minute = (made - before) / minutes if minutes > 0 else 0.0
    _say("guesses", made=made, a_minute=round(a_minute), generations=len(story.generations))


def main() -> None:
    """Prints every figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH")
    parser.add_argument("--species", default="tyrannosaurus")
    chosen = parser.parse_args()
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    with tempfile.TemporaryDirectory() as folder:
        measure(chosen.species, chosen.size, chosen.seconds, Path(folder))


if __name__ == "__main__":
    main()
