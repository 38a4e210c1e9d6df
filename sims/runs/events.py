"""What a run tells whoever listens, and what it ends with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from evo.population import Generation
from sims.evaluate import Evaluation
from sims.genomes.record import Genome
from sims.physics.trial import Trial, TrialSettings
from sims.runs.elites import Guess
from sims.runs.knobs import Turn
from sims.score import Objective


@dataclass(frozen=True, slots=True)
class Started:
    """The run is about to make its next guess."""

    folder: Path
    species: str
    """Its title."""
    strategy: str
    seed: int
    guesses: int
    """Made so far: above 0 when the run was taken up again."""
    budget: int
    workers: int


@dataclass(frozen=True, slots=True)
class Turned:
    """Somebody turned a knob: the next generation is made with it."""

    generation: int
    """That generation, from 1."""
    turn: Turn
    trial: TrialSettings
    """The base world from now on."""
    objective: Objective
    """What is looked for from now on."""


@dataclass(frozen=True, slots=True)
class GenerationDone:
    """One generation has been scored, learnt from, and saved."""

    generation: int
    """From 1."""
    phase: str
    """A plain word for what the search is doing."""
    rigour: int
    """0 for the quick look, 1 for the strict one; scores compare within one rigour only."""
    latest: Guess
    """The best of this generation."""
    best: Guess
    """The best so far of those looked at most strictly; since the last turn, if that changed what scores mean."""
    median: float
    quartiles: tuple[float, float]
    crashed: int
    """Guesses of this generation that took their process with them."""
    guesses: int
    budget: int
    elapsed_s: float
    """Since the beginning of the run, pauses left out."""
    guesses_per_minute: float
    """Over the last few generations."""
    eta_s: float
    """Until the last guess, if it goes on like that."""
    made: Generation[Evaluation]
    """Everything that was guessed in it."""
    front: tuple[Guess, ...] = ()
    """Whom nobody beats in every aim so far, from the gentlest to the fastest; empty in a run with one aim."""


@dataclass(frozen=True, slots=True)
class Gating:
    """A candidate goes to the gate."""

    index: int
    """From 1."""
    count: int
    """At most so many will."""
    candidate: Guess


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a finished run came to."""

    folder: Path
    champion: Genome
    """With its gate and its recording."""
    file: Path
    """The champion's."""
    trial: Trial
    """The champion's, run again for a picture."""
    guesses: int
    generations: int
    crashed: int
    """Guesses that took their process with them."""
    wall_s: float
    guesses_per_minute: float
    was_finished: bool
    """Whether there was nothing left to do when it was taken up."""
    front: int = 0
    """Walkers on its front, in a run with several aims."""

    def document(self) -> dict[str, Any]:
        """Returns it as plain JSON values, without the walk itself."""
        champion, gate = self.champion, self.champion.gate
        return {
            "run": str(self.folder),
            "species": champion.species.name,
            "seed": champion.origin.seed,
            "strategy": champion.origin.strategy,
            "guesses": self.guesses,
            "generations": self.generations,
            "crashed": self.crashed,
            **({"front": self.front} if self.front else {}),
            "wall_s": round(self.wall_s, 3),
            "guesses_per_minute": round(self.guesses_per_minute, 1),
            "champion": {
                "file": str(self.file),
                "score": champion.score,
                "robust": None if gate is None else gate.robust,
                "kept": None if gate is None else dict(gate.kept),
                "label": "" if gate is None else gate.label,
                "ended": champion.ended,
                "why": champion.why,
                "terms": dict(champion.terms),
                "measures": dict(champion.measures),
                "guess": champion.origin.guess,
                "generation": champion.origin.generation,
                "digest": champion.digest,
            },
        }


@dataclass(frozen=True, slots=True)
class Finished:
    """The champion is written."""

    result: RunResult


Event: TypeAlias = Started | Turned | GenerationDone | Gating | Finished
Listener: TypeAlias = Callable[[Event], None]


def nobody(_event: Event) -> None:
    """Listens to nothing."""
