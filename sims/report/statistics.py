"""What the seeds support, and not more: intervals over seeds, paired comparisons, and the correction for many of them.

Nothing here decides by itself what is worth saying: fewer than `LEAST` seeds get their numbers and no claim.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sims.report.material import Material, Setting, value_of

Floats = NDArray[np.float64]

LEAST = 5
"""Seeds, or pairs of them: with fewer there is no claim."""
SURE = 0.05
"""A chance below which a difference is called one, after the correction."""
RESAMPLES = 9_999
LEVEL = 0.95
_CHANCE = 20260401
"""Where the resampling begins: the same runs give the same report."""

COMPARED = ("hip_heights", "strain_bw", "cost_of_transport")
"""Measures that are compared: few, for each one more makes all of them harder to tell apart from chance."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the mean over all seeds there are would lie, were this done again and again, 95 times in 100."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Two settings held against each other in one measure, seed by seed."""

    one: Setting
    other: Setting
    measure: str
    differences: tuple[float, ...]
    """Of the other less the one, for every seed that both have."""
    effect: float
    """Matched-pairs rank biserial: 1 when the other has more in every pair, -1 when the one has."""
    chance: float | None
    """How often chance alone would make as much of a difference; None with fewer than `LEAST` pairs."""
    corrected: float | None = None
    """The same by Holm, for all that are compared in the report."""

    @property
    def pairs(self) -> int:
        """Returns how many there are."""
        return len(self.differences)

    @property
    def median(self) -> float:
        """Returns the middle one of the differences."""
        return float(np.median(self.differences))

    @property
    def least_chance(self) -> float:
        """Returns the smallest chance that so many pairs can show."""
        return float(2.0 * max(2.0**-self.pairs, 1.0 / (RESAMPLES + 1)))

    @property
    def is_sure(self) -> bool:
        """Returns whether there is a claim to make."""
        return self.corrected is not None and self.corrected < SURE


def interval(values: Sequence[float]) -> Interval | None:
    """Returns the interval of the mean, by the bias-corrected and accelerated bootstrap.

    Scores and distances of seeds are skewed, for some fall at once and some walk far: an interval that is the same to
    both sides, as Student's is, would reach where no walk can be. It takes `LEAST` seeds.
    """
    found = np.array(values, dtype=np.float64)
    if len(found) < LEAST:
        return None
    if np.ptp(found) == 0.0:
        return Interval(float(found[0]), float(found[0]))
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of a sample so uneven that it has none, which is NaN below
        made = stats.bootstrap(
            (found,),
            np.mean,
            n_resamples=RESAMPLES,
            confidence_level=LEVEL,
            method="BCa",
            random_state=np.random.default_rng(_CHANCE),
        ).confidence_interval
    if not (math.isfinite(made.low) and math.isfinite(made.high)):
        return None
    return Interval(float(made.low), float(made.high))


def paired(one: Setting, other: Setting, measure: str) -> Paired:
    """Compares two settings in one measure, seed by seed."""
    left, right = (_by_seed(setting, measure) for setting in (one, other))
    seeds = [seed for seed in left if seed in right]
    differences = np.array([right[seed] - left[seed] for seed in seeds])
    ranks = _signed_ranks(differences)
    total = np.abs(ranks).sum()
    effect = float(ranks.sum() / total) if total else 0.0
    chance = _chance(ranks) if len(seeds) >= LEAST else None
    return Paired(one, other, measure, tuple(differences.tolist()), effect, chance)


def comparisons(material: Material) -> tuple[Paired, ...]:
    """Returns all comparisons of a report, corrected together by Holm.

    Two settings are compared that differ in one thing: in a factor, or in the species where nothing else is varied.
    """
    found = [
        paired(one, other, measure)
        for one, other in _neighbours(material.settings)
        for measure in COMPARED
    ]
    found = [each for each in found if each.pairs]
    corrected = iter(holm([each.chance for each in found if each.chance is not None]))
    return tuple(each if each.chance is None else _with(each, next(corrected)) for each in found)


def holm(chances: Sequence[float]) -> list[float]:
    """Returns chances as they are after Holm's correction, in the order in which they came."""
    order = np.argsort(chances, kind="stable")
    count = len(chances)
    made, most = [0.0] * count, 0.0
    for place, index in enumerate(order.tolist()):
        most = max(most, min(1.0, (count - place) * chances[index]))
        made[index] = most
    return made


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Returns how far two rows of numbers are in one order, by Spearman: 1 the same, -1 turned round.

    NaN where all of a row are equal, or there are fewer than two.
    """
    if len(one) < 2 or min(np.ptp(one), np.ptp(other)) == 0.0:
        return math.nan
    return float(stats.spearmanr(one, other).statistic)


def log_slope(across: Sequence[float], upward: Sequence[float]) -> float:
    """Returns the power with which one thing grows with another: the slope of the line through their logarithms.

    Args:
        across: above zero, not all equal.
        upward: above zero.
    """
    return float(stats.linregress(np.log(across), np.log(upward)).slope)


def _with(each: Paired, corrected: float) -> Paired:
    return Paired(
        each.one,
        each.other,
        each.measure,
        each.differences,
        each.effect,
        each.chance,
        corrected,
    )


def _by_seed(setting: Setting, measure: str) -> Mapping[int, float]:
    found = {run.seed: value_of(run, measure) for run in setting.done}
    return {seed: value for seed, value in sorted(found.items()) if math.isfinite(value)}


def _neighbours(settings: Sequence[Setting]) -> Iterator[tuple[Setting, Setting]]:
    varied = any(len({s.factors[name] for s in settings}) > 1 for name in settings[0].factors)
    for one, other in combinations(settings, 2):
        apart = sum(value != other.factors[name] for name, value in one.factors.items())
        if (one.species == other.species and apart == 1) or not (varied or apart):
            yield one, other


def _signed_ranks(differences: Floats) -> Floats:
    """Returns the rank of each difference by its size, with its sign; pairs that are equal count for nothing."""
    found = differences[differences != 0.0]
    ranks: Floats = stats.rankdata(np.abs(found)) * np.sign(found)
    return ranks


def _chance(ranks: Floats) -> float:
    """Returns the chance of Wilcoxon's signed-rank statistic, worked out by turning signs round.

    Of up to 13 pairs every way to turn them is tried, so that ties and few pairs need no approximation.
    """
    if not len(ranks):
        return 1.0
    made = stats.permutation_test(
        (ranks,),
        lambda x, axis: np.sum(x, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        random_state=np.random.default_rng(_CHANCE),
    )
    return float(made.pvalue)
