"""From what a run says to what a watcher hears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from creatures.genome import GeneTable
from evo.population import WORST, Generation, Individual
from sims.evaluate import Evaluation
from sims.genomes.record import Genome
from sims.live.messages import (
    Crowned,
    FrontFacts,
    FrontPoint,
    GeneFacts,
    GenerationFacts,
    Ready,
    Rules,
    Try,
    Turned,
)
from sims.physics.trial import TrialSettings
from sims.runs.configuration import Configuration
from sims.runs.elites import Guess
from sims.runs.events import GenerationDone
from sims.runs.front import names
from sims.runs.front_file import FrontIndex
from sims.runs.knobs import Turn
from sims.score import Objective

MOST_TRIES = 400
"""Guesses of one generation that are told one by one."""


def genes_of(table: GeneTable, start: Sequence[float] | None = None) -> tuple[GeneFacts, ...]:
    """Returns what may change, in plain words, and where its search began: at `start`, (n_genes,), or where all do."""
    pairs = zip(table.genes, table.start if start is None else start, strict=True)
    return tuple(GeneFacts(gene.name, gene.words, first) for gene, first in pairs)


def rules_of(trial: TrialSettings, objective: Objective) -> Rules:
    """Returns the present setting of what may be turned."""
    return Rules(trial.gravity_scale, objective.name, dict(objective.weights))


def ranked(generation: Generation[Evaluation]) -> list[Individual[Evaluation]]:
    """Returns the guesses of a generation, the best first; of equals the earliest."""
    return sorted(generation.individuals, key=lambda one: (-one.score, one.number))


def facts_of(
    event: GenerationDone, record: bool, turned: bool, rescored: bool, better: int
) -> GenerationFacts:
    """Returns a generation as a watcher hears of it.

    Args:
        event: what the run said.
        record: whether its best is the best so far.
        turned: whether a knob was turned just before it.
        rescored: whether that changed the world or the score.
        better: how many of its guesses did better than the best before, where that compares.
    """
    latest = event.latest
    measures = latest.evaluation.measures
    order = ranked(event.made)
    step = max(1, -(-len(order) // MOST_TRIES))
    return GenerationFacts(
        number=event.generation,
        phase=event.phase,
        rigour=event.rigour,
        guesses=event.guesses,
        size=len(order),
        best=latest.score,
        median=event.median,
        lower=event.quartiles[0],
        upper=event.quartiles[1],
        distance_m=_number(measures, "distance_m"),
        time_up_s=_number(measures, "time_up_s"),
        ended=latest.evaluation.ended,
        why=latest.evaluation.why,
        terms=dict(latest.evaluation.terms),
        starts=_starts(order),
        record=record,
        leader=event.best.generation,
        genes=tuple(latest.genome),
        tries=tuple(_try(one) for one in order[::step]),
        rate=event.guesses_per_minute,
        eta_s=event.eta_s,
        turned=turned,
        rescored=rescored,
        better=better,
    )


def past_of(
    history: list[dict[str, Any]], began: Rules, turns: Sequence[Turned]
) -> tuple[GenerationFacts, ...]:
    """Returns the generations of a run that is taken up again, from its history.

    Args:
        history: its lines.
        began: how the knobs stood at its beginning.
        turns: how they were turned since.
    """
    found: list[GenerationFacts] = []
    turned, rescored = {turn.generation for turn in turns}, _rescored(began, turns)
    best, leader, rigour, guesses = WORST, 0, 0, 0
    for line in history:
        number = line["generation"]
        if line["rigour"] > rigour or number in rescored:
            best, rigour = WORST, line["rigour"]
        record = line["rigour"] == rigour and line["best"] > best
        if record:
            best, leader = line["best"], number
        found.append(
            GenerationFacts(
                number=number,
                phase=line["phase"],
                rigour=line["rigour"],
                guesses=line["guesses"],
                size=line["guesses"] - guesses,
                best=line["best"],
                median=line["median"],
                lower=line["quartiles"][0],
                upper=line["quartiles"][1],
                distance_m=line["distance_m"] or 0.0,
                time_up_s=line["time_up_s"] or 0.0,
                ended=line["ended"],
                why=line["why"],
                terms=line["terms"],
                starts=tuple((start, score) for start, score in line.get("starts", ())),
                record=record,
                leader=leader,
                turned=number in turned,
                rescored=number in rescored,
            )
        )
        guesses = line["guesses"]
    return tuple(found)


def _rescored(began: Rules, turns: Sequence[Turned]) -> set[int]:
    """Returns the generations before which the world or the score was changed."""
    found, before = set(), began
    for turn in turns:
        if turn.rules != before:
            found.add(turn.generation)
        before = turn.rules
    return found


def _starts(order: list[Individual[Evaluation]]) -> tuple[tuple[int, float], ...]:
    """Returns start -> best score, of guesses that come the best first."""
    found: dict[int, float] = {}
    for one in order:
        found.setdefault(one.start, one.score)
    return tuple(sorted(found.items()))


def _try(one: Individual[Evaluation]) -> Try:
    outcome = one.outcome
    return Try(
        number=one.number,
        score=one.score,
        distance_m=_number(outcome.measures, "distance_m"),
        time_up_s=_number(outcome.measures, "time_up_s"),
        ended=outcome.ended,
        start=one.start,
    )


def _number(measures: Mapping[str, Any], name: str) -> float:
    return float(measures.get(name) or 0.0)


def ready_of(
    folder: Path,
    configuration: Configuration,
    history: list[dict[str, Any]],
    turns: Sequence[tuple[int, Turn]],
    workers: int,
) -> Ready:
    """Returns a run as a watcher first hears of it.

    Args:
        folder: of the run.
        configuration: as it was begun.
        history: the lines of its generations so far.
        turns: how the knobs were turned so far, each with the first generation made with it.
        workers: processes at work.
    """
    began = rules_of(configuration.trial, configuration.objective)
    told, present = _turned(configuration, turns)
    past = past_of(history, began, told)
    return Ready(
        folder=folder,
        skeleton=configuration.skeleton(),
        look=configuration.species.look,
        title=configuration.species.title,
        seed=configuration.search.seed,
        strategy=configuration.search.strategy,
        rules=rules_of(present.trial, present.objective),
        genes=genes_of(configuration.table(), configuration.start()),
        seconds=configuration.trial.seconds,
        budget=configuration.search.budget,
        guesses=past[-1].guesses if past else 0,
        workers=workers,
        past=past,
        began=began,
        turns=told,
    )


def _turned(
    configuration: Configuration, turns: Sequence[tuple[int, Turn]]
) -> tuple[tuple[Turned, ...], Configuration]:
    """Returns how the knobs were turned, and the run as it is with all that."""
    found = []
    for generation, turn in turns:
        configuration = turn.applied(configuration)
        rules = rules_of(configuration.trial, configuration.objective)
        found.append(Turned(generation, rules, turn.spread))
    return tuple(found), configuration


def crowned_of(champion: Genome, file: Path) -> Crowned:
    """Returns the champion of a finished run as a watcher hears of it."""
    gate = champion.gate
    return Crowned(
        file=file,
        generation=champion.origin.generation,
        guess=champion.origin.guess,
        score=champion.score,
        robust=0.0 if gate is None else gate.robust,
        passes=gate is not None and gate.passes,
        ended=champion.ended,
        measures=dict(champion.measures),
    )


def front_of(guesses: Sequence[Guess]) -> FrontFacts:
    """Returns the front of a run that goes on as a watcher hears of it."""
    called = names([guess.evaluation.values for guess in guesses])
    return FrontFacts(
        tuple(
            FrontPoint(
                guess=guess.number,
                generation=guess.generation,
                names=tuple(called.get(place, ())),
                distance=guess.evaluation.values[0],
                strain=-guess.evaluation.values[1],
                energy=-guess.evaluation.values[2],
                speed_m_s=_number(guess.evaluation.measures, "speed_m_s"),
            )
            for place, guess in enumerate(guesses)
        )
    )


def front_of_index(index: FrontIndex) -> FrontFacts:
    """Returns the front of a finished run as a watcher hears of it."""
    return FrontFacts(
        tuple(
            FrontPoint(
                one.guess,
                one.generation,
                one.names,
                one.distance,
                one.strain,
                one.energy,
                one.speed_m_s,
            )
            for one in index.walkers
        )
    )
