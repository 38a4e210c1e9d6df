"""``gaitosaur evolve``: from an animal to a champion that walks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creatures.faults import Fault
from creatures.species import load_species
from sims import typed
from sims.cli import options
from sims.cli.options import AsJson, Quiet
from sims.cli.progress import progress
from sims.cli.voice import Ended, Voice, complain

if TYPE_CHECKING:
    from sims.runs.configuration import RunSettings
    from sims.runs.events import RunResult
    from sims.runs.run import Run
    from sims.score import Objective

EXAMPLE = "Example:  gaitosaur evolve velociraptor --seed 3 --guesses 4000"

SEED, GUESSES, SECONDS = 1, 10_000, 10.0
STRATEGY, OBJECTIVE = "cma", "walk"
READY = "getting ready; the first time, the physics is compiled, which takes a while"
MOST_GUESSES = 100_000_000
MOST_SEED = 2**63 - 1
MOST_WORKERS = 256
SHORTEST_S, LONGEST_S = 0.1, 120.0
MEASURED = (
    "distance_m",
    "hip_heights",
    "time_up_s",
    "speed_m_s",
    "froude",
    "strain_bw",
    "peak_ground_force_bw",
    "cost_of_transport",
    "duty_factor",
    "max_joint_gap",
)
"""Measures of the champion that ``--json`` shows without digging."""


def command(
    animal: Annotated[
        str | None,
        typer.Argument(metavar="SPECIES|FILE", help="A species, or the path of your own file."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help=f"Chance: one seed, one result.  \\[default: {SEED}]")
    ] = None,
    guesses: Annotated[
        int | None, typer.Option(help=f"How many genomes to try.  \\[default: {GUESSES}]")
    ] = None,
    strategy: Annotated[
        str | None, typer.Option(help=f"How to search: cma, ga or hill.  \\[default: {STRATEGY}]")
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(help=f"What is good: walk, sprint, gentle.  \\[default: {OBJECTIVE}]"),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(metavar="TERM=X", help="Change a term of the score; may be repeated."),
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(help=f"Length of a trial.  \\[default: {SECONDS:g}]")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes; no result depends on it.  \\[default: one a core]"),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Change a setting of the search, like population=48; may be repeated.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the run, new.  \\[default: one in runs/]")
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Go on with a run that was stopped or killed."),
    ] = None,
    repeat: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Make a run again from its first guess, turned knobs too."
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Evolve a walk: guess how the muscles fire, score it, keep the best, change them a little."""
    voice = Voice(as_json, quiet)
    asked: dict[str, Any] = {
        "SPECIES": animal,
        "--seed": seed,
        "--guesses": guesses,
        "--strategy": strategy,
        "--objective": objective,
        "--weight": weight or None,
        "--seconds": seconds,
        "--set": change or None,
        "--out": out,
    }
    conflicts = _conflicts(asked, {"--resume": resume, "--repeat": repeat})
    typed.refuse([*conflicts, *_numbers(seed, guesses, seconds, workers)])
    count = options.processors() if workers is None else workers
    if resume:
        run = _resumed(resume, count)
    elif repeat:
        run = _repeated(repeat, count, out, voice)
    else:
        run = _started(asked, count, voice)
    _tell(_go(run, voice), voice)


command.__name__ = "evolve"


def _conflicts(asked: dict[str, Any], folders: dict[str, Path | None]) -> list[Fault]:
    given = [name for name, folder in folders.items() if folder is not None]
    if not given:
        missing = typed.fault("SPECIES", "is missing: which animal? (or --resume DIR)")
        return [missing] if asked["SPECIES"] is None else []
    if len(given) > 1:
        return [typed.fault("--repeat", "does not go with --resume: go on, or begin anew?")]
    why, may = {
        "--resume": ("the run goes on as it was begun", ()),
        "--repeat": ("the run is made as that one was", ("--out",)),
    }[given[0]]
    problem = f"does not go with {given[0]}: {why}"
    wrong = [name for name, value in asked.items() if value is not None and name not in may]
    return [typed.fault(name, problem) for name in wrong]


def _numbers(
    seed: int | None, guesses: int | None, seconds: float | None, workers: int | None
) -> list[Fault | None]:
    whole = "a whole number, "
    return [
        typed.between("--seed", seed, 0, MOST_SEED, whole),
        typed.between("--guesses", guesses, 1, MOST_GUESSES, whole),
        typed.between("--seconds", seconds, SHORTEST_S, LONGEST_S),
        typed.between("--workers", workers, 0, MOST_WORKERS, whole),
    ]


def _started(asked: dict[str, Any], workers: int, voice: Voice) -> Run:
    from sims.errors import RunError
    from sims.runs.run import start

    settings = _settings(asked, workers)
    voice.chatter(READY)
    try:
        return start(settings)
    except RunError as error:
        raise Ended(2, str(error)) from None


def _repeated(folder: Path, workers: int, out: Path | None, voice: Voice) -> Run:
    from sims.errors import RunError
    from sims.runs.run import repeat

    voice.chatter(READY)
    try:
        return repeat(folder, workers, out)
    except RunError as error:
        raise Ended(2, str(error)) from None


def _settings(asked: dict[str, Any], workers: int) -> RunSettings:
    """Checks the words among the options, all at once, and reads the animal."""
    from evo.strategies import STRATEGIES
    from sims.errors import RunError
    from sims.physics.trial import TrialSettings
    from sims.runs.configuration import RunSettings, search_settings

    strategy = asked["--strategy"] or STRATEGY
    typed.refuse([typed.one_of("--strategy", strategy, STRATEGIES)])
    settings = RunSettings(
        species=load_species(asked["SPECIES"]),
        seed=SEED if asked["--seed"] is None else asked["--seed"],
        guesses=asked["--guesses"] or GUESSES,
        strategy=strategy,
        objective=_objective(asked["--objective"] or OBJECTIVE, asked["--weight"] or []),
        trial=TrialSettings(seconds=asked["--seconds"] or SECONDS),
        search=typed.pairs("--set", asked["--set"] or [], _search_keys()),
        workers=workers,
        out=asked["--out"],
    )
    try:
        search_settings(settings)
    except RunError as error:
        raise Ended(2, f"--set {error}") from None
    return settings


def _search_keys() -> list[str]:
    from dataclasses import fields

    from evo.settings import SearchSettings

    own = ("strategy", "seed", "budget")  # these have options of their own
    return [field.name for field in fields(SearchSettings) if field.name not in own]


def _objective(name: str, given: list[str]) -> Objective:
    from sims.score import OBJECTIVES, TERMS

    typed.refuse([typed.one_of("--objective", name, OBJECTIVES)])
    known = OBJECTIVES[name]
    changed = typed.weights(given, TERMS)
    return replace(known, weights={**known.weights, **changed})


def _resumed(folder: Path, workers: int) -> Run:
    from sims.errors import RunError
    from sims.runs.run import resume

    try:
        return resume(folder, workers)
    except RunError as error:
        raise Ended(1, str(error)) from None


def _go(run: Run, voice: Voice) -> RunResult:
    from sims.errors import Interrupted, RunError

    try:
        with progress(voice.quiet) as listener:
            return run.go(listener)
    except Interrupted as stopped:
        hint = f"go on with:  gaitosaur evolve --resume {stopped.folder}"
        raise Ended(130, f"stopped after its last checkpoint; {hint}") from None
    except RunError as error:
        raise Ended(1, str(error)) from None


def _tell(result: RunResult, voice: Voice) -> None:
    from sims.cli.words import sentences

    drawn = _draw(result)
    if voice.quiet:
        voice.result(str(result.file))
    else:
        crashed = f", {result.crashed} of them crashed" if result.crashed else ""
        rate = f"{result.guesses_per_minute:,.0f} a minute"
        title = result.champion.species.title
        voice.result(f"{title}, the best of {result.guesses:,} guesses ({rate}{crashed}):")
        voice.result(*sentences(result.champion))
        voice.result(f"It is in {result.file}{f', its picture in {drawn}' if drawn else ''}.")
        voice.chatter("", f"To walk it again:  gaitosaur replay {result.file} --check")
    voice.document(document(result))


def _draw(result: RunResult) -> Path | None:
    """Draws the champion; a picture that fails must not take the run with it."""
    from sims.cli.picture import draw

    path = result.folder / "best.png"
    if result.was_finished and path.exists():
        return path
    try:
        draw(result.champion, result.trial.trajectory, path)
    except Exception as error:
        complain(f"no picture: {type(error).__name__}: {error}")
        return None
    return path


def document(result: RunResult) -> dict[str, Any]:
    """Returns a run's result for ``--json``."""
    found = result.document()
    measures = found["champion"]["measures"]
    found["champion"] |= {name: measures[name] for name in MEASURED}
    return found
