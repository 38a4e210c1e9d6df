"""What is written over the stage: which walk this is, how far it is by now, why it ended, and short notices."""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.live.messages import Walk
from sims.window.director import Director
from sims.window.eye import frame_at
from sims.window.keys import BY_NAME, shown
from sims.window.palette import BLUE, CARD, GREEN, INK, SOFT, VERMILION, Colour
from sims.window.pen import Pen
from sims.window.sentences import count, ended, far, scene_sentence
from sims.window.view import View
from sims.window.words import say

_NOTICE_S = 4.0
COMPILING_S = 6.0
"""A run that takes longer to begin is compiling its physics."""


class Hud:
    """Words over the stage."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self._notice = ""
        self._notice_until = 0.0
        self._told: tuple[str, str] | None = None
        self._told_until = 0.0

    def notice(self, words: str, clock: float) -> None:
        """Shows something for a few seconds."""
        self._notice, self._notice_until = words, clock + _NOTICE_S

    def tell(self, title: str, words: str, until: float) -> None:
        """Shows a title and a few lines at the top of the stage.

        Args:
            title: of what is told; with an empty one nothing is.
            words: the lines.
            until: the clock when they go.
        """
        self._told = (title, words) if title else None
        self._told_until = until

    def draw(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Writes over the stage."""
        staged = self._director.scene >= 0
        if not view.looks.lanes and not staged:
            self._walk(surface, rect, pen, view)
        if self._told is not None and view.clock < self._told_until:
            caption(surface, rect, pen, *self._told)
        elif view.story.failed is not None:
            why = " ".join(view.story.failed.lines)
            caption(surface, rect, pen, say("stage.failed.title"), why)
        elif staged and not view.looks.overlay:
            words = scene_sentence(self._director.act, view.story)
            title = say(f"loop.title.{self._director.act}")
            caption(surface, rect, pen, title, words)
        elif view.walk is not None and view.playback.ended and not view.looks.lanes:
            self._ending(surface, rect, pen, view.walk)
        if view.clock < self._notice_until:
            banner(surface, rect, pen, self._notice, INK, 0.95)

    def hidden(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Writes what there is to say while drawing is off."""
        pen.card(surface, rect, CARD, 8)
        latest = view.story.latest
        key = shown(BY_NAME["hide"].keys[0])
        lines = [say("stage.hidden.title"), say("stage.hidden.words", key=key)]
        if latest is not None:
            n, got = count(latest.number), far(latest.distance_m)
            lines.append(say("stage.hidden.latest", n=n, far=got))
        y = rect.centery - pen.px(40)
        for number, line in enumerate(lines):
            size = 20 if number == 0 else 15
            pen.text(surface, line, (rect.centerx, y), size, INK, bold=number == 0, align="centre")
            y += pen.px(30 if number == 0 else 24)

    def tip(self, surface: pygame.Surface, words: str, at: tuple[int, int], pen: Pen) -> None:
        """Says what is under the mouse."""
        lines = pen.lines(words, pen.px(280), 13)
        width = max(pen.width(line, 13) for line in lines) + pen.px(16)
        box = Rect(at[0] + pen.px(12), at[1] + pen.px(16), width, 0)
        box.height = len(lines) * pen.height(13) + pen.px(8)
        box.clamp_ip(surface.get_rect().inflate(-pen.px(8), -pen.px(8)))
        if box.collidepoint(at):
            box.bottom = at[1] - pen.px(6)
        pen.card(surface, box, INK, 6)
        for number, line in enumerate(lines):
            y = box.y + pen.px(4) + number * pen.height(13)
            pen.text(surface, line, (box.x + pen.px(8), y), 13, CARD)

    def _walk(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Writes which walk this is, and how far and how long it has gone by now."""
        x, y = rect.x + pen.px(14), rect.y + pen.px(8)
        walk = view.walk
        if walk is None:
            key = "waiting" if view.story.ready else "opening"
            if key == "opening" and view.clock - view.since > COMPILING_S:
                key = "compiling"
            pen.text(surface, say(f"stage.{key}.title"), (x, y), 20, INK, bold=True)
            words = say(f"stage.{key}.words", n=round(view.clock - view.since))
            pen.text(surface, words, (x, y + pen.px(26)), 14, INK)
            return
        title = say(f"stage.who.{walk.key.who}", n=count(walk.key.generation))
        pen.text(surface, title, (x, y), 20, INK, bold=True)
        if view.key != walk.key:
            pen.text(surface, say("stage.fetching"), (x, y + pen.px(26)), 14, INK)
            return
        at = walk.com[frame_at(walk, view.playback.time), 0] - walk.com[0, 0]
        words = say("stage.now", far=far(float(at), 1), seconds=f"{view.playback.time:.1f}")
        pen.text(surface, words, (x, y + pen.px(26)), 14, INK)
        if not view.live:
            words = say("stage.back.words", key=shown(BY_NAME["live"].keys[0]))
            pen.text(surface, words, (x, y + pen.px(46)), 13, SOFT)

    def _ending(self, surface: pygame.Surface, rect: Rect, pen: Pen, walk: Walk) -> None:
        colour = GREEN if walk.ended == "finished" else VERMILION
        banner(surface, rect, pen, ended(walk), colour)


def waiting(view: View, title: str, words: str) -> tuple[str, str]:
    """Returns what is said before there is a walk: these, or what takes so long where it does."""
    waited = view.clock - view.since
    if waited <= COMPILING_S:
        return title, words
    return say("stage.compiling.title"), say("stage.compiling.words", n=round(waited))


def banner(
    surface: pygame.Surface, rect: Rect, pen: Pen, words: str, colour: Colour, at: float = 0.2
) -> None:
    """Writes one line on a band in the middle of the stage."""
    room = rect.width - pen.px(60)
    shown = pen.cut(words, room, 17, bold=True)
    box = Rect(0, 0, pen.width(shown, 17, bold=True) + pen.px(32), pen.px(36))
    box.center = rect.centerx, rect.y + round(at * rect.height)
    box.bottom = min(box.bottom, rect.bottom - pen.px(6))
    box.top = max(box.top, rect.top + pen.px(60))
    pen.card(surface, box, colour, 8)
    y = box.centery - pen.height(17) // 2
    pen.text(surface, shown, (box.centerx, y), 17, CARD, bold=True, align="centre")


def caption(surface: pygame.Surface, rect: Rect, pen: Pen, title: str, words: str) -> None:
    """Writes a title and, beside it, a few lines on a card at the top of the stage, over the animal's head."""
    edge = pen.px(12)
    left = pen.width(title, 16, bold=True) + 2 * edge
    width = min(rect.width - pen.px(20), left + pen.px(760))
    lines = pen.lines(words, width - left - edge, 14.5)
    box = Rect(0, rect.y + pen.px(8), width, len(lines) * pen.height(14.5) + pen.px(12))
    box.centerx = rect.centerx
    pen.card(surface, box, CARD, 10)
    y = box.y + pen.px(6)
    pen.text(surface, title, (box.x + edge, y - pen.px(1)), 16, BLUE, bold=True)
    for number, line in enumerate(lines):
        at = box.x + left, y + number * pen.height(14.5)
        pen.text(surface, line, at, 14.5, INK)
