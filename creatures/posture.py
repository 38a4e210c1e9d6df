"""The bones in their order, and the pose in which the animal stands."""

from __future__ import annotations

import math

from creatures import anatomy
from creatures.faults import bad
from creatures.species_checks import bone_length, leg_length
from creatures.species_model import BoneData, Species

SIDES = ("left", "right")


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

    def com(self, poses: list[anatomy.Posed]) -> tuple[float, float]:
        """Returns the centre of mass of all bones, metres."""
        total = sum(self.masses)
        x = sum(m * p[0] for m, p in zip(self.masses, poses, strict=True)) / total
        y = sum(m * p[1] for m, p in zip(self.masses, poses, strict=True)) / total
        return x, y


def standing(layout: Layout, file: str) -> tuple[list[anatomy.Posed], list[float]]:
    """Leans the balancing bone until the feet stand under the centre of mass, by bisection."""
    balance = layout.species.balance
    base = [math.radians(b.direction_deg.value) for b in layout.data]
    leaning = [i for i, kind in enumerate(layout.kinds) if kind == balance.bone]
    parent = layout.parents[leaning[0]]
    limits = layout.species.joints[balance.bone].range_deg
    room = math.radians(4.0)
    low = math.radians(limits[0].value) + base[parent] + room
    high = math.radians(limits[1].value) + base[parent] - room

    def lean(angle: float) -> tuple[list[anatomy.Posed], list[float], float]:
        directions = [angle if i in leaning else a for i, a in enumerate(base)]
        poses = layout.poses(directions)
        foot = layout.index(balance.foot, "left")
        along = (balance.at.value - layout.data[foot].com.value) * layout.lengths[foot]
        stand, _ = anatomy.world_point(poses[foot], (along, 0.0))
        return poses, directions, stand - layout.com(poses)[0]

    short, far = lean(low)[2], lean(high)[2]
    if short > 0 or far < 0:
        side, gap = ("behind", short) if short > 0 else ("ahead of", -far)
        problem = (
            f"cannot stand: its centre of mass stays {gap:.2f} m {side} its feet however the "
            f"{balance.bone} leans; change masses, or lengths of tail, trunk or neck"
        )
        raise bad(file, problem)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if lean(middle)[2] < 0 else (low, middle)
    poses, directions, _ = lean((low + high) / 2)
    return poses, directions


def lifted(layout: Layout, poses: list[anatomy.Posed]) -> tuple[list[anatomy.Posed], float]:
    """Puts the soles on the ground; returns the poses and the hip's height."""
    soles = []
    for i, bone in enumerate(layout.data):
        if bone.foot:
            radius = bone.contact.radius.value * layout.leg_length
            span = [(at.value - bone.com.value) * layout.lengths[i] for at in bone.contact.span]
            soles += [anatomy.world_point(poses[i], (x, 0.0))[1] - radius for x in span]
    ground = min(soles)
    return [(x, y - ground, angle) for x, y, angle in poses], -ground
