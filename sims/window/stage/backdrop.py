"""The painted layers behind the animal, for one size of the frame: pale and blue far away, darker near by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import pi
from typing import TypeAlias

import numpy as np
import pygame
from numpy.typing import NDArray

from sims.window.palette import HILLS, SKY_LOW, SKY_TOP, SOIL_TOP, TREES, Colour, mix
from sims.window.pen import Pen
from sims.window.stage import plants
from sims.window.stage.plants import Chance, Plant

Floats = NDArray[np.float64]
Draw: TypeAlias = Callable[[pygame.Surface, int], None]
"""Is given a clear surface and how many of its pixels make one."""

_WHITE = 255, 255, 255

MEADOW_FAR = mix(mix(HILLS[0], SKY_LOW, 0.45), SKY_TOP, 0.06)
MEADOW_LOW = mix(mix(HILLS[1], SOIL_TOP, 0.55), SKY_LOW, 0.22)
"""The plain: where it begins below the hills, and where the animal walks."""
_NEAR_HILL = mix(HILLS[1], mix(SKY_TOP, SKY_LOW, 0.5), 0.42)
_WOODS = mix(mix(TREES, SKY_LOW, 0.5), SKY_TOP, 0.12)
_BUSHES, _BUSHES_LOW = mix(TREES, SKY_LOW, 0.36), mix(TREES, MEADOW_LOW, 0.55)

_SEED = 66
"""The same country every time."""
_PLAIN = 0.085
"""How much of the frame's height the plain takes, from the hills to where the animal walks."""
_SUN = (0.77, 0.36, 0.052)
"""Where it stands and how large it is: shares of the frame's width, of its height above the hills, of its height."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A picture that goes on at its right end as it begins at its left."""

    picture: pygame.Surface
    share: float
    """How far it moves when what is near moves by 1."""
    height: int
    """Pixels: its upper edge above the ground where the animal walks."""


@dataclass(frozen=True, slots=True)
class _Hills:
    """A ridge; sizes are shares of the frame's height."""

    low: float
    high: float
    waves: tuple[int, ...]
    """How often each wave fits into the layer."""
    trees: float = 0.0
    """Of the trees along it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of plant on a layer; sizes are shares of the frame's height."""

    plant: Plant
    low: float
    high: float
    often: float
    """Weight in the draw."""


_FAR_HILLS = _Hills(0.07, 0.24, (2, 3, 5, 7, 11))
_NEAR_HILLS = _Hills(0.035, 0.12, (3, 4, 7, 13), 0.022)
_WOOD = (
    _Kind(plants.monkey_puzzle, 0.15, 0.27, 3),
    _Kind(plants.young_araucaria, 0.09, 0.22, 4),
    _Kind(plants.tree_fern, 0.05, 0.08, 3),
)
_BUSH = (
    _Kind(plants.tree_fern, 0.20, 0.34, 3),
    _Kind(plants.cycad, 0.09, 0.15, 4),
    _Kind(plants.horsetails, 0.09, 0.19, 3),
    _Kind(plants.young_araucaria, 0.20, 0.37, 1.2),
    _Kind(plants.fern, 0.035, 0.06, 6),
)


@lru_cache(maxsize=4)
def sky(width: int, height: int) -> pygame.Surface:
    """Returns the sky with its sun, and below it the plain: as large as the frame, its lower edge where one walks."""
    low = height - round(_PLAIN * height)
    colour = np.concatenate(
        [_blend(SKY_TOP, SKY_LOW, low), _blend(MEADOW_FAR, MEADOW_LOW, height - low)]
    )
    picture = np.repeat(colour[None], width, axis=0)
    radius = _SUN[2] * height
    x = np.arange(width)[:, None] - _SUN[0] * width
    y = np.arange(low)[None] - (low - _SUN[1] * height)
    far = np.hypot(x, y)
    disc = np.clip(radius - far + 0.5, 0.0, 1.0) * 0.55
    glow = 0.5 * np.exp(-((far / (4.5 * radius)) ** 2))
    share = (1.0 - (1.0 - disc) * (1.0 - glow))[:, :, None]
    picture[:, :low] += share * (np.array(mix(SKY_LOW, (255, 255, 255), 0.6)) - picture[:, :low])
    made = pygame.Surface((width, height))
    pygame.surfarray.blit_array(made, np.rint(picture).astype(np.uint8))
    return made


@lru_cache(maxsize=4)
def layers(height: int) -> tuple[Layer, ...]:
    """Returns the layers between the sky and the animal for a frame of so many pixels, the farthest first."""
    chance = np.random.default_rng(_SEED)
    air = mix(SKY_TOP, SKY_LOW, 0.6)
    foot = round(_PLAIN * height)
    wide = max(4 * height, 1408)
    country = (
        (0.025, foot, _hills(wide, height, _FAR_HILLS, chance), mix(HILLS[0], SKY_TOP, 0.6), air),
        (0.06, foot, _hills(wide, height, _NEAR_HILLS, chance), _NEAR_HILL, MEADOW_FAR),
        (0.15, round(0.6 * foot), _growth(wide, height, _WOOD, 2.0, chance), _WOODS, _WOODS),
        (0.36, round(0.1 * foot), _growth(wide, height, _BUSH, 2.75, chance), _BUSHES, _BUSHES_LOW),
    )
    return tuple(
        Layer(_paint(wide, tall, draw, top, low), share, tall + lift)
        for share, lift, (tall, draw), top, low in country
    )


def _hills(width: int, height: int, hills: _Hills, chance: Chance) -> tuple[int, Draw]:
    """Returns how tall a ridge is, pixels, and what draws it."""
    x = np.linspace(0.0, width, 481)
    turns = np.outer(x, hills.waves) * (2 * pi / width)
    turns += chance.uniform(0, 2 * pi, len(hills.waves))
    wave = np.sum(np.sin(turns) / np.array(hills.waves) ** 0.8, axis=1)
    ridge = hills.low + (hills.high - hills.low) * (wave - wave.min()) / np.ptp(wave)
    trees = hills.trees * chance.uniform(0.2, 1.0, len(x)) * (np.arange(len(x)) % 2)
    trees[-1] = trees[0]
    tall = round((hills.high + hills.trees) * height) + 2
    line = tall - height * (ridge + trees)

    def draw(fine: pygame.Surface, by: int) -> None:
        shape = [*np.stack([x, line], axis=1).tolist(), [width, tall], [0, tall]]
        pygame.draw.polygon(fine, _WHITE, [(a * by, b * by) for a, b in shape])

    return tall, draw


def _growth(
    width: int, height: int, kinds: Sequence[_Kind], often: float, chance: Chance
) -> tuple[int, Draw]:
    """Returns how tall a row of plants is, pixels, and what draws it; so many groups to a height of the frame."""
    weights = np.array([kind.often for kind in kinds])
    groups = round(often * width / height)
    tall = round(1.15 * height * max(kind.high for kind in kinds))
    rows: list[tuple[_Kind, int, float, float]] = []
    for group in range(groups):
        middle = (group + chance.uniform(0.1, 0.9)) * width / groups
        for _ in range(int(chance.integers(2, 6))):
            kind = kinds[int(chance.choice(len(kinds), p=weights / weights.sum()))]
            x = (middle + chance.normal(0.0, 0.16) * height) % width
            size = chance.uniform(kind.low, kind.high)
            rows.append((kind, int(chance.integers(1 << 30)), x, size))

    def draw(fine: pygame.Surface, by: int) -> None:
        for kind, seed, x, size in rows:
            reach = 0.6 * size * height
            for at in (x - width, x, x + width):
                if -reach < at < width + reach:
                    own = np.random.default_rng(seed)
                    kind.plant(fine, own, at * by, tall * by, size * height * by)

    return tall, draw


def _paint(width: int, height: int, draw: Draw, top: Colour, low: Colour) -> pygame.Surface:
    """Returns a shape painted from one colour above to another below."""
    made = pygame.Surface((width, height), pygame.SRCALPHA)
    Pen().smooth(made, made.get_rect(), draw)
    pygame.surfarray.pixels3d(made)[:] = np.rint(_blend(top, low, height))[None]
    return made


def _blend(top: Colour, low: Colour, rows: int) -> Floats:
    """Returns (rows, 3) colours from one to another."""
    return np.linspace(np.array(top, dtype=float), np.array(low, dtype=float), rows)
