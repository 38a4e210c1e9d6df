"""What every panel of a picture draws from: one trial, read once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from creatures.outline import Outline, colours, outline
from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.physics.quantities import force_frames, smoothed
from sims.physics.terrain import Ground
from sims.physics.trajectory import Trajectory
from sims.picture.stride import Flags, Floats, Window, feet_down, find_window

POSES = 8
"""At most so many poses in the strip."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One trial, ready to be drawn."""

    skeleton: Skeleton
    outline: Outline
    colours: dict[str, str]
    times: Floats
    """(f,) seconds."""
    down: Flags
    """(f, l) which feet were down."""
    window: Window
    frames: tuple[int, ...]
    """The frames that are shown as poses."""
    poses: Floats
    """(n, b, 3) the poses shown, over level ground."""
    joint_load: Floats
    """(f, j) body weights, smoothed."""
    ground_force: Floats
    """(f, l, 2) body weights, smoothed."""
    smoothing: float
    """How long the means are over which forces are smoothed, seconds."""

    @property
    def stride_time(self) -> float:
        """Returns how long the window is, seconds."""
        frame_time = float(self.times[1] - self.times[0]) if len(self.times) > 1 else 0.0
        return (self.window.end - self.window.start) * frame_time

    @property
    def duty(self) -> Floats:
        """Returns (l,) for which share of the window each foot was down."""
        share: Floats = self.down[self.window.start : self.window.end].mean(axis=0)
        return share


def scene(
    skeleton: Skeleton, look: Look, trajectory: Trajectory, land: Ground | None = None
) -> Scene:
    """Reads a trial for its picture.

    Args:
        skeleton: the animal.
        look: its colours.
        trajectory: at least one frame.
        land: the ground it walked on; level if not given. It is drawn level all the same.
    """
    down = feet_down(trajectory, skeleton)
    window = find_window(trajectory, skeleton, down)
    frames = window.frames(POSES)
    poses = trajectory.poses[frames].copy()
    if land is not None:
        heights = np.interp(poses[:, skeleton.root, 0], land.x, land.y)
        poses[:, :, 1] -= heights[:, None]
    width = force_frames(skeleton, trajectory)
    return Scene(
        skeleton=skeleton,
        outline=outline(skeleton, look),
        colours=colours(look),
        times=trajectory.times,
        down=down,
        window=window,
        frames=tuple(frames),
        poses=poses,
        joint_load=smoothed(trajectory.joint_load, width),
        ground_force=smoothed(trajectory.ground_force, width),
        smoothing=width * trajectory.frame_time,
    )
