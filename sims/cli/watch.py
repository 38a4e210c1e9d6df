"""``gaitosaur watch``: a window in which a dinosaur learns to walk."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sims import typed
from sims.cli import options, windowed
from sims.cli.front import draw_front
from sims.cli.options import AsJson, Quiet
from sims.cli.voice import Ended, Voice, complain
from sims.runs import asked as asking
from sims.runs.asked import Asked

if TYPE_CHECKING:
    from sims.window.app import Ending
    from sims.window.story import Story

EXAMPLE = "Example:  gaitosaur watch velociraptor --seed 3"

ANIMAL = "tyrannosaurus"
"""Who learns to walk when nobody is named."""


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
        typer.Option(help="Processes; no result depends on it.  \\[default: one a core but one]"),
    ] = None,
    begin_from: options.Start = None,
    change: options.Change = None,
    out: options.Out = None,
    resume: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Go on with a run that was stopped, or see one again."),
    ] = None,
    size: windowed.Size = "1280x720",
    full_screen: windowed.FullScreen = False,
    for_s: windowed.For = None,
    shots: windowed.Shots = None,
    every: windowed.Every = 3.0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Watch a dinosaur learn to walk, in a window; closing it saves the run."""
    voice = Voice(as_json, quiet)
    asked = Asked(
        animal=animal if animal or resume or begin_from else ANIMAL,
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
        workers=max(options.processors() - 1, 1) if workers is None else workers,
        resume=resume,
    )
    window = windowed.Windowed(size, full_screen, for_s, shots, every)
    typed.refuse([*asked.faults(), *window.faults()])
    _watch(asked, window, voice)


command.__name__ = "watch"


def default() -> None:
    """Opens the window as ``gaitosaur`` alone does."""
    command()


def _watch(asked: Asked, window: windowed.Windowed, voice: Voice) -> None:
    from sims.window.app import NoDisplay  # brings pygame
    from sims.window.watching import Watching

    animal = None
    if asked.resume is None:
        from creatures.assemble import assemble

        species = asking.animal(asked)
        animal = assemble(species), species.look
    try:
        app = window.open(lambda: Watching(asked, animal))
    except NoDisplay as error:
        words = [asked.animal] if asked.animal else []
        for option, path in (("--resume", asked.resume), ("--from", asked.begin_from)):
            words += [option, str(path)] if path else []
        hint = f"without one:  gaitosaur evolve {shlex.join(words)}"
        raise Ended(2, f"no display to open a window on ({error}); {hint}") from None
    ending = windowed.go(app, lambda: _left(app.desks[0].view.story))
    _tell(ending, window, voice)


def _tell(ending: Ending, window: windowed.Windowed, voice: Voice) -> None:
    """Says how the run was left."""
    window.told(ending, voice)
    story = ending.story
    if story.crowned is not None:
        _draw(story.crowned.file)
        draw_front(story.crowned.file.parent)
    if story.crowned is not None and voice.quiet:
        voice.result(str(story.crowned.file))
    elif not voice.quiet:
        voice.result(*_left(story))
    voice.document(_document(ending))


def _left(story: Story) -> list[str]:
    """Says in what state a run was left."""
    if story.crowned is not None:
        what = "The champion" if story.crowned.passes else "The best found, not yet a champion"
        return [f"{what}: {story.crowned.file}"]
    if story.folder is None:
        return ["closed before the run began"]
    what = "saved after its last generation" if story.generations else "stopped before a generation"
    return [f"{what}; go on with:  gaitosaur watch --resume {story.folder}"]


def _draw(champion: Path) -> None:
    """Draws the champion beside its file, as `evolve` does, unless that is done already."""
    path = champion.with_name("best.png")
    if path.exists():
        return
    from sims.cli.picture import draw
    from sims.genomes.record import read_genome

    try:
        genome = read_genome(champion)
        if genome.recording is not None:
            draw(genome, genome.recording.trajectory(), path)
    except Exception as error:  # a picture that fails must not make a finished run look failed
        complain(f"no picture: {type(error).__name__}: {error}")


def _document(ending: Ending) -> dict[str, Any]:
    story = ending.story
    crowned = story.crowned
    return {
        "run": None if story.folder is None else str(story.folder),
        "guesses": story.guesses,
        "generations": len(story.generations),
        "finished": crowned is not None,
        "champion": None if crowned is None else str(crowned.file),
        "shots": ending.shots,
    }
