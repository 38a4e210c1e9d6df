"""How high each lane of a race is, and how it is looked at: one scale for all, so that a big animal looks big."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pygame import Rect

from sims.live.field import Race
from sims.window.camera import Camera
from sims.window.eye import Eye, followed, ground_under
from sims.window.pen import Pen

_AIR = 1.22
"""Height of a lane over that of its animal."""
_PERSON_M = 2.0
"""The tallest lane has room for a person."""
_SOIL, _LAST_SOIL = 14, 46
"""Points of ground below a lane, and below the last one, where metres are written."""
_LEAST_SOIL = 3
_AHEAD = 0.56
"""Where whoever leads is, share of the width."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One strip of the track."""

    rect: Rect
    racers: tuple[int, ...]
    """Who runs in it."""
    soil: int
    """Pixels of ground."""


def lanes(rect: Rect, tops: Sequence[float], together: bool, pen: Pen) -> tuple[list[Lane], float]:
    """Shares out the track.

    Args:
        rect: of the whole track, pixels.
        tops: how tall each racer is as it stands, m.
        together: whether all share one lane.
        pen: its scale.

    Returns:
        The lanes from top to bottom, and the pixels in a metre that fit.
    """
    groups = [tuple(range(len(tops)))] if together else [(i,) for i in range(len(tops))]
    air = [_AIR * max(tops[i] for i in group) for group in groups]
    tallest = max(range(len(air)), key=lambda k: air[k])
    air[tallest] = max(air[tallest], _PERSON_M)
    soils = [pen.px(_SOIL)] * (len(groups) - 1) + [pen.px(_LAST_SOIL)]
    if sum(soils) > 0.5 * rect.height:
        soils = [_LEAST_SOIL] * len(groups)
    scale = max(rect.height - sum(soils), len(groups)) / sum(air)
    found, top = [], float(rect.top)
    for group, metres, soil in zip(groups, air, soils, strict=True):
        bottom = top + metres * scale + soil
        place = Rect(rect.left, round(top), rect.width, round(bottom) - round(top))
        found.append(Lane(place, group, soil))
        top = bottom
    return found, scale


def focus(race: Race, time: float, whom: int) -> float:
    """Returns the x that is looked at, m: where a racer is, or with -1 the one that is furthest ahead."""
    chosen = race.racers if whom < 0 else (race.racers[whom],)
    # Without their bobbing; the greatest of several smooth paths makes no jump where the lead changes.
    return max(followed(racer.walk, time) - float(racer.walk.com[0, 0]) for racer in chosen)


def camera(lane: Lane, race: Race, eye: Eye, scale: float, at: float) -> Camera:
    """Returns how a lane is looked at.

    Args:
        lane: which.
        race: whose.
        eye: how close.
        scale: pixels in a metre as `lanes` found them.
        at: metres: the x that is looked at.
    """
    zoomed = scale * eye.zoom
    walk = race.racers[lane.racers[0]].walk
    ground = ground_under(walk, at)
    return Camera(
        left=at + eye.shift - _AHEAD * lane.rect.width / zoomed,
        bottom=ground - lane.soil / zoomed,
        scale=zoomed,
        x=lane.rect.x,
        y=lane.rect.y,
        width=lane.rect.width,
        height=lane.rect.height,
    )
