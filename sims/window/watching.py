"""A run being watched while it is under way; another may follow it in the same window."""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from creatures.assemble import assemble
from creatures.changes import changes, told
from creatures.faults import BadFile
from creatures.skeleton import Skeleton
from creatures.species import Species, species_names
from creatures.species_model import Look
from sims.live.edited import Edited
from sims.live.session import Session
from sims.runs import asked as asking
from sims.runs.asked import Asked
from sims.window.desk import Desk, Talk
from sims.window.director import Director
from sims.window.hud import COMPILING_S
from sims.window.screen import watch_screen
from sims.window.words import say

_TOLD_S = 12.0
"""For how long it is said that a file has changed."""


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
        self._follow_file()
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
        if asked.animal != self.asked.animal:
            self.screen.hud.tell("", "", 0.0)
            self.asked = asked
            self._follow_file()
        self.asked = asked
        self._start(self._begin(asked), *(animal or (None, None)))
        self.view.playback.speed = speed

    def tick(self, elapsed: float) -> None:
        """See `Desk`; looks too whether the animal's own file has changed."""
        super().tick(elapsed)
        if self._file is not None and self._file.settled(self._clock):
            self._look_again(self._file.path)

    def _follow_file(self) -> None:
        """Looks out for changes of the animal's file, if it has one of its own."""
        self._file: Edited | None = None
        self._body: tuple[Species, Skeleton] | None = None
        name = self.asked.animal
        if name is None or name in species_names():
            return
        self._file = Edited(Path(name))
        with contextlib.suppress(BadFile):  # then the run itself says so
            species = asking.animal(self.asked)
            self._body = species, assemble(species, name)

    def _look_again(self, path: Path) -> None:
        """Begins a run of the changed animal; of one that cannot be, says why, and the present run goes on."""
        hud = self.screen.hud
        try:
            species = asking.animal(self.asked)
            skeleton = assemble(species, str(path))
            asking.fits(self.asked, species)
        except BadFile as error:
            hud.tell(say("edited.wrong.title"), _first(error), math.inf)
            return
        before, self._body = self._body, (species, skeleton)
        same = before is not None and _bare(before[1]) == _bare(skeleton)
        if same and self.view.story.failed is None:
            hud.tell(say("edited.same.title"), say("edited.same.words"), self._clock + _TOLD_S)
            return
        found = changes(before[0], species) if before is not None else []
        words = say("edited.begun.words", what=told(found) or path.name)
        asked = replace(self.asked, out=None, resume=None, repeat=None)
        self.begin_another(asked, (skeleton, species.look))
        hud.tell(say("edited.begun.title"), words, self._clock + _TOLD_S)

    def close(self) -> None:
        """Has the run saved and stopped."""
        super().close()
        for old in self._leaving:
            old.join()


def _bare(skeleton: Skeleton) -> Skeleton:
    """Returns a skeleton without its names: what walks."""
    return replace(skeleton, name="", title="")


def _first(error: BadFile) -> str:
    """Returns the first fault, and how many more there are."""
    more = len(error.faults) - 1
    words = say("edited.more", n=more) if more else ""
    return f"{error.lines()[0]}. {words} {say('edited.wrong.words')}".replace("  ", " ")
