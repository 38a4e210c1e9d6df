"""What is written over the track of a race."""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.window.hud import COMPILING_S, Hud, banner
from sims.window.palette import GREEN, INK
from sims.window.pen import Pen
from sims.window.sentences import far
from sims.window.view import View
from sims.window.words import say


class RaceHud(Hud):
    """Words over the track: before the race, and when it is over."""

    def _walk(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        if view.race is None:
            waited = view.clock - view.since
            key = "stage.compiling" if waited > COMPILING_S else "race.opening"
            at = rect.centerx, rect.centery - pen.px(20)
            pen.text(surface, say(f"{key}.title"), at, 20, INK, True, "centre")
            at = rect.centerx, rect.centery + pen.px(8)
            pen.text(surface, say(f"{key}.words", n=round(waited)), at, 14, INK, align="centre")
        elif view.playback.ended:
            race = view.race
            first = race.racers[race.order(race.seconds)[0]]
            words = say("race.won", name=first.name, far=far(first.metres(race.seconds), 1))
            banner(surface, rect, pen, words, GREEN)
