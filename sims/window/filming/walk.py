"""One saved walk as a film."""

from __future__ import annotations

from pathlib import Path

from sims.window.filming.shots import HELD_S, Part, Shot, played_file
from sims.window.sentences import count
from sims.window.words import say


def whole_walk(path: Path, seconds: float | None = None, speed: float = 1.0) -> list[Part]:
    """Returns the parts of a walk's film: all of it, and its end held for a moment.

    Args:
        path: of the genome file.
        seconds: the film ends after so long; when all is shown if not given.
        speed: seconds of the walk in one of the film.

    Raises:
        BadFile: it is no genome file, or there is nothing to be seen of its walk.
    """
    found = played_file(path)
    whole = found.walk.seconds / speed + HELD_S
    length = whole if seconds is None else min(seconds, whole)
    words = say("film.generation", n=count(found.walk.key.generation))
    return [Shot(lambda: found, length, found.title, words, speed=speed)]
