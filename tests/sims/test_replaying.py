"""The window of saved walks, without a screen: what is on stage is what was saved, and the badge says so."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"

import numpy as np
import pygame
import pytest
import sims_small as small
from window_small import TINY

from creatures.faults import BadFile
from sims.genomes.record import document, from_json, read_genome, write_genome
from sims.genomes.versions import VERSION
from sims.live.messages import NoWalk, Show, WalkKey
from sims.live.session import player
from sims.physics.quantities import quantities
from sims.physics.trajectory import fingerprint
from sims.platform import platform
from sims.runs.run import start
from sims.window.app import App, Options
from sims.window.keys import BY_NAME, actions
from sims.window.player.badge import COLOURS, reason
from sims.window.player.desk import Replaying
from sims.window.player.measured import MOST, PRESETS
from sims.window.player.screen import replay_places
from sims.window.view import Act, Draw, See
from sims.window.words import say

PATIENCE_S = 60.0


def until(app, wanted):
    """Lets frames go by until something is so."""
    end = time.monotonic() + PATIENCE_S
    while not wanted(app):
        assert time.monotonic() < end, "it did not come to that"
        app.frame(1.0 / 60.0)
        time.sleep(0.002)
    return app


def on_stage(app):
    view = app.desk.view
    return view.walk is not None and view.walk.key == view.key


def opened(path, size=(1280, 720)):
    app = App(lambda: Replaying(Path(path)), Options(size))
    return until(app, lambda app: on_stage(app) or app.desk.never_began)


def close(app):
    """Closes one window and leaves the display to the others."""
    for desk in app.desks:
        desk.close()
    app._window.destroy()


@pytest.fixture(scope="module", autouse=True)
def _display():
    yield
    pygame.display.quit()


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder of a finished run."""
    platform()
    home = tmp_path_factory.mktemp("replaying")
    return start(small.settings(home)).go().folder


@pytest.fixture(scope="module")
def told(run):
    app = opened(run)
    yield app
    close(app)


@pytest.fixture
def app(told):
    """A window on the champions of a run, its champion at its beginning."""
    app = told
    looks, playback = app.desk.looks, app.desk.view.playback
    looks.overlay, looks.curves, looks.lanes = "", (), False
    looks.muscles = looks.joints = looks.feet = looks.forces = looks.charts = looks.loop = True
    looks.bones = looks.path = looks.ghosts = False
    looks.follow = True
    app.acts.film, app.acts.quit = None, False
    app._window.size = (1280, 720)
    app.desk.eye.home()
    app.acts.act("live")
    until(app, on_stage)
    playback.speed, playback.paused = 1.0, True
    playback.seek(0.3)
    app.frame(0.0)
    return app


@pytest.fixture
def file(tmp_path):
    """A genome file."""
    path = tmp_path / "walker.json"
    write_genome(path, small.a_genome())
    return path


def picture(app):
    app.frame(0.0)
    return pygame.image.tobytes(app._window.get_surface(), "RGB")


def press(app, name):
    key = BY_NAME[name].keys[0]
    code = pygame.key.key_code(key)
    letter = key if len(key) == 1 else ""
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=code, unicode=letter, mod=0))
    app.frame(0.0)


def rewritten(path, **changes):
    path.write_text(json.dumps(document(small.a_genome()) | changes))
    return path


# What is on stage.


def test_a_run_begins_with_its_champion_and_it_is_the_walk_that_was_saved(app, run):
    walk, genome = app.desk.view.walk, read_genome(run / "best.json")
    assert walk.key.who == "champion"
    assert walk.verdict.result == "EXACT"
    assert fingerprint(walk.trajectory).digest == genome.digest
    assert walk.genes == genome.genes


@pytest.mark.parametrize("number", [1, 3])
def test_a_click_on_a_bar_shows_that_generation_as_it_was_saved(number, app, run):
    frame = app.desk.screen._panels["strip"]
    row = frame.panel.row
    left, wide = row.span(row.place(number))
    at = frame.rect.x + left + wide // 2, frame.rect.y + row.rect.bottom - 2
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
    app.frame(0.0)
    assert app.desk.view.key == WalkKey(number)
    until(app, on_stage)
    genome = read_genome(run / "champions" / f"gen-{number:04d}.json")
    assert fingerprint(app.desk.view.walk.trajectory).digest == genome.digest
    assert app.desk.view.walk.verdict.words == "EXACT"


def test_a_file_alone_has_its_name_its_origin_and_no_strip(file):
    app = opened(file)
    view = app.desk.view
    assert view.walk.key == WalkKey(small.a_genome().origin.generation, "file")
    assert view.story.ready.file == file
    assert app.desk.screen.places.strip.width == 0
    assert view.walk.verdict.result == "EXACT"
    close(app)


def test_a_changed_digit_of_a_gene_differs_from_a_step_on(file):
    genes = document(small.a_genome())["genes"]
    name = next(iter(genes))
    app = opened(rewritten(file, genes=genes | {name: genes[name] + 0.01}))
    walk = app.desk.view.walk
    assert walk.verdict.words.startswith("DIFFERS FROM STEP ")
    assert "The file was changed" in reason(walk)
    close(app)


def test_a_walk_of_another_platform_is_played_from_its_recording(file):
    made_elsewhere = document(small.a_genome())["platform"] | {"cpu": "abacus"}
    app = opened(rewritten(file, platform=made_elsewhere, digest="0" * 64))
    walk, genome = app.desk.view.walk, read_genome(file)
    assert walk.verdict.words == "UNVERIFIABLE HERE"
    assert walk.is_recording
    assert (walk.trajectory.poses == genome.recording.trajectory().poses).all()
    assert reason(walk) == say("replay.verdict.recording")
    close(app)


def test_every_verdict_has_a_colour_of_its_own():
    assert len(set(COLOURS.values())) == 3


# What cannot be opened.

BAD = {
    "a recording with a byte changed": lambda text: text.replace(
        '"zlib_base64": "eN', '"zlib_base64": "eO', 1
    ),
    "a file cut short": lambda text: text[: len(text) // 2],
    "a gene missing": lambda text: json.dumps(
        {
            **json.loads(text),
            "genes": dict(list(json.loads(text)["genes"].items())[1:]),
        }
    ),
    "genes of another species' plan": lambda text: text.replace(
        '"controller": "reflex"', '"controller": "wings"'
    ),
    "another species": lambda text: text.replace(
        '"name": "velociraptor"', '"name": "allosaurus"', 1
    ),
    "a version to come": lambda text: text.replace(
        f'"version": {VERSION}', f'"version": {VERSION + 1}', 1
    ),
    "an empty file": lambda _text: "",
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_genome_says_so_in_clear_lines_and_opens_no_window(what, file, capsys):
    from sims.cli.app import run as type_in

    text = file.read_text()
    spoilt = BAD[what](text)
    assert spoilt != text
    file.write_text(spoilt)
    for command in (["replay", "--text"], ["replay", "--check"]):
        assert type_in([*command, str(file)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        lines = said.err.strip().splitlines()
        assert 1 <= len(lines) <= 3
        assert all(line.startswith(str(file)) for line in lines)


@pytest.mark.parametrize("what", ["a folder that is no run", "a run without a generation"])
def test_a_folder_with_nothing_to_see_says_so(what, tmp_path):
    path = tmp_path
    if what != "a folder that is no run":
        path = small.settings(tmp_path).home / "run"
        begun = start(small.settings(tmp_path, out=path))
        begun.close()
    app = App(lambda: Replaying(path), Options())
    until(app, lambda app: app.desk.never_began)
    (line,) = app.desk.view.story.failed.lines
    assert line.startswith(str(path))
    close(app)


# What can be switched, and drawn.

LOOKS = ("muscles", "joints", "bones", "feet", "forces", "path", "charts", "help", "curves")


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_switched_is_seen_and_can_be_taken_back(name, app):
    before = picture(app)
    assert picture(app) == before
    press(app, name)
    assert picture(app) != before
    press(app, name)
    assert picture(app) == before


def test_every_action_of_this_window_can_be_done(app):
    for action in actions("replay"):
        if action.name not in ("quit", "full_screen", "film", "save", "picture"):
            app.acts.act(action.name)
            app.frame(0.0)
    assert not app.acts.quit


def test_a_walk_begins_again_at_its_end_unless_that_is_switched_off(app):
    playback = app.desk.view.playback
    for loop in (True, False):
        app.desk.looks.loop = loop
        playback.seek(playback.length)
        playback.paused = False
        began_again = False
        for _ in range(40):
            app.frame(0.1)
            began_again |= not playback.ended
        assert began_again is loop


def test_curves_follow_what_is_chosen_and_the_first_is_the_speed(app):
    panel = app.desk.screen._panels["curves"].panel
    assert [one.name for one in panel._shown] == ["speed_m_s"]
    skeleton = app.desk.view.story.ready.skeleton
    names = [one.name for one in quantities(skeleton, app.desk.view.walk.trajectory)]
    seen = set()
    for name in names:
        app.acts.do(Draw((name,)))
        app.frame(0.0)
        assert [one.name for one in panel._shown] == [name]
        seen.add(picture(app))
    assert len(seen) > 0.9 * len(names)  # a few bones lie still on each other


def test_the_buttons_above_the_curves_choose_and_the_one_chosen_is_lit(app):
    measured = app.desk.screen._panels["curves"].panel._measured
    offered = measured.presets(app.desk.view)
    assert set(offered) == set(PRESETS)
    found = [hot.at(0, 0) for hot in app.desk.screen._panels["curves"]._sheet.hots if not hot.drag]
    assert {wish.names for wish in found if isinstance(wish, Draw)} == set(offered.values())
    assert Act("curves") in found
    assert all(1 <= len(names) <= MOST for names in offered.values())


def test_the_chooser_offers_every_quantity_and_a_click_draws_it(app):
    press(app, "curves")
    frame = app.desk.screen._over["curves"]
    boxes = [hot for hot in frame._sheet.hots if isinstance(hot.at(0, 0), Draw)]
    skeleton = app.desk.view.story.ready.skeleton
    names = {one.name for one in quantities(skeleton, app.desk.view.walk.trajectory)}
    offered = {name for box in boxes for name in box.at(0, 0).names}
    assert offered == names
    app.acts.do(boxes[-1].at(0, 0))
    assert len(app.desk.looks.curves) == 2
    for box in boxes[:9]:
        app.acts.do(Draw((*app.desk.looks.curves, *box.at(0, 0).names)[-MOST:]))
        app.frame(0.0)
    press(app, "close_panel")


@pytest.mark.parametrize("panel", ["steps", "curves"])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.8])
def test_a_click_on_the_time_line_goes_there_and_the_cursor_is_there(panel, share, app):
    frame = app.desk.screen._panels[panel]
    line = frame.panel.line if panel == "steps" else frame.panel._line
    x = frame.rect.x + round(line.x(share * line.end))
    at = x, frame.rect.y + line.rect.centery
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
    app.frame(0.0)
    assert app.desk.view.playback.time == pytest.approx(share * line.end, abs=0.02)
    surface = app._window.get_surface()
    rows = app.desk.screen._panels
    for name in ("steps", "curves"):  # one cursor runs through both
        other = rows[name]
        own = other.panel.line if name == "steps" else other.panel._line
        y = other.rect.y + own.rect.bottom - 3
        dark = [sum(surface.get_at((x + by, y))[:3]) for by in (-1, 0, 1)]
        assert min(dark) < 200


def test_a_picture_of_a_run_is_saved_with_the_run_and_of_a_file_beside_it(app, run, file):
    press(app, "picture")
    assert [path.name for path in (run / "saved").glob("*.png")] == ["velociraptor-s1-champion.png"]
    alone = opened(file)
    press(alone, "picture")
    close(alone)
    assert (file.parent / "walker.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("size", TINY)
def test_it_draws_at_sizes_that_no_window_should_have(size, app):
    surface = pygame.Surface(size)
    app.desk.screen.draw(surface, app._pen, app.desk.view, app.desk.eye)


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("strip", [True, False])
def test_no_two_panels_lie_on_each_other_and_all_lie_in_the_window(size, strip):
    places = replay_places(size, 1.0, True, strip)
    rects = [getattr(places, name) for name in ("top", "stage", "steps", "curves", "card", "genes")]
    rects += [places.strip] if strip else []
    whole = pygame.Rect(0, 0, *size)
    for number, rect in enumerate(rects):
        assert whole.contains(rect)
        assert min(rect.size) > 30
        assert rect.collidelist(rects[number + 1 :]) < 0


# Files that are dropped on a window.


def drop(app, path):
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
    app.frame(0.0)


def test_a_genome_dropped_on_the_window_plays_and_escape_goes_back(app, file):
    below = app.desk
    drop(app, file)
    assert len(app.desks) == 2
    until(app, on_stage)
    assert app.desk.view.walk.key.who == "file"
    assert app.desk.view.guest
    press(app, "help")
    press(app, "close_panel")
    assert len(app.desks) == 2  # it closed the help and nothing else
    press(app, "close_panel")
    app.frame(0.0)
    assert app.desks == [below]
    assert app.acts.desk is below


def test_a_second_file_takes_the_place_of_the_first(app, file, run):
    drop(app, file)
    until(app, on_stage)
    drop(app, run)
    assert len(app.desks) == 2
    until(app, on_stage)
    assert app.desk.view.walk.key.who == "champion"
    press(app, "close_panel")
    app.frame(0.0)
    assert len(app.desks) == 1


def test_what_is_no_genome_leaves_the_window_as_it_was_and_says_why(app, tmp_path):
    path = tmp_path / "shopping.json"
    path.write_text('{"milk": 2}')
    drop(app, path)
    until(app, lambda app: len(app.desks) == 1)
    assert "has no format" in app.desk.screen.hud._notice


def lying(change):
    """A genome file of another platform, whose recording was changed and given a digest that fits."""
    genome = small.a_genome()
    parts = dict(genome.recording.parts)
    for name, value in change.items():
        array = np.frombuffer(parts[name].content, "<f4").reshape(parts[name].shape).copy()
        array[len(array) // 2 :] = value
        parts[name] = replace(parts[name], content=array.tobytes())
    found = document(replace(genome, recording=replace(genome.recording, parts=parts)))
    return found | {"digest": "0" * 64, "platform": found["platform"] | {"cpu": "another"}}


@pytest.mark.parametrize("far", [1e6, -3e38])
def test_a_recording_that_leaves_this_world_is_refused(far):
    with pytest.raises(BadFile, match="further away than"):
        from_json(lying({"poses": far}), "walker.json")


def test_a_recording_whose_bones_are_torn_apart_is_refused():
    tall = small.a_genome().skeleton().hip_height
    torn = np.zeros((len(small.a_genome().skeleton().bones), 3))
    torn[1, 1] = 200.0 * tall
    with pytest.raises(BadFile, match="from each other"):
        from_json(lying({"poses": torn}), "walker.json")


def test_a_recording_with_next_to_no_time_between_its_frames_is_refused():
    found = document(small.a_genome())
    found["recording"]["frame_time"] = 1e-300
    with pytest.raises(BadFile, match="frame_time"):
        from_json(found, "walker.json")


@pytest.mark.parametrize("words", ["\0", "\ud800", "two\nlines"])
def test_words_that_cannot_be_shown_are_refused(words):
    with pytest.raises(BadFile, match="printable"):
        from_json(document(small.a_genome()) | {"why": words}, "walker.json")


def test_a_file_that_lies_about_forces_and_feet_is_played_all_the_same(file):
    found = lying({"ground_force": 3e38, "joint_load": 3e38})
    feet = len(found["measures"]["gait"]["foot_falls"])
    lies = [[[-1e14, 1e14], [0.3, 0.1], [0.1, 0.2]]] * feet
    found["measures"]["gait"]["foot_falls"] = lies
    found["measures"]["distance_m"] = 1e14
    file.write_text(json.dumps(found))
    app = opened(file)
    walk = app.desk.view.walk
    assert walk.is_recording
    assert walk.foot_falls == (((0.1, 0.2),),) * feet
    for share in (0.3, 0.9, 1.0):
        app.desk.view.playback.seek(share * walk.seconds)
        app.frame(0.0)
    close(app)


def test_a_champion_that_cannot_be_shown_is_told_once_and_the_stage_stays(app):
    champion = app.desk.view.key
    app.acts.do(See(WalkKey(1)))
    until(app, lambda app: app.desk.view.walk.key == WalkKey(1))
    app.desk.view.story._walks.pop(champion)
    app.desk.take(NoWalk(champion, "gone"))
    app.acts.act("live")
    app.frame(0.0)
    assert app.desk.view.key == WalkKey(1)
    app.desk.view.playback.paused = False
    for _ in range(5):
        app.frame(0.02)
    assert app.desk.view.playback.time == pytest.approx(0.1)
    app.desk.view.story._lost.pop(champion)


def test_a_player_is_left_at_once_whatever_it_is_doing(file):
    session = player(file)
    while not session.poll():
        time.sleep(0.01)
    session.ask(Show(WalkKey(1, "file")))
    begun = time.monotonic()
    session.close()
    assert time.monotonic() - begun < 2.0
    assert not session._process.is_alive()


def test_a_walk_that_nobody_kept_is_told_and_the_stage_stays(app):
    before = app.desk.view.walk
    app.acts.do(See(WalkKey(1, "worst")))
    until(app, lambda app: app.desk.screen.hud._notice)
    app.frame(0.0)
    assert app.desk.view.walk is before
