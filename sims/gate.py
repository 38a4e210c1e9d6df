"""The champion's gate: worlds it has never been scored in, and how much of its score it keeps there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from evo.population import Genome
from sims.evaluate import Evaluation, Unit
from sims.physics.terrain import Terrain, laid_anew
from sims.physics.trial import TrialSettings

Change = Callable[[TrialSettings], TrialSettings]

ENOUGH = 0.8
"""The share of its score that a champion keeps in every world of the gate."""
EXPLOITS = "exploits the physics"
BUMPS = Terrain("bumps", size=0.01, seed=202)


def _half_step(base: TrialSettings) -> TrialSettings:
    return replace(base, step_scale=base.step_scale * 0.5)


def _double_iterations(base: TrialSettings) -> TrialSettings:
    return replace(base, iterations=base.iterations * 2)


def _heavier(base: TrialSettings) -> TrialSettings:
    return replace(base, mass_scale=base.mass_scale * 1.02)


def _lighter(base: TrialSettings) -> TrialSettings:
    return replace(base, mass_scale=base.mass_scale * 0.98)


def _bumps(base: TrialSettings) -> TrialSettings:
    if base.terrain.kind == "flat":
        return replace(base, terrain=BUMPS)
    return replace(base, terrain=laid_anew(base.terrain, BUMPS.seed))


GATE_WORLDS: Mapping[str, Change] = {
    "half the step": _half_step,
    "double iterations": _double_iterations,
    "mass +2 %": _heavier,
    "mass -2 %": _lighter,
    "small bumps": _bumps,
}
"""Name -> how the base world is changed. None of them is a world that guesses are scored in."""


@dataclass(frozen=True, slots=True)
class Gate:
    """How a champion did at the gate."""

    robust: float
    """The smallest share of its score that it kept, 0 to 1."""
    kept: Mapping[str, float]
    """World -> share of the score in the base world kept there, 0 to 1."""

    @property
    def passes(self) -> bool:
        """Whether it may be called a champion."""
        return self.robust >= ENOUGH

    @property
    def label(self) -> str:
        """Returns what to call one that does not pass; empty for one that does."""
        return "" if self.passes else EXPLOITS


def gate_units(genome: Genome, base: TrialSettings) -> tuple[Unit, ...]:
    """Returns one unit for each world of the gate, in their order."""
    return tuple(Unit(genome, (change(base),)) for change in GATE_WORLDS.values())


def judge(base_score: float, evaluations: Sequence[Evaluation]) -> Gate:
    """Returns how a genome did.

    Args:
        base_score: in the world it was scored in.
        evaluations: of `gate_units`, in order.
    """
    kept = {
        name: _share(one.score, base_score)
        for name, one in zip(GATE_WORLDS, evaluations, strict=True)
    }
    return Gate(min(kept.values()), kept)


def _share(score: float, base_score: float) -> float:
    if base_score <= 0.0:
        return 0.0
    return min(max(score / base_score, 0.0), 1.0)
