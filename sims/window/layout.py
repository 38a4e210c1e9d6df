"""What goes where, for any size of the window: one pure function from pixels to rectangles."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

SMALLEST = 960, 600
"""Points: a window is never made smaller."""
USUAL = 1280, 720


@dataclass(frozen=True, slots=True)
class Layout:
    """Rectangles in pixels; those of panels that are switched off have no width."""

    window: Rect
    top: Rect
    """Name, seed, guesses, buttons."""
    loop: Rect
    """Guess, score, keep, change."""
    stage: Rect
    steps: Rect
    """The foot-fall diagram, which is also the walk's time line."""
    strip: Rect
    """One bar a generation."""
    chart: Rect
    """Scores."""
    card: Rect
    """The score of the walk on stage, term by term."""
    genes: Rect
    """Every gene of the best."""


def layout(size: tuple[int, int], scale: float, charts: bool = True) -> Layout:
    """Shares out a window.

    Args:
        size: pixels.
        scale: pixels in a point.
        charts: whether the panels at the right are shown.
    """

    def px(points: float) -> int:
        return round(points * scale)

    width, height = size
    wide, tall = width / scale, height / scale
    gap = px(8)
    top = Rect(0, 0, width, px(44))
    side = px(min(max(0.27 * wide, 276), 420)) if charts else 0
    left = width - 2 * gap - (side + gap if charts else 0)
    loop = Rect(gap, top.bottom, left, px(78))
    strip = Rect(gap, height - gap - px(64), left, px(64))
    low = px(min(max(0.11 * tall, 62), 96))
    steps = Rect(gap, strip.top - gap - low, left, low)
    stage = Rect(gap, loop.bottom + gap, left, steps.top - gap - loop.bottom - gap)
    x = width - gap - side
    room = height - top.bottom - gap
    chart = Rect(x, top.bottom, side, round(0.30 * room))
    genes_height = round(0.24 * room)
    genes = Rect(x, height - gap - genes_height, side, genes_height)
    card = Rect(x, chart.bottom + gap, side, genes.top - gap - chart.bottom - gap)
    return Layout(Rect(0, 0, width, height), top, loop, stage, steps, strip, chart, card, genes)
