"""A poster of one trial: the poses of a stride, the feet against time, the loads of the joints, and a few sentences.

Nothing else imports matplotlib, and this never pyplot: a picture is written without a screen, and the same trial
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.physics.quantities import limb_words
from sims.physics.terrain import Ground
from sims.physics.trajectory import Trajectory
from sims.picture import charts, strip
from sims.picture.page import ASIDE, MARGIN, SIZE, captions, page, panel, title_of, write
from sims.picture.paint import FAINT
from sims.picture.scene import Scene, scene

__all__ = ["SIZE", "stride_picture"]

_STRIP = (SIZE[0] - 2 * MARGIN, 584)
"""Width and height of the film strip, pixels."""
_CHARTS = (150, 1110)
"""Left edge and width of the charts, pixels."""

ENDINGS = {
    "finished": "was stopped",
    "stalled": "stood still",
    "broke": "came apart",
    "snapped": "broke a bone",
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
    with page(path) as figure:
        _compose(figure, shown, title, caption_lines, ended)


def _compose(
    figure: Figure, shown: Scene, title: str, caption_lines: Sequence[str], ended: str
) -> None:
    title_of(figure, title)
    made = strip.layout(shown, _STRIP[1] / _STRIP[0])
    small = {"ha": "right", "fontsize": 16, "color": FAINT}
    write(figure, SIZE[0] - MARGIN, 50, _small_print(shown, made), **small)
    most = max(1.0, float(shown.joint_load[list(shown.frames)].max()))
    _strip(figure, shown, made, most)
    write(figure, MARGIN, 700, f"Feet on the ground{_gait(shown, ended)}", fontsize=18)
    charts.foot_falls(panel(figure, _CHARTS[0], 762, _CHARTS[1], 80), shown)
    loads = f"Joint loads of the left leg, body weights, means over {shown.smoothing:.2f} s"
    write(figure, MARGIN, 862, loads, fontsize=18)
    charts.joint_loads(panel(figure, _CHARTS[0], 902, _CHARTS[1], 150), shown)
    captions(figure, caption_lines, (ASIDE, 702), 290)
    key = panel(figure, ASIDE, 1010, SIZE[0] - MARGIN - ASIDE, 90)
    charts.key(key, most)


def _strip(figure: Figure, shown: Scene, made: strip.Layout, most: float) -> None:
    """Draws the rows of the strip, one metre as wide as high."""
    height = _STRIP[1] / len(made.rows)
    metres = height * made.width / _STRIP[0]
    for number in range(len(made.rows)):
        ax = panel(figure, MARGIN, 100 + number * height, _STRIP[0], height)
        ax.set_xlim(0.0, made.width)
        ax.set_ylim(-strip.SOIL * made.height, metres - strip.SOIL * made.height)
        ax.axis("off")
        strip.row(ax, shown, made, number, most)


def _small_print(shown: Scene, made: strip.Layout) -> str:
    """Returns what the strip shows."""
    count = len(shown.poses)
    of = "one stride" if shown.window.is_stride else "its last second"
    moments = "One moment" if count == 1 else f"{count} moments of {of}"
    return f"{moments}; poses moved apart" if made.moved else moments


def _duty(shown: Scene) -> list[tuple[str, float]]:
    """Returns how long feet are down: each foot of two, each pair of four."""
    limbs, kinds = shown.skeleton.limbs, shown.skeleton.limb_kinds
    if len(kinds) == 1:
        return [
            (limb_words(shown.skeleton, one), d) for one, d in zip(limbs, shown.duty, strict=True)
        ]
    found = []
    for pair, kind in enumerate(kinds):
        shares = [d for one, d in zip(limbs, shown.duty, strict=True) if one.pair == pair]
        found.append((f"{kind}s", sum(shares) / len(shares)))
    return found


def _gait(shown: Scene, ended: str) -> str:
    """Returns how often it steps and how long its feet are down, or why that cannot be said."""
    if not shown.window.is_stride:
        verb = ENDINGS.get(ended, ended)
        return f"; no full stride: it {verb} after {shown.times[-1]:.1f} s"
    duty = ", ".join(f"{side} {share:.2f}" for side, share in _duty(shown))
    return f": {1 / shown.stride_time:.2f} strides a second, duty factor {duty}"
