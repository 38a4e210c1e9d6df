"""Genomes walked again for whoever watches: of a run, proved to be what was scored; of a file, with the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from creatures.skeleton import Skeleton
from evo import population
from sims.evaluate import Task, look, measures_document
from sims.gate import gate_units, judge
from sims.genomes.record import Genome
from sims.genomes.replay import replay
from sims.live.messages import Robust, Walk, WalkKey
from sims.physics.quantities import centre_of_mass
from sims.physics.trajectory import fingerprint
from sims.physics.trial import TrialSettings, land_of, run_trial
from sims.score import Objective


@dataclass(frozen=True, slots=True)
class Scored:
    """A guess that was scored: all that is needed to walk it again."""

    key: WalkKey
    guess: int
    """Its number in the run, from 0."""
    genome: population.Genome
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


def probed(skeleton: Skeleton, scored: Scored) -> Robust:
    """Returns how a guess does in the worlds of the gate."""
    task = Task(skeleton, scored.trial, Objective("", "", scored.weights))
    units = gate_units(scored.genome, scored.trial)
    gate = judge(scored.score, [look(task, unit) for unit in units])
    return Robust(scored.key, gate.robust, dict(gate.kept), gate.passes)


def scored_of(genome: Genome, key: WalkKey) -> Scored:
    """Returns what a genome file says was scored."""
    return Scored(
        key=key,
        guess=genome.origin.guess,
        genome=genome.genes,
        trial=genome.trial,
        weights=genome.objective.weights,
        score=genome.score,
        terms=genome.terms,
        digest=genome.digest,
    )


def walk_of(genome: Genome, key: WalkKey | None = None) -> Walk:
    """Returns the walk of a genome file, with the verdict whether it is still the walk that was saved.

    Args:
        genome: as it was read.
        key: its name for the watcher; that of the champion of its generation, if not given.

    Raises:
        ValueError: it comes apart before its first frame and has no recording, in words.
    """
    again = replay(genome)
    if not len(again.trajectory):
        raise ValueError("it comes apart before its first step")
    skeleton = genome.skeleton()
    measures = genome.measures if again.is_recording else measures_document(again.trial)
    ended, why = again.trial.ended, again.trial.why
    if again.is_recording:
        ended, why = genome.ended, genome.why
    land = land_of(skeleton, genome.trial)
    return Walk(
        key=key or WalkKey(genome.origin.generation, "champion"),
        guess=genome.origin.guess,
        genes=genome.genes,
        trajectory=again.trajectory,
        com=centre_of_mass(skeleton, again.trajectory),
        foot_falls=_falls(measures, (len(again.trajectory) - 1) * again.trajectory.frame_time),
        land_x=land.x,
        land_y=land.y,
        score=genome.score,
        terms=dict(genome.terms),
        weights=dict(genome.objective.weights),
        measures=measures,
        ended=ended,
        why=why,
        verdict=again.verdict,
        is_recording=again.is_recording,
    )


def _falls(
    measures: Mapping[str, Any], seconds: float
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Returns for each limb the times between which its foot was down, s; only those that lie in a walk so long.

    With a recording they are what a file says, which may be anything.
    """
    return tuple(
        tuple(
            (float(start), float(end))
            for start, end in limb
            if 0.0 <= start <= end <= seconds + 1.0
        )
        for limb in measures["gait"]["foot_falls"]
    )
