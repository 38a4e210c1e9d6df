"""One walk in many changed worlds: how far it gets there, how often it goes on to the end, and from what it falls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

from creatures.skeleton import Skeleton
from sims.files import as_plain
from sims.genomes.record import Genome
from sims.physics.trajectory import fingerprint
from sims.physics.trial import Trial, run_trial
from sims.study.kinds import KINDS, Kind, Walk, World

Told = Callable[[int], None]
"""Is told how many trials are done."""


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
        return distance_m / whole if whole > 0.0 else None

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


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A world that was drawn, and how strong its change is."""

    kind: Kind
    strength: float
    world: World


def possible(genome: Genome) -> tuple[str, ...]:
    """Returns the names of the kinds that can be done on the ground of a walk."""
    ground = genome.trial.terrain.kind
    return tuple(name for name, kind in KINDS.items() if ground in kind.grounds)


def perturb(
    genome: Genome,
    kinds: Sequence[str],
    times: int,
    seed: int,
    strength: float = 1.0,
    workers: int = 1,
    told: Told = lambda _done: None,
) -> Perturbed:
    """Tries a walk in changed worlds.

    Args:
        genome: whose walk.
        kinds: names of `KINDS`, each `possible` here; their order does not matter.
        times: worlds of each kind, at least one, their strengths spread evenly.
        seed: of all chance, 0 or more.
        strength: times the usual greatest strengths.
        workers: threads. Nothing depends on it: trials leave the interpreter alone while they run.
        told: is told how many trials are done.

    Returns:
        What came of it: the same to the bit for the same arguments on the same platform.
    """
    skeleton = genome.skeleton()
    base = run_trial(skeleton, genome.genes, genome.trial)  # alone: it compiles what all others use
    walk = Walk(skeleton, genome.genes, genome.trial, base.measures.time_up_s)
    chosen = [kind for name, kind in KINDS.items() if name in kinds]
    drawn = [one for kind in chosen for one in _draw(kind, walk, times, seed, strength)]
    found = _tried(walk, drawn, workers, told)
    return Perturbed(
        skeleton,
        genome.trial.seconds,
        _attempt(0.0, World(genome.trial), base),
        fingerprint(base.trajectory).digest == genome.digest,
        tuple(
            _outcome(kind, skeleton, strength, found[times * k : times * (k + 1)])
            for k, kind in enumerate(chosen)
        ),
    )


def _outcome(kind: Kind, skeleton: Skeleton, strength: float, found: list[Attempt]) -> Outcome:
    scale = strength * kind.scale(skeleton)
    return Outcome(kind, kind.least * scale, kind.most * scale, tuple(found))


def _draw(kind: Kind, walk: Walk, times: int, seed: int, strength: float) -> list[_Drawn]:
    """Draws worlds of one kind, weakest to strongest way: one strength in each of so many equal parts of the range."""
    chance = np.random.default_rng((seed, kind.stream))
    scale = kind.scale(walk.skeleton)
    drawn = []
    for part, (within, other) in enumerate(chance.uniform(size=(times, 2)).tolist()):
        place = (part + within) / times
        size = strength * (kind.least + place * (kind.most - kind.least))
        drawn.append(_Drawn(kind, size * scale, kind.change(walk, size, other)))
    return drawn


def _tried(walk: Walk, drawn: Sequence[_Drawn], workers: int, told: Told) -> list[Attempt]:
    """Runs all trials and returns them in order, whichever was done first."""
    with ThreadPoolExecutor(max(1, workers)) as pool:
        try:
            asked = [pool.submit(_try, walk, one) for one in drawn]
            for done, _ in enumerate(as_completed(asked), start=1):
                told(done)
            return [one.result() for one in asked]
        except BaseException:  # Ctrl-C: what has not begun never will
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _try(walk: Walk, drawn: _Drawn) -> Attempt:
    world = drawn.world
    trial = run_trial(walk.skeleton, walk.genes, world.settings, world.push)
    return _attempt(drawn.strength, world, trial)


def _attempt(strength: float, world: World, trial: Trial) -> Attempt:
    return Attempt(
        strength=strength,
        moment_s=None if world.push is None else world.push.start_s,
        distance_m=trial.measures.distance_m,
        time_up_s=trial.measures.time_up_s,
        ended=trial.ended,
        why=trial.why,
    )
