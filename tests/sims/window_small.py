"""A window's worth of a run made by hand, and a real short walk: what the tests of the window draw from."""

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pygame
from sims_small import TRIAL, configuration

from sims.evaluate import evaluate
from sims.live.messages import GenerationFacts, Ready, Rules, Try, Walk, WalkKey
from sims.live.tell import genes_of
from sims.live.walks import Scored, walk_again
from sims.window.layout import layout
from sims.window.pen import Pen
from sims.window.playback import Playback
from sims.window.sheet import Frame
from sims.window.story import Story
from sims.window.view import Looks, View

SIZES = (((960, 600), 1.0), ((1280, 720), 1.0), ((1920, 1080), 1.5))
"""Of the window, pixels, and pixels in a point."""
TINY = ((1, 1), (64, 48), (200, 120), (320, 200), (960, 60), (120, 600))
"""Sizes that no window should have, and that some window managers give it."""
WORST = -1e9


def prepare() -> None:
    """Makes pygame draw without a screen."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    pygame.display.init()
    pygame.font.init()


@lru_cache
def ready() -> Ready:
    chosen = configuration()
    return Ready(
        folder=Path("nowhere"),
        skeleton=chosen.skeleton(),
        look=chosen.species.look,
        title=chosen.species.title,
        seed=7,
        strategy="ga",
        rules=Rules(1.0, chosen.objective.name, dict(chosen.objective.weights)),
        genes=genes_of(chosen.table()),
        seconds=TRIAL.seconds,
        budget=10_000,
        guesses=0,
        workers=1,
    )


def facts(number: int, **changes) -> GenerationFacts:
    """A generation that is a little better than the one before."""
    genes = tuple(2.5 * (((7 * number + 3 * gene) % 11) / 5.5 - 1.0) for gene in range(48))
    best = 2.0 + 0.1 * number
    made = GenerationFacts(
        number=number,
        phase="breed",
        rigour=0,
        guesses=40 * number,
        size=40,
        best=best,
        median=0.5 * best,
        lower=0.3 * best,
        upper=0.7 * best,
        distance_m=0.5 + 0.05 * number,
        time_up_s=TRIAL.seconds,
        ended="fell" if number % 3 else "finished",
        why="its head touched the ground" if number % 3 else "",
        terms={"upright": 0.2, "distance": 0.01 * number},
        record=True,
        leader=number,
        genes=genes,
        tries=tuple(Try(n, best - n, 0.4, 0.5, "fell", 0) for n in range(40)),
        rate=3000.0,
        eta_s=100.0,
    )
    return replace(made, **changes)


def story(count: int, **changes) -> Story:
    """A run of so many generations; with ``changes`` in each of them."""
    told = Story()
    told.take(ready())
    for number in range(1, count + 1):
        told.take(facts(number, **changes))
    return told


@lru_cache
def walk(generation: int = 1) -> Walk:
    """A real one, of the genes that stand."""
    chosen = configuration()
    genes = chosen.table().start
    found = evaluate(chosen.task(), genes)
    return walk_again(
        chosen.skeleton(),
        Scored(
            WalkKey(generation),
            guess=5,
            genome=genes,
            trial=chosen.trial,
            weights=chosen.objective.weights,
            score=found.base_score,
            terms=found.terms,
            digest=found.digest,
        ),
    )


def view(told: Story, on_stage: Walk | None = None, **changes) -> View:
    playback = Playback()
    if on_stage is not None:
        playback.load(on_stage.seconds, on_stage.trajectory.frame_time)
        playback.seek(0.4 * on_stage.seconds)
    return View(told, playback, Looks(), walk=on_stage, **changes)


def drawn(panel, name: str, seen: View, size=(960, 600), scale=1.0) -> tuple[Frame, pygame.Surface]:
    """A panel at its place in the window."""
    surface = pygame.Surface(size)
    frame = Frame(panel)
    frame.draw(surface, getattr(layout(size, scale), name), Pen(scale), seen)
    return frame, surface


def hots(frame: Frame):
    """The clickable places of a panel that was drawn, in its own pixels."""
    return list(frame._sheet.hots) if frame._sheet else []
