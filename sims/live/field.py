"""Who takes part in a race: what a watcher is told of it; light to import."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.messages import Walk

FEWEST, MOST = 2, 8
"""Racers."""


@dataclass(frozen=True, slots=True, eq=False)
class Racer:
    """One walker in a race."""

    name: str
    """``Tyrannosaurus rex, generation 10``: no two of a race are called the same."""
    skeleton: Skeleton
    look: Look
    walk: Walk
    """In the world of the race; its verdict is that of its own file in its own world."""

    def metres(self, time: float) -> float:
        """Returns how far its centre of mass has got at a moment, s."""
        track = self.walk.trajectory
        frame = min(max(int(time / track.frame_time + 1e-6), 0), len(track) - 1)
        return float(self.walk.com[frame, 0] - self.walk.com[0, 0])

    def hip_heights(self, time: float) -> float:
        """Returns the same in its own hip heights."""
        return self.metres(time) / self.skeleton.hip_height

    def is_out(self, time: float) -> bool:
        """Returns whether it has fallen, or ended in another way before its time, at a moment, s."""
        return self.walk.ended != "finished" and time >= self.walk.seconds


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """Two to eight walkers on the same ground, by the same clock."""

    racers: tuple[Racer, ...]
    """In the order in which they were named."""
    seconds: float
    """How long it lasts."""
    ground: str
    """``level ground``."""
    gravity: float
    """Times the usual."""
    notes: tuple[str, ...] = ()
    """What is not as it was in the files, a sentence each."""

    def order(self, time: float) -> list[int]:
        """Returns the racers by how far they have got in metres at a moment, s, the first one first."""
        far = np.array([racer.metres(time) for racer in self.racers])
        return [int(i) for i in np.argsort(-far, kind="stable")]

    def places(self, time: float, in_hips: bool = False) -> list[int]:
        """Returns each racer's place, from 1, in metres or in hip heights."""
        far = [one.hip_heights(time) if in_hips else one.metres(time) for one in self.racers]
        return [1 + sum(other > own for other in far) for own in far]
