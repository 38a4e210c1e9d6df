"""The picture of a front: speed against strain, coloured by energy, with the names of a few walkers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.picture.lineup import lineup, posed
from sims.picture.page import ASIDE, MARGIN, SIZE, captions, page, panel, title_of, write
from sims.picture.paint import FAINT, INK, PAPER
from sims.runs.front import NAMES
from sims.runs.front_file import FrontIndex, Walker

_BOX = (128, 150, 1180, 850)
"""Of the chart: left, top, width and height, pixels."""
_SIDE = SIZE[0] - MARGIN - ASIDE
_ENERGY = LinearSegmentedColormap.from_list("energy", ["#0d4f6c", "#3f9c9c", "#e0b23c", "#c8541e"])
"""From cheap to dear; its lightness differs too, for those who do not tell the colours apart."""
_DOT, _SMALL = 210.0, 26.0
"""Areas of dots, points."""


def front_picture(
    index: FrontIndex,
    skeleton: Skeleton,
    look: Look,
    title: str,
    caption_lines: Sequence[str],
    path: Path,
) -> None:
    """Writes the picture of a front.

    Args:
        index: the front; at least one walker.
        skeleton: the animal.
        look: its colours.
        title: ``Tyrannosaurus rex, seed 1: the front``.
        caption_lines: plain sentences.
        path: the file to write; its suffix says what kind: ``.png``, ``.svg`` or ``.pdf``.
    """
    with page(path) as figure:
        title_of(figure, title)
        count = len(index.walkers)
        said = f"{count} walker{'s' * (count != 1)}, none of them beaten in every aim by another"
        small: dict[str, Any] = {"ha": "right", "fontsize": 16, "color": FAINT}
        write(figure, SIZE[0] - MARGIN, 50, said, **small)
        ax = panel(figure, *_BOX)
        _axes(ax, index)
        shade = _dots(ax, index)
        _names(ax, index)
        lineup(panel(figure, ASIDE, 110, _SIDE, 190), [posed(skeleton, look)], 190 / _SIDE)
        captions(figure, caption_lines, (ASIDE, 330), 500)
        _key(figure, shade)


def _axes(ax: Axes, index: FrontIndex) -> None:
    """Sets the axes: all of the front, and those left behind as far as they are near it."""
    strain = np.array([one.strain for one in index.walkers])
    speed = np.array([one.distance for one in index.walkers])
    wide = max(float(np.ptp(strain)), 0.2)
    tall = max(float(np.ptp(speed)), 0.1)
    ax.set_xlim(strain.min() - 0.1 * wide, strain.max() + 0.24 * wide)
    ax.set_ylim(max(speed.min() - 0.12 * tall, 0.0), speed.max() + 0.14 * tall)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.grid(color=FAINT, alpha=0.22, linewidth=1.0)
    ax.set_axisbelow(True)
    ax.set_xlabel("strain: load in the joints, impact, joints forced (body weights)", labelpad=10)
    ax.set_ylabel("headway: hip heights in the time of a fall from hip height", labelpad=10)


def _dots(ax: Axes, index: FrontIndex) -> ScalarMappable:
    """Draws who was left behind, faint, and the front over it; returns what colours it."""
    others = np.array(index.others).reshape(-1, 3)
    ax.scatter(-others[:, 1], others[:, 0], s=_SMALL, c=INK, alpha=0.13, linewidths=0, zorder=2)
    energy = [one.energy for one in index.walkers]
    norm = Normalize(min(energy), max(max(energy), min(energy) + 1e-6))
    for passes in (True, False):
        some = [one for one in index.walkers if (not one.label) == passes]
        ax.scatter(
            [one.strain for one in some],
            [one.distance for one in some],
            s=_DOT,
            c=[one.energy for one in some],
            cmap=_ENERGY,
            norm=norm,
            marker="o" if passes else "X",
            edgecolors=PAPER,
            linewidths=1.6,
            zorder=4,
            clip_on=False,
        )
    return ScalarMappable(norm, _ENERGY)


def _names(ax: Axes, index: FrontIndex) -> None:
    """Writes the names of those who have one, on the side where there is room."""
    low, high = ax.get_xlim()
    named = [one for one in index.walkers if one.names]
    for one in named:
        right = (one.strain - low) / (high - low) < 0.7
        crowd = [
            other.distance > one.distance
            for other in named
            if other is not one
            and abs(other.distance - one.distance) < 0.05 * np.ptp(ax.get_ylim())
        ]
        lift = 0 if not crowd else (-15 if any(crowd) else 15)
        ax.annotate(
            called(one),
            (one.strain, one.distance),
            (16, lift) if right else (14, 24 + lift),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=17,
            weight="bold",
            color=INK,
            zorder=6,
            bbox={"boxstyle": "round,pad=0.2", "facecolor": PAPER, "alpha": 0.8, "linewidth": 0},
        )


def called(one: Walker) -> str:
    """Returns its names, as one says them: ``the fastest and the cheapest``."""
    return " and ".join(NAMES[name] for name in one.names)


def _key(figure: Figure, shade: ScalarMappable) -> None:
    """Explains colour, crosses and faint dots."""
    bar = panel(figure, ASIDE, 905, _SIDE - 40, 22)
    figure.colorbar(shade, cax=bar, orientation="horizontal")
    bar.tick_params(labelsize=14, length=0)
    bar.locator_params(nbins=5)
    write(figure, ASIDE, 868, "energy over weight and distance", fontsize=15)
    ax = panel(figure, ASIDE, 980, _SIDE, 90)
    ax.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0))
    ax.axis("off")
    ax.scatter([0.03], [0.75], s=_SMALL, c=INK, alpha=0.3, linewidths=0)
    ax.text(0.09, 0.75, "some walker of the front beats it in every aim", va="center", fontsize=15)
    ax.scatter([0.03], [0.25], s=120, c=INK, marker="X", linewidths=0)
    ax.text(0.09, 0.25, "does not pass the gate: exploits the physics", va="center", fontsize=15)
