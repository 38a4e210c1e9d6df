"""What grew when dinosaurs walked, as silhouettes: monkey puzzles, tree ferns, cycads, horsetails; no grass."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import TypeAlias

import numpy as np
import pygame

Chance: TypeAlias = np.random.Generator
Point: TypeAlias = tuple[float, float]
Plant: TypeAlias = Callable[[pygame.Surface, Chance, float, float, float], None]
"""Draws one: on which surface, with which chance, at which x and y its foot is, how tall; pixels."""

_WHITE = 255, 255, 255
"""Only the shape matters: whoever plants them paints them."""


def monkey_puzzle(surface: pygame.Surface, chance: Chance, x: float, y: float, tall: float) -> None:
    """Draws an old araucaria: a bare trunk, and a flat crown of branches that end in tufts."""
    stem = _stem((x, y), tall * chance.uniform(-0.07, 0.07), 0.95 * tall)
    _taper(surface, stem, 0.034 * tall, 0.35)
    tiers = int(chance.integers(5, 7))
    for tier in range(tiers):
        up = tier / (tiers - 1)
        root = stem[int((0.56 + 0.40 * up) * (len(stem) - 1))]
        for side in (-1, 1):
            reach = side * tall * (0.27 - 0.11 * up**2) * chance.uniform(0.72, 1.1)
            rise = tall * (0.04 + 0.05 * up) * chance.uniform(0.6, 1.3)
            bend, tip = (
                (root[0] + 0.6 * reach, root[1] - 0.15 * rise),
                (root[0] + reach, root[1] - rise),
            )
            _taper(surface, [root, bend, tip], 0.014 * tall)
            for share in (0.55, 0.8, 1.0):
                size = tall * (0.11 - 0.03 * share) * chance.uniform(0.85, 1.15)
                _tuft(
                    surface, root[0] + share * reach, root[1] - rise * share**2 - 0.01 * tall, size
                )
    _tuft(surface, stem[-1][0], stem[-1][1], 0.12 * tall)


def young_araucaria(
    surface: pygame.Surface, chance: Chance, x: float, y: float, tall: float
) -> None:
    """Draws a young araucaria: a spire of even tiers whose ends turn up."""
    _taper(surface, [(x, y), (x, y - tall)], 0.03 * tall, 0.2)
    tiers = int(chance.integers(13, 17))
    thick = 0.82 * tall / tiers
    for tier in range(tiers):
        up = tier / tiers
        root = y - tall * (0.12 + 0.86 * up)
        for side in (-1, 1):
            reach = side * tall * (0.03 + 0.2 * (1.0 - up) ** 0.9) * chance.uniform(0.85, 1.1)
            tip = x + reach, root - 0.55 * thick
            upper = [(x, root - 0.9 * thick), (x + 0.6 * reach, root - 0.25 * thick), tip]
            lower = [(x + 0.7 * reach, root + 0.3 * thick), (x, root + 0.2 * thick)]
            pygame.draw.polygon(surface, _WHITE, upper + lower)


def tree_fern(surface: pygame.Surface, chance: Chance, x: float, y: float, tall: float) -> None:
    """Draws a tree fern: a slim trunk under a wheel of hanging fronds."""
    stem = _stem((x, y), tall * chance.uniform(-0.12, 0.12), 0.68 * tall)
    _taper(surface, stem, 0.055 * tall, 0.75)
    for number, angle in enumerate(np.linspace(0.0, pi, 12) + chance.uniform(-0.1, 0.1, 12)):
        length = tall * chance.uniform(0.4, 0.52)
        side = (1.0 if cos(angle) >= 0 else -1.0) if abs(cos(angle)) > 0.4 else 1 - 2 * (number % 2)
        _frond(surface, stem[-1], angle, length, side * chance.uniform(1.0, 1.6), 0.055 * tall)


def cycad(surface: pygame.Surface, chance: Chance, x: float, y: float, tall: float) -> None:
    """Draws a cycad: a stout stump under a crown of stiff leaves."""
    top = x, y - 0.36 * tall
    _taper(surface, [(x, y), top], 0.17 * tall, 0.85)
    for angle in np.linspace(0.0, pi, 15) + chance.uniform(-0.06, 0.06, 15):
        length = tall * (0.5 + 0.14 * sin(angle)) * chance.uniform(0.9, 1.1)
        side = 1.0 if cos(angle) >= 0 else -1.0
        _frond(surface, top, angle, length, side * chance.uniform(0.35, 0.8), 0.06 * tall)


def horsetails(surface: pygame.Surface, chance: Chance, x: float, y: float, tall: float) -> None:
    """Draws a stand of horsetails: jointed stems with a whorl of thin branches at each joint."""
    for _ in range(int(chance.integers(5, 8))):
        foot = x + tall * chance.uniform(-0.4, 0.4)
        height = tall * chance.uniform(0.55, 1.0)
        lean = height * chance.uniform(-0.06, 0.06)
        _taper(surface, [(foot, y), (foot + lean, y - height)], 0.03 * height + 1.5)
        for joint in np.arange(0.2, 0.93, 0.1):
            at = foot + lean * joint, y - height * joint
            reach = height * 0.17 * (1.1 - joint) ** 0.6
            for side in (-1, 1):
                end = at[0] + side * reach, at[1] - 0.75 * reach
                bend = at[0] + side * 0.7 * reach, at[1] - 0.25 * reach
                _taper(surface, [at, bend, end], 0.013 * height + 1.0)
        cone = pygame.Rect(0, 0, max(0.045 * height, 2), 0.1 * height)
        cone.midbottom = round(foot + lean), round(y - 0.97 * height)
        pygame.draw.ellipse(surface, _WHITE, cone)


def fern(surface: pygame.Surface, chance: Chance, x: float, y: float, tall: float) -> None:
    """Draws a fern on the ground: fronds that rise from one point and arch over."""
    for angle in np.linspace(0.12 * pi, 0.88 * pi, 7) + chance.uniform(-0.1, 0.1, 7):
        length = tall * chance.uniform(0.8, 1.15)
        side = 1.0 if cos(angle) >= 0 else -1.0
        _frond(surface, (x, y), angle, length, side * chance.uniform(0.7, 1.3), 0.12 * tall)


def _stem(foot: Point, lean: float, tall: float) -> list[Point]:
    """Returns the points of a trunk that bends over more and more."""
    return [
        (foot[0] + lean * up**2, foot[1] - tall * up) for up in np.linspace(0.0, 1.0, 13).tolist()
    ]


def _taper(surface: pygame.Surface, line: list[Point], width: float, end: float = 0.4) -> None:
    """Draws a line that grows thinner to a share of its width."""
    at = np.array(line)
    way = np.gradient(at, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    half = 0.5 * width * np.linspace(1.0, end, len(line))[:, None]
    side = np.stack([-way[:, 1], way[:, 0]], axis=1) * np.maximum(half, 0.5)
    pygame.draw.polygon(surface, _WHITE, np.concatenate([at + side, (at - side)[::-1]]).tolist())


def _tuft(surface: pygame.Surface, x: float, y: float, wide: float) -> None:
    """Draws a clump of foliage, flat below."""
    shape = pygame.Rect(0, 0, max(wide * 1.5, 2), max(wide * 0.72, 2))
    shape.center = round(x), round(y)
    pygame.draw.ellipse(surface, _WHITE, shape)


def _frond(
    surface: pygame.Surface,
    root: Point,
    angle: float,
    length: float,
    droop: float,
    leaf: float,
) -> None:
    """Draws a feathered leaf.

    Args:
        surface: where.
        root: where it begins.
        angle: of its beginning, radians from the right, up.
        length: along its rib.
        droop: by how much it turns, radians to the right.
        leaf: half its width.
    """
    steps = max(int(length / 5), 8)
    along = np.linspace(0.0, 1.0, steps)
    heading = angle - droop * along**1.3
    rib = np.cumsum(np.stack([np.cos(heading), -np.sin(heading)], axis=1), axis=0) * length / steps
    rib += root
    side = np.stack([np.sin(heading), np.cos(heading)], axis=1)
    teeth = np.where(np.arange(steps) % 2 == 0, 1.0, 0.35)
    half = leaf * np.sin(pi * np.clip(0.06 + 0.94 * along, 0, 1)) ** 0.7 * teeth + 0.6
    edge = side * half[:, None]
    pygame.draw.polygon(surface, _WHITE, np.concatenate([rib + edge, (rib - edge)[::-1]]).tolist())
