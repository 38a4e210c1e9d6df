"""Films what the window shows: pictures are copied as they are drawn, and written by a thread that nobody waits for."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from sims.film.encoder import Film
from sims.film.kinds import KINDS, kind_of, true_size
from sims.window.palette import PAPER
from sims.window.pixels import pixels
from sims.window.words import say

FPS = 30
_WAITING = 4
"""Pictures that may wait to be written; while there are so many, no more are taken, and the last one stays."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """What came of it."""

    path: Path
    seconds: float
    """How long the film is."""
    fault: str
    """Why there is none; empty when there is."""


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """One to be written."""

    surface: pygame.Surface | None
    """None when there are no more."""
    late: int
    """Pictures of the film that are due before it: in them, what was shown until then stays."""


class Recorder:
    """A film of the window under way. No method raises anything: a fault is a sentence.

    Attributes:
        path: of the film; it is there when it is stopped.
        fault: why it is over already; empty while all goes well.
    """

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        """Begins a film.

        Args:
            path: its end says which kind: ``.mp4``.
            size: of the window, pixels; when that changes, its picture is fitted into the first size.
        """
        kind = kind_of(path) or KINDS[".mp4"]
        self.path = path
        self.fault = ""
        self._size = true_size(kind, size)
        self._clock = 0.0
        self._taken = 0
        self._written = 0
        self._queue: queue.Queue[_Picture] = queue.Queue(_WAITING)
        # A daemon: a window that dies does not wait for it.
        self._thread = threading.Thread(target=self._write, name="recorder", daemon=True)
        self._thread.start()

    @property
    def seconds(self) -> float:
        """Returns how long the film is by now."""
        return self._taken / FPS

    @property
    def is_behind(self) -> bool:
        """Returns whether more comes than can be written: then pictures stay for longer."""
        return self._queue.full()

    def frame(self, surface: pygame.Surface, elapsed: float) -> None:
        """Takes a picture, if it is time for one; copying it is all that takes time.

        Args:
            surface: the window, drawn.
            elapsed: seconds of the watcher's time since the call before.
        """
        if self.fault:
            return
        self._clock += elapsed if self._taken else 0.0
        due = self._due()
        if due < 1 or self.is_behind:  # what is due then is made up for by the next picture
            return
        self._queue.put_nowait(_Picture(surface.copy(), due - 1))
        self._taken += due

    def stop(self) -> Filmed:
        """Finishes the film."""
        self._queue.put(_Picture(None, self._due() if self._taken else 0))
        self._thread.join()
        if not self.fault and not self._written:
            self.fault = say("film.record.nothing")
        return Filmed(self.path, self._written / FPS, self.fault)

    def _due(self) -> int:
        """Returns how many pictures the film is behind the watcher's clock."""
        return max(floor(self._clock * FPS + 1e-6) + 1 - self._taken, 0)

    def _write(self) -> None:
        """Writes what is taken, until there is no more; in a thread of its own."""
        pictures = self._pictures()
        try:
            self._film(pictures)
        except Exception as error:  # a film that fails must not take the window with it
            self.fault = str(error) or type(error).__name__
            for _ in pictures:  # or whoever stops it would wait for room in the queue
                pass

    def _pictures(self) -> Iterator[_Picture]:
        """Yields what was taken, and what says that there is no more."""
        found = None
        while found is None or found.surface is not None:
            found = self._queue.get()
            yield found

    def _film(self, pictures: Iterator[_Picture]) -> None:
        first = next(pictures).surface
        if first is None:
            return
        shown = self._fitted(first)
        with Film(self.path, self._size, FPS, [shown]) as film:
            film.add(shown)
            for picture in pictures:
                for _ in range(picture.late):
                    film.add(shown)
                if picture.surface is not None:
                    shown = self._fitted(picture.surface)
                    film.add(shown)
        self._written = film.count

    def _fitted(self, surface: pygame.Surface) -> NDArray[np.uint8]:
        """Returns the pixels of a picture in the first size, with paper where it does not reach."""
        return pixels(fitted(surface, self._size))


def fitted(surface: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """Returns a picture made as large as fits into a size, in the middle, with paper round it."""
    if surface.get_size() == size:
        return surface
    by = min(size[0] / surface.get_width(), size[1] / surface.get_height())
    made = pygame.Surface(size, 0, 32)
    made.fill(PAPER)
    if abs(by - 1.0) * max(surface.get_size()) >= 2.0:  # or a pixel is cut off an odd one
        wide, tall = (max(round(by * side), 1) for side in surface.get_size())
        surface = pygame.transform.smoothscale(surface.convert(made), (wide, tall))
    made.blit(surface, surface.get_rect(center=made.get_rect().center))
    return made
