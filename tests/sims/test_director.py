"""What is on stage and when, the clock of the picture, and where everything lies: values in, values out."""

import os
from dataclasses import replace
from itertools import combinations, groupby
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import numpy as np
import pytest
import window_small as small
from pygame import Rect

from sims.live.messages import AtTheGate, Crowned, WalkKey
from sims.window.camera import Camera
from sims.window.director import ACTS, Director
from sims.window.eye import Eye, followed, ground_under
from sims.window.layout import SMALLEST, layout
from sims.window.playback import MAX, SPEEDS, Playback
from sims.window.story import Story
from sims.window.theatre import ghosts, lanes

FRAME_S = 1.0 / 60.0
WALK_S = 3.0


def crowned(generation):
    return Crowned(Path("best.json"), generation, 5, 9.0, 0.9, True, "finished")


class Stage:
    """A director at work: its walks come as soon as they are wanted."""

    def __init__(self, story, walk_s=WALK_S):
        self.story = story
        self.director = Director()
        self.playback = Playback()
        self.walk_s = walk_s
        self._on = None
        self.seen = []
        """Each (card, walk) in turn."""

    def run(self, seconds):
        for _ in range(round(seconds / FRAME_S)):
            self.playback.tick(FRAME_S)
            self.director.tick(self.story, self.playback, FRAME_S)
            if self.director.key != self._on:
                self._on = self.director.key
                self.playback.load(self.walk_s, FRAME_S)
            now = self.director.act, self.director.key
            if not self.seen or self.seen[-1] != now:
                self.seen.append(now)
        return self

    def live(self):
        """Past the staged first generation."""
        self.run(FRAME_S).director.go_live(self.story)
        return self


# The director.


def test_before_there_is_anything_it_guesses_and_then_scores():
    stage = Stage(Story()).run(1.0)
    assert stage.seen == [("guess", None)]
    stage.story.take(small.ready())
    assert stage.run(5.0).seen[1:] == [("score", None)]


def test_the_first_generation_is_told_card_by_card():
    stage = Stage(small.story(1)).run(25.0)
    assert stage.seen[:4] == [
        ("guess", WalkKey(1, "middle")),
        ("score", WalkKey(1, "worst")),
        ("keep", WalkKey(1, "best")),
        ("change", WalkKey(1, "best")),
    ]


def test_every_scene_can_be_read_however_short_the_walk():
    stage = Stage(small.story(1), walk_s=0.1).run(3.9)
    assert stage.director.scene == 0
    assert stage.run(0.3).director.scene == 1


def test_every_walk_of_the_first_generation_is_seen_to_its_end():
    stage = Stage(small.story(1), walk_s=10.0).run(10.5)
    assert stage.director.scene == 0


def test_a_pause_holds_the_first_generation():
    stage = Stage(small.story(1)).run(1.0)
    stage.playback.paused = True
    assert stage.run(30.0).director.scene == 0


def test_the_cards_tell_of_the_first_generation_while_it_is_staged():
    stage = Stage(small.story(40)).run(1.0)
    assert stage.director.facts(stage.story).number == 1
    stage.director.go_live(stage.story)
    assert stage.director.facts(stage.story).number == 40


def test_after_the_first_generation_the_newest_comes_on_stage():
    stage = Stage(small.story(7)).run(25.0)
    assert stage.director.scene == -1
    assert stage.director.key == WalkKey(7)
    stage.story.take(small.facts(8))
    stage.story.take(small.facts(9))
    assert stage.run(WALK_S + 2.0).director.key == WalkKey(9)


def test_a_walk_is_seen_to_its_end_and_stands_a_moment_before_the_next_comes():
    stage = Stage(small.story(1)).live()
    stage.run(0.5)
    stage.story.take(small.facts(2))
    assert stage.run(WALK_S).director.key == WalkKey(1)
    assert stage.run(2.0).director.key == WalkKey(2)


def test_when_nothing_newer_has_come_the_walk_begins_again():
    stage = Stage(small.story(3)).live()
    stage.run(WALK_S + 1.6)
    assert stage.director.key == WalkKey(3)
    assert stage.playback.time < 1.0


def test_what_is_pinned_stays():
    stage = Stage(small.story(5)).run(1.0)
    stage.director.pin(WalkKey(2, "worst"))
    stage.story.take(small.facts(6))
    stage.run(30.0)
    assert (stage.director.key, stage.director.live) == (WalkKey(2, "worst"), False)
    stage.director.go_live(stage.story)
    assert (stage.director.key, stage.director.live) == (WalkKey(6), True)


def test_a_run_that_is_taken_up_begins_with_its_newest_walk():
    story = Story()
    story.take(replace(small.ready(), past=tuple(small.facts(n) for n in range(1, 6))))
    assert Stage(story).run(0.1).director.key == WalkKey(5)


def test_one_goes_back_and_on_among_the_generations():
    story = small.story(4)
    director = Director(key=WalkKey(4))
    director.move(story, -1)
    assert (director.key, director.live) == (WalkKey(3), False)
    director.move(story, -9)
    assert director.key == WalkKey(1)
    director.move(story, 1)
    assert director.key == WalkKey(2)
    director.move(story, 99)
    assert (director.key, director.live) == (WalkKey(4), True)


def test_before_the_first_generation_there_is_nowhere_to_go():
    director = Director()
    director.move(small.story(0), -1)
    director.move(small.story(0), 1)
    director.next_walker()
    director.go_live(small.story(0))
    assert (director.key, director.live) == (None, True)


def test_the_next_walker_is_of_the_same_generation():
    director = Director(key=WalkKey(7))
    seen = []
    for _ in range(3):
        director.next_walker()
        seen.append(director.key)
    assert seen == [WalkKey(7, "middle"), WalkKey(7, "worst"), WalkKey(7, "best")]
    director.pin(WalkKey(7, "champion"))
    director.next_walker()
    assert director.key == WalkKey(7, "middle")


def test_the_loop_goes_round_once_for_every_generation_that_comes():
    stage = Stage(small.story(1)).live()
    for number in range(2, 5):
        stage.story.take(small.facts(number))
        stage.run(6.0)
    acts = [act for act, _ in groupby(act for act, _ in stage.seen)]
    assert acts == [*ACTS, *ACTS, *ACTS, "guess", "score"]
    assert stage.director.act == "score"  # until the next one comes


def test_at_the_gate_and_after_it_the_best_is_kept():
    stage = Stage(small.story(3)).live()
    stage.run(5.0)
    stage.story.take(AtTheGate(1, 3))
    assert stage.run(3.0).director.act == "keep"
    stage.story.take(crowned(2))
    stage.run(10.0)
    assert stage.director.act == "keep"
    assert stage.director.key == WalkKey(2, "champion")


def test_another_run_begins_from_the_beginning():
    stage = Stage(small.story(9)).run(40.0)
    stage.director.begin()
    assert stage.director == Director()


# Who is shown beside.


def test_the_lanes_are_the_first_the_tenth_the_fiftieth_and_the_present_one():
    seen = small.view(small.story(80), key=WalkKey(80))
    assert lanes(seen) == [WalkKey(1), WalkKey(10), WalkKey(50), WalkKey(80)]
    seen.key = WalkKey(10)
    assert lanes(seen) == [WalkKey(1), WalkKey(10)]
    seen.key = WalkKey(1, "worst")
    assert lanes(seen) == [WalkKey(1, "worst")]


def test_ghosts_are_earlier_ones_that_went_further_than_all_before():
    seen = small.view(small.story(30), key=WalkKey(20))
    found = ghosts(seen)
    assert 0 < len(found) <= 2
    assert all(key.generation < 20 for key in found)
    seen.looks.ghosts = False
    assert ghosts(seen) == []


# The clock of the picture.


def test_time_goes_by_at_the_speed_that_is_set():
    playback = Playback(length=10.0)
    playback.tick(1.0)
    playback.speed = 2.0
    playback.tick(1.0)
    assert playback.time == pytest.approx(3.0)
    playback.paused = True
    playback.tick(1.0)
    assert playback.time == pytest.approx(3.0)


def test_a_walk_ends_and_says_for_how_long_it_has():
    playback = Playback(length=1.0)
    playback.tick(0.9)
    assert not playback.ended
    playback.tick(0.9)
    assert (playback.time, playback.ended, playback.over) == (1.0, True, 0.0)
    playback.tick(0.5)
    assert playback.over == 0.5
    playback.restart()
    assert (playback.time, playback.over, playback.ended) == (0.0, 0.0, False)


def test_a_step_stands_still_on_a_frame():
    playback = Playback(length=1.0, frame=0.1)
    playback.seek(0.32)
    playback.step(1)
    assert (playback.time, playback.paused) == (pytest.approx(0.4), True)
    for _ in range(9):
        playback.step(-1)
    assert playback.time == 0.0
    playback.step(99)
    assert playback.time == 1.0


def test_one_never_leaves_the_walk():
    playback = Playback(length=2.0)
    playback.seek(-1.0)
    assert playback.time == 0.0
    playback.seek(9.0)
    assert playback.time == 2.0


def test_speeds_go_up_and_down_and_have_words():
    playback = Playback(speed=SPEEDS[0])
    said = [playback.speed_words]
    for _ in range(9):
        playback.faster(1)
        said.append(playback.speed_words)
    assert said[:8] == ["1/8×", "1/4×", "1/2×", "1×", "2×", "4×", "8×", "max"]
    assert playback.speed == MAX
    for _ in range(9):
        playback.faster(-1)
    assert playback.speed == SPEEDS[0]


def test_a_new_walk_begins_at_its_start():
    playback = Playback(length=1.0, time=1.0, over=3.0)
    playback.load(5.0, 0.02)
    assert (playback.time, playback.over, playback.length, playback.frame) == (0.0, 0.0, 5.0, 0.02)


# Metres and pixels.

CAMERA = Camera(left=-1.0, bottom=-0.5, scale=100.0, x=40, y=60, width=800, height=400)


def test_a_camera_turns_metres_into_pixels_and_back():
    assert (CAMERA.px(-1.0), CAMERA.py(-0.5)) == (40.0, 460.0)
    assert (CAMERA.right, CAMERA.top) == (7.0, 3.5)
    assert (CAMERA.px(CAMERA.right), CAMERA.py(CAMERA.top)) == (840.0, 60.0)
    world = np.array([[0.0, 0.0], [3.25, 1.5]])
    for (x, y), (px, py) in zip(world, CAMERA.points(world), strict=True):
        assert (px, py) == (CAMERA.px(x), CAMERA.py(y))
        assert CAMERA.world(px, py) == pytest.approx((x, y))


def test_a_camera_that_is_moved_sees_as_much():
    moved = CAMERA.moved(2.0)
    assert (moved.left, moved.right - moved.left) == (1.0, CAMERA.right - CAMERA.left)


SPAN = (-1.2, 0.0, 1.0, 0.7)
"""An animal 2.2 m long and 0.7 m tall."""


@pytest.mark.parametrize("size", [(600, 300), (1200, 500), (300, 900), (2000, 150)])
@pytest.mark.parametrize("tall", [0.3, 0.7, 4.0])
def test_the_usual_view_holds_the_whole_animal_and_the_ground(size, tall):
    span = (-1.2 * tall, 0.0, 1.0 * tall, tall)
    camera = Eye().camera(Rect(10, 20, *size), span, at=5.0)
    assert camera.left <= 5.0 + span[0]
    assert camera.right >= 5.0 + span[2]
    assert camera.top >= tall
    assert camera.bottom < 0.0
    assert (camera.left + camera.right) / 2 == pytest.approx(5.0 + (span[0] + span[2]) / 2)


def test_the_eye_comes_closer_within_limits_and_goes_home():
    eye = Eye()
    near = eye.camera(Rect(0, 0, 800, 400), SPAN, 0.0).scale
    for _ in range(60):
        eye.zoomed(1.25)
    assert eye.camera(Rect(0, 0, 800, 400), SPAN, 0.0).scale == pytest.approx(8.0 * near)
    for _ in range(90):
        eye.zoomed(0.8)
    assert eye.zoom == 0.125
    eye.shift = 3.0
    eye.home()
    assert (eye.zoom, eye.shift) == (1.0, 0.0)


def test_a_shift_looks_further_on():
    rect = Rect(0, 0, 800, 400)
    before = Eye().camera(rect, SPAN, 0.0)
    assert Eye(shift=2.0).camera(rect, SPAN, 0.0).left == pytest.approx(before.left + 2.0)


def test_the_eye_follows_without_jumps_from_the_first_frame_to_the_last():
    walk = small.walk()
    times = np.linspace(0.0, walk.seconds, 200)
    path = np.array([followed(walk, time) for time in times])
    real = np.interp(times, np.arange(len(walk.com)) * walk.trajectory.frame_time, walk.com[:, 0])
    assert path[0] == pytest.approx(walk.com[0, 0])
    assert path[-1] == pytest.approx(walk.com[-1, 0], abs=1e-3)
    assert np.abs(path - real).max() < 0.2
    assert np.abs(np.diff(path)).max() < 0.05


def test_the_ground_is_known_everywhere():
    walk = small.walk()
    low, high = walk.land_y.min(), walk.land_y.max()
    for x in (walk.land_x[0] - 100.0, float(walk.com[0, 0]), walk.land_x[-1] + 100.0):
        assert low <= ground_under(walk, x) <= high


# Where everything lies.

SIZES = [
    *((960, 600), (1280, 720), (1366, 768), (1024, 768), (1920, 1080), (960, 2160)),
    *((2560, 1440), (3840, 2160), (3840, 600), (3440, 1440), (1000, 601), (1439, 899)),
]


def scales(size):
    """Pixels in a point: from the least to the most that leaves room for the smallest window."""
    most = min(size[0] / SMALLEST[0], size[1] / SMALLEST[1])
    return sorted({1.0, 0.75, most, (1.0 + most) / 2})


@pytest.mark.parametrize("charts", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_panels_lie_inside_the_window_and_never_on_each_other(size, charts):
    for scale in scales(size):
        places = layout(size, scale, charts)
        window = Rect(0, 0, *size)
        names = ["top", "loop", "stage", "steps", "strip"]
        names += ["chart", "card", "genes"] if charts else []
        rects = {name: getattr(places, name) for name in names}
        assert places.window == window
        for name, rect in rects.items():
            assert window.contains(rect), (name, scale)
            assert rect.width > 0, (name, scale)
            assert rect.height > 0, (name, scale)
        overlaps = [(a, b) for a, b in combinations(rects, 2) if rects[a].colliderect(rects[b])]
        assert overlaps == []


@pytest.mark.parametrize("size", SIZES)
def test_the_stage_is_the_largest_of_all_and_grows_without_charts(size):
    for scale in scales(size):
        places = layout(size, scale)
        stage = places.stage.width * places.stage.height
        others = ("top", "loop", "steps", "strip", "chart", "card", "genes")
        assert all(stage > getattr(places, n).width * getattr(places, n).height for n in others)
        assert layout(size, scale, charts=False).stage.width > places.stage.width
        assert places.stage.height >= 200 * scale


@pytest.mark.parametrize("size", SIZES)
def test_panels_that_are_switched_off_have_no_width(size):
    places = layout(size, 1.0, charts=False)
    assert {places.chart.width, places.card.width, places.genes.width} == {0}
