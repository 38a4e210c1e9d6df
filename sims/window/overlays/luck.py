"""Luck and change, in the numbers of one run, and the last generation as a heap of dots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pygame
from pygame import Rect

from sims.live.messages import GenerationFacts
from sims.window import palette, words
from sims.window.overlays.card import label
from sims.window.sentences import count, far
from sims.window.sheet import Sheet
from sims.window.story import Story

_WIDEST = 10
"""Points: a dot and the gap beside it."""


@dataclass(frozen=True, slots=True)
class Luck:
    """How the guesses of the last generation did."""

    latest: GenerationFacts
    before: float | None
    """The best score before it, among those that compare; None when there is none."""

    @property
    def each(self) -> int:
        """Returns how many guesses each of those that are told one by one stands for."""
        return -(-self.latest.size // max(len(self.latest.tries), 1))


def luck(story: Story) -> Luck | None:
    """Returns how luck did lately; None before the first generation."""
    latest = story.latest
    if latest is None:
        return None
    earlier = story.generation(latest.number - 1)
    if earlier is None or latest.rescored or earlier.rigour != latest.rigour:
        return Luck(latest, None)
    leader = story.generation(earlier.leader)
    return Luck(latest, leader.best if leader is not None else None)


def told(story: Story) -> str:
    """Returns how chance and choice work together, with the numbers of this run."""
    strategy = story.ready.strategy if story.ready else "cma"
    start = f"lesson.luck.{strategy}"
    found = [words.say(start if words.known(start) else "lesson.luck.cma"), _happened(story)]
    leader = story.leader
    if leader is not None and len(story.generations) > 1:
        found.append(
            words.say(
                "lesson.luck.now",
                first=far(story.generations[0].distance_m),
                guesses=count(story.guesses),
                now=far(leader.distance_m),
            )
        )
    return "\n".join(found)


def _happened(story: Story) -> str:
    now = luck(story)
    if now is None:
        return words.say("lesson.luck.empty")
    values = {"size": count(now.latest.size), "generation": now.latest.number}
    if now.latest.number == 1:
        return words.say("lesson.luck.first", **values)
    if now.before is None or not now.latest.tries:
        return words.say("lesson.luck.unknown")
    if now.latest.better == 0:
        return words.say("lesson.luck.none", **values)
    return words.say("lesson.luck.some", n=now.latest.better, **values)


def heap(sheet: Sheet, rect: Rect, now: Luck) -> None:
    """Draws the guesses of a generation as dots, worse to the left; those that beat the best before are green."""
    pen = sheet.pen
    line = pen.height(12)
    kind = "dots" if now.each == 1 else "sample"
    title = words.say(f"lesson.luck.{kind}", generation=now.latest.number, n=now.each)
    label(sheet, title, Rect(rect.left, rect.top, rect.width, line), 12, palette.SOFT)
    room = Rect(rect.left, rect.top + line, rect.width, rect.height - 2 * line)
    low, high = _range(now)
    scale = (room.width - pen.px(_WIDEST)) / max(high - low, 1e-9)
    mark = None if now.before is None else round(scale * (now.before - low)) + pen.px(_WIDEST) // 2

    def draw(fine: pygame.Surface, by: int) -> None:
        _dots(fine, now, low, scale * by, pen.px(_WIDEST) * by)
        if mark is not None:
            pygame.draw.line(
                fine, palette.INK, (mark * by, 0), (mark * by, fine.get_height()), by * pen.px(1)
            )

    pen.smooth(sheet.surface, room, draw, palette.LIT)
    foot = Rect(rect.left, room.bottom, rect.width, line)
    label(sheet, words.say("lesson.luck.worse"), foot, 12, palette.SOFT)
    _named(sheet, foot, mark)


def _named(sheet: Sheet, foot: Rect, mark: int | None) -> None:
    """Writes below the heap what its right end and its line are."""
    pen = sheet.pen
    better = words.say("lesson.luck.better")
    label(sheet, better, foot, 12, palette.SOFT, align="right")
    if mark is None:
        return
    said = words.say("lesson.luck.before")
    half = pen.width(said, 12) // 2
    edge = foot.right - pen.width(better, 12) - pen.px(10) - half
    x = min(foot.left + mark, edge)
    pen.text(sheet.surface, said, (x, foot.top), 12, align="centre")


def _range(now: Luck) -> tuple[float, float]:
    """Returns the scores at both ends: the poorest tenth lies at the left end, and the best has room at its right."""
    scores = sorted(one.score for one in now.latest.tries)
    low, high = scores[len(scores) // 10], scores[-1]
    if now.before is not None:
        high = max(high, now.before)
    return low, high + 0.08 * (high - low)


def _dots(fine: pygame.Surface, now: Luck, low: float, scale: float, wide: int) -> None:
    columns: Counter[int] = Counter()
    places = []
    for one in now.latest.tries:
        column = round(max(one.score - low, 0.0) * scale / wide)
        beats = now.before is not None and one.score > now.before
        places.append((column, columns[column], beats))
        columns[column] += 1
    tallest = max(columns.values())
    step = min(wide, (fine.get_height() - wide) / max(tallest - 1, 1))
    for column, height, beats in places:
        at = (column + 0.5) * wide, fine.get_height() - wide / 2 - height * step
        pygame.draw.circle(fine, palette.LIT, at, 0.46 * wide)
        pygame.draw.circle(fine, palette.GREEN if beats else palette.FAINT, at, 0.40 * wide)
