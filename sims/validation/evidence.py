"""What the runs of a validation came to, read once from their genome files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creatures.faults import BadFile
from creatures.species import species_names
from sims.batch.walks import KEY
from sims.runs.champion import champion_of
from sims.validation.recipes import RECIPES
from sims.validation.verdicts import Fell, NotTried

if TYPE_CHECKING:
    from sims.batch.study import Study

MOVED = 0.5
"""Hip heights: who comes no further has not walked, however long it stood."""
MOST_LOOKED_AT = 60
"""Generations of a run whose bests are looked at, evenly spread."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The champion of one run."""

    recipe: str
    species: str
    """Its name."""
    seed: int
    ended: str
    score: float
    robust: float | None
    measures: Mapping[str, Any]
    """As in its genome file."""
    mass_kg: float
    hip_m: float
    """Hip height of the standing animal."""
    com_ahead_m: float
    """How far its centre of mass stands ahead of the hip."""

    @property
    def stayed_up(self) -> bool:
        """Returns whether it walked to the end."""
        return self.ended == "finished" and self.measures["hip_heights"] >= MOVED

    @property
    def exploits(self) -> bool:
        """Returns whether the gate labelled it as one that exploits the physics."""
        from sims.gate import ENOUGH  # brings the physics

        return self.robust is not None and self.robust < ENOUGH

    @property
    def speed(self) -> float:
        """Returns the mean over the second half of its trial, m/s."""
        return float(self.measures["speed_m_s"])


@dataclass(frozen=True, slots=True)
class Moment:
    """The best guess of some generation of some run, if it stayed up."""

    species: str
    froude: float
    duty_factor: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the checks have to go by."""

    walks: tuple[Walk, ...] = ()
    moments: tuple[Moment, ...] = ()
    unfinished: tuple[str, ...] = ()
    """Runs that have no champion: ``sprint/velociraptor-s1``."""
    not_begun: tuple[str, ...] = ()
    """Recipes of which there is no study, though their animals are shipped."""
    from_walks: tuple[str, ...] = ()
    """Recipes whose runs began with a walk that another had found; all others began with nothing."""
    size: str = ""
    """Guesses, seeds and seconds of the runs, in words."""
    when: str = ""
    """The day on which the last run was finished: ``2026-11-24``."""

    def all(self, recipe: str, species: str) -> tuple[Walk, ...]:
        """Returns every champion of an animal, those that fell too.

        Raises:
            NotTried: there is none.
        """
        found = tuple(w for w in self.walks if (w.recipe, w.species) == (recipe, species))
        if found:
            return found
        if species not in species_names():
            raise NotTried(f"no such species: {species}")
        raise NotTried(f"no finished run of {species} in {recipe}")

    def best(self, recipe: str, species: str) -> Walk:
        """Returns the champion with the best score of all seeds, of those that stayed up.

        Raises:
            NotTried: there is no run of it.
            Fell: none stayed up.
        """
        return max(self._up(recipe, species), key=lambda walk: (walk.score, -walk.seed))

    def fastest(self, recipe: str, species: str) -> Walk:
        """Returns the fastest champion of all seeds, of those that stayed up; see `best`."""
        return max(self._up(recipe, species), key=lambda walk: (walk.speed, -walk.seed))

    def bests(self, recipe: str) -> tuple[Walk, ...]:
        """Returns the best of every species of a recipe that has one, in the order of the recipe."""
        return tuple(self._each(recipe))

    def some(self, recipe: str) -> tuple[Walk, ...]:
        """Returns what `bests` does.

        Raises:
            NotTried: there are no runs.
            Fell: there are, and none stayed up.
        """
        if not any(walk.recipe == recipe for walk in self.walks):
            raise NotTried(f"no finished run in {recipe}")
        if not (found := self.bests(recipe)):
            raise Fell("no champion stayed up")
        return found

    def _each(self, recipe: str) -> Iterator[Walk]:
        for species in RECIPES[recipe].species:
            try:
                yield self.best(recipe, species)
            except (NotTried, Fell):
                continue

    def _up(self, recipe: str, species: str) -> list[Walk]:
        found = [walk for walk in self.all(recipe, species) if walk.stayed_up]
        if not found:
            raise Fell(f"no champion of {species} stayed up")
        return found


def gather(folder: Path) -> Evidence:
    """Reads what is there of all recipes' studies.

    Raises:
        BadFile: a file cannot be used.
    """
    from sims.batch.study import FILE, read_study  # brings the physics

    walks: list[Walk] = []
    moments: list[Moment] = []
    unfinished: list[str] = []
    studies = {name: folder / name for name in RECIPES if (folder / name / FILE).is_file()}
    read = {name: read_study(path) for name, path in studies.items()}
    for recipe, study in read.items():
        for cell, place in _cells(folder / recipe, study):
            if (champion := champion_of(place)).is_file():
                walks.append(_walk(recipe, cell, champion))
                moments += _moments(cell, place / "champions")
            else:
                unfinished.append(f"{recipe}/{place.name}")
    sizes = dict.fromkeys(_size(study) for study in read.values())
    when = max((_day(path) for path in studies.values()), default="")
    known = set(species_names())
    return Evidence(
        tuple(walks),
        tuple(moments),
        tuple(unfinished),
        tuple(name for name in RECIPES if name not in read and known & set(RECIPES[name].species)),
        tuple(name for name, study in read.items() if KEY in study.base),
        "; or ".join(sizes),
        when,
    )


def _cells(folder: Path, study: Study) -> Iterator[tuple[str, Path]]:
    for cell in study.cells():
        yield cell.species, folder / "cells" / cell.name


def _size(study: Study) -> str:
    guesses, seconds = int(study.base["guesses"]), float(study.base["seconds"])
    seeds = ", ".join(map(str, study.seeds))
    many = "seeds" if len(study.seeds) > 1 else "seed"
    return f"{guesses:,} guesses a run, each a walk of {seconds:g} s, {many} {seeds}"


def _day(folder: Path) -> str:
    """Returns when the driver last had something to say of a run; by the clock, for people."""
    from sims.batch.folder import StudyFolder

    told = StudyFolder(folder).log.documents()
    ends = (str(one.get("when", ""))[:10] for one in told if one.get("event") == "finished")
    return max(ends, default="")


def _walk(recipe: str, species: str, path: Path) -> Walk:
    from sims.genomes.record import read_genome

    genome = read_genome(path)
    skeleton = genome.skeleton()
    return Walk(
        recipe=recipe,
        species=species,
        seed=genome.origin.seed,
        ended=genome.ended,
        score=genome.score,
        robust=None if genome.gate is None else genome.gate.robust,
        measures=genome.measures,
        mass_kg=skeleton.mass,
        hip_m=skeleton.hip_height,
        com_ahead_m=skeleton.com[0],
    )


def _moments(species: str, folder: Path) -> Iterator[Moment]:
    """Yields bests of generations that stayed up; a file that cannot be used says nothing here."""
    from sims.files import read_json
    from sims.genomes.schema import MeasuresData, faults_of

    files = sorted(folder.glob("gen-*.json"))
    for path in files[:: max(1, -(-len(files) // MOST_LOOKED_AT))]:
        try:
            found = read_json(path)
        except BadFile:
            continue
        data, _ = faults_of(MeasuresData, found.get("measures"), str(path))
        if data is not None and found.get("ended") == "finished" and data.hip_heights >= MOVED:
            yield Moment(species, data.froude, data.duty_factor)
