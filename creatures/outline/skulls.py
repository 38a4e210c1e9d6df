"""Three shapes of skull, in tables."""

from __future__ import annotations

from dataclasses import dataclass

Points = tuple[tuple[float, float], ...]
"""Along the head bone from the neck to the snout, and up, in lengths of the bone."""


@dataclass(frozen=True, slots=True)
class Skull:
    """The shape of a head."""

    upper: Points
    """From the nape over the brow to the snout and back along the upper jaw."""
    jaw: Points
    eye: tuple[float, float, float]
    """x, y and radius."""
    nostril: tuple[float, float, float]
    nape: float
    """How far above the bone's line the neck meets the skull."""
    throat: float
    """How far below it."""
    arm: float
    """Length of the arms that go with it, trunk lengths: tyrannosaurs have the least."""
    crest: Points = ()
    crest_corners: tuple[int, ...] = (2, 6)
    """Which of its points stay sharp."""
    horns: tuple[Points, ...] = ()
    """Over the skull; the third point of each is its tip."""
    far_horns: tuple[Points, ...] = ()
    """Behind it."""


# fmt: off
SKULLS = {
    "deep": Skull(
        upper=(
            (-0.112, 0.069), (0.067, 0.175), (0.269, 0.23), (0.426, 0.247), (0.582, 0.196),
            (0.829, 0.172), (1.03, 0.103), (1.12, 0), (1.103, -0.115), (0.986, -0.155),
            (0.762, -0.19), (0.515, -0.172), (0.336, -0.184), (0.179, -0.265), (0, -0.23),
            (-0.112, -0.115),
        ),
        jaw=(
            (0, -0.138), (0.336, -0.115), (0.672, -0.138), (1.008, -0.115), (1.07, -0.196),
            (1.008, -0.27), (0.739, -0.31), (0.403, -0.362), (0.179, -0.356), (0, -0.276),
        ),
        eye=(0.40, 0.115, 0.036),
        nostril=(1.01, 0.03, 0.021),
        nape=0.165,
        throat=0.30,
        arm=0.20,
    ),
    "crested": Skull(
        upper=(
            (-0.1, 0.05), (0.06, 0.125), (0.24, 0.17), (0.4, 0.17), (0.56, 0.14), (0.78, 0.095),
            (0.94, 0.04), (1, -0.03), (0.97, -0.095), (0.82, -0.11), (0.62, -0.13),
            (0.42, -0.12), (0.28, -0.14), (0.14, -0.2), (0, -0.17), (-0.1, -0.08),
        ),
        jaw=(
            (0, -0.1), (0.3, -0.08), (0.6, -0.09), (0.88, -0.08), (0.93, -0.13), (0.86, -0.175),
            (0.62, -0.2), (0.34, -0.245), (0.14, -0.255), (0, -0.2),
        ),
        eye=(0.34, 0.075, 0.036),
        nostril=(0.90, -0.005, 0.018),
        nape=0.105,
        throat=0.22,
        arm=0.29,
        crest=(
            (0.2, 0.14), (0.27, 0.215), (0.345, 0.285), (0.4, 0.215), (0.56, 0.165),
            (0.78, 0.115), (0.9, 0.06), (0.76, 0.075), (0.54, 0.115), (0.36, 0.135),
        ),
    ),
    "slender": Skull(
        upper=(
            (-0.09, 0.045), (0.05, 0.1), (0.2, 0.145), (0.34, 0.14), (0.5, 0.095), (0.74, 0.06),
            (0.92, 0.025), (1, -0.02), (0.975, -0.06), (0.82, -0.07), (0.6, -0.075),
            (0.42, -0.075), (0.26, -0.09), (0.12, -0.135), (0, -0.12), (-0.09, -0.06),
        ),
        jaw=(
            (0, -0.07), (0.3, -0.05), (0.6, -0.05), (0.9, -0.045), (0.95, -0.085),
            (0.88, -0.105), (0.62, -0.125), (0.36, -0.155), (0.14, -0.175), (0, -0.14),
        ),
        eye=(0.30, 0.055, 0.046),
        nostril=(0.92, -0.01, 0.013),
        nape=0.08,
        throat=0.155,
        arm=0.32,
    ),
}
# fmt: on
