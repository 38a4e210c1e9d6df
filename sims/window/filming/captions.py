"""What is written over a film: which walk it is, how far it is by now, why it ended, and whether it is proved."""

from __future__ import annotations

from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.genomes.verdict import Verdict
from sims.live.messages import Walk
from sims.window.eye import frame_at
from sims.window.palette import CARD, GREEN, INK, VERMILION, Colour
from sims.window.pen import Pen
from sims.window.player.badge import COLOURS
from sims.window.sentences import ended, far
from sims.window.words import say

EDGE = 18
"""Points: from the edge of the picture to what is written."""
_TITLE, _WORDS, _END, _BADGE = 28.0, 20.0, 18.0, 15.0
"""Sizes of letters, points."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What is to be said of a walk."""

    title: str
    words: str
    """Before how far it is; may be empty."""
    speed: float
    """Of the film: said where it is not the true one."""
    over: bool
    """Whether the walk has ended."""


def draw(
    surface: pygame.Surface,
    pen: Pen,
    walk: Walk,
    now: float,
    caption: Caption,
    rect: Rect | None = None,
) -> None:
    """Writes over a stage.

    Args:
        surface: with the stage drawn.
        pen: its scale is that of the letters.
        walk: the one on stage.
        now: the moment of it that is seen, s.
        caption: what is to be said.
        rect: the frame of the stage, pixels; the whole surface if not given.
    """
    frame = (surface.get_rect() if rect is None else rect).inflate(-2 * pen.px(EDGE), 0)
    badge = 0 if walk.verdict is None else _badge(surface, pen, frame, walk.verdict)
    y = frame.top + pen.px(EDGE) - pen.px(6)
    room = frame.width - badge
    pen.text(surface, caption.title, (frame.left, y), _TITLE, INK, bold=True, room=room)
    y += pen.height(_TITLE)
    line = " · ".join(filter(None, (caption.words, _so_far(walk, now), _speed(caption.speed))))
    pen.text(surface, line, (frame.left, y), _WORDS, INK, room=frame.width)
    if caption.over:
        _end(surface, pen, frame, walk)


def _so_far(walk: Walk, now: float) -> str:
    gone = float(walk.com[frame_at(walk, now), 0] - walk.com[0, 0])
    return say("stage.now", far=far(gone, 1), seconds=f"{now:.1f}")


def _speed(speed: float) -> str:
    if speed == 1.0:
        return ""
    key = "faster" if speed > 1.0 else "slower"
    return say(f"film.{key}", n=f"{speed if speed > 1.0 else 1.0 / speed:.3g}")


def _end(surface: pygame.Surface, pen: Pen, frame: Rect, walk: Walk) -> None:
    """Writes why it ended where subtitles stand: below the ruler, where nothing is hidden by it."""
    colour = GREEN if walk.ended == "finished" else VERMILION
    at = frame.centerx, frame.bottom - pen.px(6) - _tall(pen, _END)
    pill(surface, pen, ended(walk, 1), at, _END, (colour, CARD), frame.width, 0.5)


def _badge(surface: pygame.Surface, pen: Pen, frame: Rect, verdict: Verdict) -> int:
    """Draws the badge in the upper right corner; returns how much of the first line it takes, pixels."""
    width = pen.width(verdict.words, _BADGE, bold=True) + pen.px(20)
    at = max(frame.right - width, frame.left), frame.top + pen.px(EDGE)
    colours = COLOURS[verdict.result], CARD
    box = pill(surface, pen, verdict.words, at, _BADGE, colours, frame.width)
    return box.width + pen.px(10)


def pill(
    surface: pygame.Surface,
    pen: Pen,
    words: str,
    at: tuple[int, int],
    size: float,
    colours: tuple[Colour, Colour],
    room: int,
    middle: float = 0.0,
) -> Rect:
    """Writes one line on a small card.

    Args:
        surface: where.
        pen: its scale.
        words: cut short where there is no room.
        at: pixels: its upper edge, and on that the place that ``middle`` names.
        size: of the letters, points.
        colours: of the card, and of the letters.
        room: pixels: how wide it may be.
        middle: 0 for its left end, 0.5 for its middle.

    Returns:
        What it covers.
    """
    side = pen.px(10)
    said = pen.cut(words, room - 2 * side, size, bold=True)
    box = Rect(*at, pen.width(said, size, bold=True) + 2 * side, _tall(pen, size))
    box.left -= round(middle * box.width)
    pen.card(surface, box, colours[0], 7)
    y = box.top + (box.height - pen.height(size)) // 2
    pen.text(surface, said, (box.left + side, y), size, colours[1], bold=True)
    return box


def _tall(pen: Pen, size: float) -> int:
    return pen.height(size) + pen.px(6)
