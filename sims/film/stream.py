"""A file of moving pictures, made by the encoders that come with av: no program of the system is needed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.video.reformatter import ColorRange, Colorspace

_RANGE, _SPACE = ColorRange.MPEG, Colorspace.ITU709
"""How colours are written; said in the file, or players guess, and guess differently."""
_BT709 = 1
"""The same said of its primaries and its curve, in FFmpeg's numbers: older av has no names for them."""


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoder and how it is set: on one thread, so that every machine makes the same bytes."""

    name: str
    container: str
    pixels: str
    """Its format of pixels."""
    options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)


class Stream:
    """One stream of pictures in one file."""

    def __init__(self, path: Path, codec: Codec, size: tuple[int, int], fps: Fraction) -> None:
        # No dates and no random numbers in the file; the whole path, since av takes "a:b" for an address.
        options = {"fflags": "+bitexact", **codec.container_options}
        name = str(path.absolute())
        with _system():
            self._file = av.open(name, "w", format=codec.container, options=options)
            stream = self._file.add_stream(codec.name, rate=fps, options=dict(codec.options))
        assert isinstance(stream, av.VideoStream)
        self._stream = stream
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = codec.pixels
        self._stream.codec_context.thread_count = 1
        if codec.pixels == "yuv420p":
            self._say_colours()

    def _say_colours(self) -> None:
        context = self._stream.codec_context
        context.color_range, context.colorspace = _RANGE, _SPACE
        context.color_primaries = context.color_trc = _BT709

    def add(self, frame: av.VideoFrame) -> None:
        """Writes one more picture.

        Raises:
            OSError: it cannot be written.
        """
        with _system():
            self._file.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Writes what the encoder still has, and closes the file.

        Raises:
            OSError: it cannot be written.
        """
        with _system():
            self._file.mux(self._stream.encode())
            self._file.close()

    def drop(self) -> None:
        """Closes the file, whatever is in it."""
        with contextlib.suppress(OSError, ValueError, av.FFmpegError):
            self._file.close()


def as_yuv(frame: av.VideoFrame) -> av.VideoFrame:
    """Returns a picture as films keep it: brightness of every pixel, colour of every fourth."""
    return frame.reformat(format="yuv420p", dst_colorspace=_SPACE, dst_color_range=_RANGE)


@contextlib.contextmanager
def _system() -> Iterator[None]:
    """Lets faults of the encoder leave as what the system says to a file that cannot be written."""
    try:
        yield
    except OSError:
        raise
    except (av.FFmpegError, av.codec.codec.UnknownCodecError) as error:
        raise OSError(str(error)) from None
