"""What panels draw from, and what a click on them means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.field import Race
from sims.live.messages import TurnKnob, Walk, WalkKey
from sims.window.playback import Playback
from sims.window.story import Story


@dataclass(slots=True)
class Looks:
    """What is switched on."""

    muscles: bool = True
    joints: bool = True
    """Whether the load of the joints is seen."""
    feet: bool = True
    """Whether feet leave prints and raise dust."""
    forces: bool = False
    """Whether the push of the ground is seen."""
    path: bool = False
    """Whether the path of the centre of mass is seen."""
    together: bool = False
    """Whether all racers share one lane."""
    followed: int = -1
    """The racer that is followed; -1 follows whoever leads."""
    loop: bool = True
    """Whether a walk begins again at its end."""
    bones: bool = False
    """Whether one sees through the skin."""
    ghosts: bool = True
    charts: bool = True
    hidden: bool = False
    """Whether drawing is off, so that the machine is free for the search."""
    curves: tuple[str, ...] = ()
    """Names of the quantities that are drawn against time; empty until somebody chooses."""
    lanes: bool = False
    """Whether generations 1, 10, 50 and the present one are side by side."""
    follow: bool = True
    resting: bool = False
    """Whether the search rests."""
    overlay: str = ""
    """The panel that lies over the stage, by its name in `Screen.overlays`; empty for none."""


@dataclass(slots=True)
class View:
    """Everything that may be shown at this moment."""

    story: Story
    playback: Playback
    looks: Looks
    skeleton: Skeleton | None = None
    """The animal, where it is known before the run is; see `Ready`."""
    look: Look | None = None
    walk: Walk | None = None
    """The one on stage."""
    key: WalkKey | None = None
    """The walk that is wanted on stage, at hand or not."""
    live: bool = True
    """Whether the stage goes on to newer generations by itself."""
    act: str = ""
    """The card of the loop that is lit: ``guess``, ``score``, ``keep`` or ``change``."""
    mouse: tuple[int, int] | None = None
    """Pixels; None when it is outside the window."""
    clock: float = 0.0
    """Seconds since the window opened."""
    since: float = 0.0
    """The clock when this run was asked for."""
    race: Race | None = None
    """The race on stage, in the window of a race."""
    guest: bool = False
    """Whether it was opened over something else, to which one can go back."""


@dataclass(frozen=True, slots=True)
class Act:
    """Does an action of `keys.ACTIONS`."""

    name: str


@dataclass(frozen=True, slots=True)
class See:
    """Puts a walk on stage, and keeps it there."""

    key: WalkKey


@dataclass(frozen=True, slots=True)
class Seek:
    """Goes to a moment of the walk on stage."""

    time: float
    """Seconds since its start."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws these quantities of the walk against time, and no others."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Follow:
    """Follows a racer; the one that is followed already is let go, for whoever leads."""

    racer: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Turns a knob of the run."""

    knob: TurnKnob


@dataclass(frozen=True, slots=True)
class Begin:
    """Lets this run go and begins another."""

    species: str
    seed: int
    strategy: str
    objective: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Changes something that an overlay keeps for itself, such as the seed of the next run."""

    what: str
    value: object = field(default=None)


Intent: TypeAlias = Act | See | Seek | Draw | Follow | Turn | Begin | Choose
