"""The clock of the picture: where in a walk we are, how fast it goes, and whether it stands still."""

from __future__ import annotations

from dataclasses import dataclass

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
MAX = 16.0
"""As fast as an eye can follow at all."""


@dataclass(slots=True)
class Playback:
    """Plays a walk of so many seconds; time is that of the walk, s."""

    length: float = 0.0
    """Of the walk, s."""
    frame: float = 1.0 / 60.0
    """Seconds from one frame of the walk to the next."""
    time: float = 0.0
    speed: float = 1.0
    paused: bool = False
    over: float = 0.0
    """Seconds of the watcher's time since the walk came to its end."""

    def load(self, length: float, frame: float) -> None:
        """Begins another walk."""
        self.length, self.frame = length, frame
        self.time = self.over = 0.0

    def tick(self, elapsed: float) -> None:
        """Lets so many seconds of the watcher's time go by."""
        if self.paused:
            return
        if self.time >= self.length:
            self.over += elapsed
        self.time = min(self.time + elapsed * self.speed, self.length)

    @property
    def ended(self) -> bool:
        """Whether the walk is at its end."""
        return self.time >= self.length

    def seek(self, time: float) -> None:
        """Goes to a moment of the walk."""
        self.time = min(max(time, 0.0), self.length)
        self.over = 0.0

    def step(self, frames: int) -> None:
        """Pauses, and goes so many frames on or back."""
        self.paused = True
        self.seek((round(self.time / self.frame) + frames) * self.frame)

    def restart(self) -> None:
        """Goes back to the beginning and plays."""
        self.seek(0.0)
        self.paused = False

    def faster(self, by: int) -> None:
        """Goes so many speeds up, or down."""
        known = (*SPEEDS, MAX)
        at = min(range(len(known)), key=lambda i: abs(known[i] - self.speed))
        self.speed = known[min(max(at + by, 0), len(known) - 1)]

    @property
    def speed_words(self) -> str:
        """Returns the speed as people write it: ``1/8×``, ``1×``, ``max``."""
        if self.speed >= MAX:
            return "max"
        return f"{self.speed:g}×" if self.speed >= 1.0 else f"1/{round(1 / self.speed)}×"
