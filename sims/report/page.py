"""The whole page: one file with everything in it, which asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files

from sims.report import front, pieces, showing, telling
from sims.report.material import Material
from sims.report.pieces import e
from sims.report.said import found, standing
from sims.report.statistics import Paired
from sims.report.words import version

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


def page(material: Material, compared: tuple[Paired, ...]) -> str:
    """Returns the report as one HTML file."""
    store = showing.Store()
    parts = dict(_parts(material, compared, store))
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
    store: showing.Store,
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yields the name of each part, its heading, and what is in it."""
    notes = "".join(f'<p class="note">{e(note)}</p>' for note in standing(material))
    yield "short", ("In short", notes + pieces.sentences(found(material, compared)))
    is_told = any(setting.done for setting in material.settings)
    if is_told:
        yield "walkers", ("The walkers", showing.walkers(material, store))
        if material.front is not None and material.front.walkers:
            yield "front", ("The front", front.front(material.front))
        yield "results", ("Results", telling.results(material))
    if any(setting.curves for setting in material.settings):
        yield "learning", ("How they learnt", telling.learning(material))
    if compared:
        yield "compared", ("Compared", telling.compared(compared))
    yield "grid", ("What was tried", telling.grid(material))
    yield "again", ("Make it again", telling.again(material))


def _footer() -> str:
    return (
        f"<footer><div>Made by gaitosaur {e(version())} from the files of the runs alone. This page is one file: "
        "it can be sent, printed and read without a network.</div></footer>"
    )
