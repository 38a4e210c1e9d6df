"""The name of a four-legged gait, from when the feet landed. Two legs have none here: they walk, run or hop."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Falls = Sequence[Sequence[float]]
"""Of one foot: the times (s) between which it was down."""

EVEN = 0.2
"""Of a stride: left and right of a pair that land within so much of half a stride apart take turns."""
STEADY = 0.7
"""Mean over strides of unit arrows at the place of landing: 1 where each is like the last, 0 where any place is as
likely; a gait that is less steady than this is called nothing."""

GAITS: Mapping[str, str] = {
    "pace": "each fore foot lands with the hind foot of its own side",
    "lateral sequence": "each hind foot is followed by the fore foot of its own side",
    "trot": "each fore foot lands with the hind foot of the other side",
    "diagonal sequence": "each hind foot is followed by the fore foot of the other side",
    "bound": "both feet of a pair land together",
    "gallop": "the feet of a pair land one soon after the other",
}
"""Name -> what it is. The first four are symmetrical (Hildebrand 1965, Science 150:701), a quarter stride apart."""
_SYMMETRICAL = ("pace", "lateral sequence", "trot", "diagonal sequence")


def gait_name(falls: Sequence[Falls], feet: Sequence[tuple[int, int]], seconds: float) -> str:
    """Names a gait by the feet that land together.

    Args:
        falls: (l,) of each foot.
        feet: (l,) pair, 0 the hind one, and side, 0 left, of each.
        seconds: of the walk; the second half counts.

    Returns:
        One of `GAITS`, or empty: not two pairs, too few strides, or no two of them alike.
    """
    late = {
        foot: [start for start, _ in spans if start > seconds / 2]
        for foot, spans in zip(feet, falls, strict=True)
    }
    if set(late) != {(0, 0), (0, 1), (1, 0), (1, 1)}:
        return ""
    turns = [_after([(late[pair, 0], late[pair, 1])]) for pair in (0, 1)]
    behind = _after((late[0, side], late[1, side]) for side in (0, 1))
    hind, fore = turns
    if hind is None or fore is None:
        return ""
    if max(abs(hind - 0.5), abs(fore - 0.5)) > EVEN:
        together = max(min(hind, 1.0 - hind), min(fore, 1.0 - fore)) < 0.5 - EVEN - EVEN
        return "bound" if together else "gallop"
    return "" if behind is None else _SYMMETRICAL[round(4.0 * behind) % 4]


def _after(pairs: Iterable[tuple[Sequence[float], Sequence[float]]]) -> float | None:
    """Returns where in the strides of one foot another lands, 0 to 1; None where no place is steady.

    Places go round: just before and just after a landing are the same, so what is averaged are arrows on a circle.
    """
    arrows = [
        cmath.rect(1.0, 2.0 * math.pi * (time - start) / (end - start))
        for first, other in pairs
        for start, end in pairwise(first)
        for time in other
        if start <= time < end
    ]
    mean = sum(arrows) / len(arrows) if arrows else 0.0
    if abs(mean) < STEADY:
        return None
    return cmath.phase(mean) / (2.0 * math.pi) % 1.0
