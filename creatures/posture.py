"""The bones in their order, and the pose in which the animal stands."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from creatures import anatomy
from creatures.faults import bad
from creatures.species_checks import bone_length, leg_length
from creatures.species_model import BoneData, Species

SIDES = ("left", "right")
Found = tuple[list[anatomy.Posed], list[float]]
"""Poses and directions of every bone."""

MOST_TILT = math.radians(40.0)
"""How far the trunk may be tilted from the file's pose to bring a second pair of limbs to the ground."""
_LOOKS = 40
"""Angles at which a lean is looked at where its two ends are on one side of the ground."""
LEAST_SHARE = 0.05
"""Of the body weight, what each of two pairs must carry: one that carries less stands on the other."""


class Layout:
    """The bones in canonical order (parents first, left before right), before anything has a position."""

    def __init__(self, species: Species) -> None:
        self.species = species
        self.kinds: list[str] = []
        self.sides: list[str] = []
        self.parents: list[int] = []
        self._add(species.root, "")
        waiting = [name for name in species.bones if name != species.root]
        while waiting:
            ready = [n for n in waiting if species.bones[n].parent in self.kinds]
            for name in ready:
                for side in SIDES if species.bones[name].paired else ("",):
                    self._add(name, side)
            waiting = [n for n in waiting if n not in ready]
        self.data: list[BoneData] = [species.bones[kind] for kind in self.kinds]
        self.leg_length = leg_length(species)
        self.lengths = [bone_length(bone, self.leg_length) for bone in self.data]
        self.masses = self._masses()
        pairs = len({bone.limb for bone in self.data if bone.foot})
        self.shaft_radius = anatomy.shaft_radius(sum(self.masses), pairs)
        self.directions = [math.radians(bone.direction_deg.value) for bone in self.data]
        """Where each bone points in the file's own pose, radians."""

    def _add(self, kind: str, side: str) -> None:
        parent = self.species.bones[kind].parent
        self.parents.append(-1 if parent is None else self.index(parent, side))
        self.kinds.append(kind)
        self.sides.append(side)

    def index(self, kind: str, side: str) -> int:
        """Returns the bone of this kind on this side, or the one in the middle."""
        for index, (name, where) in enumerate(zip(self.kinds, self.sides, strict=True)):
            if name == kind and where in (side, ""):
                return index
        raise KeyError(kind)

    def _masses(self) -> list[float]:
        total = self.species.mass_kg.value
        shares = [0.0 if b.mass_share is None else b.mass_share.value for b in self.data]
        shares[0] = 1.0 - sum(shares[1:])
        return [share * total for share in shares]

    def leaned(self, kind: str, angle: float) -> Found:
        """Returns poses and directions with the bones of one kind at an angle (rad), all others as in the file."""
        turned = [
            angle if name == kind else own
            for name, own in zip(self.kinds, self.directions, strict=True)
        ]
        return self.poses(turned), turned

    def poses(self, directions: list[float]) -> list[anatomy.Posed]:
        """Returns the centre of mass and angle of every bone, the root's near end at the origin."""
        near: list[tuple[float, float]] = []
        poses = []
        for i, bone in enumerate(self.data):
            start = (0.0, 0.0)
            if (parent := self.parents[i]) >= 0:
                along = bone.attach.value * self.lengths[parent]
                a = directions[parent]
                start = (
                    near[parent][0] + along * math.cos(a),
                    near[parent][1] + along * math.sin(a),
                )
            near.append(start)
            com = bone.com.value * self.lengths[i]
            a = directions[i]
            poses.append((start[0] + com * math.cos(a), start[1] + com * math.sin(a), a))
        return poses

    def stand_at(self, foot: int) -> float:
        """Returns where a foot stands on average, a share of its length."""
        balance, level = self.species.balance, self.species.level
        if level is not None and level.foot == self.kinds[foot]:
            return level.at.value
        return balance.at.value

    def stand(self, poses: list[anatomy.Posed], kind: str) -> float:
        """Returns how far ahead of the root's near end a foot stands, metres."""
        foot = self.index(kind, "left")
        along = (self.stand_at(foot) - self.data[foot].com.value) * self.lengths[foot]
        return anatomy.world_point(poses[foot], (along, 0.0))[0]

    def sole(self, poses: list[anatomy.Posed], kind: str) -> float:
        """Returns the height of the lowest point of a foot over the root's near end, metres."""
        foot = self.index(kind, "left")
        bone, length = self.data[foot], self.lengths[foot]
        ends = [(at.value - bone.com.value) * length for at in bone.contact.span]
        low = min(anatomy.world_point(poses[foot], (x, 0.0))[1] for x in ends)
        return low - bone.contact.radius.value * self.leg_length

    def com(self, poses: list[anatomy.Posed]) -> tuple[float, float]:
        """Returns the centre of mass of all bones, metres."""
        total = sum(self.masses)
        x = sum(m * p[0] for m, p in zip(self.masses, poses, strict=True)) / total
        y = sum(m * p[1] for m, p in zip(self.masses, poses, strict=True)) / total
        return x, y


@dataclass(frozen=True, slots=True)
class Stance:
    """The pose in which an animal stands, and who carries what in it."""

    poses: list[anatomy.Posed]
    """Of every bone, the root's near end at the origin."""
    directions: list[float]
    """Of every bone, radians."""
    shares: dict[str, float]
    """Foot bone -> share of the body weight that each limb which ends in it carries."""
    ahead: dict[str, float]
    """Foot bone -> centre of mass ahead of where it stands, metres; 0 for a single pair, which stands under it."""


def standing(layout: Layout, file: str) -> Stance:
    """Returns the standing pose.

    One pair of limbs: the balancing bone leans until the feet stand under the centre of mass. Two pairs: the levelling
    bone leans until the second pair reaches the ground on which the first stands, and the weight is shared by where the
    centre of mass lies between them.

    Raises:
        BadFile: no lean does that, or a pair would carry nothing.
    """
    if layout.species.level is None:
        poses, directions = _balanced(layout, file)
        foot = layout.species.balance.foot
        return Stance(poses, directions, {foot: 1.0 / layout.kinds.count(foot)}, {foot: 0.0})
    poses, directions = _levelled(layout, file)
    return Stance(poses, directions, *_shared(layout, poses, file))


def _balanced(layout: Layout, file: str) -> Found:
    """Leans the balancing bone until the feet stand under the centre of mass."""
    balance = layout.species.balance

    def gap(poses: list[anatomy.Posed]) -> float:
        return layout.stand(poses, balance.foot) - layout.com(poses)[0]

    low, high = _room(layout, balance.bone)
    short, far = (gap(layout.leaned(balance.bone, angle)[0]) for angle in (low, high))
    if short > 0 or far < 0:
        side, by = ("behind", short) if short > 0 else ("ahead of", -far)
        problem = (
            f"cannot stand: its centre of mass stays {by:.2f} m {side} its feet however the "
            f"{balance.bone} leans; change masses, or lengths of tail, trunk or neck"
        )
        raise bad(file, problem)
    return _leaned_to(layout, balance.bone, low, high, gap)


def _levelled(layout: Layout, file: str) -> Found:
    """Leans the levelling bone until the soles of the second pair are as low as those of the first."""
    level, first = layout.species.level, layout.species.balance.foot
    assert level is not None

    def gap(poses: list[anatomy.Posed]) -> float:
        return layout.sole(poses, level.foot) - layout.sole(poses, first)

    def at(angle: float) -> float:
        return gap(layout.leaned(level.bone, angle)[0])

    low, high = _room(layout, level.bone)
    if at(low) * at(high) > 0:
        # A bone of the limb reaches lowest where it is upright: between its ends there may be two ways to stand.
        low, high = _crossing(at, low, high, layout.directions[layout.kinds.index(level.bone)])
    short, far = at(low), at(high)
    if short * far > 0:
        side, by = ("above", min(short, far)) if short > 0 else ("below", -max(short, far))
        problem = (
            f"cannot stand: its {level.foot} stay {by:.2f} m {side} the ground on which its {first} stand however the "
            f"{level.bone} leans; change the lengths of its limbs, or how they point"
        )
        raise bad(file, problem)
    if short > far:
        low, high = high, low
    return _leaned_to(layout, level.bone, low, high, gap)


def _crossing(
    gap: Callable[[float], float], low: float, high: float, own: float
) -> tuple[float, float]:
    """Returns two near angles (rad) between which a gap changes its sign, as near to the bone's own as there are.

    Where it never does, the one at which the gap is least, twice.
    """
    angles = [low + (high - low) * k / _LOOKS for k in range(_LOOKS + 1)]
    gaps = [gap(angle) for angle in angles]
    found = [k for k in range(_LOOKS) if gaps[k] * gaps[k + 1] <= 0]
    if found:
        near = min(found, key=lambda k: abs((angles[k] + angles[k + 1]) / 2 - own))
        return angles[near], angles[near + 1]
    least = min(range(_LOOKS + 1), key=lambda k: abs(gaps[k]))
    return angles[least], angles[least]


def _shared(
    layout: Layout, poses: list[anatomy.Posed], file: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Shares the weight between two pairs, as a beam on two props shares it."""
    level, first = layout.species.level, layout.species.balance.foot
    assert level is not None
    com = layout.com(poses)[0]
    ahead = {foot: com - layout.stand(poses, foot) for foot in (first, level.foot)}
    apart = ahead[first] - ahead[level.foot]
    # Where one pair stands over the other, nothing is shared: then both figures are refused below.
    carried = ahead[first] / apart if apart else 0.0
    shares = {first: 1.0 - carried, level.foot: carried}
    for foot, share in shares.items():
        if share < LEAST_SHARE:
            problem = (
                f"cannot stand on both pairs: its {foot} would carry {share:.0%} of its weight, at least "
                f"{LEAST_SHARE:.0%} is needed; change masses, or how its limbs point"
            )
            raise bad(file, problem)
    return {foot: share / layout.kinds.count(foot) for foot, share in shares.items()}, ahead


def _room(layout: Layout, bone: str) -> tuple[float, float]:
    """Returns between which directions a bone may lean, radians: its joint's range, or a tilt of the root."""
    index = layout.kinds.index(bone)
    own = layout.directions[index]
    if index == 0:
        return own - MOST_TILT, own + MOST_TILT
    parent = layout.directions[layout.parents[index]]
    low, high = (math.radians(limit.value) for limit in layout.species.joints[bone].range_deg)
    room = math.radians(4.0)
    return low + parent + room, high + parent - room


def _leaned_to(
    layout: Layout, bone: str, low: float, high: float, gap: Callable[[list[anatomy.Posed]], float]
) -> Found:
    """Returns the pose between two leans, of which the first makes the gap negative, in which it closes."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if gap(layout.leaned(bone, middle)[0]) < 0 else (low, middle)
    return layout.leaned(bone, (low + high) / 2)


def lifted(layout: Layout, poses: list[anatomy.Posed]) -> tuple[list[anatomy.Posed], float]:
    """Puts the soles on the ground; returns the poses and the hip's height."""
    feet = {kind for kind, bone in zip(layout.kinds, layout.data, strict=True) if bone.foot}
    ground = min(layout.sole(poses, foot) for foot in sorted(feet))
    return [(x, y - ground, angle) for x, y, angle in poses], -ground
