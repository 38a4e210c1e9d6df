"""Legs: a thigh that swells into the body, a tapering shank with its calf, a slim metatarsus, toes and claws."""

from __future__ import annotations

import numpy as np

from creatures.outline.skin import Draft, Floats, Skin
from creatures.skeleton import Limb, Skeleton

Cuts = tuple[tuple[float, float, float], ...]
"""Share of the bone's length, and the front and the back of the flesh there, in its thickness at that place."""

THIGH: Cuts = ((0.0, 0.52, 0.52), (0.30, 0.66, 0.66), (0.66, 0.62, 0.60), (1.0, 0.62, 0.5))
SHANK: Cuts = ((0.0, 0.62, 0.5), (0.30, 0.46, 0.72), (0.62, 0.44, 0.56), (1.0, 0.5, 0.72))
SLIM: Cuts = ((0.0, 0.5, 0.72), (0.45, 0.5, 0.5), (1.0, 0.55, 0.55))
STOUT = 0.4
"""A foot thicker than this, in its lengths, is a pad."""
NAILS = (0.60, 0.76, 0.91)
"""Where the nails of a pad are, shares of its length from behind."""
CLAWS = ((0.92, 0.22), (0.60, 0.16), (-0.11, -0.13))
"""Where each claw begins and how far it reaches, lengths of the foot; the last is the small toe behind."""


def leg(on: Skin, skeleton: Skeleton, limb: Limb, shod: bool = False) -> list[Draft]:
    """Returns the leg and the foot of one side: toes with claws, or a shoe."""
    side = "near" if limb.side == 0 else "far"
    chain = [skeleton.joints[joint].child for joint in limb.joints]
    parts = []
    # A pad is lower than the leg on it is thick: the leg must not come out at its sole.
    beyond = -0.2 if _is_pad(on, limb) else 0.4
    if chain[:-1]:
        parts.append(on.part(limb.name, f"{side}_limb", -1, _skin(on, chain[:-1], beyond)))
    claw = "claw" if side == "near" else "far_claw"
    return parts + (_shoe(on, limb, claw) if shod else _foot(on, limb, f"{side}_limb", claw))


def haunch(on: Skin, skeleton: Skeleton, limb: Limb) -> list[Draft]:
    """Returns a patch over the thigh's upper end, without which its edge would be seen on the body."""
    bone = skeleton.joints[limb.joints[0]].child
    radius = 0.57 * on.depth(bone, 0.0)
    turn = np.arange(8) * np.pi / 4
    points = [(radius * float(np.cos(a) + 0.12), radius * float(np.sin(a))) for a in turn]
    name = limb.name.replace("leg", "haunch") if limb.pair == 0 else f"{limb.name} shoulder"
    return [on.part(name, "haunch", bone, on.spots(bone, points))]


def _skin(on: Skin, chain: list[int], beyond: float) -> Floats:
    """Returns the points round a leg: down its front, round its end and up its back.

    Args:
        on: the skin.
        chain: its bones but the foot, from the body down.
        beyond: how far it reaches beyond the last of them, in the flesh's thickness there.
    """
    fronts: list[Floats] = []
    backs: list[Floats] = []
    for number, bone in enumerate(chain):
        shape = (THIGH, SHANK, SLIM)[min(number, 2)]
        front, back = _sides(on, bone, shape)
        if fronts:
            fronts[-1] = (fronts[-1] + front.pop(0)) / 2
            backs[-1] = (backs[-1] + back.pop(0)) / 2
        fronts += front
        backs += back
    last = on.bones[chain[-1]]
    cap = on.spot(chain[0], -0.45 * on.depth(chain[0], 0.0), 0.0)
    end = on.spot(chain[-1], last.length + beyond * on.depth(chain[-1], 1.0), 0.0)
    return np.array([cap, *fronts, end, *reversed(backs)])


def _sides(on: Skin, bone: int, shape: Cuts) -> tuple[list[Floats], list[Floats]]:
    flesh = on.bones[bone]
    front, back = [], []
    for t, ahead, behind in shape:
        depth = on.depth(bone, t)
        front.append(on.spot(bone, t * flesh.length, ahead * depth))
        back.append(on.spot(bone, t * flesh.length, -behind * depth))
    return front, back


def _is_pad(on: Skin, limb: Limb) -> bool:
    foot = on.bones[limb.foot]
    return foot.depth[1] > STOUT * foot.length


def _pad(on: Skin, limb: Limb, role: str, claw: str) -> list[Draft]:
    """Returns a foot like a pillar's, as of elephants: a round pad with blunt nails in front."""
    bone, foot = limb.foot, on.bones[limb.foot]
    back, front = foot.contact_span[0] - foot.contact_radius, foot.length + foot.contact_radius
    sole, tall, wide = -foot.contact_radius, 0.5 * foot.depth[0], front - back
    points = [
        (back + 0.06 * wide, 0.9 * tall),
        (back + 0.42 * wide, 1.3 * tall),
        (back + 0.74 * wide, 0.85 * tall),
        (front, 0.1 * sole),
        (front - 0.03 * wide, sole),
        (front - 0.14 * wide, sole),
        (back + 0.66 * wide, sole),
        (back + 0.33 * wide, sole),
        (back + 0.03 * wide, sole),
        (back - 0.02 * wide, 0.25 * tall),
    ]
    name = limb.name.rsplit(".", 1)
    around = on.spots(bone, points)
    parts = [on.part(f"{foot.kind}.{name[-1]}", role, bone, around, corners=(4, 8))]
    for number, at in enumerate(NAILS):
        x, high = back + at * wide, (0.46 - 0.1 * number) * (tall - sole)
        half = 0.075 * wide
        nail = [(x - half, sole), (x - half, sole + 0.6 * high), (x, sole + high)]
        nail += [(x + half, sole + 0.6 * high), (x + 0.9 * half, sole)]
        made = on.spots(bone, nail)
        parts.append(
            on.part(f"{foot.kind} nail {number + 1}.{name[-1]}", claw, bone, made, corners=(0, 4))
        )
    return parts


def _foot(on: Skin, limb: Limb, role: str, claw: str) -> list[Draft]:
    """Returns the toes, with their soles where the physics has them, and three claws."""
    bone, foot = limb.foot, on.bones[limb.foot]
    side = limb.name.rsplit(".", 1)[-1]
    if _is_pad(on, limb):
        return _pad(on, limb, role, claw)
    sole, length = -foot.contact_radius, foot.length
    near, middle = 0.55 * foot.depth[0], 0.55 * foot.depth[1]
    points = [
        (-0.12 * length, 0.2 * near),
        (0.02 * length, near),
        (0.35 * length, middle),
        (0.72 * length, 0.75 * middle),
        (0.98 * length, 0.2 * middle),
        (0.96 * length, sole),
        (0.74 * length, 0.8 * sole),
        (0.50 * length, sole),
        (0.24 * length, 0.8 * sole),
        (-0.02 * length, sole),
        (-0.14 * length, 0.6 * sole),
    ]
    parts = [on.part(f"toes.{side}", role, bone, on.spots(bone, points))]
    for number, (root, reach) in enumerate(CLAWS):
        base, tip = root * length, (root + reach) * length
        high = 0.45 * middle if number == 0 else 0.0
        hook = [
            (base, high),
            (0.4 * base + 0.6 * tip, 0.4 * high),
            (tip, sole),
            (base, 0.75 * sole),
        ]
        name = f"claw {number + 1}.{side}"
        parts.append(on.part(name, claw, bone, on.spots(bone, hook), corners=(2,)))
    return parts


def _shoe(on: Skin, limb: Limb, role: str) -> list[Draft]:
    """Returns a shoe, with its sole where the physics has it."""
    bone, foot = limb.foot, on.bones[limb.foot]
    side = limb.name.rsplit(".", 1)[-1]
    sole, high = -foot.contact_radius, 0.5 * foot.depth[0]
    heel, tip = foot.contact_span
    points = [
        (heel, 0.1 * high),
        (0.55 * heel, high),
        (0.22 * tip, high),
        (0.5 * tip, 0.1 * high),
        (0.86 * tip, 0.45 * sole),
        (1.01 * tip, 0.78 * sole),
        (0.96 * tip, sole),
        (0.5 * tip, sole),
        (0.0, sole),
        (0.95 * heel, sole),
        (1.05 * heel, 0.6 * sole),
    ]
    return [on.part(f"toes.{side}", role, bone, on.spots(bone, points))]
