"""Finding one stride in a trajectory, and which feet were down when."""

from __future__ import annotations

import itertools
import math
import statistics
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatures.skeleton import Skeleton
from sims.physics.gait import SHORTEST, TOUCH, stances
from sims.physics.trajectory import Trajectory

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """The frames a picture shows as poses: one stride, or the end of a trial that has none."""

    start: int
    end: int
    """One past the last frame; a stride's end is the frame of the next touch-down."""
    is_stride: bool

    def frames(self, count: int) -> list[int]:
        """Returns at most so many frames, spread evenly; a stride's own end is the next one's start."""
        shown = min(count, self.end - self.start)
        steps = np.linspace(self.start, self.end, shown, endpoint=False)
        if not self.is_stride:
            steps = np.linspace(self.start, self.end - 1, shown)
        return [round(float(step)) for step in steps]


def feet_down(trajectory: Trajectory, skeleton: Skeleton) -> Flags:
    """Returns (f, l) whether each foot was down, by the rule of the duty factor, without the chatter of a moment."""
    shortest = max(1, round(SHORTEST * skeleton.time_unit / trajectory.frame_time))
    least = [TOUCH * limb.share for limb in skeleton.limbs]
    down = trajectory.ground_force[:, :, 1] > np.array(least)
    down[:1] = down[1:2] if len(down) > 1 else True  # the first frame has no force yet: it stands
    flags = np.zeros_like(down)
    for limb, foot in enumerate(down.T):
        for start, end in stances(foot, shortest):
            flags[start:end, limb] = True
    return flags


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Returns where flags are set: first index and one past the last, of each run."""
    edges = np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]


def find_window(trajectory: Trajectory, skeleton: Skeleton, down: Flags) -> Window:
    """Returns one stride of the left foot, from the second half if there is one there; else the last second.

    Of several it is the first that lasts as long as most do: where a foot stumbles, one stride looks like two.

    Args:
        trajectory: at least one frame.
        skeleton: the animal that walked.
        down: (f, l) from `feet_down`.
    """
    frames = len(trajectory)
    left = next((i for i, limb in enumerate(skeleton.limbs) if limb.side == 0), None)
    touches = [] if left is None else [start for start, _ in runs(down[:, left]) if start > 0]
    strides = list(itertools.pairwise(touches))
    late = [stride for stride in strides if stride[0] >= frames // 2]
    if strides:
        shown = late or strides[-1:]
        usual = statistics.median_high(end - start for start, end in strides)
        start, end = min(shown, key=lambda stride: abs(stride[1] - stride[0] - usual))
        return Window(start, end, True)
    last = math.ceil(1.0 / trajectory.frame_time)
    return Window(max(0, frames - last), frames, False)
