"""``gaitosaur new``: a species file to begin with, every key explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from creatures.blank import blank_species
from creatures.faults import bad
from creatures.species import plan_names
from sims.cli.options import AsJson, Quiet, writable
from sims.cli.voice import Voice
from sims.files import write_bytes

EXAMPLE = "Example:  gaitosaur new my_dino --plan biped"

PLAN = "biped"


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of your animal, like my_dino.")],
    plan: Annotated[
        str,
        typer.Option(
            metavar="PLAN",
            help="How it is built: biped, or another shipped plan.",
            autocompletion=plan_names,
        ),
    ] = PLAN,
    force: Annotated[bool, typer.Option("--force", help="Write over a file of this name.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write a species file of your own, NAME.toml here, with numbers that stand and every key explained."""
    voice = Voice(as_json, quiet)
    text = blank_species(name, plan)
    path = Path(f"{name}.toml")
    writable(path, "a species", (".toml",))
    if path.exists() and not force:
        raise bad(str(path), "is there already; --force writes over it")
    write_bytes(path, text.encode())
    voice.result(str(path) if quiet else f"wrote {path}: an animal that stands. Now make it yours:")
    if not quiet:
        voice.result(*(f"  {line}" for line in _next(path)))
    voice.document({"file": str(path), "name": name, "plan": plan, "next": _next(path)})


command.__name__ = "new"


def _next(path: Path) -> list[str]:
    """Returns the commands that lead on."""
    return [f"gaitosaur check {path} --show", f"gaitosaur watch {path}", f"gaitosaur evolve {path}"]
