"""Verdicts, and the one rule by which a number gets its verdict."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sims.report.words import number

Verdict: TypeAlias = Literal["agrees", "near", "misses", "not tried"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "near", "misses", "not tried")
GIVE = 1.1
"""Published numbers are round, and most are read off figures: a tenth more or less is the same."""
NEAR = 1.5
"""A factor; it is never stretched."""
RULE = (
    "A number agrees if it lies in the published range, whose ends (or the one number) are taken give or take 10 %; "
    "it is near within a factor of 1.5 of that range, and misses beyond. A champion that did not stay up to the end "
    "misses. A check is no better than the worst of its lines; it is not tried as long as runs that it needs are not "
    "finished, or if a line could not be tried and none misses. Lines that are only told do not count."
)


class NotTried(Exception):
    """What is needed was not run; the words say what."""


class Fell(Exception):
    """It was run, and came to nothing that could be measured; the words say why."""


@dataclass(frozen=True, slots=True)
class Published:
    """A number, or the ends of a range, as others have it."""

    low: float
    high: float
    words: str = ""
    """How it is written, if not as its two ends."""
    give: float = GIVE
    """Factor by which the ends give way."""

    def verdict(self, value: float) -> Verdict:
        """Returns what is to be said of a number of ours."""
        if not math.isfinite(value):
            return "misses"
        if self.low / self.give <= value <= self.high * self.give:
            return "agrees"
        return "near" if self.low / NEAR <= value <= self.high * NEAR else "misses"

    def written(self, digits: int) -> str:
        """Returns it as people write it."""
        if self.words:
            return self.words
        low, high = number(self.low, digits), number(self.high, digits)
        return low if low == high else f"{low} to {high}"


def exactly(value: float) -> Published:
    """Returns what is published as one number."""
    return Published(value, value)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a check states."""

    what: str
    ours: str
    published: str = ""
    verdict: Verdict | None = None
    """None for what is only told."""
    value: float | None = None
    """What the verdict is about; None where there is no number."""
    why_not: str = ""
    """Why it could not be tried."""


def line(
    what: str,
    published: Published,
    unit: str,
    digits: int,
    of: Callable[[], float],
    extra: str = "",
) -> Line:
    """Measures something, and holds it against what is published.

    Args:
        what: is measured.
        published: by others.
        unit: of both; empty for a pure number.
        digits: after the point.
        of: works it out, or says that it cannot.
        extra: is said after our number.
    """
    theirs = f"{published.written(digits)} {unit}".strip()
    try:
        value = of()
    except NotTried as why:
        return Line(what, "not tried", theirs, "not tried", why_not=str(why))
    except Fell as why:
        return Line(what, str(why), theirs, "misses")
    ours = f"{number(value, digits)} {unit}{extra}".strip()
    kept = value if math.isfinite(value) else None
    return Line(what, ours, theirs, published.verdict(value), kept)


def told(what: str, of: Callable[[], str]) -> Line:
    """Tells something that gets no verdict."""
    try:
        return Line(what, of())
    except NotTried as why:
        return Line(what, "not tried", why_not=str(why))
    except Fell as why:
        return Line(what, str(why))


def worst(lines: Sequence[Line]) -> Verdict:
    """Returns the verdict of a check: that of the worst of its lines."""
    found = [one.verdict for one in lines]
    order: tuple[Verdict, ...] = ("misses", "not tried", "near", "agrees")
    return next((verdict for verdict in order if verdict in found), "not tried")
