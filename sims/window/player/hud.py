"""What is written over the stage of a saved walk: who walks, how far by now, and the badge of its verdict."""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.live.messages import Walk
from sims.window.eye import frame_at
from sims.window.hud import Hud, waiting
from sims.window.palette import INK, SOFT
from sims.window.pen import Pen
from sims.window.player.badge import draw_badge, reason
from sims.window.sentences import count, far
from sims.window.view import View
from sims.window.words import say


class ReplayHud(Hud):
    """Words over the stage of a saved walk."""

    def _walk(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        x, y = rect.x + pen.px(14), rect.y + pen.px(8)
        walk = view.walk
        if walk is None:
            title, words = waiting(view, say("replay.opening.title"), say("replay.opening.words"))
            pen.text(surface, title, (x, y), 20, INK, bold=True)
            pen.text(surface, words, (x, y + pen.px(26)), 14, INK)
            return
        wide = pen.text(surface, name_of(view, walk), (x, y), 20, INK, bold=True).right
        if view.key != walk.key:
            pen.text(surface, say("stage.fetching"), (x, y + pen.px(26)), 14, INK)
            return
        at = walk.com[frame_at(walk, view.playback.time), 0] - walk.com[0, 0]
        words = say("stage.now", far=far(float(at), 1), seconds=f"{view.playback.time:.1f}")
        pen.text(surface, words, (x, y + pen.px(26)), 14, INK)
        if walk.verdict is not None:
            box = draw_badge(surface, pen, walk.verdict, (wide + pen.px(14), y + pen.px(3)))
            left = box.right + pen.px(8)
            room = rect.right - left - pen.px(10)
            top = box.centery - pen.height(13) // 2
            pen.text(surface, reason(walk), (left, top), 13, SOFT, room=room)


def name_of(view: View, walk: Walk) -> str:
    """Returns what a saved walk is called."""
    if walk.key.who == "file" and view.story.ready is not None and view.story.ready.file:
        return view.story.ready.file.name
    return say(f"stage.who.{walk.key.who}", n=count(walk.key.generation))
