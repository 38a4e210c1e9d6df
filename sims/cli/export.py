"""``gaitosaur export``: a saved walk in files that other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creatures.faults import Fault
from sims import typed
from sims.cli import picture
from sims.cli.options import PICTURES, AsJson, Quiet, SavedGenome, genome_path, unwritable
from sims.cli.tables import table
from sims.cli.verdicts import tell_verdict
from sims.cli.voice import Voice
from sims.export import KINDS

if TYPE_CHECKING:
    from rich.table import Table

    from sims.export.files import Content
    from sims.export.walk import Walk

EXAMPLE = (
    "Example:  gaitosaur export runs/20261122-velociraptor-s1 -o walk.csv -o walk.mot -o walk.sto"
)

SUFFIXES = (*KINDS, *PICTURES)
PARQUET = "needs pyarrow, which is not installed; install it with:  pip install pyarrow"


def command(
    genome: SavedGenome,
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
    if problem := unwritable(file, "a file", SUFFIXES):
        return problem
    if file.resolve() == genome.resolve() or _is_genome(file):
        return "is a genome file, which would be lost; give another name"
    if file.suffix.lower() == ".parquet":
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
    verdict = walk.verdict
    tell_verdict(str(path), verdict, walk.is_recording, voice)
    if verdict.result == "EXACT":
        voice.chatter(f"{verdict.words}: {verdict.why}")
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
    from rich.text import Text

    made = table(dict.fromkeys(("column", "unit", "what it is"), "left"))
    for column in made.columns[:2]:
        column.no_wrap = True
    for one in listed:
        made.add_row(*(Text(one[key]) for key in ("name", "unit", "words")))
    return made
