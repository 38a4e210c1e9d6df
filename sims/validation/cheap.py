"""Checks of cheap gaits: how they step, what they cost, and what a tail saves."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from sims.report.statistics import log_slope
from sims.report.words import counted, middle, number
from sims.validation.evidence import Evidence, Walk
from sims.validation.recipes import REX
from sims.validation.verdicts import Fell, Line, NotTried, Published, exactly, line, told

TAYLOR = (10.7, -0.316)
"""Net cost of transport, J/kg/m, is 10.7 M^-0.316 with M in kg: Taylor, Heglund & Maloiy 1982."""
LEAST_SEEDS = 3
"""Of each, before falls are counted."""
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
    return middle([of(walk) for walk in evidence.some(recipe)])


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


def cost(evidence: Evidence) -> tuple[Line, ...]:
    """What it costs to carry a kilogram a metre, small and large."""
    return (
        line("power of mass with which it falls", exactly(0.32), "", 2, lambda: -_slope(evidence)),
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
    evidence.some("fuel")
    walks = costs(evidence)
    if len({walk.species for walk in walks}) < LEAST_SPECIES:
        raise NotTried(f"fewer than {LEAST_SPECIES} species stayed up")
    return log_slope([walk.mass_kg for walk in walks], [_cost(walk) for walk in walks])


def _ratio(evidence: Evidence) -> float:
    evidence.some("fuel")
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
    """Falling in more seeds counts like a higher cost, if the seeds are enough to tell that from chance at all."""
    what = "cost of transport, off / on"
    try:
        on, off = evidence.all("fuel", REX), evidence.all("tail-off", REX)
    except NotTried as why:
        return Line(what, "not tried", _MORE.words, "not tried", why_not=str(why))
    more = _falls(off) - _falls(on)
    if more > 0.0 and min(len(on), len(off)) >= LEAST_SEEDS:
        return Line(what, "falls in more seeds", _MORE.words, "agrees", more)
    return line(what, _MORE, "", 2, lambda: _ratio_of_costs(evidence))


def _falls(walks: Sequence[Walk]) -> float:
    return sum(not walk.stayed_up for walk in walks) / len(walks)


def _ratio_of_costs(evidence: Evidence) -> float:
    on = evidence.best("fuel", REX)
    try:
        return _cost(evidence.best("tail-off", REX)) / _cost(on)
    except Fell:
        few = f"it fell without its tail, which fewer than {LEAST_SEEDS} seeds cannot tell from chance"
        raise NotTried(few) from None


def _stayed(walks: Sequence[Walk]) -> str:
    return f"{sum(walk.stayed_up for walk in walks)} of {counted(len(walks), 'seed')}"
