"""The picture of an animal that has not walked yet: bones, muscles, moment arms, and what its joints can bear."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from creatures import known
from creatures.skeleton import Skeleton
from creatures.species_model import Species
from creatures.strength import bearings
from sims.picture import paint
from sims.picture.body import body
from sims.picture.levers import heads, levers, torques
from sims.picture.lineup import lineup, posed
from sims.picture.muscles import Line, lines
from sims.picture.page import MARGIN, SIZE, page, panel, title_of, write
from sims.picture.paint import FAINT, INK

_BODY = (MARGIN, 122, SIZE[0] - 2 * MARGIN, 516)
"""x, y, width and height of the drawing, pixels."""
_LOW = 650
"""Upper edge of what is below it, pixels."""
_LEVERS = (MARGIN, 712, 1300, 340)
_TORQUES = (1430, 712, 510, 340)
_FOOT = (1062, 56)
"""Upper edge and height of the sources, pixels."""
_INSET = (290, 150)
"""Size of the small picture that shows how large a small animal is, pixels."""


def species_picture(species: Species, skeleton: Skeleton, path: Path) -> None:
    """Writes the picture of an animal.

    Args:
        species: what is known of it.
        skeleton: what was made of that.
        path: the file to write; its suffix says what kind: ``.png``, ``.svg`` or ``.pdf``.
    """
    muscles, found = lines(skeleton), bearings(skeleton)
    beside_a_person = posed(skeleton, species.look).height >= paint.PERSON
    with page(path) as figure:
        title_of(figure, species.title)
        write(figure, MARGIN, 90, _totals(species, skeleton), fontsize=13.5, color=FAINT)
        ax = panel(figure, *_BODY)
        body(ax, species, skeleton, muscles, _BODY[2:], beside_a_person)
        _key(panel(figure, _BODY[0], _BODY[1] + 6, 330, 190), muscles)
        if not beside_a_person:
            right, low = _BODY[0] + _BODY[2], _BODY[1] + _BODY[3] - 44
            small = panel(figure, right - _INSET[0], low - _INSET[1], *_INSET)
            lineup(small, [posed(skeleton, species.look)], _INSET[1] / _INSET[0])
        heads(figure, (_LEVERS[0], _TORQUES[0]), _LOW)
        levers(figure, skeleton, found, muscles, _LEVERS)
        torques(figure, skeleton, found, _TORQUES)
        _sources(figure, species)


def _totals(species: Species, skeleton: Skeleton) -> str:
    about = "~" if known.is_guess(species.mass_kg) else ""
    mass = skeleton.mass
    kilograms = f"{mass:,.0f}" if mass >= 100 else f"{mass:.3g}"
    muscle = sum(one.mass for one in skeleton.muscles) / mass
    return (
        f"{about}{kilograms} kg, {muscle:.0%} of it muscle; hip {skeleton.hip_height:.2f} m high, "
        f"legs {skeleton.leg_length:.2f} m long; centre of mass (⊕) {abs(skeleton.com[0]):.2f} m "
        f"{'ahead of' if skeleton.com[0] >= 0 else 'behind'} the hip. ~ is an estimate"
    )


def _key(ax: Axes, muscles: Sequence[Line]) -> None:
    """Explains the colours and widths of the muscles."""
    groups = dict.fromkeys((line.colour, line.group) for line in muscles)
    ax.set(xlim=(0.0, 330.0), ylim=(190.0, 0.0))
    ax.axis("off")
    ax.text(0.0, 10.0, "Muscles, by the last joint they cross", fontsize=11.5, va="center")
    y = 32.0
    for colour, group in groups:
        ax.hlines(y, 0.0, 30.0, color=colour, linewidth=5.0)
        ax.text(40.0, y, group, fontsize=11, va="center", color=INK)
        y += 20.0
    strongest = max(muscles, key=lambda line: line.force)
    force = strongest.force / 1000
    said = f"{force:,.0f}" if force >= 100 else f"{force:.3g}"
    words = f"widest: {said} kN, {strongest.name}"
    ax.text(0.0, y + 4, words, fontsize=11, va="center", color=FAINT)


def _sources(figure: Figure, species: Species) -> None:
    """Writes the sources in the largest type in which they fit, or as many of them as do."""
    found = known.sources(species)
    text = "Sources: " + "; ".join(found) if found else "No sources are given."
    top, room = _FOOT
    for size in (10.0, 9.0, 8.0, 7.0):
        across = int((SIZE[0] - 2 * MARGIN) / (size * 0.73))
        wrapped = textwrap.wrap(text, across)
        fit = int(room / (size * 1.39 * 1.3))
        if len(wrapped) <= fit:
            break
    if len(wrapped) > fit:
        wrapped = [*wrapped[: fit - 1], wrapped[fit - 1][: across - 2] + " …"]
    write(figure, MARGIN, top, "\n".join(wrapped), fontsize=size, color=FAINT, linespacing=1.3)
