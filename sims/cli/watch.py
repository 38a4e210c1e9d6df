"""``gaitosaur watch``: a window in which a dinosaur learns to walk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creatures.faults import Fault, bad
from creatures.species import load_species
from sims import typed
from sims.cli import options
from sims.cli.options import AsJson, Quiet
from sims.cli.voice import Ended, Voice, complain
from sims.errors import RunError
from sims.runs.asked import Asked
from sims.runs.interrupt import terminable

if TYPE_CHECKING:
    from sims.window.app import Ending, Options
    from sims.window.story import Story

EXAMPLE = "Example:  gaitosaur watch velociraptor --seed 3"

ANIMAL = "tyrannosaurus"
"""Who learns to walk when nobody is named."""
SIZES = (960, 600), (7680, 4320)
"""Smallest and largest window, points."""
LONGEST_S = 86_400.0


def command(
    animal: options.Animal = None,
    seed: options.Seed = None,
    guesses: options.Guesses = None,
    strategy: options.Strategy = None,
    objective: options.Objective = None,
    weight: options.Weight = None,
    seconds: options.Seconds = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes; no result depends on it.  \\[default: one a core but one]"),
    ] = None,
    change: options.Change = None,
    out: options.Out = None,
    resume: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Go on with a run that was stopped, or see one again."),
    ] = None,
    size: Annotated[str, typer.Option(metavar="WxH", help="Size of the window.")] = "1280x720",
    full_screen: Annotated[bool, typer.Option("--full-screen", help="Fill the screen.")] = False,
    for_s: Annotated[
        float | None,
        typer.Option("--for", metavar="SECONDS", help="Close the window by itself after so long."),
    ] = None,
    shots: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Save a picture every few seconds; needs no display."),
    ] = None,
    every: Annotated[
        float, typer.Option(metavar="SECONDS", help="Time between two pictures.")
    ] = 3.0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Watch a dinosaur learn to walk, in a window; closing it saves the run."""
    voice = Voice(as_json, quiet)
    asked = Asked(
        animal=animal if animal or resume else ANIMAL,
        seed=seed,
        guesses=guesses,
        strategy=strategy,
        objective=objective,
        weights=tuple(weight or ()),
        seconds=seconds,
        search=tuple(change or ()),
        out=out,
        workers=max(options.processors() - 1, 1) if workers is None else workers,
        resume=resume,
    )
    width, height = options.size_of(size)
    typed.refuse([*asked.faults(), *_faults(width, height, for_s, every)])
    if shots is not None:
        _folder(shots)
    _watch(asked, (width, height), full_screen, for_s, shots, every, voice)


command.__name__ = "watch"


def default() -> None:
    """Opens the window as ``gaitosaur`` alone does."""
    command()


def _watch(
    asked: Asked,
    size: tuple[int, int],
    full_screen: bool,
    for_s: float | None,
    shots: Path | None,
    every: float,
    voice: Voice,
) -> None:
    from sims.window.app import App, NoDisplay, Options  # brings pygame

    chosen = Options(size, full_screen, for_s, shots, every)
    animal = None
    if asked.animal is not None:
        from creatures.assemble import assemble

        species = load_species(asked.animal)
        animal = assemble(species), species.look
    try:
        app = App(asked, animal, chosen)
    except NoDisplay as error:
        name = asked.animal or f"--resume {asked.resume}"
        hint = f"without one:  gaitosaur evolve {name}"
        raise Ended(2, f"no display to open a window on ({error}); {hint}") from None
    try:
        with terminable():
            ending = app.go()
    except KeyboardInterrupt:
        raise Ended(130, *_left(app.desk.view.story)) from None
    except RunError as error:
        raise Ended(1, str(error)) from None
    _tell(ending, chosen, voice)


def _tell(ending: Ending, chosen: Options, voice: Voice) -> None:
    """Says how the run was left."""
    story = ending.story
    if story.failed is not None:
        raise Ended(story.failed.code, *story.failed.lines)
    if chosen.shots is not None:
        voice.chatter(f"{ending.shots} pictures in {chosen.shots}")
    if story.crowned is not None:
        _draw(story.crowned.file)
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


def _faults(width: int, height: int, for_s: float | None, every: float) -> list[Fault | None]:
    (least_w, least_h), (most_w, most_h) = SIZES
    return [
        typed.between("--size width", width, least_w, most_w),
        typed.between("--size height", height, least_h, most_h),
        typed.between("--for", for_s, 0.1, LONGEST_S),
        typed.between("--every", every, 0.1, LONGEST_S),
    ]


def _folder(path: Path) -> None:
    """Makes the folder of the pictures."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise bad(str(path), f"no pictures can be saved there: {error.strerror}") from None
