"""Several goals at once: who dominates whom, which guesses form the front, and how much a front is worth.

All goals are raised. Values are tuples of finite numbers, one a goal.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evo.population import Values


def dominates(one: Values, other: Values) -> bool:
    """Returns whether one is at least as good in every goal, and better in one."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def front(values: Sequence[Values]) -> list[int]:
    """Returns the indices of those that nobody dominates, in order; of equal ones the earliest."""
    first = {one: index for index, one in reversed(list(enumerate(values)))}
    kept: list[Values] = []
    # From the best in the first goal on, nobody dominates one who came before.
    for one in sorted(first, reverse=True):
        if not kept or not (np.array(kept) >= one).all(axis=1).any():
            kept.append(one)
    return sorted(first[one] for one in kept)


def thinned(values: Sequence[Values], count: int) -> list[int]:
    """Returns the indices of at most `count` of a front, in order: the most crowded are left out, one after another.

    One at a time: left out all at once, a whole crowd would go, and leave a hole where it was.
    """
    left = np.arange(len(values))
    rows = np.array(values, dtype=np.float64)
    while len(left) > max(count, 0):
        room = _room(rows[left])
        # Of equally crowded ones the last.
        left = np.delete(left, len(left) - 1 - int(np.argmin(room[::-1])))
    return [int(index) for index in left]


def _room(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns (n,) how far the neighbours of each of (n, n_goals) are apart, goal by goal, in parts of the whole range.

    It is the crowding distance of NSGA-II: those at the end of a goal have all the room there is.
    """
    found = np.zeros(len(rows))
    for goal in rows.T:
        order = np.argsort(goal, kind="stable")
        ordered = goal[order]
        found[order[[0, -1]]] = np.inf
        if ordered[-1] > ordered[0]:
            found[order[1:-1]] += (ordered[2:] - ordered[:-2]) / (ordered[-1] - ordered[0])
    return found


def hypervolume(values: Sequence[Values], reference: Values) -> float:
    """Returns how much of the space above a reference point is dominated; exact, for two or three goals.

    Args:
        values: (n,) of the guesses, in any order; those not above the reference in every goal count nothing.
        reference: the worst that is still of interest, one number a goal.
    """
    if len(reference) not in (2, 3):
        raise ValueError(f"the volume is worked out for two or three goals, not {len(reference)}")
    above = [
        tuple(a - b for a, b in zip(one, reference, strict=True))
        for one in values
        if all(a > b for a, b in zip(one, reference, strict=True))
    ]
    if len(reference) == 2:
        return _area([(one[0], one[1]) for one in above])
    return _volume(above)


def _volume(boxes: Sequence[Sequence[float]]) -> float:
    """Returns the volume under corners, slice by slice along the last goal."""
    ordered = sorted(boxes, key=lambda one: -one[2])
    total, seen = 0.0, []
    for index, one in enumerate(ordered):
        seen.append((one[0], one[1]))
        below = ordered[index + 1][2] if index + 1 < len(ordered) else 0.0
        if one[2] > below:
            total += _area(seen) * (one[2] - below)
    return total


def _area(corners: Sequence[tuple[float, float]]) -> float:
    """Returns the area under corners, the furthest to the right first."""
    total, height = 0.0, 0.0
    for x, y in sorted(corners, reverse=True):
        if y > height:
            total += x * (y - height)
            height = y
    return total
