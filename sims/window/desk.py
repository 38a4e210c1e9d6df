"""Everything behind the picture: who tells of walks, what is known of them, which is on stage, how it is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.field import Race
from sims.live.messages import Command, Message, Probe, Show, WalkKey
from sims.window import keeping
from sims.window.director import Director
from sims.window.eye import Eye, followed
from sims.window.keys import Kind
from sims.window.playback import Playback
from sims.window.screen import Screen
from sims.window.story import Story
from sims.window.theatre import ghosts, lanes
from sims.window.view import Looks, View

_ASK_AGAIN_S = 3.0
"""A walk that was asked for and has not come by then is asked for again."""
_SETTLED_S = 0.12
"""A walk is asked for once it has been wanted so long: scrubbing through a run does not compute all of it."""


class Talk(Protocol):
    """A process that tells of walks."""

    def poll(self) -> list[Message | Race]:
        """Returns what was said since the last time; never waits."""

    def ask(self, command: Command) -> None:
        """Sends a wish."""

    def close(self) -> list[Message | Race]:
        """Ends it; returns what it had left to say."""


class Desk:
    """One thing being watched.

    Attributes:
        kind: of window: which actions there are, and what is laid out.
        view: what may be shown at this moment.
        director: which walk that is.
        eye: how it is looked at.
        looks: what is switched on.
        screen: everything drawn.
    """

    kind: Kind

    def __init__(self, screen: Screen, director: Director) -> None:
        """Lays the desk; `_start` begins."""
        self.director = director
        self.screen = screen
        self.eye = Eye()
        self.looks = Looks()
        self._clock = 0.0

    def _start(
        self, session: Talk, skeleton: Skeleton | None = None, look: Look | None = None
    ) -> None:
        """Begins to hear somebody.

        Args:
            session: who tells of walks.
            skeleton: the animal to be shown until they do, if it is known.
            look: its colours.
        """
        self.session = session
        self.view = View(
            Story(), Playback(), self.looks, skeleton, look, clock=self._clock, since=self._clock
        )
        self._wanted: WalkKey | None = None
        self._wanted_s = 0.0
        self._asked_at: dict[Command, float] = {}

    @property
    def never_began(self) -> bool:
        """Whether there is nothing to see and never will be."""
        return self.view.story.failed is not None and self.view.story.ready is None

    @property
    def busy(self) -> bool:
        """Whether the machine has more urgent things to do than to draw."""
        return False

    def notice(self, words: str) -> None:
        """Shows something for a few seconds."""
        self.screen.hud.notice(words, self._clock)

    def stand(self) -> None:
        """Looks at where it looks now, whoever moves on."""
        if self.view.walk is not None:
            self.eye.standing_at = followed(self.view.walk, self.view.playback.time)

    def new_file(self, kind: str) -> Path | None:
        """Returns a new name for a picture (``.png``) or a film (``.mp4``); None before there is anything to see.

        Raises:
            OSError: the folder for such files cannot be made.
        """
        view = self.view
        if view.story.ready is None:
            return None
        return keeping.new_file(view.story.ready, view.walk.key if view.walk else None, kind)

    def tick(self, elapsed: float) -> None:
        """Hears what is told, and lets so many seconds of the watcher's time go by."""
        view = self.view
        self.hear()
        self._clock += elapsed
        view.clock = self._clock
        if not self.looks.hidden:
            view.playback.tick(elapsed)
        self.director.tick(view.story, view.playback, elapsed, self.looks.loop)
        view.key, view.live, view.act = self.director.key, self.director.live, self.director.act
        self._bring(elapsed)

    def hear(self) -> None:
        """Hears what is told; also while something else is on screen."""
        for message in self.session.poll():
            self.take(message)
        if self.view.story.over:
            self.looks.resting = False

    def take(self, message: Message | Race) -> None:
        """Takes in what is told."""
        if not isinstance(message, Race):
            self.view.story.take(message)

    def close(self) -> None:
        """Ends who tells, and takes in what they had left to say."""
        for message in self.session.close():
            self.take(message)

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
            self.notice(str(view.story.lost(key)))
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
