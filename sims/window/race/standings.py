"""Who leads a race at this moment, in metres and in hip heights."""

from __future__ import annotations

from collections.abc import Hashable

import pygame
from pygame import Rect

from sims.genomes.verdict import Verdict
from sims.live.field import Race, Racer
from sims.window.palette import CARD, HAIR, INK, LIT, SERIES, SOFT, mix
from sims.window.panels.axes import plain
from sims.window.panels.marks import PAD, SMALL, placeholder, title
from sims.window.pen import Pen
from sims.window.player.badge import draw_badge
from sims.window.sentences import far
from sims.window.sheet import Sheet
from sims.window.view import Follow, View
from sims.window.words import known, say

_BADGE = 10
"""Points: the size of what is written on badges."""
_MOST = 74
"""Points: how high a row is at most."""


class Standings:
    """A row for each racer, the leader on top; a click follows it."""

    def key(self, view: View) -> Hashable:
        """See `Panel`."""
        race = view.race
        if race is None:
            return None
        return race, tuple(race.order(view.playback.time)), view.looks.followed

    def draw(self, sheet: Sheet, view: View) -> None:
        """Draws the names; numbers, which change with every frame, go over them."""
        race = view.race
        head = title(sheet, say("race.standings.title"))
        if race is None:
            placeholder(sheet, say("race.standings.empty"), head.bottom)
            return
        for row, i in zip(
            _rows(sheet.rect, sheet.pen, race), race.order(view.playback.time), strict=True
        ):
            if i == view.looks.followed:
                sheet.pen.card(sheet.surface, row, LIT, 6)
            _row(sheet, row, race, i)
            sheet.hot(row, Follow(i), say("race.standings.tip"))
        _notes(sheet, race)

    def over(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View) -> None:
        """Writes the numbers of this moment."""
        race, time = view.race, view.playback.time
        if race is None:
            return
        metres, hips = race.places(time), race.places(time, in_hips=True)
        for row, i in zip(_rows(Rect((0, 0), rect.size), pen, race), race.order(time), strict=True):
            at = row.move(rect.topleft)
            _numbers(surface, at, pen, race.racers[i], time, (metres[i], hips[i]))


def _rows(rect: Rect, pen: Pen, race: Race) -> list[Rect]:
    top = pen.px(32)
    room = rect.height - top - pen.px(8) - pen.px(18) * min(len(race.notes), 2)
    tall = min(room // len(race.racers), pen.px(_MOST))
    edge = pen.px(5)
    return [
        Rect(edge, top + place * tall, rect.width - 2 * edge, tall - pen.px(2))
        for place in range(len(race.racers))
    ]


def _row(sheet: Sheet, row: Rect, race: Race, i: int) -> None:
    pen, racer = sheet.pen, race.racers[i]
    bar = Rect(row.left + pen.px(3), row.top + pen.px(4), pen.px(5), row.height - pen.px(8))
    pygame.draw.rect(sheet.surface, SERIES[i], bar, border_radius=pen.px(2))
    left = bar.right + pen.px(7)
    room = row.right - left - pen.px(4)
    pen.text(sheet.surface, racer.name, (left, row.top + pen.px(3)), 13, INK, True, room=room)
    sheet.surface.fill(HAIR, (row.left, row.bottom, row.width, 1))
    if racer.walk.verdict is not None:
        place = _badge_place(pen, row, racer, racer.walk.verdict)
        if place.top <= row.top + pen.px(3) or place.top >= _last_line(pen, row):
            draw_badge(sheet.surface, pen, racer.walk.verdict, place.topleft, _BADGE)


def _badge_place(pen: Pen, row: Rect, racer: Racer, verdict: Verdict) -> Rect:
    """Returns where the badge is: beside the name, or at the end of the last line where a long name leaves no room."""
    place = Rect(0, row.top + pen.px(3), pen.width(verdict.words, _BADGE, True) + pen.px(18), 0)
    place.height = pen.height(_BADGE) + pen.px(5)
    place.right = row.right - pen.px(2)
    if row.left + pen.px(15) + pen.width(racer.name, 13, True) + pen.px(8) > place.left:
        place.bottom = row.bottom - pen.px(2)
    return place


def _last_line(pen: Pen, row: Rect) -> int:
    """Returns the upper edge of the line that says what a racer is doing."""
    return row.top + pen.px(4) + pen.height(13) + pen.height(14)


def _numbers(
    surface: pygame.Surface,
    row: Rect,
    pen: Pen,
    racer: Racer,
    time: float,
    places: tuple[int, int],
) -> None:
    left, y = row.left + pen.px(15), row.top + pen.px(3) + pen.height(13) + pen.px(1)
    if y + pen.height(15) > row.bottom + pen.px(6):
        return
    half = (row.width - pen.px(18)) // 2
    metres, hips = racer.metres(time), racer.hip_heights(time)
    values = (
        (say("race.standings.metres", far=far(metres, 1)), places[0]),
        (say("race.standings.hips", n=plain(hips)), places[1]),
    )
    for column, (words, place) in enumerate(values):
        x = left + column * half
        drawn = pen.text(surface, words, (x, y), 14, INK, bold=True)
        at = drawn.right + pen.px(5), y + pen.px(2)
        pen.text(surface, say(f"race.place.{place}"), at, SMALL, mix(SOFT, CARD, 0.05))
    under, right = _last_line(pen, row), row.right - pen.px(5)
    if racer.walk.verdict is not None:
        badge = _badge_place(pen, row, racer, racer.walk.verdict)
        right = badge.left - pen.px(5) if badge.bottom > under else right
    if under + pen.height(SMALL) <= row.bottom + pen.px(2):
        pen.text(surface, _state(racer, time), (left, under), SMALL, SOFT, room=right - left)


def _state(racer: Racer, time: float) -> str:
    """Returns what a racer is doing."""
    if racer.is_out(time):
        path = f"race.standings.{racer.walk.ended}"
        return say(path if known(path) else "race.standings.out", why=racer.walk.why)
    frame = racer.walk.trajectory.frame_time
    if time > racer.walk.seconds + frame:  # the recording of a shorter trial
        return say("race.standings.over")
    span = min(max(time, 0.25), racer.walk.seconds)
    speed = (racer.metres(span) - racer.metres(max(span - 0.5, 0.0))) / max(
        span - max(span - 0.5, 0.0), frame
    )
    return say("race.standings.speed", n=plain(speed))


def _notes(sheet: Sheet, race: Race) -> None:
    pen = sheet.pen
    for number, note in enumerate(race.notes[:2]):
        y = sheet.rect.height - pen.px(6) - pen.px(16) * (min(len(race.notes), 2) - number)
        room = sheet.rect.width - 2 * pen.px(PAD)
        pen.text(sheet.surface, note, (pen.px(PAD), y), SMALL, SOFT, room=room)
