"""The buttons at the right end of the strip: some generations to jump to, side by side, and on to the new ones."""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.live.messages import WalkKey
from sims.window.palette import AMBER, CARD, INK, SOFT, mix
from sims.window.panels.marks import PAD, SMALL, on_stage, pill
from sims.window.sheet import Sheet
from sims.window.view import Act, See, View
from sims.window.words import say

STOPS = (1, 10, 50)
"""Generations that can be jumped to; the newest is the last stop."""


def buttons(sheet: Sheet, view: View, last: str = "live") -> int:
    """Draws the buttons at the right end, and returns where the room for the bars ends.

    Args:
        sheet: of the strip.
        view: what is shown.
        last: what the last one does: ``live`` goes on to new generations, ``champion`` to the champion.
    """
    pen, made = sheet.pen, len(view.story.generations)
    gap, tall = pen.px(5), pen.px(23)
    wide = pen.px(158)
    left = sheet.rect.width - pen.px(PAD) - wide
    above = (sheet.rect.height - 2 * tall - gap) // 2
    _stops(sheet, view, Rect(left, above, wide, tall), made)
    live = pen.px(60 if last == "live" else 74)
    low = Rect(left, above + (tall + gap if made else (tall + gap) // 2), wide, tall)
    if made > 1:
        lanes = Rect(low.left, low.top, wide - live - gap, tall)
        pill(
            sheet,
            lanes,
            say("panels.strip.side_by_side" if last == "live" else "panels.strip.side"),
            view.looks.lanes,
        )
        sheet.hot(lanes, Act("side_by_side"), say("panels.strip.side_tip"))
    _live(sheet, view, Rect(low.right - live, low.top, live, tall), last)
    return left - pen.px(12)


def _stops(sheet: Sheet, view: View, row: Rect, made: int) -> None:
    numbers = [number for number in STOPS if number < made]
    if not made:
        return
    stops = [(number, str(number), "chip_tip") for number in numbers]
    stops.append((made, say("panels.strip.now"), "now_tip"))
    gap = sheet.pen.px(5)
    wide = (row.width - gap * (len(STOPS))) // (len(STOPS) + 1)
    for place, (number, words, tip) in enumerate(stops):
        chip = Rect(row.left + place * (wide + gap), row.top, wide, row.height)
        if place == len(STOPS):
            chip.width = row.right - chip.left
        pill(sheet, chip, words, lit=on_stage(view) == number)
        sheet.hot(chip, See(WalkKey(number)), say(f"panels.strip.{tip}", n=number))


def _live(sheet: Sheet, view: View, rect: Rect, last: str) -> None:
    """Draws the button that goes on to new generations by itself, or to the champion: dark and lit while it does."""
    pen = sheet.pen
    fill, ink, light = (INK, CARD, AMBER) if view.live else (CARD, SOFT, mix(SOFT, CARD, 0.4))
    pen.card(sheet.surface, rect, fill, rect.height / 2 / pen.scale, INK if view.live else SOFT)
    words = say(f"panels.strip.{last}")
    wide = pen.width(words, SMALL, True) + pen.px(12)
    left = rect.centerx - wide // 2

    def draw(fine: pygame.Surface, by: int) -> None:
        pygame.draw.circle(fine, light, fine.get_rect().center, 3.2 * pen.scale * by)

    pen.smooth(sheet.surface, Rect(left, rect.top, pen.px(8), rect.height), draw, fill)
    at = left + pen.px(12), rect.centery - pen.height(SMALL) / 2
    pen.text(sheet.surface, words, at, SMALL, ink, bold=True)
    sheet.hot(rect, Act("live"), say(f"panels.strip.{last}_tip"))
