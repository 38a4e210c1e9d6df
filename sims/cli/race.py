"""``gaitosaur race``: saved walkers side by side, on the same ground, by the same clock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sims import typed
from sims.cli import windowed
from sims.cli.options import AsJson, Quiet
from sims.cli.voice import Voice

if TYPE_CHECKING:
    from sims.live.field import Race

EXAMPLE = "Example:  gaitosaur race runs/rex/best.json runs/raptor/best.json"


def command(
    genomes: Annotated[
        list[str],
        typer.Argument(
            metavar="GENOME...",
            help="Two to eight genome files or folders of runs; or one run: its generations race.",
        ),
    ],
    together: Annotated[
        bool, typer.Option("--together", help="One lane for all instead of one for each.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="No window: print who got how far.")] = False,
    size: windowed.Size = "1280x720",
    full_screen: windowed.FullScreen = False,
    for_s: windowed.For = None,
    shots: windowed.Shots = None,
    every: windowed.Every = 3.0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Race saved walkers of any species: same ground, same clock, true sizes.

    Without a display, and with --text, --json or --quiet, it prints the ranking.
    """
    voice = Voice(as_json, quiet)
    window = windowed.Windowed(size, full_screen, for_s, shots, every)
    typed.refuse(window.faults())
    paths = [Path(text) for text in genomes]
    in_words = text or ((as_json or quiet) and shots is None)
    if in_words or not _play(paths, together, window, voice):
        _tell(paths, voice)


command.__name__ = "race"


def _play(paths: list[Path], together: bool, window: windowed.Windowed, voice: Voice) -> bool:
    """Plays it in a window; returns whether there was a display to do so."""
    for path in paths:
        windowed.there(path)
    from sims.window.app import NoDisplay  # brings pygame
    from sims.window.race.desk import Racing

    try:
        app = window.open(lambda: Racing(paths, together))
    except NoDisplay as error:
        voice.chatter(f"no display to open a window on ({error}), so here is the ranking:", "")
        return False
    ending = windowed.go(app, lambda: ["closed"])
    window.told(ending, voice)
    race = ending.desk.view.race
    if race is not None:
        voice.document({"shots": ending.shots, "racers": ranking(race)})
    return True


def _tell(paths: list[Path], voice: Voice) -> None:
    from sims.live.racing import race  # brings the physics

    made = race(paths)
    if voice.quiet:
        voice.result(made.racers[made.order(made.seconds)[0]].name)
    else:
        voice.show(_table(made))
        voice.result(*made.notes)
    voice.document(
        {"seconds": made.seconds, "ground": made.ground, "gravity": made.gravity}
        | {"racers": ranking(made), "notes": list(made.notes)}
    )


def ranking(race: Race) -> list[dict[str, Any]]:
    """Returns who got how far, the first one first."""
    end = race.seconds
    metres, hips = race.places(end), race.places(end, in_hips=True)
    found = []
    for i in race.order(end):
        racer = race.racers[i]
        verdict = racer.walk.verdict
        found.append(
            {
                "place": metres[i],
                "place_in_hip_heights": hips[i],
                "name": racer.name,
                "species": racer.skeleton.name,
                "distance_m": racer.metres(end),
                "hip_heights": racer.hip_heights(end),
                "ended": racer.walk.ended,
                "why": racer.walk.why,
                "verdict": None if verdict is None else verdict.words,
            }
        )
    return found


def _table(race: Race) -> Any:
    from rich.table import Table
    from rich.text import Text

    title = f"On {race.ground}, {race.seconds:g} s"
    table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="bold")
    for name in (
        "place",
        "walker",
        "metres",
        "hip heights",
        "place by these",
        "at the end",
        "verdict",
    ):
        left = name in ("walker", "at the end", "verdict")
        table.add_column(name, justify="left" if left else "right", header_style="dim")
    for one in ranking(race):
        state = "on its feet" if one["ended"] == "finished" else f"{one['ended']}: {one['why']}"
        table.add_row(
            str(one["place"]),
            Text(one["name"]),
            f"{one['distance_m']:.2f}",
            f"{one['hip_heights']:.1f}",
            str(one["place_in_hip_heights"]),
            Text(state),
            one["verdict"] or "",
        )
    return table
