"""OpenSim's files: how the joints moved (``.mot``), and what pulled and pushed (``.sto``).

OpenSim's axes are ours: x forward, y up, angles counter-clockwise seen with x to the right. Its z points to the right
of the animal, where nothing happens. The order of the header is OpenSim's; other lines before ``endheader`` are skipped
by its readers, as long as none begins with a word they know and none has an equals sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from creatures.faults import one_line
from sims.export.table import lines
from sims.export.walk import Walk, version
from sims.physics.quantities import Quantity, column, foot_points, limb_column

Floats = NDArray[np.float64]
Column = tuple[str, Floats]
"""Label, and (f,) one number a frame."""


def motion(walk: Walk) -> bytes:
    """Returns the motion file: where the trunk is, how it tilts, the angle of every joint, in metres and degrees."""
    return _storage(walk, "coordinates", "yes", _motion_words(walk), motion_columns(walk))


def storage(walk: Walk) -> bytes:
    """Returns the storage file: activation and pull of muscles, loads of joints, push of the ground, in newtons."""
    return _storage(walk, "muscles and forces", "no", _storage_words(walk), storage_columns(walk))


def motion_columns(walk: Walk) -> list[Column]:
    """Returns the columns of the motion file but for time."""
    found = walk.columns()
    known = {one.name: one for one in found}
    root = column(walk.skeleton.bones[walk.skeleton.root].name)
    place = [(f"{root}_t{axis}", known[f"{root}_{axis}_m"].values) for axis in "xy"]
    tilt = (f"{root}_tilt", known["trunk_tilt_rad"].shown)
    angles = [(one.name.removesuffix("_rad"), one.shown) for one in _group(found, "angles")]
    return [*place, tilt, *angles]


def storage_columns(walk: Walk) -> list[Column]:
    """Returns the columns of the storage file but for time."""
    found = walk.columns()
    groups = ("activation", "muscle_force", "joint_loads")
    plain = [one for group in groups for one in _group(found, group)]
    return [*((one.name.removesuffix("_n"), one.values) for one in plain), *_ground(walk)]


def _group(found: Sequence[Quantity], group: str) -> list[Quantity]:
    return [one for one in found if one.group == group]


def _ground(walk: Walk) -> Iterator[Column]:
    """Yields force and place for each foot, under the labels that OpenSim's external loads look for."""
    skeleton = walk.skeleton
    force = walk.trajectory.ground_force * skeleton.weight
    place = foot_points(skeleton, walk.trajectory)
    nothing = np.zeros(len(walk.trajectory))
    for k, limb in enumerate(skeleton.limbs):
        name = f"ground_force_{limb_column(skeleton, limb)}"
        for kind, values in (("v", force[:, k]), ("p", place[:, k])):
            yield f"{name}_{kind}x", values[:, 0]
            yield f"{name}_{kind}y", values[:, 1]
            yield f"{name}_{kind}z", nothing


def _storage(
    walk: Walk, what: str, in_degrees: str, words: Iterable[str], found: Sequence[Column]
) -> bytes:
    """Returns a file as OpenSim reads it: five lines it knows, words, labels, rows."""
    columns = [("time", walk.trajectory.times), *found]
    head = [
        _said(f"Gaitosaur {what} of {walk.title}"),
        "version=1",
        f"nRows={len(walk.trajectory)}",
        f"nColumns={len(columns)}",
        f"inDegrees={in_degrees}",
        *(_said(line) for line in (*_origin(walk), *words)),
        "endheader",
        "\t".join(label for label, _ in columns),
    ]
    body = lines(np.column_stack([values for _, values in columns]), "\t")
    return ("\n".join(head) + f"\n{body}").encode()


def _said(line: str) -> str:
    """Returns a line that OpenSim takes for words: it would read an equals sign as a key and its value."""
    return one_line(line).replace("=", ":")


def _origin(walk: Walk) -> Iterator[str]:
    genome = walk.genome
    trial = genome.trial
    yield f"Made by gaitosaur {version()}, species {genome.species.name}; {walk.source}."
    yield f"Verdict {walk.verdict.result}: {walk.verdict.why}."
    yield f"Digest of the walk {walk.digest}."
    yield (
        f"World: {trial.terrain.kind} ground, {trial.gravity_scale:g} times the usual gravity, "
        f"{trial.mass_scale:g} times the mass; the body weight is {walk.skeleton.weight:.6g} N."
    )
    yield "Units are S.I. units (second, meters, Newtons, ...)"
    yield "Axes: x forward, y up, z to the right; the model is planar and moves in x and y alone."


def _motion_words(walk: Walk) -> Iterator[str]:
    root = walk.skeleton.bones[walk.skeleton.root]
    name, standing = column(root.name), np.degrees(root.angle)
    yield "Angles are in degrees."
    yield f"Place: {name}_tx and {name}_ty, centre of mass of the {root.name}, m."
    yield (
        f"Tilt: {name}_tilt, degrees from the standing pose, "
        f"in which the {root.name} points {standing:.6g} degrees above forward."
    )
    yield "Joints: NAME_angle, direction of the far bone less that of the near bone, degrees."


def _storage_words(walk: Walk) -> Iterator[str]:
    yield "Muscles: NAME_activation, 0 to 1, without a unit."
    if walk.trajectory.muscle_force.shape[1]:
        yield "Muscles: NAME_force, pull along its line, N."
    else:
        yield "Muscles: their pull was not kept in this recording."
    yield "Joints: NAME_load, size of the force in the joint, pull of muscles included, N, mean since the row before."
    yield "Ground: ground_force_FOOT_v, push of the ground on the foot, N, mean since the row before."
    yield (
        "Ground: ground_force_FOOT_p, m, the point of the foot on which it stands on average, carried along with it, "
        "in the air too. It is NOT a measured centre of pressure, and no torque of the ground is known."
    )
