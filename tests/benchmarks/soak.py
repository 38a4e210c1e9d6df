"""Does the window live through half an hour of everything? ``python -m tests.benchmarks.soak [--minutes 30]``.

Opens the real window on a long run and presses, clicks, drags, turns the wheel and changes the size at random, but
from a seed; twice, early on, it chooses another dinosaur, so that the last run is the long one. Then it closes the
window, takes up every run that it left, and walks every 20th champion of the last one again. Prints one JSON line a
figure; ends with 1 if anything was not as it should be.

soak         frames drawn, events sent, generations of the last run, exceptions
memory_mb    resident memory of the window's process about a sixth of the time and at the end, and the growth
runs         folders left, and how many of them can be taken up again
champions    verdicts of `replay --check` on every 20th
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"  # stdout is for figures

import pygame

from creatures.species import species_names
from sims.window.keys import ACTIONS, BY_NAME
from sims.window.view import Begin

if TYPE_CHECKING:
    from sims.window.app import App

FRAMES = 4
"""From one event to the next, at most."""
SAMPLE_S = 10.0
LONGEST_S = 4.0
"""So long the search may rest and drawing may be off: else there would be little to live through."""
SELDOM = {"save": 0.05, "picture": 0.05, "full_screen": 0.1, "rest": 0.3, "hide": 0.3}
"""Share of their turns in which these are pressed."""
LARGEST = 1920, 1080
ANOTHER = (1 / 60, 1 / 10)
"""Shares of the time after which another dinosaur is chosen."""


def _key(name: str) -> pygame.Event:
    *held, last = BY_NAME[name].keys[0].split(":")
    letter = last if len(last) == 1 else ""
    mod = pygame.KMOD_LCTRL if held else 0
    return pygame.Event(
        pygame.KEYDOWN, key=pygame.key.key_code(last), unicode=letter, mod=mod, scancode=0
    )


class Monkey:
    """Sends events, as many as there are ways to meddle."""

    def __init__(self, seed: int, seconds: float) -> None:
        self.events = self.frames = 0
        self.memory: list[tuple[float, float]] = []
        """(seconds, MB)."""
        self.folders: list[Path] = []
        """Of all runs, in order."""
        self._chance = random.Random(seed)
        self.seconds = seconds
        self._began = time.perf_counter()
        self._wait = 0
        self._another = [share * seconds for share in ANOTHER]
        self._odd_since: float | None = None
        self._at = 0, 0
        self._names = [action.name for action in ACTIONS if action.name != "quit"]

    @property
    def now(self) -> float:
        """Seconds from the beginning."""
        return time.perf_counter() - self._began

    def each(self, app: App) -> None:
        """Looks, and meddles, before every frame."""
        self.frames += 1
        if self.now >= SAMPLE_S * len(self.memory):
            self.memory.append((self.now, memory_mb()))
        folder = app.desk.view.story.folder
        if folder is not None and folder not in self.folders:
            self.folders.append(folder)
        self._wait -= 1
        if self._wait > 0:
            return
        self._wait = self._chance.randint(1, FRAMES)
        self.events += 1
        if self._another and self.now >= self._another[0] and app.desk.view.story.generations:
            self._another.pop(0)
            self._begin(app)
        elif self._odd(app):
            self._send(_key("rest" if app.desk.looks.resting else "hide"))
        else:
            self._meddle(app)

    def _begin(self, app: App) -> None:
        """Chooses another dinosaur."""
        name = self._chance.choice(species_names())
        seed = self._chance.randrange(1000)
        app.acts.do(Begin(name, seed, "ga", self._chance.choice(("walk", "sprint", "gentle"))))

    def _odd(self, app: App) -> bool:
        """Whether the search has rested, or drawing has been off, for long enough."""
        if not (app.desk.looks.resting or app.desk.looks.hidden):
            self._odd_since = None
            return False
        self._odd_since = self._odd_since or self.now
        return self.now - self._odd_since > LONGEST_S

    def _meddle(self, app: App) -> None:
        chance = self._chance
        kind = chance.choices(
            ("key", "move", "press", "release", "wheel", "size", "leave"),
            (10, 8, 6, 6, 2, 0.15, 0.3),
        )[0]
        if kind == "key":
            name = chance.choice(self._names)
            if chance.random() < SELDOM.get(name, 1.0):
                self._send(_key(name))
        elif kind == "move":
            before, self._at = self._at, self._place(app)
            rel = self._at[0] - before[0], self._at[1] - before[1]
            self._send(pygame.Event(pygame.MOUSEMOTION, pos=self._at, rel=rel, buttons=(1, 0, 0)))
        elif kind in ("press", "release"):
            self._button(app, kind == "press")
        elif kind == "wheel":
            self._send(pygame.Event(pygame.MOUSEWHEEL, x=0, y=chance.choice((-2, -1, 1, 2))))
        elif kind == "leave":
            self._send(pygame.Event(pygame.WINDOWLEAVE))
        elif not app.acts.full_screen:
            width, height = chance.randint(960, LARGEST[0]), chance.randint(600, LARGEST[1])
            app._window.size = (width, height)

    def _button(self, app: App, pressed: bool) -> None:
        """Presses or releases a button of the mouse, where that does not begin or end a run."""
        kind = pygame.MOUSEBUTTONDOWN if pressed else pygame.MOUSEBUTTONUP
        found = app.desk.screen.find(self._at, app.desk.view)
        meant = None if found is None else found[1]
        if pressed and (isinstance(meant, Begin) or getattr(meant, "name", "") == "quit"):
            return
        button = self._chance.choice((1, 1, 1, 1, 1, 1, 2, 3))
        self._send(pygame.Event(kind, pos=self._at, button=button))

    def _place(self, app: App) -> tuple[int, int]:
        """A short way off, as a hand moves, or anywhere."""
        width, height = app._window.size
        if self._chance.random() < 0.3:
            return self._chance.randrange(width), self._chance.randrange(height)
        x, y = (at + self._chance.randint(-60, 60) for at in self._at)
        return min(max(x, 0), width - 1), min(max(y, 0), height - 1)

    def _send(self, event: pygame.Event) -> None:
        pygame.event.post(event)


def memory_mb() -> float:
    """Returns the resident memory of this process."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:  # no /proc here: the largest so far
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def _say(figure: str, **values: object) -> None:
    print(json.dumps({"figure": figure, **values}), flush=True)


def live(minutes: float, seed: int, population: int, folder: Path) -> bool:
    """Lives through so many minutes; returns whether all was well."""
    from creatures.assemble import assemble
    from creatures.species import load_species
    from sims.cli.options import processors
    from sims.runs.asked import Asked
    from sims.window.app import App, Options
    from sims.window.watching import Watching

    os.chdir(folder)  # runs and what is saved lie below
    monkey = Monkey(seed, 60.0 * minutes)
    animal = load_species("velociraptor")
    asked = Asked(
        "velociraptor",
        seed=seed,
        guesses=10_000_000,
        strategy="ga",
        search=(f"population={population}",),
        workers=max(processors() - 1, 1),
    )
    app = App(
        lambda: Watching(asked, (assemble(animal), animal.look)), Options(seconds=60.0 * minutes)
    )
    exceptions = 0
    try:
        app.go(monkey.each)
    except Exception:
        exceptions = 1
        traceback.print_exc()
    story = app.desk.view.story
    failed = [] if story.failed is None else list(story.failed.lines)
    _say(
        "soak",
        minutes=round(monkey.now / 60.0, 2),
        frames=monkey.frames,
        events=monkey.events,
        generations=len(story.generations),
        guesses=story.guesses,
        exceptions=exceptions,
        failed=failed,
    )
    _memory(monkey)
    taken_up = _taken_up(monkey.folders)
    verdicts = _verdicts(monkey.folders[-1]) if monkey.folders else Counter()
    return not exceptions and not failed and taken_up and set(verdicts) == {"EXACT"}


def _memory(monkey: Monkey) -> None:
    """Compares the middle of what was seen about a sixth of the time with that of the end: sizes of the window vary."""
    early, end = _between(monkey, 0.12, 0.22), _between(monkey, 0.92, 2.0)
    _say(
        "memory_mb",
        first=round(monkey.memory[0][1], 1),
        early=round(early, 1),
        end=round(end, 1),
        most=round(max(mb for _, mb in monkey.memory), 1),
        growth_percent=round(100.0 * (end / early - 1.0), 1),
        every_minute=[round(mb) for _, mb in monkey.memory[:: round(60.0 / SAMPLE_S)]],
    )


def _between(monkey: Monkey, start: float, stop: float) -> float:
    """Returns the median of the memory between two shares of the time."""
    found = [mb for at, mb in monkey.memory if start <= at / monkey.seconds <= stop]
    return statistics.median(found or [mb for _, mb in monkey.memory])


def _taken_up(folders: list[Path]) -> bool:
    """Takes up every run; returns whether that could be done."""
    from sims.runs.run import resume

    wrong = []
    generations = []
    for folder in folders:
        try:
            run = resume(folder, workers=0)
            generations.append(len(run.history()))
            run.close()
        except Exception as error:
            wrong.append(f"{folder.name}: {error}")
    _say("runs", left=len(folders), taken_up=len(generations), generations=generations, wrong=wrong)
    return not wrong


def _verdicts(folder: Path) -> Counter[str]:
    """Walks every 20th champion of a run again."""
    from sims.genomes.record import read_genome
    from sims.genomes.replay import check

    files = sorted((folder / "champions").glob("gen-*.json"))[::20]
    found = Counter(check(read_genome(path)).result for path in files)
    _say("champions", checked=len(files), **found)
    return found


def main() -> None:
    """Prints every figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--population", type=int, default=12)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path.cwd()
        try:
            well = live(chosen.minutes, chosen.seed, chosen.population, Path(folder))
        finally:
            os.chdir(here)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
