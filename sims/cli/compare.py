"""``gaitosaur compare``: two genome files held against each other, from their worlds down to their genes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sims.cli.options import PICTURES, AsJson, Picture, Quiet, genome_path, writable
from sims.cli.tables import table
from sims.cli.verdicts import tell_verdict
from sims.cli.voice import Voice

if TYPE_CHECKING:
    from rich.table import Table

    from sims.study.comparison import Comparison

EXAMPLE = "Example:  gaitosaur compare runs/ONE/best.json runs/OTHER/best.json -o compared.png"

LARGEST = 12
"""Changes of genes that are shown unless all are asked for."""


def command(
    a: Annotated[str, typer.Argument(metavar="A", help="A genome file, or a run's folder.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    every: Annotated[
        bool, typer.Option("--all", help="List every gene, not only the largest changes.")
    ] = False,
    out: Picture = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare two saved walks: their worlds, scores, measures, joints and genes."""
    if out is not None:
        writable(out, "a picture", PICTURES)
    from sims.genomes.record import read_genome  # brings the physics
    from sims.study.compare import compare
    from sims.study.said import compared_sentences

    voice = Voice(as_json, quiet)
    paths = genome_path(a), genome_path(b)
    found = compare(*(read_genome(path) for path in paths))
    for path, side in zip(paths, (found.a, found.b), strict=True):
        tell_verdict(str(path), side.verdict, side.is_recording, voice)
    said = compared_sentences(found)
    if out is not None:
        _draw(found, said, out)
    voice.result(*_heads(found, paths), "")
    voice.show(*_tables(found, every))
    voice.result(*said, *([] if out is None else [f"drew {out}"]))
    files = dict(zip(("genome_a", "genome_b"), map(str, paths), strict=True))
    picture = None if out is None else str(out)
    voice.document(files | found.document() | {"said": said, "picture": picture})


command.__name__ = "compare"


def _draw(found: Comparison, said: list[str], path: Path) -> None:
    from sims.picture.compared import compared_picture  # brings matplotlib

    compared_picture(found, said, path)


def _heads(found: Comparison, paths: tuple[Path, Path]) -> Iterator[str]:
    for letter, side, path in zip("AB", (found.a, found.b), paths, strict=True):
        yield f"{letter}: {side.name}, {path}"


def _tables(found: Comparison, every: bool) -> Iterator[Table | str]:
    """Yields the sections, an empty line after each."""
    for section in (
        _settings(found),
        _terms(found),
        _measures(found),
        _joints(found),
        _genes(found, every),
    ):
        if section.row_count:
            yield section
            yield ""


def _settings(found: Comparison) -> Table:
    made = table({"": "left", "A": "left", "B": "left"}, "What was decided, where it differs")
    for one in found.settings:
        made.add_row(one.name, one.a, one.b)
    return made


def _terms(found: Comparison) -> Table:
    columns = ("A", "B", "A weighed", "B weighed", "difference")
    made = table({"": "left"} | dict.fromkeys(columns, "right"), "The score, term by term")
    for one in found.terms:
        weighed = one.weighed_a, one.weighed_b
        change = _change(weighed[1] - weighed[0]) if found.scores_compare else "-"
        made.add_row(one.name, *map(_number, (one.a, one.b, *weighed)), change)
    a, b = found.a.genome.score, found.b.genome.score
    change = _change(b - a) if found.scores_compare else "-"
    made.add_row("score", "", "", _number(a), _number(b), change)
    return made


def _measures(found: Comparison) -> Table:
    columns = {"": "left", "A": "right", "B": "right", "difference": "right", "unit": "left"}
    made = table(columns, "What they do")
    for one in found.measures:
        made.add_row(one.words, _number(one.a), _number(one.b), _change(one.change), one.unit)
    return made


def _joints(found: Comparison) -> Table:
    columns = ("A load", "B load", "A peak", "B peak", "A range deg", "B range deg")
    title = "Joints: RMS and peak load in body weights, range of motion"
    made = table({"": "left"} | dict.fromkeys(columns, "right"), title)
    for one in found.joints:
        loads = (one.rms_a, one.rms_b, one.peak_a, one.peak_b)
        ranges = (f"{value:.0f}" for value in (one.range_a, one.range_b))
        made.add_row(one.words, *map(_number, loads), *ranges)
    return made


def _genes(found: Comparison, every: bool) -> Table:
    columns = {"": "left", "A": "right", "B": "right", "unit": "left", "gene": "right"}
    made = table(columns, _gene_title(found))
    changed = [gene for gene in found.genes if gene.change != 0.0]
    for one in found.genes if every else changed[:LARGEST]:
        made.add_row(one.words, _number(one.a), _number(one.b), one.unit, _change(one.change))
    left = len(changed) - LARGEST
    if left > 0 and not every:
        made.add_row(f"and {left} smaller changes: --all lists them")
    return made


def _gene_title(found: Comparison) -> str:
    same = f"{found.same_genes} of {len(found.genes)} are the same"
    return f"Genes, largest change first, in units of the gene; {same}"


def _number(value: float | None) -> str:
    return _written(value)


def _change(value: float | None) -> str:
    return _written(value, "+")


def _written(value: float | None, sign: str = "") -> str:
    """Returns a number, or a dash where there is none."""
    from sims.study.said import figure

    return "-" if value is None or not math.isfinite(value) else figure(value, 2, sign)
