"""Muscles, bones and joints of an animal as shapes in the world, for any pose."""

from __future__ import annotations

import numpy as np

from creatures.outline.bones import bone_shapes
from creatures.skeleton import Muscle, Skeleton
from sims.live.messages import Floats

_SAMPLES = 9
"""Points along a muscle."""
_THICKEST = 0.046
"""Half the thickness of the strongest muscle at rest, hip heights."""
_SWELL = 0.6
"""How much thicker a muscle is that pulls with all it has."""


class Flesh:
    """The shapes of one skeleton.

    Attributes:
        near: for each muscle whether it is on the near side.
    """

    def __init__(self, skeleton: Skeleton) -> None:
        self._skeleton = skeleton
        muscles = skeleton.muscles
        self._bone = np.array([bone for muscle in muscles for bone in muscle.bones])
        self._local = np.array([point for muscle in muscles for point in muscle.points])
        self._blend = _blend(muscles, self._standing_points())
        strongest = max(muscle.max_force for muscle in muscles)
        self._half = (
            _THICKEST
            * skeleton.hip_height
            * np.sqrt([muscle.max_force / strongest for muscle in muscles])
        )
        # A spindle: tendon, belly, tendon.
        self._profile = 0.12 + 0.88 * np.sin(np.linspace(0.0, np.pi, _SAMPLES)) ** 1.5
        self.near = [_is_near(skeleton, muscle) for muscle in muscles]
        self._joint_bone = np.array([joint.parent for joint in skeleton.joints])
        self._joint_at = np.array([joint.parent_anchor for joint in skeleton.joints])

    def shapes(self, pose: Floats, activation: Floats) -> Floats:
        """Returns (m, 2 k, 2) the outline of each muscle, m.

        A muscle thickens as it shortens, for its volume stays, and as it pulls, which is for the eye.
        """
        line = (self._blend @ _world(pose, self._bone, self._local)).reshape(-1, _SAMPLES, 2)
        steps = np.diff(line, axis=1)
        length = np.linalg.norm(steps, axis=2).sum(axis=1)
        rest = np.array([muscle.length for muscle in self._skeleton.muscles])
        along = np.concatenate([steps, steps[:, -1:]], axis=1)
        along /= np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-9)
        normal = np.stack([-along[:, :, 1], along[:, :, 0]], axis=2)
        swell = np.sqrt(rest / np.maximum(length, 1e-9)) * (1.0 - 0.35 + _SWELL * activation)
        half = (self._half * swell)[:, None] * self._profile
        sides: Floats = np.concatenate(
            [line + half[:, :, None] * normal, (line - half[:, :, None] * normal)[:, ::-1]], axis=1
        )
        return sides

    def joints(self, pose: Floats) -> Floats:
        """Returns (j, 2) the hinges, m."""
        return _world(pose, self._joint_bone, self._joint_at)

    def bones(self, pose: Floats) -> list[Floats]:
        """Returns (n, 2) the outline of each bone, the far side first, m."""
        shapes = zip(self._skeleton.bones, bone_shapes(self._skeleton, pose), strict=True)
        order = sorted(shapes, key=lambda one: one[0].side != "right")
        return [shape for _, shape in order]

    def _standing_points(self) -> Floats:
        bones = self._skeleton.bones
        pose = np.array([(bone.x, bone.y, bone.angle) for bone in bones])
        return _world(pose, self._bone, self._local)


def _world(pose: Floats, bone: np.ndarray, local: Floats) -> Floats:
    """Returns (n, 2) the places of points fixed to bones, m."""
    x, y, angle = pose[bone].T
    c, s = np.cos(angle), np.sin(angle)
    found: Floats = np.stack(
        [x + c * local[:, 0] - s * local[:, 1], y + s * local[:, 0] + c * local[:, 1]], axis=1
    )
    return found


def _is_near(skeleton: Skeleton, muscle: Muscle) -> bool:
    return all(skeleton.bones[bone].side != "right" for bone in muscle.bones)


def _blend(muscles: tuple[Muscle, ...], standing: Floats) -> Floats:
    """Returns (m k, points): where along its path each sample of a muscle lies, fixed in the standing pose."""
    rows = np.zeros((len(muscles) * _SAMPLES, len(standing)))
    first = 0
    for number, muscle in enumerate(muscles):
        path = standing[first : first + len(muscle.points)]
        ends = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
        for k, at in enumerate(np.linspace(0.0, ends[-1], _SAMPLES)):
            piece = min(int(np.searchsorted(ends, at, side="right")) - 1, len(path) - 2)
            share = (at - ends[piece]) / max(ends[piece + 1] - ends[piece], 1e-9)
            rows[number * _SAMPLES + k, first + piece] = 1.0 - share
            rows[number * _SAMPLES + k, first + piece + 1] += share
        first += len(muscle.points)
    return rows
