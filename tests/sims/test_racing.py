"""Races: one world and one clock for all, true sizes, and each of them still the walker it was saved as."""

import json
import os
import zlib
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

os.environ["SDL_VIDEODRIVER"] = "dummy"

import numpy as np
import pygame
import pytest
import sims_small as small
from test_replaying import close, on_stage, press, until
from window_small import TINY

from creatures.faults import BadFile
from creatures.species import load_species, species_names
from sims.cli.app import run as type_in
from sims.evaluate import evaluate
from sims.genomes.record import write_genome
from sims.genomes.recording import record
from sims.genomes.replay import rerun
from sims.live.field import MOST
from sims.live.messages import WalkKey
from sims.live.player import open_shelf
from sims.live.racing import race, race_of
from sims.physics.terrain import Terrain
from sims.runs.configuration import Configuration
from sims.runs.crown import genome_of
from sims.runs.elites import Guess
from sims.runs.run import start
from sims.window.app import App, Options
from sims.window.filming.race import whole_race
from sims.window.filming.reel import Reel
from sims.window.filming.shots import Style
from sims.window.keys import actions
from sims.window.pen import Pen
from sims.window.race.desk import Racing
from sims.window.race.lanes import lanes
from sims.window.race.screen import race_places
from sims.window.race.standings import _state as standing_of
from sims.window.view import Follow
from sims.window.words import say

RACERS = species_names()[:MOST]
"""As many species as may race at once."""


@lru_cache
def walker(species: str, seed: int = 0, **changes):
    """A walker of a species; its seed changes its genes a little."""
    trial = replace(small.TRIAL, **changes)
    base = small.configuration()
    chosen = Configuration(load_species(species), base.search, base.objective, trial, base.platform)
    start_genes = chosen.table().start
    genes = (start_genes[0] + 0.05 * seed, *start_genes[1:])
    return genome_of(chosen, Guess(seed, 1 + seed, genes, (), 0, evaluate(chosen.task(), genes)))


@pytest.fixture
def files(tmp_path):
    """One genome file of each racer."""
    paths = []
    for species in RACERS:
        paths.append(tmp_path / f"{species}.json")
        write_genome(paths[-1], walker(species))
    return paths


@pytest.fixture(scope="module", autouse=True)
def _display():
    yield
    pygame.display.quit()


def test_every_species_can_race_every_other_and_each_is_still_the_walker_that_was_saved(files):
    made = race(files)
    assert [racer.skeleton.name for racer in made.racers] == list(RACERS)
    assert all(racer.walk.verdict.result == "EXACT" for racer in made.racers)
    assert made.ground == "level ground"
    assert made.notes == ()
    assert len({racer.name for racer in made.racers}) == len(files)


def test_a_walk_that_goes_on_for_longer_begins_as_it_did_in_its_file():
    short, long = walker("velociraptor"), walker("velociraptor", 1, seconds=0.9)
    made = race_of([short, long])
    assert made.seconds == 0.9
    walk = made.racers[0].walk
    checks = np.array([zlib.crc32(row) for row in walk.trajectory.rows()], dtype="<u4").tobytes()
    assert len(checks) > len(short.checks)
    assert checks.startswith(short.checks)
    assert walk.verdict.result == "EXACT"


def test_places_are_counted_in_metres_and_in_hip_heights():
    made = race_of([walker("tyrannosaurus"), walker("velociraptor", 1), walker("allosaurus", 2)])
    end = made.seconds
    metres = [racer.metres(end) for racer in made.racers]
    assert [metres[i] for i in made.order(end)] == sorted(metres, reverse=True)
    assert made.places(end) == [1 + sorted(metres, reverse=True).index(one) for one in metres]
    hips = [racer.metres(end) / racer.skeleton.hip_height for racer in made.racers]
    assert made.places(end, in_hips=True) == [
        1 + sorted(hips, reverse=True).index(one) for one in hips
    ]
    assert made.order(0.0) == [0, 1, 2]
    assert made.places(0.0) == [1, 1, 1]


def test_walkers_from_different_ground_all_race_on_level_ground_and_that_is_said():
    rough = walker("velociraptor", 1, terrain=Terrain("bumps", 0.01, seed=3))
    made = race_of([walker("velociraptor"), rough])
    assert made.ground == "level ground"
    assert [note.partition(" is on")[0] for note in made.notes] == [made.racers[1].name]
    assert set(made.racers[1].walk.land_y) == {0.0}
    assert made.racers[1].walk.verdict.result == "EXACT"


def test_walkers_of_one_height_from_the_same_rough_ground_stay_on_it():
    ground = Terrain("bumps", 0.01, seed=3)
    made = race_of([walker("velociraptor", k, terrain=ground) for k in (1, 2)])
    assert made.notes == ()
    assert (made.racers[0].walk.land_y == made.racers[1].walk.land_y).all()
    assert np.abs(made.racers[0].walk.land_y).max() > 0.0


def test_walkers_from_different_gravity_race_under_the_usual_one():
    made = race_of([walker("velociraptor"), walker("velociraptor", 1, gravity_scale=0.4)])
    assert made.gravity == 1.0
    assert len(made.notes) == 1


def test_a_recording_that_is_shorter_than_the_race_is_said_to_end_and_to_be_in_its_own_world():
    rough = Terrain("bumps", 0.01, seed=3)
    other = replace(walker("velociraptor").platform, cpu="another")
    short = replace(walker("velociraptor", terrain=rough), platform=other, digest="0" * 64)
    short = replace(short, recording=record(rerun(short).trajectory))
    made = race_of([short, walker("velociraptor", 1, seconds=0.9)])
    recorded = made.racers[0]
    assert recorded.walk.is_recording
    assert recorded.walk.verdict.result == "UNVERIFIABLE"
    assert made.notes == (
        f"{recorded.name} is played from its recording, in the world and for the time of its own "
        "file.",
    )
    assert standing_of(recorded, 0.9) == say("race.standings.over")
    assert standing_of(recorded, 0.3) != say("race.standings.over")
    assert standing_of(made.racers[1], 0.9) != say("race.standings.over")


def test_a_champion_of_another_animal_is_told_and_not_drawn_with_the_bones_of_this_one(tmp_path):
    folder = start(small.settings(tmp_path)).go().folder
    write_genome(folder / "champions" / "gen-0001.json", walker("tyrannosaurus"))
    shelf = open_shelf(folder)
    shelf.opening()
    with pytest.raises(ValueError, match="is of another animal than this run"):
        shelf.show(WalkKey(1))
    assert shelf.show(WalkKey(3)).verdict.result == "EXACT"


def test_a_walker_that_would_have_to_walk_for_ever_is_refused(monkeypatch):
    monkeypatch.setattr("sims.genomes.record.MOST_STEPS", 400)
    with pytest.raises(BadFile, match="steps; at most 400"):
        race_of([walker("velociraptor"), walker("velociraptor", 1, seconds=0.9)])


def test_the_same_walker_twice_has_two_names():
    made = race_of([walker("velociraptor"), walker("velociraptor")])
    names = [racer.name for racer in made.racers]
    assert names[1] == f"{names[0]} (2)"


def test_a_run_alone_races_its_generations(tmp_path):
    folder = start(small.settings(tmp_path)).go().folder
    made = race([folder])
    champion = json.loads((folder / "best.json").read_text())["origin"]["generation"]
    assert [racer.walk.key.generation for racer in made.racers] == [1, champion]


@pytest.mark.parametrize("count", [1, 9])
def test_a_race_of_too_few_or_too_many_is_refused_in_one_line(count, files):
    with pytest.raises(BadFile, match=f"between 2 and 8 walkers; here are {count}"):
        race((files * 3)[:count])


def test_every_file_that_is_wrong_is_told(files, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    with pytest.raises(BadFile) as error:
        race([files[0], bad, tmp_path / "none.json"])
    assert [line.partition(":")[0] for line in error.value.lines()] == [
        str(bad),
        str(tmp_path / "none.json"),
    ]


def test_the_command_prints_the_ranking_and_one_json_object(files, capsys):
    names = [str(path) for path in files]
    assert type_in(["race", "--text", *names]) == 0
    printed = capsys.readouterr().out
    assert all(load_species(name).title in printed for name in RACERS)
    assert type_in(["race", "--json", *names]) == 0
    document = json.loads(capsys.readouterr().out)
    far = [one["distance_m"] for one in document["racers"]]
    assert far == sorted(far, reverse=True)
    assert {one["verdict"] for one in document["racers"]} == {"EXACT"}
    assert type_in(["race", "--text", names[0], "nothing.json"]) == 2
    assert capsys.readouterr().err.startswith("nothing.json: no such file")


# The window.


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("race")
    paths = [folder / f"{name}.json" for name in RACERS]
    for path in paths:
        write_genome(path, walker(path.stem))
    app = App(lambda: Racing(paths), Options((1280, 720)))
    until(app, lambda app: app.desk.view.race is not None)
    yield app
    close(app)


@pytest.fixture
def app(told):
    looks, playback = told.desk.looks, told.desk.view.playback
    looks.overlay, looks.together, looks.followed, looks.follow = "", False, -1, True
    looks.loop = looks.charts = True
    told.acts.quit = False
    told.desk.eye.home()
    playback.paused = True
    playback.seek(0.4)
    told.frame(0.0)
    return told


def picture(app):
    app.frame(0.0)
    return pygame.image.tobytes(app._window.get_surface(), "RGB")


@pytest.mark.parametrize("name", ["muscles", "joints", "bones", "forces", "charts", "help"])
def test_what_is_switched_is_seen_and_can_be_taken_back(name, app):
    before = picture(app)
    press(app, name)
    assert picture(app) != before
    press(app, name)
    assert picture(app) == before


def test_racers_share_a_lane_and_part_again(app):
    before = picture(app)
    press(app, "one_lane")
    assert app.desk.looks.together
    assert picture(app) != before
    press(app, "one_lane")
    assert not app.desk.looks.together


def test_every_action_of_this_window_can_be_done(app):
    for action in actions("race"):
        if action.name not in ("quit", "full_screen", "film", "picture"):
            app.acts.act(action.name)
            app.frame(0.0)
    assert not app.acts.quit


def test_tab_follows_one_after_the_other_and_a_click_on_a_row_the_one_in_it(app):
    seen = []
    for _ in range(len(RACERS) + 1):
        press(app, "next_racer")
        seen.append(app.desk.looks.followed)
    assert seen == [*range(len(RACERS)), -1]
    frame = app.desk.screen._panels["standings"]
    rows = [hot.at(0, 0) for hot in frame._sheet.hots]
    order = app.desk.view.race.order(app.desk.view.playback.time)
    assert rows == [Follow(i) for i in order]
    app.acts.do(rows[1])
    assert app.desk.looks.followed == order[1]
    app.acts.do(rows[1])
    assert app.desk.looks.followed == -1


def test_the_race_begins_again_at_its_end_unless_that_is_switched_off(app):
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


def test_a_click_on_the_distances_goes_to_that_moment(app):
    frame = app.desk.screen._panels["progress"]
    line = frame.panel._line
    at = frame.rect.x + round(line.x(0.3)), frame.rect.y + line.rect.centery
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
    app.frame(0.0)
    assert app.desk.view.playback.time == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize("size", TINY)
@pytest.mark.parametrize("together", [True, False])
def test_it_draws_at_sizes_that_no_window_should_have(size, together, app):
    app.desk.looks.together = together
    surface = pygame.Surface(size)
    app.desk.screen.draw(surface, app._pen, app.desk.view, app.desk.eye)


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (3840, 2160)])
def test_no_two_panels_lie_on_each_other_and_all_lie_in_the_window(size):
    places = race_places(size, 1.0, None)
    rects = [getattr(places, name) for name in ("top", "stage", "progress", "standings")]
    for number, rect in enumerate(rects):
        assert pygame.Rect(0, 0, *size).contains(rect)
        assert rect.collidelist(rects[number + 1 :]) < 0


@pytest.mark.parametrize("count", range(2, 9))
@pytest.mark.parametrize("height", [200, 480, 900])
def test_lanes_fill_the_track_one_below_the_other_to_one_scale(count, height):
    tops = [0.9, 4.6, 2.8, 0.8, 1.7, 0.3, 6.0, 1.0][:count]
    rect = pygame.Rect(10, 20, 800, height)
    found, scale = lanes(rect, tops, False, Pen())
    assert found[0].rect.top == rect.top
    assert abs(found[-1].rect.bottom - rect.bottom) <= 1
    for one, next_one in pairwise(found):
        assert one.rect.bottom == next_one.rect.top
    for lane, top in zip(found, tops, strict=True):
        assert lane.rect.height - lane.soil >= top * scale - 1  # it has room for its head
    (all_in_one,), larger = lanes(rect, tops, True, Pen())
    assert all_in_one.racers == tuple(range(count))
    assert larger > scale


def test_a_file_dropped_on_a_race_plays_over_it(app, files):
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(files[0])))
    app.frame(0.0)
    until(app, on_stage)
    assert app.desk.view.walk.key.who == "file"
    press(app, "close_panel")
    app.frame(0.0)
    assert app.desk.view.race is not None


# As a film.


@pytest.mark.parametrize("together", [True, False])
def test_every_pose_of_a_race_that_is_filmed_is_one_that_was_saved(together, files):
    genomes = [walker(name) for name in RACERS]
    reel = Reel(whole_race(files, 1.0, 1.0, together), Style((320, 180)), Fraction(10))
    pictures = 0
    for frame in reel.frames():
        pictures += 1
        assert len(frame.shown) == len(genomes)
        for shown, genome in zip(frame.shown, genomes, strict=True):
            checks = np.frombuffer(genome.checks, dtype="<u4")
            row = np.ascontiguousarray(shown.pose.reshape(-1))
            assert zlib.crc32(row) == checks[shown.frame]
    assert pictures == 10


def test_the_command_films_a_race(files, tmp_path, capsys):
    out = tmp_path / "race.mp4"
    names = [str(path) for path in files[:2]]
    small_film = ["--size", "320x180", "--seconds", "1", "--fps", "5", "--json"]
    assert type_in(["film", *names, "-o", str(out), *small_film]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["frames"] == 5
    assert [one["verdict"] for one in document["verdicts"]] == ["EXACT", "EXACT"]
    assert out.stat().st_size > 0
