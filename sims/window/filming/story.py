"""The story of a run as a film: from the first stumble to the last stride."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from creatures.faults import bad
from sims.genomes.record import read_genome
from sims.runs.configuration import read_configuration
from sims.runs.folder import RunFolder, open_folder
from sims.runs.milestones import Milestone, milestones
from sims.window.filming.cards import Ending, Lines, Title
from sims.window.filming.shots import HELD_S, Part, Played, Shot, played_file
from sims.window.sentences import count, far
from sims.window.words import say

USUAL_S = 32.0
"""Of a whole story, at most, if nothing else is asked for."""
MOST = 6
"""Walks in a story."""
_TITLE, _END = (3.0, 0.1), (4.0, 0.13)
"""Of the cards: seconds at most, and share of the whole at most."""
_EARLY = 0.55
"""Share of what the cards leave for all walks but the last, at most."""
_LONGEST_S = 4.0
"""Of each of them."""
_FALLEN_S = 0.8
"""The end of one of them is held so long."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The walk that the story leads up to."""

    milestone: Milestone
    file: Path
    title: str


def story(path: Path, seconds: float | None = None, speed: float = 1.0) -> list[Part]:
    """Returns the parts of a run's film.

    Args:
        path: the folder of a run, finished or not.
        seconds: how long the film is to be; as long as it needs to be if not given.
        speed: seconds of a walk in one of the film.

    Raises:
        BadFile: it is no run, or none of its generations is there yet.
    """
    folder = open_folder(path)
    history = folder.history.documents()
    last = _last(folder, history)
    early = _before(folder, history, last.milestone)
    lengths = _lengths(early, last.milestone, seconds, speed)
    load = lru_cache(maxsize=1)(played_file)  # the last walk is seen twice
    shots = [
        _early(one, length, speed, partial(load, folder.champion(one.generation)))
        for one, length in zip(early, lengths[1:-2], strict=True)
    ]
    source = partial(load, last.file)
    generation = say("film.generation", n=count(last.milestone.generation))
    champion = Shot(source, lengths[-2], last.title, generation, speed=speed)
    guesses = int(history[-1]["guesses"])
    return [
        _title(folder, lengths[0], guesses),
        *shots,
        champion,
        Ending(lengths[-1], source, partial(_result, guesses)),
    ]


def _before(
    folder: RunFolder, history: Sequence[dict[str, Any]], last: Milestone
) -> list[Milestone]:
    """Returns the walks that lead up to the last one: made before it, and not as good."""
    lines = [line for line in history if line["generation"] < last.generation]
    return milestones(lines, MOST - 1, _kept(folder, lines), last.distance_m)


def _kept(folder: RunFolder, history: Sequence[dict[str, Any]]) -> list[int]:
    """Returns the generations whose best guess has a file."""
    numbers = [int(line["generation"]) for line in history]
    return [number for number in numbers if folder.champion(number).is_file()]


def _last(folder: RunFolder, history: Sequence[dict[str, Any]]) -> _Last:
    """Returns the champion of a finished run, and the furthest walk so far of another."""
    if folder.best.exists():
        genome = read_genome(folder.best)
        measures = genome.measures
        milestone = Milestone(
            generation=genome.origin.generation,
            distance_m=float(measures["distance_m"]),
            time_up_s=float(measures["time_up_s"]),
            ended=genome.ended,
        )
        return _Last(milestone, folder.best, say("film.champion"))
    found = milestones(history, 2, _kept(folder, history))
    if not found:
        raise bad(str(folder.path), "has no generation yet that could be filmed")
    return _Last(found[-1], folder.champion(found[-1].generation), say("film.furthest"))


def _lengths(
    early: Sequence[Milestone], last: Milestone, seconds: float | None, speed: float
) -> list[float]:
    """Returns how long each part is, s: the title, the early walks, the last one, the end."""
    whole = USUAL_S if seconds is None else seconds
    title, end = (min(most, share * whole) for most, share in (_TITLE, _END))
    rest = whole - title - end
    share = min(_EARLY * rest / max(len(early), 1), _LONGEST_S)
    shots = [min(share, one.time_up_s / speed + _FALLEN_S) for one in early]
    champion = rest - sum(shots)
    if seconds is None:
        champion = min(champion, last.time_up_s / speed + HELD_S)
    return [title, *shots, champion, end]


def _early(one: Milestone, length: float, speed: float, source: Callable[[], Played]) -> Shot:
    """Returns the shot of an early walk: its last steps, since one sees there how it fell, and how far it got."""
    moving = max(length - _FALLEN_S, 0.5 * length)
    begin = max(one.time_up_s - moving * speed, 0.0)
    title = say("film.generation", n=count(one.generation))
    return Shot(source, length, title, begin=begin, speed=speed)


def _title(folder: RunFolder, seconds: float, guesses: int) -> Title:
    chosen = read_configuration(folder.configuration)
    search = chosen.search
    key = "finished" if folder.best.exists() else "under_way"
    small = say(
        f"film.title.{key}",
        seed=search.seed,
        guesses=count(guesses),
        budget=count(search.budget),
    )
    lines = Lines(chosen.species.title, say("film.title.words"), small)
    return Title(seconds, chosen.skeleton(), chosen.species.look, lines)


def _result(guesses: int, found: Played) -> Lines:
    """Returns what stands on the last card."""
    walk = found.walk
    key = {"finished": "stood", "fell": "fell"}.get(walk.ended, "other")
    measures = walk.measures
    hips, time = f"{measures['hip_heights']:.1f}", f"{measures['time_up_s']:.1f}"
    return Lines(
        far(walk.distance_m, 1),
        say(f"film.end.{key}", hips=hips, seconds=time),
        say("film.end.words", n=count(walk.key.generation), guesses=count(guesses)),
    )
