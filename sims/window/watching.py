"""A run being watched while it is under way; another may follow it in the same window."""

from __future__ import annotations

import threading
from collections.abc import Callable

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.session import Session
from sims.runs.asked import Asked
from sims.window.desk import Desk, Talk
from sims.window.director import Director
from sims.window.hud import COMPILING_S
from sims.window.screen import watch_screen


class Watching(Desk):
    """The desk of a run.

    Attributes:
        asked: what the present run was asked for.
        runs: how many were begun in this window.
    """

    kind = "watch"

    def __init__(
        self,
        asked: Asked,
        animal: tuple[Skeleton, Look] | None = None,
        begin: Callable[[Asked], Talk] = Session,
    ) -> None:
        """Begins a run.

        Args:
            asked: what kind of run.
            animal: to be shown until the run is there, if it is known.
            begin: starts a run in a process of its own.
        """
        director = Director()
        super().__init__(watch_screen(director), director)
        self._begin = begin
        self.runs = 1
        self._leaving: list[threading.Thread] = []
        self.asked = asked
        self._start(begin(asked), *(animal or (None, None)))

    @property
    def never_began(self) -> bool:
        """Whether there is nothing to see: of a second run the reason is read on the stage."""
        return super().never_began and self.runs == 1

    @property
    def busy(self) -> bool:
        """Whether the physics is being compiled: that is what everybody waits for."""
        view = self.view
        return view.story.ready is None and view.clock - view.since > COMPILING_S

    def begin_another(self, asked: Asked, animal: tuple[Skeleton, Look] | None) -> None:
        """Lets the run go, saved, and begins another, without waiting for the old one to end."""
        old = threading.Thread(target=self.session.close)
        old.start()
        self._leaving = [*(one for one in self._leaving if one.is_alive()), old]
        self.runs += 1
        speed = self.view.playback.speed
        self.looks.overlay, self.looks.lanes, self.looks.resting = "", False, False
        self.director.begin()
        self.eye.home()
        self.asked = asked
        self._start(self._begin(asked), *(animal or (None, None)))
        self.view.playback.speed = speed

    def close(self) -> None:
        """Has the run saved and stopped."""
        super().close()
        for old in self._leaving:
            old.join()
