"""The colours of the window: paper and ink, and the eight of Okabe and Ito, which any eye can tell apart."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]


def rgb(text: str) -> Colour:
    """Returns ``#rrggbb`` as three numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@lru_cache(maxsize=4096)
def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Returns the colour a share (0 to 1) of the way from one to the other."""
    a, b, c = (round(p + share * (q - p)) for p, q in zip(one, other, strict=True))
    return a, b, c


PAPER = rgb("#efe7d8")
"""Behind everything."""
CARD = rgb("#fdfaf4")
"""Panels."""
INK = rgb("#2b2622")
SOFT = rgb("#6a6157")
"""Second in rank, still easily read on a card."""
FAINT = rgb("#b3a999")
"""Axes and what is switched off."""
HAIR = rgb("#e2d8c8")
"""Thin lines and empty bars."""

BLUE = rgb("#0072b2")
VERMILION = rgb("#d55e00")
GREEN = rgb("#009e73")
AMBER = rgb("#e69f00")
SKY = rgb("#56b4e9")
PINK = rgb("#cc79a7")

SERIES: tuple[Colour, ...] = (
    BLUE,
    VERMILION,
    GREEN,
    mix(AMBER, INK, 0.12),
    mix(PINK, INK, 0.12),
    mix(SKY, INK, 0.2),
    mix(INK, CARD, 0.25),
    mix(VERMILION, INK, 0.45),
)
"""Of curves, racers and whatever else there are several of, in their order; white words can be read on each."""

LEFT, RIGHT = BLUE, VERMILION
"""The sides of the animal, as in the printed picture."""
GAIN, COST = GREEN, VERMILION
"""What counts for a walk, and what counts against it."""
LIT = rgb("#fff1cf")
"""The card of the loop that is at work now."""

SKY_TOP, SKY_LOW = rgb("#bcd9e4"), rgb("#f8ecd4")
HILLS = (rgb("#c3cdbd"), rgb("#a9b8a3"))
"""Far and near."""
TREES = rgb("#7f937c")
SOIL_TOP, SOIL_LOW = rgb("#cdb78e"), rgb("#a88d63")
SOIL_LINE = rgb("#6b5638")

_LOADS = (rgb("#fff3c4"), rgb("#f0a53a"), rgb("#d55e00"), rgb("#7a1f0b"))


def load(share: float) -> Colour:
    """Returns the colour of a joint that bears a share (0 to 1) of the most that is shown: pale to dark."""
    place = min(max(share, 0.0), 1.0) * (len(_LOADS) - 1)
    low = min(int(place), len(_LOADS) - 2)
    return mix(_LOADS[low], _LOADS[low + 1], place - low)


def muscle(activation: float) -> Colour:
    """Returns the colour of a muscle, 0 slack to 1 pulling with all it has: dull to bright, so that lightness tells."""
    return mix(rgb("#8c5a55"), rgb("#ff7a3d"), min(max(activation, 0.0), 1.0))
