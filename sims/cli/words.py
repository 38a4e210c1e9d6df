"""What a walker does, in plain sentences: under a picture, and at the end of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sims.gate import ENOUGH
from sims.genomes.record import Genome
from sims.physics.audit import faults
from sims.physics.gait_name import GAITS, gait_name
from sims.physics.quantities import side_words
from sims.study.said import figure

_STOOD = 0.5
"""Hip heights: who comes no further has not walked."""
_HOP = 0.2
"""Alternation further than this from an even 0.5, and nearer to 0 or 1 than this, is no walk."""
_RUNNING = 0.5
"""Each foot down for less than half the time: on two legs there are moments with no foot on the ground."""
_LEAPS = {"bound": "bounded", "gallop": "galloped"}


def sentences(genome: Genome) -> list[str]:
    """Returns what a walker does, most important first."""
    found = genome.measures
    name = _named(genome)
    said = [_distance(genome, found, name), *_gait(found, name), *_strain(found)]
    return [*said, *_energy(found), *_books(found), *_robust(genome)]


def _named(genome: Genome) -> str:
    """Returns the name of a four-legged gait; empty for two legs, and where there is none."""
    feet = [(limb.pair, limb.side) for limb in genome.skeleton().limbs]
    found = genome.measures
    return gait_name(found["gait"]["foot_falls"], feet, found["time_up_s"])


def _distance(genome: Genome, found: Mapping[str, Any], name: str) -> str:
    way = f"{figure(found['distance_m'], 1)} m in {found['time_up_s']:.1f} s"
    hips = f"{figure(found['hip_heights'], 1)} hip heights, {figure(found['speed_m_s'], 1)} m/s at the end"
    verb = _verb(found, name)
    if genome.ended == "finished":
        return f"It {verb} {way} without falling: {hips}, Froude number {found['froude']:.2f}."
    why = f": {genome.why}" if genome.why else ""
    return f"It {verb} {way} and then {_ending(genome.ended)}{why} ({hips})."


def _ending(ended: str) -> str:
    words = {
        "broke": "came apart",
        "snapped": "broke a bone",
        "unstable": "flew to pieces",
        "failed": "could not be tried",
    }
    return words.get(ended, ended)


def _verb(found: Mapping[str, Any], name: str) -> str:
    if found["hip_heights"] < _STOOD:
        return "came"
    if name in _LEAPS:
        return _LEAPS[name]
    if found["gait"]["strides"] and abs(found["alternation"] - 0.5) > 0.5 - _HOP:
        return "hopped"
    return "ran" if found["duty_factor"] < _RUNNING else "walked"


def _gait(found: Mapping[str, Any], name: str) -> Iterator[str]:
    if found["stride_frequency_hz"] > 0:
        yield (
            f"A stride is {found['stride_length_m']:.2f} m long and takes "
            f"{1 / found['stride_frequency_hz']:.2f} s; "
            f"each foot is on the ground {found['duty_factor']:.0%} of the time."
        )
    if name:
        yield f"Its gait is a {name}: {GAITS[name]}."


def _strain(found: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"The ground pushes back with up to {found['peak_ground_force_bw']:.1f} body weights; "
        f"the mean joint carries {found['strain_bw']:.1f}."
    )
    stress = found.get("peak_bone_stress_mpa")
    if stress and found.get("bones"):
        bone = max(found["bones"].items(), key=lambda item: float(item[1]["peak_mpa"]))[0]
        yield f"Its hardest-loaded bone is the {side_words(bone)}: up to {stress:.0f} MPa; bone breaks near 200."
    if found["joints"]:
        name, load = max(found["joints"].items(), key=lambda item: float(item[1]["rms_bw"]))
        yield (
            f"Its hardest-loaded joint is the {side_words(name)}: "
            f"{load['rms_bw']:.1f} body weights, {load['peak_bw']:.1f} at its smoothed peak."
        )


def _energy(found: Mapping[str, Any]) -> Iterator[str]:
    if found["hip_heights"] >= _STOOD:
        yield f"It spends {found['cost_of_transport']:.1f} J to carry a kilogram a metre."


def _books(found: Mapping[str, Any]) -> Iterator[str]:
    """A trial whose books do not balance is marked: it may live on what the physics gives away."""
    for fault in faults(found.get("energy_error") or 0.0, found["momentum_error"] or 0.0):
        yield f"Do not trust it: {fault}."


def _robust(genome: Genome) -> Iterator[str]:
    if genome.gate is None:
        return
    if genome.ended != "finished":
        yield "This is no walk yet: more guesses, or another seed, may find one."
        return
    kept = f"robust {genome.gate.robust:.2f}"
    if genome.gate.passes:
        yield f"In five worlds it had never met it keeps at least {genome.gate.robust:.0%} of its score: {kept}."
        return
    worst = min(genome.gate.kept.items(), key=lambda world: world[1])[0]
    what = genome.gate.label if genome.measures["hip_heights"] >= _STOOD else "is no champion yet"
    yield (
        f"It {what}: with {worst} it keeps {genome.gate.robust:.0%} of its score, "
        f"where {ENOUGH:.0%} is asked ({kept})."
    )
