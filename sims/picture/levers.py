"""Moment arms joint by joint, and the torque each joint can bear beside what standing asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from creatures.skeleton import Skeleton
from creatures.strength import Bearing
from sims.picture.muscles import Line
from sims.picture.page import panel, write
from sims.picture.paint import FAINT, INK, PAPER

_HEAD = 1.55
"""Rows that the name of a joint takes up, with the room before it."""
_NAMES = 0.56
"""Share of a column that the names of muscles take up."""


def levers(
    figure: Figure,
    skeleton: Skeleton,
    found: Sequence[Bearing],
    lines: Sequence[Line],
    box: tuple[float, float, float, float],
    columns: int = 3,
) -> None:
    """Draws a bar for each muscle at each joint it moves: flexion to the left, extension to the right.

    Args:
        figure: the page.
        skeleton: the animal.
        found: its joints.
        lines: its muscles.
        box: x, y, width and height, pixels.
        columns: in which the joints are.
    """
    shown = [one for one in found if one.levers]
    shares = _shared(shown, columns)
    most = max((abs(lever.arm) for one in shown for lever in one.levers), default=1.0)
    rows = max(sum(_rows(one) for one in share) for share in shares)
    row = min(box[3] / rows, 24.0)
    gap = 44.0
    wide = (box[2] - gap * (columns - 1)) / columns
    for place, share in enumerate(shares):
        ax = panel(figure, box[0] + place * (wide + gap), box[1], wide, box[3])
        ax.set(xlim=(0.0, wide), ylim=(box[3], 0.0))
        ax.axis("off")
        y = 0.0
        for one in share:
            y = _joint(ax, skeleton, one, lines, (y, row, wide), most)


def _rows(one: Bearing) -> float:
    return len(one.levers) + _HEAD


def _shared(found: Sequence[Bearing], columns: int) -> list[list[Bearing]]:
    """Shares joints out over columns, in their order, none much longer than another."""
    whole = sum(_rows(one) for one in found)
    shares: list[list[Bearing]] = [[] for _ in range(columns)]
    before = 0.0
    for one in found:
        middle = before + 0.5 * _rows(one)
        shares[min(int(columns * middle / max(whole, 1e-9)), columns - 1)].append(one)
        before += _rows(one)
    return shares


def _joint(
    ax: Axes,
    skeleton: Skeleton,
    one: Bearing,
    lines: Sequence[Line],
    place: tuple[float, float, float],
    most: float,
) -> float:
    """Draws the bars of a joint; returns where the next one begins, pixels."""
    y, row, wide = place
    size = min(12.0, 0.58 * row)
    zero = wide * (_NAMES + 0.5 * (1 - _NAMES))
    unit = 0.5 * wide * (1 - _NAMES) * 0.54 / most
    head = y + 0.95 * row
    ax.text(
        0.0, head, skeleton.joints[one.joint].kind, fontsize=size * 1.1, weight="bold", va="center"
    )
    small: dict[str, Any] = {"fontsize": 0.80 * size, "color": FAINT, "va": "center"}
    ax.text(_NAMES * wide, head, "kN", ha="right", **small)
    ax.text(zero - 6, head, one.flexes, ha="right", **small)
    ax.text(zero + 6, head, one.extends, ha="left", **small)
    by_index = {line.index: line for line in lines}
    for number, lever in enumerate(one.levers):
        line = by_index[lever.muscle]
        at = y + (_HEAD + number + 0.5) * row - 0.1 * row
        _badge(ax, line, at, size)
        ax.text(22.0, at, line.name, fontsize=size * 0.88, va="center")
        ax.text(_NAMES * wide, at, _force(line.force), ha="right", **small)
        ax.barh(at, lever.arm * unit, 0.62 * row, left=zero, color=line.colour, alpha=0.85)
        end, ha = zero + lever.arm * unit, "left" if lever.arm > 0 else "right"
        said = f"{abs(lever.arm):.{2 if most >= 0.2 else 3}f}"
        ax.text(end + (4 if lever.arm > 0 else -4), at, said, ha=ha, **small)
    low = y + (_HEAD + len(one.levers)) * row
    ax.vlines(zero, y + 1.45 * row, low - 0.1 * row, color=INK, linewidth=1.0)
    return low


def _force(newtons: float) -> str:
    """Returns a force in kN, to three digits at most."""
    force = newtons / 1000
    return f"{force:,.0f}" if force >= 10 else f"{force:.2g}"


def _badge(ax: Axes, line: Line, at: float, size: float) -> None:
    ax.scatter([8.0], [at], s=11.5 * size, c=line.colour, linewidths=0.0)
    style: dict[str, Any] = {
        "fontsize": size * (0.66 if line.number < 10 else 0.54),
        "weight": "bold",
        "color": PAPER,
    }
    ax.text(8.0, at, str(line.number), ha="center", va="center_baseline", **style)


def torques(
    figure: Figure,
    skeleton: Skeleton,
    found: Sequence[Bearing],
    box: tuple[float, float, float, float],
) -> None:
    """Draws what the muscles can bear at each joint, and a mark where standing asks for it.

    Args:
        figure: the page.
        skeleton: the animal.
        found: its joints.
        box: x, y, width and height, pixels.
    """
    x, y, wide, high = box
    row = min(high / len(found), 48.0)
    ax = panel(figure, x, y, wide, high)
    ax.set(xlim=(0.0, wide), ylim=(high, 0.0))
    ax.axis("off")
    most = max((max(one.flexion, one.extension, abs(one.standing)) for one in found), default=1.0)
    zero, unit = 0.45 * wide, 0.26 * wide / max(most, 1e-9)
    size = min(13.0, 0.42 * row)
    for number, one in enumerate(found):
        at = (number + 0.5) * row
        ax.text(0.0, at, skeleton.joints[one.joint].kind, fontsize=size, va="center")
        ax.barh(at, -one.flexion * unit, 0.5 * row, left=zero, color="#b9c7cf")
        ax.barh(at, one.extension * unit, 0.5 * row, left=zero, color="#e3b98f")
        mark = zero + one.standing * unit
        style = (0.0, (1.0, 0.0)) if one.by_muscles else (0.0, (2.0, 1.5))
        ax.vlines(
            mark, at - 0.36 * row, at + 0.36 * row, color=INK, linewidth=2.6, linestyles=style
        )
        ax.text(wide, at, _asked(one), fontsize=0.86 * size, va="center", ha="right", color=INK)
    ax.vlines(zero, 0.1 * row, len(found) * row, color=INK, linewidth=1.0)


def _asked(one: Bearing) -> str:
    """Returns how much standing asks, in words that fit beside a bar."""
    if not one.by_muscles:
        return f"{_torque(abs(one.standing))}, ligaments"
    if one.asked > 9.99:
        return f"{_torque(abs(one.standing))}, none to bear it"
    return f"{_torque(abs(one.standing))}, {one.asked:.0%}"


def _torque(newton_metres: float) -> str:
    if newton_metres >= 1000:
        return f"{newton_metres / 1000:.3g} kN m"
    return f"{newton_metres:.3g} N m" if newton_metres >= 0.1 else f"{newton_metres:.2f} N m"


def heads(figure: Figure, places: tuple[float, float], y: float) -> None:
    """Writes what both parts show.

    Args:
        figure: the page.
        places: where each begins, pixels.
        y: upper edge, pixels.
    """
    said = (
        (
            "Moment arms in the standing pose, m",
            "flexion to the left, extension to the right; kN: the muscle's greatest force",
        ),
        ("What each joint can bear", "bars: all muscles at once; mark: what standing asks"),
    )
    for x, (title, words) in zip(places, said, strict=True):
        write(figure, x, y, title, fontsize=16, weight="bold")
        write(figure, x, y + 30, words, fontsize=11.5, color=FAINT)
