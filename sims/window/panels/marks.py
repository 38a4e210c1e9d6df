"""Small things that several panels draw: titles, dots, stars, dotted lines, buttons and bubbles."""

from __future__ import annotations

import math

import pygame
from pygame import Rect

from sims.window.palette import AMBER, CARD, FAINT, INK, LIT, SOFT, Colour, mix
from sims.window.pen import Pen
from sims.window.sheet import Sheet
from sims.window.view import View

SMALL = 12
"""Points: the smallest text."""
TITLE = 13.5
PAD = 10
"""Points between the edge of a card and what is on it."""
GUTTER = 138
"""Points: where the bars of the two long panels begin, one below the other."""


def on_stage(view: View) -> int:
    """Returns the generation whose walk is on stage, or is wanted there; 0 for none."""
    key = view.walk.key if view.walk is not None else view.key
    return key.generation if key is not None else 0


def mouse_over(rect: Rect, view: View) -> tuple[int, int] | None:
    """Returns where the mouse is in a panel, in the panel's own pixels, unless it is elsewhere."""
    if view.mouse is None or view.looks.overlay or not rect.collidepoint(view.mouse):
        return None
    return view.mouse[0] - rect.x, view.mouse[1] - rect.y


def title(sheet: Sheet, words: str, room: float | None = None) -> Rect:
    """Draws the card and its title, and returns what the title covers."""
    pen = sheet.pen
    pen.card(sheet.surface, sheet.rect)
    room = room if room is not None else sheet.rect.width - 2 * pen.px(PAD)
    return pen.text(
        sheet.surface, words, (pen.px(PAD), pen.px(6)), TITLE, INK, bold=True, room=room
    )


def placeholder(sheet: Sheet, words: str, top: int, right: int | None = None) -> None:
    """Says in the middle of an empty panel, or left of a pixel, what will be there."""
    pen, rect = sheet.pen, sheet.rect
    room = Rect(0, top, right or rect.width, rect.height - top - pen.px(6))
    side = max(pen.px(PAD), round(0.1 * room.width))
    room.inflate_ip(-2 * side, 0)
    height = min(len(pen.lines(words, room.width, 13)) * pen.height(13), room.height)
    room.top, room.height = room.top + (room.height - height) // 2, height
    pen.paragraph(sheet.surface, words, room, 13, SOFT, align="centre")


def dot(
    surface: pygame.Surface, pen: Pen, at: tuple[float, float], radius: float, colour: Colour
) -> None:
    """Draws a smooth dot with a ring of paper round it; the radius is in points."""
    reach = pen.px(radius) + pen.px(2) + 1
    rect = Rect(round(at[0]) - reach, round(at[1]) - reach, 2 * reach, 2 * reach)

    def draw(fine: pygame.Surface, by: int) -> None:
        middle = (at[0] - rect.x) * by, (at[1] - rect.y) * by
        pygame.draw.circle(fine, CARD, middle, (radius + 1.5) * pen.scale * by)
        pygame.draw.circle(fine, colour, middle, radius * pen.scale * by)

    pen.smooth(surface, rect, draw)


def star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Returns the corners of a five-pointed star."""
    return [
        (
            x + radius * (1.0 if point % 2 == 0 else 0.45) * math.sin(point * math.pi / 5),
            y - radius * (1.0 if point % 2 == 0 else 0.45) * math.cos(point * math.pi / 5),
        )
        for point in range(10)
    ]


def dotted(surface: pygame.Surface, pen: Pen, x: float, top: int, bottom: int) -> None:
    """Draws an upright dotted line."""
    wide = max(pen.px(1), 1)
    for y in range(top, bottom, wide * 4):
        surface.fill(FAINT, (round(x), y, wide, min(wide * 2, bottom - y)))


def pill(
    sheet: Sheet, rect: Rect, words: str, lit: bool = False, edge: Colour | None = None
) -> None:
    """Draws a button."""
    pen = sheet.pen
    fill, ring = (LIT, AMBER) if lit else (CARD, edge or mix(FAINT, CARD, 0.35))
    pen.card(sheet.surface, rect, fill, rect.height / 2 / pen.scale, ring)
    at = rect.centerx, rect.centery - pen.height(SMALL) / 2
    pen.text(sheet.surface, words, at, SMALL, INK, bold=lit, align="centre")


def bubble(
    surface: pygame.Surface, pen: Pen, words: str, at: tuple[float, float], within: Rect
) -> None:
    """Draws words on a dark card beside a place: to its right, or to its left where there is no room."""
    wide = pen.width(words, SMALL, True) + 2 * pen.px(7)
    rect = Rect(0, round(at[1]), -(-wide // 8) * 8, pen.height(SMALL) + 2 * pen.px(2))
    rect.left = round(at[0]) + pen.px(10)
    if rect.right > within.right:
        rect.right = round(at[0]) - pen.px(10)
    rect.clamp_ip(within)
    pen.card(surface, rect, INK, 5)
    place = rect.centerx, rect.centery - pen.height(SMALL) / 2
    pen.text(surface, words, place, SMALL, CARD, True, "centre")
