"""What is good: small named terms, each a pure function of a trial, and objectives that weigh them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from creatures.skeleton import GRAVITY, Skeleton
from sims.physics.trial import Trial, TrialSettings

TERMS_VERSION = 2
"""Raised whenever a term or a weight below changes: old files say which one they were scored with."""

Term = Callable[[Trial, Skeleton, TrialSettings], float]

_WALKING_IMPACT = 1.4
"""Body weights: walking animals stay under it, so less is no better (SCONE's gait objective caps it there)."""
_BONE_STRENGTH = 200.0
"""MPa at which bone breaks, as the 2017 study of T. rex took it (Sellers et al., PeerJ 5:e3420; as remembered)."""
_SAFETY = 4.0
"""Bones of animals at their fastest bear a half to a quarter of what breaks them."""
_TANK = 0.25
"""Energy for each unit of time of the trial, body weight x hip height. Champions of `walk` spent 0.3 to 3.0 (nine
species, Compsognathus to T. rex): they all empty it, so cheapness counts."""
_WORST = 6.0
"""No cost counts more than this: a disaster and a catastrophe are equally bad."""


def _time_up(trial: Trial, settings: TrialSettings) -> float:
    return min(trial.measures.time_up_s / settings.seconds, 1.0)


def _upright(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """Time on its feet, as a share of the trial."""
    return _time_up(trial, settings)


def _distance(trial: Trial, skeleton: Skeleton, settings: TrialSettings) -> float:
    """Distance over what falling freely from hip height takes to cover: hip heights per unit of time.

    It counts for as long as it stays up: a dive is worth next to nothing.
    """
    units = settings.seconds / skeleton.time_unit
    ahead = trial.measures.distance_m / skeleton.hip_height / units
    return ahead * _time_up(trial, settings)


def _cost(value: float, trial: Trial, settings: TrialSettings) -> float:
    """A cost, by the square of the time it was up.

    Learn to stay up first, to be gentle later: a guess that falls at once is not told off for how it fell. Weights
    are chosen so that whoever walks gains by walking on.
    """
    return min(max(value, 0.0), _WORST) * _time_up(trial, settings) ** 2


def _impact(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """Peak ground force above that of walking, body weights."""
    return _cost(trial.measures.peak_ground_force_bw - _WALKING_IMPACT, trial, settings)


def _load(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """Force in the joints, mean over joints of the RMS over time, body weights."""
    return _cost(trial.measures.strain_bw, trial, settings)


def _limits(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """Torque with which joints are forced against their limits, body weight x hip height."""
    return _cost(trial.measures.limit_torque, trial, settings)


def _energy(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """Metabolic energy over weight x distance."""
    return _cost(trial.measures.cost_of_transport / GRAVITY, trial, settings)


def _rocking(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """RMS tilt of the trunk, radians."""
    return _cost(trial.measures.pitch_rad, trial, settings)


def _limping(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """How uneven left and right take turns: 0 a perfect walk, 1 a hop on both feet."""
    return _cost(2.0 * abs(trial.measures.alternation - 0.5), trial, settings)


def _bones(trial: Trial, _skeleton: Skeleton, settings: TrialSettings) -> float:
    """Largest stress in a leg bone over that at which bone breaks, beyond what a safety factor of four leaves."""
    stress = trial.measures.peak_bone_stress_mpa / _BONE_STRENGTH
    return _cost(stress - 1.0 / _SAFETY, trial, settings)


def _range(trial: Trial, skeleton: Skeleton, settings: TrialSettings) -> float:
    """Distance as far as a tank goes, and no further than it got: hip heights per unit of time.

    After Sellers, whose animals walked until a fixed amount of energy was spent; here it is counted afterwards, at the
    mean rate, so that nothing is gained by falling forward as the tank runs out.
    """
    measures = trial.measures
    spent = measures.metabolic_j / (skeleton.weight * skeleton.hip_height)
    tank = _TANK * settings.seconds / skeleton.time_unit
    return _distance(trial, skeleton, settings) * min(1.0, tank / max(spent, 1e-9))


TERMS: Mapping[str, Term] = {
    "upright": _upright,
    "distance": _distance,
    "impact": _impact,
    "load": _load,
    "limits": _limits,
    "energy": _energy,
    "rocking": _rocking,
    "limping": _limping,
    "bones": _bones,
    "range": _range,
}


@dataclass(frozen=True, slots=True)
class Objective:
    """What is looked for: a weight for every term; costs have negative weights."""

    name: str
    words: str
    weights: Mapping[str, float]


def _objective(name: str, words: str, **weights: float) -> Objective:
    return Objective(name, words, {term: weights.get(term, 0.0) for term in TERMS})


_WALK: Mapping[str, float] = {
    "upright": 10.0,
    "distance": 30.0,
    "impact": -3.0,
    "load": -1.0,
    "limits": -4.0,
    "energy": -1.5,
    "rocking": -5.0,
    "limping": -4.0,
}
"""Also what leads the search for a front until somebody walks, and chooses its champion."""

OBJECTIVES: Mapping[str, Objective] = {
    objective.name: objective
    for objective in (
        _objective(
            "walk",
            "get forward and stay up, with little strain, impact and energy",
            **_WALK,
        ),
        _objective(
            "sprint",
            "get as far as it can, strain and energy hardly counted",
            upright=10.0,
            distance=60.0,
            impact=-0.5,
            load=-0.2,
            limits=-4.0,
            energy=-0.1,
            rocking=-2.0,
            limping=-2.0,
        ),
        _objective(
            "gentle",
            "spare the joints: get forward with as little strain and impact as can be",
            upright=25.0,
            distance=15.0,
            impact=-6.0,
            load=-3.0,
            limits=-8.0,
            energy=-1.5,
            rocking=-5.0,
            limping=-4.0,
            bones=-4.0,
        ),
        _objective(
            "fuel",
            "get as far as it can on a tank of energy: cheap steps win",
            upright=15.0,
            range=60.0,
            impact=-1.0,
            load=-0.5,
            limits=-4.0,
            rocking=-5.0,
            limping=-4.0,
        ),
        _objective(  # its aims are in `sims.aims`; these weights, those of walk, lead to them
            "pareto",
            "all that can be had at once: the front of the furthest, the gentlest and the cheapest walkers",
            **_WALK,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Score:
    """A trial weighed: each term and their sum."""

    value: float
    terms: Mapping[str, float]
    """name -> value before weighing."""


def score(trial: Trial, skeleton: Skeleton, settings: TrialSettings, objective: Objective) -> Score:
    """Weighs a trial."""
    terms = {name: term(trial, skeleton, settings) for name, term in TERMS.items()}
    return Score(
        sum(objective.weights.get(name, 0.0) * value for name, value in terms.items()), terms
    )
