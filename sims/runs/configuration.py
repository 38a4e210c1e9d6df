"""What a run is: everything its result depends on, checked, and as the run.toml that its folder keeps."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

import tomli_w

from creatures.assemble import assemble
from creatures.controllers.table import CONTROLLERS
from creatures.faults import BadFile, bad, did_you_mean, shown
from creatures.genome import HIGHEST, LOWEST, GeneTable
from creatures.skeleton import Skeleton
from creatures.species import Species, from_document
from creatures.textfile import parse_toml, read_text
from evo.evolve import Search
from evo.settings import SearchSettings
from sims.errors import RunError
from sims.evaluate import Task
from sims.genomes.record import (
    objective_document,
    objective_from,
    too_long,
    trial_document,
    trial_from,
)
from sims.genomes.schema import (
    ControllerName,
    Digest,
    ObjectiveData,
    PlatformData,
    Strict,
    TrialData,
    faults_of,
)
from sims.genomes.versions import check_format
from sims.physics.trial import TrialSettings, gene_table
from sims.platform import Platform, platform
from sims.score import OBJECTIVES, TERMS, TERMS_VERSION, Objective

FORMAT = "gaitosaur-run"
VERSION = 1
FILE = "run.toml"

_OWN = ("strategy", "seed", "budget")
"""Settings of the search that have an argument of their own."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What a run is asked for."""

    species: Species
    seed: int = 1
    guesses: int = 10_000
    strategy: str = "cma"
    objective: Objective = OBJECTIVES["walk"]
    trial: TrialSettings = field(default_factory=TrialSettings)
    search: Mapping[str, object] = field(default_factory=dict)
    """Settings of the search by name, as numbers or as a person typed them."""
    first_guess: tuple[float, ...] | None = None
    """(n_genes,) the genes of an earlier champion, to begin with them; None to begin where the animal hardly moves."""
    workers: int = 2
    """Processes; 0 works in this one. No result depends on it."""
    out: Path | None = None
    """The run's folder, which must be new; None for one under `home`, named by day, species and seed."""
    home: Path = Path("runs")


@dataclass(frozen=True, slots=True)
class Configuration:
    """A run with nothing left open. Equal configurations give equal results."""

    species: Species
    search: SearchSettings
    objective: Objective
    trial: TrialSettings
    platform: Platform
    first_guess: tuple[float, ...] | None = None
    """(n_genes,) of an earlier champion."""

    def skeleton(self) -> Skeleton:
        """Returns the animal."""
        return assemble(self.species)

    def task(self) -> Task:
        """Returns what is asked of every guess."""
        return Task(self.skeleton(), self.trial, self.objective)

    def table(self) -> GeneTable:
        """Returns the genes."""
        return gene_table(self.skeleton(), self.trial.controller)

    def text(self) -> str:
        """Returns it as TOML; `read_configuration` reads it back, equal."""
        return tomli_w.dumps(self._document())

    def digest(self) -> str:
        """Returns the SHA-256 of the text: a checkpoint belongs to one configuration."""
        document = self._document()
        if self.trial.gravity_scale == 1.0:  # or no run from before it could be set would go on
            del document["trial"]["gravity_scale"]
        return hashlib.sha256(tomli_w.dumps(document).encode()).hexdigest()

    def _document(self) -> dict[str, Any]:
        search = {name: value for name, value in asdict(self.search).items() if value is not None}
        found = {
            "format": FORMAT,
            "version": VERSION,
            "controller": self.trial.controller,
            "species_digest": self.species.digest(),
            "search": search,
            "objective": objective_document(self.objective, TERMS_VERSION),
            "trial": trial_document(self.trial),
            "platform": self.platform.document(),
            "species": self.species.document(),
        }
        if self.first_guess is not None:
            found["first_guess"] = self.table().by_name(self.first_guess)
        return found

    def new_search(self) -> Search:
        """Returns the search at its beginning."""
        return Search(self.search, *self._box())

    def restored_search(self, state: dict[str, Any]) -> Search:
        """Returns the search as it was saved."""
        return Search.restore(state, self.search, *self._box())

    def start(self) -> tuple[float, ...]:
        """Returns (n_genes,) the genome about which the first guesses are made."""
        return self.table().start if self.first_guess is None else self.first_guess

    def _box(self) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...], bool]:
        start = self.start()
        is_found = self.first_guess is not None
        return start, (LOWEST,) * len(start), (HIGHEST,) * len(start), is_found


def resolve(settings: RunSettings) -> Configuration:
    """Checks everything about a run, before anything is written.

    Raises:
        RunError: something is wrong with it, in one line.
        BadFile: the species cannot stand.
    """
    if settings.workers < 0:
        raise RunError(f"workers must be 0 or more, not {settings.workers}")
    search = search_settings(settings)
    trial, objective = _checked(settings)
    first = settings.first_guess
    configuration = Configuration(settings.species, search, objective, trial, platform(), first)
    if first is not None and len(first) != len(configuration.table()):
        wanted = len(configuration.table())
        raise RunError(f"the first guess must have {wanted} genes, not {len(first)}")
    if problem := too_long(trial, configuration.skeleton()):
        raise RunError(problem)
    for name in settings.objective.weights:
        if name not in TERMS:
            raise RunError(f"no term of the score is called {shown(name)}{_hint(name, TERMS)}")
    try:
        configuration.new_search()
    except ValueError as error:
        raise RunError(str(error)) from None
    return configuration


def _checked(settings: RunSettings) -> tuple[TrialSettings, Objective]:
    """Returns the world and the objective as a file would give them back: 10 for a number of seconds becomes 10.0."""
    terms = objective_document(settings.objective, TERMS_VERSION)
    controller = settings.trial.controller
    if controller not in CONTROLLERS:
        raise RunError(
            f"no controller is called {shown(controller)}{_hint(controller, CONTROLLERS)}"
        )
    trial, faults = faults_of(TrialData, trial_document(settings.trial), "trial")
    objective, more = faults_of(ObjectiveData, terms, "objective")
    for fault in (*faults, *more):
        raise RunError(str(fault))
    assert trial is not None
    assert objective is not None
    return trial_from(trial, controller), objective_from(objective)


def search_settings(settings: RunSettings) -> SearchSettings:
    """Returns the settings of the search.

    Raises:
        RunError: one is unknown, of the wrong kind, or out of bounds.
    """
    hints = get_type_hints(SearchSettings)
    given: dict[str, Any] = {}
    for name, value in settings.search.items():
        if name in _OWN:
            own = "guesses" if name == "budget" else name
            raise RunError(f"{name} is not set this way; the run has its own {own}")
        if name not in hints:
            raise RunError(f"the search has no setting {shown(name)}{_hint(name, hints)}")
        given[name] = _typed(name, value, hints[name])
    try:
        return SearchSettings(settings.strategy, settings.seed, settings.guesses, **given)
    except ValueError as error:
        raise RunError(str(error).replace("budget", "guesses")) from None


def _typed(name: str, value: object, hint: Any) -> object:
    """Returns a value as its setting needs it; a person types text."""
    if value is None and hint == int | None:
        return None
    kind: type[int] | type[float] = float if hint is float else int
    allowed = (int, float) if kind is float else (int,)
    try:
        if isinstance(value, str):
            return kind(value)
        if isinstance(value, allowed) and not isinstance(value, bool):
            return kind(value)
    except ValueError:
        pass
    words = "a number" if kind is float else "a whole number"
    raise RunError(f"{name} must be {words}, not {shown(value)}")


def _hint(name: str, known: Collection[str]) -> str:
    return did_you_mean(name, [one for one in known if one not in _OWN])


class SearchData(Strict):
    """The settings of a search in a file; their bounds are the search's own business."""

    strategy: str
    seed: int
    budget: int
    sigma: float
    population: int | None = None
    strict_from: float
    guesses_per_start: int
    max_starts: int
    scout_share: float
    deepen_starts: int
    deepen_share: float
    start_offset: float
    patience: int
    tournament: int
    elites: int
    restart_every: int


class RunData(Strict):
    """A run.toml; the species has a reader of its own."""

    format: str
    version: int
    controller: ControllerName
    species_digest: Digest
    search: SearchData
    objective: ObjectiveData
    trial: TrialData
    platform: PlatformData
    species: dict[str, Any]
    first_guess: dict[str, Any] | None = None


def read_configuration(path: Path, to_score: bool = False) -> Configuration:
    """Reads a run.toml.

    Args:
        path: of the file.
        to_score: whether guesses are to be scored by it; an old run may be looked at, but not gone on with.

    Raises:
        BadFile: with everything that is wrong.
    """
    file = str(path)
    found = parse_toml(read_text(path), file)
    check_format(found, file, FORMAT, VERSION)
    data, faults = faults_of(RunData, found, file)
    if data is None:
        raise BadFile(faults)
    species = from_document(found["species"], file)
    assemble(species, file)
    if species.digest() != data.species_digest:
        raise bad(file, "is not that of the species in this file", "species_digest")
    if to_score and data.objective.terms_version != TERMS_VERSION:
        was = data.objective.terms_version
        problem = f"= {was}; this program scores by version {TERMS_VERSION}: start the run anew"
        raise bad(file, problem, "objective.terms_version")
    trial = trial_from(data.trial, data.controller)
    if problem := too_long(trial, assemble(species)):
        raise bad(file, problem, "trial")
    first = None
    if data.first_guess is not None:
        table = gene_table(assemble(species), trial.controller)
        first = table.from_names(data.first_guess, file)
    try:
        search = SearchSettings(**data.search.model_dump())
    except ValueError as error:
        raise bad(file, str(error), "search") from None
    return Configuration(
        species,
        search,
        objective_from(data.objective),
        trial,
        Platform(**data.platform.model_dump()),
        first,
    )


assert {f.name for f in dataclasses.fields(SearchSettings)} == set(SearchData.model_fields)
