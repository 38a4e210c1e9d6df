"""An animal standing, seen through its skin: bones with their lengths, muscles, joints, what stands over what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patheffects import withStroke

from creatures.known import is_guess, length_of
from creatures.outline import Part, outline
from creatures.outline.bones import bone_shapes
from creatures.outline.labels import Label, apart, bone_labels
from creatures.skeleton import Skeleton
from creatures.species_model import Species
from sims.picture import paint
from sims.picture.muscles import Line, width
from sims.picture.paint import FAINT, INK, PAPER

_SKIN, _IVORY, _GUESSED = "#ece4d5", "#fffdf6", "#d9cfbd"
_HALO = [withStroke(linewidth=3.0, foreground=PAPER)]
_BARS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Metres: how long the scale bar may be."""
_BADGE = 19.0
"""Pixels across a muscle's number."""


def standing_pose(skeleton: Skeleton) -> np.ndarray:
    """Returns (b, 3) the standing pose."""
    return np.array([(bone.x, bone.y, bone.angle) for bone in skeleton.bones])


def body(
    ax: Axes,
    species: Species,
    skeleton: Skeleton,
    muscles: Sequence[Line],
    size: tuple[float, float],
    person: bool,
) -> None:
    """Draws an animal in a panel, to scale.

    Args:
        ax: where.
        species: what is known of it.
        skeleton: what was made of that.
        muscles: those that are drawn.
        size: of the panel, pixels.
        person: whether a person of 1.8 m stands before it, to the same scale.
    """
    pose = standing_pose(skeleton)
    parts = outline(skeleton, species.look).parts(pose)
    texts = [_text(species, skeleton, bone) for bone in range(len(skeleton.bones))]
    pixel = _frame(ax, parts, size, person)
    left, right = ax.get_xlim()
    ax.hlines(0.0, left, right, color=INK, linewidth=1.6, zorder=1.0)
    _skin(ax, parts)
    _bones(ax, species, skeleton, pose)
    _muscles(ax, muscles)
    _joints(ax, skeleton)
    _balance(ax, skeleton, pixel)
    for label in bone_labels(skeleton, parts, texts, pixel):
        _label(ax, label, texts[label.bone], _guessed(species, skeleton, label.bone), pixel)
    _badges(ax, muscles, pixel)
    _scale_bar(ax, pixel)
    if person:
        x = max(float(part.polygon[:, 0].max()) for part in parts) + 0.5
        x = max(x, min(right - 0.5, x + 90 * pixel))
        paint.person(ax, x, 3.0)
        style: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": 12, "color": FAINT}
        ax.text(x, paint.PERSON + 6 * pixel, "1.8 m", **style)


def _guessed(species: Species, skeleton: Skeleton, bone: int) -> bool:
    return is_guess(length_of(species, skeleton.bones[bone].kind))


def _text(species: Species, skeleton: Skeleton, bone: int) -> str:
    """Returns what stands beside a bone: its name and its length, with a tilde if that is an estimate."""
    part = skeleton.bones[bone]
    mark = "~" if _guessed(species, skeleton, bone) else ""
    digits = 2 if part.length >= 1.0 else 3
    return f"{part.kind.replace('_', ' ')} {mark}{part.length:.{digits}f} m"


def _frame(ax: Axes, parts: Sequence[Part], size: tuple[float, float], person: bool) -> float:
    """Fits the animal, with room for its labels, into the panel; returns metres in a pixel."""
    skin = np.concatenate([part.polygon for part in parts])
    (back, _), (front, top) = skin.min(axis=0), skin.max(axis=0)
    below, over, aside = 46.0, 62.0, 150.0
    wide = front - back + (1.4 if person else 0.0)
    high = max(float(top), paint.PERSON if person else 0.0)
    pixel = max(wide / (size[0] - aside), high / (size[1] - below - over))
    room = size[0] * pixel - wide
    ax.set_xlim(back - 0.5 * room, back - 0.5 * room + size[0] * pixel)
    ax.set_ylim(-below * pixel, (size[1] - below) * pixel)
    ax.axis("off")
    return float(pixel)


def _skin(ax: Axes, parts: Sequence[Part]) -> None:
    edged = [part.polygon for part in parts if part.role in paint.EDGED]
    style: dict[str, Any] = {"joinstyle": "round", "autolim": False}
    for fill, edge, wide, order in ((PAPER, "#c9bda8", 2.2, 2.0), (_SKIN, "none", 0.0, 2.1)):
        made = PolyCollection(edged, facecolors=fill, edgecolors=edge, linewidths=wide)
        made.set_joinstyle(style["joinstyle"])
        made.set_zorder(order)
        ax.add_collection(made, autolim=False)


def _bones(ax: Axes, species: Species, skeleton: Skeleton, pose: np.ndarray) -> None:
    """Draws the bones; one whose length is an estimate is darker, and its edge is broken."""
    for bone, shape in zip(skeleton.bones, bone_shapes(skeleton, pose), strict=True):
        guess = is_guess(length_of(species, bone.kind))
        far = bone.side == "right"
        made = PolyCollection(
            [shape],
            facecolors=_GUESSED if guess else _IVORY,
            edgecolors=FAINT if guess or far else INK,
            linewidths=0.9 if guess or far else 1.3,
            linestyles="--" if guess else "-",
            alpha=0.45 if far else 1.0,
        )
        made.set_zorder(3.0 if far else 4.0)
        ax.add_collection(made, autolim=False)


def _muscles(ax: Axes, muscles: Sequence[Line]) -> None:
    strongest = max(line.force for line in muscles)
    for line in sorted(muscles, key=lambda line: -line.force):
        style: dict[str, Any] = {"solid_capstyle": "round", "solid_joinstyle": "round"}
        wide = width(line, strongest)
        ax.plot(*line.path.T, color=PAPER, linewidth=wide + 1.2, alpha=0.8, zorder=5.0, **style)
        ax.plot(*line.path.T, color=line.colour, linewidth=wide, alpha=0.78, zorder=5.1, **style)


def _joints(ax: Axes, skeleton: Skeleton) -> None:
    at = []
    for joint in skeleton.joints:
        child = skeleton.bones[joint.child]
        if child.side != "right":
            along = joint.child_anchor[0]
            at.append(
                (child.x + along * math.cos(child.angle), child.y + along * math.sin(child.angle))
            )
    x, y = np.array(at).T
    ax.scatter(x, y, s=30, c=PAPER, edgecolors=INK, linewidths=1.3, zorder=6.0)


def _balance(ax: Axes, skeleton: Skeleton, pixel: float) -> None:
    """Marks the centre of mass, what it stands over, and where the feet stand."""
    x, y = skeleton.com
    ax.vlines(x, 0.0, y, color=INK, linewidth=1.2, linestyles=(0, (5, 4)), zorder=6.5)
    ax.scatter([x], [y], s=190, c=PAPER, edgecolors=INK, linewidths=1.6, zorder=6.6)
    ax.scatter([x], [y], s=150, c=INK, marker="$\\bigoplus$", linewidths=0.3, zorder=6.7)
    for limb in skeleton.limbs:
        foot = skeleton.bones[limb.foot]
        if limb.side == 0:
            at = foot.x + foot.local(limb.stand_at) * math.cos(foot.angle)
            ax.scatter([at], [-7 * pixel], s=60, c=INK, marker="^", zorder=6.5)


def _label(ax: Axes, label: Label, text: str, guess: bool, pixel: float) -> None:
    (x, y), (to_x, to_y) = label.at, label.to
    style: dict[str, Any] = {"fontsize": 12.5, "color": FAINT if guess else INK, "zorder": 9.0}
    style["path_effects"] = _HALO
    line: dict[str, Any] = {"color": FAINT, "linewidth": 0.8, "zorder": 8.5}
    if label.side == "above":
        ax.plot([to_x, x], [to_y, y - 3 * pixel], **line)
        ax.text(x, y, text, ha="center", va="bottom", **style)
    else:
        way, ha = (1, "left") if label.side == "before" else (-1, "right")
        ax.plot([to_x, x - way * 4 * pixel], [to_y, y], **line)
        ax.text(x, y, text, ha=ha, va="center", **style)


def _badges(ax: Axes, muscles: Sequence[Line], pixel: float) -> None:
    """Numbers the muscles; numbers that would lie over each other move apart."""
    home = np.array([line.middle for line in muscles])
    places = apart([(x, y) for x, y in home.tolist()], 1.25 * _BADGE * pixel)
    for line, (from_x, from_y), (x, y) in zip(muscles, home, places, strict=True):
        ax.plot([from_x, x], [from_y, y], color=line.colour, linewidth=1.0, zorder=9.5)
        ax.scatter([x], [y], s=150, c=line.colour, edgecolors=PAPER, linewidths=1.1, zorder=10.0)
        size = 8.5 if line.number < 10 else 7.0
        style: dict[str, Any] = {"fontsize": size, "weight": "bold", "zorder": 11.0}
        ax.text(x, y, str(line.number), color=PAPER, ha="center", va="center_baseline", **style)


def _scale_bar(ax: Axes, pixel: float) -> None:
    long = max((bar for bar in _BARS if bar / pixel < 240), default=_BARS[0])
    left = ax.get_xlim()[0] + 10 * pixel
    y = -26 * pixel
    ax.hlines(y, left, left + long, color=INK, linewidth=3.0)
    ax.text(left + long + 8 * pixel, y, f"{long:g} m", va="center", fontsize=12.5)
