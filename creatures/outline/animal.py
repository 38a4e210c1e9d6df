"""All parts of an animal in painting order: the far side, the body, the head, the near side."""

from __future__ import annotations

from creatures.outline import back, body, cover, legs
from creatures.outline.beaks import BEAKS
from creatures.outline.forelimbs import forelimb
from creatures.outline.head import head
from creatures.outline.skin import Draft, skin
from creatures.outline.skulls import SKULLS
from creatures.skeleton import Skeleton
from creatures.species_model import Look


def drafts(skeleton: Skeleton, look: Look) -> tuple[Draft, ...]:
    """Returns the parts of an animal before it is posed, in painting order.

    Args:
        skeleton: the animal.
        look: its skull, and what covers it.
    """
    on = skin(skeleton)
    spine = body.spine(skeleton)
    shape = {**SKULLS, **BEAKS}[look.skull]
    feathered, clothed = look.cover == "feathers", look.cover == "clothes"
    has_arms = len(skeleton.limb_kinds) < 2
    far = [limb for limb in skeleton.limbs if limb.side == 1]
    near = [limb for limb in skeleton.limbs if limb.side == 0]
    parts: list[Draft] = []
    if has_arms:
        parts += forelimb(on, skeleton.root, shape, "right")
    for limb in far:
        parts += legs.leg(on, skeleton, limb, clothed)
    if look.back == "plates":
        parts += back.plates(on, spine)
    parts += body.trunk(on, spine, shape if spine.head >= 0 else None, not (feathered or clothed))
    if feathered:
        parts += cover.neck(on, spine)
    if spine.head >= 0:
        parts += head(on, spine.head, shape)
    if has_arms and not feathered:
        parts += forelimb(on, skeleton.root, shape, "left")
    for limb in near:
        parts += legs.leg(on, skeleton, limb, clothed)
        parts += legs.haunch(on, skeleton, limb)
    if feathered:
        parts += cover.plumes(on, spine) + cover.coat(on, skeleton.root)
        if has_arms:
            parts += forelimb(on, skeleton.root, shape, "left")
    return tuple(parts)
