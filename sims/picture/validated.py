"""The picture of a validation: speeds, duty factors and costs, ours beside published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from sims.picture.page import MARGIN, captions, page, panel, title_of, under, write
from sims.picture.paint import FAINT, INK, SIDES

OURS, THEIRS = SIDES[1], SIDES[0]
_TOP, _HEIGHT, _WIDTH = 230, 600, 480
"""Upper edge, height and width of each chart, pixels."""
_LEFT = (220, 805, 1420)
"""Left edge of each, pixels."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Top speeds of one animal, m/s."""

    name: str
    theirs: float
    ours: float | None
    """None where none was found."""


@dataclass(frozen=True, slots=True)
class Priced:
    """What it costs one animal to carry a kilogram a metre."""

    name: str
    mass_kg: float
    cost: float
    """J/kg/m."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is drawn."""

    speeds: Sequence[Speed]
    duty: Sequence[tuple[float, float]]
    """Froude number and duty factor of each walk."""
    curve: Sequence[tuple[float, float]]
    """The same, middled."""
    costs: Sequence[Priced]
    theirs: Callable[[float], float]
    """Mass in kg -> published cost, J/kg/m."""


def validated_picture(shown: Shown, lines: Sequence[str], path: Path) -> None:
    """Writes the picture.

    Args:
        shown: what is drawn.
        lines: sentences under the charts.
        path: the file to write; its suffix says what kind: ``.png``, ``.svg`` or ``.pdf``.
    """
    with page(path) as figure:
        title_of(figure, "Validation: ours beside published")
        write(figure, MARGIN, 100, "●  ours", fontsize=18, color=OURS)
        write(figure, MARGIN + 140, 100, "◆  published", fontsize=18, color=THEIRS)
        _speeds(_chart(figure, 0, "Top speed, m/s"), shown.speeds)
        _duty(_chart(figure, 1, "Duty factor"), shown)
        _costs(_chart(figure, 2, "Cost of transport, J/(kg m)"), shown)
        captions(figure, lines, (MARGIN, 930), 170, across=150)


def _chart(figure: Figure, number: int, head: str) -> Axes:
    left = MARGIN if number == 0 else _LEFT[number] - 75
    write(figure, left, _TOP - 60, head, fontsize=20, weight="bold")
    ax = panel(figure, _LEFT[number], _TOP, _WIDTH - (60 if number == 0 else 0), _HEIGHT)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.grid(color=FAINT, alpha=0.22, linewidth=1.0)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=15)
    return ax


def _none(ax: Axes) -> None:
    ax.text(0.5, 0.5, "nothing to show yet", ha="center", color=FAINT, transform=ax.transAxes)


def _speeds(ax: Axes, speeds: Sequence[Speed]) -> None:
    rows = range(len(speeds))
    for row, one in zip(rows, speeds, strict=True):
        if one.ours is not None:
            ax.plot([one.ours, one.theirs], [row, row], color=FAINT, linewidth=2.5, zorder=2)
            ax.plot(one.ours, row, "o", color=OURS, markersize=13, zorder=4)
        ax.plot(one.theirs, row, "D", color=THEIRS, markersize=11, zorder=3)
    ax.set_yticks(list(rows), [one.name.capitalize() for one in speeds])
    ax.set_ylim(len(speeds) - 0.5, -0.5)
    ax.set_xlim(left=0.0)
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="y", length=0)
    under(ax, 0.5, "m/s; no mark of ours: no run, or none stayed up")


def _duty(ax: Axes, shown: Shown) -> None:
    ax.axhline(0.5, color=FAINT, linewidth=1.5)
    ax.fill_between([0.5, 1.0], 0.0, 1.0, color=THEIRS, alpha=0.14, linewidth=0.0)
    ax.plot(0.707, 0.5, "D", color=THEIRS, markersize=11, zorder=3)
    if shown.duty:
        x, y = np.array(shown.duty).T
        ax.plot(x, y, ".", color=OURS, alpha=0.28, markersize=8, markeredgewidth=0.0)
    else:
        _none(ax)
    if shown.curve:
        x, y = np.array(shown.curve).T
        ax.plot(x, y, "o-", color=OURS, linewidth=2.5, markersize=9, zorder=4)
    ax.set_xscale("log")
    ax.set_xlim(_reach([at for at, _ in shown.duty], 0.03, 5.0))
    ax.set_ylim(0.0, 1.0)
    _plain(ax, [0.03, 0.1, 0.3, 1.0, 3.0, 10.0])
    under(ax, 0.5, "Froude number; shaded: published place of 0.5")


def _costs(ax: Axes, shown: Shown) -> None:
    low, high = _reach([one.mass_kg for one in shown.costs], 5.0, 10_000.0)
    mass = np.geomspace(low, high, 50)
    ax.plot(mass, [shown.theirs(float(m)) for m in mass], color=THEIRS, linewidth=3.0)
    ax.plot(np.sqrt(low * high), shown.theirs(float(np.sqrt(low * high))), "D", color=THEIRS, ms=11)
    for one, is_above in _sides(shown.costs):
        ax.plot(one.mass_kg, one.cost, "o", color=OURS, markersize=13, zorder=4)
        # Slanted, since animals of nearly one mass stand close together.
        style: dict[str, Any] = {"rotation": 55 if is_above else -55, "rotation_mode": "anchor"}
        style |= {"va": "baseline" if is_above else "top", "fontsize": 14, "zorder": 5}
        name = one.name.replace("_", " ").capitalize()
        place, away = (one.mass_kg, one.cost), (7, 10 if is_above else -10)
        ax.annotate(name, place, away, textcoords="offset points", color=INK, **style)
    if not shown.costs:
        _none(ax)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(low, high)
    _plain(ax, [10.0, 100.0, 1_000.0, 10_000.0])
    ax.set_yticks([0.3, 1.0, 3.0, 10.0, 30.0, 100.0])
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.yaxis.set_minor_formatter(NullFormatter())
    under(ax, 0.5, "body mass, kg; line: Taylor and others 1982")


def _sides(costs: Sequence[Priced]) -> list[tuple[Priced, bool]]:
    """Returns each with whether its name goes above it: of two neighbours in mass that of the dearer one does."""
    ranked = sorted(costs, key=lambda one: (one.mass_kg, one.name))
    found = []
    for at in range(0, len(ranked), 2):
        pair = sorted(ranked[at : at + 2], key=lambda one: -one.cost)
        found += [(one, one is pair[0]) for one in pair]
    return found


def _reach(values: Sequence[float], low: float, high: float) -> tuple[float, float]:
    """Returns the ends of an axis: those given, and further where there is more."""
    known = [value for value in values if value > 0.0]
    return min([low, *(0.8 * v for v in known)]), max([high, *(1.2 * v for v in known)])


def _plain(ax: Axes, ticks: Sequence[float]) -> None:
    low, high = ax.get_xlim()
    ax.set_xticks([tick for tick in ticks if low <= tick <= high])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())
