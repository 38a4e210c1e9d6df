"""The ways in which a walk is put to the test: each changes its world in one thing, by so much."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from creatures.skeleton import Skeleton
from sims.physics.log import Push
from sims.physics.terrain import KINDS as GROUNDS
from sims.physics.terrain import Terrain, TerrainKind, laid_anew
from sims.physics.trial import TrialSettings

MIDDLE = 0.25, 0.75
"""Of the time that the undisturbed walk was up: pushes come between these, with walking before and after them."""
_SEEDS = 2**31
"""Bumps are laid from one of so many seeds."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk as it is when nobody disturbs it: what changed worlds are made from."""

    skeleton: Skeleton
    genes: tuple[float, ...]
    """(n_genes,) in the order of the controller's gene table."""
    settings: TrialSettings
    time_up_s: float
    """Time on its feet."""


@dataclass(frozen=True, slots=True)
class World:
    """One changed world."""

    settings: TrialSettings
    push: Push | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to change a world. Sizes are in units that fit any animal, strengths in those that people read."""

    name: str
    """What is typed: ``push``."""
    title: str
    """What it does to the world, for a heading: ``pushed on its way``."""
    axis: str
    """What a strength is, with its unit: ``change of speed, m/s``."""
    unit: str
    """Of strengths: ``m/s``, ``deg``, ``%``, ``cm``."""
    digits: int
    """Behind the point, as people read strengths."""
    ways: tuple[str, str]
    """What a strength below 0 is called, and one above: ``backwards``, ``forwards``; the first is empty where none is
    below."""
    most: float
    """The greatest size."""
    stream: int
    """Its own chance: nothing that is drawn for another kind moves it."""
    grounds: tuple[TerrainKind, ...]
    """The grounds on which it can be done."""
    scale: Callable[[Skeleton], float]
    """Strength of a size of 1, for an animal."""
    change: Callable[[Walk, float, float], World]
    """Makes a world from a walk, a size, and one more number of chance, 0 to 1."""

    @property
    def least(self) -> float:
        """Returns the smallest size, signed."""
        return -self.most if self.ways[0] else 0.0


def _one(_skeleton: Skeleton) -> float:
    return 1.0


def _speed(skeleton: Skeleton) -> float:
    """Metres per second in a hip height per unit of time."""
    return skeleton.hip_height / skeleton.time_unit


def _centimetres(skeleton: Skeleton) -> float:
    return 100.0 * skeleton.hip_height


def _push(walk: Walk, size: float, chance: float) -> World:
    early, late = MIDDLE
    moment = walk.time_up_s * (early + chance * (late - early))
    return World(walk.settings, Push(moment, size))


def _tilt(walk: Walk, size: float, _chance: float) -> World:
    rise = math.tan(math.atan(_rise(walk.settings.terrain)) + math.radians(size))
    ground = replace(walk.settings.terrain, kind="slope", size=rise)
    return World(replace(walk.settings, terrain=ground))


def _rise(terrain: Terrain) -> float:
    return terrain.size if terrain.kind == "slope" else 0.0


def _mass(walk: Walk, size: float, _chance: float) -> World:
    scale = walk.settings.mass_scale * (1.0 + size / 100.0)
    return World(replace(walk.settings, mass_scale=scale))


def _bumps(walk: Walk, size: float, chance: float) -> World:
    seed = int(chance * _SEEDS)
    rough = walk.settings.terrain
    if rough.kind == "flat":
        ground = Terrain("bumps", size=size, seed=seed)
    else:
        ground = replace(laid_anew(rough, seed), size=rough.size + size)
    return World(replace(walk.settings, terrain=ground))


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            *(
                "push",
                "pushed on its way",
                "change of speed, m/s",
                "m/s",
                2,
                ("backwards", "forwards"),
            ),
            *(0.25, 1, GROUNDS, _speed, _push),
        ),
        Kind(
            *("tilt", "on a slope", "slope, degrees", "deg", 1, ("downhill", "uphill")),
            *(4.0, 2, ("flat", "slope"), _one, _tilt),
        ),
        Kind(
            *("mass", "heavier or lighter", "change of mass, %", "%", 1, ("lighter", "heavier")),
            *(15.0, 3, GROUNDS, _one, _mass),
        ),
        Kind(
            *("bumps", "on bumps", "height of the bumps, cm", "cm", 1, ("", "")),
            *(0.03, 4, ("flat", "bumps", "steps"), _centimetres, _bumps),
        ),
    )
}
"""In the order in which they are shown. No ground can be tilted and have bumps or steps too."""
