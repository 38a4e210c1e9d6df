"""The animals that come with the program, side by side and all to one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pygame import Rect

from creatures.assemble import assemble
from creatures.skeleton import Skeleton
from creatures.species import load_species, species_names
from creatures.species_model import Look
from sims.live.messages import Ready
from sims.window import palette, words
from sims.window.overlays.card import label
from sims.window.overlays.portrait import PERSON, Portrait, draw_person
from sims.window.sheet import Sheet
from sims.window.view import Choose

_LEAST = 132
"""Points: the width of the card of a small animal, whose name must find room."""
_LINE = 19
"""Points: the height of a line on a card."""
_ROW = 5
"""Most animals in a row."""
_PERSON = 1.3
"""Metres kept before an animal's snout for a person."""


@dataclass(frozen=True, slots=True)
class Animal:
    """One that can be chosen."""

    name: str
    """``velociraptor``."""
    title: str
    mass: float
    """kg."""
    hip: float
    """Height of the hip, m."""
    portrait: Portrait


@lru_cache(maxsize=1)
def animals() -> tuple[Animal, ...]:
    """Returns all that come with the program, the lightest first; the first time takes a moment."""
    found = []
    for name in species_names():
        species = load_species(name)
        found.append(_animal(assemble(species, name), species.look))
    return tuple(sorted(found, key=lambda animal: animal.mass))


def cast(ready: Ready | None) -> tuple[Animal, ...]:
    """Returns all that can be chosen: with the animal of the present run, which may come from a file of one's own."""
    known = animals()
    if ready is None or ready.skeleton.name in {animal.name for animal in known}:
        return known
    own = _own(ready.skeleton, ready.look)
    return tuple(sorted((*known, own), key=lambda animal: animal.mass))


@lru_cache(maxsize=2)
def _own(skeleton: Skeleton, look: Look) -> Animal:
    return _animal(skeleton, look)


def _animal(skeleton: Skeleton, look: Look) -> Animal:
    portrait = Portrait(skeleton, look)
    return Animal(skeleton.name, skeleton.title, skeleton.mass, skeleton.hip_height, portrait)


def draw_cast(sheet: Sheet, rect: Rect, known: Sequence[Animal], chosen: str) -> None:
    """Draws a card for each animal; a click chooses it."""
    pen = sheet.pen
    count = -(-len(known) // _ROW)
    share = -(-len(known) // count)
    rows = [known[n : n + share] for n in range(0, len(known), share)]
    gap = pen.px(10)
    high = (rect.height - (count - 1) * gap) // count
    lines = 3 if count == 1 else 2  # cards in two rows are low and wide
    free = high - pen.px(lines * _LINE + 36)
    scale = min(_scale(sheet, row, rect.width - gap * (len(row) - 1), free) for row in rows)
    for place, row in enumerate(rows):
        x = rect.left
        y = rect.top + place * (high + gap)
        widths = _widths(sheet, row, scale, rect.width - gap * (len(row) - 1))
        for animal, wide in zip(row, widths, strict=True):
            _card(sheet, Rect(x, y, wide, high), animal, scale, lines, animal.name == chosen)
            x += wide + gap


def _needs(sheet: Sheet, animal: Animal, scale: float) -> float:
    """Returns the width of an animal's card at a scale, pixels."""
    own = (animal.portrait.length + _PERSON) * scale + sheet.pen.px(24)
    return max(own, sheet.pen.px(_LEAST))


def _scale(sheet: Sheet, row: Sequence[Animal], room: float, high: float) -> float:
    """Returns the largest scale at which a row of animals finds room within so many pixels, pixels in a metre."""
    tallest = max(PERSON, *(animal.portrait.top for animal in row))
    low, most = 0.0, max(high, 0.0) / tallest  # many rows in a small window: names alone
    for _ in range(30):
        middle = (low + most) / 2
        fits = sum(_needs(sheet, animal, middle) for animal in row) <= room
        low, most = (middle, most) if fits else (low, middle)
    return low


def _widths(sheet: Sheet, row: Sequence[Animal], scale: float, room: int) -> list[int]:
    """Returns the widths of a row's cards; what is left over is shared out."""
    needs = [_needs(sheet, animal, scale) for animal in row]
    more = max(room - sum(needs), 0.0) / len(row)
    return [int(need + more) for need in needs]


def _card(sheet: Sheet, rect: Rect, animal: Animal, scale: float, lines: int, chosen: bool) -> None:
    pen = sheet.pen
    fill, edge = (palette.LIT, palette.AMBER) if chosen else (palette.CARD, palette.HAIR)
    pen.card(sheet.surface, rect, fill, 8, edge)
    ground = rect.bottom - pen.px(lines * _LINE + 18)
    line = Rect(rect.left + pen.px(10), ground, rect.width - pen.px(20), max(pen.px(1.5), 1))
    sheet.surface.fill(palette.FAINT, line)
    whole = (animal.portrait.length + 0.85 * _PERSON) * scale
    x = rect.centerx - whole / 2
    if scale > 0.0:
        draw_person(sheet, x + (animal.portrait.length + 0.6 * _PERSON) * scale, ground, scale)
        animal.portrait.draw(sheet, x, ground, scale)
    _words(sheet, rect.inflate(-pen.px(12), 0), ground + pen.px(8), animal, lines)
    sheet.hot(rect, Choose("species", animal.name))


def _words(sheet: Sheet, rect: Rect, top: int, animal: Animal, lines: int) -> None:
    """Writes on a card; with three lines the second part of the name has one of its own."""
    pen = sheet.pen
    mass = f"{animal.mass:,.0f}" if animal.mass >= 15 else f"{animal.mass:.1f}"
    facts = (
        words.say("dinosaurs.mass", value=mass),
        words.say("dinosaurs.hip", value=f"{animal.hip:.2f}"),
    )
    row = Rect(rect.left, top, rect.width, pen.px(_LINE))
    first, _, other = animal.title.partition(" ") if lines > 2 else (animal.title, "", "")
    label(sheet, first, row, 15 if lines > 2 else 14, bold=True, align="centre")
    if other:
        row = row.move(0, pen.px(_LINE))
        label(sheet, other, row, 13, align="centre")
    label(sheet, ", ".join(facts), row.move(0, pen.px(_LINE)), 12, palette.SOFT, align="centre")
