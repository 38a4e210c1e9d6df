"""When each foot is on the ground: the foot-fall diagram of the walk on stage, which is also its time line."""

from __future__ import annotations

from collections.abc import Hashable

import pygame
from pygame import Rect

from sims.live.messages import Walk
from sims.window.palette import (
    CARD,
    HAIR,
    INK,
    LEFT,
    RIGHT,
    SOFT,
    VERMILION,
    Colour,
    mix,
)
from sims.window.panels.axes import plain
from sims.window.panels.marks import PAD, SMALL, TITLE, placeholder, title
from sims.window.panels.timeline import Line, draw_cursor, draw_ticks, line_of, whole
from sims.window.pen import Pen
from sims.window.sheet import Sheet
from sims.window.view import View
from sims.window.words import known, say

_TRACK = mix(HAIR, CARD, 0.45)


class FootFalls:
    """A row for each limb; a click goes to that moment of the walk."""

    def __init__(self) -> None:
        self.line: Line | None = None

    def key(self, view: View) -> Hashable:
        """Returns everything that `draw` depends on."""
        return view.story, view.story.ready is None, view.walk

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the bars, the seconds above them and the shares at their ends."""
        pen, walk, ready = sheet.pen, view.walk, view.story.ready
        head = title(sheet, say("panels.steps.title"))
        self.line = None
        if walk is None or ready is None:
            placeholder(sheet, say("panels.steps.empty"), head.bottom)
            return
        names = [limb.name for limb in ready.skeleton.limbs]
        words = [_limb(name, names) for name in names]
        top = head.bottom + pen.px(3)
        line = self.line = line_of(sheet, view, walk, top, sheet.rect.height - pen.px(7))
        draw_ticks(sheet, line)
        end = sheet.rect.right - pen.px(PAD), head.bottom - pen.height(SMALL)
        pen.text(sheet.surface, say("panels.steps.share_title"), end, SMALL, SOFT, align="right")
        _rows(sheet, line, walk, names, words)
        _end(sheet, line, walk)
        sheet.slider(sheet.rect, line.seek)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Draws the cursor, and the time of the playback above it."""
        line = self.line
        if line is None or view.walk is None:
            return
        time = min(view.playback.time, line.end)
        x = draw_cursor(surface, rect, pen, line, time)
        top = rect.y + line.rect.top
        words = say("panels.steps.time", time=plain(time))
        tag = Rect(0, 0, pen.px(46), pen.px(17))
        tag.midbottom = x, top
        edge = pen.px(6)  # what is written at both ends stays readable
        left = rect.x + line.rect.left - edge
        tag.clamp_ip(Rect(left, rect.y + pen.px(3), line.rect.width + 2 * edge, rect.height))
        pen.card(surface, tag, INK, 5)
        y = tag.centery - pen.height(SMALL) / 2
        pen.text(surface, words, (tag.centerx, y), SMALL, CARD, True, "centre")
        for second in whole(line, pen):
            at = rect.x + line.x(second)
            if abs(at - tag.centerx) > pen.px(40):
                text = say("panels.steps.seconds", n=f"{second:g}")
                pen.text(surface, text, (at, y), SMALL, SOFT, align="centre")


def _limb(name: str, names: list[str]) -> str:
    """Returns what a limb is called: its side, and its pair if there are several."""
    pair, side = name.split(".")[0], name.split(".")[-1]
    words = say(f"panels.steps.{side}") if known(f"panels.steps.{side}") else side
    if len({other.split(".")[0] for other in names}) == 1:
        return words
    path = f"panels.steps.pairs.{pair}"
    return f"{say(path) if known(path) else pair} {words}"


def _colour(name: str) -> Colour:
    return LEFT if name.endswith("left") else RIGHT


def _rows(sheet: Sheet, line: Line, walk: Walk, names: list[str], words: list[str]) -> None:
    pen = sheet.pen
    step = line.rect.height / max(len(names), 1)
    tall = min(round(step * 0.72), pen.px(22))
    if step < pen.px(13) and len(names) > 2:
        _pairs(sheet, line, walk, names, step)
    for place, (name, text, falls) in enumerate(zip(names, words, walk.foot_falls, strict=True)):
        top = round(line.rect.top + place * step + (step - tall) / 2)
        ink = mix(_colour(name), INK, 0.12)
        y = top + tall / 2 - pen.height(SMALL) / 2
        share = sum(stop - start for start, stop in falls) / max(walk.seconds, 1e-9)
        if step >= pen.px(13):
            pen.text(sheet.surface, text, (pen.px(PAD), y), SMALL, ink, bold=True)
            at = sheet.rect.right - pen.px(PAD), y
            percent = say("panels.steps.share", n=f"{100 * min(share, 1.0):.0f}")
            pen.text(sheet.surface, percent, at, SMALL, ink, bold=True, align="right")
        _bars(sheet, line, (top, tall), falls, _colour(name))


def _pairs(sheet: Sheet, line: Line, walk: Walk, names: list[str], step: float) -> None:
    """Names each pair once, where single rows have no room; the colours tell left from right."""
    pen = sheet.pen
    pairs = [name.split(".")[0] for name in names]
    for pair in dict.fromkeys(pairs):
        rows = [row for row, name in enumerate(pairs) if name == pair]
        if len(rows) * step < pen.px(13):
            continue
        y = line.rect.top + (rows[0] + rows[-1] + 1) / 2 * step - pen.height(SMALL) / 2
        path = f"panels.steps.pairs.{pair}"
        words = say(path) if known(path) else pair
        pen.text(sheet.surface, words, (pen.px(PAD), y), SMALL, INK, bold=True)
        down = [stop - start for row in rows for start, stop in walk.foot_falls[row]]
        share = sum(down) / len(rows) / max(walk.seconds, 1e-9)
        percent = say("panels.steps.share", n=f"{100 * min(share, 1.0):.0f}")
        at = sheet.rect.right - pen.px(PAD), y
        pen.text(sheet.surface, percent, at, SMALL, INK, bold=True, align="right")


def _bars(
    sheet: Sheet,
    line: Line,
    span: tuple[int, int],
    falls: tuple[tuple[float, float], ...],
    colour: Colour,
) -> None:
    top, tall = span
    area = Rect(line.rect.left, top, line.rect.width + 1, tall)

    def draw(fine: pygame.Surface, by: int) -> None:
        round_ = sheet.pen.px(3) * by

        def bar(start: float, stop: float, ink: Colour) -> None:
            left = (line.x(start) - area.left) * by
            wide = max((line.x(stop) - line.x(start)) * by, by)
            pygame.draw.rect(fine, ink, (left, 0, wide, tall * by), border_radius=round_)

        bar(0.0, line.end, _TRACK)
        for start, stop in falls:
            bar(start, min(stop, line.end), colour)

    sheet.pen.smooth(sheet.surface, area, draw)


def _end(sheet: Sheet, line: Line, walk: Walk) -> None:
    """Marks where the walk ends, if it ends before its time."""
    if walk.ended == "finished":
        return
    pen, x = sheet.pen, round(line.x(line.end))
    ink = mix(VERMILION, INK, 0.15)
    sheet.surface.fill(ink, (x, line.rect.top, max(pen.px(2), 1), line.rect.height))
    path = f"panels.steps.{walk.ended}"
    words = say(path if known(path) else "panels.steps.ended", time=plain(walk.seconds))
    at = x + pen.px(10), line.rect.centery - pen.height(TITLE) / 2
    wide = pen.width(words, TITLE, True)
    if at[0] + wide <= line.rect.right:
        sheet.surface.fill(CARD, (at[0] - pen.px(4), at[1], wide + pen.px(8), pen.height(TITLE)))
        pen.text(sheet.surface, words, at, TITLE, ink, bold=True)
