"""All parts of an animal in painting order: the far side, the body, the head, the near side."""

from __future__ import annotations

from creatures.outline import back, body, legs
from creatures.outline.beaks import BEAKS
from creatures.outline.head import head
from creatures.outline.skin import Draft, skin
from creatures.outline.skulls import SKULLS
from creatures.skeleton import Skeleton


def drafts(skeleton: Skeleton, skull: str, on_back: str = "plain") -> tuple[Draft, ...]:
    """Returns the parts of an animal before it is posed, in painting order.

    Args:
        skeleton: the animal.
        skull: one of the skulls of `Look`.
        on_back: ``plain`` or ``plates``.
    """
    on = skin(skeleton)
    spine = body.spine(skeleton)
    shape = {**SKULLS, **BEAKS}[skull]
    has_arms = len(skeleton.limb_kinds) < 2
    far = [limb for limb in skeleton.limbs if limb.side == 1]
    near = [limb for limb in skeleton.limbs if limb.side == 0]
    parts: list[Draft] = []
    if has_arms:
        parts += body.arm(on, skeleton.root, shape.arm, "right")
    for limb in far:
        parts += legs.leg(on, skeleton, limb)
    if on_back == "plates":
        parts += back.plates(on, spine)
    parts += body.trunk(on, spine, shape if spine.head >= 0 else None)
    if spine.head >= 0:
        parts += head(on, spine.head, shape)
    if has_arms:
        parts += body.arm(on, skeleton.root, shape.arm, "left")
    for limb in near:
        parts += legs.leg(on, skeleton, limb)
        parts += legs.haunch(on, skeleton, limb)
    return tuple(parts)
