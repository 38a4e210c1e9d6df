"""What goes where in the window of a species file: the animal, and its numbers beside it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.window.director import Director
from sims.window.drawing.blueprint import Blueprint
from sims.window.drawing.facts import Facts
from sims.window.drawing.sketch import Sketch
from sims.window.eye import Eye
from sims.window.hud import Hud
from sims.window.overlays.help import Help
from sims.window.palette import SOFT
from sims.window.panels.top import Top
from sims.window.panels.transport import Transport
from sims.window.pen import Pen
from sims.window.screen import Screen
from sims.window.sheet import Sheet
from sims.window.view import View
from sims.window.words import say


@dataclass(frozen=True, slots=True)
class DrawingPlaces:
    """Rectangles in pixels; the panel has no width when it is switched off."""

    top: Rect
    stage: Rect
    facts: Rect


def drawing_places(size: tuple[int, int], scale: float, view: View | None) -> DrawingPlaces:
    """Shares out a window."""

    def px(points: float) -> int:
        return round(points * scale)

    width, height = size
    gap = px(8)
    top = Rect(0, 0, width, px(44))
    charts = view is None or view.looks.charts
    side = px(min(max(0.22 * width / scale, 250), 360)) if charts else 0
    left = width - 2 * gap - (side + gap if charts else 0)
    stage = Rect(gap, top.bottom, left, height - gap - top.bottom)
    return DrawingPlaces(top, stage, Rect(width - gap - side, top.bottom, side, stage.height))


class DrawingTop(Top):
    """Which file is drawn."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        return self._sketch.number, view.looks.overlay

    def _buttons_of(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        return "picture", "help"

    def _title(self, view: View) -> str:  # noqa: ARG002
        return self._sketch.species.title

    def _middle(self, sheet: Sheet, rect: Rect, view: View) -> None:  # noqa: ARG002
        y = rect.centery - sheet.pen.height(13) // 2
        words = say("draw.follows", file=self._sketch.path.name)
        sheet.pen.text(sheet.surface, words, (rect.x, y), 13, SOFT, room=rect.width)


class DrawingHud(Hud):
    """Words over the animal: only what is told."""

    def _walk(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """There is no walk."""


class DrawingScreen(Screen):
    """The animal fills the stage: there is nothing to play, so no buttons lie below it."""

    def _stage(self, surface: pygame.Surface, pen: Pen, view: View, eye: Eye) -> None:
        self.theatre.draw(surface, self.places.stage, pen, view, eye)
        self.hud.draw(surface, self.places.stage, pen, view)


def drawing_screen(director: Director, sketch: Sketch) -> Screen:
    """Returns the screen of a species file."""
    return DrawingScreen(
        drawing_places,
        panels={"top": DrawingTop(sketch), "facts": Facts(sketch)},
        overlays={"help": Help("draw")},
        hud=DrawingHud(director),
        theatre=Blueprint(sketch),
        transport=Transport(),
    )
