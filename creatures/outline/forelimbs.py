"""What hangs from the shoulder of an animal on two legs: small arms with claws, a folded wing, an arm with a hand."""

from __future__ import annotations

from dataclasses import dataclass

from creatures.outline.skin import Draft, Skin, ribbon
from creatures.outline.skulls import Points, Skull


@dataclass(frozen=True, slots=True)
class Forelimb:
    """A line from the shoulder out, along and left of the trunk, in lengths of the limb."""

    shoulder: tuple[float, float]
    """Where on the trunk: a share of its length, and of its depth there."""
    line: Points
    widths: tuple[float, ...]
    claws: bool = False
    apart: float = 0.0
    """How much further ahead the far one hangs."""
    role: str = "limb"
    """What it is painted as: ``near_limb`` and ``far_limb``, or a role of its own."""


LINES = {
    "claws": Forelimb(
        (0.86, -0.30),
        ((0.05, 0.12), (0.0, -0.1), (-0.10, -0.42), (0.12, -0.60), (0.42, -0.66)),
        (0.14, 0.15, 0.10, 0.085, 0.06),
        claws=True,
        apart=0.18,
    ),
    "hand": Forelimb(
        (0.90, 0.05),
        ((0.04, 0.0), (-0.18, 0.02), (-0.44, 0.03), (-0.68, -0.06), (-0.86, -0.14), (-0.97, -0.19)),
        (0.075, 0.082, 0.062, 0.055, 0.042, 0.04),
        apart=0.06,
    ),
    "wing": Forelimb(
        (0.84, 0.06),
        ((0.08, 0.0), (-0.2, 0.02), (-0.55, 0.05), (-0.85, 0.02), (-1.08, -0.1)),
        (0.12, 0.23, 0.25, 0.19, 0.06),
        role="wing",
    ),
}


def forelimb(on: Skin, root: int, skull: Skull, side: str) -> list[Draft]:
    """Returns a forelimb, which hangs still on the trunk; a wing is seen on the near side alone."""
    shape = LINES[skull.forelimb]
    if shape.role != "limb" and side != "left":
        return []
    bone = on.bones[root]
    size = skull.arm * bone.length
    along, across = shape.shoulder
    x, y = along * bone.length / size, across * on.depth(root, along) / size
    x += 0.0 if side == "left" else shape.apart
    line = [(x + a, y + b) for a, b in shape.line]
    near = "near" if side == "left" else "far"
    role = f"{near}_limb" if shape.role == "limb" else shape.role
    points = on.spots(root, ribbon(line, shape.widths), size)
    parts = [on.part(f"arm.{side}", role, root, points)]
    return parts + (_claws(on, root, line[-1], size, side) if shape.claws else [])


def _claws(on: Skin, root: int, tip: tuple[float, float], size: float, side: str) -> list[Draft]:
    claw = "claw" if side == "left" else "far_claw"
    claws = [
        (tip[0] - 0.04, tip[1] + 0.05),
        (tip[0] + 0.18, tip[1] - 0.12),
        (tip[0] - 0.04, tip[1] - 0.06),
    ]
    return [on.part(f"arm claw.{side}", claw, root, on.spots(root, claws, size), corners=(1,))]
