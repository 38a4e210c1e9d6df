"""A film that is being written: picture by picture, whole in the end or not there at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sims.errors import RunError
from sims.files import beside, into_place, reason
from sims.film.gif import Gif
from sims.film.kinds import Kind, kind_of, true_rate, true_size
from sims.film.strip import Strip
from sims.film.video import Video
from sims.film.writer import Picture, Writer


class Film:
    """A film under way. Used with ``with``, it is finished when all went well, and thrown away when not.

    Attributes:
        path: of the file; what was there before stays until the film is whole.
        size: width and height, pixels.
        fps: pictures a second, as the kind of film can have them.
        count: pictures so far.
    """

    def __init__(
        self, path: Path, size: tuple[int, int], fps: float, sample: Sequence[Picture] = ()
    ) -> None:
        """Begins a film.

        Args:
            path: its end says which kind, one of `KINDS`; in a folder that exists.
            size: width and height, pixels, as `true_size` gives them.
            fps: pictures a second; see `true_rate`.
            sample: pictures from all parts of it, from which a GIF takes its colours; its first one if not given.

        Raises:
            RunError: it cannot be written.
        """
        kind = kind_of(path)
        if kind is None or true_size(kind, size) != size:
            raise ValueError(f"no film can be {size} in {path.name}")
        self.path, self.size = path, size
        self.fps = true_rate(kind, fps)
        self.count = 0
        self._temporary = beside(path)
        with self._whole_or_nothing():
            self._temporary.touch(exist_ok=False)  # before any encoder, whose words are not ours
            self._writer = self._made(kind, sample)

    def _made(self, kind: Kind, sample: Sequence[Picture]) -> Writer:
        if kind.suffix == ".png":
            return Strip(self._temporary)
        if kind.suffix == ".gif":
            return Gif(self._temporary, self.size, self.fps, sample)
        return Video(self._temporary, kind.suffix, self.size, self.fps)

    @property
    def seconds(self) -> float:
        """Returns how long it is by now."""
        return float(self.count / self.fps)

    def add(self, picture: Picture) -> None:
        """Writes one more picture.

        Raises:
            RunError: it cannot be written; then nothing is left of the film.
        """
        with self._whole_or_nothing():
            self._writer.add(picture)
        self.count += 1

    def close(self) -> None:
        """Finishes the film and puts it in its place.

        Raises:
            RunError: it cannot be written; then nothing is left of the film.
        """
        with self._whole_or_nothing():
            if not self.count:
                raise OSError("it has no pictures")
            self._writer.finish()
            into_place(self._temporary, self.path)

    def abort(self) -> None:
        """Throws the film away."""
        if hasattr(self, "_writer"):
            self._writer.drop()
        self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> Film:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    @contextmanager
    def _whole_or_nothing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.abort()
            raise RunError(f"{self.path} cannot be written: {reason(error)}") from None
        except BaseException:
            self.abort()
            raise
