"""``gaitosaur check``: everything that is wrong with a species or a genome file, before anything runs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from creatures.faults import BadFile, bad
from creatures.skeleton import Skeleton
from creatures.species import load_species
from sims import typed
from sims.cli import windowed
from sims.cli.options import PICTURES, AsJson, Quiet, writable
from sims.cli.voice import Voice, complain

EXAMPLE = "Example:  gaitosaur check mine.toml --show"

STAND_S = 2.0
"""Seconds for which an animal whose genes are all zero should stand."""
SWAY = 0.1
"""Hip heights it may drift meanwhile."""


def command(
    file: Annotated[str, typer.Argument(help="A species file (.toml) or a genome file (.json).")],
    show: Annotated[
        bool,
        typer.Option(
            "--show", help="Draw the species in a window that follows the file, or to a PNG."
        ),
    ] = False,
    for_s: windowed.For = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check a species or genome file: every fault at once, with file and line; exit code 2 if any."""
    voice = Voice(as_json, quiet)
    is_genome = Path(file).suffix == ".json"
    window = windowed.Windowed(for_s=for_s)
    only_species = "draws species files; gaitosaur picture draws a genome's walk"
    typed.refuse(
        [*window.faults(), typed.fault("--show", only_species) if show and is_genome else None]
    )
    try:
        said, warnings = _genome(file) if is_genome else _species(file)
    except BadFile as error:
        if not as_json:
            raise
        _report(voice, file, is_genome, [], error)
        raise typer.Exit(2) from None
    for warning in warnings:
        complain(f"{file}: warning: {warning}")
    if not quiet:
        voice.result(f"{file}: ok: {said}")
    drawn = _show(Path(file), window, voice) if show else None
    _report(voice, file, is_genome, warnings, None, drawn)


command.__name__ = "check"


def _report(
    voice: Voice,
    file: str,
    is_genome: bool,
    warnings: list[str],
    error: BadFile | None,
    drawn: Path | None = None,
) -> None:
    document: dict[str, Any] = {
        "file": file,
        "kind": "genome" if is_genome else "species",
        "ok": error is None,
        "warnings": warnings,
        "faults": [] if error is None else [asdict(fault) for fault in error.faults],
        "picture": None if drawn is None else str(drawn),
    }
    if error is not None:
        complain(*error.lines())
        document["error"] = error.lines()
    voice.document(document)


def _show(file: Path, window: windowed.Windowed, voice: Voice) -> Path | None:
    """Opens a window that follows the file until it is closed; without a display draws a picture, and returns it."""
    from sims.window.app import NoDisplay  # brings pygame
    from sims.window.drawing.desk import Drawing

    try:
        app = window.open(lambda: Drawing(file, _warnings))
    except NoDisplay as error:
        return _draw(file, f"no display to open a window on ({error})", voice)
    windowed.go(app, lambda: [f"{file}: no longer shown"])
    return None


def _draw(file: Path, why: str, voice: Voice) -> Path:
    from creatures.assemble import assemble
    from sims.cli.species import draw

    out = Path(f"{file.stem}.png")
    writable(out, "a picture", PICTURES)
    species = load_species(str(file))
    draw(species, assemble(species, str(file)), out)
    voice.chatter(why)
    voice.result(str(out) if voice.quiet else f"drew {out}")
    return out


def _species(file: str) -> tuple[str, list[str]]:
    from creatures.assemble import assemble  # brings numpy

    species = load_species(file)
    skeleton = assemble(species, file)
    counts = f"{len(skeleton.bones)} bones, {len(skeleton.joints)} joints, {len(skeleton.muscles)} muscles"
    said = (
        f"{species.title}, {skeleton.mass:,.4g} kg, hip {skeleton.hip_height:.2f} m high, {counts}"
    )
    return said, _warnings(skeleton)


def _warnings(skeleton: Skeleton) -> list[str]:
    return [*_strained(skeleton), *_stands(skeleton)]


def _strained(skeleton: Skeleton) -> list[str]:
    """Joints whose standing angle lies outside their range: they would be forced from the first step."""
    return [
        f"the {joint.name} stands outside its range"
        for joint in skeleton.joints
        if not joint.low <= joint.standing <= joint.high
    ]


def _stands(skeleton: Skeleton) -> list[str]:
    from sims.physics.trial import TrialSettings, gene_table, run_trial  # compiled: slow to import

    zeros = gene_table(skeleton).zeros
    trial = run_trial(skeleton, zeros, TrialSettings(seconds=STAND_S, may_stall=True))
    told = f"with all genes at zero it does not stand for {STAND_S:g} s"
    if trial.ended != "finished":
        after = f"after {trial.measures.time_up_s:.1f} s"
        return [f"{told}: {trial.ended} {after}{': ' + trial.why if trial.why else ''}"]
    if abs(trial.measures.distance_m) > SWAY * skeleton.hip_height:
        return [f"{told} still: it moves {trial.measures.distance_m:.2f} m"]
    return []


def _genome(file: str) -> tuple[str, list[str]]:
    from sims.genomes.record import read_genome  # brings the physics

    if not file:
        raise bad(file, "this is no file name")
    genome = read_genome(Path(file))
    robust = "not yet at the gate" if genome.gate is None else f"robust {genome.gate.robust:.2f}"
    said = f"{genome.species.title}, {len(genome.genes)} genes, score {genome.score:.2f}, {robust}"
    return said, []
