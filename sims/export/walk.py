"""The walk that is written, and what is told of it: who walked, made how, and whether it is still the same walk."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata

from creatures.faults import bad
from creatures.skeleton import Skeleton
from sims.genomes.record import Genome
from sims.genomes.replay import replay as replayed
from sims.genomes.verdict import Verdict
from sims.physics.quantities import Quantity, quantities
from sims.physics.trajectory import Trajectory

Fact = str | int | float


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """One walk, replayed, and everything that is told of it."""

    genome: Genome
    """What is told of the walk; where the walk is not that of the file, what it came to here."""
    skeleton: Skeleton
    trajectory: Trajectory
    """At least one frame."""
    verdict: Verdict
    is_recording: bool
    """Whether it is what was recorded, rounded, since this machine makes another walk."""

    @property
    def digest(self) -> str:
        """Returns the digest of the walk that is written."""
        return self.verdict.stored if self.is_recording else self.verdict.found

    @property
    def source(self) -> str:
        """Returns where its numbers come from, in words."""
        return "the recording in the genome file" if self.is_recording else "simulated again"

    @property
    def title(self) -> str:
        """Returns whose walk it is: ``Velociraptor mongoliensis, seed 1``."""
        return f"{self.genome.species.title}, seed {self.genome.origin.seed}"

    def columns(self) -> tuple[Quantity, ...]:
        """Returns every quantity of the walk."""
        return quantities(self.skeleton, self.trajectory)

    def facts(self) -> dict[str, Fact]:
        """Returns what is told beside the numbers, as plain values."""
        genome = self.genome
        return {
            "gaitosaur": version(),
            "species": genome.species.name,
            "animal": genome.species.title,
            "seed": genome.origin.seed,
            "generation": genome.origin.generation,
            "guess": genome.origin.guess,
            "verdict": self.verdict.result,
            "verdict_why": self.verdict.why,
            "source": self.source,
            "digest": self.digest,
            "ended": genome.ended,
            "ended_why": genome.why,
            "frames": len(self.trajectory),
            "frame_time_s": self.trajectory.frame_time,
            "body_weight_n": self.skeleton.weight,
            "hip_height_m": self.skeleton.hip_height,
            "gravity_scale": genome.trial.gravity_scale,
            "mass_scale": genome.trial.mass_scale,
            "terrain": genome.trial.terrain.kind,
        }


def walk_of(genome: Genome, file: str) -> Walk:
    """Replays a genome for writing.

    Args:
        genome: from a file.
        file: its name, for faults.

    Returns:
        The walk as it is made here, or its recording where this machine cannot make it.

    Raises:
        BadFile: there is nothing to write.
    """
    again = replayed(genome)
    if not len(again.trajectory):
        raise bad(file, "has a walk without a single frame: there is nothing to write")
    skeleton = genome.skeleton()
    return Walk(again.genome, skeleton, again.trajectory, again.verdict, again.is_recording)


def version() -> str:
    """Returns which gaitosaur this is."""
    try:
        return metadata.version("gaitosaur")
    except metadata.PackageNotFoundError:
        return "not installed"
