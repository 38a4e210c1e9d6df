"""``gaitosaur doctor``: what is installed, what decides the bits, how fast a trial is, what is missing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any, Literal

import typer
from rich.table import Table

from sims.cli.options import AsJson, Quiet, processors
from sims.cli.voice import Voice, complain

EXAMPLE = "Example:  gaitosaur doctor"

_PACKAGES = (
    "gaitosaur",
    "pymunk",
    "numba",
    "llvmlite",
    "numpy",
    "deap",
    "pydantic",
    "matplotlib",
    "pygame-ce",
    "rich",
    "typer",
)
_SPECIES = "velociraptor"
_TRIAL_S = 5.0
_TRIALS = 5
_SLOW = 20.0
"""Simulated seconds per second under which evolving takes hours."""

Mark = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    topic: str
    mark: Mark
    said: str
    values: dict[str, Any]


def command(as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Look at this machine: versions, platform fingerprint, cores, speed of a trial, display."""
    voice = Voice(as_json, quiet)
    voice.chatter("looking; the first time, the physics is compiled, which takes half a minute")
    findings = [_safe(look) for look in (_versions, _platform, _cores, _speed, _cache, _display)]
    voice.show(_table(findings))
    voice.document(
        {one.topic: {"mark": one.mark, "said": one.said, **one.values} for one in findings}
    )
    broken = [one for one in findings if one.mark == "fail"]
    if broken:
        complain(*(f"{one.topic}: {one.said}" for one in broken))
        raise typer.Exit(1)


command.__name__ = "doctor"


def _table(findings: list[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    colours = {"ok": "green", "warn": "yellow", "fail": "red"}
    for one in findings:
        table.add_row(f"[{colours[one.mark]}]{one.mark}[/]", one.topic, one.said)
    return table


def _safe(look: Callable[[], Finding]) -> Finding:
    """A doctor that falls ill himself still says what he found."""
    try:
        return look()
    except Exception as error:
        topic = look.__name__.removeprefix("_")
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return Finding(topic, "fail", said, {})


def _versions() -> Finding:
    found: dict[str, str | None] = {"python": sys.version.split()[0]}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    missing = [name for name, version in found.items() if version is None]
    said = ", ".join(f"{name} {version}" for name, version in found.items() if version)
    if missing:
        said += f"; not installed: {', '.join(missing)}"
    return Finding("versions", "warn" if missing else "ok", said, found)


def _platform() -> Finding:
    from sims.platform import platform  # brings the physics

    found = platform().document()
    said = f"{found['system']} {found['machine']}, {found['cpu']}; canary {found['canary'][:12]}"
    return Finding("platform", "ok", said, found)


def _cores() -> Finding:
    count = processors()
    mark: Mark = "ok" if count > 1 else "warn"
    return Finding("cores", mark, f"{count} to work with", {"count": count})


def _speed() -> Finding:
    rate = sorted(_rates())[_TRIALS // 2]
    said = f"{rate:,.0f} simulated seconds per second on one core ({_SPECIES})"
    values = {"simulated_s_per_s": rate, "species": _SPECIES}
    return Finding("speed", "ok" if rate > _SLOW else "warn", said, values)


def _rates() -> Iterator[float]:
    from creatures.assemble import assemble
    from creatures.species import load_species
    from sims.physics.trial import TrialSettings, gene_table, run_trial

    skeleton = assemble(load_species(_SPECIES))
    zeros = gene_table(skeleton).zeros
    settings = TrialSettings(seconds=_TRIAL_S, may_stall=True)
    run_trial(skeleton, zeros, settings)  # compiles, or loads what is compiled
    for _ in range(_TRIALS):
        start = time.perf_counter()
        trial = run_trial(skeleton, zeros, settings)
        yield trial.measures.time_up_s / (time.perf_counter() - start)


def _cache() -> Finding:
    from platformdirs import user_cache_path

    from creatures.compiled import cache_root

    root = cache_root()
    kept = root.is_relative_to(user_cache_path())
    said = str(root) if kept else f"{root}: may be emptied; then the physics is compiled anew"
    return Finding("compiled code", "ok" if kept else "warn", said, {"folder": str(root)})


def _display() -> Finding:
    has_one = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    said = "present" if has_one else "none: everything but the live window works"
    return Finding("display", "ok", said, {"present": has_one})
