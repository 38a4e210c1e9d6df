"""What a study is: some species, some seeds, what is varied, and the grid of runs that follows from that.

Importing this file is cheap; only the checks bring the search and the physics.
"""

from __future__ import annotations

import itertools
import math
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creatures.faults import bad, shown
from creatures.species import Species, species_names
from creatures.textfile import read_text
from creatures.variants import VARIANTS
from sims.batch import walks
from sims.runs.asked import (
    CONTROLLER,
    GRAVITY,
    GUESSES,
    OBJECTIVE,
    SECONDS,
    STRATEGY,
    Asked,
    animal,
    settings_of,
    strategy_for,
)

if TYPE_CHECKING:
    from sims.runs.configuration import RunSettings

FORMAT = "gaitosaur-study"
VERSION = 1
FILE = "study.toml"
MOST_SPECIES = 50
MOST_SEEDS = 1_000
MOST_CELLS = 10_000
WEIGHT, SEARCH = "weight.", "search."
"""How a key begins that changes a term of the score, or a setting of the search."""
PLAIN: Mapping[str, str] = {
    "objective": OBJECTIVE,
    "controller": CONTROLLER,
    "strategy": STRATEGY,
    "guesses": str(GUESSES),
    "seconds": f"{SECONDS:g}",
    "gravity": f"{GRAVITY:g}",
    "bone_limit": "0",
}
"""Key -> what a run has when nothing is said."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One run of a study."""

    name: str
    """Of its folder, and no other cell's: species, varied values in order, seed."""
    species: str
    """As named in the study."""
    seed: int
    factors: Mapping[str, str]
    """What is varied -> the value in this cell, in the study's order."""
    settings: Mapping[str, str]
    """Key -> value of all that was said, and of what has a value even if nothing is said."""
    home: Path = field(default=Path(), compare=False)
    """The folder from which the paths of species files and of walks go out."""

    def run_settings(self, out: Path) -> RunSettings:
        """Checks everything about the run.

        Args:
            out: its folder.

        Raises:
            BadFile: something about it is wrong.
        """
        return settings_of(self._asked(out))

    def animal(self) -> Species:
        """Reads the species, and makes of it what the study says.

        Raises:
            BadFile: it is missing or wrong.
        """
        return animal(self._asked(None))

    def command(self) -> str:
        """Returns the line that makes the same run by hand."""
        words = ["gaitosaur", "evolve", self._animal, "--seed", str(self.seed)]
        for key, usual in PLAIN.items():
            # Alone, a run with another controller would make another number of guesses.
            said = key == "guesses" and self.settings["controller"] != CONTROLLER
            if said or self.settings[key] != usual:
                words += [f"--{key.replace('_', '-')}", self.settings[key]]
        for option, pairs in (("--weight", self._under(WEIGHT)), ("--set", self._under(SEARCH))):
            words += [word for pair in pairs for word in (option, pair)]
        for variant in self._variants():
            words += ["--variant", variant]
        if (walk := self.walk()) is not None:
            words += ["--from", str(walk)]
        return shlex.join(words)

    def walk(self) -> Path | None:
        """Returns the genome file that it begins with; None for one that begins at nothing."""
        source = self.settings.get(walks.KEY)
        if source is None:
            return None
        return walks.walk_of(self.home / source, stem(self.species), self.seed)

    @property
    def _animal(self) -> str:
        return named(self.species, self.home)

    @property
    def strategy(self) -> str:
        """Returns its search: an objective of several aims has its own, if the study names none."""
        named_one = self.settings["strategy"]
        return strategy_for(
            self.settings["objective"], None if named_one == STRATEGY else named_one
        )

    def _under(self, prefix: str) -> tuple[str, ...]:
        """Returns the ``KEY=VALUE`` of the keys that begin so."""
        found = [key for key in self.settings if key.startswith(prefix)]
        return tuple(f"{key.removeprefix(prefix)}={self.settings[key]}" for key in found)

    def _variants(self) -> tuple[str, ...]:
        """Returns what makes it another animal; the first value of a factor is the animal as it is."""
        others = {key: list(values)[1:] for key, values in VARIANTS.items()}
        found = {key: self.settings[key] for key in others}
        return tuple(f"{key}={value}" for key, value in found.items() if value in others[key])

    def _asked(self, out: Path | None) -> Asked:
        return Asked(
            animal=self._animal,
            seed=self.seed,
            guesses=int(self.settings["guesses"]),
            strategy=self.strategy,
            objective=self.settings["objective"],
            controller=self.settings["controller"],
            weights=self._under(WEIGHT),
            seconds=float(self.settings["seconds"]),
            gravity=float(self.settings["gravity"]),
            bone_limit=float(self.settings["bone_limit"]),
            search=self._under(SEARCH),
            variants=self._variants(),
            begin_from=self.walk(),
            out=out,
            workers=0,
        )


@dataclass(frozen=True, slots=True)
class Study:
    """A grid of runs, checked."""

    title: str
    question: str
    """What it is to find out; may be empty."""
    species: tuple[str, ...]
    """Names, or paths of species files, seen from `home`."""
    seeds: tuple[int, ...]
    base: Mapping[str, str]
    """Key -> value, the same for every run."""
    vary: Mapping[str, tuple[str, ...]]
    """Key -> its values, each of which is tried with everything else."""
    home: Path = field(default=Path(), compare=False)
    """The folder from which the paths of species files and of walks go out."""

    def cells(self) -> tuple[Cell, ...]:
        """Returns every run of it: species by species, then value by value, then seed by seed."""
        combinations = list(itertools.product(*self.vary.values()))
        return tuple(
            self._cell(species, dict(zip(self.vary, values, strict=True)), seed)
            for species in self.species
            for values in combinations
            for seed in self.seeds
        )

    def text(self) -> str:
        """Returns it as TOML; `read_study` reads it back, equal."""
        import tomli_w

        return tomli_w.dumps(
            {
                "format": FORMAT,
                "version": VERSION,
                "title": self.title,
                "question": self.question,
                "species": list(self.species),
                "seeds": _ranged(self.seeds),
                "base": {key: _number_or_word(value) for key, value in self.base.items()},
                "vary": {key: [*map(_number_or_word, self.vary[key])] for key in self.vary},
            }
        )

    def _cell(self, species: str, factors: Mapping[str, str], seed: int) -> Cell:
        usual = {factor: next(iter(values)) for factor, values in VARIANTS.items()}
        name = "-".join([stem(species), *factors.values(), f"s{seed}"])
        settings = {**PLAIN, **usual, **self.base, **factors}
        return Cell(name, species, seed, factors, settings, self.home)


def named(species: str, home: Path) -> str:
    """Returns a species as `load_species` takes it, whatever the folder one is in.

    Args:
        species: as a study names it.
        home: the folder from which paths go out.
    """
    return species if species in species_names() or not is_file(species) else str(home / species)


def is_file(species: str) -> bool:
    """Returns whether a study means a file of one's own by a name."""
    return species.endswith(".toml") and species not in species_names()


def stem(species: str) -> str:
    """Returns how the names of a species' cells begin, whatever stands in the name of its file."""
    return re.sub(r"[^A-Za-z0-9_]+", "_", Path(species).stem if is_file(species) else species)


def read_study(path: Path) -> Study:
    """Reads a study, and checks every run of it.

    Args:
        path: a STUDY.toml, or the folder of a study.

    Raises:
        BadFile: with everything that is wrong, each with its line and what is allowed.
    """
    from sims.batch.checks import checked

    if path.is_dir():
        if not (path / FILE).is_file():
            raise bad(str(path), f"has no {FILE}: it is not a study")
        path = path / FILE
    return checked(read_text(path), str(path), path.parent)


def canonical(number: float | str) -> str:
    """Returns a number as a study writes it, so that 1 and 1.0 are one value; any other text as it is."""
    try:
        return str(int(number)) if isinstance(number, str | int) else _short(number)
    except ValueError:
        pass
    try:
        return _short(float(number))
    except ValueError:
        return str(number)


def _short(number: float) -> str:
    if math.isfinite(number) and number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def _number_or_word(text: str) -> int | float | str:
    """Returns what stands for a text in TOML; it comes back as the same text."""
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if canonical(number) == text:
            return number
    return text


def _ranged(seeds: tuple[int, ...]) -> str | list[int]:
    """Returns seeds as short as they can be said: ``0:10`` for 0 to 9."""
    first, end = seeds[0], seeds[0] + len(seeds)
    return f"{first}:{end}" if seeds == tuple(range(first, end)) else list(seeds)


def seeds_of(given: Any) -> tuple[int, ...] | None:
    """Returns seeds from ``0:10`` or a list; None if it is neither, has none, too many, or one twice."""
    if isinstance(given, str):
        found = re.fullmatch(r"(\d{1,18}):(\d{1,18})", given.strip())
        if found is None or int(found[2]) - int(found[1]) > MOST_SEEDS:
            return None
        given = list(range(int(found[1]), int(found[2])))
    whole = isinstance(given, list) and all(type(seed) is int and seed >= 0 for seed in given)
    if not whole or not 1 <= len(given) <= MOST_SEEDS or len(set(given)) < len(given):
        return None
    return tuple(given)


def about(problem_with: object) -> str:
    """Returns the words for seeds that cannot be used."""
    allowed = f'like "0:10" (0 to 9), or a list of different whole numbers, at most {MOST_SEEDS:,}'
    return f"= {shown(problem_with)}, must be {allowed}"
