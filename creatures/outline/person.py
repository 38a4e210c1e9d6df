"""A person, as a measure of how large an animal is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creatures.outline.skin import smooth

Floats = NDArray[np.float64]

HEIGHT = 1.8
"""Metres."""

_HALF = (
    (0.00, 0.80), (0.025, 0.80), (0.05, 0.42), (0.055, 0.05), (0.05, 0.0), (0.15, 0.0),
    (0.15, 0.05), (0.165, 0.42), (0.19, 0.80), (0.185, 0.98), (0.17, 1.10), (0.195, 1.30),
    (0.225, 1.05), (0.225, 0.78), (0.25, 0.72), (0.285, 0.78), (0.295, 1.08), (0.275, 1.36),
    (0.22, 1.46), (0.09, 1.50), (0.055, 1.54), (0.06, 1.60), (0.09, 1.68), (0.075, 1.76),
    (0.04, 1.80),
    (0.0, 1.805),
)  # fmt: skip
"""The right half, from between the legs to the top of the head: x, y in metres."""


def person() -> Floats:
    """Returns (n, 2) metres: a standing person seen from the front, feet at height 0, the middle at 0."""
    half = np.array(_HALF)
    other = half[-2:0:-1] * (-1.0, 1.0)
    return smooth(np.concatenate([half, other]), np.eye(2))
