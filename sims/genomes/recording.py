"""A walk packed into a genome file, so that it can be played where it cannot be simulated again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatures.skeleton import Skeleton
from sims.physics.trajectory import Trajectory

MOST_FRAMES = 20_000
FURTHEST = 20_000.0
"""Hip heights: where a bone may be at most. None gets there in a trial, and every screen can still draw it."""
WIDEST = 100.0
"""Hip heights: how far from the trunk a bone may be, forward or up; a trial ends when joints come apart."""
_LEVEL = 9
_FULL = 255.0
"""Activation 1 in a byte."""
ARRAYS = ("poses", "activation", "joint_load", "ground_force", "muscle_force")
"""Of a trajectory, all that is recorded."""


@dataclass(frozen=True, slots=True)
class Part:
    """One array of a recording."""

    shape: tuple[int, ...]
    content: bytes
    """Little-endian, C order: four-byte floats, or bytes for activation."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A trajectory with a precision that is enough for the eye: about a hundredth of a millimetre."""

    frame_time: float
    """Seconds between frames."""
    steps_per_frame: int
    parts: Mapping[str, Part]
    """The arrays of `Trajectory` by name; the pull of muscles is missing where it was not kept."""

    @property
    def frames(self) -> int:
        """Returns how many there are."""
        return self.parts["poses"].shape[0]

    def trajectory(self) -> Trajectory:
        """Returns it for playing; it does not have the bits that a fingerprint needs."""
        arrays = {name: _array(name, part) for name, part in self.parts.items()}
        arrays.setdefault("muscle_force", np.empty((len(arrays["poses"]), 0)))
        return Trajectory(self.frame_time, self.steps_per_frame, **arrays)

    def document(self) -> dict[str, Any]:
        """Returns it as plain JSON values; `recording_from` reads it back, equal."""
        parts: dict[str, Any] = dict.fromkeys(ARRAYS)
        for name, part in self.parts.items():
            packed = base64.b64encode(zlib.compress(part.content, _LEVEL)).decode()
            parts[name] = {"shape": list(part.shape), "zlib_base64": packed}
        times = {"frame_time": self.frame_time, "steps_per_frame": self.steps_per_frame}
        return times | parts | {"digest": self.digest()}

    def digest(self) -> str:
        """Returns the SHA-256 of everything in it."""
        found = hashlib.sha256(f"{self.frame_time!r} {self.steps_per_frame}".encode())
        for name, part in sorted(self.parts.items()):
            found.update(f" {name} {part.shape} ".encode())
            found.update(part.content)
        return found.hexdigest()


def record(trajectory: Trajectory) -> Recording | None:
    """Packs a trajectory; None for one without a frame, which came apart before it began."""
    if not len(trajectory):
        return None
    arrays = {name: getattr(trajectory, name) for name in ARRAYS}
    if not trajectory.muscle_force.shape[1]:
        del arrays["muscle_force"]
    parts = {name: Part(array.shape, _bytes(name, array)) for name, array in arrays.items()}
    return Recording(trajectory.frame_time, trajectory.steps_per_frame, parts)


def recording_from(document: Mapping[str, Any], skeleton: Skeleton) -> Recording:
    """Reads a recording out of a genome file.

    Args:
        document: `frame_time`, `steps_per_frame` and every part, types already checked.
        skeleton: the animal it must fit.

    Returns:
        The recording: every array complete, finite and of the right shape, and no bone out of this world.

    Raises:
        ValueError: it is not, in words: ``poses: ...``.
    """
    frames = document["poses"]["shape"][0] if document["poses"]["shape"] else 0
    if not 1 <= frames <= MOST_FRAMES:
        raise ValueError(f"poses: has {frames} frames, must have 1 to {MOST_FRAMES}")
    parts = {}
    for name, shape in _shapes(frames, skeleton).items():
        if document[name] is None:
            continue
        if tuple(document[name]["shape"]) != shape:
            has = " x ".join(map(str, document[name]["shape"]))
            raise ValueError(f"{name}: is {has}, must be {' x '.join(map(str, shape))}")
        part = Part(shape, _unpacked(name, document[name]["zlib_base64"], shape))
        if not np.isfinite(_array(name, part)).all():
            raise ValueError(f"{name}: has numbers that are not finite")
        parts[name] = part
    _check_places(_array("poses", parts["poses"])[..., :2] / skeleton.hip_height, skeleton.root)
    found = Recording(document["frame_time"], document["steps_per_frame"], parts)
    if document["digest"] not in (None, found.digest()):
        raise ValueError("was changed: it is not the one its digest was made of")
    return found


def _check_places(places: NDArray[np.float64], root: int) -> None:
    """Refuses bones at places, (f, b, 2) hip heights, that no animal has: to draw them could take for ever."""
    if np.abs(places).max() > FURTHEST:
        raise ValueError(f"poses: a bone is further away than {FURTHEST:,.0f} hip heights")
    if np.abs(places - places[:, root : root + 1]).max() > WIDEST:
        raise ValueError(f"poses: bones are further than {WIDEST:g} hip heights from each other")


def _shapes(frames: int, skeleton: Skeleton) -> dict[str, tuple[int, ...]]:
    return {
        "poses": (frames, len(skeleton.bones), 3),
        "activation": (frames, len(skeleton.muscles)),
        "joint_load": (frames, len(skeleton.joints)),
        "ground_force": (frames, len(skeleton.limbs), 2),
        "muscle_force": (frames, len(skeleton.muscles)),
    }


def _kind(name: str) -> str:
    return "u1" if name == "activation" else "<f4"


def _bytes(name: str, array: NDArray[np.float64]) -> bytes:
    if name == "activation":
        array = np.round(np.clip(array, 0.0, 1.0) * _FULL)
    return array.astype(_kind(name)).tobytes()


def _array(name: str, part: Part) -> NDArray[np.float64]:
    array = np.frombuffer(part.content, dtype=_kind(name)).astype(np.float64).reshape(part.shape)
    return array / _FULL if name == "activation" else array


def _unpacked(name: str, text: str, shape: tuple[int, ...]) -> bytes:
    size = math.prod(shape) * np.dtype(_kind(name)).itemsize
    try:
        packed = base64.b64decode(text, validate=True)
        # One byte more than it may have: a few bytes can otherwise unpack to fill the memory.
        content = zlib.decompressobj().decompress(packed, size + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise ValueError(f"{name}: cannot be unpacked") from None
    if len(content) != size:
        raise ValueError(f"{name}: does not have the {size} bytes that its shape needs")
    return content
