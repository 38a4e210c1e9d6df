"""A poster of one trial: the poses of a stride, the feet against time, the loads of the joints, and a few sentences.

Nothing else imports matplotlib, and this never pyplot: a picture is written without a screen, and the same trial
gives the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.physics.terrain import Ground
from sims.physics.trajectory import Trajectory
from sims.picture import charts, strip
from sims.picture.paint import FAINT, INK, PAPER
from sims.picture.scene import Scene, scene

__all__ = ["SIZE", "stride_picture"]

SIZE = (2000, 1125)
"""Pixels."""

_DPI = 100
_MARGIN = 60
_STRIP = (SIZE[0] - 2 * _MARGIN, 584)
"""Width and height of the film strip, pixels."""
_CHARTS = (150, 1110)
"""Left edge and width of the charts, pixels."""
_ASIDE = 1410
"""Left edge of the text beside the charts, pixels."""
_METADATA = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""By suffix: what would otherwise put a date or a version into the file."""

ENDINGS = {
    "finished": "was stopped",
    "stalled": "stood still",
    "broke": "came apart",
    "unstable": "came apart",
}
"""What it did, for each ending whose name does not say so."""


def stride_picture(
    skeleton: Skeleton,
    look: Look,
    trajectory: Trajectory,
    title: str,
    caption_lines: Sequence[str],
    path: Path,
    ended: str = "finished",
    land: Ground | None = None,
) -> None:
    """Writes the picture of one stride.

    Args:
        skeleton: the animal.
        look: its colours.
        trajectory: what it did; at least one frame.
        title: ``Tyrannosaurus rex, seed 1``.
        caption_lines: plain sentences.
        path: the file to write; its suffix says what kind: ``.png``, ``.svg`` or ``.pdf``.
        ended: how the trial ended, as a `Trial` says it; told when there is no full stride.
        land: the ground it walked on; level if not given.
    """
    shown = scene(skeleton, look, trajectory, land)
    with mpl.rc_context():
        mpl.rcdefaults()  # a user's own settings must not change the picture
        mpl.rcParams.update({"svg.hashsalt": "gaitosaur", "font.size": 17, "text.color": INK})
        mpl.rcParams.update({"axes.edgecolor": FAINT, "axes.labelcolor": INK})
        mpl.rcParams.update({"xtick.color": INK, "ytick.color": INK})
        figure = Figure(figsize=(SIZE[0] / _DPI, SIZE[1] / _DPI), dpi=_DPI, facecolor=PAPER)
        _compose(figure, shown, title, caption_lines, ended)
        figure.savefig(path, dpi=_DPI, metadata=_METADATA.get(path.suffix.lower()))


def _compose(
    figure: Figure, shown: Scene, title: str, caption_lines: Sequence[str], ended: str
) -> None:
    _write(
        figure, _MARGIN, 34, title, fontsize=min(34.0, 1400.0 / max(len(title), 1)), weight="bold"
    )
    made = strip.layout(shown, _STRIP[1] / _STRIP[0])
    small = {"ha": "right", "fontsize": 16, "color": FAINT}
    _write(figure, SIZE[0] - _MARGIN, 50, _small_print(shown, made), **small)
    most = max(1.0, float(shown.joint_load[list(shown.frames)].max()))
    _strip(figure, shown, made, most)
    _write(figure, _MARGIN, 700, f"Feet on the ground{_gait(shown, ended)}", fontsize=18)
    charts.foot_falls(_panel(figure, _CHARTS[0], 762, _CHARTS[1], 80), shown)
    loads = f"Joint loads of the left leg, body weights, means over {shown.smoothing:.2f} s"
    _write(figure, _MARGIN, 862, loads, fontsize=18)
    charts.joint_loads(_panel(figure, _CHARTS[0], 902, _CHARTS[1], 150), shown)
    _captions(figure, caption_lines)
    key = _panel(figure, _ASIDE, 1010, SIZE[0] - _MARGIN - _ASIDE, 90)
    charts.key(key, most)


def _strip(figure: Figure, shown: Scene, made: strip.Layout, most: float) -> None:
    """Draws the rows of the strip, one metre as wide as high."""
    height = _STRIP[1] / len(made.rows)
    metres = height * made.width / _STRIP[0]
    for number in range(len(made.rows)):
        ax = _panel(figure, _MARGIN, 100 + number * height, _STRIP[0], height)
        ax.set_xlim(0.0, made.width)
        ax.set_ylim(-strip.SOIL * made.height, metres - strip.SOIL * made.height)
        ax.axis("off")
        strip.row(ax, shown, made, number, most)


def _panel(figure: Figure, x: float, y: float, width: float, height: float) -> Axes:
    """Returns axes in a box given in pixels from the top left."""
    box = (x / SIZE[0], 1 - (y + height) / SIZE[1], width / SIZE[0], height / SIZE[1])
    return figure.add_axes(box, facecolor="none")


def _write(figure: Figure, x: float, y: float, text: str, **style: Any) -> None:
    """Writes text whose top is at a place given in pixels from the top left."""
    figure.text(x / SIZE[0], 1 - y / SIZE[1], text, **{"va": "top", "linespacing": 1.35, **style})


def _captions(figure: Figure, lines: Sequence[str]) -> None:
    """Writes the sentences in the largest type that leaves room for the key under them."""
    for size in (16.5, 15.0, 13.0, 11.0, 9.0, 7.0):
        wrapped = [textwrap.wrap(line, round(44 * 16.5 / size)) for line in lines]
        step = size * _DPI / 72 * 1.35
        heights = [step * (len(some) + 0.45) for some in wrapped]
        if sum(heights) <= 290:
            break
    y = 702.0
    for some, height in zip(wrapped, heights, strict=True):
        _write(figure, _ASIDE, y, "\n".join(some), fontsize=size, linespacing=1.35)
        y += height


def _small_print(shown: Scene, made: strip.Layout) -> str:
    """Returns what the strip shows."""
    count = len(shown.poses)
    of = "one stride" if shown.window.is_stride else "its last second"
    moments = "One moment" if count == 1 else f"{count} moments of {of}"
    return f"{moments}; poses moved apart" if made.moved else moments


def _gait(shown: Scene, ended: str) -> str:
    """Returns how often it steps and how long its feet are down, or why that cannot be said."""
    if not shown.window.is_stride:
        verb = ENDINGS.get(ended, ended)
        return f"; no full stride: it {verb} after {shown.times[-1]:.1f} s"
    sides = [limb.name.rsplit(".", 1)[-1] for limb in shown.skeleton.limbs]
    duty = ", ".join(f"{side} {share:.2f}" for side, share in zip(sides, shown.duty, strict=True))
    return f": {1 / shown.stride_time:.2f} strides a second, duty factor {duty}"
