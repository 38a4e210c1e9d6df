"""The genome file: one guess that stands alone, readable by anyone, to be run again to the same bits."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from creatures.assemble import assemble
from creatures.controllers.table import CONTROLLERS
from creatures.faults import BadFile, Fault, bad
from creatures.genome import GeneTable
from creatures.skeleton import Skeleton
from creatures.species import Species, from_document
from sims.files import read_json, write_json
from sims.gate import Gate
from sims.genomes.recording import Recording, recording_from
from sims.genomes.schema import GenomeData, ObjectiveData, TrialData, faults_of
from sims.genomes.versions import FORMAT, VERSION, upgraded
from sims.physics.terrain import Terrain
from sims.physics.trial import TrialSettings, gene_table, step_of
from sims.platform import Platform
from sims.score import Objective

MOST_STEPS = 5_000_000
"""Of a trial: minutes of computing, and a hundred times what anyone asks for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in which search a guess was made."""

    strategy: str
    seed: int
    generation: int
    """From 1."""
    guess: int
    """Its number in the run, from 0."""
    parents: tuple[int, ...] = ()
    """Guess numbers; empty where the search has no parents."""
    rigour: int = 0
    """How strictly it was looked at."""


@dataclass(frozen=True, slots=True)
class Genome:
    """Everything a genome file says."""

    species: Species
    genes: tuple[float, ...]
    """(n_genes,) in the order of the gene table of `controller`."""
    trial: TrialSettings
    objective: Objective
    terms_version: int
    score: float
    """In the base world: the sum of the weighed terms."""
    terms: Mapping[str, float]
    measures: Mapping[str, Any]
    ended: str
    why: str
    gate: Gate | None
    """None for one that has not been at the gate."""
    origin: Origin
    platform: Platform
    digest: str
    """Of the trajectory."""
    checks: bytes
    """A CRC-32 of each frame."""
    recording: Recording | None = field(default=None, repr=False)

    def skeleton(self) -> Skeleton:
        """Returns the animal."""
        return assemble(self.species)

    @property
    def controller(self) -> str:
        """Returns the name of what reads the genes."""
        return self.trial.controller

    def table(self) -> GeneTable:
        """Returns what its genes are."""
        return gene_table(self.skeleton(), self.controller)


def document(genome: Genome) -> dict[str, Any]:
    """Returns a genome as plain JSON values, what people read first; nothing in it is the genome's own."""
    gate = genome.gate
    return {
        "format": FORMAT,
        "version": VERSION,
        "animal": genome.species.title,
        "score": genome.score,
        "ended": genome.ended,
        "why": genome.why,
        "robust": None if gate is None else gate.robust,
        "kept": None if gate is None else dict(gate.kept),
        "terms": dict(genome.terms),
        "measures": deepcopy(dict(genome.measures)),
        "objective": objective_document(genome.objective, genome.terms_version),
        "origin": asdict(genome.origin) | {"parents": list(genome.origin.parents)},
        "trial": trial_document(genome.trial),
        "controller": genome.controller,
        "genes": genome.table().by_name(genome.genes),
        "platform": genome.platform.document(),
        "digest": genome.digest,
        "species_digest": genome.species.digest(),
        "species": genome.species.document(),
        "checks": base64.b64encode(genome.checks).decode(),
        "recording": None if genome.recording is None else genome.recording.document(),
    }


def objective_document(objective: Objective, terms_version: int) -> dict[str, Any]:
    """Returns an objective as plain JSON values."""
    return {
        "name": objective.name,
        "words": objective.words,
        "weights": dict(objective.weights),
        "terms_version": terms_version,
    }


def write_genome(path: Path, genome: Genome) -> None:
    """Writes a genome file, atomically.

    Raises:
        RunError: it cannot be written.
    """
    write_json(path, document(genome))


def read_genome(path: Path) -> Genome:
    """Reads a genome file.

    Args:
        path: of a file that may come from a stranger.

    Returns:
        The genome: nothing in it can upset the physics.

    Raises:
        BadFile: with everything that is wrong.
    """
    return from_json(read_json(path), str(path))


def from_json(found: dict[str, Any], file: str) -> Genome:
    """Reads a genome out of a JSON object; see `read_genome`."""
    found = upgraded(found, file)
    data, faults = faults_of(GenomeData, found, file)
    species, more = _species(found, file)
    faults += more
    genes: tuple[float, ...] = ()
    if species is not None:
        genes, more = _genes(found, species, file)
        faults += more
    if faults or data is None or species is None:
        raise BadFile(faults)
    return _genome(data, species, genes, file)


def _species(found: dict[str, Any], file: str) -> tuple[Species | None, list[Fault]]:
    if "species" not in found:
        return None, []
    try:
        species = from_document(found["species"], file)
        assemble(species, file)
    except BadFile as error:
        return None, list(error.faults)
    stored = found.get("species_digest")
    if isinstance(stored, str) and stored != species.digest():
        problem = "is not that of the species in this file: one of the two was changed"
        return species, [Fault(file, None, "species_digest", problem)]
    return species, []


def _genes(
    found: dict[str, Any], species: Species, file: str
) -> tuple[tuple[float, ...], list[Fault]]:
    genes = found.get("genes")
    controller = found.get("controller")
    if not isinstance(genes, dict) or controller not in tuple(CONTROLLERS):
        return (), []
    table = gene_table(assemble(species), str(controller))
    try:
        return table.from_names(genes, file), []
    except BadFile as error:
        return (), list(error.faults)


def _genome(data: GenomeData, species: Species, genes: tuple[float, ...], file: str) -> Genome:
    skeleton = assemble(species)
    trial = trial_from(data.trial, data.controller)
    if problem := too_long(trial, skeleton):
        raise bad(file, problem, "trial")
    recording = None
    if data.recording is not None:
        try:
            recording = recording_from(data.recording.model_dump(), skeleton)
        except ValueError as error:
            raise bad(file, str(error), "recording") from None
    if recording is not None and len(data.checks) != _base64_length(recording.frames):
        raise bad(
            file, f"is of {recording.frames} frames, and checks of another number", "recording"
        )
    if len(data.measures.gait.foot_falls) != len(skeleton.limbs):
        feet = len(skeleton.limbs)
        raise bad(file, f"must have one list for each of {feet} limbs", "measures.gait.foot_falls")
    if (data.robust is None) != (data.kept is None):
        raise bad(file, "one of them is null and the other is not", "robust and kept")
    gate = None
    if data.robust is not None and data.kept is not None:
        gate = Gate(data.robust, data.kept)
    return Genome(
        species=species,
        genes=genes,
        trial=trial,
        objective=objective_from(data.objective),
        terms_version=data.objective.terms_version,
        score=data.score,
        terms=data.terms,
        # What a file does not say is not said for it.
        measures=data.measures.model_dump(exclude_unset=True),
        ended=data.ended,
        why=data.why,
        gate=gate,
        origin=Origin(**{**data.origin.model_dump(), "parents": tuple(data.origin.parents)}),
        platform=Platform(**data.platform.model_dump()),
        digest=data.digest,
        checks=base64.b64decode(data.checks),
        recording=recording,
    )


def _base64_length(frames: int) -> int:
    """Returns how many characters the checks of so many frames are: four bytes each."""
    return 4 * -(-4 * frames // 3)


def trial_document(trial: TrialSettings) -> dict[str, Any]:
    """Returns the settings of a trial as plain JSON values; the controller stands beside them in every file."""
    found = asdict(trial)
    del found["controller"]
    return found


def trial_from(data: TrialData, controller: str) -> TrialSettings:
    """Returns checked trial settings."""
    given = data.model_dump()
    terrain = Terrain(**given["terrain"])
    return TrialSettings(**{**given, "terrain": terrain, "controller": controller})


def too_long(trial: TrialSettings, skeleton: Skeleton) -> str:
    """Returns why a trial would take for ever: a tiny animal has tiny steps. Empty when it would not."""
    steps = trial.seconds / step_of(skeleton, trial)
    if steps <= MOST_STEPS:
        return ""
    return f"{trial.seconds:g} s of this animal are {steps:,.0f} steps; at most {MOST_STEPS:,}"


def objective_from(data: ObjectiveData) -> Objective:
    """Returns a checked objective."""
    return Objective(data.name, data.words, data.weights)
