"""The picture of a walk put to the test: a panel for each kind of change, a dot for each trial."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from creatures.species_model import Look
from sims.picture.lineup import Posed, lineup, posed
from sims.picture.page import ASIDE, MARGIN, SIZE, captions, page, panel, title_of, under, write
from sims.picture.paint import FAINT, INK, PAPER, SIDES
from sims.study.outcome import Attempt, Outcome, Perturbed

KEPT, STOPPED = SIDES
"""Dots of trials that went on to the end, and of those that did not."""
_DOT, _EDGE = 130.0, 2.4
"""Area of a dot and width of its edge, points."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 128, 1330, 176, 1040
"""Edges of all panels together, pixels."""
_BETWEEN = (92, 166)
"""Room between panels, for numbers and headings, pixels."""
_SIDE = SIZE[0] - MARGIN - ASIDE
"""Width of what stands beside the panels, pixels."""


def perturbed_picture(
    found: Perturbed, look: Look, title: str, caption_lines: Sequence[str], path: Path
) -> None:
    """Writes the picture of a test.

    Args:
        found: what came of it; at least one kind.
        look: the animal's colours.
        title: ``Velociraptor mongoliensis, seed 1, put to the test``.
        caption_lines: plain sentences.
        path: the file to write; its suffix says what kind: ``.png``, ``.svg`` or ``.pdf``.
    """
    animal = posed(found.skeleton, look)
    with page(path) as figure:
        title_of(figure, title)
        small = {"ha": "right", "fontsize": 16, "color": FAINT}
        write(figure, SIZE[0] - MARGIN, 50, _small_print(found), **small)
        for outcome, box in zip(found.outcomes, _boxes(len(found.outcomes)), strict=True):
            _outcome(figure, found, outcome, box)
        _aside(figure, animal, caption_lines)


def _small_print(found: Perturbed) -> str:
    count = found.attempts
    return f"{count} changed world{'s' * (count != 1)}, {found.seconds:g} s each"


def _boxes(count: int) -> list[tuple[float, float, float, float]]:
    """Returns x, y, width and height of so many panels, pixels: one or two under each other, else two in a row."""
    columns = 1 if count < 3 else 2
    rows = -(-count // columns)
    across, down = _BETWEEN
    width = (_RIGHT - _LEFT - across * (columns - 1)) / columns
    height = (_BOTTOM - _TOP - down * (rows - 1)) / rows
    places = [divmod(number, columns) for number in range(count)]
    return [
        (_LEFT + column * (width + across), _TOP + row * (height + down), width, height)
        for row, column in places
    ]


def _outcome(
    figure: Figure, found: Perturbed, outcome: Outcome, box: tuple[float, float, float, float]
) -> None:
    """Draws one panel under its heading."""
    x, y, width, _ = box
    heading = outcome.kind.title.capitalize()
    write(figure, x, y - 46, heading, fontsize=19, weight="bold")
    kept = f"{outcome.kept} of {len(outcome.attempts)} kept going"
    write(figure, x + width, y - 43, kept, fontsize=16, ha="right")
    ax = panel(figure, *box)
    _prepare(ax, found, outcome)
    if x == _LEFT:
        ax.set_ylabel("metres", labelpad=6)
    _held(ax, outcome)
    ax.axhline(found.undisturbed.distance_m, color=INK, linewidth=2.0, zorder=2, dashes=(4, 2))
    _dots(ax, [one for one in outcome.attempts if one.kept], KEPT, PAPER)
    _dots(ax, [one for one in outcome.attempts if not one.kept], PAPER, STOPPED)


def _prepare(ax: Axes, found: Perturbed, outcome: Outcome) -> None:
    """Sets the axes: the whole range of strengths, the distances of all kinds."""
    span = outcome.high - outcome.low
    ax.set_xlim(outcome.low - 0.03 * span, outcome.high + 0.03 * span)
    ax.set_ylim(*_distances(found))
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", color=FAINT, alpha=0.25, linewidth=1.0)
    ax.locator_params(axis="y", nbins=5)
    ax.locator_params(axis="x", nbins=7)
    under(ax, 0.5, outcome.kind.axis, color=INK)
    if outcome.low < 0.0:
        ax.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
        low, high = outcome.kind.ways
        under(ax, 0.0, f"← {low}", ha="left")
        under(ax, 1.0, f"{high} →", ha="right")


def _distances(found: Perturbed) -> tuple[float, float]:
    """Returns the lowest and the highest distance that every panel has room for, metres."""
    seen = [one.distance_m for outcome in found.outcomes for one in outcome.attempts]
    low, high = min(0.0, *seen), max(found.undisturbed.distance_m, 0.01, *seen)
    return low - 0.04 * (high - low), high + 0.08 * (high - low)


def _held(ax: Axes, outcome: Outcome) -> None:
    """Shades the strengths between which no trial was stopped."""
    low, high = (outcome.holds(way) or 0.0 for way in (-1, 1))
    ax.axvspan(low, high, color=INK, alpha=0.08, linewidth=0.0, zorder=0)


def _dots(ax: Axes, some: Sequence[Attempt], fill: str, edge: str) -> None:
    at = np.array([(one.strength, one.distance_m) for one in some]).reshape(-1, 2)
    ax.scatter(
        *(at[:, 0], at[:, 1]),
        s=_DOT,
        c=fill,
        edgecolors=edge,
        linewidths=_EDGE,
        zorder=4,
        clip_on=False,
    )


def _aside(figure: Figure, animal: Posed, lines: Sequence[str]) -> None:
    """Draws the animal, the sentences under it, and the key."""
    lineup(panel(figure, ASIDE, 110, _SIDE, 190), [animal], 190 / _SIDE)
    captions(figure, lines, (ASIDE, 330), 580)
    _key(panel(figure, ASIDE, 940, _SIDE, 130))


def _key(ax: Axes) -> None:
    """Explains dots, line and shade, in a panel whose axes run from 0 to 1."""
    ax.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0))
    ax.axis("off")
    rows = (0.9, 0.64, 0.38, 0.12)
    said = (
        "kept going to the end",
        "fell, stood still, or came apart",
        "its way when nobody disturbs it",
        "between these no trial was stopped",
    )
    for y, words in zip(rows, said, strict=True):
        ax.text(0.13, y, words, va="center", fontsize=15)
    ax.scatter([0.05], rows[:1], s=_DOT, c=KEPT, edgecolors=PAPER, linewidths=_EDGE)
    ax.scatter([0.05], rows[1:2], s=_DOT, c=PAPER, edgecolors=STOPPED, linewidths=_EDGE)
    ax.plot([0.0, 0.1], [rows[2]] * 2, color=INK, linewidth=2.0, dashes=(4, 2))
    ax.axhspan(rows[3] - 0.09, rows[3] + 0.09, 0.0, 0.1, color=INK, alpha=0.08, linewidth=0.0)
