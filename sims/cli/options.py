"""What several commands can be told."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from creatures.faults import BadFile, bad, shown
from sims import typed
from sims.runs.asked import (
    CONTROLLER,
    GRAVITY,
    GUESSES,
    OBJECTIVE,
    PATTERN_GUESSES,
    SECONDS,
    SEED,
    STRATEGY,
)
from sims.runs.champion import genome_file

AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else there.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no chatter: only the result.")
]

Animal = Annotated[
    str | None,
    typer.Argument(metavar="SPECIES|FILE", help="A species, or the path of your own file."),
]
Variant = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FACTOR=VALUE", help="Change the animal, like tail=stiff or tail=off; repeatable."
    ),
]
Seed = Annotated[
    int | None, typer.Option(help=f"Chance: one seed, one result.  \\[default: {SEED}]")
]
Guesses = Annotated[
    int | None,
    typer.Option(
        help=f"How many genomes to try.  \\[default: {GUESSES}; {PATTERN_GUESSES} with pattern]"
    ),
]
Strategy = Annotated[
    str | None, typer.Option(help=f"How to search: cma, ga, hill, nsga2.  \\[default: {STRATEGY}]")
]
Objective = Annotated[
    str | None,
    typer.Option(
        help="What is good: walk, sprint, gentle, fuel; pareto: a front of all, by nsga2.  "
        f"\\[default: {OBJECTIVE}]"
    ),
]
Controller = Annotated[
    str | None,
    typer.Option(
        help="What turns genes into pulls: reflex, which feels, or pattern, which does not.  "
        f"\\[default: {CONTROLLER}]"
    ),
]
Weight = Annotated[
    list[str] | None,
    typer.Option(metavar="TERM=X", help="Change a term of the score; may be repeated."),
]
Seconds = Annotated[
    float | None, typer.Option(help=f"Length of a trial.  \\[default: {SECONDS:g}]")
]
Gravity = Annotated[
    float | None, typer.Option(help=f"Times the usual gravity.  \\[default: {GRAVITY:g}]")
]
BoneLimit = Annotated[
    float | None,
    typer.Option(
        metavar="MPA",
        help="Stress at which a leg bone breaks, which ends a trial; bone bears about 200.",
    ),
]
Start = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="GENOME",
        help="Begin with a walk that was found: a genome file, or the folder of a finished run.",
    ),
]
Change = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Change a setting of the search, like population=48; may be repeated.",
    ),
]
Out = Annotated[
    Path | None, typer.Option(help="Folder of the run, new.  \\[default: one in runs/]")
]

Dask = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Work on a Dask cluster, like tcp://node7:8786, instead."),
]

SavedGenome = Annotated[
    str, typer.Argument(metavar="GENOME", help="A genome file, or the folder of a finished run.")
]
Picture = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="A picture of it: .png, .svg or .pdf."),
]
PICTURES = (".png", ".svg", ".pdf")
"""What a picture's name may end in."""
LONGEST_NAME = 200
"""Bytes: a file is written aside first, under a name that is a little longer than its own."""


def genome_path(text: str) -> Path:
    """Returns the genome file that is meant; see `genome_file`. No name does not mean the folder one is in."""
    return genome_file(Path(text)) if text else Path(text)


def size_of(text: str) -> tuple[int, int]:
    """Returns the width and height of ``1280x720``.

    Raises:
        BadFile: it is something else.
    """
    found = re.fullmatch(r"(\d{2,5})x(\d{2,5})", text.strip().lower())
    if found is None:
        raise BadFile([typed.fault("--size", f"= {shown(text)}, must be like 1280x720")])
    return int(found[1]), int(found[2])


def writable(out: Path, what: str, kinds: Iterable[str]) -> None:
    """Refuses a file that cannot be written, before any work is done for it.

    Args:
        out: the file.
        what: what it is to be: ``a picture``.
        kinds: how its name may end: ``.png``.

    Raises:
        BadFile: see `unwritable`.
    """
    if problem := unwritable(out, what, kinds):
        raise bad(str(out), problem)


def unwritable(out: Path, what: str, kinds: Iterable[str]) -> str:
    """Returns why a file cannot be written, as far as that is known before; empty when it can be; see `writable`."""
    known = list(kinds)
    if out.suffix.lower() not in known:
        return f"{what}'s name must end in {', '.join(known)}"
    if len(os.fsencode(out.name)) > LONGEST_NAME:
        return f"has too long a name; at most {LONGEST_NAME} bytes"
    if out.is_dir():
        return "is a folder; give the name of a file"
    if not out.parent.is_dir():
        return f"there is no folder {out.parent}"
    if not os.access(out.parent, os.W_OK):
        return f"nothing may be written in the folder {out.parent}"
    return ""


def processors() -> int:
    """Returns how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
