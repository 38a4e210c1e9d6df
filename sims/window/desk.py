"""Everything behind the picture: the run, what is known of it, what is on stage, and how it is looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.messages import Command, Message, Probe, Show, WalkKey
from sims.live.session import Session
from sims.runs.asked import Asked
from sims.window.director import Director
from sims.window.eye import Eye, followed
from sims.window.playback import Playback
from sims.window.screen import Screen
from sims.window.story import Story
from sims.window.theatre import ghosts, lanes
from sims.window.view import Looks, View

_ASK_AGAIN_S = 3.0
"""A walk that was asked for and has not come by then is asked for again."""
_SETTLED_S = 0.12
"""A walk is asked for once it has been wanted so long: scrubbing through a run does not compute all of it."""


class Desk:
    """One run being watched; another may follow it.

    Attributes:
        view: what may be shown at this moment.
        director: which walk that is.
        eye: how it is looked at.
        screen: everything drawn.
        asked: what the present run was asked for.
        runs: how many were begun in this window.
    """

    def __init__(
        self,
        asked: Asked,
        animal: tuple[Skeleton, Look] | None = None,
        begin: Callable[[Asked], Session] = Session,
    ) -> None:
        """Begins a run.

        Args:
            asked: what kind of run.
            animal: to be shown until the run is there, if it is known.
            begin: starts a run in a process of its own.
        """
        self._begin = begin
        self.director = Director()
        self.screen = Screen(self.director)
        self.eye = Eye()
        self.looks = Looks()
        self.runs = 1
        self._leaving: list[threading.Thread] = []
        self._clock = 0.0
        self._start(asked, animal)

    def _start(self, asked: Asked, animal: tuple[Skeleton, Look] | None) -> None:
        self.asked = asked
        self.session = self._begin(asked)
        skeleton, look = animal or (None, None)
        self.view = View(
            Story(), Playback(), self.looks, skeleton, look, clock=self._clock, since=self._clock
        )
        self._wanted: WalkKey | None = None
        self._wanted_s = 0.0
        self._asked_at: dict[Command, float] = {}

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
        self._start(asked, animal)
        self.view.playback.speed = speed

    def tick(self, elapsed: float) -> None:
        """Hears the run, and lets so many seconds of the watcher's time go by."""
        view = self.view
        for message in self.session.poll():
            view.story.take(message)
        if view.story.over:
            self.looks.resting = False
        self._clock += elapsed
        view.clock = self._clock
        if not self.looks.hidden:
            view.playback.tick(elapsed)
        self.director.tick(view.story, view.playback, elapsed)
        view.key, view.live, view.act = self.director.key, self.director.live, self.director.act
        self._bring(elapsed)

    def close(self) -> list[Message]:
        """Has the run saved and stopped; returns what it had left to say."""
        last = self.session.close()
        for old in self._leaving:
            old.join()
        return last

    def _bring(self, elapsed: float) -> None:
        """Puts the wanted walk on stage once it is at hand, and has others brought."""
        view, key = self.view, self.view.key
        if key is None:
            return
        self._wanted_s = self._wanted_s + elapsed if key == self._wanted else 0.0
        self._wanted = key
        walk = view.story.walk(key)
        if walk is not None and view.walk is not walk:
            view.walk = walk
            view.playback.load(walk.seconds, walk.trajectory.frame_time)
            self.eye.standing_at = followed(walk, 0.0)
        elif walk is None and view.story.lost(key) is not None:
            self.screen.hud.notice(str(view.story.lost(key)), view.clock)
            self.director.key = view.key = view.walk.key if view.walk else None
            view.playback.restart()
            return
        for wish in self._wishes(key, walk is not None):
            self._ask(wish)

    def _wishes(self, key: WalkKey, at_hand: bool) -> list[Command]:
        story = self.view.story
        if not at_hand:
            settled = self._wanted_s >= _SETTLED_S or self.view.walk is None or self.director.live
            return [Show(key)] if settled else []
        others = lanes(self.view) if self.looks.lanes else ghosts(self.view)
        missing = [one for one in others if story.walk(one) is None and story.lost(one) is None]
        wishes: list[Command] = [Show(one) for one in missing]
        walk = self.view.walk
        tested = key in story.robust or story.lost(key) is not None
        if walk is not None and walk.ended == "finished" and not tested:
            wishes.append(Probe(key))
        return wishes

    def _ask(self, wish: Command) -> None:
        last = self._asked_at.get(wish)
        if last is None or self._clock - last >= _ASK_AGAIN_S:
            self._asked_at[wish] = self._clock
            self.session.ask(wish)
            if len(self._asked_at) > 1000:
                self._asked_at.clear()
