"""A page: paper of one size, places in pixels from the top left, and a file that is whole or not there."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sims.files import write_bytes
from sims.picture.paint import FAINT, INK, PAPER

SIZE = (2000, 1125)
"""Pixels."""
MARGIN = 60
ASIDE = 1410
"""Left edge of the text beside the charts, pixels."""

_DPI = 100
_METADATA = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""By suffix: what would otherwise put a date or a version into the file."""


@contextmanager
def page(path: Path) -> Iterator[Figure]:
    """Gives an empty page, and writes what was drawn on it.

    Args:
        path: the file to write; its suffix says what kind: ``.png``, ``.svg`` or ``.pdf``.

    Raises:
        RunError: it cannot be written.
    """
    suffix = path.suffix.lower()
    content = BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()  # a user's own settings must not change the picture
        mpl.rcParams.update({"svg.hashsalt": "gaitosaur", "font.size": 17, "text.color": INK})
        mpl.rcParams.update({"axes.edgecolor": FAINT, "axes.labelcolor": INK})
        mpl.rcParams.update({"xtick.color": INK, "ytick.color": INK})
        figure = Figure(figsize=(SIZE[0] / _DPI, SIZE[1] / _DPI), dpi=_DPI, facecolor=PAPER)
        yield figure
        figure.savefig(content, format=suffix[1:], dpi=_DPI, metadata=_METADATA.get(suffix))
    write_bytes(path, content.getvalue())


def panel(figure: Figure, x: float, y: float, width: float, height: float) -> Axes:
    """Returns axes in a box given in pixels from the top left."""
    box = (x / SIZE[0], 1 - (y + height) / SIZE[1], width / SIZE[0], height / SIZE[1])
    return figure.add_axes(box, facecolor="none")


def write(figure: Figure, x: float, y: float, text: str, **style: Any) -> None:
    """Writes text whose top is at a place given in pixels from the top left."""
    figure.text(x / SIZE[0], 1 - y / SIZE[1], text, **{"va": "top", "linespacing": 1.35, **style})


def under(ax: Axes, x: float, text: str, ha: str = "center", color: str = FAINT) -> None:
    """Writes under the numbers of the lower axis, at a share of its length."""
    style: dict[str, Any] = {
        "xycoords": "axes fraction",
        "textcoords": "offset points",
        "va": "top",
    }
    ax.annotate(text, (x, 0.0), (0, -28), ha=ha, color=color, fontsize=16, **style)


def title_of(figure: Figure, title: str) -> None:
    """Writes the title, smaller if it is long."""
    size = min(34.0, 1400.0 / max(len(title), 1))
    write(figure, MARGIN, 34, title, fontsize=size, weight="bold")


def captions(
    figure: Figure, lines: Sequence[str], place: tuple[float, float], room: float, across: int = 44
) -> None:
    """Writes sentences in the largest type that fits.

    Args:
        figure: the page.
        lines: a sentence each.
        place: of the first one's top left corner, pixels.
        room: how high they may be together, pixels.
        across: how many letters of the largest type fit in a line.
    """
    for size in (16.5, 15.0, 13.0, 11.0, 9.0, 7.0):
        wrapped = [textwrap.wrap(line, round(across * 16.5 / size)) for line in lines]
        step = size * _DPI / 72 * 1.35
        heights = [step * (len(some) + 0.45) for some in wrapped]
        if sum(heights) <= room:
            break
    x, y = place
    for some, height in zip(wrapped, heights, strict=True):
        write(figure, x, y, "\n".join(some), fontsize=size, linespacing=1.35)
        y += height
