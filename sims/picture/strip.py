"""The film strip: the poses of one stride side by side, with the ground, a ruler and a person to scale."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sims.picture import paint
from sims.picture.paint import FAINT, INK
from sims.picture.scene import Scene
from sims.picture.stride import Floats

APART = 0.56
"""Least distance between neighbours, in lengths of the animal as it is posed: tails lie behind bodies."""
IN_A_ROW = 4
LONG = 4.0
"""Length over height from which on a tail would reach over the backs of neighbours: *Diplodocus* has 5."""
LONG_APART, LONG_IN_A_ROW = 1.0, 3
"""For those."""
RULER = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, math.inf)
"""Metres between two marks: the first that is not too crowded."""
SOIL = 0.24
"""Room under the ground for numbers, in heights of the animal."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where everything stands, metres."""

    rows: tuple[tuple[int, ...], ...]
    """The poses in each row."""
    shift: Floats
    """(n,) how far each pose is moved forward."""
    width: float
    """Of every row."""
    height: float
    """Of the tallest animal."""
    moved: bool
    """Whether poses stand further apart than they were."""
    person_at: float
    person_scale: float
    """1 for a person as large as life; less beside a small animal, and then that stands by once more, as small."""
    ruler_end: float
    """Where the ground ends in the last row: before what is drawn smaller than life."""


def layout(scene: Scene, shape: float) -> Layout:
    """Places the poses: as far apart as they were, or further where they would hide each other.

    Args:
        scene: the trial.
        shape: height of the whole strip over its width.
    """
    count = len(scene.poses)
    back, front, height = _extent(scene)
    is_long = back + front > LONG * height
    apart, in_a_row = (LONG_APART, LONG_IN_A_ROW) if is_long else (APART, IN_A_ROW)
    rows = [tuple(range(i, min(i + in_a_row, count))) for i in range(0, count, in_a_row)]
    person_scale = 1.0 if height > paint.PERSON else 0.6 * height / paint.PERSON
    person_room = 0.9 * paint.PERSON * person_scale
    if person_scale < 1.0:
        person_room += (back + front) * person_scale
    roomy = height * (1.0 + SOIL) * len(rows) / shape
    gaps = len(rows[0]) - 1
    step = max(apart * (back + front), (roomy - back - front - person_room) / max(gaps, 1))
    hips = scene.poses[:, scene.skeleton.root, 0]
    real = np.diff(hips)
    moved = count > 1 and float(real.min()) < apart * (back + front)
    goal = np.concatenate([[0.0], np.cumsum(np.full(count - 1, step) if moved else real)])
    for row in rows:
        goal[list(row)] += back - goal[row[0]]
    used = max(float(goal[row[-1]]) for row in rows) + front
    width = max(used + person_room, roomy)
    person_at = width - 0.35 * paint.PERSON * person_scale
    ruler_end = width if person_scale == 1.0 else width - person_room
    return Layout(
        tuple(rows), goal - hips, width, height, moved, person_at, person_scale, ruler_end
    )


def _extent(scene: Scene) -> tuple[float, float, float]:
    """Returns how far the poses reach behind the hip and ahead of it, and how high, metres."""
    back = front = 0.0
    height = 1.2 * scene.skeleton.hip_height
    for pose in scene.poses:
        points = np.concatenate([part.polygon for part in scene.outline.parts(pose)])
        hip = pose[scene.skeleton.root, 0]
        back = max(back, 1.01 * float(hip - points[:, 0].min()))
        front = max(front, float(points[:, 0].max() - hip))
        height = max(height, float(points[:, 1].max()))
    return back, front, 1.04 * height


def row(ax: Axes, scene: Scene, made: Layout, number: int, most: float) -> None:
    """Draws one row of the strip.

    Args:
        ax: where; its limits must be set, in metres, the ground at 0.
        scene: the trial.
        made: where everything stands.
        number: of the row, from 0.
        most: the load of the darkest joint, body weights.
    """
    is_last = number == len(made.rows) - 1
    pushes = scene.ground_force[list(scene.frames), :, 1]
    # No arrow is cut off by the edge of its row: where one would be, all of them are shorter.
    longest = 0.97 * ax.get_ylim()[1] / max(float(pushes.max()), 1e-9)
    unit = min(paint.ARROW * scene.skeleton.hip_height, longest)
    _ground(ax, made, is_last)
    for place, index in enumerate(made.rows[number]):
        pose = scene.poses[index].copy()
        pose[:, 0] += made.shift[index]
        order = 10.0 - place  # the first lies on top, so that no tail hides a head
        paint.animal(ax, scene.outline.parts(pose), scene.colours, 0.8, order)
        frame = scene.frames[index]
        paint.joint_dots(ax, scene.skeleton, pose, scene.joint_load[frame], most, order + 0.7)
        paint.force_arrows(ax, scene.skeleton, pose, scene.ground_force[frame], unit, order + 0.8)
        x, y = pose[scene.skeleton.root, 0], -0.04 * made.height
        ax.text(x, y, str(index + 1), ha="center", va="top", fontsize=17, weight="bold")
    if is_last:
        _person(ax, scene, made)


def _person(ax: Axes, scene: Scene, made: Layout) -> None:
    """Draws a person to scale, beside a small animal both smaller than life, apart from the ruler."""
    x, scale = made.person_at, made.person_scale
    said = "1.8 m"
    if scale < 1.0:
        said = "to scale with a\nperson of 1.8 m"
        parts = scene.outline.parts(scene.poses[0])
        ahead = max(float(part.polygon[:, 0].max()) for part in parts) + 0.35 * paint.PERSON
        small = [replace(p, polygon=(p.polygon - (ahead, 0.0)) * scale + (x, 0.0)) for p in parts]
        paint.animal(ax, small, scene.colours, 0.3, 20.0)
        left = min(float(part.polygon[:, 0].min()) for part in small)
        ax.hlines(0.0, left, made.width, color=FAINT, linewidth=2.0)
    paint.person(ax, x, 20.0, scale)
    style: dict[str, Any] = {"va": "bottom", "fontsize": 15, "color": FAINT, "linespacing": 1.2}
    place = (x, "center") if scale == 1.0 else (made.width, "right")
    ax.text(place[0], paint.PERSON * scale + 0.03 * made.height, said, ha=place[1], **style)


def _ground(ax: Axes, made: Layout, is_last: bool) -> None:
    """Draws the ground and a ruler on it; the last row says how long it is."""
    end = made.ruler_end if is_last else made.width
    ax.hlines(0.0, 0.0, end, color=INK, linewidth=2.0, zorder=25.0)
    step = next(size for size in RULER if made.width / size < 16)
    marks = np.arange(math.floor(end / step) + 1) * step
    ax.vlines(marks, -0.03 * made.height, 0.0, color=INK, linewidth=1.5, zorder=25.0)
    for mark in marks if is_last else ():
        unit = " m" if mark == marks[-1] else ""
        side = "left" if mark == 0.0 else "center"
        y = -0.13 * made.height
        ax.text(mark, y, f"{mark:g}{unit}", ha=side, va="top", fontsize=14, color=FAINT)
