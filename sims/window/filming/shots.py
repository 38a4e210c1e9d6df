"""What a film is made of: parts, each drawn when its turn comes and let go when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pygame

from creatures.faults import bad
from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.genomes.record import read_genome
from sims.genomes.verdict import Verdict
from sims.live.messages import Floats, Walk, WalkKey
from sims.live.walks import walk_of
from sims.window.eye import Eye, frame_at, stored
from sims.window.filming import captions
from sims.window.filming.captions import Caption
from sims.window.pen import Pen
from sims.window.stage.stage import Scene, Stage, pose_at
from sims.window.view import Looks

HELD_S = 1.0
"""The end of a walk is held so long, seconds of the film."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a film is drawn."""

    size: tuple[int, int]
    """Width and height, pixels."""
    looks: Looks = field(default_factory=Looks)
    captions: bool = True
    """Whether anything is written over the stage."""

    def pen(self) -> Pen:
        """Returns a pen that writes for the size of the picture: words are read on a small film too."""
        width, height = self.size
        return Pen(max(min(height / 540, width / 720), min(0.7, width / 300)))


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A walk as one picture of a film shows it."""

    key: WalkKey
    time: float
    """Of the walk, s."""
    frame: int | None
    """The stored frame of its trajectory that was drawn; None for a moment between two, in slow motion."""
    pose: Floats
    """(b, 3) of every bone, m and rad."""
    verdict: Verdict | None
    """Whether it is still the walk that was saved."""
    name: str = ""
    """Of a racer; empty where no other walk is seen."""


class Take(Protocol):
    """A part whose turn has come: everything it needs is at hand."""

    def draw(self, surface: pygame.Surface, time: float) -> tuple[Shown, ...]:
        """Draws one picture.

        Args:
            surface: all of it is drawn over.
            time: seconds of the film since the part began.

        Returns:
            Every walk that is seen in it.
        """


class Part(Protocol):
    """A part of a film: a shot of a walk, a card with a title, a race."""

    @property
    def seconds(self) -> float:
        """Returns how long it is, seconds of the film."""

    def open(self, style: Style) -> Take:
        """Gets everything it needs; what was opened is let go after its last picture.

        Raises:
            BadFile: a file that it needs is none, or there is nothing to be seen in it.
        """


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """A walk, and the animal that walks it."""

    walk: Walk
    skeleton: Skeleton
    look: Look
    title: str
    """The animal's full name."""


def played_file(path: Path) -> Played:
    """Returns the walk of a genome file.

    Raises:
        BadFile: it is none, or there is nothing to be seen of its walk.
    """
    genome = read_genome(path)
    try:
        walk = walk_of(genome)
    except ValueError as error:
        raise bad(str(path), str(error)) from None
    return Played(walk, genome.skeleton(), genome.species.look, genome.species.title)


@dataclass(frozen=True, slots=True)
class Shot:
    """Plays a walk; when that is over, its end is held."""

    source: Callable[[], Played]
    """Is called when its turn comes."""
    seconds: float
    """Of the film."""
    title: str
    """What is written over it."""
    words: str = ""
    """What is written below the title, before how far it is by now."""
    begin: float = 0.0
    """Where in the walk it begins, s."""
    speed: float = 1.0
    """Seconds of the walk in one of the film."""

    def open(self, style: Style) -> Take:
        """Computes the walk; see `Part`."""
        return _Shooting(self, self.source(), style)


class _Shooting:
    """A shot under way."""

    def __init__(self, shot: Shot, found: Played, style: Style) -> None:
        self._shot, self._walk, self._style = shot, found.walk, style
        self._pen = style.pen()
        self.stage = Stage(self._pen, found.skeleton, found.look)

    def draw(self, surface: pygame.Surface, time: float) -> tuple[Shown, ...]:
        """Draws one picture; see `Take`."""
        walk, shot = self._walk, self._shot
        wanted = shot.begin + shot.speed * time
        now = moment(walk, wanted, shot.speed)
        rect = surface.get_rect()
        self.stage.draw(surface, rect, Scene(walk, now), Eye(), self._style.looks)
        if self._style.captions:
            over = now >= walk.seconds - 0.5 * walk.trajectory.frame_time
            caption = Caption(shot.title, shot.words, shot.speed, over)
            captions.draw(surface, self._pen, walk, now, caption)
        return (shown(walk, now, shot.speed),)


def moment(walk: Walk, time: float, speed: float) -> float:
    """Returns the moment of a walk that is drawn for a time, s.

    At true speed and above it is that of the nearest stored frame: what is seen was simulated, and nothing is made up
    between. In slow motion there are more pictures than frames.
    """
    time = min(max(time, 0.0), walk.seconds)
    if speed < 1.0:
        return time
    return stored(walk, time)


def shown(walk: Walk, now: float, speed: float) -> Shown:
    """Returns what a picture of a walk at a moment shows; see `moment`."""
    frame = frame_at(walk, now) if speed >= 1.0 else None
    return Shown(walk.key, now, frame, pose_at(walk, now), walk.verdict)
