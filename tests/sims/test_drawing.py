"""A species file drawn while it is being written: in a window that follows it, or as a picture without a display."""

import json
import os

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame
import pytest

from creatures.faults import BadFile
from sims.cli.app import run
from sims.window.app import App, Options
from sims.window.drawing.desk import Drawing
from sims.window.keys import actions

MINE = """title = "My dino"
plan = "biped"
mass_kg = 430

[bones.thigh]
length_m = 0.600

[bones.shank]
length_m = 0.560

[bones.metatarsus]
length_m = { value = 0.298, source = "a museum" }
"""
LONGER = MINE.replace("0.560", "0.700")
SIZES = ((960, 600), (1280, 720), (1920, 1080), (200, 120))


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.fixture
def judged():
    """The animals that were judged."""
    return []


@pytest.fixture
def app(mine, judged):
    def judge(skeleton):
        judged.append(skeleton)
        return ["it leans"] if skeleton.leg_length > 1.5 else []

    app = App(lambda: Drawing(mine, judge), Options())
    yield app
    app._close()


def seconds(app, count):
    for _ in range(4 * count):
        app.frame(0.25)


def picture(app):
    return pygame.image.tobytes(app._window.get_surface(), "RGB")


def said(app):
    hud = app.desk.screen.hud
    return " ".join(hud._told) if app.desk._clock < hud._told_until else ""


def press(app, key):
    code = pygame.key.key_code(key)
    letter = key if len(key) == 1 else ""
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=code, unicode=letter, mod=0))
    app.frame(0.0)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_is_drawn_at_any_size(app, size):
    app._window.size = size
    seconds(app, 1)
    assert len(set(picture(app))) > 20


def test_saving_the_file_draws_the_changed_animal_and_says_what_changed(app, mine, judged):
    seconds(app, 2)
    before = picture(app)
    mine.write_text(LONGER, encoding="utf-8")
    seconds(app, 3)
    assert picture(app) != before
    assert 'bone "shank": length_m 0.56 → 0.7' in said(app)
    assert app.desk.sketch.warnings == ["it leans"]
    assert len(judged) == 2
    seconds(app, 10)
    assert said(app) == ""


def test_a_faulty_file_keeps_the_last_good_drawing_and_shows_all_its_faults(app, mine, judged):
    animal = app.desk.sketch.skeleton
    wrong = MINE.replace("0.560", "-5").replace("430", "-1")
    mine.write_text(wrong, encoding="utf-8")
    seconds(app, 3)
    assert app.desk.sketch.skeleton is animal
    assert "mine.toml:3: mass_kg = -1" in said(app)
    assert 'mine.toml:9: bone "shank": length_m = -5' in said(app)
    seconds(app, 20)
    assert "mass_kg" in said(app)
    mine.write_text(MINE, encoding="utf-8")
    seconds(app, 3)
    assert "mass_kg" not in said(app)
    assert len(judged) == 1


def test_a_word_that_changes_is_drawn_without_judging_the_same_animal_again(app, mine, judged):
    mine.write_text(MINE.replace("a museum", "another museum"), encoding="utf-8")
    seconds(app, 3)
    assert said(app) == "Read again The animal is as it was."
    assert len(judged) == 1


CHANGED = {
    "zoom_in": lambda app: app.desk.eye.zoom,
    "zoom_out": lambda app: app.desk.eye.zoom,
    "home": lambda app: app.desk.eye.zoom,
    "muscles": lambda app: app.desk.looks.muscles,
    "bones": lambda app: app.desk.looks.bones,
    "charts": lambda app: app.desk.looks.charts,
    "picture": lambda app: sorted(app.desk.sketch.path.parent.glob("*.png")),
    "help": lambda app: app.desk.looks.overlay,
    "full_screen": lambda app: app._is_full,
    "larger": lambda app: app.acts.size,
    "smaller": lambda app: app.acts.size,
    "close_panel": lambda app: app.desk.looks.overlay,
    "quit": lambda app: app.acts.quit,
}


def test_every_action_is_tried():
    assert set(CHANGED) == {action.name for action in actions("draw")}


@pytest.mark.parametrize("name", CHANGED)
def test_an_action_changes_what_it_says(name, app):
    app._window.size = (1920, 1080)
    app.desk.eye.zoom = 1.5
    app.frame(0.0)
    if name == "close_panel":
        app.acts.act("help")
    before = CHANGED[name](app)
    app.acts.act(name)
    app.frame(0.0)
    app.frame(0.0)
    assert CHANGED[name](app) != before


def test_keys_of_walks_mean_nothing_here(app):
    app.frame(0.0)
    before = picture(app)
    for key in ("space", "o", "v", "d", "n"):
        press(app, key)
    assert picture(app) == before


def test_a_file_that_cannot_be_drawn_at_all_opens_no_window(mine):
    mine.write_text("plan = ", encoding="utf-8")
    with pytest.raises(BadFile):
        Drawing(mine, lambda _: [])


# The command.


def test_with_a_display_the_window_opens_and_the_check_is_said(mine, capsys):
    assert run(["check", "mine.toml", "--show", "--for", "0.3"]) == 0
    assert capsys.readouterr().out.startswith("mine.toml: ok: My dino, 430 kg")
    assert [path.name for path in mine.parent.iterdir()] == ["mine.toml"]


def test_without_a_display_it_is_drawn_to_a_file(mine, capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "SDL_VIDEO_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert run(["check", "mine.toml", "--show"]) == 0
    assert capsys.readouterr().out.endswith("drew mine.png\n")
    assert (mine.parent / "mine.png").read_bytes()[:4] == b"\x89PNG"
    assert run(["check", "mine.toml", "--show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["picture"] == "mine.png"


def test_faults_are_said_as_ever_and_nothing_is_shown(mine, capsys):
    mine.write_text(MINE.replace("0.560", "-5"), encoding="utf-8")
    assert run(["check", "mine.toml", "--show"]) == 2
    assert capsys.readouterr().err.startswith('mine.toml:9: bone "shank": length_m = -5')
    assert [path.name for path in mine.parent.iterdir()] == ["mine.toml"]


def test_a_genome_is_no_species_to_show(capsys):
    assert run(["check", "walk.json", "--show"]) == 2
    assert capsys.readouterr().err == (
        "--show: draws species files; gaitosaur picture draws a genome's walk\n"
    )
