"""What several commands can be told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else there.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no chatter: only the result.")
]


def genome_path(text: str) -> Path:
    """Returns the genome file that is meant: a run's folder stands for its champion."""
    path = Path(text)
    champion = path / "best.json"
    return champion if text and champion.is_file() else path


def processors() -> int:
    """Returns how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
