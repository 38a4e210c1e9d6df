"""What is played: from what the run said to the scenes of the stage, one or four side by side."""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.live.messages import Walk, WalkKey
from sims.window.eye import Eye
from sims.window.palette import CARD, INK, SOFT
from sims.window.panels.stops import STOPS
from sims.window.pen import Pen
from sims.window.sentences import far
from sims.window.stage.flags import Flag
from sims.window.stage.stage import Scene, Stage
from sims.window.view import View
from sims.window.words import say

_GHOSTS = 2
_FLAGS = 5
_GAP = 3
"""Points between two lanes."""


class Theatre:
    """Draws what the view asks for."""

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._pen: Pen | None = None
        self.camera_scale = 1.0
        """Pixels in a metre, as of the last drawing: for dragging."""

    def draw(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View, eye: Eye) -> None:
        """Draws the stage into a frame."""
        stage = self._prepared(pen, view)
        if stage is None:
            pen.card(surface, rect, CARD, 8)
            pen.text(surface, say("top.opening"), rect.center, 16, SOFT, align="centre")
            return
        if view.looks.lanes and view.walk is not None:
            self._lanes(stage, surface, rect, pen, view, eye)
            return
        scene = _scene(view)
        camera = stage.draw(surface, rect, scene, eye, view.looks)
        self.camera_scale = camera.scale

    def _lanes(
        self, stage: Stage, surface: pygame.Surface, rect: Rect, pen: Pen, view: View, eye: Eye
    ) -> None:
        keys = lanes(view)
        for number, (key, frame) in enumerate(zip(keys, _cells(rect, len(keys), pen), strict=True)):
            walk = view.story.walk(key)
            scene = Scene(walk, view.playback.time if walk else 0.0)
            camera = stage.draw(surface, frame, scene, eye, view.looks, number)
            self.camera_scale = camera.scale
            self._label(surface, frame, pen, key, walk)

    def _label(
        self, surface: pygame.Surface, frame: Rect, pen: Pen, key: WalkKey, walk: Walk | None
    ) -> None:
        words = say("stage.lane", n=key.generation)
        if walk is not None:
            words += f" · {far(walk.distance_m)}"
        box = Rect(frame.x + pen.px(8), frame.y + pen.px(6), 0, pen.px(22))
        box.width = pen.width(words, 13.5, bold=True) + pen.px(16)
        pen.card(surface, box, CARD, 6)
        y = box.centery - pen.height(13.5) // 2
        pen.text(surface, words, (box.x + pen.px(8), y), 13.5, INK, bold=True)

    def _prepared(self, pen: Pen, view: View) -> Stage | None:
        """Returns the stage of the present animal, made anew when that or the scale is another."""
        ready = view.story.ready
        skeleton, look = (ready.skeleton, ready.look) if ready else (view.skeleton, view.look)
        if skeleton is None or look is None:
            return None
        if self._stage is None or self._stage.skeleton is not skeleton or self._pen is not pen:
            self._stage, self._pen = Stage(pen, skeleton, look), pen
        return self._stage


def _cells(rect: Rect, count: int, pen: Pen) -> list[Rect]:
    """Shares out the stage: two in a row, and what is left over has a row of its own."""
    gap = pen.px(_GAP)
    rows = -(-count // 2)
    tall, wide = (rect.height - gap * (rows - 1)) // rows, (rect.width - gap) // 2
    cells = []
    for number in range(count):
        alone = number == count - 1 and count % 2 == 1
        x = rect.x + (0 if number % 2 == 0 else wide + gap)
        y = rect.y + number // 2 * (tall + gap)
        cells.append(Rect(x, y, rect.width if alone else wide, tall))
    return cells


def lanes(view: View) -> list[WalkKey]:
    """Returns the walks side by side: generations 1, 10, 50 and the one on stage."""
    now = view.key or (view.walk.key if view.walk else WalkKey(1))
    newest = len(view.story.generations)
    shown = [WalkKey(n) for n in STOPS if n < now.generation and n <= newest]
    return [*shown, now]


def ghosts(view: View) -> list[WalkKey]:
    """Returns the earlier champions that go along: the last ones that held the record before this one."""
    if view.key is None or not view.looks.ghosts or view.looks.lanes:
        return []
    earlier = view.story.furthest(view.key.generation, _GHOSTS)
    return [WalkKey(facts.number) for facts in earlier]


def _scene(view: View) -> Scene:
    if view.walk is None:
        return Scene(None, view.clock)
    found = [view.story.walk(key) for key in ghosts(view)]
    walks = [walk for walk in found if walk is not None]
    return Scene(view.walk, view.playback.time, walks, _flags(view) if view.looks.ghosts else ())


def _flags(view: View) -> list[Flag]:
    """Returns pennants where earlier champions got to."""
    assert view.walk is not None
    start = float(view.walk.com[0, 0])
    return [
        Flag(
            x_m=start + facts.distance_m,
            label=say("stage.flag", n=facts.number, far=far(facts.distance_m)),
            colour=SOFT,
            strong=number == 0,
        )
        for number, facts in enumerate(view.story.furthest(view.walk.key.generation, _FLAGS))
    ]
