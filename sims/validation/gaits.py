"""Checks of how gait changes with speed: how long feet are down, and how hard the ground is struck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from sims.report.statistics import rank_correlation
from sims.report.words import counted, middle, number
from sims.validation.evidence import Evidence, Moment, Walk
from sims.validation.verdicts import Fell, Line, NotTried, Published, exactly, line, told

WALK_DUTY = 0.5
"""A foot that is down for longer than half the time walks."""
STEP = 1.35
"""How wide a piece of the curve is: a factor of Froude number."""
LEAST_IN_STEP = 3
LEAST_STEPS = 4


def curve(moments: Sequence[Moment]) -> list[tuple[float, float]]:
    """Returns the duty factor against Froude number, as medians of pieces of one width.

    Args:
        moments: of all runs.

    Returns:
        (median Froude number, median duty factor), slow to fast; pieces with too little in them are left out.
    """
    pieces: dict[int, list[Moment]] = {}
    for moment in moments:
        if moment.froude > 0.0:
            pieces.setdefault(math.floor(math.log(moment.froude, STEP)), []).append(moment)
    return [
        (middle([m.froude for m in piece]), middle([m.duty_factor for m in piece]))
        for _, piece in sorted(pieces.items())
        if len(piece) >= LEAST_IN_STEP
    ]


def duty(evidence: Evidence) -> tuple[Line, ...]:
    """How long feet are down, from slow to fast."""
    found = evidence.moments
    return (
        line("falls steadily: 1 yes, −1 it rises", exactly(1.0), "", 2, lambda: -_rank(found)),
        line("0.5 at Froude number", Published(0.5, 1.0), "", 2, lambda: _crossing(_curve(found))),
        told("what it rests on", lambda: counted(len(found), "walk")),
        told("curve, Froude number: duty factor", lambda: _said(_curve(found))),
    )


def _curve(moments: Sequence[Moment]) -> list[tuple[float, float]]:
    found = curve(moments)
    if len(found) < LEAST_STEPS:
        raise NotTried("too few walks that stayed up, at too few speeds")
    return found


def _rank(moments: Sequence[Moment]) -> float:
    found = _curve(moments)
    return rank_correlation([at for at, _ in found], [duty for _, duty in found])


def _crossing(found: Sequence[tuple[float, float]]) -> float:
    """Returns the Froude number at which a curve first falls to half."""
    for (slow, long), (fast, short) in pairwise(found):
        if long >= WALK_DUTY > short:
            share = (long - WALK_DUTY) / (long - short)
            return float(np.exp(np.log(slow) + share * np.log(fast / slow)))
    raise Fell("never passes 0.5")


def _said(found: Sequence[tuple[float, float]]) -> str:
    return ", ".join(f"{number(at, 2)}: {number(duty, 2)}" for at, duty in found)


def ground(evidence: Evidence) -> tuple[Line, ...]:
    """How hard the ground is struck."""
    return (
        line(
            "cheapest walks, median", Published(1.0, 1.4), "BW", 2, partial(_walk_force, evidence)
        ),
        line(
            "sprints that run, largest",
            Published(0.0, 2.5, "up to 2.5"),
            "BW",
            2,
            partial(_run_force, evidence),
        ),
    )


def _walk_force(evidence: Evidence) -> float:
    walks = [w for w in evidence.some("fuel") if w.measures["duty_factor"] >= WALK_DUTY]
    if not walks:
        raise Fell("none of the cheapest gaits is a walk")
    return middle([_force(walk) for walk in walks])


def _run_force(evidence: Evidence) -> float:
    runs = [w for w in evidence.some("sprint") if w.measures["duty_factor"] < WALK_DUTY]
    if not runs:
        raise Fell("none of the sprints is a run")
    return max(_force(walk) for walk in runs)


def _force(walk: Walk) -> float:
    return float(walk.measures["peak_ground_force_bw"])
