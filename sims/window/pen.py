"""Text and smooth shapes, in points: a point is a pixel on an ordinary screen and more on a dense one."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal

import pygame

from sims.window.palette import CARD, INK, Colour

Align = Literal["left", "centre", "right"]

_MOST = 1500
"""Pieces of text kept ready."""
_SMOOTH = 2
"""How many times finer smooth shapes are drawn before they are made small."""


@lru_cache(maxsize=2)
def _file(bold: bool) -> bytes:
    name = f"SourceSansPro-{'Semibold' if bold else 'Regular'}.ttf"
    return (resources.files("sims.window") / "fonts" / name).read_bytes()


class Pen:
    """Draws text and shapes at one scale.

    Attributes:
        scale: pixels in a point.
    """

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self._fonts: dict[tuple[int, bool], pygame.Font] = {}
        self._texts: OrderedDict[tuple[str, int, Colour, bool], pygame.Surface] = OrderedDict()
        self._cards: OrderedDict[tuple[int, int, Colour, int, Colour | None], pygame.Surface] = (
            OrderedDict()
        )

    def px(self, points: float) -> int:
        """Returns so many points in whole pixels."""
        return round(points * self.scale)

    def font(self, size: float = 15, bold: bool = False) -> pygame.Font:
        """Returns the font at a size in points."""
        key = max(self.px(size), 1), bold
        if key not in self._fonts:
            self._fonts[key] = pygame.Font(io.BytesIO(_file(bold)), key[0])
        return self._fonts[key]

    def width(self, text: str, size: float = 15, bold: bool = False) -> int:
        """Returns how wide a text is, pixels."""
        return self.font(size, bold).size(text)[0]

    def height(self, size: float = 15) -> int:
        """Returns the height of a line, pixels."""
        return self.font(size).get_linesize()

    def text(
        self,
        surface: pygame.Surface,
        text: str,
        at: tuple[float, float],
        size: float = 15,
        colour: Colour = INK,
        bold: bool = False,
        align: Align = "left",
        room: float | None = None,
    ) -> pygame.Rect:
        """Writes one line.

        Args:
            surface: where.
            text: what.
            at: pixels; the upper left corner, or the middle or the right end of the upper edge.
            size: points.
            colour: of the ink.
            bold: semibold.
            align: what of the line is at ``at``.
            room: pixels; a longer line is cut short with an ellipsis.

        Returns:
            What it covers.
        """
        shown = text if room is None else self.cut(text, room, size, bold)
        drawn = self._text(shown, size, colour, bold)
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * drawn.get_width()
        return surface.blit(drawn, (round(at[0] - shift), round(at[1])))

    def cut(self, text: str, room: float, size: float = 15, bold: bool = False) -> str:
        """Returns a text that fits into so many pixels."""
        if self.width(text, size, bold) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(text[:middle].rstrip() + "…", size, bold) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "…"

    def lines(self, text: str, room: float, size: float = 15, bold: bool = False) -> list[str]:
        """Returns a text broken into lines of so many pixels."""
        found: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}".strip()
                if line and self.width(longer, size, bold) > room:
                    found.append(line)
                    line = word
                else:
                    line = longer
            found.append(line)
        return found

    def paragraph(
        self,
        surface: pygame.Surface,
        text: str,
        rect: pygame.Rect,
        size: float = 15,
        colour: Colour = INK,
        bold: bool = False,
        align: Align = "left",
    ) -> int:
        """Writes a text into a rectangle, line after line; what does not fit is cut short with an ellipsis.

        Returns:
            Pixels: the lower end of the last line.
        """
        step = self.height(size)
        lines = self.lines(text, rect.width, size, bold)
        fit = max(rect.height // step, 1)
        if len(lines) > fit:
            last = self.cut(lines[fit - 1] + "…", rect.width, size, bold)
            lines = [*lines[: fit - 1], last]
        x = {"left": rect.left, "centre": rect.centerx, "right": rect.right}[align]
        for number, line in enumerate(lines):
            self.text(surface, line, (x, rect.top + number * step), size, colour, bold, align)
        return rect.top + len(lines) * step

    def card(
        self,
        surface: pygame.Surface,
        rect: pygame.Rect,
        fill: Colour = CARD,
        radius: float = 8,
        edge: Colour | None = None,
    ) -> None:
        """Draws a rectangle with smooth round corners."""
        if rect.width <= 0 or rect.height <= 0:
            return
        key = rect.width, rect.height, fill, self.px(radius), edge
        made = self._cards.get(key)
        if made is None:
            made = self._cards[key] = self._card(*key)
            if len(self._cards) > 200:
                self._cards.popitem(last=False)
        surface.blit(made, rect)

    def smooth(
        self,
        surface: pygame.Surface,
        rect: pygame.Rect,
        draw: Callable[[pygame.Surface, int], None],
        tint: Colour = CARD,
    ) -> None:
        """Draws shapes without jagged edges: finer, then made small.

        Args:
            surface: where they go.
            rect: what of it they may cover.
            draw: is given a clear surface and how many of its pixels make one; its corner is that of ``rect``.
            tint: what edges fade into: the colour of the shapes' outer line, or of what is behind them.
        """
        if rect.width <= 0 or rect.height <= 0:
            return
        fine = pygame.Surface((rect.width * _SMOOTH, rect.height * _SMOOTH), pygame.SRCALPHA)
        fine.fill((*tint, 0))
        draw(fine, _SMOOTH)
        surface.blit(pygame.transform.smoothscale(fine, rect.size), rect)

    def _text(self, text: str, size: float, colour: Colour, bold: bool) -> pygame.Surface:
        key = text, self.px(size), colour, bold
        drawn = self._texts.pop(key, None)
        if drawn is None:
            drawn = self.font(size, bold).render(text, True, colour)
        self._texts[key] = drawn  # the youngest last
        if len(self._texts) > _MOST:
            self._texts.popitem(last=False)
        return drawn

    def _card(
        self, width: int, height: int, fill: Colour, radius: int, edge: Colour | None
    ) -> pygame.Surface:
        made = pygame.Surface((width, height), pygame.SRCALPHA)

        def draw(fine: pygame.Surface, by: int) -> None:
            whole = fine.get_rect()
            if edge is not None:
                pygame.draw.rect(fine, edge, whole, border_radius=radius * by)
                whole = whole.inflate(-2 * by, -2 * by)
            pygame.draw.rect(fine, fill, whole, border_radius=max(radius - 1, 0) * by)

        self.smooth(made, made.get_rect(), draw, edge or fill)
        return made


def polyline(
    surface: pygame.Surface,
    colour: Colour,
    points: Sequence[tuple[float, float]],
    width: int,
) -> None:
    """Draws a thick line with round joints; on a fine surface, see `Pen.smooth`."""
    if len(points) > 1:
        pygame.draw.lines(surface, colour, False, points, width)
    for x, y in points:
        pygame.draw.circle(surface, colour, (x, y), width / 2)
