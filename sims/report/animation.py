"""A walk packed for the page: poses some thirty times a second as whole numbers, and the skin as rows over the bones.

The page works out the skin as `creatures.outline` does, so that the animal there looks as it does everywhere else.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatures.outline import Outline
from creatures.outline.person import HEIGHT, person
from sims.report.walker import Walker, extent

Floats = NDArray[np.float64]

RATE = 30.0
"""Poses a second; the page draws in between."""
FULL = 32_767
"""The largest number that is stored."""
DIGITS = 4
"""Behind the point of what is stored as text."""

FAR = frozenset({"far_limb", "far_claw"})
NEAR = frozenset({"near_limb", "claw", "haunch"})
EDGED = frozenset(
    {"far_limb", "far_claw", "body", "jaw", "crest", "horn", "head", "near_limb", "claw"}
)  # fmt: skip
"""Roles of the parts that the line goes round."""


def animation(shown: Walker) -> dict[str, Any]:
    """Returns a walk as plain JSON values; its skin goes by the name that `skin` gives."""
    poses, dt = _thinned(shown)
    back, front, tall = extent(shown, poses[:: max(1, len(poses) // 12)])
    return {
        "skin": skin_name(shown),
        "dt": round(dt, 6),
        "bones": poses.shape[1],
        "root": shown.skeleton.root,
        "poses": packed(poses.reshape(len(poses), -1)),
        "size": [round(value, DIGITS) for value in (back, front, tall)],
        "hip": round(shown.skeleton.hip_height, DIGITS),
        "land": _land(shown),
        "title": shown.genome.species.title,
    }


def skin_name(shown: Walker) -> str:
    """Returns a name that two animals share only if they look the same."""
    found = hashlib.sha256(shown.outline.blend.tobytes())
    found.update(repr(sorted(shown.colours.items())).encode())
    return found.hexdigest()[:12]


def skin(shown: Walker) -> dict[str, Any]:
    """Returns what an animal looks like, as plain JSON values: its parts in painting order and their vertices."""
    drafts = shown.outline.drafts
    return {
        "parts": [
            [draft.role, len(draft.vertices), _group(draft.role), draft.role in EDGED]
            for draft in drafts
        ],
        "colours": shown.colours,
        **_rows(shown.outline),
    }


def figure_of_a_person() -> dict[str, Any]:
    """Returns a standing person as plain JSON values."""
    return {"height": HEIGHT, "points": np.round(person(), 3).tolist()}


def packed(table: Floats) -> dict[str, Any]:
    """Returns (f, n) numbers as two bytes each, every column over its own range: a few ten-thousandths of it exact."""
    low, high = table.min(axis=0), table.max(axis=0)
    step = np.where(high > low, (high - low) / FULL, 1.0)
    whole = np.round((table - low) / step).astype("<i2")
    return {
        "frames": len(table),
        "low": [float(f"{value:.9g}") for value in low],
        "step": [float(f"{value:.9g}") for value in step],
        "data": base64.b64encode(whole.tobytes()).decode(),
    }


def _thinned(shown: Walker) -> tuple[Floats, float]:
    """Returns every so many frames of a walk, and the seconds between them."""
    trajectory = shown.trajectory
    every = max(1, round(1.0 / RATE / trajectory.frame_time))
    return trajectory.poses[::every], trajectory.frame_time * every


def _group(role: str) -> int:
    """Returns which of three groups a part is drawn with, each with one line round the whole of it."""
    return 0 if role in FAR else 2 if role in NEAR else 1


def _rows(outline: Outline) -> dict[str, Any]:
    """Returns the vertices as rows over the bones: only those numbers that are not nothing."""
    blend = outline.blend.reshape(len(outline.blend), -1, 3)
    vertex, bone = np.nonzero((np.abs(blend) > 1e-7).any(axis=2))
    counts = np.bincount(vertex, minlength=len(blend)).astype("u1")
    numbers = blend[vertex, bone].astype("<f4")
    return {
        "counts": base64.b64encode(counts.tobytes()).decode(),
        "bones": base64.b64encode(bone.astype("u1").tobytes()).decode(),
        "numbers": base64.b64encode(numbers.tobytes()).decode(),
    }


def _land(shown: Walker) -> list[list[float]]:
    """Returns the corners of the ground where the walk goes; nothing where it is level."""
    x, y = shown.land
    if not np.ptp(y):
        return []
    places = shown.trajectory.poses[:, :, 0]
    near = (x > places.min() - 10.0) & (x < places.max() + 10.0)
    corners: list[list[float]] = np.round(np.stack([x[near], y[near]], axis=1), DIGITS).tolist()
    return corners
