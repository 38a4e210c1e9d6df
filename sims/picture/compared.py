"""The picture of two walkers held against each other: the animals, their scores, their joints, their genes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sims.physics.trial import land_of
from sims.picture.lineup import Posed, lineup, posed
from sims.picture.page import ASIDE, MARGIN, captions, page, panel, under, write
from sims.picture.paint import FAINT, INK, SIDES
from sims.picture.scene import scene
from sims.study import said
from sims.study.comparison import Comparison, Side

GENES = 12
"""At most so many genes are shown: those that differ most."""
_TOP, _HEIGHT = 560, 500
"""Upper edge and height of the charts, pixels."""
_HALF = 0.36
"""How thick a bar is, of the room of a row that two share."""
_WRAP = 44
"""Letters in a line of a gene's words."""


def compared_picture(found: Comparison, caption_lines: Sequence[str], path: Path) -> None:
    """Writes the picture of a comparison.

    Args:
        found: the two walkers.
        caption_lines: plain sentences.
        path: the file to write; its suffix says what kind: ``.png``, ``.svg`` or ``.pdf``.
    """
    animals = [_animal(side) for side in (found.a, found.b)]
    with page(path) as figure:
        _titles(figure, found)
        width, height = ASIDE - 2 * MARGIN, 330
        ax = panel(figure, MARGIN, 136, width, height)
        lineup(ax, animals, height / width, tuple(zip("AB", SIDES, strict=True)))
        captions(figure, caption_lines, (ASIDE, 136), 340)
        _terms(figure, found)
        _joints(figure, found)
        _genes(figure, found)


def _animal(side: Side) -> Posed:
    """Returns an animal as it is when its left foot lands, over level ground; as it stands, if it never walked."""
    skeleton, look = side.skeleton, side.genome.species.look
    if not len(side.trajectory) or not np.isfinite(side.trajectory.poses).all():
        return posed(skeleton, look)
    land = land_of(skeleton, side.genome.trial)
    return posed(skeleton, look, scene(skeleton, look, side.trajectory, land).poses[0])


def _titles(figure: Figure, found: Comparison) -> None:
    names = [
        f"{letter}: {side.name}" for letter, side in zip("AB", (found.a, found.b), strict=True)
    ]
    size = min(27.0, 2200.0 / max(map(len, names)))
    for y, name, colour in zip((30, 78), names, SIDES, strict=True):
        write(figure, MARGIN, y, name, fontsize=size, weight="bold", color=colour)


def _terms(figure: Figure, found: Comparison) -> None:
    """Draws what each term adds to both scores."""
    what = "The score, term by term" if found.scores_compare else "Scores that do not compare"
    known = [side.genome.score for side in (found.a, found.b) if isfinite(side.genome.score)]
    scores = " and ".join(said.figure(score, 1) for score in known)
    write(figure, MARGIN, _TOP - 46, f"{what}: {scores}" if scores else what, fontsize=18)
    ax = _chart(figure, 170, 400)
    under(ax, 0.5, "points", color=INK)
    _pairs(ax, [(one.name, one.weighed_a, one.weighed_b) for one in found.terms])


def _joints(figure: Figure, found: Comparison) -> None:
    """Draws the load of each joint of both."""
    write(figure, 640, _TOP - 46, "Load of the joints", fontsize=18)
    ax = _chart(figure, 750, 370)
    under(ax, 0.5, "body weights, RMS over the walk", color=INK)
    _pairs(ax, [(one.words, one.rms_a, one.rms_b) for one in found.joints])


def _genes(figure: Figure, found: Comparison) -> None:
    """Draws the largest changes of genes, each towards the one who has more."""
    shown = [gene for gene in found.genes if gene.change != 0.0][:GENES]
    if not shown:
        write(figure, 1210, _TOP - 46, f"All {len(found.genes)} genes are the same", fontsize=18)
        return
    heading = f"Genes that differ most; {_same(found)}"
    write(figure, 1210, _TOP - 46, heading, fontsize=18)
    ax = _chart(figure, 1580, 360)
    under(ax, 0.0, "← A has more", "left", SIDES[0])
    under(ax, 1.0, "B has more →", "right", SIDES[1])
    changes = [gene.change for gene in shown]
    colours = [SIDES[change > 0.0] for change in changes]
    ax.barh(np.arange(len(shown)), changes, 2.0 * _HALF, color=colours, zorder=2)
    _name_rows(ax, [_wrapped(gene.words) for gene in shown], 12.0)
    reach = 1.08 * max(map(abs, changes))
    ax.set_xlim(-reach, reach)


def _same(found: Comparison) -> str:
    """``36 of 48 are the same``."""
    same = found.same_genes
    return f"{same or 'none'} of {len(found.genes)} {'is' if same < 2 else 'are'} the same"


def _wrapped(words: str) -> str:
    """Returns words in one line, or in two of nearly one length."""
    return textwrap.fill(words, _WRAP if len(words) <= _WRAP else len(words) // 2 + 5)


def _chart(figure: Figure, x: float, width: float) -> Axes:
    """Returns axes for bars to both sides of nothing."""
    ax = panel(figure, x, _TOP, width, _HEIGHT)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.grid(axis="x", color=FAINT, alpha=0.25, linewidth=1.0)
    ax.set_axisbelow(True)
    ax.axvline(0.0, color=INK, linewidth=1.5, zorder=3)
    return ax


def _pairs(ax: Axes, rows: Sequence[tuple[str, float, float]]) -> None:
    """Draws two bars in each row, A's above B's."""
    places = np.arange(len(rows))
    for number, colour in enumerate(SIDES):
        values = [row[1 + number] for row in rows]
        ax.barh(places + (number - 0.5) * _HALF, values, _HALF, color=colour, zorder=2)
    _name_rows(ax, [name for name, _, _ in rows], 15.0)


def _name_rows(ax: Axes, names: Sequence[str], size: float) -> None:
    ax.set_yticks(range(len(names)), names, fontsize=size, linespacing=1.0)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=15)
