"""Putting an animal, a person, dots and arrows on a panel, in metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import FancyArrowPatch
from matplotlib.patheffects import withStroke

from creatures.outline import Part
from creatures.outline import person as outline
from creatures.skeleton import Skeleton
from sims.picture.stride import Floats

PAPER, INK, FAINT = "#fcfaf5", "#2b2622", "#8d857a"
SIDES = ("#0072b2", "#d55e00")
"""Left and right, from the palette of Okabe and Ito, which colour-blind people can tell apart."""
LOADS = colormaps["YlOrRd"]
PERSON = outline.HEIGHT
"""Metres."""
ARROW = 0.6
"""Hip heights: how long the arrow of one body weight is, where there is room for it."""

_FAR = {"far_limb", "far_claw"}
_NEAR = {"near_limb", "claw", "haunch"}
EDGED = {"far_limb", "far_claw", "body", "jaw", "crest", "horn", "head", "near_limb", "claw"}
"""Parts with a line round them."""


def animal(
    ax: Axes, parts: Sequence[Part], colours: dict[str, str], pixels: float, order: float
) -> None:
    """Draws an animal: far side, body, near side, each with one line round the whole of it.

    Args:
        ax: where.
        parts: from `Outline.parts`, moved to their place.
        colours: of each role.
        pixels: width of the line, points.
        order: what is drawn later has a higher number.
    """
    edged = [part.polygon for part in parts if part.role in EDGED]
    _fill(ax, edged, [PAPER] * len(edged), order, PAPER, 6.0 * pixels)
    for number, group in enumerate(_groups(parts), start=1):
        edged = [part.polygon for part in group if part.role in EDGED]
        line = colours["line"]
        _fill(ax, edged, [line] * len(edged), order + 0.1 * number, line, 2.0 * pixels)
        polygons = [part.polygon for part in group]
        _fill(ax, polygons, [colours[part.role] for part in group], order + 0.1 * number + 0.05)


def _groups(parts: Sequence[Part]) -> list[list[Part]]:
    far = [part for part in parts if part.role in _FAR]
    near = [part for part in parts if part.role in _NEAR]
    return [far, [part for part in parts if part.role not in _FAR | _NEAR], near]


def _fill(
    ax: Axes,
    polygons: Sequence[Floats],
    colours: Sequence[str],
    order: float,
    edge: str = "none",
    width: float = 0.0,
) -> None:
    ax.add_collection(
        PolyCollection(
            polygons,
            facecolors=colours,
            edgecolors=edge,
            linewidths=width,
            joinstyle="round",
            zorder=order,
        ),
        autolim=False,
    )


def person(ax: Axes, x: float, order: float, scale: float = 1.0) -> None:
    """Draws a standing person 1.8 m tall, or smaller."""
    shape = outline.person() * scale + (x, 0.0)
    _fill(ax, [shape], [FAINT], order, FAINT, 1.0)


def joint_dots(
    ax: Axes, skeleton: Skeleton, pose: Floats, load: Floats, most: float, order: float
) -> None:
    """Draws the joints of an animal as dots tinted by their load.

    Args:
        ax: where.
        skeleton: the animal.
        pose: (b, 3) its pose.
        load: (j,) body weights.
        most: the load of the darkest dot, body weights.
        order: what is drawn later has a higher number.
    """
    seen = [
        j for j, joint in enumerate(skeleton.joints) if skeleton.bones[joint.child].side != "right"
    ]
    child = [skeleton.joints[j].child for j in seen]
    back = np.array([skeleton.joints[j].child_anchor[0] for j in seen])
    x = pose[child, 0] + back * np.cos(pose[child, 2])
    y = pose[child, 1] + back * np.sin(pose[child, 2])
    tint = LOADS(np.clip(load[seen] / most, 0.0, 1.0))
    ax.scatter(x, y, s=60, c=tint, edgecolors=INK, linewidths=1.2, zorder=order)


def force_arrows(
    ax: Axes, skeleton: Skeleton, pose: Floats, force: Floats, unit: float, order: float
) -> None:
    """Draws the push of the ground on each foot.

    Args:
        ax: where.
        skeleton: the animal.
        pose: (b, 3) its pose.
        force: (l, 2) body weights, forward and up.
        unit: how long the arrow of one body weight is, metres.
        order: what is drawn later has a higher number.
    """
    for limb, push in zip(skeleton.limbs, force, strict=True):
        if push[1] <= 0.05:
            continue
        foot = skeleton.bones[limb.foot]
        along = foot.local(limb.stand_at)
        x, y, angle = pose[limb.foot]
        start = (x + along * np.cos(angle), y + along * np.sin(angle) - foot.contact_radius)
        end = start + push * unit
        head = 20.0 * min(max(float(push[1]) / 0.5, 0.3), 1.0)
        _arrow(ax, start, end, SIDES[limb.side], head, order)


def _arrow(
    ax: Axes, start: tuple[float, float], end: Floats, colour: str, head: float, order: float
) -> None:
    """Draws an arrow with a pale edge; the size of its head is in points."""
    patch = FancyArrowPatch(
        start,
        (float(end[0]), float(end[1])),
        arrowstyle="-|>,head_width=0.30,head_length=0.55",
        mutation_scale=head,
        color=colour,
        linewidth=3.2,
        shrinkA=0.0,
        shrinkB=0.0,
        joinstyle="miter",
        zorder=order,
        path_effects=[withStroke(linewidth=6.5, foreground=PAPER)],
    )
    ax.add_patch(patch)
