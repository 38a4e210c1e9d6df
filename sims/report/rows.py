"""The tidy table, one row a run, and the JSON document with the numbers of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from sims.files import as_plain
from sims.report.material import STATES, Material, Result, Run, Setting
from sims.report.statistics import Paired, interval
from sims.report.words import MEASURES, middle, quartiles

FORMAT = "gaitosaur-report"
VERSION = 1

Row: TypeAlias = dict[str, str | int | float | bool | None]


def rows(material: Material) -> list[Row]:
    """Returns the table: factors, seed and state of every run, and what its champion came to."""
    return [_row(run) for run in material.runs]


def document(material: Material, compared: Sequence[Paired]) -> dict[str, Any]:
    """Returns the numbers of a report as plain JSON values."""
    found: dict[str, Any] = as_plain(
        {
            "format": FORMAT,
            "version": VERSION,
            "folder": str(material.folder),
            "title": material.title,
            "question": material.question,
            "base": dict(material.base),
            "grid": {name: list(values) for name, values in material.grid.items()},
            "states": {state: material.count(state) for state in STATES},
            "settings": [_setting(setting) for setting in material.settings],
            "comparisons": [_paired(each) for each in compared],
            "runs": rows(material),
        }
    )
    return found


def _row(run: Run) -> Row:
    row: Row = {"run": run.name, "species": run.species, **run.factors, "seed": run.seed}
    row |= {"state": run.state, "reason": run.reason or None}
    row["guesses_made"] = None if run.curve is None else run.curve.guesses
    return row if run.result is None else row | dict(_told(run.result))


def _told(result: Result) -> Iterator[tuple[str, str | int | float | bool | None]]:
    yield "animal", result.animal
    yield "ended", result.ended
    yield "walked", result.walked
    yield "generation", result.generation
    yield "guess", result.guess
    yield "score", result.score
    yield "robust", result.robust
    for name, value in result.measures.items():
        if not isinstance(value, dict):
            yield name, value
    for name, value in result.terms.items():
        yield f"term_{name}", value
    for name, value in result.points.items():
        yield f"points_{name}", value


def _setting(setting: Setting) -> dict[str, Any]:
    return {
        "label": setting.label,
        "species": setting.species,
        "factors": dict(setting.factors),
        "seeds": [run.seed for run in setting.done],
        "walked": sum(run.result.walked for run in setting.done if run.result is not None),
        "measures": {one.name: _summed(setting.values(one.name)) for one in MEASURES},
        "commands": [run.command for run in setting.runs],
    }


def _summed(values: Sequence[float]) -> dict[str, Any]:
    found = interval(values)
    low, high = quartiles(values)
    return {
        "seeds": len(values),
        "median": middle(values),
        "quartiles": [low, high],
        "mean": float(np.mean(values)) if values else None,
        "interval_of_the_mean": None if found is None else [found.low, found.high],
    }


def _paired(each: Paired) -> dict[str, Any]:
    return {
        "one": each.one.label,
        "other": each.other.label,
        "measure": each.measure,
        "pairs": each.pairs,
        "median_difference": each.median,
        "rank_biserial": each.effect,
        "chance": each.chance,
        "chance_holm": each.corrected,
        "claim": each.is_sure,
    }
