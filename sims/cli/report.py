"""``gaitosaur report``: what a run or a study found, in one HTML file, with the animals walking in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sims.cli.export import PARQUET
from sims.cli.options import AsJson, Quiet, writable
from sims.cli.voice import Voice

if TYPE_CHECKING:
    from sims.report.material import Material

EXAMPLE = "Example:  gaitosaur report runs/20261122-velociraptor-s1 -o velociraptor.html"
NAME = "report.html"
"""Of the file, if none is named: in the folder that it is about."""


def command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of a run, or of a study.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="What to write, .html.  \\[default: DIR/report.html]",
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="The table instead, one row a run, as text."),
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FILE", help="The same table, typed.")
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell what a run or a study found: one page with figures, numbers and the animals walking."""
    files = _files(out, csv, parquet)
    from sims.report.gather import gather  # brings the physics

    material = gather(folder)
    if not files:
        files = {"page": folder / NAME}
        _refuse("page", files["page"])
    voice = Voice(as_json, quiet)
    for kind, file in files.items():
        _write(kind, file, material, voice)
    if as_json:
        _document(material, files, voice)


command.__name__ = "report"


def _files(out: Path | None, csv: Path | None, parquet: Path | None) -> dict[str, Path]:
    """Returns the files that were asked for, by their kind, each checked before any work is done."""
    asked = {"page": out, "csv": csv, "parquet": parquet}
    files = {kind: path for kind, path in asked.items() if path is not None}
    for kind, path in files.items():
        _refuse(kind, path)
    return files


def _refuse(kind: str, path: Path) -> None:
    ends = {"page": (".html", ".htm"), "csv": (".csv",), "parquet": (".parquet",)}
    writable(path, "a report" if kind == "page" else "this table", ends[kind])
    if kind == "parquet":
        from creatures.faults import bad
        from sims.export.table import has_parquet

        if not has_parquet():
            raise bad(str(path), PARQUET)


def _write(kind: str, file: Path, material: Material, voice: Voice) -> None:
    from sims.files import write_bytes

    content = _content(kind, material)
    write_bytes(file, content)
    size = f"{len(content) / 1e6:.1f} MB" if kind == "page" else f"{len(material.runs):,} rows"
    voice.result(str(file) if voice.quiet else f"wrote {file}: {size}")


def _content(kind: str, material: Material) -> bytes:
    if kind == "page":
        from sims.report.page import page
        from sims.report.statistics import comparisons

        return page(material, comparisons(material)).encode()
    from sims.export.rows import as_csv, as_parquet
    from sims.report.rows import rows

    made = rows(material)
    return as_csv(made) if kind == "csv" else as_parquet(made)


def _document(material: Material, files: dict[str, Path], voice: Voice) -> None:
    from sims.report.rows import document
    from sims.report.statistics import comparisons

    written = [str(file) for file in files.values()]
    voice.document(document(material, comparisons(material)) | {"files": written})
