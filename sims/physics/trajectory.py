"""A walk as arrays: what was seen, frame by frame, and the fingerprint that proves it is the same walk again."""

from __future__ import annotations

import hashlib
import math
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trajectory:
    """f frames of b bones, j joints, m muscles, l limbs. A frame is taken every `frame_time` seconds from the start."""

    frame_time: float
    """Seconds between frames: a whole number of steps."""
    steps_per_frame: int
    poses: NDArray[np.float64]
    """(f, b, 3) centre of mass x, y (m) and angle (rad) of each bone."""
    activation: NDArray[np.float64]
    """(f, m) of each muscle, 0 to 1."""
    joint_load: NDArray[np.float64]
    """(f, j) force in each joint, mean since the last frame, body weights."""
    ground_force: NDArray[np.float64]
    """(f, l, 2) force of the ground on each foot, forward and up, mean since the last frame, body weights."""
    muscle_force: NDArray[np.float64]
    """(f, m) pull of each muscle, body weights; (f, 0) in a recording from before it was kept."""

    def __len__(self) -> int:
        return int(self.poses.shape[0])

    @property
    def times(self) -> NDArray[np.float64]:
        """Returns (f,) seconds since the start."""
        return np.arange(len(self), dtype=np.float64) * np.float64(self.frame_time)

    def rows(self) -> NDArray[np.float64]:
        """Returns (f, 3 b) the poses, a row a frame."""
        return np.ascontiguousarray(self.poses.reshape(len(self), math.prod(self.poses.shape[1:])))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What proves a trajectory, without the trajectory."""

    digest: str
    """SHA-256 of every bit of every pose. Forces and activations follow from the motion and move it: a walk that is the
    same in its poses is the same walk, whatever else is measured of it, now or by a later version."""
    checks: bytes
    """(4 f,) a CRC-32 of each frame: they tell where two walks part."""


def fingerprint(trajectory: Trajectory) -> Fingerprint:
    """Returns the fingerprint of a trajectory."""
    rows = trajectory.rows()
    checks = np.array([zlib.crc32(row) for row in rows], dtype="<u4").tobytes()
    shape = f"{rows.shape} {trajectory.frame_time!r}".encode()
    return Fingerprint(hashlib.sha256(shape + rows.tobytes()).hexdigest(), checks)


def first_difference(a: bytes, b: bytes) -> int | None:
    """Returns the first frame in which two fingerprints' checks part, or None when they are equal."""
    if a == b:
        return None
    whole = min(len(a), len(b)) // 4
    one, two = (np.frombuffer(x[: 4 * whole], dtype="<u4") for x in (a, b))
    unequal = np.flatnonzero(one != two)
    return int(unequal[0]) if unequal.size else whole
