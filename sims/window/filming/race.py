"""A race as a film: lanes, or one for all, with who leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pygame

from sims.live.field import Race
from sims.live.racing import race
from sims.window.eye import Eye
from sims.window.filming.captions import EDGE, pill
from sims.window.filming.shots import HELD_S, Part, Shown, Style, Take, moment, shown
from sims.window.palette import CARD, INK, SERIES
from sims.window.panels.axes import plain
from sims.window.pen import Pen
from sims.window.race.track import Track
from sims.window.sentences import far
from sims.window.words import say

_LEADERS = 4
"""Racers whose distance is written, at most."""


def whole_race(
    paths: Sequence[Path], seconds: float | None = None, speed: float = 1.0, together: bool = False
) -> list[Part]:
    """Returns the parts of a race's film: all of it, and its end held for a moment.

    Args:
        paths: of two to eight genome files; see `sims.live.racing.race`.
        seconds: the film ends after so long; when all is shown if not given.
        speed: seconds of the race in one of the film.
        together: whether all share one lane.

    Raises:
        BadFile: with everything that is wrong.
    """
    made = race(paths)
    whole = made.seconds / speed + 2.0 * HELD_S
    return [RacePart(made, whole if seconds is None else min(seconds, whole), speed, together)]


@dataclass(frozen=True, slots=True)
class RacePart:
    """Plays a race; when that is over, its end is held."""

    race: Race
    seconds: float
    """Of the film."""
    speed: float
    together: bool

    def open(self, style: Style) -> Take:
        """See `Part`."""
        return _Racing(self, style)


class _Racing:
    """A race under way."""

    def __init__(self, part: RacePart, style: Style) -> None:
        self._part, self._style = part, style
        self._looks = replace(style.looks, together=part.together)
        self._pen, self._track = style.pen(), Track(exact=part.speed >= 1.0)

    def draw(self, surface: pygame.Surface, time: float) -> tuple[Shown, ...]:
        """Draws one picture; see `Take`."""
        race, speed = self._part.race, self._part.speed
        now = min(speed * time, race.seconds)
        # Each walk has frames of its own: what is drawn of each is its stored frame nearest to the moment.
        self._track.play(surface, surface.get_rect(), self._pen, race, now, Eye(), self._looks)
        if self._style.captions:
            _standings(surface, self._pen, race, now)
        return tuple(
            replace(shown(racer.walk, moment(racer.walk, now, speed), speed), name=racer.name)
            for racer in race.racers
        )


def _standings(surface: pygame.Surface, pen: Pen, race: Race, now: float) -> None:
    """Writes the clock and who is how far, in the upper right corner."""
    right, y = surface.get_width() - pen.px(EDGE), pen.px(EDGE) - pen.px(6)
    clock = say("race.clock", n=f"{now:.1f}")
    box = pill(surface, pen, clock, (right, y), 16, (INK, CARD), surface.get_width(), 1.0)
    y = box.bottom + pen.px(4)
    for i in race.order(now)[:_LEADERS]:
        racer = race.racers[i]
        got, hips = far(racer.metres(now), 1), plain(racer.hip_heights(now))
        words = say("race.so_far", far=got, hips=hips)
        at = (right, y)
        box = pill(surface, pen, words, at, 13, (SERIES[i], CARD), surface.get_width() // 2, 1.0)
        y = box.bottom + pen.px(3)
    if now >= race.seconds:
        first = race.racers[race.order(now)[0]]
        said = say("race.won", name=first.name, far=far(first.metres(now), 1))
        at = surface.get_width() // 2, surface.get_height() - pen.px(34)
        pill(surface, pen, said, at, 18, (INK, CARD), surface.get_width(), 0.5)
