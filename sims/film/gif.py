"""GIF: plays everywhere by itself, for ever, and is large for what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from sims.film.palette import Palette
from sims.film.stream import Codec, Stream
from sims.film.writer import Picture

_CODEC = Codec("gif", "gif", "pal8", container_options={"loop": "0"})  # 0: for ever


class Gif:
    """Writes pictures of one palette, one at a time: only what changed from the one before."""

    def __init__(
        self, path: Path, size: tuple[int, int], fps: Fraction, sample: Sequence[Picture]
    ) -> None:
        self._stream = Stream(path, _CODEC, size, fps)
        self._sample = list(sample)
        self._palette: Palette | None = None
        self._colours = np.full((256, 4), 255, dtype=np.uint8)

    def add(self, picture: Picture) -> None:
        """Writes one more picture; see `Writer`."""
        if self._palette is None:
            self._choose(self._sample or [picture])
        assert self._palette is not None
        pair = self._palette.indices(picture), self._colours
        self._stream.add(av.VideoFrame.from_ndarray(pair, format="pal8"))  # type: ignore[arg-type]

    def finish(self) -> None:
        """Closes the file; see `Writer`."""
        self._stream.finish()

    def drop(self) -> None:
        """Closes the file, whatever is in it."""
        self._stream.drop()

    def _choose(self, sample: Sequence[Picture]) -> None:
        self._palette = Palette(sample)
        self._sample = []
        colours = self._palette.colours
        self._colours[: len(colours), 1:] = colours
        self._colours[len(colours) :] = 0  # clear
