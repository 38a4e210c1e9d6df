"""How a run begins, begins anew as it was, and is taken up where it was stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sims.errors import Interrupted, RunError
from sims.evaluate import evaluate
from sims.platform import platform
from sims.runs import folder as run_folder
from sims.runs.configuration import Configuration, RunSettings, read_configuration, resolve
from sims.runs.driver import Run
from sims.runs.knobs import Turn, read_turns
from sims.runs.pool import MakeExecutor

__all__ = [
    "Interrupted",
    "Run",
    "RunError",
    "RunSettings",
    "Turn",
    "repeat",
    "resume",
    "start",
]


def start(settings: RunSettings, make: MakeExecutor | None = None) -> Run:
    """Checks what is asked for, tries the first guess once, and makes the run's folder.

    Args:
        settings: what is asked for.
        make: makes the executor of the workers; processes of this machine unless told otherwise.

    Raises:
        RunError: something is wrong with the settings, or the folder cannot be made; nothing was written.
        BadFile: the species cannot stand.
    """
    configuration = resolve(settings)
    _try_first_guess(configuration)
    made = run_folder.create(configuration, settings.out, settings.home)
    return Run(made, configuration, settings.workers, make)


def _try_first_guess(configuration: Configuration) -> None:
    first = evaluate(configuration.task(), configuration.start())
    if first.ended == "failed":
        raise RunError(f"the first guess cannot be tried: {first.why}")


def repeat(
    path: Path,
    workers: int,
    out: Path | None = None,
    home: Path = Path("runs"),
    make: MakeExecutor | None = None,
) -> Run:
    """Begins a run anew, in a folder of its own, with the same turns of the knobs at the same generations.

    On the platform of the other one it comes to the same champion, byte for byte.

    Args:
        path: the folder of the other one, which may have been stopped.
        workers: processes; may be another number than before.
        out: the new folder, or None to choose a name in `home`.
        home: the folder of runs.
        make: see `start`.

    Raises:
        RunError: the folder cannot be made; nothing was written.
        BadFile: it is no run, or not one that can be made again.
    """
    opened = run_folder.open_folder(path)
    configuration = replace(
        read_configuration(opened.configuration, to_score=True), platform=platform()
    )
    read_turns(opened.knobs)
    _try_first_guess(configuration)
    made = run_folder.create(configuration, out, home, opened.knobs.lines())
    return Run(made, configuration, workers, make)


def resume(path: Path, workers: int, force: bool = False, make: MakeExecutor | None = None) -> Run:
    """Takes up a run where its last checkpoint left it.

    Args:
        path: its folder.
        workers: processes; may be another number than before.
        force: go on although this platform gives other trajectories than the one it began on.
        make: see `start`.

    Raises:
        RunError: it began on another platform and would not end the same here, or another process is at it.
        BadFile: it is no run, or not one that can be taken up.
    """
    opened = run_folder.open_folder(path)
    configuration = read_configuration(opened.configuration, to_score=True)
    here = platform()
    if here != configuration.platform and not force and not opened.best.exists():
        other = "; ".join(here.differences(configuration.platform))
        raise RunError(
            f"{path} began on another platform ({other}) and would not end the same here"
        )
    return Run(opened, configuration, workers, make)
