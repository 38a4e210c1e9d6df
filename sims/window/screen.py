"""The whole window drawn: every panel at its place, the stage, and whatever lies over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pygame
from pygame import Rect

from sims.window.director import Director
from sims.window.eye import Eye
from sims.window.hud import Hud
from sims.window.layout import layout
from sims.window.overlays.dinosaurs import Dinosaurs
from sims.window.overlays.family import Family
from sims.window.overlays.help import Help
from sims.window.overlays.knobs import Knobs
from sims.window.overlays.lesson import Lesson
from sims.window.palette import INK, PAPER
from sims.window.panels.card import ScoreCard
from sims.window.panels.chart import ScoreChart
from sims.window.panels.front import FrontOr
from sims.window.panels.genes import GeneStrip
from sims.window.panels.loop import Loop
from sims.window.panels.steps import FootFalls
from sims.window.panels.strip import GenerationStrip
from sims.window.panels.top import Top
from sims.window.panels.transport import HEIGHT, Transport
from sims.window.pen import Pen
from sims.window.sheet import Frame, Hot, Panel
from sims.window.theatre import Theatre
from sims.window.view import Choose, Intent, View


class Overlay(Panel, Protocol):
    """A panel that is laid over the window when it is asked for."""

    def size(self, room: tuple[int, int], pen: Pen, view: View) -> tuple[int, int]:
        """Returns how large it wants to be within so many pixels."""

    def choose(self, intent: Choose, view: View) -> None:
        """Changes something that it keeps for itself."""


class Places(Protocol):
    """What goes where; besides these it has a rectangle for each panel, by its name."""

    @property
    def top(self) -> Rect:
        """The row at the top, which nothing is laid over."""

    @property
    def stage(self) -> Rect:
        """Where walks are played."""


class Playhouse(Protocol):
    """Plays what is on stage."""

    camera_scale: float
    """Pixels in a metre, as of the last drawing: for dragging."""

    def draw(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View, eye: Eye) -> None:
        """Draws the stage into a frame."""


class Screen:
    """Everything in the window.

    Attributes:
        overlays: name in `View.looks.overlay` -> what is laid over.
        places: what goes where, as of the last drawing.
        theatre: what is played.
        hud: what is written over it.
    """

    def __init__(
        self,
        shared_out: Callable[[tuple[int, int], float, View | None], Places],
        panels: Mapping[str, Panel],
        overlays: Mapping[str, Overlay],
        hud: Hud,
        theatre: Playhouse,
        transport: Transport,
    ) -> None:
        """Draws nothing yet.

        Args:
            shared_out: size in pixels, pixels in a point, what is shown -> places.
            panels: name of their place -> panels, always seen.
            overlays: what may be laid over.
            hud: what is written over the stage.
            theatre: what is played.
            transport: the buttons below it.
        """
        self._shared_out = shared_out
        self.overlays = dict(overlays)
        self.places: Places = shared_out((1, 1), 1.0, None)
        self.theatre = theatre
        self.hud = hud
        self._panels = {name: Frame(panel) for name, panel in panels.items()}
        self._transport = Frame(transport)
        self._over = {name: Frame(overlay) for name, overlay in self.overlays.items()}

    def draw(self, surface: pygame.Surface, pen: Pen, view: View, eye: Eye) -> None:
        """Draws the window."""
        self.places = self._shared_out(surface.get_size(), pen.scale, view)
        surface.fill(PAPER)
        for name, frame in self._panels.items():
            frame.draw(surface, getattr(self.places, name), pen, view)
        self._stage(surface, pen, view, eye)
        self._overlay(surface, pen, view)
        if not view.looks.overlay:
            self._tip(surface, pen, view)

    def find(self, at: tuple[int, int], view: View) -> tuple[Hot, Intent | None] | None:
        """Returns the place under a point of the window, and what a click there means."""
        frame = self._frame(at, view)
        return None if frame is None else frame.find(at)

    def place_of(self, hot: Hot, at: tuple[int, int], view: View) -> Rect:
        """Returns where in the window a place that was found at a point lies."""
        frame = self._frame(at, view)
        return hot.rect if frame is None else hot.rect.move(frame.rect.topleft)

    def _frame(self, at: tuple[int, int], view: View) -> Frame | None:
        """Returns the panel that has something to click under a point."""
        frames = [self._transport, *self._panels.values()]
        if view.looks.overlay:
            frames = [self._over[view.looks.overlay], self._panels["top"]]
        return next((frame for frame in frames if frame.find(at) is not None), None)

    def inside_overlay(self, at: tuple[int, int], view: View) -> bool:
        """Returns whether a point of the window is on the panel that lies over it."""
        name = view.looks.overlay
        return bool(name) and self._over[name].rect.collidepoint(at)

    def _stage(self, surface: pygame.Surface, pen: Pen, view: View, eye: Eye) -> None:
        rect = self.places.stage
        if view.looks.hidden:
            self.hud.hidden(surface, rect, pen, view)
            self._transport.hide()
            return
        bar = Rect(rect.x, rect.bottom - pen.px(HEIGHT), rect.width, pen.px(HEIGHT))
        frame = Rect(rect.x, rect.y, rect.width, rect.height - bar.height)
        self.theatre.draw(surface, frame, pen, view, eye)
        self.hud.draw(surface, frame, pen, view)
        self._transport.draw(surface, bar, pen, view)

    def _overlay(self, surface: pygame.Surface, pen: Pen, view: View) -> None:
        for name, frame in self._over.items():
            if name != view.looks.overlay:
                frame.hide()
        if not view.looks.overlay:
            return
        whole = surface.get_rect()
        whole.top = self.places.top.bottom
        whole.height = surface.get_height() - whole.top
        if min(whole.size) <= 0:
            return
        veil = pygame.Surface(whole.size)
        veil.fill(INK)
        veil.set_alpha(110)
        surface.blit(veil, whole)
        room = whole.inflate(-pen.px(28), -pen.px(20))
        overlay = self.overlays[view.looks.overlay]
        width, height = overlay.size(room.size, pen, view)
        rect = Rect(0, 0, min(width, room.width), min(height, room.height))
        rect.center = room.center
        self._over[view.looks.overlay].draw(surface, rect, pen, view)

    def _tip(self, surface: pygame.Surface, pen: Pen, view: View) -> None:
        if view.mouse is None:
            return
        found = self.find(view.mouse, view)
        if found is not None and found[0].tip:
            self.hud.tip(surface, found[0].tip, view.mouse, pen)


def watch_screen(director: Director) -> Screen:
    """Returns the screen of a run that is watched."""
    return Screen(
        lambda size, scale, view: layout(size, scale, view is None or view.looks.charts),
        panels={
            "top": Top(),
            "loop": Loop(director),
            "steps": FootFalls(),
            "strip": GenerationStrip(),
            "chart": FrontOr(ScoreChart()),
            "card": ScoreCard(),
            "genes": GeneStrip(),
        },
        overlays={
            "help": Help("watch"),
            "lesson": Lesson(),
            "family": Family(),
            "knobs": Knobs(),
            "dinosaurs": Dinosaurs(),
        },
        hud=Hud(director),
        theatre=Theatre(),
        transport=Transport(),
    )
