"""What every overlay is made of: a card with a title and a way to close it, buttons and sliders."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import pygame
from pygame import Rect

from sims.window import palette, words
from sims.window.palette import Colour
from sims.window.pen import Align, Pen
from sims.window.sheet import Hot, Sheet
from sims.window.view import Act, Choose, Intent, View

_EDGE = 20
"""Points between the card's edge and what is on it."""
_HEAD = 54
"""Points: the height of the line with the title."""
_LEAST = 0.1
"""Pixels in a point: where all would be smaller nothing is drawn."""
_LIGHT = 16
"""How strongly a place under the mouse is lit, of 255."""


class Card:
    """An overlay: says how large it wants to be, and draws itself into a sheet of at most that size.

    Attributes:
        title: the path of its title's words.
        natural: points; how wide and high it wants to be. In less room everything on it is smaller.
    """

    title = ""
    natural: tuple[float, float] = (860, 510)

    def __init__(self) -> None:
        self._hots: list[Hot] = []
        self._light: pygame.Surface | None = None

    def size(self, room: tuple[int, int], pen: Pen, view: View) -> tuple[int, int]:  # noqa: ARG002
        """Returns how wide and high it wants to be, pixels; never more than there is room."""
        wide, high = self.natural
        return min(pen.px(wide), room[0]), min(pen.px(high), room[1])

    def key(self, view: View) -> Hashable:  # noqa: ARG002
        """Returns everything that `draw` depends on."""
        return ()

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the card, and what is on it."""
        self._hots = sheet.hots
        sheet = fitted(sheet, self.natural)
        if sheet.pen.scale < _LEAST:
            return
        self.fill(sheet, frame(sheet, words.say(self.title)), view)

    def fill(self, sheet: Sheet, body: Rect, view: View) -> None:
        """Draws what is below the title."""
        raise NotImplementedError

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:  # noqa: ARG002
        """Lights the place under the mouse."""
        if view.mouse is None or not rect.collidepoint(view.mouse):
            return
        x, y = view.mouse[0] - rect.x, view.mouse[1] - rect.y
        for hot in reversed(self._hots):
            if hot.rect.collidepoint(x, y):
                if not hot.drag:
                    surface.blit(self._lit(hot.rect.size), hot.rect.move(rect.topleft))
                return

    def choose(self, intent: Choose, view: View) -> None:
        """Changes what the overlay keeps for itself."""

    def _lit(self, size: tuple[int, int]) -> pygame.Surface:
        if self._light is None or self._light.get_size() != size:
            self._light = pygame.Surface(size, pygame.SRCALPHA)
            whole = self._light.get_rect()
            pygame.draw.rect(self._light, (*palette.INK, _LIGHT), whole, border_radius=6)
        return self._light


def fitted(sheet: Sheet, natural: tuple[float, float]) -> Sheet:
    """Returns the same sheet with a pen small enough for so many points to find room on it."""
    wide, high = natural
    fits = min(sheet.rect.width / wide, sheet.rect.height / high)
    if fits >= sheet.pen.scale - 1e-3:
        return sheet
    return Sheet(sheet.surface, Pen(fits), sheet.hots)


def frame(sheet: Sheet, title: str) -> Rect:
    """Draws the card itself, its title and the cross that closes it.

    Returns:
        What is left for its contents.
    """
    pen, whole = sheet.pen, sheet.rect
    pen.card(sheet.surface, whole, radius=12, edge=palette.HAIR)
    edge, head = pen.px(_EDGE), pen.px(_HEAD)
    room = whole.width - 3 * edge - pen.px(28)
    at = edge, (head - pen.height(20)) // 2 + pen.px(3)
    pen.text(sheet.surface, title, at, 20, bold=True, room=room)
    cross = Rect(0, 0, pen.px(30), pen.px(30))
    cross.center = whole.right - edge - pen.px(8), head // 2 + pen.px(3)
    _cross(sheet, cross)
    sheet.hot(cross, Act("close_panel"), words.say("keys.actions.close_panel"))
    return Rect(edge, head, whole.width - 2 * edge, whole.height - head - pen.px(18))


def _cross(sheet: Sheet, rect: Rect) -> None:
    def draw(fine: pygame.Surface, by: int) -> None:
        box = fine.get_rect().inflate(-2 * sheet.pen.px(9) * by, -2 * sheet.pen.px(9) * by)
        width = max(round(1.6 * sheet.pen.scale * by), 2)
        for a, b in ((box.topleft, box.bottomright), (box.bottomleft, box.topright)):
            pygame.draw.line(fine, palette.SOFT, a, b, width)

    sheet.pen.smooth(sheet.surface, rect, draw, palette.SOFT)


def label(
    sheet: Sheet,
    text: str,
    rect: Rect,
    size: float = 14,
    colour: Colour = palette.INK,
    bold: bool = False,
    align: Align = "left",
) -> Rect:
    """Writes one line in the middle of a rectangle's height; what is too long is cut short."""
    x = {"left": rect.left, "centre": rect.centerx, "right": rect.right}[align]
    y = rect.centery - sheet.pen.height(size) / 2
    return sheet.pen.text(sheet.surface, text, (x, y), size, colour, bold, align, rect.width)


def heading(sheet: Sheet, text: str, rect: Rect) -> int:
    """Writes the title of a part of a card at the top of a rectangle.

    Returns:
        Pixels: where what follows may begin.
    """
    pen = sheet.pen
    pen.text(sheet.surface, text, rect.topleft, 14, bold=True, room=rect.width)
    return rect.top + pen.height(14) + pen.px(4)


def button(
    sheet: Sheet,
    rect: Rect,
    text: str,
    intent: Intent | None,
    on: bool = False,
    strong: bool = False,
    tip: str = "",
) -> None:
    """Draws a button.

    Args:
        sheet: where.
        rect: its place.
        text: what is on it.
        intent: what a click means; without one it is switched off.
        on: whether it is the one chosen among several.
        strong: whether it is what the card is there for.
        tip: what is said while the mouse is over it.
    """
    fill, edge, ink = palette.CARD, palette.FAINT, palette.INK
    if on:
        fill, edge = palette.LIT, palette.AMBER
    elif strong and intent is not None:
        fill, edge, ink = palette.BLUE, palette.BLUE, palette.CARD
    elif intent is None:
        fill, edge, ink = palette.CARD, palette.HAIR, palette.FAINT
    sheet.pen.card(sheet.surface, rect, fill, 6, edge)
    label(sheet, text, rect.inflate(-sheet.pen.px(8), 0), 14, ink, on or strong, "centre")
    if intent is not None:
        sheet.hot(rect, intent, tip)


def slider(
    sheet: Sheet,
    rect: Rect,
    share: float,
    colour: Colour,
    at: Callable[[float], Intent],
    was: float | None = None,
) -> None:
    """Draws a slider.

    Args:
        sheet: where.
        rect: its place; the track is as long as it is wide, less the size of the knob.
        share: where the knob is, 0 left to 1 right.
        colour: of the track between the left end and the knob.
        at: where a click is, 0 to 1 -> what it means.
        was: where a tick shows what is so at present.
    """
    track = rect.inflate(-rect.height, 0)

    def draw(fine: pygame.Surface, by: int) -> None:
        _slide(fine, rect.height * by, min(max(share, 0.0), 1.0), colour, was)

    sheet.pen.smooth(sheet.surface, rect, draw)
    sheet.slider(rect, lambda x, _y: at(min(max((x - track.left) / track.width, 0.0), 1.0)))


def _slide(
    fine: pygame.Surface, height: int, share: float, colour: Colour, was: float | None
) -> None:
    middle, thick = height // 2, max(height // 4, 2)
    track = Rect(middle, middle - thick // 2, fine.get_width() - height, thick)
    pygame.draw.rect(fine, palette.HAIR, track, border_radius=thick)
    done = Rect(track.left, track.top, round(share * track.width), thick)
    pygame.draw.rect(fine, colour, done, border_radius=thick)
    if was is not None:
        x = track.left + round(was * track.width)
        tick = Rect(x - thick // 4, middle - thick, max(thick // 2, 2), 2 * thick)
        pygame.draw.rect(fine, palette.SOFT, tick)
    at = track.left + share * track.width, middle
    pygame.draw.circle(fine, palette.CARD, at, 0.48 * height)
    pygame.draw.circle(fine, colour, at, 0.44 * height)
    pygame.draw.circle(fine, palette.CARD, at, 0.26 * height)
