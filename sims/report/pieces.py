"""Tables, lists and boxes of the page. All text from files is escaped here, and nowhere is it put in without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as _escape

from sims.report import svg
from sims.report.material import Material, Run, Setting
from sims.report.statistics import Paired, interval
from sims.report.words import BY_NAME, MEASURES, Measure, middle, number, quartiles

FOLDED = 12
"""Runs: longer lists are folded away."""
SPEEDS = (("0.25", "¼"), ("0.5", "½"), ("1", "1×"), ("2", "2×"))


def e(text: object) -> str:
    """Returns text that is safe anywhere in the page."""
    return _escape(str(text), quote=True)


def section(name: str, head: str, *inner: str) -> str:
    """Returns a part of the page under a heading."""
    return f'<section id="{name}"><h2>{e(head)}</h2>{"".join(inner)}</section>'


def see(words: str) -> str:
    """Returns the sentence that says what to see."""
    return f'<p class="see">{e(words)}</p>'


def sentences(said: Iterable[str]) -> str:
    """Returns sentences, one under the other."""
    return f'<ul class="said">{"".join(f"<li>{e(one)}</li>" for one in said)}</ul>'


def figure(drawn: str, head: str, words: str, scrolls: bool = False) -> str:
    """Returns a drawing with its heading and what to see in it."""
    inner = f'<div class="scroll">{drawn}</div>' if scrolls else drawn
    caption = f"<figcaption><b>{e(head)}</b>{e(words)}</figcaption>"
    return f"<figure>{caption}{inner}</figure>"


def grid(*figures: str) -> str:
    """Returns figures beside each other, or under each other where there is no room."""
    return f'<div class="grid">{"".join(figures)}</div>'


def badge(colour: int) -> str:
    """Returns the mark of a series, to stand before its name."""
    return f'<svg viewBox="0 0 14 14" aria-hidden="true">{svg.mark(7, 7, colour, radius=5)}</svg>'


def key(settings: Sequence[Setting]) -> str:
    """Returns which mark is which setting; nothing where there is only one."""
    if len(settings) < 2:
        return ""
    rows = [f"<li>{badge(s.number)}{e(s.heading)}</li>" for s in settings]
    return f'<ul class="key">{"".join(rows)}</ul>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Returns a table in a box of its own that scrolls.

    Args:
        heads: of the columns, safe.
        rows: cells, safe; the first of each names the row.
        kind: a class of its own.
    """
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    made = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="table {kind}" tabindex="0">{made}</div>'


def results(material: Material) -> str:
    """Returns the median and the spread of every measure in every setting."""
    heads = ["Setting", "Walk to the end<small>seeds</small>"]
    heads += [f"{e(_head(one))}<small>{e(one.unit)}</small>" for one in MEASURES]
    rows = [_result_row(setting) for setting in material.settings]
    return table(heads, rows, "results")


def _head(measure: Measure) -> str:
    return measure.words[:1].upper() + measure.words[1:]


def _result_row(setting: Setting) -> list[str]:
    done = setting.done
    walked = sum(run.result.walked for run in done if run.result is not None)
    share = f"<b>{walked} of {len(done)}</b>" if done else "–"
    missing = len(setting.runs) - len(done)
    if missing:
        share += f"<small>{missing} not done</small>"
    name = f"{badge(setting.number)}{e(setting.heading)}"
    return [name, share, *(_value(setting, measure) for measure in MEASURES)]


def _value(setting: Setting, measure: Measure) -> str:
    """Returns the median, the quartiles, and the interval of the mean if the seeds support one."""
    values = setting.values(measure.name)
    if not values:
        return "–"
    made = f"<b>{number(middle(values), measure.digits)}</b>"
    if len(values) > 1:
        low, high = (number(value, measure.digits) for value in quartiles(values))
        made += f"<small>{low} to {high}</small>"
    if (found := interval(values)) is not None:
        low, high = (number(value, measure.digits) for value in (found.low, found.high))
        made += f"<small>mean {low} to {high}</small>"
    return made


def compared(found: Sequence[Paired]) -> str:
    """Returns every comparison, with all that it rests on."""
    heads = ("Compared", "Measure", "Pairs", "Median difference", "Effect", "Chance", "After Holm")
    return table(heads, [_paired_row(each) for each in found], "compared")


def _paired_row(each: Paired) -> list[str]:
    measure = BY_NAME[each.measure]
    sign = "+" if each.median > 0.0 else ""
    difference = f"{sign}{number(each.median, measure.digits)} {e(measure.unit)}"
    corrected = _chance(each.corrected)
    return [
        f"{e(each.other.heading)} <small>against {e(each.one.label)}</small>",
        e(measure.words),
        str(each.pairs),
        difference,
        number(each.effect, 2),
        _chance(each.chance),
        f"<b>{corrected}</b>" if each.is_sure else corrected,
    ]


def _chance(chance: float | None) -> str:
    if chance is None:
        return "too few"
    return "&lt; 0.001" if chance < 0.001 else number(chance, 3)


def commands(runs: Sequence[Run]) -> str:
    """Returns the line that makes each run again, folded away if they are many."""
    rows = [(e(run.name), _state(run), f"<code>{e(run.command)}</code>") for run in runs]
    made = table(("Run", "State", "Command"), [list(row) for row in rows], "commands")
    is_open = " open" if len(runs) <= FOLDED else ""
    said = "The command of every run" if len(runs) > 1 else "The command"
    return f"<details{is_open}><summary>{said}</summary>{made}</details>"


def _state(run: Run) -> str:
    return e(run.state) + (f"<small>{e(run.reason)}</small>" if run.reason else "")


def player(walk: str, auto: bool, words: str) -> str:
    """Returns the place where a walk is played, with its buttons."""
    speeds = "".join(
        f'<button type="button" data-speed="{speed}" aria-pressed="{str(speed == "1").lower()}" '
        f'aria-label="{speed} times true speed">{said}</button>'
        for speed, said in SPEEDS
    )
    return (
        f'<div class="player" data-walk="{e(walk)}"{" data-auto=1" * auto}>'
        f'<canvas role="img" aria-label="{e(words)}"></canvas><div class="controls">'
        '<button type="button" class="play">Play</button>'
        '<input type="range" min="0" max="1" step="any" value="0" aria-label="moment of the walk">'
        f'<output></output><span class="speeds">{speeds}</span></div></div>'
    )
