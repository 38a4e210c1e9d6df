"""The walkers on the page: each with its animation, the moments of a stride, its feet, joints and score."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sims.report import animation, gait, pieces
from sims.report.material import Material, Result, Run, Setting
from sims.report.pieces import e
from sims.report.walker import Walker, walker
from sims.report.words import number

FEW = 3
"""Settings: more are shown two beside each other, and their figures are folded away."""


@dataclass(slots=True)
class Store:
    """The walks and skins that the page plays, each kept once."""

    walks: dict[str, Any] = field(default_factory=dict)
    skins: dict[str, Any] = field(default_factory=dict)

    def add(self, shown: Walker) -> str:
        """Returns the name under which the page finds a walk."""
        name = f"w{len(self.walks)}"
        made = animation.animation(shown)
        self.walks[name] = made
        if made["skin"] not in self.skins:
            self.skins[made["skin"]] = animation.skin(shown)
        return name

    def script(self) -> str:
        """Returns it as data in the page; no text in it can end the element it stands in."""
        person = animation.figure_of_a_person()
        data = {"walks": self.walks, "skins": self.skins, "person": person}
        text = json.dumps(data, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
        return f'<script type="application/json" id="walks">{text}</script>'


def walkers(material: Material, store: Store) -> str:
    """Returns the champions of every setting that has one, and puts their walks into the store."""
    many = any(len(setting.done) > 1 for setting in material.settings)
    words = (
        "The champion, drawn from the walk in its file: play it, drag along it, or watch it slowly."
    )
    if many:
        words = (
            "Of each setting the seed in the middle, by score: half of the seeds do no better. The best seed "
            "is shown beside it; it is the luckiest of all and no sign of what another seed would bring."
        )
    shown = [setting for setting in material.settings if setting.done]
    few = len(shown) <= FEW
    made = "".join(_setting(setting, store, few) for setting in shown)
    return pieces.see(words) + (made if few else f'<div class="gallery">{made}</div>')


def _setting(setting: Setting, store: Store, few: bool) -> str:
    takes = [(name, run, walker(run)) for name, run in setting.shown.items()]
    tabs = "".join(
        f'<button type="button" aria-pressed="false">{e(_named(name, run))}</button>'
        for name, run, _ in takes
    )
    shown = "".join(_take(name, run, walk, store, few) for name, run, walk in takes)
    head = f"<h3>{pieces.badge(setting.number)}{e(setting.heading)}</h3>"
    bar = f'<div class="tabs">{tabs}</div>' if len(takes) > 1 else ""
    return f'<article class="walkers">{head}{bar}{shown}</article>'


def _named(name: str, run: Run) -> str:
    return f"{name[:1].upper()}{name[1:]}: {run.seed}" if "seed" in name else f"Seed {run.seed}"


def _take(name: str, run: Run, shown: Walker | None, store: Store, few: bool) -> str:
    result = run.result
    assert result is not None
    words = f"<h4>{e(_named(name, run))}</h4><p>{e(_walk_words(result))}</p>"
    if shown is None:
        words += "<p>It came apart before its first frame: there is nothing to show.</p>"
        return f'<div class="take">{words}{pieces.grid(_score_figure(result))}</div>'
    walk = store.add(shown)
    title = f"{shown.genome.species.title}, seed {run.seed}, walking"
    play = pieces.player(walk, walk == "w0", title)
    film = pieces.figure(
        gait.strip(shown), "Moments of a stride", _strip_words(shown), scrolls=True
    )
    more = _figures(shown, result)
    if not few:
        more = f"<details><summary>Feet, score and joints</summary>{more}</details>"
    return f'<div class="take">{words}{play}{film}{more}</div>'


def _walk_words(result: Result) -> str:
    found = result.measures
    end = (
        "without falling"
        if result.ended == "finished"
        else f"and then: {result.why or result.ended}"
    )
    kept = (
        ""
        if result.robust is None
        else f" In worlds it had never met it keeps {result.robust:.0%} of its score."
    )
    return (
        f"{number(found['distance_m'], 1)} m in {number(found['time_up_s'], 1)} s {end}; "
        f"{number(found['speed_m_s'], 2)} m/s at the end, Froude number {number(found['froude'], 2)}.{kept}"
    )


def _strip_words(shown: Walker) -> str:
    moments = "Six moments of one stride, from a landing of the left foot"
    if shown.stride is None:
        moments = "There is no full stride: six moments of the last second"
    return (
        f"{moments}, moved apart so that no pose hides another. See which foot bears the body when."
    )


def _figures(shown: Walker, result: Result) -> str:
    """Returns feet, joints and terms of a champion."""
    feet = pieces.figure(
        gait.foot_falls(shown),
        "Feet on the ground",
        "A bar for as long as a foot is down. In a walk the bars of left and right overlap, in a run there are gaps, "
        "and an even gait has bars of one length.",
    )
    loads = pieces.figure(
        gait.joint_loads(result),
        "Loads of the joints",
        "The bar is the usual force in a joint (root mean square), the tick its hardest moment, muscles included. "
        "Blue is left and the middle of the body, orange is right.",
    )
    return pieces.grid(f"<div>{feet}{_score_figure(result)}</div>", loads)


def _score_figure(result: Result) -> str:
    return pieces.figure(
        gait.terms(result),
        f"What the score of {number(result.score, 1)} is made of",
        "To the right what counted for this walk, to the left what counted against it. The bars add up to the score.",
    )
