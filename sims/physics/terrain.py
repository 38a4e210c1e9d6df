"""The ground: heights at even distances, flat or with bumps and slopes from a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

TerrainKind = Literal["flat", "bumps", "slope", "steps"]
KINDS: tuple[TerrainKind, ...] = ("flat", "bumps", "slope", "steps")

_BEHIND = 6.0
"""How far the ground reaches behind the start, hip heights."""
_LEVEL = 1.0
"""How far around the start it is level at least, hip heights: every animal settles on flat ground."""


@dataclass(frozen=True, slots=True)
class Terrain:
    """What the ground is like; sizes in hip heights, so the same ground suits any animal."""

    kind: TerrainKind = "flat"
    size: float = 0.0
    """Height of bumps and steps in hip heights, or rise over run of a slope."""
    spacing: float = 0.5
    """Distance between the points that make bumps and steps, hip heights."""
    seed: int = 0


FLAT = Terrain()
STEEPER = 1.1
"""How many times as steep a slope is that was laid anew."""


def laid_anew(rough: Terrain, seed: int) -> Terrain:
    """Returns ground of the same kind on which no foot falls as before.

    Args:
        rough: any ground that is not flat.
        seed: added to its own. A slope has no chance in it: it gets a little steeper.
    """
    size = rough.size * STEEPER if rough.kind == "slope" else rough.size
    return replace(rough, seed=rough.seed + seed, size=size)


@dataclass(frozen=True, slots=True)
class Ground:
    """A terrain made for one animal: a chain of straight pieces."""

    x: NDArray[np.float64]
    """(n,) metres, rising."""
    y: NDArray[np.float64]
    """(n,) metres."""


def ground(terrain: Terrain, hip_height: float, reach: float) -> Ground:
    """Lays the ground for one animal.

    Args:
        terrain: what it is like.
        hip_height: metres.
        reach: how far ahead it must go, metres.

    Returns:
        The chain, level at height 0 around the start.
    """
    start, level = -_BEHIND * hip_height, _LEVEL * hip_height
    if terrain.kind == "flat":
        return Ground(np.array([start, reach]), np.zeros(2))
    if terrain.kind == "slope":
        corners = np.array([start, -level, level, max(reach, 2.0 * level)])
        return Ground(corners, terrain.size * (corners - np.clip(corners, -level, level)))
    spacing = terrain.spacing * hip_height
    x = np.arange(start, reach + spacing, spacing)
    chance = np.random.default_rng(terrain.seed)
    heights = chance.uniform(-1.0, 1.0, x.size) * terrain.size * hip_height
    # A piece that reaches into the level start is level; a hair less, so that rounding cannot decide it.
    near = level + spacing * (1.0 - 1e-9)
    if terrain.kind == "bumps":
        return Ground(x, np.where(np.abs(x) < near, 0.0, heights))
    heights = np.where((x > -near) & (x < level * (1.0 - 1e-9)), 0.0, heights)
    edge = spacing * 1e-3
    return Ground(np.stack([x, x + spacing - edge], axis=1).ravel(), np.repeat(heights, 2))
