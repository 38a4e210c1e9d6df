"""The verdict on a saved walk as a badge: is it still the walk that was saved, to the bit?"""

from __future__ import annotations

import pygame
from pygame import Rect

from sims.genomes.verdict import Result, Verdict
from sims.live.messages import Walk
from sims.window.palette import AMBER, CARD, GREEN, INK, VERMILION, Colour, mix
from sims.window.pen import Pen
from sims.window.sentences import far
from sims.window.words import say

COLOURS: dict[Result, Colour] = {
    "EXACT": mix(GREEN, INK, 0.25),
    "DIFFERS": mix(VERMILION, INK, 0.15),
    "UNVERIFIABLE": mix(AMBER, INK, 0.35),
}
_SIZE = 13


def draw_badge(
    surface: pygame.Surface, pen: Pen, verdict: Verdict, at: tuple[int, int], size: float = _SIZE
) -> Rect:
    """Draws the badge with its left upper corner at a place; returns what it covers."""
    words = verdict.words
    box = Rect(*at, pen.width(words, size, True) + pen.px(18), pen.height(size) + pen.px(5))
    pen.card(surface, box, COLOURS[verdict.result], box.height / 2 / pen.scale)
    y = box.centery - pen.height(size) / 2
    pen.text(surface, words, (box.centerx, y), size, CARD, True, "centre")
    return box


def reason(walk: Walk) -> str:
    """Returns what the verdict means for what is seen, in one sentence."""
    verdict = walk.verdict
    if verdict is None:
        return ""
    if verdict.result == "EXACT":
        return say("replay.verdict.exact")
    if verdict.result == "UNVERIFIABLE":
        seen = "recording" if walk.is_recording else "no_recording"
        return say(f"replay.verdict.{seen}")
    if verdict.step is None:
        return verdict.why
    apart = verdict.deviation_m
    if apart is None:
        return say("replay.verdict.differs")
    return say("replay.verdict.apart", far=far(apart, 1))
