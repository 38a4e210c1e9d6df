"""From keys and the mouse to what they mean."""

from __future__ import annotations

from functools import lru_cache

import pygame

from sims.window.acts import Acts
from sims.window.keys import ACTIONS
from sims.window.sheet import Hot
from sims.window.view import Act

_LEFT = 1
_WHEEL = 1.12
_CTRL = pygame.KMOD_CTRL | pygame.KMOD_META


class Input:
    """Hears the events of one window."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts
        self._held: Hot | None = None
        """The slider whose button is held."""
        self._dragging = False
        """Whether the stage is being dragged."""
        self.ratio = 1.0
        """Pixels in one unit of the mouse: above 1 on a dense screen."""

    def hear(self, event: pygame.Event) -> None:
        """Does what an event means; one that means nothing is let go."""
        if event.type == pygame.KEYDOWN:
            name = action_of(event.key, getattr(event, "unicode", ""), getattr(event, "mod", 0))
            if name is not None:
                self._acts.act(name)
        elif event.type == pygame.MOUSEMOTION:
            self._moved(self._at(event.pos), event.rel[0] * self.ratio)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == _LEFT:
            self._pressed(self._at(event.pos))
        elif event.type == pygame.MOUSEBUTTONUP and event.button == _LEFT:
            self._held, self._dragging = None, False
        elif event.type == pygame.MOUSEWHEEL:
            self._wheel(event.y)
        elif event.type == pygame.WINDOWLEAVE:
            self._acts.desk.view.mouse = None

    def _at(self, pos: tuple[int, int]) -> tuple[int, int]:
        return round(pos[0] * self.ratio), round(pos[1] * self.ratio)

    def _moved(self, at: tuple[int, int], dx: float) -> None:
        desk = self._acts.desk
        desk.view.mouse = at
        if self._dragging:
            desk.eye.shift -= dx / desk.screen.theatre.camera_scale
        elif self._held is not None:
            found = desk.screen.find(at, desk.view)
            if found is not None and found[0].drag and found[1] is not None:
                self._acts.do(found[1])

    def _pressed(self, at: tuple[int, int]) -> None:
        desk = self._acts.desk
        desk.view.mouse = at
        found = desk.screen.find(at, desk.view)
        if found is not None:
            hot, intent = found
            self._held = hot if hot.drag else None
            if intent is not None:
                self._acts.do(intent)
        elif desk.looks.overlay:
            if not desk.screen.inside_overlay(at, desk.view):
                self._acts.do(Act("close_panel"))
        elif desk.screen.places.stage.collidepoint(at):
            self._dragging = True

    def _wheel(self, turns: float) -> None:
        desk = self._acts.desk
        at = desk.view.mouse
        if not desk.looks.overlay and (at is None or desk.screen.places.stage.collidepoint(at)):
            desk.eye.zoomed(_WHEEL**turns)


def action_of(key: int, letter: str, held: int) -> str | None:
    """Returns the name of the action that a key press means.

    Args:
        key: its code.
        letter: what it writes, which depends on the keyboard: ``+`` lies elsewhere on each.
        held: which of Ctrl, Shift and Alt are held.
    """
    control = bool(held & _CTRL)
    known = _known()
    if held & pygame.KMOD_ALT:
        return None
    # What is written comes first: where ? is Shift and the key of the comma, it is a ? that is meant.
    found = known.get((False, letter.lower())) if letter and not control else None
    return found or known.get((control, key))


@lru_cache(maxsize=1)
def _known() -> dict[tuple[bool, int | str], str]:
    known: dict[tuple[bool, int | str], str] = {}
    for action in ACTIONS:
        for key in action.keys:
            *held, last = key.split(":")
            known[bool(held), pygame.key.key_code(last)] = action.name
            if len(last) == 1:
                known[bool(held), last] = action.name
    return known
