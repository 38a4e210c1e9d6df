"""The seam handed to the search: a genome in, what came of it out, and never an exception."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from creatures.skeleton import Skeleton
from evo.population import WORST, Genome, Values, finite_score
from sims.aims import values_of
from sims.files import as_plain
from sims.physics.log import Push
from sims.physics.terrain import Terrain
from sims.physics.trajectory import fingerprint
from sims.physics.trial import Trial, TrialSettings, run_trial
from sims.score import Objective, score

STRICT_MASS = 1.03
STRICT_STEP = 0.75
STRICT_ITERATIONS = 10
STRICT_BUMPS = Terrain("bumps", size=0.006, seed=101)
STRICT_PUSHES = ((0.35, 0.08), (0.6, -0.08))
"""When in the trial something pushes the trunk, as a share of its time, and how hard, in hip heights per unit of time:
forward once, and in another trial back. A T. rex is 0.4 m/s faster or slower for it."""


_LATE = 0.6
"""Of the time: who falls before is spared the strict look. Whoever falls later is not, or falling at the last moment
would be a way round it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of every guess of a run."""

    skeleton: Skeleton
    trial: TrialSettings
    """The base world."""
    objective: Objective


@dataclass(frozen=True, slots=True)
class Unit:
    """One genome to look at in one or more worlds; what workers are sent."""

    genome: Genome
    worlds: tuple[TrialSettings, ...]
    """The first is the one that is reported; the worst of all counts."""
    pushes: tuple[Push, ...] = ()
    """It is tried in the first world again for each of these, with the push."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of one guess."""

    score: float
    """The worst of its worlds; higher is better."""
    base_score: float
    """In the first world: the sum of the weighed terms."""
    terms: Mapping[str, float]
    """name -> value before weighing, in the first world."""
    ended: str
    why: str
    measures: Mapping[str, Any]
    """Plain JSON values, in the first world."""
    digest: str
    """Of the trajectory in the first world; empty when there is none."""
    checks: bytes
    """A CRC-32 of each frame."""
    crashed: bool = False
    """Whether it took its process with it."""
    values: Values = ()
    """(n_aims,) of an objective with several aims, in the first world; empty unless it stays up in every world
    and under every push."""

    def document(self) -> dict[str, Any]:
        """Returns it as plain JSON values; `evaluation_from` reads it back, equal."""
        return asdict(self) | {"checks": base64.b64encode(self.checks).decode()}


def evaluation_from(document: Mapping[str, Any]) -> Evaluation:
    """Returns what `Evaluation.document` gave, after JSON."""
    values = tuple(document.get("values", ()))
    checks = base64.b64decode(document["checks"])
    return Evaluation(**{**document, "checks": checks, "values": values})


def strict(settings: TrialSettings) -> TrialSettings:
    """Returns a slightly harder world: who walks only in the base world falls in this one."""
    ground = STRICT_BUMPS if settings.terrain.kind == "flat" else settings.terrain
    return replace(
        settings,
        mass_scale=settings.mass_scale * STRICT_MASS,
        step_scale=settings.step_scale * STRICT_STEP,
        iterations=max(STRICT_ITERATIONS, settings.iterations),
        terrain=ground,
    )


def worlds(settings: TrialSettings, rigour: int) -> tuple[TrialSettings, ...]:
    """Returns the worlds a guess is scored in: the base world, and under the strict look a harder one too."""
    return (settings, strict(settings)) if rigour else (settings,)


def pushes(settings: TrialSettings, rigour: int) -> tuple[Push, ...]:
    """Returns the pushes a guess must stand under the strict look: always the same, so that scores can be compared."""
    if not rigour:
        return ()
    return tuple(Push(when * settings.seconds, impulse) for when, impulse in STRICT_PUSHES)


def evaluate(task: Task, genome: Genome, rigour: int = 0) -> Evaluation:
    """Scores a genome; whatever a trial raises is the worst score, with the reason in words."""
    return look(task, Unit(genome, worlds(task.trial, rigour), pushes(task.trial, rigour)))


def look(task: Task, unit: Unit) -> Evaluation:
    """Runs a unit: what a worker does."""
    try:
        first, *others = unit.worlds
        trial = run_trial(task.skeleton, unit.genome, first)
        base = _judged(task, trial, first)
        if trial.measures.time_up_s < _LATE * first.seconds:
            return base  # it fell early where walking is easiest: a harder world has nothing to add
        again = [(world, run_trial(task.skeleton, unit.genome, world)) for world in others]
        again += [(first, run_trial(task.skeleton, unit.genome, first, p)) for p in unit.pushes]
        scores = [_value(task, one, world) for world, one in again]
        stays_up = all(one.ended == "finished" for _, one in again)
        return replace(
            base, score=min([base.score, *scores]), values=base.values if stays_up else ()
        )
    except Exception as error:  # a genome must never end a run
        return failed(f"the trial raised {type(error).__name__}: {' '.join(str(error).split())}")


def failed(why: str, crashed: bool = False) -> Evaluation:
    """Returns the evaluation of a guess that came to nothing."""
    return Evaluation(WORST, WORST, {}, "failed", why, {}, "", b"", crashed)


def _judged(task: Task, trial: Trial, world: TrialSettings) -> Evaluation:
    weighed = score(trial, task.skeleton, world, task.objective)
    value = finite_score(weighed.value)
    print_of = fingerprint(trial.trajectory)
    return Evaluation(
        score=value,
        base_score=value,
        terms=as_plain(dict(weighed.terms)),
        ended=trial.ended,
        why=trial.why,
        measures=measures_document(trial),
        digest=print_of.digest,
        checks=print_of.checks,
        values=values_of(task.objective, weighed.terms, trial.ended),
    )


def _value(task: Task, trial: Trial, world: TrialSettings) -> float:
    return finite_score(score(trial, task.skeleton, world, task.objective).value)


def measures_document(trial: Trial) -> dict[str, Any]:
    """Returns the measures of a trial as plain JSON values; null where there was nothing to measure."""
    plain: dict[str, Any] = as_plain(trial.measures.document())
    return plain
