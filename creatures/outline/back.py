"""What stands on a back: two rows of plates from the neck to the tail, and spikes at its end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from creatures.outline.body import NECK, TAIL, TRUNK, Spine
from creatures.outline.skin import Draft, Skin

_PLATE = ((-0.20, 0.0), (-0.40, 0.40), (-0.06, 1.0), (0.34, 0.42), (0.20, 0.0))
"""Along the back and up from it, in heights of the plate; the third point is its tip, which leans back."""
_SPIKE = ((-0.07, 0.0), (-0.30, 0.52), (-0.62, 1.0), (-0.16, 0.50), (0.09, 0.0))
_TRUNK_PLATES = (0.95, 0.74, 0.53, 0.32, 0.11)
_OTHER_PLATES = (0.18, 0.42, 0.66, 0.90)
_SPIKES = (0.66, 0.84)
"""Places along the bones, shares of their length."""
_LARGEST, _LEAST = 0.62, 0.20
"""Height of the plates over the hip and at both ends, in thicknesses of the trunk."""


def plates(on: Skin, spine: Spine) -> list[Draft]:
    """Returns the plates, each other one of the far row, and the spikes; the body is to be painted over their feet."""
    tall = on.depth(spine.root, 0.5)
    places = list(_places(spine))
    hip = next(k for k, (bone, _, way) in enumerate(places) if not way or bone == spine.root)
    hip += len(_TRUNK_PLATES) - 1
    far: list[Draft] = []
    near: list[Draft] = []
    for number, (bone, t, forward) in enumerate(places):
        away = (number - hip) / (hip if number < hip else max(len(places) - 1 - hip, 1))
        size = tall * (_LEAST + (_LARGEST - _LEAST) * float(np.cos(0.5 * np.pi * away)))
        row, role = (near, "crest") if number % 2 else (far, "stripe")
        points = _standing(on, bone, t, forward, size, _PLATE)
        row.append(on.part(f"plate {number + 1}", role, bone, points, corners=(2,)))
    return [*far, *near, *_spikes(on, spine, tall)]


def _places(spine: Spine) -> Iterator[tuple[int, float, bool]]:
    """Yields where plates stand, from the neck backwards: bone, share of its length, whether it points forward."""
    for bone in reversed(spine.front):
        yield from ((bone, t, True) for t in reversed(_OTHER_PLATES))
    yield from ((spine.root, t, True) for t in _TRUNK_PLATES)
    for number, bone in enumerate(reversed(spine.tail)):
        last = number == len(spine.tail) - 1
        yield from ((bone, t, False) for t in (_OTHER_PLATES[:2] if last else _OTHER_PLATES))


def _spikes(on: Skin, spine: Spine, tall: float) -> list[Draft]:
    """Returns two pairs of spikes at the end of the tail, the far one of each pair a little behind."""
    if not spine.tail:
        return []
    tip = spine.tail[0]
    return [
        on.part(
            f"spike {2 * number + side + 1}",
            "horn",
            tip,
            _standing(on, tip, t + 0.07 * (1 - side), False, 0.42 * tall, _SPIKE),
            corners=(2,),
        )
        for number, t in enumerate(_SPIKES)
        for side in (0, 1)
    ]


def _standing(
    on: Skin,
    bone: int,
    t: float,
    forward: bool,
    size: float,
    shape: tuple[tuple[float, float], ...],
) -> np.ndarray:
    """Returns the points of a shape that stands on the back, its foot a little within the flesh."""
    up = 1.0 if forward else -1.0
    top = 0.80 * _top(on, bone, t, forward)
    at = t * on.bones[bone].length
    return np.array([on.spot(bone, at + up * x * size, up * (top + y * size)) for x, y in shape])


def _top(on: Skin, bone: int, t: float, forward: bool) -> float:
    """Returns how far above a bone the back is, metres."""
    if not forward:
        cuts = [(share, over, 1.0) for share, over in TAIL]
    elif on.bones[bone].parent < 0:
        cuts = list(TRUNK)
    else:
        cuts = [(share, over, 1.0) for share, over in NECK]
    shares, over, by = np.array(sorted(cuts)).T
    return on.depth(bone, t) * float(np.interp(t, shares, over * by))
