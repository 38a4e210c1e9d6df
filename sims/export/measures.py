"""The measures, the score and what is told of a walk, each number with its name and unit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from creatures.skeleton import Limb, Skeleton
from sims.export.walk import Walk
from sims.files import as_plain
from sims.physics.quantities import column, limb_column

FORMAT = "gaitosaur-measures"
VERSION = 1

UNITS: Mapping[str, str] = {
    "_m_s": "m/s",
    "_rad": "rad",
    "_bw": "body weights",
    "_hz": "Hz",
    "_nm": "N m",
    "_j": "J",
    "_m": "m",
    "_n": "N",
    "_s": "s",
}
"""By the end of a measure's name; longer ends first, since one may end in another."""
NAMED_UNITS: Mapping[str, str] = {
    "limit_torque": "body weight x hip height",
    "cost_of_transport": "J/(kg m)",
}
"""Of measures whose name does not say it."""

Row = dict[str, Any]


def unit_of(name: str) -> str:
    """Returns the unit of a measure; ``1`` for a pure number."""
    if name in NAMED_UNITS:
        return NAMED_UNITS[name]
    return next((unit for end, unit in UNITS.items() if name.endswith(end)), "1")


def measures(walk: Walk) -> list[Row]:
    """Returns every measure as its name, value and unit; those of a joint or foot begin with its name."""
    found = walk.genome.measures
    plain = {name: value for name, value in found.items() if name not in ("joints", "gait")}
    plain |= dict(_joints(found["joints"]))
    plain |= dict(_gait(found["gait"], walk.skeleton))
    rows = [{"name": n, "value": value, "unit": unit_of(n)} for n, value in plain.items()]
    cleaned: list[Row] = as_plain(rows)
    return cleaned


def document(walk: Walk) -> dict[str, Any]:
    """Returns all of it as plain JSON values."""
    genome = walk.genome
    told: dict[str, Any] = as_plain(
        {
            "format": FORMAT,
            "version": VERSION,
            **walk.facts(),
            "robust": None if genome.gate is None else genome.gate.robust,
            "objective": genome.objective.name,
            "terms_version": genome.terms_version,
            "score": genome.score,
            "terms": _terms(walk),
            "measures": measures(walk),
            "foot_falls": list(_foot_falls(genome.measures["gait"], walk.skeleton)),
        }
    )
    return told


def as_json(walk: Walk) -> bytes:
    """Returns all of it as a JSON file."""
    return (
        json.dumps(document(walk), indent=1, allow_nan=False, ensure_ascii=False).encode() + b"\n"
    )


def _joints(joints: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, float]]:
    for name, load in joints.items():
        for key, value in load.items():
            yield f"{column(name)}_{key}", value


def _gait(gait: Mapping[str, Any], skeleton: Skeleton) -> Iterator[tuple[str, float]]:
    yield "stride_time_s", gait["stride_time_s"]
    yield "strides", gait["strides"]
    for limb, share in zip(skeleton.limbs, gait["duty_factors"], strict=False):
        yield f"duty_factor_{limb_column(skeleton, limb)}", share


def _terms(walk: Walk) -> list[Row]:
    """Each term of the score: its value, what it weighs, and how many points that made."""
    weights = walk.genome.objective.weights
    return [
        {"name": name, "value": value, "unit": "1", "weight": weight, "points": weight * value}
        for name, value in walk.genome.terms.items()
        for weight in [weights.get(name, 0.0)]
    ]


def _foot_falls(gait: Mapping[str, Any], skeleton: Skeleton) -> Iterator[Row]:
    """When each foot was down."""
    feet: Iterator[tuple[Limb, Any]] = zip(skeleton.limbs, gait["foot_falls"], strict=False)
    for limb, spans in feet:
        for down, up in spans:
            yield {"foot": limb_column(skeleton, limb), "from_s": down, "to_s": up}
