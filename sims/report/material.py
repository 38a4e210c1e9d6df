"""What a report is made from: settings, the runs of each, and what came of every one. All of it read once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sims.genomes.record import Genome
from sims.report.curves import Curve
from sims.runs.front_file import FrontIndex

State: TypeAlias = Literal["finished", "half done", "waiting", "failed"]
STATES: tuple[State, ...] = ("finished", "half done", "waiting", "failed")

MOVED = 0.5
"""Hip heights: who comes no further has not walked, however long it stood."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a champion came to: everything of its file but the genes and the walk itself."""

    path: Path
    """The genome file."""
    animal: str
    """``Tyrannosaurus rex``."""
    score: float
    terms: Mapping[str, float]
    """Before weighing."""
    weights: Mapping[str, float]
    measures: Mapping[str, Any]
    robust: float | None
    """None for one that was not at the gate."""
    ended: str
    why: str
    generation: int
    guess: int
    platform: Mapping[str, str]

    @property
    def walked(self) -> bool:
        """Returns whether it walked to the end without falling."""
        return self.ended == "finished" and self.measures["hip_heights"] >= MOVED

    @property
    def points(self) -> dict[str, float]:
        """Returns what each term added to the score; terms that weigh nothing are left out."""
        weighed = {name: self.weights.get(name, 0.0) for name in self.terms}
        return {name: weight * self.terms[name] for name, weight in weighed.items() if weight}

    def value(self, name: str) -> float:
        """Returns one number by its name: a measure, ``score`` or ``robust``; NaN where there is none."""
        if name == "score":
            return self.score
        found = self.robust if name == "robust" else self.measures[name]
        return float("nan") if found is None else float(found)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the grid."""

    name: str
    species: str
    seed: int
    factors: Mapping[str, str]
    """What is varied -> its value here."""
    state: State
    command: str
    """The line that makes the same run."""
    reason: str = ""
    """Why it failed."""
    curve: Curve | None = None
    result: Result | None = None
    """Of the champion; of a run that is shown alone, before it is finished, the best so far."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All runs that differ by their seed alone."""

    number: int
    """From 0, in the order of the study."""
    label: str
    """What sets it apart: ``Tyrannosaurus, tail stiff``."""
    species: str
    factors: Mapping[str, str]
    runs: tuple[Run, ...]

    @property
    def heading(self) -> str:
        """Returns the label as it begins a line."""
        return self.label[:1].upper() + self.label[1:]

    @property
    def done(self) -> tuple[Run, ...]:
        """Returns the runs that have something to tell, by their seed."""
        return tuple(run for run in self.runs if run.result is not None)

    @property
    def curves(self) -> tuple[Curve, ...]:
        """Returns the curves of those that have something to tell, or of all while none has."""
        found = self.done or self.runs
        return tuple(run.curve for run in found if run.curve is not None and run.curve.guesses)

    def values(self, name: str) -> list[float]:
        """Returns one number of every champion, by seed; those that were not measured are left out."""
        found = [value_of(run, name) for run in self.done]
        return [value for value in found if value == value]

    @property
    def ranked(self) -> tuple[Run, ...]:
        """Returns the runs that have something to tell, the best score first."""
        return tuple(sorted(self.done, key=lambda run: (-value_of(run, "score"), run.seed)))

    @property
    def shown(self) -> dict[str, Run]:
        """Returns the champions that are shown: the one in the middle, and the best where it is another."""
        ranked = self.ranked
        if not ranked:
            return {}
        if len(ranked) == 1:
            return {"champion": ranked[0]}
        return {"median seed": ranked[len(ranked) // 2], "best seed": ranked[0]}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a report tells."""

    folder: Path
    is_study: bool
    title: str
    question: str
    grid: Mapping[str, Sequence[str]]
    """What is varied -> its values."""
    base: Mapping[str, str]
    """What all runs have in common."""
    settings: tuple[Setting, ...]
    notes: tuple[str, ...] = field(default=())
    """What whoever reads must know first."""
    front: FrontIndex | None = None
    """Of a run with several aims, once it is finished."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """Returns all runs, in the order of the study."""
        return tuple(run for setting in self.settings for run in setting.runs)

    def count(self, state: State) -> int:
        """Returns how many runs are in a state."""
        return sum(run.state == state for run in self.runs)


def value_of(run: Run, name: str) -> float:
    """Returns one number of a run's champion; NaN where there is none."""
    return float("nan") if run.result is None else run.result.value(name)


def result_of(genome: Genome, path: Path) -> Result:
    """Returns what a genome file tells, without its walk."""
    return Result(
        path=path,
        animal=genome.species.title,
        score=genome.score,
        terms=dict(genome.terms),
        weights=dict(genome.objective.weights),
        measures=dict(genome.measures),
        robust=None if genome.gate is None else genome.gate.robust,
        ended=genome.ended,
        why=genome.why,
        generation=genome.origin.generation,
        guess=genome.origin.guess,
        platform=genome.platform.document(),
    )


def said(name: str) -> str:
    """Returns the name of a species or of a value as people read it: ``species/my_rex.toml`` is ``My rex``."""
    stem = re.sub(r"\.toml$", "", name.rsplit("/", 1)[-1])
    words = re.sub(r"[_-]+", " ", stem).strip() or name
    return words[:1].upper() + words[1:]
