"""What a species file says now: the last animal that could be read from it, and what is wrong with it since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from creatures.assemble import assemble
from creatures.changes import changes
from creatures.faults import BadFile
from creatures.skeleton import Skeleton
from creatures.species import Species, load_species

Judge: TypeAlias = Callable[[Skeleton], list[str]]
"""What is worth a warning about an animal that can be made: one sentence each."""


class Sketch:
    """One species file being drawn.

    Attributes:
        path: of the file.
        species: as last read without a fault.
        skeleton: what was made of it.
        warnings: about it.
        faults: what is wrong with the file as it is now, a line each; none if what is drawn is what it says.
        changed: what the last reading changed, in words.
        number: of readings so far.
    """

    def __init__(self, path: Path, judge: Judge) -> None:
        """Reads the file.

        Args:
            path: of it.
            judge: finds what is worth a warning.

        Raises:
            BadFile: it cannot be drawn at all.
        """
        self.path = path
        self._judge = judge
        self.species, self.skeleton = _read(path)
        self.warnings = judge(self.skeleton)
        self.faults: list[str] = []
        self.changed: list[str] = []
        self.number = 1

    def again(self) -> None:
        """Reads the file again; one that is faulty leaves the animal as it was."""
        self.number += 1
        self.changed = []
        try:
            species, skeleton = _read(self.path)
        except BadFile as error:
            self.faults = error.lines()
            return
        self.faults = []
        self.changed = changes(self.species, species)
        if skeleton != self.skeleton:
            self.warnings = self._judge(skeleton)
        self.species, self.skeleton = species, skeleton


def _read(path: Path) -> tuple[Species, Skeleton]:
    species = load_species(path)
    return species, assemble(species, str(path))
