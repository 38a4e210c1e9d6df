"""A skeleton: bones, joints and muscles in one canonical order, every number in SI units.

Conventions: x forward, y up; a bone's angle is the direction from its near to its far end, counter-clockwise from
forward; a point on a bone is given in the bone's own frame, whose origin is its centre of mass and whose x axis runs
along the bone towards its far end.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bone:
    """One rigid segment: the bone and the flesh around it."""

    name: str
    """Unique; one of a pair ends in ``.left`` or ``.right``."""
    kind: str
    """The name in the species file: ``thigh`` for both thighs."""
    side: str
    """``left``, ``right``, or empty for the bones of the middle."""
    parent: int
    """Index of the bone this one hangs on; -1 for the root."""
    length: float
    """Metres."""
    mass: float
    """Kilograms."""
    inertia: float
    """About the centre of mass, kg m2."""
    com: float
    """Distance of the centre of mass from the near end, metres."""
    x: float
    """Centre of mass in the standing pose, metres ahead of the hip."""
    y: float
    """Centre of mass in the standing pose, metres above the ground."""
    angle: float
    """Direction in the standing pose, radians."""
    depth: tuple[float, float, float]
    """Thickness of the flesh at the near end, the middle and the far end, metres; for pictures and inertia."""
    contact_span: tuple[float, float]
    """The part that counts when it meets the ground, metres from the near end."""
    contact_radius: float
    """Half the thickness of that part, metres."""
    foot: bool
    """Whether this bone may stand on the ground."""
    shaft_radius: float
    """Outer radius of the bone itself at mid-shaft, metres; 0 where what it bears is not asked."""

    def local(self, along: float) -> float:
        """Returns the bone's own x of a point so many metres from the near end."""
        return along - self.com


@dataclass(frozen=True, slots=True)
class Joint:
    """A hinge between a bone and the one it hangs on."""

    name: str
    """``knee.left``."""
    kind: str
    """``knee``: the same for both sides."""
    parent: int
    """Index of the bone on the near side."""
    child: int
    """Index of the bone on the far side."""
    parent_anchor: tuple[float, float]
    """Where the hinge sits on the parent, in its own frame, metres."""
    child_anchor: tuple[float, float]
    """Where the hinge sits on the child, in its own frame, metres."""
    standing: float
    """Angle of the child less that of the parent in the standing pose, radians."""
    low: float
    """Smallest angle, radians."""
    high: float
    """Largest angle, radians."""
    stiffness: float
    """Of the ligaments, N m/rad."""
    damping: float
    """Of the ligaments, N m s/rad."""
    preload: float
    """Torque of the ligaments on the child in the standing pose, N m."""
    support: float
    """Torque on the child that muscles must give for the animal to stand at rest, N m."""


@dataclass(frozen=True, slots=True)
class Muscle:
    """A line over path points that pulls its ends together."""

    name: str
    kind: str
    bones: tuple[int, ...]
    """Index of the bone of each path point, from origin to insertion."""
    points: tuple[tuple[float, float], ...]
    """The path points, each in its bone's own frame, metres."""
    max_force: float
    """Maximal isometric force, newtons."""
    fibre_length: float
    """Optimal fibre length, metres."""
    fastest: float
    """Speed of shortening at which it gives no force, m/s."""
    tendon_give: float
    """How much longer its tendon gets for a newton, m/N; 0 if it has none worth speaking of."""
    length: float
    """Path length in the standing pose, where the fibres have their optimal length, metres."""
    mass: float
    """Kilograms."""
    moment_arms: tuple[float, ...]
    """(n_joints,): moment arm about each joint in the standing pose, metres; positive turns the child
    counter-clockwise."""
    mobility: float
    """How fast its ends come together for a pull of one newton, in the standing pose free in the air, 1/kg."""


@dataclass(frozen=True, slots=True)
class Limb:
    """A leg, of whichever pair: its joints from the body down, and the foot at its end."""

    name: str
    """``leg.left``."""
    pair: int
    """Which pair of limbs it belongs to, from 0."""
    side: int
    """0 left, 1 right."""
    joints: tuple[int, ...]
    """Indices of its joints, from the body down to the foot's."""
    foot: int
    """Index of the foot bone."""
    stand_at: float
    """Where the foot stands on average: metres from its near end."""
    share: float
    """Of the body weight, what it carries in the standing pose: 0.5 for each leg of a biped."""
    ahead: float
    """How far the centre of mass of the standing animal lies ahead of where the foot stands, metres.

    0 where there is one pair, which stands under it.
    """


@dataclass(frozen=True, slots=True)
class Skeleton:
    """An animal ready to be put in a world."""

    name: str
    title: str
    bones: tuple[Bone, ...]
    joints: tuple[Joint, ...]
    muscles: tuple[Muscle, ...]
    limbs: tuple[Limb, ...]
    root: int
    """Index of the bone that hangs on nothing: the trunk."""
    mass: float
    """Kilograms."""
    hip_height: float
    """Of the standing animal, metres."""
    leg_length: float
    """Thigh, shank and metatarsus together, metres."""
    com: tuple[float, float]
    """Centre of mass of the standing animal: metres ahead of the hip, metres above the ground."""

    @property
    def feet(self) -> tuple[int, ...]:
        """Returns the indices of the bones that may stand on the ground."""
        return tuple(index for index, bone in enumerate(self.bones) if bone.foot)

    @property
    def weight(self) -> float:
        """Returns the body weight in newtons."""
        return self.mass * GRAVITY

    @property
    def time_unit(self) -> float:
        """Returns sqrt(hip height / g), seconds: the time in which things happen to an animal of this size."""
        return float((self.hip_height / GRAVITY) ** 0.5)

    @property
    def limb_kinds(self) -> tuple[str, ...]:
        """Returns the names of the pairs of limbs, in the order of `Limb.pair`."""
        names = {limb.pair: limb.name.rsplit(".", 1)[0] for limb in self.limbs}
        return tuple(names[pair] for pair in sorted(names))


GRAVITY = 9.81
"""m/s2."""
