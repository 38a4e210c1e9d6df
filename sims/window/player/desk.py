"""Saved walks being watched: a genome file, or the champions of a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sims.live.session import player
from sims.window.desk import Desk, Talk
from sims.window.player.director import Chooser
from sims.window.player.screen import replay_screen


class Replaying(Desk):
    """The desk of saved walks.

    Attributes:
        path: what was opened.
    """

    kind = "replay"

    def __init__(
        self, path: Path, guest: bool = False, begin: Callable[[Path], Talk] = player
    ) -> None:
        """Opens a genome file or the folder of a run.

        Args:
            path: what a person named.
            guest: whether something else is below it in the same window.
            begin: starts a process that plays it.
        """
        director = Chooser()
        super().__init__(replay_screen(director), director)
        self.path = path
        self.looks.ghosts = False
        self.looks.forces = True
        self._start(begin(path))
        self.view.guest = guest
