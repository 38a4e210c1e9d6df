"""MP4 and WebM."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av

from sims.film.stream import Codec, Stream, as_yuv
from sims.film.writer import Picture

CODECS = {
    ".mp4": Codec(
        "libx264",
        "mp4",
        "yuv420p",
        # Slower settings make no smaller file of pictures like ours. Left to itself the encoder takes short cuts of the
        # processor that do not even come out the same twice.
        {"preset": "veryfast", "crf": "19", "x264-params": "cpu-independent=1"},
        # The table of contents in front: a browser begins to play before it has all of it.
        {"movflags": "+faststart"},
    ),
    ".webm": Codec(
        "libvpx-vp9",
        "webm",
        "yuv420p",
        # As for a live picture, or it would take five times as long; b = 0 leaves all to the quality wished for.
        {"deadline": "realtime", "cpu-used": "6", "crf": "30", "b": "0"},
    ),
}


class Video:
    """Writes a film with small differences from picture to picture."""

    def __init__(self, path: Path, suffix: str, size: tuple[int, int], fps: Fraction) -> None:
        self._stream = Stream(path, CODECS[suffix], size, fps)

    def add(self, picture: Picture) -> None:
        """Writes one more picture; see `Writer`."""
        self._stream.add(as_yuv(av.VideoFrame.from_ndarray(picture, format="rgb24")))

    def finish(self) -> None:
        """Closes the file; see `Writer`."""
        self._stream.finish()

    def drop(self) -> None:
        """Closes the file, whatever is in it."""
        self._stream.drop()
