"""Which walk is on stage, and which card of the loop is lit: the run goes on by itself, this only tells of it."""

from __future__ import annotations

from dataclasses import dataclass

from sims.live.messages import WHO, GenerationFacts, WalkKey, Who
from sims.window.playback import Playback
from sims.window.story import Story

ACTS = ("guess", "score", "keep", "change")
"""The loop."""

_HOLD_S = 1.4
"""How long the end of a walk stands, so that one can read why it ended."""
HOLD_AGAIN_S = 3.0
"""The same for a walk that is kept on stage, and then begins again."""
_ACT_S = 0.7
"""How long each card is lit when the loop flows, at least."""
_SCENE_S = 4.0
"""How long each card of the staged first generation is lit, at least."""

_SCENES: tuple[tuple[str, Who], ...] = (
    ("guess", "middle"),
    ("score", "worst"),
    ("keep", "best"),
    ("change", "best"),
)
"""The first generation, step by step: what is lit, and which of its guesses is seen."""


@dataclass(slots=True)
class Director:
    """Chooses what is seen."""

    key: WalkKey | None = None
    """The walk that is wanted on stage; None before there is any."""
    live: bool = True
    """Whether newer generations come on stage by themselves."""
    act: str = "guess"
    scene: int = -1
    """Which scene of the staged first generation is played; -1 when none is."""
    _lit_s: float = 0.0
    """How long the present card has been lit."""
    _told: int = 0
    """The last generation whose coming was shown on the cards."""
    _opened: bool = False
    """Whether there has been anything to see."""
    _crowned: bool = False
    """Whether the champion has had its entrance."""

    def begin(self) -> None:
        """Forgets the run that was watched: another begins."""
        self.key, self.live, self.act, self.scene = None, True, "guess", -1
        self._lit_s, self._told, self._opened, self._crowned = 0.0, 0, False, False

    def tick(self, story: Story, playback: Playback, elapsed: float, loop: bool = True) -> None:
        """Lets so many seconds go by.

        Args:
            story: what is known.
            playback: of the walk on stage.
            elapsed: seconds.
            loop: whether a walk that is kept on stage begins again at its end.
        """
        self._lit_s += elapsed
        if not story.generations:
            self.act = "score" if story.ready else "guess"
            return
        if not self._opened:
            self._open(story)
        if story.crowned is not None and not self._crowned:
            self._crowned = True
            if self.live:
                self.go_live(story)
        if self.scene >= 0:
            self._stage(playback)
            return
        self._flow(story)
        if self.live and playback.ended and playback.over >= _HOLD_S:
            self._go_on(story, playback)
        elif loop and playback.ended and playback.over >= HOLD_AGAIN_S:
            playback.restart()

    def facts(self, story: Story) -> GenerationFacts | None:
        """Returns the generation that the cards tell of: the first while it is staged, else the latest."""
        return story.generation(1) if self.scene >= 0 else story.latest

    def pin(self, key: WalkKey) -> None:
        """Puts a walk on stage and keeps it there."""
        self.scene, self.live, self.key = -1, False, key

    def go_live(self, story: Story) -> None:
        """Goes on to the newest walk, and to newer ones when they come."""
        self.scene, self.live = -1, True
        self.key = newest_of(story) or self.key

    def move(self, story: Story, by: int) -> None:
        """Goes so many generations back or on; past the newest it is live."""
        at = self.key.generation if self.key else len(story.generations)
        number = max(at + by, 1)
        if number > len(story.generations):
            self.go_live(story)
        elif story.generations:
            self.pin(WalkKey(number))

    def next_walker(self) -> None:
        """Goes from the best of a generation to its middle one, its worst, and back."""
        if self.key is None:
            return
        at = WHO.index(self.key.who) if self.key.who in WHO else 0
        self.pin(WalkKey(self.key.generation, WHO[(at + 1) % len(WHO)]))

    def _open(self, story: Story) -> None:
        self._opened = True
        fresh = not (story.ready and story.ready.past)
        if fresh and self.live:
            self._play(0)
        elif self.live:
            self.key = newest_of(story)

    def _play(self, scene: int) -> None:
        """Begins a scene of the first generation, or after the last lets things flow."""
        self.scene = scene if scene < len(_SCENES) else -1
        self._lit_s = 0.0
        if self.scene >= 0:
            self.act, who = _SCENES[self.scene]
            self.key = WalkKey(1, who)

    def _stage(self, playback: Playback) -> None:
        played = playback.ended and playback.over >= _HOLD_S
        if played and not playback.paused and self._lit_s >= _SCENE_S:
            self._play(self.scene + 1)

    def _flow(self, story: Story) -> None:
        """Lights keep and change when a generation has come, then guess, then score until the next."""
        if self._lit_s < _ACT_S:
            return
        at = ACTS.index(self.act)
        newest = len(story.generations)
        if story.over or story.gate:
            self._light("keep")
        elif self.act != "score":
            self._light(ACTS[(at + 1) % len(ACTS)])
        elif newest > self._told:
            self._told = newest
            self._light("keep")

    def _light(self, act: str) -> None:
        if act != self.act:
            self.act, self._lit_s = act, 0.0

    def _go_on(self, story: Story, playback: Playback) -> None:
        newest = newest_of(story)
        if newest is not None and newest != self.key and story.lost(newest) is None:
            self.key = newest
        else:
            playback.restart()


def newest_of(story: Story) -> WalkKey | None:
    """Returns the walk that comes on stage by itself: the champion, or the best of the latest generation."""
    if story.crowned is not None:
        return WalkKey(story.crowned.generation, "champion")
    return WalkKey(len(story.generations)) if story.generations else None
