"""``gaitosaur perturb``: a saved walk pushed, tilted, made heavier or lighter and put on bumps, many times each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sims import typed
from sims.cli.counting import counting
from sims.cli.options import (
    PICTURES,
    AsJson,
    Picture,
    Quiet,
    SavedGenome,
    genome_path,
    processors,
    writable,
)
from sims.cli.tables import table
from sims.cli.voice import Ended, Voice, complain
from sims.runs.asked import MOST_SEED

if TYPE_CHECKING:
    from rich.table import Table

    from sims.genomes.record import Genome
    from sims.study.outcome import Outcome, Perturbed

EXAMPLE = "Example:  gaitosaur perturb runs/20261122-velociraptor-s1/best.json -o tested.png"

KINDS = ("push", "tilt", "mass", "bumps")
"""Those of `sims.study.kinds`, which brings the physics; a test holds the two together."""
MOST_TIMES = 1000
LEAST_STRENGTH, MOST_STRENGTH = 0.05, 3.0


def command(
    genome: SavedGenome,
    times: Annotated[int, typer.Option(help="How many changed worlds of each kind.")] = 20,
    seed: Annotated[int, typer.Option(help="Chance: one seed, one result.")] = 1,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="push, tilt, mass or bumps; may be repeated.  \\[default: all]"),
    ] = None,
    strength: Annotated[
        float, typer.Option(metavar="X", help="Times the usual greatest strengths.")
    ] = 1.0,
    out: Picture = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Put a saved walk to the test: pushes, slopes, other masses, bumps; from where on does it fall?"""
    _refuse(times, seed, kind or (), strength)
    if out is not None:
        writable(out, "a picture", PICTURES)
    from sims.genomes.record import read_genome  # brings the physics

    path = genome_path(genome)
    found = read_genome(path)
    asked = _possible(found, kind or ())
    voice = Voice(as_json, quiet)
    perturbed = _tried(found, asked, (times, seed, strength), voice)
    if not perturbed.is_as_saved:
        complain(
            f"warning: {path}: another walk on this machine than in the file; that one was tried"
        )
    if out is not None:
        _draw(found, perturbed, out)
    told = {
        "genome": str(path),
        "species": found.species.name,
        "seed": seed,
        "times": times,
        "strength": strength,
    }
    _tell(perturbed, told, out, voice)


command.__name__ = "perturb"


def _refuse(times: int, seed: int, kinds: Sequence[str], strength: float) -> None:
    whole = "a whole number, "
    typed.refuse(
        (
            typed.between("--times", times, 1, MOST_TIMES, whole),
            typed.between("--seed", seed, 0, MOST_SEED, whole),
            typed.between("--strength", strength, LEAST_STRENGTH, MOST_STRENGTH),
            *(typed.one_of("--kind", name, KINDS) for name in kinds),
        )
    )


def _possible(genome: Genome, kinds: Sequence[str]) -> Sequence[str]:
    """Returns the kinds to try: those asked for, or all that the walk's ground allows."""
    from sims.study.perturb import possible

    can = possible(genome)
    ground = genome.trial.terrain.kind
    problem = f"cannot be done to a walk on {ground} ground; possible there: {', '.join(can)}"
    typed.refuse(typed.fault(f"--kind {name}", problem) for name in kinds if name not in can)
    return kinds or can


def _tried(
    genome: Genome, kinds: Sequence[str], asked: tuple[int, int, float], voice: Voice
) -> Perturbed:
    from sims.runs.interrupt import terminable
    from sims.study.perturb import perturb

    total = asked[0] * len(set(kinds))
    try:
        with terminable(), counting(voice.quiet, total, "trials") as told:
            return perturb(genome, kinds, *asked, workers=processors(), told=told)
    except KeyboardInterrupt:
        raise Ended(130, "interrupted; nothing was written") from None


def _draw(genome: Genome, found: Perturbed, path: Path) -> None:
    from sims.picture.perturbed import perturbed_picture  # brings matplotlib
    from sims.study.said import perturbed_sentences

    title = f"{genome.species.title}, seed {genome.origin.seed}, put to the test"
    perturbed_picture(found, genome.species.look, title, perturbed_sentences(found), path)


def _tell(found: Perturbed, told: dict[str, Any], out: Path | None, voice: Voice) -> None:
    from sims.study.said import perturbed_sentences

    said = perturbed_sentences(found)
    voice.show(_table(found))
    voice.result("", *said)
    if out is not None:
        voice.result(f"drew {out}")
    picture = None if out is None else str(out)
    voice.document(told | found.document() | {"said": said, "picture": picture})


def _table(found: Perturbed) -> Table:
    columns = dict.fromkeys(("tried", "kept going", "median m", "worst m"), "right")
    words = dict.fromkeys(("always kept going", "what stopped it most"), "left")
    made = table({"changed": "left"} | columns | words)
    for outcome in found.outcomes:
        made.add_row(*_row(found, outcome))
    return made


def _row(found: Perturbed, outcome: Outcome) -> tuple[str, ...]:
    from sims.study.said import amount

    kind = outcome.kind
    most = amount(kind, outcome.high)
    return (
        kind.name,
        f"±{most}" if outcome.low else f"to {most}",
        f"{outcome.kept} of {len(outcome.attempts)}",
        _far(found, outcome.median_m),
        _far(found, outcome.worst_m),
        _held(outcome),
        outcome.cause or "nothing",
    )


def _far(found: Perturbed, distance_m: float) -> str:
    """``12.4 (95 %)``."""
    from sims.study.said import figure

    share = found.share(distance_m)
    said = figure(distance_m, 1)
    return said if share is None else f"{said} ({figure(100.0 * share, 0)} %)"


def _held(outcome: Outcome) -> str:
    """``−0.21 to +0.30 m/s``: between these no trial was stopped."""
    from sims.study.said import amount, number

    low, high = (outcome.holds(way) or 0.0 for way in (-1, 1))
    end = amount(outcome.kind, high)
    if not outcome.low:
        return f"to {end}"
    start = f"−{number(outcome.kind, -low)}" if low else "0"
    return f"{start} to {'+' * (high > 0.0)}{end}"
