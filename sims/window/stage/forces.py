"""How the ground pushes on each foot, and the path of the centre of mass."""

from __future__ import annotations

from collections import OrderedDict
from math import atan2, cos, hypot, sin

import numpy as np
import pygame
from pygame import Rect

from creatures.skeleton import Skeleton
from sims.live.messages import Floats, Walk
from sims.physics.quantities import force_frames, smoothed
from sims.window.camera import Camera
from sims.window.eye import frame_at
from sims.window.palette import CARD, INK, LEFT, RIGHT, SOFT, Colour, mix
from sims.window.pen import Pen

_ARROW = 0.6
"""Hip heights: how long the arrow of one body weight is, as in the printed picture."""
_LEAST = 0.05
"""Body weights: a weaker push is not drawn."""
_WALKS = 8
_MOST_DOTS = 3000
"""More could not be seen, and a walk that jumps by kilometres would hold the window up."""
_PATH = mix(INK, CARD, 0.15)
_AHEAD = mix(SOFT, CARD, 0.35)


class Forces:
    """Draws the push of the ground, smoothed as it is in pictures: single frames are noisy."""

    def __init__(self, pen: Pen, skeleton: Skeleton) -> None:
        self._pen, self._skeleton = pen, skeleton
        self._known: OrderedDict[Walk, Floats] = OrderedDict()

    def draw(self, surface: pygame.Surface, camera: Camera, walk: Walk, time: float) -> None:
        """Draws an arrow at each foot that carries something at a moment, s."""
        frame, skeleton = frame_at(walk, time), self._skeleton
        for limb, push in zip(skeleton.limbs, self._of(walk)[frame], strict=True):
            if push[1] < _LEAST:
                continue
            foot = skeleton.bones[limb.foot]
            x, y, angle = walk.trajectory.poses[frame, limb.foot].tolist()
            along = foot.local(limb.stand_at)
            start = x + along * cos(angle), y + along * sin(angle) - foot.contact_radius
            way = push * _ARROW * skeleton.hip_height
            end = start[0] + float(way[0]), start[1] + float(way[1])
            colour = LEFT if limb.side == 0 else RIGHT
            ends = [(camera.px(x), camera.py(y)) for x, y in (start, end)]
            _arrow(surface, self._pen, ends[0], ends[1], colour)

    def _of(self, walk: Walk) -> Floats:
        """Returns (f, l, 2) the smoothed push, body weights."""
        if walk not in self._known:
            track = walk.trajectory
            frames = force_frames(self._skeleton, track)
            self._known[walk] = smoothed(track.ground_force, frames)
            if len(self._known) > _WALKS:
                self._known.popitem(last=False)
        return self._known[walk]


def draw_path(surface: pygame.Surface, camera: Camera, pen: Pen, walk: Walk, time: float) -> None:
    """Draws where the centre of mass has been, where it will be, and where it is."""
    now = frame_at(walk, time)
    seen = (walk.com[:, 0] > camera.left - 1.0) & (walk.com[:, 0] < camera.right + 1.0)
    points = camera.points(walk.com)
    wide = max(pen.px(2), 1)
    past = points[: now + 1][seen[: now + 1]]
    ahead = points[now:][seen[now:]]
    if len(ahead) > 1:
        _dots(surface, pen, ahead)
    if len(past) > 1:
        pygame.draw.lines(surface, _PATH, False, past.tolist(), wide)
        pygame.draw.aalines(surface, _PATH, False, past.tolist())
    at = points[now].tolist()
    reach = pen.px(7)
    place = Rect(round(at[0]) - reach, round(at[1]) - reach, 2 * reach, 2 * reach)

    def mark(fine: pygame.Surface, by: int) -> None:
        """The sign of a centre of mass: a disc in quarters."""
        middle, radius = fine.get_rect().center, 5.0 * pen.scale * by
        pygame.draw.circle(fine, INK, middle, radius + 1.2 * pen.scale * by)
        pygame.draw.circle(fine, CARD, middle, radius)
        for corners in ((True, False, False, False), (False, False, True, False)):
            pygame.draw.circle(fine, INK, middle, radius, 0, *corners)

    pen.smooth(surface, place, mark, INK)


def _dots(surface: pygame.Surface, pen: Pen, points: Floats) -> None:
    """Draws dots at even distances along a line."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    places = np.arange(0.0, along[-1], max(pen.px(6), 2, along[-1] / _MOST_DOTS))
    x, y = (np.interp(places, along, points[:, k]) for k in (0, 1))
    side = max(pen.px(2), 1)
    for px, py in zip(x.tolist(), y.tolist(), strict=True):
        surface.fill(_AHEAD, (round(px), round(py), side, side))


def _arrow(
    surface: pygame.Surface,
    pen: Pen,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: Colour,
) -> None:
    """Draws an arrow with a pale edge, so that it is seen before any animal."""
    long = hypot(end[0] - start[0], end[1] - start[1])
    if max(long, *map(abs, start)) > 4 * max(surface.get_size()):
        return
    head = min(pen.px(13), 0.6 * long)
    edge = pen.px(10)
    area = Rect(round(min(start[0], end[0])) - edge, round(min(start[1], end[1])) - edge, 0, 0)
    area.width = round(abs(end[0] - start[0])) + 2 * edge
    area.height = round(abs(end[1] - start[1])) + 2 * edge
    angle = atan2(end[1] - start[1], end[0] - start[0])

    def draw(fine: pygame.Surface, by: int) -> None:
        def at(place: tuple[float, float]) -> tuple[float, float]:
            return (place[0] - area.x) * by, (place[1] - area.y) * by

        def side(turn: float) -> tuple[float, float]:
            return at((end[0] - head * cos(angle + turn), end[1] - head * sin(angle + turn)))

        neck = at((end[0] - 0.8 * head * cos(angle), end[1] - 0.8 * head * sin(angle)))
        tip = [at(end), side(0.42), side(-0.42)]
        for ink, more in ((CARD, 2.0 * pen.scale * by), (colour, 0.0)):
            pygame.draw.line(fine, ink, at(start), neck, round(3.6 * pen.scale * by + 2 * more))
            pygame.draw.polygon(fine, ink, tip)
            if more:
                pygame.draw.polygon(fine, ink, tip, round(2 * more))

    if area.colliderect(surface.get_rect()):
        pen.smooth(surface, area, draw, CARD)
