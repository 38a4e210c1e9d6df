"""A race being watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sims.live.field import Race
from sims.live.messages import Message
from sims.live.session import racer
from sims.window import keeping
from sims.window.desk import Desk, Talk
from sims.window.player.director import Chooser
from sims.window.race.lanes import focus
from sims.window.race.screen import race_screen


class Racing(Desk):
    """The desk of a race."""

    kind = "race"

    def __init__(
        self,
        paths: Sequence[Path],
        together: bool = False,
        begin: Callable[[Sequence[Path]], Talk] = racer,
    ) -> None:
        """Has the race made.

        Args:
            paths: genome files, or folders of runs; see `sims.live.racing.race`.
            together: whether all share one lane.
            begin: starts a process that makes it.
        """
        director = Chooser()
        super().__init__(race_screen(director), director)
        self.looks.together = together
        self._start(begin(paths))

    @property
    def never_began(self) -> bool:
        """Whether there is nothing to see and never will be."""
        return self.view.story.failed is not None and self.view.race is None

    def take(self, message: Message | Race) -> None:
        """See `Desk`."""
        super().take(message)
        if isinstance(message, Race):
            self.view.race = message
            frame = min(one.walk.trajectory.frame_time for one in message.racers)
            self.view.playback.load(message.seconds, frame)

    def new_file(self, kind: str) -> Path | None:
        """Returns a new name in the folder one is in; see `Desk`."""
        return keeping.free(Path.cwd(), "race", kind) if self.view.race is not None else None

    def stand(self) -> None:
        """Looks at where it looks now, whoever moves on."""
        if self.view.race is not None:
            time, whom = self.view.playback.time, self.looks.followed
            self.eye.standing_at = focus(self.view.race, time, whom)
