"""From keys and the mouse to what they mean."""

from __future__ import annotations

from functools import lru_cache

import pygame
from pygame import Rect

from sims.window.acts import Acts
from sims.window.keys import BY_NAME, KINDS, Kind, actions
from sims.window.sheet import Hot
from sims.window.view import Act

_LEFT = 1
_WHEEL = 1.12
_CTRL = pygame.KMOD_CTRL | pygame.KMOD_META
_REPEAT_AFTER_S, _REPEAT_EVERY_S = 0.35, 0.05
_LETTERS = {pygame.KSCAN_A + number: chr(ord("a") + number) for number in range(26)}
"""Place of a key -> its letter on a keyboard with Latin letters."""


class Input:
    """Hears the events of one window."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts
        self._held: tuple[Hot, Rect, int] | None = None
        """The slider whose button is held, its place in the window, and the y at which it was pressed."""
        self._dragging = False
        """Whether the stage is being dragged."""
        self._repeated: tuple[int, str] | None = None
        """The key that is held, and the action that it does again and again."""
        self._repeat_in = 0.0
        self.ratio = 1.0
        """Pixels in one unit of the mouse: above 1 on a dense screen."""

    def hear(self, event: pygame.Event) -> None:
        """Does what an event means; one that means nothing is let go."""
        if event.type == pygame.KEYDOWN:
            self._key(event)
        elif event.type == pygame.KEYUP or event.type == pygame.WINDOWFOCUSLOST:
            self._repeated = None
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

    def tick(self, elapsed: float) -> None:
        """Lets so many seconds go by: a key that is held does its action again."""
        if self._repeated is None:
            return
        code, name = self._repeated
        if not pygame.key.get_pressed()[code]:
            self._repeated = None
            return
        self._repeat_in -= elapsed
        if self._repeat_in <= 0.0:
            self._repeat_in = _REPEAT_EVERY_S
            self._acts.act(name)

    def _key(self, event: pygame.Event) -> None:
        letter, held = getattr(event, "unicode", ""), getattr(event, "mod", 0)
        kind = self._acts.desk.kind
        name = action_of(event.key, letter, held, getattr(event, "scancode", 0), kind)
        self._repeated = None
        if name is not None:
            self._acts.act(name)
            if BY_NAME[name].repeats:
                self._repeated, self._repeat_in = (event.key, name), _REPEAT_AFTER_S

    def _at(self, pos: tuple[int, int]) -> tuple[int, int]:
        return round(pos[0] * self.ratio), round(pos[1] * self.ratio)

    def _moved(self, at: tuple[int, int], dx: float) -> None:
        desk = self._acts.desk
        desk.view.mouse = at
        if self._dragging:
            desk.eye.shift -= dx / desk.screen.theatre.camera_scale
        elif self._held is not None:
            # Along the slider only: a hand that shakes moves no other one, and one that is fast still gets to the end.
            hot, place, y = self._held
            x = min(max(at[0], place.left), place.right - 1)
            found = desk.screen.find((x, y), desk.view)
            if found is not None and found[0].rect == hot.rect and found[1] is not None:
                self._acts.do(found[1])

    def _pressed(self, at: tuple[int, int]) -> None:
        desk = self._acts.desk
        desk.view.mouse = at
        found = desk.screen.find(at, desk.view)
        if found is not None:
            hot, intent = found
            place = desk.screen.place_of(hot, at, desk.view)
            self._held = (hot, place, at[1]) if hot.drag else None
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


def action_of(key: int, letter: str, held: int, place: int = 0, kind: Kind = "watch") -> str | None:
    """Returns the name of the action that a key press means.

    Args:
        key: its code.
        letter: what it writes, which depends on the keyboard: ``+`` lies elsewhere on each.
        held: which of Ctrl, Shift and Alt are held.
        place: its scan code; on a keyboard without Latin letters the place of a key is what counts.
        kind: of window.
    """
    control = bool(held & _CTRL)
    known = _known(kind)
    if held & pygame.KMOD_ALT:
        return None
    # What is written comes first: where ? is Shift and the key of the comma, it is a ? that is meant.
    found = known.get((False, letter.lower())) if letter and not control else None
    found = found or known.get((control, key))
    foreign = key > 127 and key < 1 << 30  # a letter, and no Latin one
    if found is None and foreign:
        found = known.get((control, _LETTERS.get(place, "")))
    return found


@lru_cache(maxsize=len(KINDS))
def _known(kind: Kind) -> dict[tuple[bool, int | str], str]:
    known: dict[tuple[bool, int | str], str] = {}
    for action in actions(kind):
        for key in action.keys:
            *held, last = key.split(":")
            known[bool(held), pygame.key.key_code(last)] = action.name
            if len(last) == 1:
                known[bool(held), last] = action.name
    return known
