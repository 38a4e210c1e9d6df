"""What the muscles can do at each joint of a standing animal, and what standing asks there."""

from __future__ import annotations

import math
from dataclasses import dataclass

from creatures.skeleton import Joint, Skeleton

_LEAST_ARM = 2e-3
"""Leg lengths: moment arms below this are rounding, not anatomy."""
_UPRIGHT = 0.35
"""Cosine: a bone of the middle that is steeper stands up rather than lies."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One muscle at one joint."""

    muscle: int
    """Index in the skeleton."""
    arm: float
    """Moment arm, metres; positive extends."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """One joint: its levers, the torque they can bear, and the torque of standing."""

    joint: int
    """Index in the skeleton."""
    flexes: str
    """What flexing it does, in a word: ``bends``, ``forward``."""
    extends: str
    """What extending it does, in a word: ``straightens``, ``back``."""
    levers: tuple[Lever, ...]
    """Of the left muscles and those of the middle, from the strongest flexor's arm to the extensor's."""
    flexion: float
    """Torque with which all muscles together can flex it, N m."""
    extension: float
    """Torque with which all muscles together can extend it, N m."""
    standing: float
    """Torque that carries the body at rest, N m; positive extends."""
    by_muscles: bool
    """Whether muscles give that torque; ligaments do at joints that are in no leg."""

    @property
    def asked(self) -> float:
        """Returns the share of what the muscles can bear that standing asks for; infinite if they can bear nothing."""
        able = self.extension if self.standing >= 0 else self.flexion
        return abs(self.standing) / able if able > 0 else math.inf


def bearings(skeleton: Skeleton) -> tuple[Bearing, ...]:
    """Returns the joints of the middle, then those of the left limbs from the body down."""
    limbs = [joint for limb in skeleton.limbs for joint in limb.joints]
    order = [joint for joint in range(len(skeleton.joints)) if joint not in limbs] + limbs
    return tuple(
        _bearing(skeleton, index)
        for index in order
        if skeleton.bones[skeleton.joints[index].child].side != "right"
    )


def _bearing(skeleton: Skeleton, index: int) -> Bearing:
    joint = skeleton.joints[index]
    sign, flexes, extends = _ways(skeleton, index)
    arms = [sign * muscle.moment_arms[index] for muscle in skeleton.muscles]
    torques = [arm * m.max_force for arm, m in zip(arms, skeleton.muscles, strict=True)]
    least = _LEAST_ARM * skeleton.leg_length
    levers = [
        Lever(place, arm)
        for place, (arm, muscle) in enumerate(zip(arms, skeleton.muscles, strict=True))
        if abs(arm) > least and not muscle.name.endswith(".right")
    ]
    in_limb = any(index in limb.joints for limb in skeleton.limbs)
    return Bearing(
        joint=index,
        flexes=flexes,
        extends=extends,
        levers=tuple(sorted(levers, key=lambda lever: lever.arm)),
        flexion=-sum(torque for torque in torques if torque < 0),
        extension=sum(torque for torque in torques if torque > 0),
        standing=sign * (joint.support if in_limb else joint.preload),
        by_muscles=in_limb,
    )


def _ways(skeleton: Skeleton, index: int) -> tuple[int, str, str]:
    """Returns the sign of the turn that extends a joint, and what flexing and extending do."""
    joint = skeleton.joints[index]
    limb = next((limb for limb in skeleton.limbs if index in limb.joints), None)
    if limb is None:
        ahead = math.cos(skeleton.bones[joint.child].angle)
        if abs(ahead) < _UPRIGHT:
            return 1, "forward", "back"
        return (1 if ahead > 0 else -1), "lowers", "raises"
    if joint.child == limb.foot:
        return -1, "lifts", "presses down"
    if index == limb.joints[0]:
        return -1, "forward", "back"
    return (-1 if _bent(joint) > 0 else 1), "bends", "straightens"


def _bent(joint: Joint) -> float:
    """Returns how a joint is bent as the animal stands, radians; 0 is straight."""
    return math.remainder(joint.standing, 2.0 * math.pi) or joint.low + joint.high
