"""From a folder to what a report is made from. It locks nothing: a run or a study may go on meanwhile."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from creatures.faults import BadFile, bad, one_line
from creatures.species import load_species, species_names
from evo.settings import SearchSettings
from sims.batch.folder import StudyFolder
from sims.batch.study import FILE as STUDY
from sims.batch.study import PLAIN, Cell, Study, read_study
from sims.genomes.record import read_genome
from sims.report.curves import Curve, read_curve
from sims.report.material import Material, Run, Setting, State, result_of, said
from sims.runs import knobs
from sims.runs.asked import CONTROLLER
from sims.runs.configuration import FILE, Configuration, read_configuration
from sims.runs.folder import RunFolder
from sims.runs.front_file import read_index
from sims.score import OBJECTIVES


def gather(path: Path) -> Material:
    """Reads a run folder or a study folder.

    Raises:
        BadFile: it is neither, or a file in it cannot be used.
    """
    if (path / STUDY).is_file():
        return _of_study(path, read_study(path / STUDY))
    if (path / FILE).is_file():
        return _of_run(path)
    if not path.is_dir():
        raise bad(str(path), "no such folder" if not path.exists() else "is a file, not a folder")
    raise bad(str(path), f"is no run and no study: it has no {FILE} and no {STUDY}")


def _of_study(path: Path, study: Study) -> Material:
    grid = {"species": [said(name) for name in study.species]} | {
        name: list(values) for name, values in study.vary.items()
    }
    return Material(
        folder=path,
        is_study=True,
        title=study.title or path.resolve().name,
        question=study.question,
        grid=grid,
        base=_base(study),
        settings=_settings(study, [_run_of(path, cell) for cell in study.cells()]),
    )


def _base(study: Study) -> Mapping[str, str]:
    """Returns what all cells have in common, said or not."""
    usual = {name: value for name, value in PLAIN.items() if name not in study.vary}
    return usual | dict(study.base)


def _settings(study: Study, runs: Sequence[Run]) -> tuple[Setting, ...]:
    """Returns the runs by what they differ in beside their seed."""
    groups: dict[tuple[str, ...], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.species, *run.factors.values()), []).append(run)
    many = len(study.species) > 1
    return tuple(
        Setting(number, _label(group[0], many), group[0].species, group[0].factors, tuple(group))
        for number, group in enumerate(groups.values())
    )


def _label(run: Run, many_species: bool) -> str:
    """``Tyrannosaurus, tail stiff``; what all have in common is not said."""
    factors = [f"{name.replace('.', ' ')} {value}" for name, value in run.factors.items()]
    return ", ".join([said(run.species)] * (many_species or not factors) + factors)


def _run_of(path: Path, cell: Cell) -> Run:
    """Reads a run of a study; one whose files cannot be used has failed, and takes no other along."""
    study = StudyFolder(path)
    folder = RunFolder(study.cell(cell.name))
    run = Run(cell.name, cell.species, cell.seed, cell.factors, "waiting", cell.command())
    try:
        state, reason = _state(study, cell)
        run = replace(run, state=state, reason=reason, curve=read_curve(folder.history.path))
        if state == "finished":
            return replace(run, result=result_of(read_genome(folder.best), folder.best))
    except BadFile as error:
        return replace(run, state="failed", reason=error.lines()[0])
    return run


def _state(study: StudyFolder, cell: Cell) -> tuple[State, str]:
    if study.is_finished(cell.name):
        return "finished", ""
    if (failure := study.failure(cell.name)) is not None:
        return "failed", one_line(failure.reason)
    begun = (study.cell(cell.name) / FILE).is_file()
    return ("half done" if begun else "waiting"), ""


def _of_run(path: Path) -> Material:
    """Reads a run that stands alone; before it is finished, its best guess so far stands for the champion."""
    folder = RunFolder(path)
    configuration = read_configuration(folder.configuration)
    curve = read_curve(folder.history.path)
    finished = folder.best.is_file()
    found = folder.best if finished else _best_so_far(folder, curve)
    species, search = configuration.species, configuration.search
    run = Run(
        name=path.resolve().name,
        species=species.name,
        seed=search.seed,
        factors={},
        state="finished" if finished else "half done",
        command=_command(configuration, path),
        curve=curve,
        result=None if found is None else result_of(read_genome(found), found),
    )
    return Material(
        folder=path,
        is_study=False,
        title=f"{species.title}, seed {search.seed}",
        question=f"How does it move, if what counts is to {configuration.objective.words}?",
        grid={"species": [species.title]},
        base=dict(_told(configuration)),
        settings=(Setting(0, species.title, species.name, {}, (run,)),),
        notes=_notes(path, finished),
        front=read_index(path) if finished else None,
    )


def _notes(path: Path, finished: bool) -> tuple[str, ...]:
    found = []
    if not finished:
        found.append("This run is not finished: what is shown is its best guess so far.")
    if (path / knobs.FILE).is_file():
        found.append("Knobs were turned while it ran; they are kept in the run's folder.")
    return tuple(found)


def _best_so_far(folder: RunFolder, curve: Curve | None) -> Path | None:
    """Returns the file of the latest generation that has one: the search has come no further."""
    if curve is None:
        return None
    latest = (folder.champion(number) for number in range(curve.generations, 0, -1))
    return next((path for path in itertools.islice(latest, 50) if path.is_file()), None)


def _told(configuration: Configuration) -> Iterator[tuple[str, str]]:
    """Yields what was asked of a run, under the names that a study has for it."""
    search, trial = configuration.search, configuration.trial
    yield "objective", configuration.objective.name
    yield "strategy", search.strategy
    if trial.controller != CONTROLLER:
        yield "controller", trial.controller
    yield "guesses", str(search.budget)
    yield "seconds", f"{trial.seconds:g}"
    if trial.gravity_scale != 1.0:
        yield "gravity", f"{trial.gravity_scale:g}"
    if trial.bone_limit_mpa:
        yield "bone_limit", f"{trial.bone_limit_mpa:g}"
    if configuration.first_guess is not None:
        yield "from", "a walk that was found earlier"
    for name, value in _weights(configuration).items():
        yield f"weight.{name}", f"{value:g}"
    for name, value in _changed(search).items():
        yield f"search.{name}", f"{value:g}"


def _weights(configuration: Configuration) -> Mapping[str, float]:
    """Returns the weights that are not those of the objective."""
    usual = OBJECTIVES.get(configuration.objective.name)
    weights = configuration.objective.weights
    if usual is None:
        return weights
    return {name: value for name, value in weights.items() if usual.weights.get(name) != value}


def _changed(search: SearchSettings) -> Mapping[str, float]:
    """Returns the settings of the search that are not the usual ones."""
    usual = SearchSettings(search.strategy, search.seed, search.budget)
    names = [name for name in search.__slots__ if name not in ("strategy", "seed", "budget")]
    found = {name: getattr(search, name) for name in names}
    return {
        name: value
        for name, value in found.items()
        if value is not None and value != getattr(usual, name)
    }


def _command(configuration: Configuration, path: Path) -> str:
    """Returns the line that makes the same run: from nothing if words can say it, else from its folder."""
    name = configuration.species.name
    if (
        (path / knobs.FILE).is_file()
        or configuration.trial.gravity_scale != 1.0
        or not _shipped(configuration, name)
        or configuration.objective.name not in OBJECTIVES
        or configuration.first_guess is not None
    ):
        return f"gaitosaur evolve --repeat {shlex.quote(str(path))}"
    search, trial = configuration.search, configuration.trial
    words = ["gaitosaur", "evolve", name, "--seed", str(search.seed)]
    words += ["--guesses", str(search.budget), "--strategy", search.strategy]
    words += ["--objective", configuration.objective.name, "--seconds", f"{trial.seconds:g}"]
    if trial.controller != CONTROLLER:
        words += ["--controller", trial.controller]
    if trial.bone_limit_mpa:
        words += ["--bone-limit", f"{trial.bone_limit_mpa!r}"]
    for term, weight in _weights(configuration).items():
        words += ["--weight", f"{term}={weight!r}"]
    for key, value in _changed(search).items():
        words += ["--set", f"{key}={value!r}"]
    return shlex.join(words)


def _shipped(configuration: Configuration, name: str) -> bool:
    if name not in species_names():
        return False
    try:
        return load_species(name).digest() == configuration.species.digest()
    except BadFile:
        return False
