"""Where the best comes from: its ancestors, or the starts of the search that were tried and given up."""

from __future__ import annotations

from collections.abc import Hashable

from pygame import Rect

from sims.window import palette, words
from sims.window.overlays.card import Card
from sims.window.overlays.descent import draw_descent
from sims.window.overlays.lanes import draw_lanes
from sims.window.overlays.starts import Lanes
from sims.window.sheet import Sheet, grown
from sims.window.story import Story
from sims.window.view import View


class Family(Card):
    """The family tree, in the shape that the search has."""

    title = "family.title"
    natural = (884, 520)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = Lanes()

    def key(self, view: View) -> Hashable:
        """Returns what the tree depends on."""
        story = view.story
        return id(story.ready), grown(len(story.generations), id(story.descent))

    def fill(self, sheet: Sheet, body: Rect, view: View) -> None:
        """Draws the ancestors where there are parents, else the starts."""
        story = view.story
        if story.ready is not None and story.descent is not None and story.descent.line:
            draw_descent(sheet, body, story.descent, story.ready.genes)
            return
        lanes = self._lanes.read(story) if _has_starts(story) else []
        if lanes:
            draw_lanes(sheet, body, lanes, len(story.generations))
            return
        said = words.say(f"family.{_why(story)}")
        sheet.pen.paragraph(sheet.surface, said, body, 15, palette.SOFT)


def _has_starts(story: Story) -> bool:
    """Whether the search has several starts rather than parents."""
    return story.ready is not None and story.ready.strategy == "cma"


def _why(story: Story) -> str:
    """Returns which words say why there is no tree."""
    if story.latest is None:
        return "empty"
    return "waiting" if story.latest.genes else "lost"
