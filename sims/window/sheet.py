"""A panel's own surface: drawn anew only when something on it has changed, and the places on it that can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Protocol

import pygame
from pygame import Rect

from sims.window.pen import Pen
from sims.window.view import Intent, View


@dataclass(frozen=True, slots=True)
class Hot:
    """A place that can be clicked."""

    rect: Rect
    at: Callable[[int, int], Intent | None]
    """Place in the same pixels as ``rect`` -> what a click there means."""
    tip: str = ""
    """What is said while the mouse is over it."""
    drag: bool = False
    """Whether moving the mouse with its button held is a row of clicks."""


@dataclass(slots=True)
class Sheet:
    """Where a panel draws: its own surface, whose corner is at 0, 0."""

    surface: pygame.Surface
    pen: Pen
    hots: list[Hot] = field(default_factory=list)

    @property
    def rect(self) -> Rect:
        """Returns the whole of it."""
        return self.surface.get_rect()

    def hot(self, rect: Rect, intent: Intent, tip: str = "") -> None:
        """Makes a place mean something when it is clicked."""
        self.hots.append(Hot(rect, lambda _x, _y: intent, tip))

    def slider(self, rect: Rect, at: Callable[[int, int], Intent | None], tip: str = "") -> None:
        """Makes a place mean something that depends on where in it the click is; it may be dragged over."""
        self.hots.append(Hot(rect, at, tip, drag=True))


class Panel(Protocol):
    """Something in the window."""

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on: it is drawn anew when this is another."""

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws what changes seldom."""

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Draws what changes with every frame, straight on the window; ``rect`` is the panel's place there."""


class Frame:
    """A panel at its place in the window, and what was drawn of it last."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.rect = Rect(0, 0, 0, 0)
        self._drawn: Hashable = None
        self._sheet: Sheet | None = None

    def draw(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Draws the panel; what changes seldom only when it has changed."""
        self.rect = rect
        if rect.width <= 0 or rect.height <= 0:
            self._sheet = None
            return
        key = rect.size, pen.scale, self.panel.key(view)
        if self._sheet is None or key != self._drawn:
            self._sheet = Sheet(pygame.Surface(rect.size, pygame.SRCALPHA), pen)
            self.panel.draw(self._sheet, view)
            self._drawn = key
        surface.blit(self._sheet.surface, rect)
        self.panel.over(surface, rect, pen, view)

    def hide(self) -> None:
        """Makes it unclickable until it is drawn again."""
        self._sheet = None

    def find(self, at: tuple[int, int]) -> tuple[Hot, Intent | None] | None:
        """Returns the place under a point of the window, and what a click there means."""
        if self._sheet is None or not self.rect.collidepoint(at):
            return None
        x, y = at[0] - self.rect.x, at[1] - self.rect.y
        for hot in reversed(self._sheet.hots):
            if hot.rect.collidepoint(x, y):
                return hot, hot.at(x, y)
        return None
