"""The animals that come with the program: a list of them, and the chosen one beside a person."""

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

_COLUMNS = 3
"""In which the animals are listed."""
_LIST = 0.66
"""Of the width, for the list."""
_SMALL = 52
"""Points: the width of the small portrait on an entry."""
_LINE = 19
"""Points: the height of a line under the large portrait."""
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
    """Draws an entry for each animal, which a click chooses, and the chosen one large."""
    gap = sheet.pen.px(6)
    wide = (round(rect.width * _LIST) - _COLUMNS * gap) // _COLUMNS
    rows = -(-len(known) // _COLUMNS)
    high = (rect.height - (rows - 1) * gap) // rows
    for place, animal in enumerate(known):
        column, row = divmod(place, rows)
        x, y = rect.left + column * (wide + gap), rect.top + row * (high + gap)
        _entry(sheet, Rect(x, y, wide, high), animal, animal.name == chosen)
    left = rect.left + _COLUMNS * (wide + gap) + gap
    shown = next((animal for animal in known if animal.name == chosen), known[0])
    _large(sheet, Rect(left, rect.top, rect.right - left, rect.height), shown)


def _entry(sheet: Sheet, rect: Rect, animal: Animal, chosen: bool) -> None:
    """Draws one line of the list: a small portrait, whatever its size, its name and its mass."""
    pen = sheet.pen
    fill, edge = (palette.LIT, palette.AMBER) if chosen else (palette.CARD, palette.HAIR)
    pen.card(sheet.surface, rect, fill, 6, edge)
    room = Rect(rect.left + pen.px(6), rect.top, pen.px(_SMALL), rect.height)
    scale = _fitting(animal.portrait, room.width, room.height - pen.px(8))
    if scale > 0.0:
        x = room.centerx - animal.portrait.length * scale / 2
        ground = room.centery + round(animal.portrait.top * scale / 2)
        animal.portrait.draw(sheet, x, ground, scale)
    left = room.right + pen.px(5)
    line = Rect(left, rect.centery - pen.px(17), rect.right - pen.px(2) - left, pen.px(18))
    genus, _, how = animal.title.partition(",")
    label(sheet, genus.split(" ")[0], line, 13, bold=True)
    facts = ",".join(part for part in (_mass(animal), how) if part)
    label(sheet, facts, line.move(0, pen.px(16)), 11, palette.SOFT)
    sheet.hot(rect, Choose("species", animal.name))


def _large(sheet: Sheet, rect: Rect, animal: Animal) -> None:
    """Draws one animal as large as it finds room, with a person, and says what it is."""
    pen = sheet.pen
    pen.card(sheet.surface, rect, palette.CARD, 8, palette.HAIR)
    ground = rect.bottom - pen.px(2 * _LINE + 20)
    portrait = animal.portrait
    room = rect.width - pen.px(24), ground - rect.top - pen.px(14)
    whole = portrait.length + 0.85 * _PERSON
    scale = min(room[0] / whole, room[1] / max(portrait.top, PERSON))
    line = Rect(rect.left + pen.px(10), ground, rect.width - pen.px(20), max(pen.px(1.5), 1))
    sheet.surface.fill(palette.FAINT, line)
    if scale > 0.0:
        x = rect.centerx - whole * scale / 2
        draw_person(sheet, x + (portrait.length + 0.6 * _PERSON) * scale, ground, scale)
        portrait.draw(sheet, x, ground, scale)
    row = Rect(rect.left + pen.px(8), ground + pen.px(8), rect.width - pen.px(16), pen.px(_LINE))
    label(sheet, animal.title, row, 14, bold=True, align="centre")
    facts = f"{_mass(animal)}, {words.say('dinosaurs.hip', value=f'{animal.hip:.2f}')}"
    label(sheet, facts, row.move(0, pen.px(_LINE)), 12, palette.SOFT, align="centre")


def _fitting(portrait: Portrait, wide: float, high: float) -> float:
    """Returns the scale at which a portrait fills a room, pixels in a metre; 0 where there is none."""
    return max(min(wide / portrait.length, high / portrait.top), 0.0)


def _mass(animal: Animal) -> str:
    mass = f"{animal.mass:,.0f}" if animal.mass >= 15 else f"{animal.mass:.1f}"
    return words.say("dinosaurs.mass", value=mass)
