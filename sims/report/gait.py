"""The figures of one champion: moments of a stride, feet on the ground, loads of joints, points of the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from creatures.outline import Part, person
from sims.physics.quantities import side_words
from sims.report import svg
from sims.report.animation import EDGED, FAR, NEAR
from sims.report.material import Result
from sims.report.svg import Scale
from sims.report.walker import Walker, extent, moments
from sims.report.words import number

Floats = NDArray[np.float64]

MOMENTS = 6
"""Of a film strip."""
WIDTH = 460.0
_STRIP = 4800.0
"""Width of a strip in its own units: fine enough for whole numbers."""
_APART = 0.66
"""Between two poses, in lengths of the animal."""
_ROW = 19.0
_COARSE = 2
"""Every so many vertices are enough for a pose as small as those of a strip."""


def strip(shown: Walker) -> str:
    """Returns moments of one stride side by side, on level ground, with metres and, beside a large animal, a person."""
    times = moments(shown, MOMENTS)
    poses = np.array([_levelled(shown, time) for time in times])
    back, front, tall = extent(shown, poses)
    apart = _APART * (back + front)
    wide = apart * (len(poses) - 1) + back + front
    beside = tall >= 0.7 * person.HEIGHT
    wide += (1.0 if beside else 0.05) * 0.9
    unit = _STRIP / wide
    ground = max(tall, person.HEIGHT * beside) * 1.06 * unit
    drawn = [
        _animal(shown, _moved(shown, pose, back + apart * place), unit, ground)
        for place, pose in enumerate(poses)
    ]
    made = ["".join(reversed(drawn))]  # the first lies on top, so that no tail hides a head
    if beside:
        made.append(_person(wide - 0.45, unit, ground))
    made.append(_ruler(wide, unit, ground))
    made.append(_moment_words(shown, times, back, apart, unit, ground))
    height = ground + 260.0
    what = "one stride" if shown.stride else "its last second"
    label = f"{len(poses)} moments of {what} of {shown.genome.species.title}"
    return svg.drawing(_STRIP, height, "".join(made), label, "strip")


def foot_falls(shown: Walker) -> str:
    """Returns when each foot was down, over the whole walk; the page moves a line along it as the walk is played."""
    longest = max((len(name) for name, _, _ in shown.feet), default=0)
    top, left, right = 8.0, 46.0 if longest < 6 else 72.0, 12.0
    height = top + 26.0 * len(shown.feet) + 36.0
    x = Scale(0.0, shown.seconds, left, WIDTH - right)
    made = [svg.across(x, height - 34.0, top, "seconds since the start", 6)]
    for row, (name, side, spans) in enumerate(shown.feet):
        y = top + 26.0 * row
        made.append(svg.text(left - 6.0, y + 17.0, name, "tick", "end"))
        for start, end in spans:
            said = f"{name} foot down from {number(start, 2)} to {number(end, 2)} s"
            width = x(min(end, shown.seconds)) - x(start)
            made.append(svg.rect(x(start), y + 3.0, width, 20.0, f"foot{side}", said))
    ends = f'data-start="{x.start:.1f}" data-end="{x.end:.1f}"'
    made.append(f'<line class="now" x1="{left}" x2="{left}" y1="{top}" y2="{height - 34}" {ends}/>')
    return svg.drawing(WIDTH, height, "".join(made), "When each foot was on the ground", "falls")


def joint_loads(result: Result) -> str:
    """Returns how hard each joint was pressed: a bar for the mean, a tick for the hardest moment."""
    joints = {side_words(name): load for name, load in result.measures["joints"].items()}
    left = 118.0
    height = 6.0 + _ROW * len(joints) + 36.0
    peaks = [float(load["peak_bw"]) for load in joints.values()]
    x = svg.scale(peaks, left, WIDTH - 12.0)
    made = [svg.across(x, height - 34.0, 6.0, "force in the joint, body weights")]
    for row, (name, load) in enumerate(joints.items()):
        y = 6.0 + _ROW * row
        rms, peak = float(load["rms_bw"]), float(load["peak_bw"])
        said = f"{name}: {number(rms, 2)} body weights RMS, {number(peak, 2)} at the peak"
        side = 1 if name.startswith("right ") else 0
        made.append(svg.text(left - 6.0, y + 13.0, name, "tick", "end"))
        made.append(svg.rect(left, y + 3.0, x(rms) - left, _ROW - 6.0, f"foot{side}", said))
        made.append(svg.line(x(rms), y + _ROW / 2, x(peak), y + _ROW / 2, "peakline"))
        made.append(svg.line(x(peak), y + 4.0, x(peak), y + _ROW - 4.0, "median"))
    return svg.drawing(WIDTH, height, "".join(made), "Loads of the joints in body weights")


def terms(result: Result) -> str:
    """Returns what each term added to the score or took from it."""
    points = result.points
    left, right = 96.0, 46.0
    height = 6.0 + 23.0 * len(points) + 36.0
    x = svg.scale(points.values(), left, WIDTH - right)
    made = [svg.across(x, height - 34.0, 6.0, "points")]
    for row, (name, value) in enumerate(points.items()):
        y = 6.0 + 23.0 * row
        start, end = sorted((x(0.0), x(value)))
        made.append(svg.text(left - 12.0, y + 15.0, name, "tick", "end"))
        made.append(svg.rect(start, y + 3.0, end - start, 17.0, "gain" if value > 0 else "cost"))
        words = f"+{number(value, 1)}" if value > 0.05 else number(value, 1)
        made.append(svg.text(end + 4.0, y + 16.0, words, "tick"))
    made.append(svg.line(x(0.0), 6.0, x(0.0), height - 34.0, "axis"))
    return svg.drawing(WIDTH, height, "".join(made), "What each term of the score came to")


def _levelled(shown: Walker, time: float) -> Floats:
    pose = shown.pose_at(time).copy()
    pose[:, 1] -= shown.height_at(float(pose[shown.skeleton.root, 0]))
    return pose


def _moved(shown: Walker, pose: Floats, x: float) -> Floats:
    pose = pose.copy()
    pose[:, 0] += x - pose[shown.skeleton.root, 0]
    return pose


def _animal(shown: Walker, pose: Floats, unit: float, ground: float) -> str:
    """Returns an animal as the program paints it: far side, body, near side, each with one line round it."""
    parts = shown.outline.parts(pose)
    made = [_shape(_edged(parts), unit, ground, "halo", "")]
    for group in _groups(parts):
        made.append(_shape(_edged(group), unit, ground, "edge", shown.colours["line"]))
        for role, same in groupby(group, key=lambda part: part.role):
            made.append(_shape(list(same), unit, ground, "flesh", shown.colours[role]))
    return f"<g>{''.join(made)}</g>"


def _edged(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.role in EDGED]


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    for roles, wanted in ((FAR, True), (FAR | NEAR, False), (NEAR, True)):
        yield [part for part in parts if (part.role in roles) == wanted]


def _shape(parts: Sequence[Part], unit: float, ground: float, kind: str, colour: str) -> str:
    """Returns parts as one shape, each vertex told as its way from the one before."""
    way = "".join(_way(part.polygon[::_COARSE] * unit, ground) for part in parts)
    if not way:
        return ""
    paint = f' style="fill:{colour};stroke:{colour}"' if colour else ""
    return f'<path class="{kind}" d="{way}"{paint}/>'


def _way(points: Floats, ground: float) -> str:
    whole = np.round(np.stack([points[:, 0], ground - points[:, 1]], axis=1)).astype(int)
    steps = np.diff(whole, axis=0)
    rest = "".join(f"{x}{'' if y < 0 else ' '}{y} " for x, y in steps.tolist()).rstrip()
    return f"m{whole[0, 0]} {whole[0, 1]}l{rest}z".replace("m", "M", 1)


def _person(x: float, unit: float, ground: float) -> str:
    shape = Part("person", "person", -1, person.person() + np.array([x, 0.0]))
    return _shape([shape], unit, ground, "person", "")


def _ruler(wide: float, unit: float, ground: float) -> str:
    """Returns the ground, with a tick every so many metres."""
    step = next(size for size in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if wide / size < 22)
    made = [svg.line(0.0, ground, _STRIP, ground, "ground")]
    for count in range(int(wide / step) + 1):
        x = count * step * unit
        made.append(svg.line(x, ground, x, ground + 28.0, "ground"))
    end = min(_STRIP, step * unit)
    made.append(svg.line(0.0, ground + 28.0, end, ground + 28.0, "bar"))
    made.append(svg.text(0.0, ground + 220.0, f"one mark is {step:g} m", "small"))
    return "".join(made)


def _moment_words(
    shown: Walker, times: Sequence[float], back: float, apart: float, unit: float, ground: float
) -> str:
    """Returns under each pose when it was."""
    made = []
    for place, time in enumerate(times):
        words = f"{number(time, 2)} s"
        if shown.stride is not None:
            words = f"{100 * place / len(times):.0f} % of the stride" * (not place) or (
                f"{100 * place / len(times):.0f} %"
            )
        made.append(
            svg.text((back + apart * place) * unit, ground + 120.0, words, "small", "middle")
        )
    return "".join(made)
