"""The tables of a species file as frozen, checked values: every number finite, within limits, with its source."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from creatures.faults import shown

MAX_PARTS = 64
"""Bones, joints or muscles in a file, pairs counted once; the richest plan has a third of that."""


class Table(BaseModel):
    """Strict: a misspelt key or a number in quotes is a fault, never ignored."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Sourced(Table):
    """A number with where it comes from."""

    value: float
    source: Annotated[str, StringConstraints(max_length=400)] = ""
    estimate: bool = False


def plain(number: float) -> str:
    """Returns a number without an exponent: ``150,000``, ``0.00001``."""
    text = f"{number:,.6f}"
    return text.rstrip("0").rstrip(".")


def short(number: float) -> str:
    """Returns a number to three digits, without an exponent: ``62,300``, ``0.0592``."""
    return plain(float(f"{number:.3g}"))


def _limits(low: float, high: float, unit: str) -> Any:
    allowed = f"{plain(low)} to {plain(high)}{unit}"

    def check(value: object) -> object:
        number = value.get("value") if isinstance(value, dict) else value
        if isinstance(number, bool) or not isinstance(number, int | float):
            return value
        if isinstance(number, float) and not math.isfinite(number):
            raise ValueError(f"= {number}, must be a finite number, {allowed}")
        if not low <= number <= high:
            raise ValueError(f"= {shown(number)}, must be {allowed}")
        return value if isinstance(value, dict) else {"value": value}

    return BeforeValidator(check)


def printable(value: object) -> object:
    """Refuses a text that cannot be shown on one line; anything else is for others to check."""
    if isinstance(value, str) and not value.isprintable():
        raise ValueError(f"= {shown(value)}, must be printable characters on one line")
    return value


def _tuple(value: object) -> object:
    """A list in a file is a tuple here; strictness is for what is in it."""
    return tuple(value) if isinstance(value, list) else value


Length = Annotated[Sourced, _limits(1e-3, 20.0, " m")]
"""A bone's length in metres."""
Mass = Annotated[Sourced, _limits(1e-2, 150_000.0, " kg")]
"""A body's mass in kilograms."""
Share = Annotated[Sourced, _limits(1e-5, 0.9, " of body mass")]
"""A share of body mass."""
Legs = Annotated[Sourced, _limits(1e-3, 10.0, " leg lengths")]
"""A length in leg lengths."""
Offset = Annotated[Sourced, _limits(-2.0, 2.0, " leg lengths")]
"""A distance across a bone, in leg lengths."""
Radius = Annotated[Sourced, _limits(0.1, 3.0, " of what body mass predicts")]
"""Of a bone at mid-shaft, in radii of the thigh bone that an animal of this mass has by rule."""
Along = Annotated[Sourced, _limits(-1.0, 2.0, " of the bone's length")]
"""A place along a bone: 0 its near end, 1 its far end."""
Degrees = Annotated[Sourced, _limits(-360.0, 360.0, " degrees")]
"""An angle, counter-clockwise."""
Stiffness = Annotated[Sourced, _limits(0.0, 50.0, "")]
"""Of ligaments, body weight x leg length."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""What a part is called, in files and in code."""
Words = Annotated[str, BeforeValidator(printable), StringConstraints(min_length=1, max_length=120)]
"""What a part is called for people."""
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""``#8a4f38``."""
Triple = Annotated[tuple[Legs, Legs, Legs], BeforeValidator(_tuple)]
Range = Annotated[tuple[Degrees, Degrees], BeforeValidator(_tuple)]
Span = Annotated[tuple[Along, Along], BeforeValidator(_tuple)]


class Contact(Table):
    """The part of a bone that counts when it meets the ground."""

    span: Span
    radius: Legs


class BoneData(Table):
    """One bone as a plan and a species give it together."""

    parent: Name | None = None
    attach: Along = Sourced(value=1.0)
    paired: bool = False
    limb: Name | None = None
    length: Legs | None = None
    """Leg lengths; ``length_m`` goes before it."""
    length_m: Length | None = None
    direction_deg: Degrees
    com: Along
    mass_share: Share | None = None
    depth: Triple
    contact: Contact
    foot: bool = False
    shaft: Radius | None = None
    """Radius of the bone itself at mid-shaft; without it nobody asks what it bears."""
    front: Literal["left", "right"]


class JointData(Table):
    """The joint at a bone's near end."""

    name: Words
    range_deg: Range
    stiffness: Stiffness
    damping: Stiffness


class PathPoint(Table):
    """Where a muscle touches a bone."""

    bone: Name
    at: Along
    offset: Offset


class MuscleData(Table):
    """One muscle, or a left and a right one."""

    paired: bool = False
    path: Annotated[
        tuple[PathPoint, ...], BeforeValidator(_tuple), Field(min_length=2, max_length=8)
    ]
    mass_share: Share
    fibre_length: Legs
    tendon_length: Legs | None = None
    """Without it the muscle pulls on the bone as if it had no tendon."""


class Balance(Table):
    """How the standing pose is made to stand: which bone leans, over which point of which foot."""

    bone: Name
    foot: Name
    at: Along


class Level(Table):
    """How a second pair of limbs is brought to the ground: which bone leans, and which point of which foot stands.

    The bone may be the root, which tilts the trunk, or one of the limb that ends in the foot.
    """

    bone: Name
    foot: Name
    at: Along


class Look(Table):
    """Colours, the shape of the skull, what covers the body and what stands on its back, for pictures only."""

    body: Colour
    belly: Colour
    accent: Colour
    skull: Literal[
        "deep",
        "crested",
        "slender",
        "twin_crested",
        "ornithomimid",
        "bird",
        "human",
        "horned",
        "duckbill",
        "sauropod",
        "beaked",
    ]
    cover: Literal["scales", "feathers", "clothes"] = "scales"
    """Scales have stripes; feathers hide trunk and thighs; clothes end in shoes."""
    limbs: Colour | None = None
    """Of limbs, head and a bare neck; that of the body if not given."""
    back: Literal["plain", "plates"] = "plain"


class Species(Table):
    """An animal with nothing left open: its plan and its own numbers merged, every value checked."""

    format: Literal[1]
    name: Name
    title: Words
    plan: Words
    root: Name
    balance: Balance
    level: Level | None = None
    """Only where there are two pairs of limbs."""
    mass_kg: Mass
    bones: Annotated[dict[Name, BoneData], Field(min_length=3, max_length=MAX_PARTS)]
    joints: Annotated[dict[Name, JointData], Field(max_length=MAX_PARTS)]
    muscles: Annotated[dict[Name, MuscleData], Field(min_length=1, max_length=MAX_PARTS)]
    look: Look

    def document(self) -> dict[str, Any]:
        """Returns the whole species as plain JSON values; `from_document` reads it back, equal."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def digest(self) -> str:
        """Returns the SHA-256 of the document: equal animals have equal digests."""
        text = json.dumps(self.document(), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()
