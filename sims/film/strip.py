"""A film strip: a few pictures laid out in rows on one sheet, for paper and for pages on which nothing moves."""

from __future__ import annotations

from math import ceil, sqrt
from pathlib import Path

import numpy as np
from PIL import Image

from sims.film.kinds import MOST_PICTURES
from sims.film.writer import Picture

_GAP = 0.012
"""Between two pictures and round them all: share of a picture's width."""
_PAPER = 0xFD, 0xFA, 0xF4


class Strip:
    """Keeps the pictures, and lays them out in the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pictures: list[Picture] = []

    def add(self, picture: Picture) -> None:
        """Keeps one more picture; see `Writer`."""
        if len(self._pictures) == MOST_PICTURES:
            raise OSError(f"a film strip has at most {MOST_PICTURES} pictures")
        self._pictures.append(picture.copy())

    def finish(self) -> None:
        """Writes the sheet; see `Writer`."""
        Image.fromarray(sheet(self._pictures)).save(self._path, format="png", optimize=False)

    def drop(self) -> None:
        """Lets the pictures go."""
        self._pictures.clear()


def columns(count: int) -> int:
    """Returns how many of so many pictures stand side by side: the sheet is about as wide as they are."""
    return ceil(sqrt(count))


def sheet(pictures: list[Picture]) -> Picture:
    """Returns the sheet, read like a page."""
    height, width, _ = pictures[0].shape
    gap = max(round(_GAP * width), 2)
    wide = columns(len(pictures))
    tall = -(-len(pictures) // wide)
    size = tall * (height + gap) + gap, wide * (width + gap) + gap, 3
    made = np.empty(size, dtype=np.uint8)
    made[:] = _PAPER
    for number, picture in enumerate(pictures):
        y = gap + number // wide * (height + gap)
        x = gap + number % wide * (width + gap)
        made[y : y + height, x : x + width] = picture
    return made
