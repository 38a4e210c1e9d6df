"""One walk in many changed worlds: how far it gets there, how often it goes on to the end, and from what it falls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from creatures.skeleton import Skeleton
from sims.genomes.record import Genome
from sims.physics.trajectory import fingerprint
from sims.physics.trial import Trial, run_trial
from sims.study.kinds import KINDS, Kind, Walk, World
from sims.study.outcome import Attempt, Outcome, Perturbed

Told = Callable[[int], None]
"""Is told how many trials are done."""


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
