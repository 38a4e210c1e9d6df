"""The walks that were found earlier and with which the runs of a study begin: one for all, or one for each."""

from __future__ import annotations

from pathlib import Path

KEY = "from"
"""That of `[base]`."""
FOLDER, FILE = "walks", "walk.json"
"""How a study's folder calls its copies: one a species and seed, or one for all."""


def named_after(species: str, seed: int) -> str:
    """Returns the name of a run that has nothing of its own but an animal and a seed.

    Args:
        species: as names of folders have it.
        seed: of the search.
    """
    return f"{species}-s{seed}"


def for_all(source: Path) -> Path | None:
    """Returns the genome file that every run begins with: itself, or the champion of one run.

    Args:
        source: what the study names.

    Returns:
        The file; None if `source` is no such thing.
    """
    champion = source / "best.json"
    return source if source.is_file() else champion if champion.is_file() else None


def walk_of(source: Path, species: str, seed: int) -> Path:
    """Returns the genome file that one run begins with.

    Args:
        source: a genome file, the folder of a finished run, of a study, or of the copies a study has made.
        species: as names of folders have it.
        seed: of the search.

    Returns:
        The file, which need not be there.
    """
    if (common := for_all(source)) is not None:
        return common
    name = named_after(species, seed)
    copy = source / f"{name}.json"
    return copy if copy.is_file() else source / "cells" / name / "best.json"
