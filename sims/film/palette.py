"""A few colours for many pictures: chosen once, so that nothing flickers; their dither stands still."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sims.film.writer import Picture

COLOURS = 255
"""Of 256 one is left to the encoder, for pixels that stay as they were."""
_OFTEN = 190
"""Colours chosen by how much of them there is, for soft skies; the others for what is small and bright."""
_BITS = 6
"""Of each of red, green and blue that are looked at."""
_SEEN = np.array((1.4, 2.0, 1.7))
"""How well the eye tells shades of red, green and blue apart."""
_SMALL = 160_000
"""Pixels of each picture of the sample: more of them change nothing."""


class Palette:
    """The colours of a film, and the nearest of them for any other."""

    def __init__(self, sample: Sequence[Picture], dither: float = 5.0) -> None:
        """Chooses the colours.

        Args:
            sample: pictures of the film, at least one.
            dither: how far a pixel may be made lighter or darker, of 255, to show a tone between two colours.
        """
        self.colours = _chosen(sample)
        self._nearest = _nearest(self.colours)
        self._pattern = _pattern(sample[0].shape[:2], dither)

    def indices(self, picture: Picture) -> NDArray[np.uint8]:
        """Returns (h, w) which colour each pixel has."""
        shaded = np.clip(picture + self._pattern, 0, 255).astype(np.intp) >> (8 - _BITS)
        found: NDArray[np.uint8] = self._nearest[shaded[..., 0], shaded[..., 1], shaded[..., 2]]
        return found


def _chosen(sample: Sequence[Picture]) -> Picture:
    """Returns (n, 3) colours, at most so many."""
    thinned = [_thin(picture).reshape(-1, 3) for picture in sample]
    row = Image.fromarray(np.concatenate(thinned)[None])
    often = _quantised(row, _OFTEN, Image.Quantize.MEDIANCUT)
    seldom = _quantised(row, COLOURS - _OFTEN, Image.Quantize.MAXCOVERAGE)
    return np.concatenate([often, seldom])


def _quantised(row: Image.Image, most: int, how: Image.Quantize) -> Picture:
    found = row.quantize(most, how, kmeans=1).getpalette()
    assert found is not None
    return np.array(found, dtype=np.uint8).reshape(-1, 3)[:most]


def _thin(picture: Picture) -> Picture:
    step = max(int((picture.size / 3 / _SMALL) ** 0.5), 1)
    return picture[::step, ::step]


def _nearest(colours: Picture) -> NDArray[np.uint8]:
    """Returns (64, 64, 64) the number of the colour that is nearest to each mix of red, green and blue."""
    levels = np.arange(2**_BITS) * 2 ** (8 - _BITS) + 2 ** (7 - _BITS)
    found = np.empty((len(levels),) * 3, dtype=np.uint8)
    known = colours * _SEEN
    green, blue = np.meshgrid(levels, levels, indexing="ij")
    for number, red in enumerate(levels):
        mixes = np.stack([np.full_like(green, red), green, blue], axis=-1) * _SEEN
        # The nearest has the least |c|² - 2 m·c, since |m|² is the same for all.
        far = (known**2).sum(axis=1) - 2.0 * (mixes @ known.T)
        found[number] = far.argmin(axis=-1)
    return found


def _pattern(shape: tuple[int, ...], dither: float) -> NDArray[np.int16]:
    """Returns (h, w, 1) how much lighter or darker each pixel is made: every level once in each eight by eight."""
    square = np.zeros((1, 1))
    for _ in range(3):
        square = np.block([[4 * square, 4 * square + 2], [4 * square + 3, 4 * square + 1]])
    level = (square + 0.5) / square.size - 0.5
    height, width = shape
    tiled = np.tile(level, (-(-height // 8), -(-width // 8)))[:height, :width]
    return np.rint(dither * tiled).astype(np.int16)[..., None]
