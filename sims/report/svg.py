"""Scales, ticks, marks and text of small drawings: crisp on any screen, no wider than the page, printable.

Colours come as classes (`s0` ... of a series, `ink`, `hair`), which page.css defines once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

SERIES = 7
"""Colours of series, after Okabe and Ito; what comes after them has the same colours and other marks."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From a number to a place on the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Returns where a value lies."""
        span = self.high - self.low or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)

    def ticks(self, most: int = 5) -> list[float]:
        """Returns round numbers within the scale, no more than so many."""
        step = _round_step((self.high - self.low) / max(most - 1, 1))
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


def scale(values: Iterable[float], start: float, end: float, zero: bool = True) -> Scale:
    """Returns a scale that holds all values, with a little room above; nothing as well, if so wished."""
    found = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(found), max(found)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9 * max(1.0, abs(high)):
        high = low + 1.0
    room = 0.05 * (high - low)
    return Scale(low - (room if low < 0.0 or not zero else 0.0), high + room, start, end)


def drawing(width: float, height: float, inner: str, label: str, kind: str = "") -> str:
    """Returns a whole drawing.

    Args:
        width: of its own units, in which text is 12 high.
        height: the same.
        inner: what is drawn.
        label: what it shows, for those who cannot see it.
        kind: a class of its own.
    """
    box = f"0 0 {_n(width)} {_n(height)}"
    said = escape(label, quote=True)
    return (
        f'<svg class="figure {kind}" viewBox="{box}" role="img" aria-label="{said}">{inner}</svg>'
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Returns words at a place."""
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{_n(x)}" y="{_n(y)}" class="{kind}"{end}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Returns a straight line."""
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" class="{kind}"/>'


def rect(x: float, y: float, width: float, height: float, kind: str, said: str = "") -> str:
    """Returns a rectangle; what is said of it is shown to whoever points at it."""
    title = f"<title>{escape(said)}</title>" if said else ""
    size = f'width="{_n(max(width, 0.0))}" height="{_n(max(height, 0.0))}"'
    return f'<rect x="{_n(x)}" y="{_n(y)}" {size} class="{kind}">{title}</rect>'


def path(points: Sequence[tuple[float, float]], kind: str, closed: bool = False) -> str:
    """Returns a line through points, or the shape that they go round."""
    if not points:
        return ""
    way = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    return f'<path d="M{way}{"Z" if closed else ""}" class="{kind}"/>'


def mark(x: float, y: float, series: int, said: str = "", radius: float = 4.5) -> str:
    """Returns the mark of a series: no two of them have both colour and shape in common."""
    title = f"<title>{escape(said)}</title>" if said else ""
    kind = f'class="mark s{series % SERIES}"'
    sides = (0, 4, 3, 5)[series % 4]
    if not sides:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {kind}>{title}</circle>'
    turns = [math.tau * k / sides - math.pi / 2 for k in range(sides)]
    reach = 1.22 * radius
    corners = " ".join(
        f"{_n(x + reach * math.cos(a))},{_n(y + reach * math.sin(a))}" for a in turns
    )
    return f'<polygon points="{corners}" {kind}>{title}</polygon>'


def across(along: Scale, y: float, top: float, words: str, most: int = 5) -> str:
    """Returns the axis under a drawing: its ticks, thin lines up to the top, and what it counts."""
    made = [line(along.start, y, along.end, y, "axis")]
    ticks = along.ticks(most)
    for tick in ticks:
        made.append(line(along(tick), top, along(tick), y, "hair"))
        made.append(text(along(tick), y + 14, label(tick, ticks), "tick", "middle"))
    made.append(text(along.end, y + 29, words, "name", "end"))
    return "".join(made)


def up(along: Scale, x: float, end: float, words: str, most: int = 5) -> str:
    """Returns the axis at the left of a drawing; what it counts stands above it."""
    ticks = along.ticks(most)
    made = []
    for tick in ticks:
        made.append(line(x, along(tick), end, along(tick), "hair"))
        made.append(text(x - 5, along(tick) + 4, label(tick, ticks), "tick", "end"))
    made.append(text(2, along.end - 9, words, "name"))
    return "".join(made)


def label(tick: float, ticks: Sequence[float]) -> str:
    """Returns a tick's number, with no more digits than the ticks need."""
    step = abs(ticks[1] - ticks[0]) if len(ticks) > 1 else abs(tick) or 1.0
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    written = f"{tick:,.{digits}f}"
    return ("0" if abs(tick) < 1e-9 * step else written).replace("-", "−")


def many(pieces: Iterable[str], make: Callable[[str], str] = str) -> str:
    """Returns pieces one after the other."""
    return "".join(make(piece) for piece in pieces)


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(least, 1e-12)))
    return next(digit * power for digit in (1.0, 2.0, 5.0, 10.0) if digit * power >= 0.999 * least)


def _n(value: float) -> str:
    """Returns a number as short as a drawing needs."""
    return f"{value:.1f}".removesuffix(".0")
