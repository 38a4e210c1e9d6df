"""Where the guesses may lie, and where they begin."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evo.population import Genome


@dataclass(frozen=True, slots=True)
class Box:
    """Hard bounds for every gene and the middle of the first guesses.

    Attributes:
        start: (n_genes,) inside the bounds, normalised units.
        low: (n_genes,) the lowest value each gene may take.
        high: (n_genes,) the highest.
        found: whether the start was found by an earlier search: then it is a guess like any other, the first of all,
            and not only a middle.
    """

    start: Genome
    low: Genome
    high: Genome
    found: bool = False

    def __post_init__(self) -> None:
        if not len(self.start) == len(self.low) == len(self.high) > 0:
            lengths = f"{len(self.start)}, {len(self.low)}, {len(self.high)}"
            raise ValueError(f"start, low and high need one value a gene each, not {lengths}")
        for gene, (low, value, high) in enumerate(
            zip(self.low, self.start, self.high, strict=True)
        ):
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise ValueError(f"gene {gene} needs finite bounds low < high, not [{low}, {high}]")
            if not low <= value <= high:
                raise ValueError(f"gene {gene} starts at {value}, outside [{low}, {high}]")

    @property
    def n_genes(self) -> int:
        """How many genes a genome has."""
        return len(self.start)

    def clip(self, rows: NDArray[np.float64] | Sequence[Sequence[float]]) -> tuple[Genome, ...]:
        """Returns (n,) genomes: each of the (n, n_genes) rows moved inside the bounds."""
        if len(rows) == 0:
            return ()
        inside = np.clip(np.asarray(rows, dtype=np.float64), self.low, self.high)
        return tuple(tuple(row) for row in inside.tolist())
