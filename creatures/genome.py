"""What may change: a table of genes with names, plain words, and the value each stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatures.faults import BadFile, Fault, shown

LOWEST, HIGHEST = -3.0, 3.0
"""Bounds of every gene, in its own units: most of what is useful lies between -1 and 1."""


@dataclass(frozen=True, slots=True)
class Gene:
    """One number that evolution may change."""

    name: str
    """Unique and stable: the key in a genome file, ``leg.hip.offset``."""
    words: str
    """What it does, in plain words: ``how far forward the thigh is held``."""
    centre: float
    """The value at gene 0, where the animal stands."""
    scale: float
    """How much the value changes with a gene of 1; for a `power` gene, how often it doubles."""
    start: float
    """The gene around which the first guesses are made."""
    power: bool = False
    """Whether the value is centre x 2 ** (scale x gene), for things that cannot be negative."""

    def value(self, gene: float) -> float:
        """Returns what the gene stands for."""
        return (
            self.centre * 2.0 ** (self.scale * gene)
            if self.power
            else self.centre + self.scale * gene
        )


@dataclass(frozen=True, slots=True)
class GeneTable:
    """All genes of one controller for one animal, in order."""

    controller: str
    genes: tuple[Gene, ...]

    def __len__(self) -> int:
        return len(self.genes)

    @property
    def names(self) -> tuple[str, ...]:
        """Returns the genes' names, in order."""
        return tuple(gene.name for gene in self.genes)

    @property
    def start(self) -> tuple[float, ...]:
        """Returns the genome around which the first guesses are made."""
        return tuple(gene.start for gene in self.genes)

    @property
    def zeros(self) -> tuple[float, ...]:
        """Returns the genome that stands."""
        return (0.0,) * len(self.genes)

    def values(self, genome: Sequence[float]) -> NDArray[np.float64]:
        """Returns (n_genes,) what each gene stands for, each in its own unit."""
        pairs = zip(self.genes, genome, strict=True)
        return np.array([gene.value(number) for gene, number in pairs], dtype=np.float64)

    def by_name(self, genome: Sequence[float]) -> dict[str, float]:
        """Returns name -> gene, for a file."""
        return dict(zip(self.names, (float(gene) for gene in genome), strict=True))

    def from_names(self, genes: Mapping[str, object], file: str) -> tuple[float, ...]:
        """Reads a genome by name.

        Args:
            genes: name -> number, as in a genome file.
            file: name to put in front of faults.

        Returns:
            The genome in this table's order.

        Raises:
            BadFile: a gene is missing, unknown, not a finite number, or out of bounds.
        """
        faults = [
            Fault(
                file,
                None,
                f'gene "{name}"',
                f"is not one of the {self.controller} controller's genes",
            )
            for name in genes
            if name not in self.names
        ]
        numbers = []
        for name in self.names:
            number = genes.get(name)
            if name not in genes:
                faults.append(Fault(file, None, f'gene "{name}"', "is missing"))
            elif isinstance(number, bool) or not isinstance(number, int | float):
                faults.append(
                    Fault(file, None, f'gene "{name}"', f"= {shown(number)}, must be a number")
                )
            elif not LOWEST <= number <= HIGHEST:
                problem = f"= {shown(number)}, must be {LOWEST:g} to {HIGHEST:g}"
                faults.append(Fault(file, None, f'gene "{name}"', problem))
            else:
                numbers.append(float(number))
        if faults:
            raise BadFile(faults)
        return tuple(numbers)
