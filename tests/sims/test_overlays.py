"""What is laid over the window: it fits, it can be clicked, and it says something at every moment of a run."""

import os
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame
import pytest
from window_small import TINY

from creatures.assemble import assemble
from creatures.controllers.reflex import gene_table
from creatures.controllers.table import CONTROLLERS
from creatures.species import load_species, species_names
from evo.strategies import STRATEGIES
from sims.live.messages import (
    Ancestor,
    AtTheGate,
    Crowned,
    Descent,
    GeneFacts,
    GenerationFacts,
    Ready,
    Rules,
    Stopped,
    Try,
    Turned,
    TurnKnob,
)
from sims.score import OBJECTIVES, TERMS
from sims.window.keys import KINDS, actions
from sims.window.overlays.dinosaurs import OBJECTIVES as OFFERED
from sims.window.overlays.dinosaurs import STRATEGIES as SEARCHES
from sims.window.overlays.dinosaurs import Dinosaurs
from sims.window.overlays.family import Family
from sims.window.overlays.help import Help
from sims.window.overlays.knobs import Knobs
from sims.window.overlays.lesson import Lesson, group_words
from sims.window.overlays.luck import luck, told
from sims.window.overlays.starts import Lanes
from sims.window.pen import Pen
from sims.window.playback import Playback
from sims.window.sheet import Frame
from sims.window.story import Story
from sims.window.view import Act, Begin, Choose, Looks, Turn, View
from sims.window.words import entry

OVERLAYS = (Help, Lesson, Knobs, Family, Dinosaurs)
ROOMS = ((900, 540, 1.0), (1220, 660, 1.0), (1860, 1020, 1.5), (700, 400, 1.3))
STAGES = ("empty", "ready", "one", "cma", "ga", "turned", "over")


@pytest.fixture(scope="module", autouse=True)
def screen():
    pygame.display.init()
    pygame.font.init()
    yield
    pygame.display.quit()


def ready(strategy="cma"):
    species = load_species("velociraptor")
    skeleton = assemble(species, "velociraptor")
    genes = tuple(GeneFacts(g.name, g.words, g.start) for g in gene_table(skeleton).genes)
    rules = Rules(1.0, "walk", dict(OBJECTIVES["walk"].weights))
    where = Path("/nowhere")
    return Ready(
        where, skeleton, species.look, species.title, 3, strategy, rules, genes, 10.0, 6000, 0, 1
    )


def made(number, starts=(0, 1, 2), phase="scout", rigour=0):
    tries = tuple(
        Try(number * 30 + n, number + 5.0 - n, 4.0, 3.0, "fell", starts[n % len(starts)])
        for n in range(30)
    )
    best = tuple((start, max(one.score for one in tries if one.start == start)) for start in starts)
    return GenerationFacts(
        number, phase, rigour, number * 30, 30, number + 5.0, 1.0, 0.0, 2.0, number * 0.5, 3.0,
        "fell", "its head touched the ground", {}, best, True, number, (0.0,) * 48, tries,
    )  # fmt: skip


def story(stage):
    told = Story()
    if stage == "empty":
        return told
    told.take(ready("ga" if stage == "ga" else "cma"))
    generations = {"ready": 0, "one": 1}.get(stage, 12)
    for number in range(1, generations + 1):
        living = (0, 1, 2) if number < 6 else (1,)
        told.take(made(number, living, "scout" if number < 6 else "polish", int(number > 9)))
    if stage == "ga":
        line = tuple(Ancestor(n, n + 1, float(n % 7), n // 30, ((n % 48, 0.5),)) for n in range(40))
        told.take(Descent(12, line))
    if stage == "turned":
        for number in range(2, 12):
            told.take(Turned(number, Rules(0.3 + 0.1 * number, "walk", dict(told.rules.weights))))
    if stage == "over":
        told.take(Crowned(Path("/nowhere/best.json"), 12, 350, 17.0, 0.9, True, "finished"))
    return told


def seen(overlay, told, room=ROOMS[0]):
    """Draws an overlay as the window does; returns its frame and the places that can be clicked."""
    view = View(told, Playback(), Looks())
    pen = Pen(room[2])
    size = overlay.size(room[:2], pen, view)
    frame = Frame(overlay)
    frame.draw(pygame.Surface(room[:2]), pygame.Rect((0, 0), size), pen, view)
    return frame, frame._sheet.hots


def intents(hots):
    return [hot.at(hot.rect.centerx, hot.rect.centery) for hot in hots]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room[0]}x{room[1]}")
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.__name__)
def test_it_fits_and_all_that_can_be_clicked_lies_on_it(overlay, stage, room):
    frame, hots = seen(overlay(), story(stage), room)
    assert frame.rect.width <= room[0]
    assert frame.rect.height <= room[1]
    whole = pygame.Rect((0, 0), frame.rect.size)
    assert [hot.rect for hot in hots if not whole.contains(hot.rect)] == []
    assert Act("close_panel") in intents(hots)


@pytest.mark.parametrize("room", TINY, ids=lambda room: f"{room[0]}x{room[1]}")
@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.__name__)
def test_without_room_it_draws_less(overlay, room):
    for stage in STAGES:
        for scale in (0.75, 2.0):
            seen(overlay(), story(stage), (*room, scale))


@pytest.mark.parametrize("room", ROOMS[:3], ids=lambda room: f"{room[0]}x{room[1]}")
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.__name__)
def test_no_words_are_cut_short(monkeypatch, overlay, stage, room):
    cut = []
    whole = Pen.cut

    def watched(pen, text, *rest):
        shown = whole(pen, text, *rest)
        if shown != text or text.endswith("…"):
            cut.append(text)
        return shown

    monkeypatch.setattr(Pen, "cut", watched)
    seen(overlay(), story(stage), room)
    assert cut == []


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.__name__)
def test_the_place_under_the_mouse_is_lit(overlay):
    one = overlay()
    frame, hots = seen(one, story("cma"))
    dark = pygame.Surface((900, 540))
    dark.fill("white")
    lit = dark.copy()
    one.over(dark, frame.rect, Pen(1.0), View(Story(), Playback(), Looks()))
    at = hots[0].rect.center
    one.over(lit, frame.rect, Pen(1.0), View(Story(), Playback(), Looks(), mouse=at))
    assert dark.get_at(at) == pygame.Color("white")
    assert lit.get_at(at) != pygame.Color("white")


@pytest.mark.parametrize("kind", KINDS)
def test_the_help_of_each_window_lists_what_can_be_done_there_and_nothing_else(kind):
    _, hots = seen(Help(kind), story("empty"))
    listed = [hot.at(0, 0) for hot in hots]
    assert [wish.name for wish in listed if wish.name != "close_panel"] == [
        action.name
        for group in ("play", "keep", "look", "run", "window")
        for action in actions(kind)
        if action.group == group and action.name != "close_panel"
    ]


def test_the_help_does_what_its_lines_say():
    _, hots = seen(Help(), story("empty"))
    assert {Act("pause"), Act("quit"), Act("lesson")} <= set(intents(hots))


def test_every_term_has_a_name_and_words():
    assert set(entry("terms.names")) == set(entry("terms.words")) == set(TERMS)


@pytest.mark.parametrize("species", species_names())
def test_every_group_of_genes_is_said_in_plain_words(species):
    skeleton = assemble(load_species(species), species)
    genes = [gene for one in CONTROLLERS.values() for gene in one.gene_table(skeleton).genes]
    said = {group_words(gene.name, skeleton.limb_kinds) for gene in genes}
    known = set(entry("lesson.genes").values())
    assert {words.partition(" (")[0] for words in said} <= known


def test_only_what_was_changed_is_turned():
    told = story("cma")
    view = View(told, Playback(), Looks())
    knobs = Knobs()
    assert knobs.knob(told.rules) is None
    knobs.choose(Choose("gravity", 0.38), view)
    knobs.choose(Choose("distance", 30.0), view)  # as it is
    knobs.choose(Choose("impact", -7.0), view)
    wish = TurnKnob(1.0, 0.38, {"impact": -7.0})
    assert Turn(wish) in intents(seen(knobs, told)[1])
    knobs.choose(Choose("back"), view)
    assert knobs.knob(told.rules) is None


def test_a_turn_that_was_told_is_not_turned_again():
    told = story("cma")
    view = View(told, Playback(), Looks())
    knobs = Knobs()
    seen(knobs, told)
    knobs.choose(Choose("spread", 2.0), view)
    told.take(Turned(13, told.rules, 2.0))
    seen(knobs, told)
    assert knobs.knob(told.rules) is None


def test_what_is_set_while_a_turn_waits_is_kept():
    told = story("cma")
    view = View(told, Playback(), Looks())
    knobs = Knobs()
    knobs.choose(Choose("spread", 2.0), view)
    knobs.choose(Choose("turned"), view)
    assert knobs.knob(told.rules) is None
    knobs.choose(Choose("gravity", 0.5), view)
    told.take(Turned(13, told.rules))
    seen(knobs, told)
    assert knobs.knob(told.rules) == TurnKnob(1.0, 0.5, {})


def test_what_was_set_for_another_run_is_forgotten():
    first, second = story("cma"), story("cma")
    knobs = Knobs()
    knobs.choose(Choose("impact", -7.0), View(first, Playback(), Looks()))
    knobs.choose(Choose("turned"), View(first, Playback(), Looks()))
    knobs.choose(Choose("gravity", 0.5), View(first, Playback(), Looks()))
    assert knobs.knob(first.rules) is not None
    seen(knobs, second)
    assert knobs.knob(second.rules) is None
    assert knobs.turns is None


def test_no_knob_can_be_turned_once_all_guesses_are_made():
    one = story("cma")
    one.take(AtTheGate(1, 3))
    assert intents(seen(Knobs(), one)[1]) == [Act("close_panel")]


def test_luck_counts_all_guesses_and_not_only_those_that_are_told():
    one = story("ready")
    one.take(replace(made(1), size=900, better=0))
    one.take(replace(made(2), size=900, better=7))
    assert luck(one).before == one.generations[0].best
    assert luck(one).each == 30
    assert "of the 900 guesses of generation 2, 7 beat" in told(one)
    one.take(replace(made(3), turned=True, better=2))
    assert luck(one).before == one.generations[1].best
    one.take(replace(made(4), turned=True, rescored=True))
    assert luck(one).before is None
    assert luck(one).each == 1


def test_ancestors_whose_scores_do_not_compare_neither_gain_nor_lose(monkeypatch):
    written, write = [], Pen.text

    def watched(pen, surface, text, *rest, **more):
        written.append(text)
        return write(pen, surface, text, *rest, **more)

    monkeypatch.setattr(Pen, "text", watched)
    one = story("ga")
    line = (Ancestor(0, 1, 9.0, 0, ()), Ancestor(1, 2, 4.0, 1, ((0, 0.5),)))
    one.take(Descent(12, line))
    seen(Family(), one)
    assert "counted anew" in written
    assert "−5.0" not in written
    assert not any("orange" in text for text in written)
    one.take(Descent(12, (line[0], replace(line[1], reckoning=0))))
    seen(Family(), one)
    assert "−5.0" in written


@pytest.mark.parametrize("count", [1, 2, 3, 140, 141, 2000])
def test_a_line_of_any_length_has_room(count):
    one = story("ga")
    line = tuple(Ancestor(n, n + 1, float(n), n // 900, ((1, 0.1),)) for n in range(count))
    one.take(Descent(12, line))
    seen(Family(), one)


def test_sliders_reach_no_further_than_a_run_allows():
    _, hots = seen(Knobs(), story("cma"))
    ends = [hot.at(x, hot.rect.centery) for hot in hots if hot.drag for x in (-999, 9999)]
    gravity = [choice.value for choice in ends if choice.what == "gravity"]
    assert gravity == [0.3, 2.0]
    costs = [choice.value for choice in ends if choice.what == "impact"]
    assert costs == [0.0, -10.0]


def test_knobs_of_a_run_that_is_over_cannot_be_turned():
    told = story("cma")
    told.take(Stopped(Path("/nowhere")))
    assert intents(seen(Knobs(), told)[1]) == [Act("close_panel")]


def test_a_start_is_given_up_when_the_next_stage_goes_on_without_it():
    lanes = Lanes().read(story("cma"))
    assert [lane.start for lane in lanes] == [0, 1, 2]
    assert [lane.ended for lane in lanes] == [True, False, True]
    assert lanes[0].generations[-1] == 5
    assert lanes[1].generations[-1] == 12


def test_scores_that_do_not_compare_are_not_carried_on():
    told = story("ready")
    for number, rigour, best in ((1, 0, 9.0), (2, 1, 4.0), (3, 1, 3.0)):
        told.take(replace(made(number, (0,), rigour=rigour), starts=((0, best),)))
    assert Lanes().read(told)[0].scores == (9.0, 4.0, 4.0)
    for number, rescored, best in ((4, False, 2.0), (5, True, 1.0)):
        told.take(
            replace(
                made(number, (0,), rigour=1), turned=True, rescored=rescored, starts=((0, best),)
            )
        )
    assert Lanes().read(told)[0].generations == (1, 2, 4, 5)
    assert Lanes().read(told)[0].scores == (9.0, 4.0, 4.0, 1.0)


def test_the_picker_offers_every_species_and_what_a_run_can_be_told():
    told = story("empty")
    _, hots = seen(Dinosaurs(), told)
    offered = {intent.value for intent in intents(hots) if getattr(intent, "what", "") == "species"}
    assert offered == set(species_names())
    assert set(OFFERED) <= set(OBJECTIVES)
    assert set(SEARCHES) <= set(STRATEGIES)


def test_the_picker_begins_what_was_chosen():
    told = story("ga")
    view = View(told, Playback(), Looks())
    picker = Dinosaurs()
    assert picker.wish(view) == Begin("velociraptor", 3, "ga", "walk")
    for what, value in (("species", "allosaurus"), ("seed", 8), ("objective", "gentle")):
        picker.choose(Choose(what, value), view)
    assert Begin("allosaurus", 8, "ga", "gentle") in intents(seen(picker, told)[1])


def test_an_animal_of_ones_own_can_be_chosen_again():
    told = story("empty")
    here = ready()
    told.take(replace(here, skeleton=replace(here.skeleton, name="myraptor", title="My raptor")))
    picker = Dinosaurs()
    view = View(told, Playback(), Looks())
    assert picker.wish(view).species == "myraptor"
    _, hots = seen(Dinosaurs(), told)
    offered = {intent.value for intent in intents(hots) if getattr(intent, "what", "") == "species"}
    assert offered == {*species_names(), "myraptor"}
