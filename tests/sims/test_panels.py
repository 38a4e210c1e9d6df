"""The panels round the stage: they draw at any size and any moment of a run, and a click means what is under it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest
from window_small import (
    SIZES,
    TINY,
    WORST,
    drawn,
    facts,
    hots,
    prepare,
    ready,
    story,
    view,
    walk,
)

from sims.live.messages import Crowned, Robust, WalkKey
from sims.window.eye import Eye
from sims.window.palette import INK
from sims.window.panels.axes import Across, apart, generations, plain, signed, ticks
from sims.window.panels.bars import bars
from sims.window.panels.card import ScoreCard, largest, terms
from sims.window.panels.chart import ScoreChart
from sims.window.panels.curves import curves
from sims.window.panels.genes import GeneStrip, part, shown
from sims.window.panels.numbers import numbers
from sims.window.panels.steps import FootFalls
from sims.window.panels.strip import GenerationStrip
from sims.window.pen import Pen
from sims.window.sentences import far, weight
from sims.window.sheet import Frame, Sheet
from sims.window.stage.stage import Scene, Stage
from sims.window.story import Story
from sims.window.view import Act, Looks, See, Seek

PANELS = {
    "chart": ScoreChart,
    "strip": GenerationStrip,
    "steps": FootFalls,
    "genes": GeneStrip,
    "card": ScoreCard,
}


@pytest.fixture(autouse=True, scope="module")
def screen():
    prepare()


def moments():
    """Views of a run from before it exists to its hundredth generation."""
    crashed = story(3)
    crashed.take(facts(4, best=WORST, median=WORST, lower=WORST, upper=WORST, distance_m=0.0))
    resumed = Story()
    resumed.take(replace(ready(), past=tuple(facts(n, genes=(), tries=()) for n in range(1, 30))))
    tested = story(100)
    tested.take(Robust(WalkKey(1), 0.934, {}, True))
    return {
        "nothing yet": view(Story()),
        "no generation": view(story(0)),
        "one without a walk": view(story(1), key=WalkKey(1)),
        "one": view(story(1), walk()),
        "two": view(story(2), walk()),
        "a crash": view(crashed, walk()),
        "all crashed": view(story(3, best=WORST, median=WORST, lower=WORST, upper=WORST)),
        "taken up again": view(resumed, walk()),
        "many": view(tested, walk(), live=False, mouse=(900, 560)),
    }


@pytest.mark.parametrize(("size", "scale"), SIZES)
@pytest.mark.parametrize("name", PANELS)
def test_a_panel_draws_at_any_size_and_moment(name, size, scale):
    for moment, seen in moments().items():
        frame, surface = drawn(PANELS[name](), name, seen, size, scale)
        inner = surface.subsurface(frame.rect)
        colours = np.unique(pygame.surfarray.array2d(inner))
        assert len(colours) > 4, moment
        whole = inner.get_rect()
        assert [hot.rect for hot in hots(frame) if not whole.contains(hot.rect)] == [], moment


@pytest.mark.parametrize("size", TINY)
@pytest.mark.parametrize("name", PANELS)
def test_a_panel_without_room_draws_less(name, size):
    for seen in moments().values():
        for scale in (0.75, 1.0, 2.0):
            whole = pygame.Rect((0, 0), size)
            Frame(PANELS[name]()).draw(pygame.Surface(size), whole, Pen(scale), seen)


@pytest.mark.parametrize("size", TINY)
@pytest.mark.parametrize("on_stage", [False, True])
def test_a_stage_without_room_draws_less(on_stage, size):
    for scale in (0.75, 2.0):
        stage = Stage(Pen(scale), ready().skeleton, ready().look)
        shown = walk() if on_stage else None
        scene = Scene(shown, 0.1, [shown] if shown else [])
        rect = pygame.Rect((0, 0), size)
        for frame in (rect, rect.inflate(-100, -100)):
            camera = stage.draw(pygame.Surface(size), frame, scene, Eye(), Looks())
            assert camera.scale > 0


def test_a_long_run_is_not_drawn_with_every_generation():
    for count, waits in ((40, False), (600, True)):
        seen, chart = view(story(count), walk(), clock=9.0), ScoreChart()
        frame, surface = drawn(chart, "chart", seen)

        def shown(at, chart=chart, frame=frame, surface=surface, seen=seen):
            seen.clock = at
            frame.draw(surface, frame.rect, Pen(), seen)
            return chart.plot.across.count

        seen.story.take(facts(count + 1))
        assert shown(9.1) == (count if waits else count + 1)
        assert shown(9.5) == count + 1
        seen.story.take(facts(count + 2))
        assert shown(9.6) == (count + 1 if waits else count + 2)
        seen.walk, seen.key = None, WalkKey(7)  # a click is never late
        assert shown(9.61) == count + 2


@pytest.mark.parametrize("name", PANELS)
def test_what_a_panel_depends_on_stays_the_same_from_frame_to_frame(name):
    seen, panel = view(story(12), walk()), PANELS[name]()
    before = panel.key(seen)
    seen.mouse, seen.clock = (700, 100), 3.0
    seen.playback.seek(0.1)
    assert panel.key(seen) == before
    assert panel.key(view(story(13), walk())) != before


@pytest.mark.parametrize("name", ["chart", "strip", "genes"])
def test_the_mouse_over_a_panel_shows_more(name):
    seen, panel = view(story(40), walk()), PANELS[name]()
    frame, without = drawn(panel, name, seen)
    seen.mouse = frame.rect.left + frame.rect.width // 2 - 30, frame.rect.centery
    _, over = drawn(panel, name, seen)
    assert (pygame.surfarray.array2d(without) != pygame.surfarray.array2d(over)).any()
    seen.looks = Looks(overlay="help")
    _, under = drawn(panel, name, seen)
    assert (pygame.surfarray.array2d(without) == pygame.surfarray.array2d(under)).all()


@pytest.mark.parametrize("count", [1, 2, 40, 700])
def test_a_click_at_a_generations_place_in_the_chart_means_it(count):
    chart = ScoreChart()
    frame, _ = drawn(chart, "chart", view(story(count)), (1920, 1080), 1.5)
    for number in {1, count // 2 or 1, count}:
        x = frame.rect.x + chart.plot.across.x(number)
        _, intent = frame.find((round(x), frame.rect.centery))
        assert abs(intent.key.generation - number) <= count // 300
        assert intent.key.who == "best"


def test_a_click_on_a_bar_of_the_strip_means_its_generation():
    strip = GenerationStrip()
    frame, _ = drawn(strip, "strip", view(story(30)))
    for number in (1, 17, 30):
        left, wide = strip.row.span(strip.row.place(number))
        _, intent = frame.find((frame.rect.x + left + wide // 2, frame.rect.centery))
        assert intent == See(WalkKey(number))


def test_two_thousand_generations_share_the_pixels_of_the_strip():
    told, strip = story(2000), GenerationStrip()
    told.generations[1234] = facts(1235, distance_m=900.0)
    frame, _ = drawn(strip, "strip", view(told))
    assert len(strip.row.bars) <= strip.row.rect.width
    left, _ = strip.row.span(strip.row.place(1235))
    _, intent = frame.find((frame.rect.x + left, frame.rect.centery))
    assert intent == See(WalkKey(1235))
    assert strip.row.bars[-1].last == 2000


@pytest.mark.parametrize("count", [1, 7, 100, 101, 1999])
def test_every_generation_is_in_one_bar(count):
    made = [facts(number) for number in range(1, count + 1)]
    found = bars(made, numbers(made), 100)
    assert len(found) <= 100
    covered = [n for bar in found for n in range(bar.first, bar.last + 1)]
    assert covered == list(range(1, count + 1))
    assert all(bar.first <= bar.best.number <= bar.last for bar in found)


def intents(frame):
    return [hot.at(*hot.rect.center) for hot in hots(frame)]


def test_the_strip_jumps_only_to_generations_that_exist():
    for count, stops in ((1, [1]), (2, [1, 2]), (10, [1, 10]), (60, [1, 10, 50, 60])):
        frame, _ = drawn(GenerationStrip(), "strip", view(story(count)))
        chips = [hot for hot in hots(frame) if not hot.drag]
        found = [hot.at(0, 0) for hot in chips]
        assert [one.key.generation for one in found if isinstance(one, See)] == stops
        assert (Act("side_by_side") in found) == (count > 1)
        assert Act("live") in found
        assert all(hot.tip for hot in chips)


def test_the_light_of_the_live_button_goes_out():
    lit, dark = (
        pygame.surfarray.array2d(drawn(GenerationStrip(), "strip", view(story(5), live=live))[1])
        for live in (True, False)
    )
    assert (lit != dark).any()


def test_a_click_on_the_time_line_goes_there_and_never_past_the_end():
    steps, seen = FootFalls(), view(story(1), walk())
    frame, _ = drawn(steps, "steps", seen)
    y = frame.rect.centery
    for time in (0.0, 0.3, walk().seconds):
        _, intent = frame.find((frame.rect.x + round(steps.line.x(time)), y))
        assert isinstance(intent, Seek)
        assert intent.time == pytest.approx(time, abs=0.01)
    assert frame.find((frame.rect.right - 1, y))[1] == Seek(walk().seconds)
    assert frame.find((frame.rect.left, y))[1] == Seek(0.0)


def test_a_walk_that_ended_early_is_marked():
    whole = replace(walk(), ended="finished")
    fell = replace(walk(), ended="fell", why="its head touched the ground")
    pictures = [
        pygame.surfarray.array2d(drawn(FootFalls(), "steps", view(story(1), one))[1])
        for one in (whole, fell)
    ]
    assert (pictures[0] != pictures[1]).any()


def test_every_gene_says_what_it_does():
    genes, told = GeneStrip(), story(3)
    frame, _ = drawn(genes, "genes", view(told))
    tips = [hot.tip for hot in hots(frame)]
    assert len(tips) == len(ready().genes) == 48
    assert all(fact.words in tip for fact, tip in zip(ready().genes, tips, strict=True))
    assert "was" in tips[0]
    assert all(frame.find(_middle(frame, hot))[1] is None for hot in hots(frame))


def _middle(frame, hot):
    return frame.rect.x + hot.rect.centerx, frame.rect.y + hot.rect.centery


def test_genes_are_those_on_stage_or_else_of_the_best_or_the_latest():
    told = story(5)
    on_stage = shown(view(told, walk()))
    assert on_stage is not None
    assert (on_stage.generation, on_stage.genes) == (walk().key.generation, walk().genes)
    best = shown(view(told))
    assert best is not None
    assert best.genes == told.leader.genes
    assert best.before == told.generation(best.generation - 1).genes
    assert shown(view(story(2, genes=()))) is None


def test_parts_of_the_body_have_words():
    assert part("leg.hip.offset") == "thigh"
    assert part("hind.knee.sine") == "knee"
    assert part("tail.rate") == "tail"
    assert part("horn.size") == "horn"
    assert {part(fact.name) for fact in ready().genes} >= {"thigh", "knee", "ankle", "toes"}


def test_the_rows_of_the_card_add_up_to_the_score():
    rows = terms(walk())
    assert sum(row.value for row in rows) == pytest.approx(walk().score)
    assert all(row.words and row.tip for row in rows)


def test_a_card_with_little_room_keeps_what_counts_most():
    rows = terms(walk())
    kept = largest(rows, 3)
    assert len(kept) == 3
    assert min(abs(row.value) for row in kept) >= max(
        abs(row.value) for row in rows if row not in kept
    )
    sheet = Sheet(pygame.Surface((276, 150), pygame.SRCALPHA), Pen())
    ScoreCard().draw(sheet, view(story(1), walk()))
    places = [hot.rect for hot in sheet.hots if hot.tip in {row.tip for row in rows}]
    assert 0 < len(places) < len(rows)
    assert all(sheet.rect.contains(place) for place in places)
    assert all(one.bottom <= other.top + 1 for one, other in pairwise(places))


@pytest.mark.parametrize("who", ["best", "middle", "worst", "champion"])
def test_the_card_has_a_title_for_every_walk(who):
    told = replace(walk(), key=WalkKey(1, who))
    _, surface = drawn(ScoreCard(), "card", view(story(1), told))
    assert pygame.mask.from_threshold(surface, INK, (60, 60, 60)).count() > 100


def test_what_the_strict_look_counts_is_told_where_it_differs():
    for lead, told in ((0.5, 1), (-0.5, 0), (0.0, 0)):
        one = story(1, best=walk().score - lead)
        tips = [hot.tip for hot in hots(drawn(ScoreCard(), "card", view(one, walk()))[0])]
        assert sum("two worlds" in tip for tip in tips) == told


def test_the_badge_says_how_robust_a_walk_is_unless_it_fell():
    finished = replace(walk(), ended="finished")
    pictures = []
    for robust in (None, Robust(WalkKey(1), 0.99, {}, True), Robust(WalkKey(1), 0.1, {}, False)):
        told = story(1)
        if robust is not None:
            told.take(robust)
        frame, surface = drawn(ScoreCard(), "card", view(told, finished))
        tips = [hot.tip for hot in hots(frame)]
        assert any("worlds it has never met" in tip for tip in tips)
        pictures.append(pygame.surfarray.array2d(surface))
    assert (pictures[0] != pictures[1]).any()
    assert (pictures[1] != pictures[2]).any()
    fell = replace(walk(), ended="fell", why="its head touched the ground")
    frame, _ = drawn(ScoreCard(), "card", view(story(1), fell))
    assert not any("worlds" in hot.tip for hot in hots(frame))


def badge(monkeypatch, told, shown):
    """Returns what is written on the card of a walk."""
    written, write = [], Pen.text

    def watched(pen, surface, text, *rest, **more):
        written.append(text)
        return write(pen, surface, text, *rest, **more)

    monkeypatch.setattr(Pen, "text", watched)
    drawn(ScoreCard(), "card", view(told, shown))
    return written


def test_a_walk_that_keeps_too_little_elsewhere_is_not_said_to_fall(monkeypatch):
    told = story(1)
    told.take(Robust(WalkKey(1), 0.619, {}, False))
    written = badge(monkeypatch, told, replace(walk(), ended="finished"))
    assert "keeps only 61 % elsewhere" in written
    assert not any("falls" in text for text in written)


def test_the_card_of_a_champion_says_what_the_gate_said(monkeypatch):
    for passes, words in ((True, "robust 0.75"), (False, "keeps only 75 % elsewhere")):
        told = story(1)
        told.take(Crowned(ready().folder, 1, 5, 9.0, 0.75, passes, "finished"))
        champion = replace(walk(), ended="finished", key=WalkKey(1, "champion"))
        assert words in badge(monkeypatch, told, champion)


def test_distances_are_said_one_way():
    said = [far(metres) for metres in (0.124, 0.997, 3.14, 9.96, 31.04, -0.5, -12.0, -0.001)]
    assert said == ["12 cm", "1.0 m", "3.1 m", "10 m", "31 m", "−50 cm", "−12 m", "0 cm"]
    assert far(31.04, 1) == "31.0 m"
    assert [weight(value) for value in (30.0, -2.5, 0.0)] == ["+30", "−2.5", "0"]


def test_a_walk_that_came_to_nothing_has_no_score():
    nothing = replace(walk(), score=WORST, terms={}, ended="failed", why="it came apart")
    frame, _ = drawn(ScoreCard(), "card", view(story(1), nothing))
    assert hots(frame) == []


def test_scores_of_which_nothing_came_do_not_stretch_the_axis():
    made = [facts(n) for n in range(1, 41)]
    sound = curves(numbers(made), 100)
    made[20] = facts(21, best=WORST, median=WORST, lower=WORST, upper=WORST)
    made[30] = facts(31, median=WORST, lower=WORST)
    found = curves(numbers(made), 100)
    assert (found.low, found.high) == (sound.low, sound.high)
    for row in (found.best, found.middle, found.lower, found.upper):
        assert row.min() >= found.low
        assert row.max() <= found.high


def test_two_thousand_generations_are_as_many_points_as_fit():
    found = curves(numbers([facts(n) for n in range(1, 2001)]), 120)
    assert len(found.at) <= 120
    assert found.at[-1] == 2000
    assert (np.diff(found.at) > 0).all()


def test_records_begin_anew_where_scores_no_longer_compare():
    made = [
        facts(n, best=10.0 - n, rigour=int(n > 4), turned=n in (3, 8), rescored=n == 8)
        for n in range(1, 11)
    ]
    found = curves(numbers(made), 100)
    assert found.marks == ((3, "turned"), (5, "strict"), (8, "turned"))
    assert found.record == (((1, 9.0), (4, 9.0)), ((5, 5.0), (7, 5.0)), ((8, 2.0), (10, 2.0)))


def test_level_lines_are_round_numbers():
    assert ticks(0.0, 21.9, 4) == [0.0, 10.0, 20.0]
    assert ticks(-3.0, 7.9, 4) == [0.0, 5.0]
    assert ticks(0.0, 0.41, 4.4) == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])
    assert ticks(0.0, 9.1, 4.4) == [0.0, 2.5, 5.0, 7.5]
    assert generations(115, 4) == [1, 50, 100]
    assert generations(3, 6) == [1, 2, 3]


def test_numbers_have_a_true_minus_and_zero_has_no_sign():
    assert [signed(value) for value in (3.21, -3.21, 0.04, -0.04)] == ["+3.2", "−3.2", "0.0", "0.0"]
    assert plain(-12.0, 0) == "−12"


def test_labels_keep_apart():
    assert apart([1.0, 2.0, 30.0], 10.0, 0.0, 100.0) == [1.0, 11.0, 30.0]
    assert apart([98.0, 99.0], 10.0, 0.0, 100.0) == [90.0, 100.0]


def test_few_generations_leave_room_for_more():
    across = Across(0.0, 110.0, 2)
    assert across.x(2) == 10.0
    assert [across.nearest(x) for x in (-50.0, 4.0, 6.0, 200.0)] == [1, 1, 2, 2]
