"""The table of checks: what is published, by whom, which runs it takes, and how our number is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sims.report.words import listed
from sims.validation import cheap, fast, gaits
from sims.validation.verdicts import Line, Verdict, worst

if TYPE_CHECKING:
    from sims.validation.evidence import Evidence

_SELLERS = "Sellers & Manning 2007, Proc R Soc B 274:2711, speeds as the press reported them"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is held against what others found."""

    name: str
    words: str
    """What is looked at."""
    published: str
    source: str
    recipes: tuple[str, ...]
    """The runs it needs, by the names of `sims.validation.recipes`."""
    judge: Callable[[Evidence], Sequence[Line]]
    """A pure function: from what the runs came to, to what is stated."""
    note: str = ""
    """What whoever reads the verdict must know."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A check that was made."""

    check: Check
    lines: tuple[Line, ...]
    unfinished: int = 0
    """How many of its runs have no champion yet."""
    not_begun: tuple[str, ...] = ()
    """The recipes of which there is not even a study."""

    @property
    def verdict(self) -> Verdict:
        """Returns that of the worst line."""
        return "not tried" if self.unfinished or self.not_begun else worst(self.lines)

    @property
    def tried(self) -> tuple[Line, ...]:
        """Returns the lines that say something of ours."""
        return tuple(line for line in self.lines if not line.why_not)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Returns why the others could not be tried, each reason once."""
        waits = [f"{self.unfinished} of its runs not finished"] if self.unfinished else []
        waits += [f"its runs of {listed(self.not_begun)} not begun"] if self.not_begun else []
        return tuple(dict.fromkeys([*waits, *(one.why_not for one in self.lines if one.why_not)]))


CHECKS: tuple[Check, ...] = (
    Check(
        "order",
        "the order of top speeds",
        "Velociraptor ≥ Dilophosaurus ≥ Allosaurus ≥ T. rex (10.8, 10.5, 9.4, 8.0 m/s)",
        _SELLERS,
        ("sprint",),
        fast.order,
        "A change of two neighbours leaves 0.8. The speeds themselves are only told: models of one animal differ two- "
        "to threefold.",
    ),
    Check(
        "rex-speed",
        "top speed of T. rex without and with breakable bones",
        "7.6 to 8.0 m/s without, about 5.4 m/s with",
        "Sellers & Manning 2007; Sellers et al. 2017, PeerJ 5:e3420, as reported",
        ("sprint", "bones"),
        fast.rex_speed,
        "The published limit was not read; ours is an estimate.",
    ),
    Check(
        "living-speed",
        "top speeds of ostrich, emu and human",
        "15.4, 13.3 and 7.9 m/s",
        _SELLERS,
        ("living",),
        fast.living,
    ),
    Check(
        "stride",
        "relative stride length of the cheapest walk",
        "about 1.3 hip heights",
        'mean of 267 trackways, from "Preferred gaits of bipedal dinosaurs" (abstract read)',
        ("fuel",),
        cheap.strides,
        "On tracks the hip height is estimated from the foot; here it is that of the standing animal.",
    ),
    Check(
        "rex-walk",
        "preferred walk of T. rex, its tail a spring",
        "0.80 to 1.64 m/s at 0.41 to 0.84 steps a second",
        "van Bijlert et al. 2021, R Soc Open Sci 8:201441 (abstract read)",
        ("fuel",),
        cheap.rex_walk,
        "The size of the tank in the objective fuel has a say in the speed of whoever does not empty it.",
    ),
    Check(
        "duty",
        "duty factor against Froude number",
        "falls continuously, 0.5 near Froude number 0.5 to 1",
        "birds: Bishop et al. 2018, PLoS ONE 13:e0192172 (abstract read); 0.5 to 1: textbook values, as remembered",
        ("walk", "sprint", "fuel"),
        gaits.duty,
        "Bests of generations of all runs that stayed up, at most 60 of each; medians of pieces of a factor of 1.35.",
    ),
    Check(
        "ground",
        "peak force of the ground",
        "a walk 1.0 to 1.4, a run up to 2.5 body weights",
        "SCONE's objective for gait; Hutchinson & Garcia 2002, Nature 415:1018",
        ("fuel", "sprint"),
        gaits.ground,
    ),
    Check(
        "cost",
        "net cost of transport against mass",
        "10.7 M^-0.316 J/(kg m)",
        "Taylor, Heglund & Maloiy 1982 (abstract read)",
        ("fuel", "four-legged"),
        cheap.cost,
        "Measured up to a mass that was not read; above a tonne it is extrapolated.",
    ),
    Check(
        "tail",
        "T. rex without its tail",
        "centre of mass forward, and cost or falls up",
        "Henderson 2018, PeerJ 6:e5409, for where tails put the centre of mass; the rest is what is expected",
        ("fuel", "tail-off"),
        cheap.tail,
        "That the centre of mass moves forward is built in, for the trunk gets the tail's mass. "
        "The 18 % of Bishop et al. 2021 are of a tail that swings sideways, and cannot be compared with anything here.",
    ),
    Check(
        "speed-only",
        "what speed alone finds",
        "hops or crawls that load terms remove",
        "Sellers et al. 2009, Palaeontologia Electronica 12.3.13A (abstract read)",
        ("speed-only", "walk"),
        fast.cheats,
        "Limping is 0 when left and right take even turns and 1 in a hop; 0.5 divides them. A crawl "
        "cannot be found: hips that sink below 60 % of their height end a trial.",
    ),
    Check(
        "moments",
        "what joints must give in a fast run",
        "hip, knee, ankle, toe: T. rex 75,000, 24,000, 66,000, 49,000 N m; Coelophysis 45, 14, 56, 44 N m",
        "Hutchinson & Garcia 2002, Nature 415:1018, Table 1",
        ("sprint",),
        fast.moments,
        "Theirs is of mid-stance at 2.5 body weights; ours the largest of a whole gait, by inverse dynamics.",
    ),
)


def check_names() -> list[str]:
    """Returns the names of all checks, in their order."""
    return [check.name for check in CHECKS]


def chosen(names: Iterable[str]) -> tuple[Check, ...]:
    """Returns some checks in the order of the table; all of them if none is named."""
    wanted = set(names)
    return tuple(check for check in CHECKS if not wanted or check.name in wanted)


def recipes_of(checks: Iterable[Check]) -> tuple[str, ...]:
    """Returns the runs that some checks need, and those with which they begin, in the order in which they are made."""
    from sims.validation.recipes import RECIPES

    wanted = [recipe for check in checks for recipe in check.recipes]
    for recipe in wanted:  # which grows on the way
        if earlier := RECIPES[recipe].begins_with:
            wanted.append(earlier)
    return tuple(name for name in RECIPES if name in wanted)


def judged(checks: Iterable[Check], evidence: Evidence) -> tuple[Judged, ...]:
    """Makes checks."""
    return tuple(
        Judged(
            check,
            tuple(check.judge(evidence)),
            _unfinished(check, evidence),
            tuple(name for name in check.recipes if name in evidence.not_begun),
        )
        for check in checks
    )


def _unfinished(check: Check, evidence: Evidence) -> int:
    return sum(run.partition("/")[0] in check.recipes for run in evidence.unfinished)
