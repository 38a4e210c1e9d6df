"""What came of a walk in changed worlds: trial by trial, kind by kind, and over all."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from creatures.skeleton import Skeleton
from sims.files import as_plain
from sims.study.kinds import Kind

SOMEWHERE = 0.1
"""Hip heights: a walk that comes less far leads nowhere, and nothing is a share of that."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one trial."""

    strength: float
    """Of what was changed, signed, in the unit of its kind; 0 for the undisturbed walk."""
    moment_s: float | None
    """When the push began, seconds since the start; None where there was none."""
    distance_m: float
    time_up_s: float
    ended: str
    why: str

    @property
    def kept(self) -> bool:
        """Whether it kept going to the end of the trial."""
        return self.ended == "finished"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one kind of change."""

    kind: Kind
    low: float
    """Smallest strength that could be drawn, signed."""
    high: float
    """Largest strength that could be drawn."""
    attempts: tuple[Attempt, ...]
    """In the order in which they were drawn, at least one."""

    @property
    def kept(self) -> int:
        """Returns how many kept going to the end."""
        return sum(one.kept for one in self.attempts)

    @property
    def median_m(self) -> float:
        """Returns the median distance, metres."""
        return median(one.distance_m for one in self.attempts)

    @property
    def worst_m(self) -> float:
        """Returns the shortest distance, metres."""
        return min(one.distance_m for one in self.attempts)

    @property
    def cause(self) -> str:
        """Returns what ended most of those that did not keep going, in words; empty when all did."""
        by_strength = sorted(self.attempts, key=lambda one: abs(one.strength))
        causes = Counter(one.why or one.ended for one in by_strength if not one.kept)
        return causes.most_common(1)[0][0] if causes else ""

    def holds(self, way: int) -> float | None:
        """Returns the strongest it bore with none below it that ended its walk.

        Args:
            way: 1 for strengths above 0, -1 for those below.

        Returns:
            The strength, signed; None when the weakest of all was too much, or none was drawn.
        """
        held = None
        for one in self._outward(way):
            if not one.kept:
                break
            held = one.strength
        return held

    def fails(self, way: int) -> float | None:
        """Returns the weakest strength that ended its walk, signed, or None; see `holds`."""
        return next((one.strength for one in self._outward(way) if not one.kept), None)

    def _outward(self, way: int) -> list[Attempt]:
        some = [one for one in self.attempts if one.strength * way > 0.0]
        return sorted(some, key=lambda one: abs(one.strength))


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A walk, and what came of it in changed worlds."""

    skeleton: Skeleton
    seconds: float
    """Of every trial."""
    undisturbed: Attempt
    is_as_saved: bool
    """Whether the undisturbed walk is to the bit the one in the file."""
    outcomes: tuple[Outcome, ...]

    @property
    def attempts(self) -> int:
        """Returns how many changed worlds there were."""
        return sum(len(outcome.attempts) for outcome in self.outcomes)

    @property
    def kept(self) -> int:
        """Returns in how many of them it kept going to the end."""
        return sum(outcome.kept for outcome in self.outcomes)

    def share(self, distance_m: float) -> float | None:
        """Returns a distance as a share of the undisturbed one; None where that leads nowhere."""
        whole = self.undisturbed.distance_m
        leads = whole > SOMEWHERE * self.skeleton.hip_height
        return distance_m / whole if leads else None

    def document(self) -> dict[str, Any]:
        """Returns everything as plain JSON values."""
        found: dict[str, Any] = as_plain(
            {
                "seconds": self.seconds,
                "undisturbed": asdict(self.undisturbed),
                "is_as_saved": self.is_as_saved,
                "kept": self.kept,
                "of": self.attempts,
                "kinds": {one.kind.name: self._outcome_document(one) for one in self.outcomes},
            }
        )
        return found

    def _outcome_document(self, outcome: Outcome) -> dict[str, Any]:
        return {
            "unit": outcome.kind.unit,
            "range": [outcome.low, outcome.high],
            "kept": outcome.kept,
            "of": len(outcome.attempts),
            "median_m": outcome.median_m,
            "median_share": self.share(outcome.median_m),
            "worst_m": outcome.worst_m,
            "worst_share": self.share(outcome.worst_m),
            "holds": [outcome.holds(-1), outcome.holds(1)],
            "fails": [outcome.fails(-1), outcome.fails(1)],
            "cause": outcome.cause,
            "trials": [
                {"kind": outcome.kind.name, "unit": outcome.kind.unit} | asdict(one)
                for one in outcome.attempts
            ],
        }
