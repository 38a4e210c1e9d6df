"""Is it still the same walk? Runs a genome file again and compares the fingerprints."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sims.evaluate import measures_document
from sims.files import as_plain
from sims.genomes.record import Genome
from sims.genomes.verdict import EXIT_CODES, Result, Verdict
from sims.physics.trajectory import Trajectory, fingerprint, first_difference
from sims.physics.trial import Trial, run_trial
from sims.platform import platform
from sims.score import TERMS_VERSION, score

_ROUNDING = 1e-4
"""Hip heights: a recording is no further from the walk than its rounding takes it, even a hundred metres on."""

__all__ = ["EXIT_CODES", "Replay", "Result", "Verdict", "check", "replay", "rerun"]


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """A genome file walked again."""

    trial: Trial
    """What happened here, now."""
    verdict: Verdict
    trajectory: Trajectory
    """The walk to play: that of the trial, or the recording where this machine cannot make the same walk."""
    is_recording: bool
    """Whether it is the recording, whose poses are rounded to a hundredth of a millimetre."""
    genome: Genome
    """What is told of the walk to play: what the file says, or what it came to here where it is not the file's."""

    @property
    def is_the_files(self) -> bool:
        """Whether the walk to play is the one that the file tells of."""
        return _is_the_files(self.verdict, self.is_recording)


def rerun(genome: Genome) -> Trial:
    """Runs the trial of a genome file again."""
    return run_trial(genome.skeleton(), genome.genes, genome.trial)


def replay(genome: Genome) -> Replay:
    """Runs a genome again, compares it with the file, and says which walk is to be played."""
    trial = rerun(genome)
    verdict = _compared(genome, trial)
    recorded = genome.recording if verdict.result == "UNVERIFIABLE" else None
    trajectory = trial.trajectory if recorded is None else recorded.trajectory()
    is_recording = recorded is not None
    told = genome if _is_the_files(verdict, is_recording) else _retold(genome, trial)
    return Replay(trial, verdict, trajectory, is_recording, told)


def _is_the_files(verdict: Verdict, is_recording: bool) -> bool:
    return is_recording or verdict.result == "EXACT"


def _retold(genome: Genome, trial: Trial) -> Genome:
    """Returns a genome with what its walk came to here, and nothing that was said of another walk."""
    value, terms = math.nan, dict[str, float]()
    if genome.terms_version == TERMS_VERSION:  # no other version of the terms can be counted here
        weighed = score(trial, genome.skeleton(), genome.trial, genome.objective)
        value, terms = weighed.value, as_plain(dict(weighed.terms))
    return replace(
        genome,
        ended=trial.ended,
        why=trial.why,
        measures=measures_document(trial),
        score=value,
        terms=terms,
        gate=None,
    )


def check(genome: Genome) -> Verdict:
    """Runs a genome again and says whether it is the same walk, to the bit."""
    return _compared(genome, rerun(genome))


def _compared(genome: Genome, trial: Trial) -> Verdict:
    trajectory = trial.trajectory
    now = fingerprint(trajectory)
    if now.digest == genome.digest:
        claims = _false_claims(genome, trial)
        result: Result = "DIFFERS" if claims else "EXACT"
        why = "the same to the bit"
        if claims:
            why = f"the walk is the same to the bit, but what the file says of it is not: {_listed(claims)}"
        return Verdict(result, None, _deviation(genome, trajectory), genome.digest, now.digest, why)
    frame = first_difference(genome.checks, now.checks)
    step = None if frame is None else frame * trajectory.steps_per_frame
    deviation = _deviation(genome, trajectory)
    here = platform()
    if here != genome.platform:
        why = f"it was made with {_listed(here.differences(genome.platform))}"
        return Verdict("UNVERIFIABLE", step, deviation, genome.digest, now.digest, why)
    if frame is None:
        why = "every frame agrees and the digest does not: the digest in the file was changed"
    else:
        why = f"from {frame * trajectory.frame_time:.2f} s on it is another walk: the file was changed"
    return Verdict("DIFFERS", step, deviation, genome.digest, now.digest, why)


def _false_claims(genome: Genome, trial: Trial) -> list[str]:
    """Returns the names of what the file says of its walk and the walk does not bear out."""
    found = measures_document(trial)
    wrong = [name for name, value in genome.measures.items() if not _borne_out(value, found[name])]
    apart = _deviation(genome, trial.trajectory)
    if apart is not None and apart > _ROUNDING * genome.skeleton().hip_height:
        wrong.append("recording")
    if (trial.ended, trial.why) != (genome.ended, genome.why):
        wrong.append("ended")
    if genome.terms_version == TERMS_VERSION:
        weighed = score(trial, genome.skeleton(), genome.trial, genome.objective)
        if weighed.value != genome.score or dict(weighed.terms) != dict(genome.terms):
            wrong.append("score")
    return wrong


def _borne_out(said: Any, found: Any) -> bool:
    """Whether what a file says is found; what an older version did not say cannot be wrong."""
    if isinstance(said, dict) and isinstance(found, dict):
        return all(name in found and _borne_out(value, found[name]) for name, value in said.items())
    return bool(said == found)


def _listed(differences: list[str]) -> str:
    return "; ".join(differences)


def _deviation(genome: Genome, now: Trajectory) -> float | None:
    """Returns the largest distance between recording and replay while both last, metres."""
    if genome.recording is None:
        return None
    then = genome.recording.trajectory()
    count = min(len(then), len(now))
    if count == 0:
        return None
    apart = then.poses[:count, :, :2] - now.poses[:count, :, :2]
    return float(np.hypot(apart[..., 0], apart[..., 1]).max())
