"""Genomes walked again for the watcher, and proved to be the walks that were scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from creatures.skeleton import Skeleton
from evo.population import Genome
from sims.evaluate import measures_document
from sims.live.messages import Floats, Walk, WalkKey
from sims.physics.trajectory import Trajectory, fingerprint
from sims.physics.trial import TrialSettings, land_of, run_trial


@dataclass(frozen=True, slots=True)
class Scored:
    """A guess that was scored: all that is needed to walk it again."""

    key: WalkKey
    guess: int
    """Its number in the run, from 0."""
    genome: Genome
    trial: TrialSettings
    """The world it was scored in."""
    weights: Mapping[str, float]
    score: float
    """In that world."""
    terms: Mapping[str, float]
    digest: str
    """Of the trajectory that was scored."""


def walk_again(skeleton: Skeleton, scored: Scored) -> Walk:
    """Returns the walk that was scored.

    Raises:
        ValueError: it did not walk the same walk again, in words.
    """
    if not scored.digest:  # it hung, or took its process with it: here it would take the run along
        raise ValueError("nothing was seen of its walk: it came apart at once")
    trial = run_trial(skeleton, scored.genome, scored.trial)
    if not len(trial.trajectory):
        raise ValueError("it came apart before its first step")
    if fingerprint(trial.trajectory).digest != scored.digest:
        raise ValueError("it does not walk the walk that was scored: that was on another platform")
    land = land_of(skeleton, scored.trial)
    return Walk(
        key=scored.key,
        guess=scored.guess,
        genes=tuple(scored.genome),
        trajectory=trial.trajectory,
        com=centre_of_mass(skeleton, trial.trajectory),
        foot_falls=trial.measures.gait.foot_falls,
        land_x=land.x,
        land_y=land.y,
        score=scored.score,
        terms=dict(scored.terms),
        weights=dict(scored.weights),
        measures=measures_document(trial),
        ended=trial.ended,
        why=trial.why,
    )


def centre_of_mass(skeleton: Skeleton, trajectory: Trajectory) -> Floats:
    """Returns (f, 2) metres."""
    masses = np.array([bone.mass for bone in skeleton.bones])
    path: Floats = np.einsum("b,fbk->fk", masses, trajectory.poses[:, :, :2]) / masses.sum()
    return path
