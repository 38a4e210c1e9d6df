"""What goes where in the window of saved walks, for any size, and the panels that are there."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

from sims.window.director import Director
from sims.window.overlays.help import Help
from sims.window.panels.card import ScoreCard
from sims.window.panels.front import FrontOr
from sims.window.panels.genes import GeneStrip
from sims.window.panels.steps import FootFalls
from sims.window.panels.strip import GenerationStrip
from sims.window.panels.transport import REPLAY, Transport
from sims.window.player.chooser import CurveChooser
from sims.window.player.curves import WalkCurves
from sims.window.player.hud import ReplayHud
from sims.window.player.measured import Measured
from sims.window.player.top import ReplayTop
from sims.window.screen import Screen
from sims.window.theatre import Theatre
from sims.window.view import View


@dataclass(frozen=True, slots=True)
class ReplayPlaces:
    """Rectangles in pixels; those of panels that are not there have no width."""

    top: Rect
    stage: Rect
    steps: Rect
    """The foot-falls."""
    curves: Rect
    strip: Rect
    """One bar a generation; of a run only."""
    card: Rect
    """The score, term by term."""
    genes: Rect


def replay_places(size: tuple[int, int], scale: float, charts: bool, strip: bool) -> ReplayPlaces:
    """Shares out a window.

    Args:
        size: pixels.
        scale: pixels in a point.
        charts: whether the panels at the right are shown.
        strip: whether there are generations to choose among.
    """

    def px(points: float) -> int:
        return round(points * scale)

    width, height = size
    wide, tall = width / scale, height / scale
    gap = px(8)
    top = Rect(0, 0, width, px(44))
    side = px(min(max(0.25 * wide, 262), 400)) if charts else 0
    left = width - 2 * gap - (side + gap if charts else 0)
    low = height - gap
    strip_rect = Rect(gap, low - px(64), left if strip else 0, px(64))
    low = strip_rect.top - gap if strip else low
    curves = Rect(gap, 0, left, px(min(max(0.19 * tall, 92), 210)))
    curves.bottom = low
    steps = Rect(gap, 0, left, px(min(max(0.10 * tall, 58), 96)))
    steps.bottom = curves.top - gap
    stage = Rect(gap, top.bottom, left, steps.top - gap - top.bottom)
    x = width - gap - side
    room = height - top.bottom - gap
    genes = Rect(x, 0, side, round(0.34 * room))
    genes.bottom = height - gap
    card = Rect(x, top.bottom, side, genes.top - gap - top.bottom)
    return ReplayPlaces(top, stage, steps, curves, strip_rect, card, genes)


def _places(size: tuple[int, int], scale: float, view: View | None) -> ReplayPlaces:
    if view is None:
        return replay_places(size, scale, True, False)
    return replay_places(size, scale, view.looks.charts, bool(view.story.generations))


def replay_screen(director: Director) -> Screen:
    """Returns the screen of saved walks."""
    measured = Measured()
    return Screen(
        _places,
        panels={
            "top": ReplayTop(),
            "steps": FootFalls(),
            "curves": WalkCurves(measured),
            "strip": GenerationStrip("champion"),
            "card": ScoreCard(),
            "genes": FrontOr(GeneStrip()),
        },
        overlays={"help": Help("replay"), "curves": CurveChooser(measured)},
        hud=ReplayHud(director),
        theatre=Theatre(),
        transport=Transport(REPLAY),
    )
