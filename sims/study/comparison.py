"""What a comparison of two walkers holds: pairs of numbers with their words and units."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from creatures.skeleton import Skeleton
from sims.files import as_plain
from sims.genomes.record import Genome
from sims.genomes.verdict import Verdict
from sims.physics.trajectory import Trajectory

Only = tuple[tuple[str, ...], tuple[str, ...]]
"""Names of the genes that only A has, and only B."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the two."""

    genome: Genome
    """What is told of its walk; see `sims.genomes.replay.Replay`."""
    skeleton: Skeleton
    trajectory: Trajectory
    """Its walk: as it is here, or the recording where this machine walks another way."""
    verdict: Verdict
    is_recording: bool

    @property
    def name(self) -> str:
        """Returns who it is: ``Velociraptor mongoliensis, seed 1``."""
        return f"{self.genome.species.title}, seed {self.genome.origin.seed}"


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that was decided before it walked."""

    name: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One number of both."""

    name: str
    """As in the file."""
    words: str
    unit: str
    """Empty for a pure number."""
    a: float | None
    """None where there is none."""
    b: float | None

    @property
    def change(self) -> float | None:
        """Returns how much more B has."""
        return None if self.a is None or self.b is None else self.b - self.a


@dataclass(frozen=True, slots=True)
class TermPair:
    """One term of both scores, before weighing, and its weights."""

    name: str
    a: float
    b: float
    weight_a: float
    weight_b: float

    @property
    def weighed_a(self) -> float:
        """Returns what it adds to the score of A."""
        return self.a * self.weight_a

    @property
    def weighed_b(self) -> float:
        """Returns what it adds to the score of B."""
        return self.b * self.weight_b


@dataclass(frozen=True, slots=True)
class GenePair:
    """One gene of both."""

    name: str
    words: str
    unit: str
    """Of `a` and `b`, where it is known; else empty."""
    gene_a: float
    """In units of the gene, -3 to 3."""
    gene_b: float
    a: float
    """What it stands for."""
    b: float

    @property
    def change(self) -> float:
        """Returns how much more B has, in units of the gene: what makes genes of all kinds comparable."""
        return self.gene_b - self.gene_a


@dataclass(frozen=True, slots=True)
class JointPair:
    """One joint of both."""

    name: str
    words: str
    rms_a: float
    """RMS load, body weights."""
    rms_b: float
    peak_a: float
    """Largest low-passed load, body weights."""
    peak_b: float
    range_a: float
    """Largest less smallest angle of the whole walk, degrees."""
    range_b: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two walkers, A and B, held against each other."""

    a: Side
    b: Side
    settings: tuple[Setting, ...]
    """Those that differ."""
    terms: tuple[TermPair, ...]
    measures: tuple[Pair, ...]
    genes: tuple[GenePair, ...]
    """Those that both have, largest change first."""
    only: Only
    """Names of the genes that only A has, and only B."""
    joints: tuple[JointPair, ...]
    """Those that both have, in the order of A."""

    @property
    def same_genes(self) -> int:
        """Returns how many genes are the same to the bit."""
        return sum(gene.change == 0.0 for gene in self.genes)

    @property
    def same_species(self) -> bool:
        """Whether both are the same animal in every number."""
        return self.a.genome.species.digest() == self.b.genome.species.digest()

    @property
    def same_objective(self) -> bool:
        """Whether the weights of both scores are the same."""
        return self.a.genome.objective.weights == self.b.genome.objective.weights

    @property
    def same_terms(self) -> bool:
        """Whether a term means the same in both."""
        return self.a.genome.terms_version == self.b.genome.terms_version

    @property
    def scores_compare(self) -> bool:
        """Whether one score may be held against the other: none could be counted for some old walks."""
        known = all(math.isfinite(side.genome.score) for side in (self.a, self.b))
        return known and self.same_objective and self.same_terms

    def document(self) -> dict[str, Any]:
        """Returns everything as plain JSON values."""
        found: dict[str, Any] = as_plain(
            {
                "a": _side_document(self.a),
                "b": _side_document(self.b),
                "same_species": self.same_species,
                "scores_compare": self.scores_compare,
                "settings": [asdict(one) for one in self.settings],
                "terms": [
                    asdict(one) | {"weighed_a": one.weighed_a, "weighed_b": one.weighed_b}
                    for one in self.terms
                ],
                "measures": [asdict(one) | {"change": one.change} for one in self.measures],
                "genes": [asdict(one) | {"change": one.change} for one in self.genes],
                "same_genes": self.same_genes,
                "only_a": self.only[0],
                "only_b": self.only[1],
                "joints": [asdict(one) for one in self.joints],
            }
        )
        return found


def _side_document(side: Side) -> dict[str, Any]:
    genome = side.genome
    return {
        "species": genome.species.name,
        "title": genome.species.title,
        "seed": genome.origin.seed,
        "objective": genome.objective.name,
        "score": genome.score,
        "ended": genome.ended,
        "why": genome.why,
        "robust": None if genome.gate is None else genome.gate.robust,
        "mass_kg": side.skeleton.mass,
        "hip_height_m": side.skeleton.hip_height,
        "measures": dict(genome.measures),
        "verdict": side.verdict.result,
        "recording": side.is_recording,
    }
