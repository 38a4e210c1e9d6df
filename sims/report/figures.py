"""The figures over many runs: how they learnt, how far they got, at what strain."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sims.report import svg
from sims.report.curves import Band, band
from sims.report.material import Material, Setting, value_of
from sims.report.statistics import interval
from sims.report.svg import Scale
from sims.report.words import BY_NAME, Measure, middle, number, quartiles

WIDTH = 460.0
"""Of a figure, in units of which text is 12 high."""
_LEFT, _RIGHT, _TOP = 46.0, 12.0, 26.0
_ROW = 40.0
_FEW = 8
"""Settings: no more share one panel of curves."""


def panels(material: Material) -> list[tuple[str, list[Setting]]]:
    """Returns the settings that share a panel of curves: all of them if they are few, else species by species."""
    shown = [setting for setting in material.settings if setting.curves]
    if len(shown) <= _FEW:
        return [("", shown)] if shown else []
    found: dict[str, list[Setting]] = {}
    for setting in shown:
        found.setdefault(setting.species, []).append(setting)
    return list(found.items())


def learning(settings: Sequence[Setting], name: str) -> str:
    """Returns how settings learnt: the median over seeds as a line, the quartiles as its shade."""
    height = 270.0
    bands = {s.number: band(s.curves, name) for s in settings}
    ends = [float(each.guesses[-1]) for each in bands.values()]
    x = svg.scale(ends, _LEFT, WIDTH - _RIGHT)
    x = Scale(x.low, max(ends), x.start, x.end)
    values = [value for each in bands.values() for value in (*each.low, *each.high)]
    y = svg.scale(values, height - 36.0, _TOP)
    unit = "best score so far, points" if name == "score" else "distance of the best so far, m"
    made = [svg.up(y, _LEFT, WIDTH - _RIGHT, unit), svg.across(x, y.start, _TOP, "guesses", 4)]
    made += [_strict(settings, x, y)]
    for setting in settings:
        made.append(_shade(bands[setting.number], x, y, setting.number))
    for setting in settings:
        made.append(_line(bands[setting.number], x, y, setting.number))
    return svg.drawing(WIDTH, height, "".join(made), f"Learning curves: {unit} against guesses")


def _strict(settings: Sequence[Setting], x: Scale, y: Scale) -> str:
    """Returns the dotted line where guesses begin to be looked at more strictly."""
    found = {c.strict_from for s in settings for c in s.curves if c.strict_from is not None}
    return "".join(
        svg.line(x(at), y.end, x(at), y.start, "dotted") for at in sorted(found)[:1] if x.high
    )


def _finite(xs: np.ndarray, ys: np.ndarray, x: Scale, y: Scale) -> list[tuple[float, float]]:
    return [(x(float(a)), y(float(b))) for a, b in zip(xs, ys, strict=True) if math.isfinite(b)]


def _shade(found: Band, x: Scale, y: Scale, colour: int) -> str:
    there = _finite(found.guesses, found.high, x, y)
    back = _finite(found.guesses, found.low, x, y)
    return svg.path([*there, *reversed(back)], f"shade s{colour % svg.SERIES}", closed=True)


def _line(found: Band, x: Scale, y: Scale, colour: int) -> str:
    points = _finite(found.guesses, found.middle, x, y)
    made = svg.path(points, f"curve s{colour % svg.SERIES}")
    return made + (svg.mark(*points[-1], colour) if points else "")


def spread(material: Material, name: str) -> str:
    """Returns every seed of every setting as a mark, with the median, the quartiles and the interval of the mean."""
    measure = BY_NAME[name]
    shown = [setting for setting in material.settings if setting.values(name)]
    height = _TOP + _ROW * len(shown) + 36.0
    values = [value for setting in shown for value in setting.values(name)]
    x = svg.scale(values, 14.0, WIDTH - 14.0)
    made = [svg.across(x, height - 34.0, _TOP, measure.head)]
    for row, setting in enumerate(shown):
        made.append(_spread_row(setting, measure, x, _TOP + _ROW * (row + 0.62), setting.number))
    return svg.drawing(WIDTH, height, "".join(made), f"{measure.head}: every seed of every setting")


def _spread_row(setting: Setting, measure: Measure, x: Scale, y: float, colour: int) -> str:
    values = setting.values(measure.name)
    low, high = quartiles(values)
    made = [svg.text(14.0, y - 11.0, setting.heading, "row")]
    made.append(svg.rect(x(low), y - 5.0, x(high) - x(low), 10.0, f"box s{colour % svg.SERIES}"))
    if (found := interval(values)) is not None:
        made.append(svg.line(x(found.low), y + 9.0, x(found.high), y + 9.0, "whisker"))
    for run in setting.done:
        value = value_of(run, measure.name)
        if math.isfinite(value):
            said = f"seed {run.seed}: {number(value, measure.digits)} {measure.unit}"
            made.append(svg.mark(x(value), y, colour, said, 3.6))
    middle_at = x(middle(values))
    made.append(svg.line(middle_at, y - 8.0, middle_at, y + 8.0, "median"))
    return "".join(made)


def against(material: Material, across: str, upward: str) -> str:
    """Returns one measure against another, a mark a seed."""
    height = 300.0
    one, other = BY_NAME[across], BY_NAME[upward]
    found = [
        (setting, run, value_of(run, across), value_of(run, upward))
        for setting in material.settings
        for run in setting.done
    ]
    x = svg.scale([at for _, _, at, _ in found], _LEFT, WIDTH - _RIGHT, zero=False)
    y = svg.scale([at for _, _, _, at in found], height - 36.0, _TOP, zero=False)
    made = [svg.up(y, _LEFT, WIDTH - _RIGHT, other.head)]
    made.append(svg.across(x, y.start, _TOP, one.head))
    for setting, run, ahead, above in found:
        said = (
            f"{setting.heading}, seed {run.seed}: {number(ahead, one.digits)} {one.unit}, "
            f"{number(above, other.digits)} {other.unit}"
        )
        made.append(svg.mark(x(ahead), y(above), setting.number, said))
    return svg.drawing(WIDTH, height, "".join(made), f"{other.head} against {one.head}")
