"""What goes where in the window of a race, for any size, and the panels that are there."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from pygame import Rect

from sims.window.director import Director
from sims.window.overlays.help import Help
from sims.window.palette import SOFT
from sims.window.panels.top import Top
from sims.window.panels.transport import RACE, Transport
from sims.window.race.hud import RaceHud
from sims.window.race.progress import Progress
from sims.window.race.standings import Standings
from sims.window.race.track import Track
from sims.window.screen import Screen
from sims.window.sheet import Sheet
from sims.window.view import View
from sims.window.words import say


@dataclass(frozen=True, slots=True)
class RacePlaces:
    """Rectangles in pixels; those of panels that are switched off have no width."""

    top: Rect
    stage: Rect
    progress: Rect
    """Distance against time."""
    standings: Rect


def race_places(size: tuple[int, int], scale: float, view: View | None) -> RacePlaces:
    """Shares out a window.

    Args:
        size: pixels.
        scale: pixels in a point.
        view: says whether the panel at the right is shown; it is without one.
    """

    def px(points: float) -> int:
        return round(points * scale)

    width, height = size
    wide, tall = width / scale, height / scale
    gap, charts = px(8), view is None or view.looks.charts
    top = Rect(0, 0, width, px(44))
    side = px(min(max(0.25 * wide, 262), 400)) if charts else 0
    left = width - 2 * gap - (side + gap if charts else 0)
    progress = Rect(gap, 0, left, px(min(max(0.20 * tall, 110), 230)))
    progress.bottom = height - gap
    stage = Rect(gap, top.bottom, left, progress.top - gap - top.bottom)
    standings = Rect(width - gap - side, top.bottom, side, height - gap - top.bottom)
    return RacePlaces(top, stage, progress, standings)


class RaceTop(Top):
    """What kind of race it is, and what can be done."""

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        return view.race, view.looks.overlay

    def _buttons_of(self, view: View) -> tuple[str, ...]:  # noqa: ARG002
        return "picture", "film", "help"

    def _title(self, view: View) -> str:
        return (
            say("race.title", n=len(view.race.racers)) if view.race else say("race.opening.title")
        )

    def _middle(self, sheet: Sheet, rect: Rect, view: View) -> None:
        if view.race is None:
            return
        words = say("race.rules", ground=view.race.ground, n=f"{view.race.seconds:g}")
        if view.race.gravity != 1.0:
            words += say("race.gravity", n=f"{view.race.gravity:g}")
        y = rect.centery - sheet.pen.height(13) // 2
        sheet.pen.text(sheet.surface, words, (rect.x, y), 13, SOFT, room=rect.width)


def race_screen(director: Director) -> Screen:
    """Returns the screen of a race."""
    return Screen(
        race_places,
        panels={"top": RaceTop(), "progress": Progress(), "standings": Standings()},
        overlays={"help": Help("race")},
        hud=RaceHud(director),
        theatre=Track(),
        transport=Transport(RACE),
    )
