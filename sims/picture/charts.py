"""The two charts under the strip: which foot was down when, and what the joints of one leg carried."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sims.physics.quantities import limb_words
from sims.picture.paint import FAINT, INK, LOADS, SIDES
from sims.picture.scene import Scene
from sims.picture.stride import runs

JOINTS = ("#009e73", "#e69f00", "#cc79a7", "#56b4e9")
"""From the body down, from the palette of Okabe and Ito."""
AROUND = 1.5
"""How many windows are shown on either side of the shaded one."""
SHOWN_JOINTS = 3
"""Hip, knee and ankle."""


def time_span(scene: Scene) -> tuple[float, float]:
    """Returns the first and the last moment of the charts, seconds: the window and what lies around it."""
    window, times = scene.window, scene.times
    around = round(AROUND * (window.end - window.start))
    first = max(0, window.start - around)
    last = min(len(times) - 1, window.end + around)
    return float(times[first]), float(max(times[last], times[first] + 0.1))


def foot_falls(ax: Axes, scene: Scene) -> None:
    """Draws a bar for each foot while it was down."""
    _prepare(ax, scene)
    step = float(scene.times[1]) if len(scene.times) > 1 else 1e-3
    for index, limb in enumerate(scene.skeleton.limbs):
        bars = [(start * step, (end - start) * step) for start, end in runs(scene.down[:, index])]
        ax.broken_barh(bars, (index - 0.34, 0.68), facecolors=SIDES[limb.side], zorder=2)
    names = [limb_words(scene.skeleton, limb) for limb in scene.skeleton.limbs]
    ax.set_yticks(range(len(names)), names)
    if len(names) > 2:  # of four rows, each has half the room
        ax.tick_params(axis="y", labelsize=12)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0, labelsize=14 if len(names) < 3 else 11)
    ax.tick_params(axis="x", labelbottom=False)
    for number, frame in enumerate(scene.frames, start=1):
        place = (scene.times[frame], 1.0)
        ax.annotate(
            str(number),
            place,
            (0, 3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            fontsize=14,
            weight="bold",
            color=INK,
        )


def joint_loads(ax: Axes, scene: Scene) -> None:
    """Draws the load of each joint of the left leg against time, in body weights."""
    _prepare(ax, scene)
    limb = next((limb for limb in scene.skeleton.limbs if limb.side == 0), None)
    shown = () if limb is None else limb.joints[:SHOWN_JOINTS]
    first, last = np.searchsorted(scene.times, time_span(scene))
    visible = scene.joint_load[first : last + 1]
    top = max(1.0, 1.12 * float(visible[:, list(shown)].max(initial=0.0)))
    ends = []
    for joint, colour in zip(shown, JOINTS, strict=False):
        load = scene.joint_load[:, joint]
        ax.plot(scene.times, load, color=colour, linewidth=3.2, solid_joinstyle="round", zorder=3)
        ends.append((float(visible[-1, joint]), scene.skeleton.joints[joint].kind, colour))
    ax.set_ylim(0.0, top)
    if len(scene.times) > 1:
        _label_lines(ax, ends, top)
    ax.set_xlabel("seconds since the start", labelpad=4)
    ax.grid(axis="y", color=FAINT, alpha=0.25, linewidth=1.0)


def _label_lines(ax: Axes, ends: list[tuple[float, str, str]], top: float) -> None:
    """Writes each line's name at its right end, moved apart where they would touch."""
    least = 0.17 * top
    ends = sorted(ends)
    heights = [value for value, _, _ in ends]
    for i in range(1, len(heights)):
        heights[i] = max(heights[i], heights[i - 1] + least)
    over = max(0.0, heights[-1] - 0.95 * top) if heights else 0.0
    for height, (_, name, colour) in zip(heights, ends, strict=True):
        place = (1.012, (height - over) / top)
        ax.text(
            *place,
            name,
            transform=ax.transAxes,
            va="center",
            color=colour,
            weight="bold",
            fontsize=18,
        )


def _prepare(ax: Axes, scene: Scene) -> None:
    """Sets the time axis and shades the window."""
    window, times = scene.window, scene.times
    ax.set_xlim(*time_span(scene))
    end = times[min(window.end, len(times) - 1)]
    ax.axvspan(times[window.start], end, color=INK, alpha=0.08, linewidth=0.0, zorder=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)


def key(ax: Axes, most: float) -> None:
    """Explains the dots and the arrows of the strip, in a panel whose axes run from 0 to 1."""
    ax.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0))
    ax.axis("off")
    steps = np.linspace(0.0, 1.0, 5)
    ax.scatter(
        0.02 + 0.06 * np.arange(5), [0.75] * 5, s=90, c=LOADS(steps), edgecolors=INK, linewidths=1.2
    )
    ax.text(0.31, 0.75, f"joint load, 0 to {most:.1f} body weights", va="center", fontsize=15)
    ax.plot([0.0, 0.11], [0.25, 0.25], color=SIDES[0], linewidth=4.0)
    ax.plot([0.15, 0.26], [0.25, 0.25], color=SIDES[1], linewidth=4.0)
    ax.text(0.31, 0.25, "ground's push, left and right foot", va="center", fontsize=15)
