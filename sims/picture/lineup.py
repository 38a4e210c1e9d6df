"""Animals standing beside each other, and a person beside them, all to one true scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from creatures.outline import Part, colours, outline
from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.picture import paint
from sims.picture.paint import FAINT, INK
from sims.picture.stride import Floats

APART = 0.3
"""Metres between neighbours, and a twelfth of the longest animal more."""
_BESIDE = 0.55
"""Metres that a person takes up to each side."""


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """One animal, ready to be stood somewhere."""

    parts: tuple[Part, ...]
    """Its feet on ground of height 0, its tail's end at 0 metres."""
    colours: dict[str, str]
    length: float
    """From its rearmost to its foremost point, metres."""
    height: float
    """Of its highest point, metres."""


def posed(skeleton: Skeleton, look: Look, pose: Floats | None = None) -> Posed:
    """Returns an animal in a pose.

    Args:
        skeleton: the animal.
        look: its colours.
        pose: (b, 3) on level ground; the standing pose if not given.
    """
    if pose is None:
        pose = np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])
    parts = outline(skeleton, look).parts(pose)
    points = np.concatenate([part.polygon for part in parts])
    back, front = float(points[:, 0].min()), float(points[:, 0].max())
    moved = tuple(replace(part, polygon=part.polygon - (back, 0.0)) for part in parts)
    return Posed(moved, colours(look), front - back, float(points[:, 1].max()))


def lineup(
    ax: Axes, animals: Sequence[Posed], shape: float, marks: Sequence[tuple[str, str]] = ()
) -> None:
    """Draws animals from left to right, and a person behind the last.

    Args:
        ax: where.
        animals: at least one.
        shape: height of the panel over its width.
        marks: for each animal a letter under it, and the letter's colour; none if not given.
    """
    gap = APART + max(one.length for one in animals) / 12.0
    room = sum(one.length + gap for one in animals) + 2.0 * _BESIDE
    tall = 1.12 * max(paint.PERSON, *(one.height for one in animals))
    soil = 0.16 * tall if marks else 0.03 * tall
    width = max(room, (tall + soil) / shape)
    ax.set_xlim(0.0, width)
    ax.set_ylim(-soil, width * shape - soil)
    ax.axis("off")
    ax.hlines(0.0, 0.0, width, color=INK, linewidth=2.0, zorder=25.0)
    x = 0.5 * (width - room)
    for number, one in enumerate(animals):
        place = np.array((x, 0.0))
        parts = [replace(part, polygon=part.polygon + place) for part in one.parts]
        paint.animal(ax, parts, one.colours, 0.7, 10.0 + number)
        for letter, colour in marks[number : number + 1]:
            style: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": 22, "weight": "bold"}
            ax.text(x + 0.5 * one.length, -0.03 * tall, letter, color=colour, **style)
        x += one.length + gap
    paint.person(ax, x + _BESIDE, 20.0)
    ax.text(
        x + _BESIDE,
        1.04 * paint.PERSON,
        "1.8 m",
        ha="center",
        va="bottom",
        fontsize=13,
        color=FAINT,
    )
