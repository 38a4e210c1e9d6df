"""A panel's own surface: drawn anew only when something on it has changed, and the places on it that can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Protocol

import pygame
from pygame import Rect

from sims.window.pen import Pen
from sims.window.view import Intent, View

_LONG = 500
"""Generations of a run that is long."""
_WAIT_S = 0.4
"""How long a change that may wait does."""


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


@dataclass(frozen=True, slots=True)
class Slow:
    """A part of a panel's key whose change may wait a moment."""

    value: Hashable


def grown(count: int, *others: Hashable) -> Hashable:
    """Returns a part of a key that changes with every generation; in a long run, where they come fast, it is slow.

    Args:
        count: generations so far.
        others: what else changes with them.
    """
    return Slow((count, *others)) if count > _LONG else (count, *others)


def _at_once(key: Hashable) -> Hashable:
    """Returns what of a panel's key may not wait."""
    if not isinstance(key, tuple):
        return key
    return tuple(None if isinstance(part, Slow) else part for part in key)


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
        self._drawn: tuple[Hashable, Hashable] = (None, None)
        self._drawn_at = 0.0
        self._sheet: Sheet | None = None

    def draw(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Draws the panel; what changes seldom only when it has changed."""
        self.rect = rect
        if rect.width <= 0 or rect.height <= 0:
            self._sheet = None
            return
        key = (rect.size, pen.scale), self.panel.key(view)
        if self._sheet is None or self._is_due(key, view.clock):
            self._sheet = Sheet(pygame.Surface(rect.size, pygame.SRCALPHA), pen)
            self.panel.draw(self._sheet, view)
            self._drawn, self._drawn_at = key, view.clock
        surface.blit(self._sheet.surface, rect)
        self.panel.over(surface, rect, pen, view)

    def _is_due(self, key: tuple[Hashable, Hashable], clock: float) -> bool:
        """Whether it has to be drawn anew: at once, unless only what may wait has changed a moment ago."""
        if key == self._drawn:
            return False
        same = key[0] == self._drawn[0] and _at_once(key[1]) == _at_once(self._drawn[1])
        return not same or not 0.0 <= clock - self._drawn_at < _WAIT_S

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
