"""What a person asks of a run, in words and numbers, and the checks that turn it into settings.

Importing this file is cheap; only the checks bring the search and the physics.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from creatures.faults import BadFile, Fault
from creatures.species import Species, load_species
from creatures.variants import varied
from sims import typed

if TYPE_CHECKING:
    from sims.runs.configuration import RunSettings
    from sims.runs.driver import Run
    from sims.runs.pool import MakeExecutor
    from sims.score import Objective

SEED, GUESSES, SECONDS, GRAVITY = 1, 10_000, 10.0, 1.0
STRATEGY, OBJECTIVE, CONTROLLER = "cma", "walk", "reflex"
MOST_GUESSES = 100_000_000
MOST_SEED = 2**63 - 1
MOST_WORKERS = 256
SHORTEST_S, LONGEST_S = 0.1, 120.0
LEAST_GRAVITY, MOST_GRAVITY = 0.1, 3.0
MOST_BONE_LIMIT = 10_000.0
"""Those of `sims.genomes.schema`, known without bringing it."""
STRATEGIES = ("cma", "ga", "hill", "nsga2")
"""Those of `evo.strategies`, known without bringing them."""
OBJECTIVES = ("walk", "sprint", "gentle", "fuel", "pareto")
"""Those of `sims.score`, known without bringing it."""
CONTROLLERS = ("reflex", "pattern")
"""Those of `creatures.controllers.table`, known without bringing them."""
PATTERN_GUESSES = 20_000
"""Those of a run with the pattern controller: what feels nothing has to be found by trying more."""
PARETO, SPREADING = "pareto", "nsga2"
"""The objective of several aims, and the one search that can follow them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked for; what is None is left to the program."""

    animal: str | None = None
    """A species, or the path of a file."""
    seed: int | None = None
    guesses: int | None = None
    strategy: str | None = None
    objective: str | None = None
    weights: tuple[str, ...] = ()
    """``TERM=X``, changes of the objective."""
    seconds: float | None = None
    """Length of a trial."""
    search: tuple[str, ...] = ()
    """``KEY=VALUE``, changes of the search."""
    out: Path | None = None
    """The run's folder, which must be new."""
    workers: int = 1
    """Processes that work on guesses; 0 works in the run's own."""
    resume: Path | None = None
    """The folder of a run to go on with; then nothing but `workers` and `dask` may be asked."""
    repeat: Path | None = None
    """The folder of a run to begin anew, just as it was; then nothing but `workers`, `dask` and `out` may be asked."""
    variants: tuple[str, ...] = ()
    """``FACTOR=VALUE``, changes of the animal."""
    gravity: float | None = None
    """Times the usual."""
    dask: str | None = None
    """Address of a Dask cluster whose workers do it instead; no result depends on it either."""
    bone_limit: float | None = None
    """MPa at which leg bones break; 0 for never."""
    controller: str | None = None
    """What turns genes into pulls of muscles."""
    begin_from: Path | None = None
    """A walk that was found earlier, to begin with its genes: a genome file, or the folder of a finished run."""

    def faults(self) -> list[Fault]:
        """Returns what is wrong with it at first sight: cheap, before anything is opened or begun."""
        found = self._conflicts() or self._missing()
        whole = "a whole number, "
        numbers = (
            typed.between("--seed", self.seed, 0, MOST_SEED, whole),
            typed.between("--guesses", self.guesses, 1, MOST_GUESSES, whole),
            typed.between("--seconds", self.seconds, SHORTEST_S, LONGEST_S),
            typed.between("--gravity", self.gravity, LEAST_GRAVITY, MOST_GRAVITY),
            typed.between(
                "--bone-limit", self.bone_limit, 0.0, MOST_BONE_LIMIT, "a stress in MPa, "
            ),
            typed.between("--workers", self.workers, 0, MOST_WORKERS, whole),
        )
        names = (
            typed.one_of("--strategy", self.strategy or STRATEGY, STRATEGIES),
            typed.one_of("--objective", self.objective or OBJECTIVE, OBJECTIVES),
            typed.one_of("--controller", self.controller or CONTROLLER, CONTROLLERS),
        )
        found += [fault for fault in (*numbers, *names) if fault is not None]
        if problem := no_pair(self.strategy, self.objective):
            found.append(typed.fault("--strategy", problem))
        return found + self._no_variants()

    def options(self) -> Mapping[str, object]:
        """Returns option -> what was asked, for those that say what a new run is to be like."""
        return {
            "SPECIES": self.animal,
            "--variant": self.variants or None,
            "--seed": self.seed,
            "--guesses": self.guesses,
            "--strategy": self.strategy,
            "--objective": self.objective,
            "--controller": self.controller,
            "--weight": self.weights or None,
            "--seconds": self.seconds,
            "--gravity": self.gravity,
            "--bone-limit": self.bone_limit,
            "--set": self.search or None,
            "--from": self.begin_from,
        }

    def _conflicts(self) -> list[Fault]:
        if self.resume is not None and self.repeat is not None:
            problem = "does not go with --resume: go on, or begin anew?"
            return [typed.fault("--repeat", problem)]
        given = [name for name, value in self.options().items() if value is not None]
        if self.resume is not None:
            given += ["--out"] if self.out is not None else []
            problem = "does not go with --resume: the run goes on as it was begun"
        elif self.repeat is not None:
            problem = "does not go with --repeat: the run is made as that one was"
        else:
            return []
        return [typed.fault(name, problem) for name in given]

    def _no_variants(self) -> list[Fault]:
        try:
            typed.variants(self.variants)
        except BadFile as error:
            return list(error.faults)
        return []

    def _missing(self) -> list[Fault]:
        if (self.animal, self.resume, self.repeat, self.begin_from) != (None,) * 4:
            return []
        return [
            typed.fault("SPECIES", "is missing: which animal? (or --from GENOME, or --resume DIR)")
        ]


def strategy_for(objective: str, strategy: str | None = None) -> str:
    """Returns the search that is meant: an objective of several aims has one of its own."""
    return strategy or (SPREADING if objective == PARETO else STRATEGY)


def no_pair(strategy: str | None, objective: str | None) -> str:
    """Returns why a search and an objective do not go together; empty when they do."""
    if objective == PARETO and strategy not in (None, SPREADING):
        return f"{strategy} does not go with --objective {PARETO}: only {SPREADING} follows several aims"
    if strategy == SPREADING and objective != PARETO:
        return (
            f"{SPREADING} goes with --objective {PARETO} only: {objective or OBJECTIVE} is one aim"
        )
    return ""


def begin(asked: Asked, getting_ready: Callable[[], None] | None = None) -> Run:
    """Makes the run that is asked for, or takes it up.

    Args:
        asked: what kind of run.
        getting_ready: is called once what is asked is checked, before the physics is made ready for a new run.

    Raises:
        BadFile: something is wrong with what is asked, or with a file.
        RunError: the run cannot begin.
    """
    from sims.runs.run import repeat, resume, start

    if asked.resume is not None:
        workers, make = _crew(asked)
        return resume(asked.resume, workers, make=make)
    if asked.repeat is not None:
        workers, make = _crew(asked)
        return repeat(asked.repeat, workers, asked.out, make=make)
    settings = settings_of(asked)
    if getting_ready is not None:
        getting_ready()
    workers, make = _crew(asked)
    return start(replace(settings, workers=workers), make)


def _crew(asked: Asked) -> tuple[int, MakeExecutor | None]:
    """Returns how many workers there are, and what makes them, if that are not processes here."""
    if asked.dask is None:
        return asked.workers, None
    from sims.runs.cluster import join

    return join(asked.dask)


def settings_of(asked: Asked) -> RunSettings:
    """Checks the words of what is asked, and reads the animal.

    Raises:
        BadFile: with everything that is wrong.
    """
    from sims.errors import RunError
    from sims.physics.trial import TrialSettings
    from sims.runs.configuration import RunSettings, search_settings

    typed.refuse(asked.faults())
    species = animal(asked)
    search: dict[str, object] = dict(typed.pairs("--set", asked.search, search_keys()))
    controller, first_guess = asked.controller or CONTROLLER, None
    if asked.begin_from is not None:
        from sims.runs import earlier

        walk = earlier.read_earlier(asked.begin_from)
        controller = earlier.controller_of(walk, asked.controller)
        first_guess = earlier.genes_for(species, walk)
        search = {"sigma": earlier.SIGMA} | search
    settings = RunSettings(
        species=species,
        seed=SEED if asked.seed is None else asked.seed,
        guesses=asked.guesses or usual_guesses(controller),
        strategy=strategy_for(asked.objective or OBJECTIVE, asked.strategy),
        objective=_objective(asked.objective or OBJECTIVE, asked.weights),
        trial=TrialSettings(
            seconds=asked.seconds or SECONDS,
            gravity_scale=asked.gravity or GRAVITY,
            bone_limit_mpa=asked.bone_limit or 0.0,
            controller=controller,
        ),
        search=search,
        first_guess=first_guess,
        workers=asked.workers,
        out=asked.out,
    )
    try:
        search_settings(settings)
    except RunError as error:
        raise BadFile([typed.fault("--set", str(error))]) from None
    return settings


def usual_guesses(controller: str | None) -> int:
    """Returns how many guesses a run makes when nobody says how many."""
    return PATTERN_GUESSES if controller == "pattern" else GUESSES


def animal(asked: Asked) -> Species:
    """Reads the animal, and varies it as is asked.

    Raises:
        BadFile: it cannot be read, or not be varied so.
    """
    species = _named(asked)
    for factor, value in typed.variants(asked.variants).items():
        try:
            species = varied(species, factor, value)
        except BadFile:
            raise
        except ValueError as error:
            raise BadFile([typed.fault("--variant", str(error))]) from None
    return species


def fits(asked: Asked, species: Species) -> None:
    """Checks that an animal has the genes of the walk that is to be begun with, if one is.

    Raises:
        BadFile: it has others, or the walk cannot be read.
    """
    if asked.begin_from is not None:
        from sims.runs import earlier

        earlier.genes_for(species, earlier.read_earlier(asked.begin_from))


def _named(asked: Asked) -> Species:
    """Reads the animal that is named; if none is, the walk to begin with tells."""
    if asked.animal is None and asked.begin_from is not None:
        from sims.runs.earlier import read_earlier

        return read_earlier(asked.begin_from).species
    return load_species(asked.animal or "")


def search_keys() -> list[str]:
    """Returns the settings of the search that have no option of their own."""
    from evo.settings import SearchSettings

    own = ("strategy", "seed", "budget")  # these have options of their own
    return [field.name for field in fields(SearchSettings) if field.name not in own]


def _objective(name: str, given: tuple[str, ...]) -> Objective:
    from sims import score

    known = score.OBJECTIVES[name]
    return replace(known, weights={**known.weights, **typed.weights(given, score.TERMS)})
