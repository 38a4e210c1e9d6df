"""Which saved walk is on stage: one stays there, and begins again, until another is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from sims.live.messages import WalkKey
from sims.window.director import HOLD_AGAIN_S, Director, newest_of
from sims.window.playback import Playback
from sims.window.story import Story


@dataclass(slots=True)
class Chooser(Director):
    """Chooses what is seen of what was saved."""

    act: str = ""
    chosen: bool = False
    """Whether somebody has chosen: until then it is the champion, or the file that was opened."""

    def tick(self, story: Story, playback: Playback, elapsed: float, loop: bool = True) -> None:  # noqa: ARG002
        """See `Director`."""
        first = _first(story)
        # One that cannot be shown was told of once: the walk on stage stays there.
        stays = self.key is not None and first is not None and story.lost(first) is not None
        if not self.chosen and not stays:
            self.key = first
        self.live = self.key is not None and self.key == first
        if loop and playback.ended and playback.over >= HOLD_AGAIN_S:
            playback.restart()

    def pin(self, key: WalkKey) -> None:
        """See `Director`."""
        self.chosen, self.key = True, key

    def go_live(self, story: Story) -> None:
        """Goes to the champion, or to the best of the last generation."""
        self.chosen, self.key = False, _first(story) or self.key

    def move(self, story: Story, by: int) -> None:
        """Goes so many generations back or on; past the last to the champion."""
        if story.generations:
            Director.move(self, story, by)


def _first(story: Story) -> WalkKey | None:
    if story.ready is not None and story.ready.first is not None:
        return story.ready.first
    return newest_of(story)
