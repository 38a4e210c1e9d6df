"""The track of a race: a lane for each, or one for all, with who is who and how far ahead."""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.live.field import Race, Racer
from sims.window.camera import Camera
from sims.window.eye import Eye, stored
from sims.window.palette import CARD, INK, SERIES, SOIL_LINE, Colour, mix
from sims.window.pen import Pen
from sims.window.race.lanes import Lane, camera, focus, lanes
from sims.window.sentences import far
from sims.window.stage.stage import Scene, Stage
from sims.window.stage.standing import standing
from sims.window.view import Looks, View
from sims.window.words import say

_SIZE = 12.5
_ROOM = 0.7
"""Share of the width that the longest animal takes at most."""
_ROOMY = 90
"""Points: a lane that is lower has no room for a person beside the name."""
_PALE = 0.62
"""How much of a racer that is not followed is seen when all share a lane."""


class Track:
    """Draws a race; it remembers stages, so make one for a race."""

    def __init__(self, exact: bool = False) -> None:
        """Draws nothing yet.

        Args:
            exact: whether each racer is drawn as it was simulated at its frame nearest to the moment, and never between
                two frames.
        """
        self._exact = exact
        self._race: Race | None = None
        self._pen: Pen | None = None
        self._stages: list[Stage] = []
        self._spans: list[tuple[float, float, float, float]] = []
        """For each racer least x and y and greatest x and y as it stands, m."""
        self._longest = 1.0
        self._veil: pygame.Surface | None = None
        self.camera_scale = 1.0
        """Pixels in a metre, as of the last drawing: for dragging."""

    def draw(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View, eye: Eye) -> None:
        """See `Playhouse`."""
        if view.race is None:
            pen.card(surface, rect, CARD, 8)
            return
        whom = view.looks.followed
        at = focus(view.race, view.playback.time, whom) if view.looks.follow else eye.standing_at
        self.play(surface, rect, pen, view.race, view.playback.time, eye, view.looks, at)

    def play(
        self,
        surface: pygame.Surface,
        rect: Rect,
        pen: Pen,
        race: Race,
        time: float,
        eye: Eye,
        looks: Looks,
        at: float | None = None,
    ) -> None:
        """Draws one moment of a race into a frame.

        Args:
            surface: where.
            rect: the frame, pixels.
            pen: its scale is that of text and lines.
            race: who runs.
            time: s.
            eye: how close, and how far ahead, one looks.
            looks: what is switched on.
            at: metres: the x that is looked at; whoever leads, if not given.
        """
        self._prepare(race, pen)
        at = focus(race, time, -1) if at is None else at
        found, scale = lanes(rect, [top for *_, top in self._spans], looks.together, pen)
        scale = min(scale, _ROOM * rect.width / self._longest)
        self.camera_scale = scale * eye.zoom
        tallest = max(found, key=lambda lane: lane.rect.height)
        roomy = tallest.rect.height >= pen.px(_ROOMY)
        for place, lane in enumerate(found):
            view = camera(lane, race, eye, scale, at)
            last = place == len(found) - 1
            self._lane(surface, view, lane, race, time, looks, last, roomy and lane is tallest)
            if not last:
                edge = lane.rect.left, lane.rect.bottom - 1, lane.rect.width, 1
                surface.fill(mix(SOIL_LINE, CARD, 0.3), edge)
            self._tags(surface, view, lane, pen, race, time, looks)

    def _prepare(self, race: Race, pen: Pen) -> None:
        if race is self._race and pen is self._pen:
            return
        self._race, self._pen = race, pen
        self._stages = [Stage(pen, one.skeleton, one.look) for one in race.racers]
        self._spans = [stage.animal.span(standing(stage.skeleton)) for stage in self._stages]
        self._longest = max(right - left for left, _, right, _ in self._spans)

    def _lane(
        self,
        surface: pygame.Surface,
        view: Camera,
        lane: Lane,
        race: Race,
        time: float,
        looks: Looks,
        ruler: bool,
        person: bool,
    ) -> None:
        if min(lane.rect.size) < 8:
            return
        first = lane.racers[0]
        order = [i for i in reversed(race.order(time)) if i in lane.racers]  # the leader in front
        shown = looks.followed if looks.followed in lane.racers else order[-1]
        stage = self._stages[shown]
        scene = self._scene(race.racers[shown], time, person, ruler)
        if len(lane.racers) == 1:
            stage.paint(surface, view, self._scene(race.racers[first], time, person, ruler), looks)
            return
        stage.world(surface, view, scene, looks)
        before = surface.get_clip()
        surface.set_clip(lane.rect.clip(before))
        for i in order:
            if i != shown:
                self._pale(surface, view, race, i, time, looks)
        stage.walker(surface, view, scene, looks)
        surface.set_clip(before)

    def _pale(
        self, surface: pygame.Surface, view: Camera, race: Race, i: int, time: float, looks: Looks
    ) -> None:
        """Draws a racer as a ghost: all of it, and what is behind shines through."""
        size = surface.get_size()
        if self._veil is None or self._veil.get_size() != size:
            self._veil = pygame.Surface(size)
        self._veil.blit(surface, (0, 0))
        self._stages[i].walker(self._veil, view, self._scene(race.racers[i], time), looks)
        self._veil.set_alpha(round(255 * _PALE))
        surface.blit(self._veil, (0, 0))

    def _scene(self, racer: Racer, time: float, person: bool = False, ruler: bool = False) -> Scene:
        at = stored(racer.walk, time) if self._exact else time
        return Scene(racer.walk, at, person=person, ruler=ruler)

    def _tags(
        self,
        surface: pygame.Surface,
        view: Camera,
        lane: Lane,
        pen: Pen,
        race: Race,
        time: float,
        looks: Looks,
    ) -> None:
        places = race.places(time)
        taken: list[Rect] = []
        for i in sorted(lane.racers, key=lambda k: places[k]):
            racer = race.racers[i]
            x = view.px(racer.metres(time))
            words = f"{places[i]}  {racer.name}"
            box = Rect(0, 0, pen.width(words, _SIZE, True) + pen.px(14), pen.px(19))
            if len(lane.racers) == 1:
                box.topleft = lane.rect.left + pen.px(8), lane.rect.top + pen.px(4)
                if self._hides(view, box, i, x):
                    box.right = lane.rect.right - pen.px(8)
            else:
                top = view.py(self._spans[i][3] * 1.06) - box.height
                box.midtop = round(x), round(max(top, lane.rect.top + pen.px(58)))
                while box.collidelist(taken) >= 0:
                    box.top -= box.height + pen.px(2)
            taken.append(box)
            strong = looks.followed == i
            self._tag(surface, pen, box.clamp(lane.rect), words, SERIES[i], strong)
            self._away(surface, view, lane, pen, x, i, box)

    def _hides(self, view: Camera, tag: Rect, i: int, x: float) -> bool:
        """Returns whether a tag would lie on the racer whose centre of mass is at a pixel x."""
        left, _, right, top = self._spans[i]
        low, high = x + left * view.scale, x + right * view.scale
        return view.py(top) < tag.bottom and low < tag.right and high > tag.left

    def _tag(
        self, surface: pygame.Surface, pen: Pen, box: Rect, words: str, ink: Colour, strong: bool
    ) -> None:
        pen.card(surface, box, ink, box.height / 2 / pen.scale, INK if strong else None)
        at = box.centerx, box.centery - pen.height(_SIZE) // 2
        pen.text(surface, words, at, _SIZE, CARD, True, "centre")

    def _away(
        self,
        surface: pygame.Surface,
        view: Camera,
        lane: Lane,
        pen: Pen,
        x: float,
        i: int,
        tag: Rect,
    ) -> None:
        """Says how far out of sight a racer is."""
        if len(lane.racers) > 1 or view.x <= x <= view.x + view.width:
            return
        behind = x < view.x
        gap = (view.x - x if behind else x - view.x - view.width) / view.scale
        words = say("race.behind" if behind else "race.ahead", far=far(gap))
        wide = pen.width(words, _SIZE)
        left = tag.right + pen.px(8) if behind else lane.rect.right - wide - pen.px(10)
        chip = Rect(left - pen.px(6), tag.top, wide + pen.px(12), tag.height)
        pen.card(surface, chip, CARD, chip.height / 2 / pen.scale)
        y = tag.centery - pen.height(_SIZE) // 2
        pen.text(surface, words, (left, y), _SIZE, mix(SERIES[i], INK, 0.3))
