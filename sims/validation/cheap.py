"""Checks of cheap gaits: how they step, what they cost, and how gait changes with speed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from sims.report.statistics import log_slope, rank_correlation
from sims.report.words import counted, middle, number
from sims.validation.evidence import Evidence, Moment, Walk
from sims.validation.recipes import REX
from sims.validation.verdicts import Fell, Line, NotTried, Published, exactly, line, told

TAYLOR = (10.7, -0.316)
"""Net cost of transport, J/kg/m, is 10.7 M^-0.316 with M in kg: Taylor, Heglund & Maloiy 1982."""
WALK_DUTY = 0.5
"""A foot that is down for longer than half the time walks."""
STEP = 1.35
"""How wide a piece of the curve is: a factor of Froude number."""
LEAST_IN_STEP = 3
LEAST_STEPS = 4
LEAST_SPECIES = 3
"""For a slope over masses."""


def strides(evidence: Evidence) -> tuple[Line, ...]:
    """How long the stride of the cheapest walk is."""
    walks = evidence.bests("fuel")
    each = [told(w.species, partial(_written, _relative(w), 2)) for w in walks]
    of = partial(_middle, evidence, "fuel", _relative)
    return (line("median over species", exactly(1.3), "hip heights", 2, of), *each)


def _relative(walk: Walk) -> float:
    return float(walk.measures["stride_length_m"]) / walk.hip_m


def _written(value: float, digits: int) -> str:
    return number(value, digits)


def _middle(evidence: Evidence, recipe: str, of: Callable[[Walk], float]) -> float:
    return middle([of(walk) for walk in _some(evidence, recipe)])


def _some(evidence: Evidence, recipe: str) -> Sequence[Walk]:
    """Returns the best walk of each species.

    Raises:
        NotTried: there are no runs.
        Fell: there are, and none stayed up.
    """
    if not any(walk.recipe == recipe for walk in evidence.walks):
        raise NotTried(f"no finished run in {recipe}")
    if not (found := evidence.bests(recipe)):
        raise Fell("no champion stayed up")
    return found


def rex_walk(evidence: Evidence) -> tuple[Line, ...]:
    """How a tyrannosaur with a sprung tail likes to walk."""
    best = partial(evidence.best, "fuel", REX)
    return (
        line("speed", Published(0.80, 1.64), "m/s", 2, lambda: best().speed),
        line("steps", Published(0.41, 0.84), "a second", 2, lambda: _steps(best())),
        told("Froude number", lambda: number(best().measures["froude"], 2)),
    )


def _steps(walk: Walk) -> float:
    """Returns steps a second: two in a stride."""
    return 2.0 * float(walk.measures["stride_frequency_hz"])


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
        line("rank correlation, negative", exactly(1.0), "", 2, lambda: -_rank(found)),
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
    walks = [w for w in _some(evidence, "fuel") if w.measures["duty_factor"] >= WALK_DUTY]
    if not walks:
        raise Fell("none of the cheapest gaits is a walk")
    return middle([_force(walk) for walk in walks])


def _run_force(evidence: Evidence) -> float:
    runs = [w for w in _some(evidence, "sprint") if w.measures["duty_factor"] < WALK_DUTY]
    if not runs:
        raise Fell("none of the sprints is a run")
    return max(_force(walk) for walk in runs)


def _force(walk: Walk) -> float:
    return float(walk.measures["peak_ground_force_bw"])


def cost(evidence: Evidence) -> tuple[Line, ...]:
    """What it costs to carry a kilogram a metre, small and large."""
    return (
        line("slope, negative", exactly(0.32), "", 2, lambda: -_slope(evidence)),
        line(
            "ours / Taylor, median",
            Published(0.8, 1.25, "1, most within 25 %"),
            "",
            1,
            partial(_ratio, evidence),
        ),
        *(told(f"{w.species}, J/(kg m)", partial(_compared, w)) for w in costs(evidence)),
    )


def costs(evidence: Evidence) -> tuple[Walk, ...]:
    """Returns the cheapest walks of all species, two-legged and four-legged."""
    return evidence.bests("fuel") + evidence.bests("four-legged")


def taylor(mass_kg: float) -> float:
    """Returns the net cost of transport that Taylor and others measured at a mass, J/kg/m."""
    factor, power = TAYLOR
    return float(factor * mass_kg**power)


def _slope(evidence: Evidence) -> float:
    _some(evidence, "fuel")
    walks = costs(evidence)
    if len({walk.species for walk in walks}) < LEAST_SPECIES:
        raise NotTried(f"fewer than {LEAST_SPECIES} species stayed up")
    return log_slope([walk.mass_kg for walk in walks], [_cost(walk) for walk in walks])


def _ratio(evidence: Evidence) -> float:
    _some(evidence, "fuel")
    return middle([_cost(walk) / taylor(walk.mass_kg) for walk in costs(evidence)])


def _cost(walk: Walk) -> float:
    return float(walk.measures["cost_of_transport"])


def _compared(walk: Walk) -> str:
    return f"{number(_cost(walk), 1)}, Taylor {number(taylor(walk.mass_kg), 1)}"


def tail(evidence: Evidence) -> tuple[Line, ...]:
    """What becomes of a tyrannosaur without its tail."""
    return (
        line("centre of mass, off / on", _MORE, "", 2, partial(_forward, evidence)),
        _dearer(evidence),
        told("stayed up with it", lambda: _stayed(evidence.all("fuel", REX))),
        told("stayed up without", lambda: _stayed(evidence.all("tail-off", REX))),
    )


_MORE = Published(1.0, math.inf, "more than 1", 1.0)


def _forward(evidence: Evidence) -> float:
    on, off = (evidence.all(recipe, REX)[0].com_ahead_m for recipe in ("fuel", "tail-off"))
    return off / on


def _dearer(evidence: Evidence) -> Line:
    """Falling in more seeds counts like a higher cost: who falls has none that could be compared."""
    what = "cost of transport, off / on"
    try:
        more = _falls(evidence.all("tail-off", REX)) - _falls(evidence.all("fuel", REX))
    except NotTried:
        more = 0.0
    if more > 0.0:
        return Line(what, "falls in more seeds", _MORE.words, "agrees", more)
    return line(what, _MORE, "", 2, lambda: _ratio_of_costs(evidence))


def _falls(walks: Sequence[Walk]) -> float:
    return sum(not walk.stayed_up for walk in walks) / len(walks)


def _ratio_of_costs(evidence: Evidence) -> float:
    return _cost(evidence.best("tail-off", REX)) / _cost(evidence.best("fuel", REX))


def _stayed(walks: Sequence[Walk]) -> str:
    return f"{sum(walk.stayed_up for walk in walks)} of {counted(len(walks), 'seed')}"
