"""What an animal looks like: named, smooth, coloured polygons for any pose, for pictures and for the window.

Every vertex is a blend of points fixed to bones, and the smoothing between them is worked out once, in the standing
pose. A pose is then a single matrix product, and no drawing can differ from the pose by more than that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatures.outline.animal import drafts
from creatures.outline.skin import Draft, basis
from creatures.skeleton import Skeleton
from creatures.species_model import Look

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """One polygon of the animal."""

    name: str
    """Unique: ``skull``, ``leg.left``, ``tail stripe 2``."""
    role: str
    """What it is painted as: a key of `colours`."""
    bone: int
    """Index of the bone it is fixed to; -1 for one that bends over several."""
    polygon: Floats
    """(n, 2) metres, closed by joining the last vertex to the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The looks of one animal, ready for any pose."""

    drafts: tuple[Draft, ...]
    """The parts in painting order: the far side first."""
    ends: tuple[int, ...]
    """Where each part's vertices end among all vertices."""
    blend: Floats
    """(vertices, 3 b) all vertices over the `basis` of a pose."""

    def parts(self, pose: Floats) -> tuple[Part, ...]:
        """Draws the animal in one pose.

        Args:
            pose: (b, 3) centre of mass x, y (m) and angle (rad) of each bone.

        Returns:
            The parts in painting order; turning or moving the pose turns or moves them rigidly.
        """
        vertices = self.blend @ basis(pose)
        starts = (0, *self.ends)
        return tuple(
            Part(draft.name, draft.role, draft.bone, vertices[start:end])
            for draft, start, end in zip(self.drafts, starts, self.ends, strict=False)
        )


def outline(skeleton: Skeleton, look: Look) -> Outline:
    """Returns the looks of an animal; a few milliseconds, so make it once and keep it."""
    made = drafts(skeleton, look)
    ends = np.cumsum([len(draft.vertices) for draft in made])
    return Outline(made, tuple(ends.tolist()), np.concatenate([draft.vertices for draft in made]))


def colours(look: Look) -> dict[str, str]:
    """Returns the colour of each role as ``#rrggbb``, and of the ``line`` round the animal."""
    limbs = look.limbs or look.body
    far = _mix(limbs, "#000000", 0.28)
    horn = _mix(look.accent, "#1c1a18", 0.75)
    return {
        "far_limb": far,
        "far_claw": _mix(horn, far, 0.35),
        "body": look.body,
        "belly": look.belly,
        "stripe": _mix(look.body, look.accent, 0.62),
        "jaw": _mix(limbs, look.belly, 0.45),
        "head": limbs,
        "crest": look.accent,
        "horn": _mix(look.belly, "#efe6d0", 0.5),
        "eye": "#f4efe6" if look.cover == "clothes" else "#f2c14e",
        "pupil": "#15120f",
        "near_limb": limbs,
        "wing": _mix(look.body, look.belly, 0.35),
        "claw": horn,
        "haunch": look.body,
        "line": _mix(look.body, "#000000", 0.62),
    }


def _mix(one: str, other: str, share: float) -> str:
    """Returns the colour a share of the way from one to the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
