"""``gaitosaur evolve``: from an animal to a champion that walks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sims import typed
from sims.cli import options
from sims.cli.front import draw_front, front_sentences
from sims.cli.options import AsJson, Quiet
from sims.cli.progress import progress
from sims.cli.voice import Ended, Voice, complain
from sims.runs.asked import Asked, begin

if TYPE_CHECKING:
    from sims.runs.driver import Run
    from sims.runs.events import RunResult

EXAMPLE = "Example:  gaitosaur evolve velociraptor --seed 3 --guesses 4000"

READY = "getting ready; the first time, the physics is compiled, which takes a while"
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
    animal: options.Animal = None,
    variant: options.Variant = None,
    seed: options.Seed = None,
    guesses: options.Guesses = None,
    strategy: options.Strategy = None,
    objective: options.Objective = None,
    controller: options.Controller = None,
    weight: options.Weight = None,
    seconds: options.Seconds = None,
    gravity: options.Gravity = None,
    bone_limit: options.BoneLimit = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes; no result depends on it.  \\[default: one a core]"),
    ] = None,
    dask: options.Dask = None,
    begin_from: options.Start = None,
    change: options.Change = None,
    out: options.Out = None,
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
    asked = Asked(
        animal=animal,
        variants=tuple(variant or ()),
        seed=seed,
        guesses=guesses,
        strategy=strategy,
        objective=objective,
        controller=controller,
        weights=tuple(weight or ()),
        seconds=seconds,
        gravity=gravity,
        bone_limit=bone_limit,
        begin_from=begin_from,
        search=tuple(change or ()),
        out=out,
        workers=options.processors() if workers is None else workers,
        dask=dask,
        resume=resume,
        repeat=repeat,
    )
    both = dask is not None and workers is not None
    idle = typed.fault("--workers", "does not go with --dask: the cluster has its own")
    typed.refuse([*asked.faults(), idle if both else None])
    _tell(_go(_begun(asked, voice), voice), voice)


command.__name__ = "evolve"


def _begun(asked: Asked, voice: Voice) -> Run:
    from sims.errors import RunError

    try:
        return begin(asked, lambda: voice.chatter(READY))
    except RunError as error:
        raise Ended(1 if asked.resume else 2, str(error)) from None


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
    front = draw_front(result.folder) if result.front else None
    if voice.quiet:
        voice.result(str(result.file))
    else:
        crashed = f", {result.crashed} of them crashed" if result.crashed else ""
        rate = f"{result.guesses_per_minute:,.0f} a minute"
        title = result.champion.species.title
        voice.result(f"{title}, the best of {result.guesses:,} guesses ({rate}{crashed}):")
        voice.result(*sentences(result.champion))
        voice.result(f"It is in {result.file}{f', its picture in {drawn}' if drawn else ''}.")
        if result.front:
            _tell_front(result, front, voice)
        voice.chatter("", f"To walk it again:  gaitosaur replay {result.file} --check")
    voice.document(document(result))


def _tell_front(result: RunResult, drawn: Path | None, voice: Voice) -> None:
    from sims.runs.front_file import read_index

    index = read_index(result.folder)
    if index is None or not index.walkers:
        return
    voice.result("", *front_sentences(index))
    picture = f", their picture in {drawn}" if drawn else ""
    voice.result(f"They are in {result.folder / 'front'}, listed in front.json{picture}.")
    voice.chatter("", f"To see them:  gaitosaur replay {result.folder} --front")


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
