"""The arrays of a trajectory as they are, with the names of what they are of: NPZ."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from sims.export.measures import document
from sims.export.walk import Walk
from sims.genomes.recording import ARRAYS
from sims.physics.quantities import centre_of_mass

UNITS: Mapping[str, str] = {
    "times": "(f) s since the start",
    "poses": "(f, bones, 3) m forward, m up: centre of mass of each bone; rad: its direction",
    "com": "(f, 2) m forward, m up: centre of mass of the animal",
    "activation": "(f, muscles) 1: activation of each muscle, 0 to 1",
    "muscle_force": "(f, muscles) body weights: pull of each muscle; (f, 0) where it was not kept",
    "joint_load": "(f, joints) body weights: force in each joint, mean since the last frame",
    "ground_force": "(f, limbs, 2) body weights, forward and up: push of the ground on each foot, "
    "mean since the last frame",
    "body_weight_n": "() N: times this, body weights are newtons",
    "bones": "names", "joints": "names", "muscles": "names", "limbs": "names",
    "measures": "JSON: the measures, the score and what is told of the walk",
    "units": "JSON: this",
}  # fmt: skip
"""Of each array: its shape, its unit, what it is."""


def arrays(walk: Walk) -> dict[str, Any]:
    """Returns everything that is written, by name: numbers and text, nothing that would need a pickle."""
    skeleton = walk.skeleton
    groups = ("bones", "joints", "muscles", "limbs")
    names = {group: [one.name for one in getattr(skeleton, group)] for group in groups}
    found = {
        "times": walk.trajectory.times,
        **{name: getattr(walk.trajectory, name) for name in ARRAYS},
        "com": centre_of_mass(skeleton, walk.trajectory),
        "body_weight_n": np.float64(skeleton.weight),
        **{group: np.array(listed, dtype=np.str_) for group, listed in names.items()},
        "measures": np.array(json.dumps(document(walk), ensure_ascii=False)),
        "units": np.array(json.dumps(dict(UNITS))),
    }
    return {name: np.asarray(array) for name, array in found.items()}


def npz(walk: Walk) -> bytes:
    """Returns the arrays as an NPZ file; the same walk gives the same bytes."""
    sink = io.BytesIO()
    np.savez_compressed(sink, **arrays(walk))
    return sink.getvalue()
