"""The whole page: one file with everything in it, which asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from importlib.resources import files
from typing import Any

from creatures.variants import VARIANTS
from sims.report import animation, figures, gait, pieces
from sims.report.material import STATES, Material, Result, Run, Setting
from sims.report.pieces import e
from sims.report.said import comparing, found, standing
from sims.report.statistics import LEAST, Paired
from sims.report.walker import Walker, walker
from sims.report.words import MEASURES, counted, number

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="generator" content="gaitosaur {version}">
<title>{title}</title>
<style>
{css}
</style>
</head>
"""


@dataclass(slots=True)
class _Store:
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


def page(material: Material, compared: tuple[Paired, ...]) -> str:
    """Returns the report as one HTML file."""
    store = _Store()
    colours = figures.series(material)
    parts = dict(_parts(material, compared, colours, store))
    script = _file("page.js")
    head = _HEAD.format(
        policy=_policy(script), version=e(version()), title=e(material.title), css=_file("page.css")
    )
    body = "".join(pieces.section(name, heads, inner) for name, (heads, inner) in parts.items())
    links = "".join(f'<li><a href="#{n}">{e(heads)}</a></li>' for n, (heads, _) in parts.items())
    return (
        f"{head}<body>{_banner(material)}<nav><ul>{links}</ul></nav><main>{body}</main>{_footer()}"
        f"{store.script()}<script>{script}</script></body></html>\n"
    )


def version() -> str:
    """Returns which gaitosaur this is."""
    try:
        return metadata.version("gaitosaur")
    except metadata.PackageNotFoundError:
        return "not installed"


def _file(name: str) -> str:
    return files("sims.report").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """Returns what the page allows itself: its own script and style, and nothing from anywhere else."""
    found = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; script-src 'sha256-{found}'; style-src 'unsafe-inline'"


def _banner(material: Material) -> str:
    kind = "a study" if material.is_study else "a run"
    question = f'<p class="question">{e(material.question)}</p>' if material.question else ""
    facts = "".join(
        f"<li><b>{e(n)}</b><span>{e(words)}</span></li>" for n, words in _facts(material)
    )
    return (
        f'<header><div><p class="eyebrow">Gaitosaur, report of {kind}</p><h1>{e(material.title)}</h1>'
        f'{question}<ul class="facts">{facts}</ul></div></header>'
    )


def _facts(material: Material) -> Iterator[tuple[str, str]]:
    if material.is_study:
        yield f"{len(material.settings):,}", "settings" if len(material.settings) > 1 else "setting"
        yield f"{len({run.seed for run in material.runs}):,}", "seeds each"
        yield f"{material.count('finished'):,} of {len(material.runs):,}", "runs finished"
    guesses = sum(run.curve.guesses for run in material.runs if run.curve is not None)
    yield f"{guesses:,}", "guesses, each a walk simulated"
    yield f"{material.base.get('seconds', '?')} s", "is how long a walk may last"


def _parts(
    material: Material,
    compared: tuple[Paired, ...],
    colours: Mapping[int, int],
    store: _Store,
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yields the name of each part, its heading, and what is in it."""
    notes = "".join(f'<p class="note">{e(note)}</p>' for note in standing(material))
    yield "short", ("In short", notes + pieces.sentences(found(material, compared)))
    is_told = any(setting.done for setting in material.settings)
    if is_told:
        yield "walkers", ("The walkers", _walkers(material, colours, store))
        yield "results", ("Results", _results(material, colours))
    if any(setting.curves for setting in material.settings):
        yield "learning", ("How they learnt", _learning(material, colours))
    if compared:
        yield "compared", ("Compared", _compared(compared))
    yield "grid", ("What was tried", _grid(material))
    yield "again", ("Make it again", _again(material))


def _walkers(material: Material, colours: Mapping[int, int], store: _Store) -> str:
    many = any(len(setting.done) > 1 for setting in material.settings)
    words = (
        "The champion, drawn from the walk in its file: play it, drag along it, or watch it slowly."
    )
    if many:
        words = (
            "Of each setting the seed in the middle, by score: half of the seeds do no better. The best seed "
            "is shown beside it; it is the luckiest of all and no sign of what another seed would bring."
        )
    made = [_setting(setting, colours, store) for setting in material.settings if setting.done]
    return pieces.see(words) + "".join(made)


def _setting(setting: Setting, colours: Mapping[int, int], store: _Store) -> str:
    takes = [(name, run, walker(run)) for name, run in setting.shown.items()]
    tabs = "".join(
        f'<button type="button" aria-pressed="false">{e(_named(name, run))}</button>'
        for name, run, _ in takes
    )
    shown = "".join(_take(name, run, walk, store) for name, run, walk in takes)
    head = f"<h3>{pieces.badge(colours[setting.number])}{e(setting.heading)}</h3>"
    bar = f'<div class="tabs">{tabs}</div>' if len(takes) > 1 else ""
    return f'<article class="walkers">{head}{bar}{shown}</article>'


def _named(name: str, run: Run) -> str:
    return f"{name[:1].upper()}{name[1:]}: {run.seed}" if "seed" in name else f"Seed {run.seed}"


def _take(name: str, run: Run, shown: Walker | None, store: _Store) -> str:
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
    return f'<div class="take">{words}{play}{film}{_figures(shown, result)}</div>'


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


def _results(material: Material, colours: Mapping[int, int]) -> str:
    many = any(len(setting.done) > 1 for setting in material.settings)
    bold = (
        "The champion of the run."
        if not many
        else (
            "Bold is the median over the seeds, so half of them do better and half worse. Below it the middle half, "
            f"and from {LEAST} seeds on, after the word mean, where the mean of all seeds would lie in 95 of 100 cases."
        )
    )
    hints = "".join(f"<li><b>{e(one.head)}</b>: {e(one.hint)}.</li>" for one in MEASURES)
    folded = f"<details><summary>What each column is</summary><ul>{hints}</ul></details>"
    made = pieces.see(bold) + pieces.results(material, colours) + folded
    if not many:
        return made
    shown = [setting for setting in material.settings if setting.done]
    return made + pieces.key(shown, colours) + _spreads(material, colours) + _why_interval()


def _spreads(material: Material, colours: Mapping[int, int]) -> str:
    far = pieces.figure(
        figures.spread(material, colours, "hip_heights"),
        "How far the seeds got",
        "A mark is a seed; the upright stroke is the median, the pale box the middle half, the dotted line the "
        "interval of the mean. The wider the box, the more luck decides.",
    )
    strain = pieces.figure(
        figures.against(material, colours, "hip_heights", "strain_bw"),
        "Distance against strain",
        "A mark is a seed. Right is far, low is gentle: what lies at the lower right gets far and spares its joints.",
    )
    return pieces.grid(far, strain)


def _why_interval() -> str:
    return pieces.see(
        "The interval of the mean is a bootstrap, bias-corrected and accelerated (BCa), with 9,999 resamples: "
        "seeds are skewed, for some fall at once and some walk far, and an interval that is the same to both "
        "sides would reach where no walk can be. With fewer than ten seeds it is a little too narrow."
    )


def _learning(material: Material, colours: Mapping[int, int]) -> str:
    words = (
        "Guesses are walks that were simulated; what counts is the best so far. The line is the median over the seeds, "
        "the shade reaches from the lower to the upper quartile. A line that still rises would gain by more guesses. "
        "After a dotted line guesses are looked at more strictly, in a second, harder world, and the best begins anew: "
        "scores before and after it do not compare."
    )
    made = [pieces.see(words)]
    for species, shown in figures.panels(material):
        made.append(f"<h3>{e(_species(shown, species))}</h3>" if species else "")
        made.append(pieces.key(shown, colours))
        score = pieces.figure(
            figures.learning(shown, colours, "score"), "Score", "See how soon the lines turn level."
        )
        far = pieces.figure(
            figures.learning(shown, colours, "distance_m"),
            "Distance",
            "How far the best so far gets: it may fall while the score rises, where gentleness counts more.",
        )
        made.append(pieces.grid(score, far))
    return "".join(made)


def _species(shown: list[Setting], species: str) -> str:
    return next((run.result.animal for s in shown for run in s.done if run.result), species)


def _compared(compared: tuple[Paired, ...]) -> str:
    words = "".join(pieces.see(one) for one in comparing(compared))
    return words + pieces.compared(compared)


def _grid(material: Material) -> str:
    tried = [[e(name), _values(name, values)] for name, values in material.grid.items()]
    seeds = sorted({run.seed for run in material.runs})
    tried.append(["seeds", e(_ranges(seeds))])
    same = [[e(name), e(value)] for name, value in material.base.items()]
    states = ", ".join(f"{material.count(s):,} {s}" for s in STATES if material.count(s))
    made = (
        pieces.see(
            "Every value is tried with every other, once for each seed: a seed is the chance of one run."
        )
        + pieces.table(("What differs", "Values"), tried, "plain")
        + pieces.see("The same for all of them:")
        + pieces.table(("What is the same", "Value"), same, "plain")
    )
    return made + pieces.see(f"{counted(len(material.runs), 'run')}: {states}.")


def _values(name: str, values: Sequence[str]) -> str:
    """Returns the values of what is varied; of a variant of the animal, what each means."""
    meaning = VARIANTS.get(name, {})
    if not meaning:
        return ", ".join(map(e, values))
    return "".join(f"<p><b>{e(v)}</b>: {e(meaning.get(v, ''))}</p>" for v in values)


def _ranges(seeds: list[int]) -> str:
    """``1 to 10``; those that do not follow each other one by one."""
    if len(seeds) > 2 and seeds == list(range(seeds[0], seeds[-1] + 1)):
        return f"{seeds[0]} to {seeds[-1]}"
    return ", ".join(map(str, seeds))


def _again(material: Material) -> str:
    words = (
        "The same command on the same platform makes the same champion, to the bit. "
        "To hear whether a saved walk is still the same walk: gaitosaur replay CHAMPION --check."
    )
    runs = material.runs
    return (
        pieces.see(words)
        + pieces.commands(runs)
        + _platforms(run.result for run in runs if run.result is not None)
        + _cite(material)
    )


def _platforms(results: Iterable[Result]) -> str:
    """Returns what the runs were made with; every platform, if there are several."""
    found = {tuple(sorted(result.platform.items())): None for result in results}
    if not found:
        return ""
    names = [name for name, _ in next(iter(found)) if name != "canary"]
    rows = [[e(name), *(e(dict(one).get(name, "")) for one in found)] for name in names]
    heads = ["Made with", *(f"Platform {n}" * (len(found) > 1) for n in range(1, len(found) + 1))]
    said = "Results are the same to the bit where all of this is the same."
    if len(found) > 1:
        said = (
            "Runs were made on more than one platform: each can be repeated there, "
            "and the same seed may come out differently on another."
        )
    return f"<h3>Versions and platform</h3>{pieces.see(said)}{pieces.table(heads, rows, 'plain')}"


def _cite(material: Material) -> str:
    entry = (
        "@software{gaitosaur,\n"
        "  title   = {Gaitosaur: evolve how dinosaurs walked},\n"
        f"  version = {{{version()}}},\n"
        f"  note    = {{Report: {material.title}}}\n"
        "}"
    )
    sources = (
        "Say also that a model seen from the side shows how this skeleton could have moved under these assumptions, "
        "not that it did. The sources of an animal's measures: gaitosaur species NAME."
    )
    return f"<h3>How to cite</h3><pre>{e(entry)}</pre>{pieces.see(sources)}"


def _footer() -> str:
    return (
        f"<footer><div>Made by gaitosaur {e(version())} from the files of the runs alone. This page is one file: "
        "it can be sent, printed and read without a network.</div></footer>"
    )
