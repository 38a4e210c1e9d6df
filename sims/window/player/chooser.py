"""The overlay in which curves are chosen: everything that is measured of a walk, a box to tick for each."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.physics.quantities import Quantity
from sims.window import palette, words
from sims.window.overlays.card import Card, heading, label
from sims.window.player.measured import MOST, Measured
from sims.window.sheet import Sheet
from sims.window.view import Draw, View

_KINDS: Mapping[str, tuple[str, ...]] = {
    "joints": ("angle_rad", "speed_rad_s", "load_n"),
    "muscles": ("activation", "force_n"),
    "bones": ("x_m", "y_m", "direction_rad"),
}
"""What is measured of each thing of a kind: the ends of the quantities' names."""
_GROUPS = {"joints": "angles", "muscles": "activation", "bones": "bones"}
_WHOLE = ("motion", "ground", "energy")
"""Groups of quantities that belong to the whole animal."""
_ROW = 15.6
"""Points from one line to the next."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing, and what is measured of it."""

    words: str
    quantities: tuple[Quantity | None, ...]


class CurveChooser(Card):
    """A table of boxes: a click draws a curve or takes it away."""

    title = "replay.curves.choose"
    natural = (1010, 566)

    def __init__(self, measured: Measured) -> None:
        super().__init__()
        self._measured = measured

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        return view.walk, view.looks.curves

    def fill(self, sheet: Sheet, body: Rect, view: View) -> None:
        """Draws three columns: the whole animal and its bones, its joints, its muscles."""
        pen, found = sheet.pen, self._measured.read(view)
        names = tuple(one.name for one in self._measured.chosen(view))
        hint = Rect(body.left, body.bottom - pen.px(18), body.width, pen.px(18))
        label(sheet, words.say("replay.curves.hint", n=MOST), hint, 12.5, palette.SOFT)
        gap = pen.px(22)
        wide = (body.width - 2 * gap) // 3
        columns = [
            Rect(body.left + k * (wide + gap), body.top, wide, body.height) for k in (0, 1, 2)
        ]
        whole = [one for one in found.values() if one.group in _WHOLE]
        rows = [_Row(one.words, (one,)) for one in whole]
        _table(sheet, columns[0], "whole", (), rows, names)
        under = _table(sheet, columns[1], "joints", _KINDS["joints"], _rows("joints", found), names)
        below = columns[1].copy()
        below.top = under + pen.px(10)
        _table(sheet, below, "bones", _KINDS["bones"], _rows("bones", found), names)
        _table(sheet, columns[2], "muscles", _KINDS["muscles"], _rows("muscles", found), names)


def _rows(kind: str, found: Mapping[str, Quantity]) -> list[_Row]:
    """Returns the things of a kind: joints, muscles or bones."""
    ends = _KINDS[kind]
    first = [one for one in found.values() if one.group == _GROUPS[kind]]
    rows = []
    for one in first:
        if not one.name.endswith(f"_{ends[0]}"):
            continue
        stem = one.name.removesuffix(ends[0])
        name = one.words.rsplit(",", 1)[0].removesuffix(" angle").removesuffix(" activation")
        rows.append(_Row(name, tuple(found.get(stem + end) for end in ends)))
    return rows


def _table(
    sheet: Sheet,
    rect: Rect,
    title: str,
    kinds: Sequence[str],
    rows: Sequence[_Row],
    chosen: tuple[str, ...],
) -> int:
    """Draws one table; returns where it ends."""
    pen, cell = sheet.pen, sheet.pen.px(52 if kinds else 26)
    top = heading(sheet, words.say(f"replay.curves.{title}"), rect)
    for place, kind in enumerate(kinds):
        head = Rect(rect.right - (len(kinds) - place) * cell, rect.top, cell, top - rect.top)
        text = words.say(f"replay.curves.kinds.{kind}")
        label(sheet, text, head, 11.5, palette.SOFT, align="centre")
    tall = pen.px(_ROW)
    for number, row in enumerate(rows):
        line = Rect(rect.left, top + number * tall, rect.width, tall)
        count = len(row.quantities)
        said = Rect(line.left, line.top, line.width - count * cell, tall)
        label(sheet, row.words, said, 12.5)
        for place, quantity in enumerate(row.quantities):
            box = Rect(line.right - (count - place) * cell, line.top, cell, tall)
            if quantity is not None:
                _box(sheet, box, quantity, chosen)
    return top + len(rows) * tall


def _box(sheet: Sheet, rect: Rect, quantity: Quantity, chosen: tuple[str, ...]) -> None:
    side = sheet.pen.px(11)
    box = Rect(0, 0, side, side)
    box.center = rect.center
    on = quantity.name in chosen
    ink = palette.SERIES[chosen.index(quantity.name) % len(palette.SERIES)] if on else palette.CARD
    pygame.draw.rect(sheet.surface, ink, box, border_radius=2)
    edge = ink if on else palette.FAINT
    pygame.draw.rect(sheet.surface, edge, box, max(sheet.pen.px(1), 1), border_radius=2)
    sheet.hot(rect, Draw(_ticked(quantity.name, chosen)), quantity.words)


def _ticked(name: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the choice after a click: without it, or with it and without the oldest where there are too many."""
    if name in chosen:
        return tuple(one for one in chosen if one != name)
    return (*chosen, name)[-MOST:]
