"""Where a run keeps its champion, and that its folder stands for it."""

from __future__ import annotations

from pathlib import Path

FILE = "best.json"
"""In the folder of a run, once it is finished."""


def champion_of(run: Path) -> Path:
    """Returns the champion's file of a run, which need not be there yet."""
    return run / FILE


def genome_file(path: Path) -> Path:
    """Returns the genome file that is meant: a finished run's folder stands for its champion, all else for itself."""
    champion = champion_of(path)
    try:
        return champion if champion.is_file() else path
    except OSError:  # whatever is wrong with its name, reading it says so
        return path
