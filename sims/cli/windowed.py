"""What every command with a window can be told, and how a window is opened and left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from creatures.faults import Fault, bad
from sims import typed
from sims.cli.options import size_of
from sims.cli.voice import Ended, Voice
from sims.errors import RunError
from sims.runs.interrupt import terminable

if TYPE_CHECKING:
    from sims.window.app import App, Ending
    from sims.window.desk import Desk

SIZES = (960, 600), (7680, 4320)
"""Smallest and largest window, points."""
LONGEST_S = 86_400.0

Size = Annotated[str, typer.Option("--size", metavar="WxH", help="Size of the window.")]
FullScreen = Annotated[bool, typer.Option("--full-screen", help="Fill the screen.")]
For = Annotated[
    float | None,
    typer.Option("--for", metavar="SECONDS", help="Close the window by itself after so long."),
]
Shots = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Save a picture every few seconds; needs no display."),
]
Every = Annotated[float, typer.Option(metavar="SECONDS", help="Time between two pictures.")]


@dataclass(frozen=True, slots=True)
class Windowed:
    """How a window was asked for, as typed."""

    size: str = "1280x720"
    full_screen: bool = False
    for_s: float | None = None
    shots: Path | None = None
    every: float = 3.0

    def faults(self) -> list[Fault | None]:
        """Returns what is wrong with it."""
        (least_w, least_h), (most_w, most_h) = SIZES
        width, height = size_of(self.size)
        return [
            typed.between("--size width", width, least_w, most_w),
            typed.between("--size height", height, least_h, most_h),
            typed.between("--for", self.for_s, 0.1, LONGEST_S),
            typed.between("--every", self.every, 0.1, LONGEST_S),
        ]

    def open(self, begin: Callable[[], Desk]) -> App:
        """Opens the window.

        Args:
            begin: begins what is to be watched.

        Raises:
            NoDisplay: there is none.
            BadFile: pictures cannot be saved where they should.
        """
        from sims.window.app import App, Options  # brings pygame

        if self.shots is not None:
            _make(self.shots)
        size = size_of(self.size)
        return App(begin, Options(size, self.full_screen, self.for_s, self.shots, self.every))

    def told(self, ending: Ending, voice: Voice) -> None:
        """Says how many pictures were saved.

        Raises:
            Ended: there was nothing to see.
        """
        failed = ending.story.failed
        if failed is not None:
            raise Ended(failed.code, *failed.lines)
        if self.shots is not None:
            voice.chatter(f"{ending.shots} pictures in {self.shots}")


def go(app: App, left: Callable[[], list[str]]) -> Ending:
    """Lets a window be used until it is closed.

    Args:
        app: just opened.
        left: what to say when it is ended by Ctrl-C.
    """
    try:
        with terminable():
            return app.go()
    except KeyboardInterrupt:
        raise Ended(130, *left()) from None
    except RunError as error:
        raise Ended(1, str(error)) from None


def there(path: Path) -> None:
    """Refuses a name that nothing has, before a window is opened for it.

    Raises:
        BadFile: nothing has it.
    """
    if not path.exists():
        raise bad(str(path), "no such file")


def _make(folder: Path) -> None:
    """Makes the folder of the pictures."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise bad(str(folder), f"no pictures can be saved there: {error.strerror}") from None
