"""Names and units of what is told, and how numbers are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata

import numpy as np


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a champion, as it is told."""

    name: str
    """Its key in a genome file; ``score`` and ``robust`` are not among the measures there."""
    words: str
    unit: str
    """Empty for a pure number."""
    digits: int
    hint: str
    """What it is, in a sentence without its full stop."""

    @property
    def head(self) -> str:
        """Returns name and unit: ``Distance, m``."""
        words = self.words[:1].upper() + self.words[1:]
        return f"{words}, {self.unit}" if self.unit else words


MEASURES: tuple[Measure, ...] = (
    Measure("distance_m", "distance", "m", 1, "how far its centre of mass got"),
    Measure("hip_heights", "distance", "hip heights", 1, "the same in its own size"),
    Measure("speed_m_s", "speed", "m/s", 2, "mean over the second half of the walk"),
    Measure(
        "froude", "Froude number", "", 2, "speed that can be compared between sizes: v²/(g × hip)"
    ),
    Measure(
        "strain_bw", "strain", "body weights", 2, "force in the joints, RMS, mean over all joints"
    ),
    Measure(
        "peak_ground_force_bw",
        "peak force",
        "body weights",
        2,
        "the hardest push of the ground",
    ),
    Measure(
        "cost_of_transport", "cost", "J/(kg m)", 1, "energy to carry a kilogram of it one metre"
    ),
    Measure(
        "duty_factor", "duty factor", "", 2, "share of the time a foot is down; below 0.5 it runs"
    ),
    Measure("robust", "robust", "", 2, "share of the score kept in the worst of five new worlds"),
    Measure("score", "score", "points", 1, "what the search was after"),
)
"""In the order in which they are told."""

BY_NAME = {measure.name: measure for measure in MEASURES}


def number(value: float, digits: int) -> str:
    """Returns a number as people write it, with a true minus sign; a dash for none."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:,.{digits}f}"
    is_nothing = not text.strip("-0.,")
    return text.lstrip("-") if is_nothing else text.replace("-", "−")


def middle(values: Sequence[float]) -> float:
    """Returns the median; NaN of nothing."""
    return float(np.median(values)) if values else math.nan


def quartiles(values: Sequence[float]) -> tuple[float, float]:
    """Returns the lower and the upper quartile; NaN of nothing."""
    if not values:
        return math.nan, math.nan
    low, high = np.quantile(values, (0.25, 0.75))
    return float(low), float(high)


def counted(count: int, one: str, many: str = "") -> str:
    """Returns how many there are of something: ``1 seed``, ``10 seeds``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Returns ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def version() -> str:
    """Returns which gaitosaur this is."""
    try:
        return metadata.version("gaitosaur")
    except metadata.PackageNotFoundError:
        return "not installed"
