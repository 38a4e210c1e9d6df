"""``gaitosaur export``: a saved walk in files that other programs read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creatures.faults import Fault
from sims import typed
from sims.cli import picture
from sims.cli.options import PICTURES, AsJson, Quiet, genome_path
from sims.cli.voice import Voice, complain
from sims.export import KINDS

if TYPE_CHECKING:
    from rich.table import Table

    from sims.export.files import Content
    from sims.export.walk import Walk

EXAMPLE = (
    "Example:  gaitosaur export runs/20261122-velociraptor-s1 -o walk.csv -o walk.mot -o walk.sto"
)

SUFFIXES = (*KINDS, *PICTURES)
LONGEST_NAME = 200
"""Bytes: a file is written aside first, under a name that is a little longer than its own."""
PARQUET = "needs pyarrow, which is not installed; install it with:  pip install pyarrow"


def command(
    genome: Annotated[
        str,
        typer.Argument(metavar="GENOME", help="A genome file, or the folder of a finished run."),
    ],
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help=f"What to write, by its end: {', '.join(SUFFIXES)}; may be repeated.",
        ),
    ] = None,
    show_columns: Annotated[
        bool, typer.Option("--list", help="List the columns of the table, and write nothing.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write a saved walk for other programs: tables, arrays, OpenSim's files, a picture."""
    files = tuple(out or ())
    path = genome_path(genome)
    typed.refuse(_faults(files, path, show_columns))
    voice = Voice(as_json, quiet)
    walk = _walk(path, voice)
    if show_columns:
        _list(walk, voice)
    else:
        _write(walk, files, str(path), voice)


command.__name__ = "export"


def _faults(files: Sequence[Path], genome: Path, show_columns: bool) -> Iterator[Fault]:
    """Yields what is wrong with what was typed, before anything is computed."""
    if show_columns and files:
        yield typed.fault("--list", "writes nothing: it does not go with --out")
    if not show_columns and not files:
        yield typed.fault("--out", "is missing: which file? (or --list, to see the columns)")
    seen: set[Path] = set()
    for file in files:
        problem = _problem(file, genome)
        if not problem and file.resolve() in seen:
            problem = "is named twice; each file needs a name of its own"
        seen.add(file.resolve())
        if problem:
            yield Fault(str(file), None, "", problem)


def _problem(file: Path, genome: Path) -> str:
    """Returns why a file cannot be written, or an empty text."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        return f"the name of the file must end in {', '.join(SUFFIXES)}"
    if len(os.fsencode(file.name)) > LONGEST_NAME:
        return f"has too long a name; at most {LONGEST_NAME} bytes"
    if file.is_dir():
        return "is a folder; give the name of a file"
    if not file.parent.is_dir():
        return f"there is no folder {file.parent}"
    if file.resolve() == genome.resolve() or _is_genome(file):
        return "is a genome file, which would be lost; give another name"
    if suffix == ".parquet":
        from sims.export.table import has_parquet

        return "" if has_parquet() else PARQUET
    return ""


def _is_genome(file: Path) -> bool:
    """Whether a file that is there holds a genome: a slip must not cost a champion."""
    if file.suffix.lower() != ".json" or not file.is_file():
        return False
    from sims.genomes.versions import FORMAT

    with file.open("rb") as content:
        return FORMAT.encode() in content.read(200)


def _walk(path: Path, voice: Voice) -> Walk:
    """Returns the walk that is written, and says which it is."""
    from sims.export.walk import walk_of  # brings the physics
    from sims.genomes.record import read_genome

    walk = walk_of(read_genome(path), str(path))
    said = f"{walk.verdict.words}: {walk.verdict.why}"
    if not walk.is_the_files:
        # A warning that nobody can switch off: what is written is not what the file tells of.
        complain(f"warning: {said}; this is the walk that it makes here, not the one in the file")
    elif walk.is_recording:
        voice.chatter(f"{said}; this is the recording")
    else:
        voice.chatter(said)
    return walk


def _write(walk: Walk, files: Sequence[Path], genome: str, voice: Voice) -> None:
    """Makes all files before it writes the first: what cannot be made leaves nothing behind."""
    from sims.files import write_bytes

    if not walk.trajectory.muscle_force.shape[1]:
        voice.chatter("the pull of muscles was not kept in this recording: it is left out")
    made = [_made(walk, file.suffix.lower()) for file in files]
    for file, one in zip(files, made, strict=True):
        write_bytes(file, one.content)
        voice.result(str(file) if voice.quiet else f"wrote {file}{_size(one)}")
    voice.document(
        {
            "genome": genome,
            "species": walk.genome.species.name,
            "verdict": walk.verdict.result,
            "why": walk.verdict.why,
            "recording": walk.is_recording,
            "rows": len(walk.trajectory),
            "files": [_document(file, one) for file, one in zip(files, made, strict=True)],
        }
    )


def _made(walk: Walk, suffix: str) -> Content:
    from sims.export.files import Content, content

    return content(walk, suffix) if suffix in KINDS else Content(_picture(walk, suffix), 0, ())


def _picture(walk: Walk, suffix: str) -> bytes:
    """Returns the picture of a stride; it is drawn aside, so that half of one is never seen."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / f"stride{suffix}"
        picture.draw(walk.genome, walk.trajectory, file)
        return file.read_bytes()


def _size(one: Content) -> str:
    return f": {one.rows:,} rows, {len(one.columns):,} columns" if one.columns else ""


def _document(file: Path, one: Content) -> dict[str, Any]:
    kind = file.suffix.lower()[1:]
    return {"file": str(file), "kind": kind, "rows": one.rows, "columns": list(one.columns)}


def _list(walk: Walk, voice: Voice) -> None:
    from sims.export.table import columns

    listed = [{"name": one.name, "unit": one.unit, "words": one.words} for one in columns(walk)]
    voice.show(_columns(listed))
    voice.document(
        {"verdict": walk.verdict.result, "rows": len(walk.trajectory), "columns": listed}
    )


def _columns(listed: Sequence[dict[str, str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("column", "unit", "what it is"):
        table.add_column(head, no_wrap=head != "what it is")
    for one in listed:
        table.add_row(*(Text(one[key]) for key in ("name", "unit", "words")))
    return table
