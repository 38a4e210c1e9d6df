"""What is written over the track of a race."""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.window.hud import Hud, banner, waiting
from sims.window.palette import GREEN, INK
from sims.window.pen import Pen
from sims.window.sentences import far
from sims.window.view import View
from sims.window.words import say


class RaceHud(Hud):
    """Words over the track: before the race, and when it is over."""

    def _walk(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        if view.race is None:
            title, words = waiting(view, say("race.opening.title"), say("race.opening.words"))
            at = rect.centerx, rect.centery - pen.px(20)
            pen.text(surface, title, at, 20, INK, True, "centre")
            at = rect.centerx, rect.centery + pen.px(8)
            pen.text(surface, words, at, 14, INK, align="centre")
        elif view.playback.ended:
            race = view.race
            first = race.racers[race.order(race.seconds)[0]]
            words = say("race.won", name=first.name, far=far(first.metres(race.seconds), 1))
            banner(surface, rect, pen, words, GREEN)
