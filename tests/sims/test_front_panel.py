"""The front in the windows: drawn at any size, a click is the walker under it, in place of the scores."""

from dataclasses import replace

import pytest
from window_small import SIZES, TINY, drawn, hots, prepare, ready, story, view, walk

from sims.live.messages import FrontFacts, FrontPoint, WalkKey
from sims.window.overlays.dinosaurs import Dinosaurs
from sims.window.palette import AMBER, BLUE, VERMILION
from sims.window.panels.chart import ScoreChart
from sims.window.panels.front import FrontChart, FrontOr, energy_colour
from sims.window.playback import Playback
from sims.window.view import Begin, Choose, Looks, See, View


@pytest.fixture(autouse=True, scope="module")
def screen():
    prepare()


def front(count):
    points = [
        FrontPoint(100 + n, 1 + n, (), 0.2 + 0.05 * n, 1.0 + 0.02 * n * n, 2.0 - 0.1 * n, 1.0 + n)
        for n in range(count)
    ]
    points[0] = replace(points[0], names=("gentlest",))
    points[-1] = replace(points[-1], names=("fastest", "cheapest"))
    return FrontFacts(tuple(points))


def told(count):
    found = story(5)
    found.take(front(count))
    return found


@pytest.mark.parametrize(("size", "scale"), [*SIZES, *((size, 1.0) for size in TINY)])
@pytest.mark.parametrize("count", [1, 2, 24])
def test_the_front_draws_at_any_size(size, scale, count):
    mouse = (size[0] - 40, 120)
    for seen in (view(told(count)), view(told(count), walk(), mouse=mouse)):
        drawn(FrontOr(ScoreChart()), "chart", seen, size, scale)


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_a_click_on_a_dot_is_that_walker(size, scale):
    panel = FrontChart()
    frame, _ = drawn(panel, "chart", view(told(9)), size, scale)
    (hot,) = hots(frame)
    assert panel.plot is not None
    for one in front(9).points:
        x, y = panel.plot.at(one)
        assert frame.rect.move(-frame.rect.x, -frame.rect.y).collidepoint(x, y)
        assert hot.at(round(x), round(y)) == See(WalkKey(one.generation, "front", one.guess))


def test_further_right_is_more_strain_and_further_up_more_headway():
    panel = FrontChart()
    drawn(panel, "chart", view(told(9)))
    places = [panel.plot.at(one) for one in front(9).points]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)


def test_a_run_without_a_front_has_its_scores_there():
    panel = FrontOr(ScoreChart())
    alone, _ = drawn(ScoreChart(), "chart", view(story(5)))
    frame, surface = drawn(panel, "chart", view(story(5)))
    assert [hot.rect for hot in hots(frame)] == [hot.rect for hot in hots(alone)]
    _, with_front = drawn(panel, "chart", view(told(9)))
    assert surface.get_buffer().raw != with_front.get_buffer().raw
    assert panel.key(view(story(5))) != panel.key(view(told(9)))


def test_a_front_of_nobody_leaves_the_scores_there():
    found = story(5)
    found.take(FrontFacts(()))
    assert FrontOr(ScoreChart()).key(view(found))[0] is False


def test_the_cheapest_is_blue_and_the_dearest_red():
    assert energy_colour(1.0, 1.0, 2.0) == BLUE
    assert energy_colour(1.5, 1.0, 2.0) == AMBER
    assert energy_colour(2.0, 1.0, 2.0) == VERMILION
    assert energy_colour(1.0, 1.0, 1.0) == BLUE


def test_in_the_picker_several_aims_bring_their_own_search_and_another_search_lets_them_go():
    seen = View(story(1), Playback(), Looks())
    picker = Dinosaurs()
    picker.choose(Choose("objective", "pareto"), seen)
    assert picker.wish(seen) == Begin("velociraptor", 7, "nsga2", "pareto")
    picker.choose(Choose("strategy", "hill"), seen)
    assert picker.wish(seen) == Begin("velociraptor", 7, "hill", "walk")


def test_in_the_picker_a_run_of_several_aims_is_followed_by_one_like_it():
    found = story(0)
    found.take(replace(ready(), strategy="nsga2", rules=replace(ready().rules, objective="pareto")))
    seen = View(found, Playback(), Looks())
    picker = Dinosaurs()
    assert picker.wish(seen).strategy == "nsga2"
    picker.choose(Choose("objective", "gentle"), seen)
    assert picker.wish(seen) == Begin("velociraptor", 7, "cma", "gentle")
