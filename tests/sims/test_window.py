"""The real window without a screen, driven by the events that SDL would send: keys, the mouse, a new size."""

import os
import random
import signal
import time

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame
import pytest
import sims_small as small
from film_small import decoded

from creatures.assemble import assemble
from creatures.species import load_species
from sims.genomes.record import read_genome, write_genome
from sims.genomes.replay import check
from sims.live.messages import WalkKey
from sims.platform import platform
from sims.runs.asked import Asked
from sims.runs.run import resume
from sims.window.app import App, Options
from sims.window.input import action_of
from sims.window.keys import BY_NAME, actions
from sims.window.playback import MAX
from sims.window.theatre import lanes
from sims.window.view import Act, Begin, Choose, See
from sims.window.watching import Watching
from sims.window.words import say

PATIENCE_S = 60.0
FRAME_S = 1.0 / 60.0
CTRL, SHIFT, ALT = pygame.KMOD_LCTRL, pygame.KMOD_LSHIFT, pygame.KMOD_LALT
ACTIONS = actions("watch")
KEYS = [(action.name, key) for action in ACTIONS for key in action.keys]
OVERLAYS = ("help", "lesson", "family", "knobs", "dinosaurs")
SWITCHES = (
    *("pause", "follow", "muscles", "bones", "ghosts", "charts", "hide", "side_by_side", "rest"),
    *("joints", "feet", "forces", "path", "full_screen"),
)
ENOUGH = 12
"""Generations: more than the ten that lanes reach back to."""


def opened(out, **changes):
    """A window on a small run."""
    species = load_species("velociraptor")
    asked = Asked("velociraptor", None, 100_000, "ga", None, (), 0.6, ("population=4",), out, 0)
    return App(lambda: Watching(asked, (assemble(species), species.look)), Options(**changes))


def until(app, wanted, elapsed=FRAME_S):
    """Lets frames go by until something is so."""
    end = time.monotonic() + PATIENCE_S
    while not wanted(app):
        assert time.monotonic() < end, "it did not come to that"
        app.frame(elapsed)
        time.sleep(0.002)
    return app


def frames(app, seconds, elapsed=0.05):
    """Lets so many seconds of the watcher's time go by, as fast as they can be drawn."""
    for _ in range(round(seconds / elapsed)):
        app.frame(elapsed)


def generations(app):
    return len(app.desk.view.story.generations)


def shown(app):
    """Whether the walk that is wanted is on stage."""
    view = app.desk.view
    return view.walk is not None and view.walk.key == app.desk.director.key


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """The physics, once: what runs in another process finds it on the disk."""
    platform()


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A window whose run rests after some generations, and what was staged on the way."""
    app = opened(tmp_path_factory.mktemp("window") / "run")
    until(app, lambda app: generations(app) >= 1)
    press(app, "e")
    scenes = []

    def staged(app):
        director, view = app.desk.director, app.desk.view
        if director.scene >= 0 and shown(app):
            scene = director.scene, director.act, view.walk.key
            if scene not in scenes:
                scenes.append(scene)
        return director.scene < 0

    until(app, staged, 0.1)
    press(app, "e")
    until(app, lambda app: generations(app) >= ENOUGH)
    press(app, "e")
    time.sleep(0.2)
    app.frame(0.0)
    yield app, scenes
    app._close()


@pytest.fixture
def app(told):
    """That window as if it had just been opened, with a walk on stage that stands still at its beginning."""
    app = told[0]
    looks, playback = app.desk.looks, app.desk.view.playback
    looks.overlay, looks.hidden, looks.lanes = "", False, False
    looks.muscles = looks.ghosts = looks.charts = looks.follow = True
    looks.bones = looks.forces = looks.path = False
    looks.joints = looks.feet = True
    app.acts.size, app.acts.full_screen, app.acts.film = 1.0, False, None
    app.desk.eye.home()
    app.desk.director.pin(WalkKey(2))
    app.desk.view.mouse = None
    app._window.size = (1280, 720)
    until(app, shown)
    playback.speed, playback.paused = 1.0, True
    playback.seek(0.0)
    pygame.event.clear()
    app.frame(0.0)
    return app


def press(app, key, letter=None, held=0):
    """Presses a key by its name in `ACTIONS`, and draws a frame in which no time goes by."""
    *controls, last = key.split(":")
    held |= CTRL if controls else 0
    letter = (last if len(last) == 1 else "") if letter is None else letter
    code = pygame.key.key_code(last)
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=code, unicode=letter, mod=held))
    app.frame(0.0)


def move(app, at, rel=(0, 0)):
    pygame.event.post(pygame.Event(pygame.MOUSEMOTION, pos=at, rel=rel, buttons=(0, 0, 0)))
    app.frame(0.0)


def down(app, at):
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    app.frame(0.0)


def up(app, at):
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
    app.frame(0.0)


def click(app, at):
    down(app, at)
    up(app, at)


def place(app, intent):
    """Where in the window a click means something."""
    screen = app.desk.screen
    for frame in (screen._transport, *screen._panels.values(), *screen._over.values()):
        for hot in frame._sheet.hots if frame._sheet else ():
            if not hot.drag and hot.at(*hot.rect.center) == intent:
                return hot.rect.move(frame.rect.topleft).center
    raise AssertionError(f"nowhere in the window means {intent}")


def bar(app, number):
    """Where in the window the bar of a generation is."""
    frame = app.desk.screen._panels["strip"]
    left, wide = frame.panel.row.span(frame.panel.row.place(number))
    return frame.rect.x + left + wide // 2, frame.rect.y + frame.panel.row.rect.bottom - 2


def picture(app):
    app.frame(0.0)
    return pygame.image.tobytes(app._window.get_surface(), "RGB")


def saved(app):
    return sorted((app.desk.view.story.folder / "saved").glob("*"))


# Every action by its keys.

CHANGED = {
    "pause": lambda app: app.desk.view.playback.paused,
    "step": lambda app: app.desk.view.playback.time,
    "step_back": lambda app: app.desk.view.playback.time,
    "faster": lambda app: app.desk.view.playback.speed,
    "slower": lambda app: app.desk.view.playback.speed,
    "normal_speed": lambda app: app.desk.view.playback.speed,
    "top_speed": lambda app: app.desk.view.playback.speed,
    "again": lambda app: app.desk.view.playback.time,
    "live": lambda app: app.desk.view.live,
    "earlier": lambda app: app.desk.view.key,
    "later": lambda app: app.desk.view.key,
    "next_walker": lambda app: app.desk.view.key,
    "side_by_side": lambda app: app.desk.looks.lanes,
    "follow": lambda app: app.desk.looks.follow,
    "zoom_in": lambda app: app.desk.eye.zoom,
    "zoom_out": lambda app: app.desk.eye.zoom,
    "home": lambda app: (app.desk.eye.zoom, app.desk.eye.shift, app.desk.looks.follow),
    "muscles": lambda app: app.desk.looks.muscles,
    "bones": lambda app: app.desk.looks.bones,
    "joints": lambda app: app.desk.looks.joints,
    "feet": lambda app: app.desk.looks.feet,
    "forces": lambda app: app.desk.looks.forces,
    "path": lambda app: app.desk.looks.path,
    "ghosts": lambda app: app.desk.looks.ghosts,
    "charts": lambda app: app.desk.looks.charts,
    "hide": lambda app: app.desk.looks.hidden,
    "lesson": lambda app: app.desk.looks.overlay,
    "family": lambda app: app.desk.looks.overlay,
    "knobs": lambda app: app.desk.looks.overlay,
    "rest": lambda app: app.desk.looks.resting,
    "dinosaurs": lambda app: app.desk.looks.overlay,
    "save": saved,
    "picture": saved,
    "film": lambda app: app.acts.film,
    "help": lambda app: app.desk.looks.overlay,
    "full_screen": lambda app: app._is_full,
    "larger": lambda app: app._pen.scale,
    "smaller": lambda app: app._pen.scale,
    "close_panel": lambda app: app.desk.looks.overlay,
    "quit": lambda app: app.acts.quit,
}
"""Action -> what of the window it changes."""


def half_way(app):
    """A moment from which every action has something to change."""
    app.desk.view.playback.seek(0.3)
    app.desk.view.playback.speed = 2.0
    app.desk.eye.zoom, app.desk.eye.shift = 1.5, 0.3
    app.frame(0.0)


def test_every_action_is_tried():
    assert set(CHANGED) == {action.name for action in ACTIONS}


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[f"{name} {key}" for name, key in KEYS])
def test_a_key_changes_what_it_says(name, key, app):
    half_way(app)
    if name == "close_panel":
        press(app, "f1")
    if name == "smaller":  # it is as small as it may be in a small window
        app._window.size = (1920, 1080)
        app.frame(0.0)
    before = CHANGED[name](app)
    press(app, key)
    app.frame(0.0)
    assert CHANGED[name](app) != before
    if name in ("rest", "film"):
        press(app, key)
    app.acts.quit = False


@pytest.mark.parametrize(
    "name",
    [*SWITCHES, *OVERLAYS],
)
def test_the_same_key_takes_it_back(name, app):
    before = CHANGED[name](app)
    press(app, BY_NAME[name].keys[0])
    press(app, BY_NAME[name].keys[0])
    app.frame(0.0)
    assert CHANGED[name](app) == before


def test_keys_go_the_way_they_say(app):
    playback, eye = app.desk.view.playback, app.desk.eye
    for key, wanted in (("+", 2.0), ("+", 4.0), ("0", MAX), ("-", 8.0), ("1", 1.0), ("-", 0.5)):
        press(app, key)
        assert playback.speed == wanted
    press(app, ".")
    press(app, ".")
    assert playback.time == pytest.approx(2 * playback.frame)
    press(app, ",")
    assert playback.time == pytest.approx(playback.frame)
    press(app, "r")
    assert (playback.time, playback.paused) == (0.0, False)
    press(app, "page up")
    assert eye.zoom > 1.0
    press(app, "page down")
    press(app, "page down")
    assert eye.zoom < 1.0
    press(app, "home")
    assert (eye.zoom, eye.shift) == (1.0, 0.0)
    press(app, "right")
    assert app.desk.view.key == WalkKey(3)
    for _ in range(4):
        press(app, "left")
    assert app.desk.view.key == WalkKey(1)
    seen = []
    for _ in range(3):
        press(app, "tab")
        seen.append(app.desk.view.key.who)
    assert seen == ["middle", "worst", "best"]


def test_past_the_newest_generation_it_is_live_again(app):
    app.desk.director.pin(WalkKey(generations(app)))
    press(app, "right")
    assert app.desk.view.live


LOOKS = ("muscles", "joints", "bones", "feet", "forces", "path", "charts", "hide", "side_by_side")


@pytest.mark.parametrize("name", [*LOOKS, *OVERLAYS])
def test_what_is_switched_is_seen(name, app):
    half_way(app)
    until(app, lambda app: not app.desk._wishes(app.desk.view.key, True), 0.0)
    before = picture(app)
    assert picture(app) == before  # when nothing happens, nothing changes
    press(app, BY_NAME[name].keys[0])
    assert picture(app) != before
    press(app, BY_NAME[name].keys[0])
    app.desk.view.playback.paused = True
    app.desk.view.playback.seek(0.3)
    assert picture(app) == before


@pytest.mark.parametrize("name", OVERLAYS)
def test_escape_closes_a_panel_and_never_the_window(name, app):
    press(app, BY_NAME[name].keys[0])
    assert app.desk.looks.overlay == name
    press(app, "escape")
    assert app.desk.looks.overlay == ""
    press(app, "escape")
    assert not app.acts.quit


@pytest.mark.parametrize("kind", ["QUIT", "WINDOWCLOSE"])
def test_the_cross_of_the_window_closes_it(kind, app):
    pygame.event.post(pygame.Event(getattr(pygame, kind)))
    app.frame(0.0)
    assert app.acts.quit
    app.acts.quit = False


# What a key press means.


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[f"{name} {key}" for name, key in KEYS])
@pytest.mark.parametrize("lock", [0, pygame.KMOD_NUM, pygame.KMOD_CAPS])
def test_every_key_in_the_table_is_understood(name, key, lock):
    *controls, last = key.split(":")
    code = pygame.key.key_code(last)
    assert action_of(code, "", (CTRL if controls else 0) | lock) == name
    if len(last) == 1:
        assert action_of(code, last.upper(), (CTRL if controls else 0) | lock) == name


@pytest.mark.parametrize(
    ("code", "letter", "held", "name"),
    [
        (pygame.K_EQUALS, "+", SHIFT, "faster"),  # American
        (pygame.K_PLUS, "+", 0, "faster"),  # German
        (pygame.K_RIGHTBRACKET, "+", 0, "faster"),
        (pygame.K_SEMICOLON, "+", SHIFT, "faster"),  # Japanese
        (pygame.K_KP_PLUS, "+", 0, "faster"),
        (pygame.K_6, "-", 0, "slower"),  # French
        (pygame.K_SLASH, "?", SHIFT, "help"),
        (pygame.K_COMMA, "?", SHIFT, "help"),
        (0xDF, "?", SHIFT, "help"),
        (pygame.K_0, "=", SHIFT, "faster"),  # German
        (pygame.K_AMPERSAND, "1", SHIFT, "normal_speed"),
        (pygame.K_SEMICOLON, ".", SHIFT, "step"),
        (pygame.K_m, "M", SHIFT, "muscles"),
        (pygame.K_EQUALS, "+", SHIFT | CTRL, "larger"),
        (pygame.K_PLUS, "+", CTRL, "larger"),
        (pygame.K_q, "\x11", CTRL, "quit"),
        (pygame.K_q, "q", 0, None),
        (pygame.K_s, "\x13", CTRL, None),
        (pygame.K_F4, "", ALT, None),
        (pygame.K_TAB, "\t", ALT, None),
        (pygame.K_LSHIFT, "", SHIFT, None),
        (0, "", 0, None),
        (0, "é", 0, None),
    ],
)
def test_a_letter_is_understood_wherever_it_lies_on_the_keyboard(code, letter, held, name):
    assert action_of(code, letter, held) == name


@pytest.mark.parametrize(
    ("code", "letter", "held", "place", "name"),
    [
        (0x44C, "ь", 0, pygame.KSCAN_M, "muscles"),  # Russian: the place of the key counts
        (0x44C, "Ь", SHIFT, pygame.KSCAN_M, "muscles"),
        (0x439, "", CTRL, pygame.KSCAN_Q, "quit"),
        (pygame.K_SLASH, ".", 0, pygame.KSCAN_SLASH, "step"),
        (0x439, "й", 0, pygame.KSCAN_Q, None),
        (pygame.K_x, "x", 0, pygame.KSCAN_Q, None),  # French: what is written counts
    ],
)
def test_letters_that_are_not_latin_have_the_places_of_those_that_are(
    code, letter, held, place, name
):
    assert action_of(code, letter, held, place) == name


# Files that are dropped on it, and films of it.


def test_a_genome_that_is_dropped_plays_while_the_run_goes_on_and_escape_goes_back(app, tmp_path):
    write_genome(tmp_path / "walker.json", small.a_genome())
    below, made = app.desk, generations(app)
    press(app, "e")
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(tmp_path / "walker.json")))
    app.frame(0.0)
    until(app, lambda app: app.desk.view.walk is not None)
    assert app.desk is not below, below.screen.hud._notice
    assert app.desk.view.walk.verdict.words == "EXACT", app.desk.view.walk.verdict
    until(app, lambda _: len(below.view.story.generations) > made)
    press(app, "escape")
    app.frame(0.0)
    assert app.desk is below
    press(app, "e")
    time.sleep(0.2)
    app.frame(0.0)


def test_a_dropped_file_that_is_no_genome_leaves_the_run_on_screen_and_says_why(app, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear dinosaur")
    below = app.desk
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(tmp_path / "letter.txt")))
    app.frame(0.0)
    until(app, lambda app: app.desk is below)
    assert "letter.txt: not JSON" in below.screen.hud._notice


def test_v_films_what_is_shown_and_v_again_ends_the_film(app):
    before = saved(app)
    press(app, "v")
    for _ in range(20):
        app.frame(1.0 / 30.0)
    press(app, "v")
    app.frame(0.0)
    (path,) = (path for path in saved(app) if path not in before)
    assert path.suffix == ".mp4"
    said, found = decoded(path)
    assert said["size"] == (1280, 720)
    assert len(found) == pytest.approx(21, abs=2)
    assert str(path) in app.desk.screen.hud._notice


# The mouse.


def test_a_click_on_a_bar_puts_that_generation_on_stage_and_keeps_it_there(app):
    click(app, bar(app, 5))
    assert app.desk.view.key == WalkKey(5)
    assert not app.desk.view.live
    until(app, shown)
    assert app.desk.view.walk.key == WalkKey(5)


def test_dragging_over_the_strip_looks_at_one_generation_after_the_other(app):
    down(app, bar(app, 3))
    for number in (4, 6, 9):
        move(app, bar(app, number))
        assert app.desk.view.key == WalkKey(number)
    up(app, bar(app, 9))
    move(app, bar(app, 4))
    assert app.desk.view.key == WalkKey(9)


def test_a_click_on_the_chart_puts_that_generation_on_stage(app):
    frame = app.desk.screen._panels["chart"]
    x = round(frame.panel._other.plot.across.x(7))
    click(app, (frame.rect.x + x, frame.rect.centery))
    assert app.desk.view.key == WalkKey(7)


def test_a_click_on_the_steps_goes_to_that_moment(app):
    frame = app.desk.screen._panels["steps"]
    line = frame.panel.line
    click(app, (round(frame.rect.x + line.x(line.end / 2)), frame.rect.centery))
    assert app.desk.view.playback.time == pytest.approx(line.end / 2, abs=0.02)


def test_the_stops_and_live_do_what_they_say(app):
    click(app, place(app, See(WalkKey(10))))
    assert app.desk.view.key == WalkKey(10)
    assert not app.desk.view.live
    click(app, place(app, Act("live")))
    assert app.desk.view.live
    assert app.desk.view.key == WalkKey(generations(app))


@pytest.mark.parametrize("name", ["lesson", "family", "knobs", "dinosaurs", "help"])
def test_the_buttons_at_the_top_open_their_panel_and_close_it(name, app):
    click(app, place(app, Act(name)))
    assert app.desk.looks.overlay == name
    other = "lesson" if name == "help" else "help"
    buttons = app.desk.screen._panels["top"]
    (hot,) = (hot for hot in buttons._sheet.hots if hot.at(0, 0) == Act(other))
    click(app, hot.rect.move(buttons.rect.topleft).center)
    assert app.desk.looks.overlay == other
    (hot,) = (hot for hot in buttons._sheet.hots if hot.at(0, 0) == Act(other))
    click(app, hot.rect.move(buttons.rect.topleft).center)
    assert app.desk.looks.overlay == ""


@pytest.mark.parametrize("name", ["save", "picture"])
def test_the_buttons_at_the_top_save(name, app):
    before = saved(app)
    click(app, place(app, Act(name)))
    assert len(saved(app)) == len(before) + 1


@pytest.mark.parametrize(
    "name",
    [
        *("again", "step_back", "pause", "step", "slower", "faster", "normal_speed"),
        *("muscles", "bones", "ghosts", "follow", "side_by_side"),
    ],
)
def test_the_buttons_on_the_stage_do_what_they_say(name, app):
    half_way(app)
    before = CHANGED[name](app)
    click(app, place(app, Act(name)))
    assert CHANGED[name](app) != before


@pytest.mark.parametrize("name", [one.name for one in ACTIONS if one.name not in ("quit", "rest")])
def test_a_click_on_a_line_of_the_help_does_it(name, app):
    half_way(app)
    if name == "smaller":  # it is as small as it may be in a small window
        app._window.size = (1920, 1080)
    press(app, "f1")
    before = CHANGED[name](app)
    frame = app.desk.screen._over["help"]
    hot = next(hot for hot in frame._sheet.hots if hot.at(0, 0) == Act(name))
    click(app, hot.rect.move(frame.rect.topleft).center)
    app.frame(0.0)
    assert CHANGED[name](app) != before


def test_a_click_beside_a_panel_closes_it_and_does_nothing_else(app):
    press(app, "k")
    rect = app.desk.screen._over["knobs"].rect
    click(app, (rect.left + 6, rect.bottom - 6))
    assert app.desk.looks.overlay == "knobs"
    before = app.desk.view.key
    click(app, bar(app, 7))
    assert app.desk.looks.overlay == ""
    assert app.desk.view.key == before


def test_a_knob_that_is_turned_reaches_the_run(app):
    press(app, "k")
    click(app, place(app, Choose("spread", 2.0)))
    frame = app.desk.screen._over["knobs"]
    turns = [hot for hot in frame._sheet.hots if type(hot.at(0, 0)).__name__ == "Turn"]
    click(app, turns[0].rect.move(frame.rect.topleft).center)
    before = len(app.desk.view.story.turns)
    press(app, "e")
    until(app, lambda app: len(app.desk.view.story.turns) > before)
    press(app, "e")
    assert (app.desk.view.story.folder / "knobs.jsonl").exists()


def test_a_slider_that_is_held_is_the_only_one_that_moves(app):
    press(app, "k")
    frame = app.desk.screen._over["knobs"]
    knobs = frame.panel
    sliders = {}
    for hot in frame._sheet.hots:
        if hot.drag:
            sliders[hot.at(*hot.rect.center).what] = hot.rect.move(frame.rect.topleft)
    gravity = sliders.pop("gravity")
    other = next(iter(sliders.values()))
    down(app, gravity.center)
    move(app, (gravity.centerx + 20, other.centery))
    held = knobs.gravity
    move(app, (other.centerx, other.centery))
    up(app, other.center)
    weights = dict(knobs.weights)
    knobs.choose(Choose("back"), app.desk.view)
    assert held is not None
    assert weights == {}


def test_the_stage_is_dragged(app):
    stage = app.desk.screen.places.stage
    scale = app.desk.screen.theatre.camera_scale
    before = picture(app)
    down(app, stage.center)
    move(app, (stage.centerx - 80, stage.centery), (-80, 0))
    assert app.desk.eye.shift == pytest.approx(80 / scale)
    assert picture(app) != before
    up(app, stage.center)
    move(app, stage.center, (80, 0))
    assert app.desk.eye.shift == pytest.approx(80 / scale)


def test_the_wheel_zooms_over_the_stage_and_nowhere_else(app):
    move(app, app.desk.screen.places.stage.center)
    for turns in (1, -2):
        before = app.desk.eye.zoom
        pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, x=0, y=turns))
        app.frame(0.0)
        assert (app.desk.eye.zoom > before) == (turns > 0)
    move(app, app.desk.screen.places.card.center)
    before = app.desk.eye.zoom
    pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, x=0, y=1))
    app.frame(0.0)
    assert app.desk.eye.zoom == before


def test_what_is_under_the_mouse_is_explained(app):
    before = picture(app)
    move(app, place(app, Act("muscles")))
    assert picture(app) != before
    pygame.event.post(pygame.Event(pygame.WINDOWLEAVE))
    assert picture(app) == before


def test_other_buttons_of_the_mouse_do_nothing(app):
    at = place(app, Act("muscles"))
    for button in (2, 3, 4, 5, 8):
        pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button))
    app.frame(0.0)
    assert app.desk.looks.muscles


# The window itself.


@pytest.mark.parametrize(
    "size", [(960, 600), (1280, 720), (1920, 1080), (2560, 1080), (1000, 1600)]
)
def test_the_window_takes_any_size(size, app):
    for overlay in ("", *OVERLAYS):
        app.desk.looks.overlay = overlay
        app._window.size = size
        app.frame(0.0)
        surface = app._window.get_surface()
        assert surface.get_size() == size
        places = app.desk.screen.places
        for panel in (places.top, places.stage, places.strip, places.chart, places.card):
            assert panel.width > 0
            assert surface.get_rect().contains(panel)
    assert 1.0 <= app._pen.scale <= min(size[0] / 960, size[1] / 600)


def test_text_grows_and_shrinks_as_far_as_there_is_room(app):
    app._window.size = (1920, 1080)
    app.frame(0.0)
    usual = app._pen.scale
    for _ in range(9):
        press(app, "ctrl:+")
    assert usual < app._pen.scale <= 1.8
    for _ in range(14):
        press(app, "ctrl:-")
    assert 0.5 <= app._pen.scale < usual


def test_a_picture_is_saved_of_what_is_seen(app):
    before = saved(app)
    seen = picture(app)
    press(app, "p")
    (path,) = (path for path in saved(app) if path not in before)
    assert path.suffix == ".png"
    assert path.name.startswith("velociraptor-s1-gen0002")
    assert pygame.image.tobytes(pygame.image.load(path), "RGB") == seen
    assert path.name in app.desk.screen.hud._notice


def test_a_walk_is_saved_as_a_genome_that_walks_the_same_walk(app):
    before = saved(app)
    press(app, "s")
    press(app, "s")
    new = [path for path in saved(app) if path not in before]
    assert len(new) == 2
    for path in new:
        assert path.suffix == ".json"
        genome = read_genome(path)
        assert genome.origin.generation == 2
        assert check(genome).result == "EXACT"


def test_only_the_best_of_a_generation_can_be_saved(app):
    press(app, "tab")
    until(app, shown)
    before = saved(app)
    press(app, "s")
    assert saved(app) == before
    assert app.desk.screen.hud._notice == say("stage.notice.only_best", key="Tab")


@pytest.mark.parametrize("key", ["s", "p"])
def test_what_cannot_be_saved_is_said_to_be_so(key, app):
    folder = app.desk.view.story.folder / "saved"
    aside = folder.rename(folder.with_name("aside")) if folder.exists() else None
    folder.write_text("in the way")
    press(app, key)
    assert app.desk.screen.hud._notice.startswith("It could not be saved")
    folder.unlink()
    if aside is not None:
        aside.rename(folder)


# The run.


def test_the_first_generation_is_staged(told):
    assert [(number, act, key.who) for number, act, key in told[1]] == [
        (0, "guess", "middle"),
        (1, "score", "worst"),
        (2, "keep", "best"),
        (3, "change", "best"),
    ]
    assert {key.generation for _, _, key in told[1]} == {1}


def test_live_it_flows_to_newer_generations_and_pinned_it_stays(app):
    press(app, "e")
    made = generations(app)
    until(app, lambda app: generations(app) > made + 2)
    frames(app, 5.0)
    assert app.desk.view.key == WalkKey(2)  # pinned
    app.desk.view.playback.paused = False
    frames(app, 5.0)
    assert app.desk.view.key == WalkKey(2)
    press(app, "n")
    seen = set()
    acts = set()

    def flowed(app):
        acts.add(app.desk.view.act)
        if shown(app):
            seen.add(app.desk.view.walk.key.generation)
        return len(seen) >= 3

    until(app, flowed, 0.05)
    assert app.desk.view.live
    assert min(seen) > made
    press(app, "e")
    assert acts == {"guess", "score", "keep", "change"}


def test_side_by_side_shows_earlier_generations_beside_the_present_one(app):
    app.desk.director.pin(WalkKey(12))
    app.frame(0.0)
    press(app, "o")
    wanted = [WalkKey(1), WalkKey(10), WalkKey(12)]
    assert lanes(app.desk.view) == wanted
    story = app.desk.view.story
    until(app, lambda _: all(story.walk(key) is not None for key in wanted))
    assert len({story.walk(key).guess for key in wanted}) == 3
    before = picture(app)
    app.desk.view.playback.seek(0.4)
    assert picture(app) != before


def test_with_drawing_off_the_run_is_heard(app):
    press(app, "h")
    made = generations(app)
    press(app, "e")
    until(app, lambda app: generations(app) > made + 2)
    press(app, "e")
    before = app.desk.view.playback.time
    click(app, app.desk.screen.places.stage.center)
    app.frame(0.1)
    assert app.desk.view.playback.time == before
    press(app, "h")


def test_a_walk_that_cannot_be_shown_is_said_to_be_so_and_another_stays(app):
    app.desk.director.pin(WalkKey(999_999))
    until(app, lambda app: app.desk.view.story.lost(WalkKey(999_999)) is not None)
    app.frame(0.0)
    app.frame(0.0)
    assert app.desk.view.key == app.desk.view.walk.key == WalkKey(2)


def test_whatever_is_pressed_clicked_and_dragged_the_window_goes_on(app):
    chance = random.Random(5)
    keys = [key for name, key in KEYS if name not in ("quit", "rest", "full_screen")]
    for _ in range(150):
        width, height = app._window.size
        at = chance.randrange(width), chance.randrange(height)
        kind = chance.randrange(6)
        if kind < 2:
            press(app, chance.choice(keys))
        elif kind < 4 and app.desk.looks.overlay != "dinosaurs":
            down(app, at)
        elif kind == 4:
            move(app, at, (chance.randrange(-50, 50), 0))
        else:
            up(app, at)
        app.frame(chance.choice((0.0, 0.016, 0.5)))
    assert app.desk.view.story.failed is None


def test_another_dinosaur_begins_another_run_and_leaves_the_first_to_be_taken_up(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    app = opened(tmp_path / "first")
    until(app, lambda app: generations(app) >= 2)
    press(app, "d")
    click(app, place(app, Choose("species", "coelophysis")))
    click(app, place(app, Choose("seed", 2)))
    wish = Begin("coelophysis", 2, "ga", "walk")
    click(app, place(app, wish))
    assert app.desk.looks.overlay == ""
    until(app, lambda app: generations(app) >= 1 and shown(app))
    ready = app.desk.view.story.ready
    assert (ready.skeleton.name, ready.seed, ready.strategy) == ("coelophysis", 2, "ga")
    assert ready.folder.parent.samefile(tmp_path / "runs")
    assert app.desk.director.scene >= 0  # its first generation is staged anew
    first = resume(tmp_path / "first", workers=0)
    assert first.guesses >= 6
    first.close()
    app._close()
    resume(ready.folder, workers=0).close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill like that")
def test_when_the_run_dies_the_window_says_so_and_goes_on(tmp_path):
    app = opened(tmp_path / "run")
    until(app, lambda app: generations(app) >= 1 and app.desk.view.walk is not None)
    os.kill(app.desk.session.pid, signal.SIGKILL)
    until(app, lambda app: app.desk.view.story.failed is not None)
    before = picture(app)
    for key in ("space", "e", "n", "left", "tab", "k", "escape", "s", "o"):
        press(app, key)
        app.frame(0.3)
    assert picture(app) != before
    assert not app.acts.quit
    app._close()
    resume(tmp_path / "run", workers=0).close()


def test_closing_the_window_leaves_a_run_that_can_be_taken_up(tmp_path):
    app = opened(tmp_path / "run")

    def each(app):
        if generations(app) >= 2:
            pygame.event.post(
                pygame.Event(pygame.KEYDOWN, key=pygame.K_q, unicode="\x11", mod=CTRL)
            )

    ending = app.go(each)
    assert ending.story.stopped is not None
    assert ending.story.failed is None
    assert ending.frame_s
    again = resume(tmp_path / "run", workers=0)
    assert len(again.history()) >= 2
    again.close()


def test_a_finished_run_shows_its_champion(tmp_path):
    species = load_species("velociraptor")
    search = ("population=4",)
    asked = Asked("velociraptor", None, 16, "ga", None, (), 0.6, search, tmp_path / "run", 0)
    app = App(lambda: Watching(asked, (assemble(species), species.look)), Options())
    until(app, lambda app: app.desk.view.story.crowned is not None)
    press(app, "n")
    until(app, lambda app: shown(app) and app.desk.view.walk.key.who == "champion")
    press(app, "e")
    assert not app.desk.looks.resting  # there is nothing left that could rest
    press(app, "s")
    (path,) = saved(app)
    assert path.name == "velociraptor-s1-champion.json"
    assert check(read_genome(path)).result == "EXACT"
    app._close()


def test_closing_the_window_finishes_the_film(tmp_path):
    app = opened(tmp_path / "run")
    until(app, lambda app: app.desk.view.walk is not None)
    press(app, "v")
    for _ in range(10):
        app.frame(1.0 / 30.0)
    app._camera_man.stop()
    for desk in app.desks:
        desk.close()
    app._window.destroy()
    (path,) = (tmp_path / "run" / "saved").glob("*.mp4")
    _, found = decoded(path)
    assert len(found) >= 8
