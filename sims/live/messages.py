"""What a run tells a watcher, and what a watcher may ask of it: plain values and arrays, no physics, no search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.genomes.verdict import Verdict
from sims.physics.trajectory import Trajectory

Floats = NDArray[np.float64]

Who: TypeAlias = Literal["best", "middle", "worst", "champion", "file", "front"]
"""Which guess of a generation, by its score; the champion is that of the whole run, once it is crowned, a file is a
genome that was opened by itself, and the front has walkers from any generation, told apart by their number."""
WHO: tuple[Who, ...] = ("best", "middle", "worst")


# What a watcher hears ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GeneFacts:
    """One thing that evolution may change."""

    name: str
    """``leg.hip.offset``."""
    words: str
    """What it does, in plain words."""
    start: float
    """Where the first guesses are made, in its own units."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be turned while a run is under way: the present setting."""

    gravity: float
    """Times the usual gravity."""
    objective: str
    weights: Mapping[str, float]
    """Term of the score -> weight; costs have negative weights."""


@dataclass(frozen=True, slots=True)
class Try:
    """One guess of a generation, in short."""

    number: int
    """Its place in the run, from 0."""
    score: float
    distance_m: float
    time_up_s: float
    ended: str
    start: int
    """Which of the search's several starts it belongs to."""


@dataclass(frozen=True, slots=True)
class GenerationFacts:
    """One generation, scored and learnt from."""

    number: int
    """From 1."""
    phase: str
    """A plain word for what the search was doing: scout, deepen, polish, scatter, breed, climb, spread."""
    rigour: int
    """0 for the quick look, 1 for the strict one; scores compare within one rigour only."""
    guesses: int
    """Made so far in the run, these included."""
    size: int
    """Guesses of this generation."""
    best: float
    median: float
    lower: float
    """Lower quartile of the scores."""
    upper: float
    distance_m: float
    """Of its best."""
    time_up_s: float
    ended: str
    why: str
    """The reason in plain words: ``its left thigh touched the ground``; empty when it finished."""
    terms: Mapping[str, float]
    """Of its best, before weighing."""
    starts: tuple[tuple[int, float], ...] = ()
    """Which of the search's several starts took part, and the best score of each."""
    record: bool = False
    """Whether its best is the best of the run so far, among those that compare."""
    leader: int = 0
    """The generation that holds the best so far."""
    genes: tuple[float, ...] = ()
    """(n_genes,) of its best; empty for one that was made before this run was taken up again."""
    tries: tuple[Try, ...] = ()
    """At most a few hundred of its guesses, the best first; empty like `genes`."""
    rate: float = 0.0
    """Guesses per minute, over the last few generations."""
    eta_s: float = 0.0
    """Seconds until the last guess, if it goes on like that."""
    turned: bool = False
    """Whether a knob was turned just before it."""
    rescored: bool = False
    """Whether that changed the world or the score: then scores before and after do not compare."""
    better: int = 0
    """How many of all its guesses did better than the best before it, where that compares."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A knob was turned: so it is from this generation on."""

    generation: int
    rules: Rules
    spread: float = 1.0
    """How many times larger the changes are than before."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The run exists; its first new generation is being made."""

    folder: Path
    skeleton: Skeleton
    look: Look
    title: str
    """The animal's full name."""
    seed: int
    strategy: str
    rules: Rules
    genes: tuple[GeneFacts, ...]
    seconds: float
    """Length of a trial."""
    budget: int
    """Guesses in all."""
    guesses: int
    """Made so far: above 0 when the run was taken up again."""
    workers: int
    past: tuple[GenerationFacts, ...] = ()
    """What was made before it was taken up again."""
    began: Rules | None = None
    """How the knobs stood at the beginning; None when they stand as they did."""
    turns: tuple[Turned, ...] = ()
    """How they were turned since."""
    file: Path | None = None
    """The genome file that was opened by itself; None for a run."""
    first: WalkKey | None = None
    """The walk that such a file holds."""


@dataclass(frozen=True, slots=True)
class WalkKey:
    """Names a walk."""

    generation: int
    """From 1."""
    who: Who = "best"
    guess: int = -1
    """Of a walker of the front, its number in the run; -1 for all others."""


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """A walk that was scored, ready to be played: f frames, l limbs."""

    key: WalkKey
    guess: int
    """The number of the guess in the run, from 0."""
    genes: tuple[float, ...]
    """(n_genes,) its genome."""
    trajectory: Trajectory
    com: Floats
    """(f, 2) centre of mass, m."""
    foot_falls: tuple[tuple[tuple[float, float], ...], ...]
    """For each limb the times (s) between which its foot was down."""
    land_x: Floats
    """(n,) corners of the ground, m."""
    land_y: Floats
    score: float
    terms: Mapping[str, float]
    """Before weighing."""
    weights: Mapping[str, float]
    """Those it was scored with."""
    measures: Mapping[str, Any]
    """Names end in their unit."""
    ended: str
    why: str
    verdict: Verdict | None = None
    """Of a walk from a file: whether it is still the walk that was saved. None in a run, where all shown are proved."""
    is_recording: bool = False
    """Whether it is played from the recording in its file."""

    @property
    def seconds(self) -> float:
        """Returns how long it is."""
        return max(len(self.trajectory) - 1, 0) * self.trajectory.frame_time

    @property
    def distance_m(self) -> float:
        """Returns how far it got."""
        return float(self.measures["distance_m"])


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """A walker whom nobody beats in every aim."""

    guess: int
    """Its number in the run, from 0."""
    generation: int
    names: tuple[str, ...]
    """What it is best at: gentlest, fastest, cheapest, balanced; mostly empty."""
    distance: float
    """Hip heights per unit of time."""
    strain: float
    """Body weights."""
    energy: float
    """Over weight and distance."""
    speed_m_s: float


@dataclass(frozen=True, slots=True)
class FrontFacts:
    """The front of a run with several aims, as it stands."""

    points: tuple[FrontPoint, ...]
    """From the gentlest to the fastest."""


@dataclass(frozen=True, slots=True)
class NoWalk:
    """A walk that was asked for cannot be shown."""

    key: WalkKey
    why: str


@dataclass(frozen=True, slots=True)
class Robust:
    """How a walk does in the five worlds of the gate."""

    key: WalkKey
    robust: float
    """The smallest share of its score that it kept, 0 to 1."""
    kept: Mapping[str, float]
    passes: bool


@dataclass(frozen=True, slots=True)
class AtTheGate:
    """All guesses are made; a candidate is tried in worlds it has never met."""

    index: int
    """From 1."""
    count: int


@dataclass(frozen=True, slots=True)
class Crowned:
    """The run is finished; its champion is written."""

    file: Path
    generation: int
    guess: int
    score: float
    robust: float
    passes: bool
    ended: str
    measures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A forebear of the best guess."""

    number: int
    """Of the guess."""
    generation: int
    score: float
    reckoning: int
    """Scores compare among ancestors of the same reckoning only: another begins with the strict look, and when a knob
    changes the world or the score."""
    changed: tuple[tuple[int, float], ...]
    """The genes that differ most from its parent's: index, and by how much."""


@dataclass(frozen=True, slots=True)
class Descent:
    """Where the best of a generation comes from, in a search whose guesses have parents."""

    generation: int
    line: tuple[Ancestor, ...]
    """From the oldest one known to the best itself."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The run was stopped after its last checkpoint; it can be taken up again."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """The run cannot begin or go on."""

    lines: tuple[str, ...]
    code: int
    """1 failed, 2 wrong usage or a bad file."""


Message: TypeAlias = (
    Ready
    | GenerationFacts
    | Walk
    | NoWalk
    | FrontFacts
    | Robust
    | AtTheGate
    | Turned
    | Crowned
    | Descent
    | Stopped
    | Failed
)


# What a watcher may ask -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Show:
    """Wishes to see a walk."""

    key: WalkKey


@dataclass(frozen=True, slots=True)
class Probe:
    """Wishes to know how robust a walk is."""

    key: WalkKey


@dataclass(frozen=True, slots=True)
class TurnKnob:
    """Wishes a knob turned from the next generation on."""

    spread: float = 1.0
    """How much larger the changes are to be."""
    gravity: float | None = None
    """Times the usual gravity; None leaves it."""
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rest:
    """Wishes the search to rest, or to go on."""

    resting: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Wishes the run to stop after its last checkpoint."""


Command: TypeAlias = Show | Probe | TurnKnob | Rest | Stop
