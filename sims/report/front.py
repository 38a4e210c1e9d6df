"""The front of a run with several aims: a figure, a sentence that says what to see, and the walkers by name."""

from __future__ import annotations

from sims.report import pieces, svg
from sims.report.pieces import e
from sims.report.words import counted, number
from sims.runs.front import NAMES
from sims.runs.front_file import FrontIndex, Walker

_WIDTH, _HEIGHT = 620.0, 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 90.0, 28.0, 40.0
_SMALLEST, _LARGEST = 3.0, 9.0
"""Radius of the mark of the cheapest and of the dearest walker."""


def front(index: FrontIndex) -> str:
    """Returns the figure of a front and the table of its walkers."""
    words = (
        "A mark is a walker whom no other beats in distance, strain and energy at once. Up is fast, left is gentle, "
        "and the larger the mark, the dearer is a metre. See how much strain a little more speed costs: where the "
        "marks climb steeply, speed is cheap; where they turn level, it is paid for dearly. "
        "Pale marks are walkers that somebody beats in all three, a diamond does not pass the gate."
    )
    said = pieces.see(
        f"{counted(len(index.walkers), 'walker')}, and none that is the best at everything: "
        "which of them is to be preferred is not for the search to say."
    )
    drawn = pieces.figure(_drawing(index), "Headway against strain", words, scrolls=True)
    rows = [_row(one) for one in index.walkers]
    heads = ("Walker", "Speed, m/s", "Strain, body weights", "Energy", "Robust", "What it is")
    table = f"<details><summary>All of them</summary>{pieces.table(heads, rows, 'plain')}</details>"
    return said + drawn + table


def _row(one: Walker) -> list[str]:
    robust = "" if one.robust is None else number(one.robust, 2)
    called = ", ".join([*(NAMES[name] for name in one.names), *([one.label] if one.label else [])])
    found = (number(one.speed_m_s, 2), number(one.strain, 2), number(one.energy, 2))
    return [e(one.file), *found, robust, e(called)]


def _drawing(index: FrontIndex) -> str:
    walkers = index.walkers
    x = svg.scale([one.strain for one in walkers], _LEFT, _WIDTH - _RIGHT, zero=False)
    y = svg.scale([one.distance for one in walkers], _HEIGHT - _BOTTOM, _TOP, zero=False)
    dear = svg.Scale(
        min(one.energy for one in walkers),
        max(one.energy for one in walkers),
        _SMALLEST,
        _LARGEST,
    )
    made = [
        svg.up(y, _LEFT, _WIDTH - _RIGHT, "headway, hip heights per unit of time"),
        svg.across(x, y.start, _TOP, "strain, body weights"),
    ]
    for values in index.others:
        strain, headway = -values[1], values[0]
        if x.low <= strain <= x.high and y.low <= headway <= y.high:
            made.append(svg.rect(x(strain) - 1.5, y(headway) - 1.5, 3, 3, "left-behind"))
    for one in walkers:
        radius = dear(one.energy)
        made.append(
            svg.mark(x(one.strain), y(one.distance), int(bool(one.label)), _said(one), radius)
        )
    made += [_name(one, x(one.strain), y(one.distance), dear(one.energy)) for one in walkers]
    return svg.drawing(
        _WIDTH, _HEIGHT, "".join(made), "Headway against strain of the walkers of the front"
    )


def _said(one: Walker) -> str:
    name = "".join(f"{NAMES[name]}, " for name in one.names)
    return (
        f"{one.file}: {name}{number(one.speed_m_s, 2)} m/s, strain {number(one.strain, 2)}, "
        f"energy {number(one.energy, 2)}{', ' + one.label if one.label else ''}"
    )


def _name(one: Walker, x: float, y: float, radius: float) -> str:
    return svg.text(x + radius + 4, y + 4, ", ".join(one.names), "name") if one.names else ""
