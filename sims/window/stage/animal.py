"""The animal in one pose: its skin, its muscles at work, its joints under load, its bones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeAlias

import numpy as np
import pygame
from pygame import Rect

from creatures.outline import Part, colours, outline
from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.messages import Floats
from sims.window.camera import Camera
from sims.window.palette import CARD, INK, Colour, load, mix, muscle, rgb
from sims.window.pen import Pen
from sims.window.stage.flesh import Flesh

_FINE = 2
"""How many times finer the animal is drawn before it is made small: no edge is jagged."""
_FAR = {"far_limb", "far_claw"}
_NEAR = {"near_limb", "claw", "haunch"}
_EDGED = {"far_limb", "far_claw", "body", "jaw", "crest", "horn", "head", "near_limb", "claw"}
_STROKE = 1.3
"""Points: the line round the animal."""
_USUAL = 130.0
"""Points: hip height of an animal whose lines and dots have their full size."""
_MOST_LOAD = 5.0
"""Body weights: what the darkest joint bears."""
_IVORY = rgb("#fbf3df")

Points: TypeAlias = list[list[float]]
Shape: TypeAlias = tuple[str, Points]
"""The role of a part, and its outline in pixels of the fine surface."""


class Animal:
    """Draws one species."""

    def __init__(self, skeleton: Skeleton, look: Look) -> None:
        self.skeleton = skeleton
        self._outline = outline(skeleton, look)
        self._colours = {role: rgb(text) for role, text in colours(look).items()}
        self._faded = {role: mix(c, CARD, 0.55) for role, c in self._colours.items()}
        self.flesh = Flesh(skeleton)
        self._fine = pygame.Surface((1, 1))

    def span(self, pose: Floats) -> tuple[float, float, float, float]:
        """Returns the least x and y and the greatest x and y of the animal in a pose, m."""
        all_points = np.concatenate([part.polygon for part in self._outline.parts(pose)])
        (left, bottom), (right, top) = all_points.min(axis=0), all_points.max(axis=0)
        return float(left), float(bottom), float(right), float(top)

    def draw(
        self,
        surface: pygame.Surface,
        camera: Camera,
        pen: Pen,
        pose: Floats,
        activation: Floats | None = None,
        joint_load: Floats | None = None,
        bones: bool = False,
    ) -> None:
        """Draws the animal.

        Args:
            surface: the window.
            camera: how it is looked at; nothing is drawn outside its frame.
            pen: its scale is that of lines.
            pose: (b, 3) of every bone, m and rad.
            activation: (m,) of every muscle, 0 to 1; None draws no muscles.
            joint_load: (j,) body weights; None draws no joints.
            bones: whether to look through the skin.
        """
        parts = self._outline.parts(pose)
        area = _area(parts, camera, pen.px(6))
        if area.width <= 0 or area.height <= 0:
            return
        fine = self._canvas(area)
        view = _Fine(camera, area)
        line = pen.scale * _STROKE * 2 * _FINE * self._slight(camera.scale, pen)
        skin = self._faded if bones else self._colours
        pulls = self._pulls(view, pose, activation)
        shapes = view.many([part.polygon for part in parts])
        far, middle, near = _groups(
            [(part.role, shape) for part, shape in zip(parts, shapes, strict=True)]
        )
        self._group(fine, far, skin, line)
        self._muscles(fine, pulls, near=False)
        self._group(fine, middle, skin, line)
        self._group(fine, near, skin, line)
        if bones:
            self._bones(fine, view, pose, pen)
        self._muscles(fine, pulls, near=True)
        if joint_load is not None:
            self._joints(fine, view, pose, joint_load, pen)
        surface.blit(pygame.transform.smoothscale(fine, area.size), area)

    def ghost(
        self,
        surface: pygame.Surface,
        camera: Camera,
        pose: Floats,
        colour: Colour,
        alpha: int,
    ) -> None:
        """Draws a pale shape of the animal: of an earlier walker, or to show its size."""
        parts = [part for part in self._outline.parts(pose) if part.role in _EDGED]
        area = _area(parts, camera, 2)
        if area.width <= 0 or area.height <= 0:
            return
        shape = pygame.Surface(area.size, pygame.SRCALPHA)
        shape.fill((*colour, 0))
        for part in parts:
            points = camera.points(part.polygon) - (area.x, area.y)
            pygame.draw.polygon(shape, colour, points.tolist())
        shape.set_alpha(alpha)
        surface.blit(shape, area)

    def _slight(self, scale: float, pen: Pen) -> float:
        """Returns how much finer lines and dots are on an animal that is small on screen, 0.35 to 1."""
        tall = scale * self.skeleton.hip_height / pen.scale
        return min(max(tall / _USUAL, 0.35), 1.0)

    def _canvas(self, area: Rect) -> pygame.Surface:
        """Returns a clear surface of the animal's own, kept from frame to frame."""
        width, height = area.width * _FINE, area.height * _FINE
        if self._fine.get_width() < width or self._fine.get_height() < height:
            size = max(width, self._fine.get_width()), max(height, self._fine.get_height())
            self._fine = pygame.Surface(size, pygame.SRCALPHA)
        part = self._fine.subsurface((0, 0, width, height))
        part.fill((*self._colours["line"], 0))  # what the edges fade into
        return part

    def _group(
        self,
        fine: pygame.Surface,
        shapes: Sequence[Shape],
        skin: dict[str, Colour],
        line: float,
    ) -> None:
        """Draws parts with one line round the whole of them."""
        edge = skin["line"]
        for role, points in shapes:
            if role in _EDGED:
                pygame.draw.lines(fine, edge, True, points, max(round(line), 1))
        for role, points in shapes:
            pygame.draw.polygon(fine, skin[role], points)

    def _pulls(
        self, view: _Fine, pose: Floats, activation: Floats | None
    ) -> list[tuple[bool, float, Points]]:
        """Returns of each muscle whether it is on the near side, how it pulls, and its outline."""
        if activation is None:
            return []
        shapes = view.many(list(self.flesh.shapes(pose, activation)))
        return list(zip(self.flesh.near, activation.tolist(), shapes, strict=True))

    def _muscles(
        self,
        fine: pygame.Surface,
        pulls: Sequence[tuple[bool, float, Points]],
        near: bool,
    ) -> None:
        skin = self._colours["body" if near else "far_limb"]
        for is_near, activation, points in pulls:
            if is_near == near:
                activation = round(
                    activation, 2
                )  # no eye sees more, and few colours are mixed once
                # A slack muscle is hardly seen, and those of the far side stay in the shade.
                colour = mix(
                    skin, muscle(activation), (0.3 + 0.7 * activation) * (1.0 if near else 0.6)
                )
                pygame.draw.polygon(fine, colour, points)
                pygame.draw.lines(fine, mix(colour, self._colours["line"], 0.45), True, points)

    def _bones(self, fine: pygame.Surface, view: _Fine, pose: Floats, pen: Pen) -> None:
        edge = max(round(pen.scale * _FINE), 1)
        for polygon in self.flesh.bones(pose):
            points = view.points(polygon)
            pygame.draw.polygon(fine, _IVORY, points)
            pygame.draw.lines(fine, INK, True, points, edge)

    def _joints(
        self, fine: pygame.Surface, view: _Fine, pose: Floats, loads: Floats, pen: Pen
    ) -> None:
        places = view.points(self.flesh.joints(pose))
        size = pen.scale * _FINE * self._slight(view.scale, pen)
        for (x, y), bears in zip(places, loads.tolist(), strict=True):
            share = min(bears / _MOST_LOAD, 1.0)
            radius = size * (2.6 + 2.4 * share)
            pygame.draw.circle(fine, INK, (x, y), radius + 0.8 * size)
            pygame.draw.circle(fine, load(share), (x, y), radius)


class _Fine:
    """Metres to the pixels of the fine surface."""

    def __init__(self, camera: Camera, area: Rect) -> None:
        self._camera, self._corner = camera, (area.x, area.y)
        self.scale = camera.scale
        """Pixels of the window in a metre."""

    def many(self, worlds: Sequence[Floats]) -> list[Points]:
        """Returns the points of several shapes; all at once, which is much faster than one by one."""
        points = self.points(np.concatenate(worlds))
        ends = list(accumulate(len(world) for world in worlds))
        return [points[start:end] for start, end in zip((0, *ends), ends, strict=False)]

    def points(self, world: Floats) -> Points:
        found: Points = ((self._camera.points(world) - self._corner) * _FINE).tolist()
        return found


def _groups(shapes: Sequence[Shape]) -> tuple[list[Shape], list[Shape], list[Shape]]:
    far = [shape for shape in shapes if shape[0] in _FAR]
    near = [shape for shape in shapes if shape[0] in _NEAR]
    return far, [shape for shape in shapes if shape[0] not in _FAR | _NEAR], near


def _area(parts: Sequence[Part], camera: Camera, margin: int) -> Rect:
    """Returns the pixels that an animal covers within the frame."""
    points = camera.points(np.concatenate([part.polygon for part in parts]))
    if not np.isfinite(points).all():
        return Rect(0, 0, 0, 0)
    low, high = points.min(axis=0), points.max(axis=0)
    x, y = np.clip(low, -1e6, 1e6).astype(int) - margin
    right, bottom = np.clip(high, -1e6, 1e6).astype(int) + margin
    whole = Rect(int(x), int(y), int(right - x), int(bottom - y))
    return whole.clip(Rect(camera.x, camera.y, camera.width, camera.height))
