"""Who becomes champion: the best guesses go to the gate until one passes, and the record says how it did there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sims.evaluate import Evaluation, Unit
from sims.gate import Gate, gate_units, judge
from sims.genomes.record import Genome, Origin
from sims.genomes.recording import record
from sims.physics.trial import Trial, TrialSettings
from sims.platform import platform
from sims.runs.configuration import Configuration
from sims.runs.elites import Guess
from sims.runs.events import Gating, Listener
from sims.score import TERMS_VERSION


def crown(
    candidates: Sequence[Guess],
    base: TrialSettings,
    look: Callable[[Sequence[Unit]], list[Evaluation]],
    listener: Listener,
) -> tuple[Guess, Gate]:
    """Sends candidates to the gate until one passes.

    Args:
        candidates: at least one, who is to be asked first first.
        base: the world they were scored in.
        look: looks at units, by however many workers.
        listener: is told who is at the gate.

    Returns:
        The one that passed, or else the one that kept the most, and how it did.
    """
    found: list[tuple[Guess, Gate]] = []
    for index, guess in enumerate(candidates, start=1):
        listener(Gating(index, len(candidates), guess))
        gate = judge(guess.evaluation.base_score, look(gate_units(guess.genome, base)))
        if gate.passes:
            return guess, gate
        found.append((guess, gate))
    return max(found, key=lambda pair: pair[1].robust)


def genome_of(
    configuration: Configuration,
    guess: Guess,
    gate: Gate | None = None,
    trial: Trial | None = None,
) -> Genome:
    """Returns the record of a guess.

    Args:
        configuration: of its run, with the world and the objective it was scored by.
        guess: with what came of it.
        gate: how it did there, if it was there.
        trial: of its genome in the base world, to be recorded.
    """
    search, evaluation = configuration.search, guess.evaluation
    return Genome(
        species=configuration.species,
        genes=guess.genome,
        trial=configuration.trial,
        objective=configuration.objective,
        terms_version=TERMS_VERSION,
        score=evaluation.base_score,
        terms=evaluation.terms,
        measures=evaluation.measures,
        ended=evaluation.ended,
        why=evaluation.why,
        gate=gate,
        origin=Origin(
            strategy=search.strategy,
            seed=search.seed,
            generation=guess.generation,
            guess=guess.number,
            parents=guess.parents,
            rigour=guess.rigour,
        ),
        platform=platform(),
        digest=evaluation.digest,
        checks=evaluation.checks,
        recording=None if trial is None else record(trial.trajectory),
    )
