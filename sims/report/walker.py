"""One champion to be shown: its walk, what it looks like, and when its feet were down."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from creatures.outline import Outline, colours, outline
from creatures.outline.skin import basis
from creatures.skeleton import Skeleton
from sims.genomes.record import Genome, read_genome
from sims.genomes.replay import replay
from sims.physics.quantities import limb_words
from sims.physics.trajectory import Trajectory
from sims.physics.trial import land_of
from sims.report.material import Run

Floats = NDArray[np.float64]
Spans: TypeAlias = tuple[tuple[float, float], ...]
"""Times between which a foot was down, s."""


@dataclass(frozen=True, slots=True, eq=False)
class Walker:
    """A champion with its walk."""

    run: Run
    genome: Genome
    skeleton: Skeleton
    outline: Outline
    colours: dict[str, str]
    trajectory: Trajectory
    """At least one frame."""
    feet: tuple[tuple[str, int, Spans], ...]
    """Of each foot its name, its side (0 left) and when it was down."""
    land: tuple[Floats, Floats]
    """The corners of the ground, m."""

    @property
    def seconds(self) -> float:
        """Returns how long the walk is."""
        return float(self.trajectory.frame_time * max(len(self.trajectory) - 1, 1))

    @property
    def stride(self) -> tuple[float, float] | None:
        """Returns one stride of the first foot, from the second half if there is one there, s."""
        landings = [start for start, _ in self.feet[0][2] if start > 0.0]
        strides = list(pairwise(landings))
        late = [one for one in strides if one[0] >= 0.5 * self.seconds]
        return next(iter(late or strides[-1:]), None)

    def pose_at(self, time: float) -> Floats:
        """Returns (b, 3) the pose at a time, m and rad."""
        frame = min(round(time / self.trajectory.frame_time), len(self.trajectory) - 1)
        pose: Floats = self.trajectory.poses[frame]
        return pose

    def height_at(self, x: float) -> float:
        """Returns how high the ground is at a place, m."""
        return float(np.interp(x, *self.land))


def walker(run: Run) -> Walker | None:
    """Reads a champion with its walk: the recording in its file, or the walk made again where there is none.

    Returns:
        It; None for one that came apart before its first frame.
    """
    assert run.result is not None
    genome = read_genome(run.result.path)
    recorded = genome.recording
    trajectory = replay(genome).trajectory if recorded is None else recorded.trajectory()
    if not len(trajectory) or not np.isfinite(trajectory.poses).all():
        return None
    skeleton = genome.skeleton()
    look = genome.species.look
    land = land_of(skeleton, genome.trial)
    return Walker(
        run=run,
        genome=genome,
        skeleton=skeleton,
        outline=outline(skeleton, look),
        colours=colours(look),
        trajectory=trajectory,
        feet=_feet(genome, skeleton),
        land=(np.asarray(land.x), np.asarray(land.y)),
    )


def _feet(genome: Genome, skeleton: Skeleton) -> tuple[tuple[str, int, Spans], ...]:
    falls = genome.measures["gait"]["foot_falls"]
    return tuple(
        (limb_words(skeleton, limb), limb.side, tuple((float(a), float(b)) for a, b in spans))
        for limb, spans in zip(skeleton.limbs, falls, strict=True)
    )


def extent(shown: Walker, poses: Floats) -> tuple[float, float, float]:
    """Returns how far poses reach behind the root and ahead of it, and how high above the ground, m."""
    back = front = tall = 0.0
    for pose in poses:
        points = shown.outline.blend @ basis(pose)
        root = float(pose[shown.skeleton.root, 0])
        back = max(back, root - float(points[:, 0].min()))
        front = max(front, float(points[:, 0].max()) - root)
        tall = max(tall, float(points[:, 1].max()) - shown.height_at(root))
    return back, front, max(tall, 1.2 * shown.skeleton.hip_height)


def moments(shown: Walker, count: int) -> list[float]:
    """Returns the times of a film strip: spread over one stride, or over the last second of a walk without one, s."""
    stride = shown.stride
    if stride is not None:
        start, end = stride
        return [start + (end - start) * k / count for k in range(count)]
    start = max(0.0, shown.seconds - 1.0)
    return [start + (shown.seconds - start) * k / max(count - 1, 1) for k in range(count)]
