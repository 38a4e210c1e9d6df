"""The kinds of film there are, by the end of the file's name; light to import."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

MOST_PICTURES = 60
"""Of a film strip: its pictures are in memory together."""
_HUNDREDTHS = 100
"""A GIF counts time in hundredths of a second."""
_SHORTEST = 2
"""Hundredths: a picture of a GIF that is shorter is shown for a tenth of a second by most viewers."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of film."""

    suffix: str
    size: tuple[int, int]
    """Usual width and height, pixels."""
    fps: float | None
    """Usual pictures a second; None for a strip, which has so many pictures, however long it is."""
    is_even: bool
    """Whether colour is kept for two by two pixels, so that width and height must be even."""


KINDS = {
    kind.suffix: kind
    for kind in (
        Kind(".mp4", (1280, 720), 30.0, is_even=True),
        Kind(".webm", (1280, 720), 30.0, is_even=True),
        Kind(".gif", (640, 360), 25.0, is_even=False),
        Kind(".png", (640, 360), None, is_even=False),
    )
}


def kind_of(path: Path) -> Kind | None:
    """Returns the kind that a file's name asks for; None when it is none of ours."""
    return KINDS.get(path.suffix.lower())


def true_size(kind: Kind, size: tuple[int, int]) -> tuple[int, int]:
    """Returns the width and height nearest below those wished for that a kind can have, pixels."""
    width, height = size
    return (width - width % 2, height - height % 2) if kind.is_even else size


def true_rate(kind: Kind, fps: float) -> Fraction:
    """Returns the pictures a second nearest to those wished for that a kind can have."""
    if kind.suffix == ".gif":
        return Fraction(_HUNDREDTHS, max(round(_HUNDREDTHS / fps), _SHORTEST))
    return Fraction(fps).limit_denominator(1001)
