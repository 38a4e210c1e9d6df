"""The head: jaws, crest and eye, in the shape of one of the skulls."""

from __future__ import annotations

import numpy as np

from creatures.outline.skin import Draft, Skin
from creatures.outline.skulls import Points, Skull


def head(on: Skin, bone: int, skull: Skull) -> list[Draft]:
    """Returns the jaws, the crest or frill if there is one, the eye and the horns."""
    length = on.bones[bone].length
    x, y, radius = skull.eye
    parts = [on.part("jaw", "jaw", bone, on.spots(bone, skull.jaw, length))]
    if skull.crest:
        points = on.spots(bone, skull.crest, length)
        parts.append(on.part("crest", "crest", bone, points, corners=skull.crest_corners))
    for number, horn in enumerate(skull.far_horns, start=1):
        points = on.spots(bone, horn, length)
        parts.append(on.part(f"far horn {number}", "horn", bone, points, corners=(2,)))
    parts.append(on.part("skull", "head", bone, on.spots(bone, skull.upper, length)))
    rounds = (
        ("nostril", "pupil", skull.nostril),
        ("eye", "eye", skull.eye),
        ("pupil", "pupil", (x + 0.2 * radius, y, 0.5 * radius)),
    )
    for name, role, circle in rounds:
        parts.append(on.part(name, role, bone, on.spots(bone, _circle(*circle), length)))
    for number, horn in enumerate(skull.horns, start=1):
        points = on.spots(bone, horn, length)
        parts.append(on.part(f"horn {number}", "horn", bone, points, corners=(2,)))
    return parts


def _circle(x: float, y: float, radius: float) -> Points:
    turn = np.arange(6) * np.pi / 3
    return tuple((x + radius * float(np.cos(a)), y + radius * float(np.sin(a))) for a in turn)
