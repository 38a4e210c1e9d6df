"""What is wrong with a study: all of it at once, each fault with its line, before anything runs."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from creatures.assemble import assemble
from creatures.faults import (
    BadFile,
    Fault,
    did_you_mean,
    field_words,
    line_numbers,
    line_of,
    shown,
)
from creatures.faults import Path as Place
from creatures.species import Species, load_species
from creatures.textfile import parse_toml
from creatures.variants import VARIANTS
from sims.batch import walks
from sims.batch.study import (
    FORMAT,
    MOST_CELLS,
    MOST_SPECIES,
    PLAIN,
    SEARCH,
    VERSION,
    WEIGHT,
    Cell,
    Study,
    about,
    canonical,
    named,
    seeds_of,
    stem,
)
from sims.errors import RunError
from sims.genomes.record import Genome, too_long
from sims.genomes.schema import LEAST_GRAVITY, MOST_BONE_LIMIT, MOST_GRAVITY, Strict, problem
from sims.genomes.versions import check_format
from sims.physics.trial import TrialSettings
from sims.runs import earlier
from sims.runs.asked import (
    CONTROLLERS,
    LONGEST_S,
    MOST_GUESSES,
    MOST_SEED,
    OBJECTIVES,
    SHORTEST_S,
    STRATEGIES,
    no_pair,
    search_keys,
)
from sims.runs.configuration import RunSettings, search_settings
from sims.score import TERMS
from sims.typed import LARGEST_WEIGHT

MOST_VALUES = 50
"""Of one thing that is varied."""
_TABLES = (WEIGHT.rstrip("."), SEARCH.rstrip("."))


class _StudyData(Strict):
    """The outline of a study; its keys and values have checks of their own."""

    format: str
    version: int
    title: Annotated[str, StringConstraints(max_length=200)] = ""
    question: Annotated[str, StringConstraints(max_length=2000)] = ""
    species: Annotated[list[str], Field(min_length=1, max_length=MOST_SPECIES)]
    seeds: Any
    base: dict[str, Any] = Field(default_factory=dict)
    vary: dict[str, Any] = Field(default_factory=dict)


def checked(text: str, file: str, home: Path) -> Study:
    """Reads a study.

    Args:
        text: TOML.
        file: its name, to put in front of faults.
        home: the folder from which the paths of species files and of walks go out.

    Raises:
        BadFile: with everything that is wrong.
    """
    return checked_document(parse_toml(text, file), file, home, line_numbers(text))


def checked_document(
    found: dict[str, Any],
    file: str,
    home: Path,
    lines: dict[tuple[str, ...], int] | None = None,
) -> Study:
    """Checks the tables of a study.

    Args:
        found: the tables.
        file: the name of the file; empty for what was typed.
        home: the folder from which the paths of species files and of walks go out.
        lines: where in the file is what.

    Raises:
        BadFile: with everything that is wrong.
    """
    check_format(found, file, FORMAT, VERSION)
    return _Checks(file, home, lines or {}).study(found)


@dataclass(slots=True)
class _Checks:
    """The faults of one study, as they are found."""

    file: str
    home: Path
    lines: dict[tuple[str, ...], int]
    faults: list[Fault] = field(default_factory=list)

    def study(self, found: dict[str, Any]) -> Study:
        """Returns it checked, or raises `BadFile` with all faults."""
        data = self._outline(found)
        seeds = self._seeds(data.seeds)
        base = dict(self._settings("base", data.base))
        vary = dict(self._varied(data.vary))
        for key in vary:
            if key == walks.KEY:
                self._fault(("vary", key), "belongs in base: it is the same for every run")
            elif key in base:
                self._fault(("vary", *key.split(".")), "is varied, so it cannot be in base too")
        animals = self._animals(data.species)
        self._count(len(data.species), seeds, vary)
        self._refuse()
        title = data.title or ", ".join(data.species)
        species = tuple(data.species)
        study = Study(title, data.question, species, seeds, base, vary, self.home)
        self._every_cell(study, animals)
        self._refuse()
        return study

    def _fault(self, path: Place, what: str) -> None:
        # Keys with a dot are found by their parts, and said as one.
        parts = [
            part for one in path for part in ([one] if isinstance(one, int) else one.split("."))
        ]
        fault = Fault(self.file, line_of(tuple(parts), self.lines), field_words(path), what)
        if fault not in self.faults:
            self.faults.append(fault)

    def _refuse(self) -> None:
        if self.faults:
            raise BadFile(self.faults)

    def _outline(self, found: dict[str, Any]) -> _StudyData:
        try:
            return _StudyData.model_validate(found)
        except ValidationError as error:
            for item in error.errors(include_url=False, include_context=False):
                self._fault(item["loc"], problem(item))
            raise BadFile(self.faults) from None

    def _seeds(self, given: Any) -> tuple[int, ...]:
        seeds = seeds_of(given)
        if seeds is None or max(seeds) > MOST_SEED:
            self._fault(("seeds",), about(given))
            return (0,)
        return seeds

    def _settings(self, table: str, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for key, value in _flat(found):
            path = (table, key)
            if self._known(path, key) and (text := self._value(path, key, value)) is not None:
                yield key, text

    def _varied(self, found: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for key, values in _flat(found):
            path: Place = ("vary", key)
            if not self._known(path, key):
                continue
            if not isinstance(values, list) or not 1 <= len(values) <= MOST_VALUES:
                self._fault(path, f"= {shown(values)}, must be a list of 1 to {MOST_VALUES} values")
                continue
            texts = [self._value((*path, at), key, value) for at, value in enumerate(values)]
            good = [text for text in texts if text is not None]
            if len(set(good)) < len(good):
                self._fault(path, f"= {shown(values)}, must not have a value twice")
            yield key, tuple(good)

    def _known(self, path: Place, key: str) -> bool:
        if key in _keys():
            return True
        self._fault(path, f"is not known{did_you_mean(key, _keys())}")
        return False

    def _value(self, path: Place, key: str, value: object) -> str | None:
        """Returns a value as text, or nothing when it cannot be one of this key."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self._fault(path, f"= {shown(value)}, must be a number or a word")
            return None
        text = str(value) if key == walks.KEY else canonical(value)
        if what := _wrong(key, text):
            self._fault(path, f"= {shown(value)}{what}")
            return None
        return text

    def _animals(self, names: list[str]) -> dict[str, Species]:
        found: dict[str, Species] = {}
        for at, name in enumerate(names):
            if stem(name) in map(stem, found):
                self._fault(("species", at), f"= {shown(name)}, must not have the name of another")
                continue
            try:
                found[name] = load_species(named(name, self.home))
            except BadFile as error:
                self._wrong_animal(at, name, error)
        return found

    def _wrong_animal(self, at: int, name: str, error: BadFile) -> None:
        """A name that is wrong is the study's own fault; what is wrong in a species file is said of that."""
        for fault in error.faults:
            if fault.file == name:
                self._fault(("species", at), f"= {shown(name)}: {fault.problem}")
            else:
                self.faults.append(fault)

    def _count(self, species: int, seeds: tuple[int, ...], vary: Mapping[str, Any]) -> None:
        cells = species * len(seeds) * math.prod(len(values) for values in vary.values())
        if cells > MOST_CELLS:
            self._fault(("vary",), f"has {cells:,} runs, at most {MOST_CELLS:,} are made")

    def _every_cell(self, study: Study, animals: Mapping[str, Species]) -> None:
        """Checks what no single value shows: what does not go together."""
        looked: set[object] = set()
        for cell in study.cells():
            settings = tuple(cell.settings.items())
            for what, check in ((settings, self._search), ((cell.species, settings), self._animal)):
                if what not in looked:
                    looked.add(what)
                    check(study, cell, animals[cell.species])
        if walks.KEY in study.base:
            self._walks(study, animals)

    def _search(self, study: Study, cell: Cell, animal: Species) -> None:
        given = {
            k.removeprefix(SEARCH): v for k, v in cell.settings.items() if k.startswith(SEARCH)
        }
        settings = cell.settings
        # What was named, even if it is the usual one: a walk's search is not silently given up for a front.
        named_one = cell.factors.get("strategy", study.base.get("strategy"))
        if problem := no_pair(named_one, settings["objective"]):
            self._fault(_place(study, "strategy"), problem)
        try:
            search_settings(
                RunSettings(
                    animal,
                    cell.seed,
                    int(settings["guesses"]),
                    cell.strategy,
                    search=given,
                )
            )
        except RunError as error:
            self._fault(_place(study, SEARCH + str(error).partition(" ")[0]), str(error))

    def _animal(self, study: Study, cell: Cell, _animal: Species) -> None:
        try:
            skeleton = assemble(cell.animal(), named(cell.species, self.home))
        except BadFile as error:
            self.faults += [fault for fault in error.faults if fault not in self.faults]
            return
        trial = TrialSettings(
            seconds=float(cell.settings["seconds"]),
            gravity_scale=float(cell.settings["gravity"]),
            bone_limit_mpa=float(cell.settings["bone_limit"]),
        )
        if what := too_long(trial, skeleton):
            self._fault(_place(study, "seconds"), f"{stem(cell.species)}: {what}")

    def _walks(self, study: Study, animals: Mapping[str, Species]) -> None:
        """Checks that every run has a walk to begin with, and genes for it."""
        if what := walks.unclear(study.home / study.base[walks.KEY]):
            self._fault(("base", walks.KEY), f"= {shown(study.base[walks.KEY])}, {what}")
            return
        lacking: dict[str, dict[str, None]] = {}
        read: dict[Path, Genome | None] = {}
        for cell in study.cells():
            walk = cell.walk()
            assert walk is not None
            if not walk.is_file():
                lacking.setdefault(stem(cell.species), {})[str(cell.seed)] = None
                continue
            if walk not in read:
                read[walk] = self._read(walk)
            if (found := read[walk]) is not None:
                self._fits(cell, walk, found, animals[cell.species])
        for name, seeds in lacking.items():
            where = f"= {shown(study.base[walks.KEY])}, has no walk of {name}"
            self._fault(("base", walks.KEY), f"{where} with seed {earlier.some(list(seeds))}")

    def _read(self, walk: Path) -> Genome | None:
        try:
            return earlier.read_earlier(walk)
        except BadFile as error:
            self.faults += error.faults
            return None

    def _fits(self, cell: Cell, walk: Path, found: Genome, animal: Species) -> None:
        asked = cell.settings["controller"]
        if found.controller != asked:
            say = f'say controller = "{found.controller}"'
            problem = f"{walk} was found with {found.controller}, and this is of {asked}: {say}"
            self._fault(("base", walks.KEY), problem)
            return
        with contextlib.suppress(BadFile):  # what cannot be varied was said of the animal itself
            animal = cell.animal()
        try:
            earlier.genes_for(animal, found)
        except BadFile as error:
            for fault in error.faults:
                self._fault(("base", walks.KEY), f"{walk} {fault.problem}")


def _place(study: Study, key: str) -> Place:
    """Returns where in a study a key stands that does not go with the others."""
    if key in study.vary:
        return ("vary", key)
    return ("base", key) if key in study.base else ("species",)


def _flat(found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yields key and value; ``weight.energy`` may be written as a key with a dot or as a table."""
    for key, value in found.items():
        if key in _TABLES and isinstance(value, dict):
            yield from ((f"{key}.{inner}", one) for inner, one in value.items())
        else:
            yield key, value


def _keys() -> list[str]:
    """Returns every key that base and vary may have."""
    weights = [WEIGHT + term for term in TERMS]
    return [*PLAIN, walks.KEY, *VARIANTS, *weights, *(SEARCH + key for key in search_keys())]


_WORDS: Mapping[str, tuple[str, ...]] = {
    "objective": OBJECTIVES,
    "strategy": STRATEGIES,
    "controller": CONTROLLERS,
}
_NUMBERS: Mapping[str, tuple[Callable[[str], float], float, float, str]] = {
    "guesses": (int, 1, MOST_GUESSES, "a whole number, "),
    "seconds": (float, SHORTEST_S, LONGEST_S, ""),
    "gravity": (float, LEAST_GRAVITY, MOST_GRAVITY, ""),
    "bone_limit": (float, 0.0, MOST_BONE_LIMIT, "a stress in MPa, "),
}


def _wrong(key: str, text: str) -> str:
    """Returns the end of a line on a value that its key cannot have; empty for a good one."""
    if key in _WORDS or key in VARIANTS:
        known = _WORDS.get(key) or tuple(VARIANTS[key])
        near = did_you_mean(text, known, else_list=False)
        return "" if text in known else near or f", must be one of {', '.join(known)}"
    if key == walks.KEY:
        return "" if text else ", must be a genome file, or the folder of a run or of a study"
    if key.startswith(WEIGHT):
        return _outside(text, float, -LARGEST_WEIGHT, LARGEST_WEIGHT, "a number, ")
    if key.startswith(SEARCH):
        return "" if _is(text, float) else ", must be a number"
    return _outside(text, *_NUMBERS[key])


def _outside(text: str, kind: Callable[[str], float], low: float, high: float, what: str) -> str:
    if _is(text, kind) and low <= kind(text) <= high:
        return ""
    return f", must be {what}{low:,.12g} to {high:,.12g}"


def _is(text: str, kind: Callable[[str], float]) -> bool:
    try:
        return math.isfinite(kind(text))
    except (ValueError, OverflowError):
        return False


assert not set(PLAIN) & set(VARIANTS), "a factor needs a name of its own"
