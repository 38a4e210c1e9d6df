"""The walks that were found earlier and with which the runs of a study begin: one for all, or one for each."""

from __future__ import annotations

import json
from pathlib import Path

from creatures.textfile import parse_toml, read_text
from sims.runs.champion import champion_of, genome_file

KEY = "from"
"""That of `[base]`."""
FOLDER, FILE = "walks", "walk.json"
"""How a study's folder calls its copies: one a species and seed, or one for all."""


def unclear(source: Path) -> str:
    """Returns why it cannot be told which walk of a study is meant; empty if it can."""
    if not (source / "study.toml").is_file():
        return ""
    varied = parse_toml(read_text(source / "study.toml"), str(source / "study.toml")).get("vary")
    if not varied:
        return ""
    keys = ", ".join(map(str, varied))
    return f"varies {keys}: it has several walks of an animal and seed; name one of its cells/, or a study without"


def lean(walk: Path) -> bytes:
    """Returns a genome file without the recording of its walk, of which no run that begins with it has any use."""
    from sims.runs.earlier import without_recording  # brings the physics

    return json.dumps(without_recording(walk), ensure_ascii=False).encode()


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
    file = genome_file(source)
    return file if file.is_file() else None


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
    return copy if copy.is_file() else champion_of(source / "cells" / name)
