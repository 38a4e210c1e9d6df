"""Two genome files side by side: worlds, terms of the score, measures, genes and joints, and how they differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from creatures.genome import Gene
from creatures.skeleton import Skeleton
from sims.genomes.record import Genome
from sims.genomes.replay import replay
from sims.physics.quantities import joint_angles, side_words
from sims.physics.terrain import Terrain
from sims.physics.trial import TrialSettings, gene_table
from sims.study.comparison import (
    Comparison,
    GenePair,
    JointPair,
    Only,
    Pair,
    Setting,
    Side,
    TermPair,
)

MEASURES: Mapping[str, tuple[str, str, float]] = {
    "distance_m": ("distance", "m", 1.0),
    "hip_heights": ("distance", "hip heights", 1.0),
    "time_up_s": ("time on its feet", "s", 1.0),
    "speed_m_s": ("speed, second half", "m/s", 1.0),
    "froude": ("Froude number", "", 1.0),
    "stride_length_m": ("length of a stride", "m", 1.0),
    "stride_frequency_hz": ("strides a second", "Hz", 1.0),
    "duty_factor": ("each foot is down", "%", 100.0),
    "alternation": ("left after right; even is 0.5", "", 1.0),
    "strain_bw": ("load of the mean joint", "body weights", 1.0),
    "peak_ground_force_bw": ("peak push of the ground", "body weights", 1.0),
    "cost_of_transport": ("energy", "J/kg/m", 1.0),
    "pitch_rad": ("rocking of the trunk", "deg", math.degrees(1.0)),
}
"""Those that matter: name -> words, the unit that people read, and how many of it are one of the file's."""

_ANGLES = ("offset", "cosine", "sine", "cosine2", "sine2", "lean", "phase")
"""Last parts of the names of genes that stand for radians."""
_FREQUENCY = "rhythm.frequency"
"""The gene that stands for cycles per unit of time."""


def compare(a: Genome, b: Genome) -> Comparison:
    """Holds two genomes against each other.

    Scores, terms and measures are those in the files, or what the walks came to here where they are not the files'; the
    angles of joints are read off the walks.
    """
    one, other = _side(a), _side(b)
    a, b = one.genome, other.genome
    genes, only = _genes(one, other)
    return Comparison(
        a=one,
        b=other,
        settings=tuple(_differing(_settings(one), _settings(other))),
        terms=tuple(_terms(a, b)),
        measures=tuple(_measures(a, b)),
        genes=genes,
        only=only,
        joints=tuple(_joints(one, other)),
    )


def _side(genome: Genome) -> Side:
    again = replay(genome)
    return Side(
        again.genome, genome.skeleton(), again.trajectory, again.verdict, again.is_recording
    )


def _differing(a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[Setting]:
    for name in _names(a, b):
        one, other = a.get(name, "-"), b.get(name, "-")
        if one != other:
            yield Setting(name, one, other)


def _names(a: Iterable[str], b: Iterable[str]) -> list[str]:
    """Returns all names of both, in their order, none twice."""
    return list(dict.fromkeys((*a, *b)))


def _settings(side: Side) -> dict[str, str]:
    """Returns everything that was decided before it walked, name -> words."""
    genome, skeleton = side.genome, side.skeleton
    species, origin = genome.species, genome.origin
    return {
        "animal": species.title,
        "numbers of the animal": species.digest()[:8],
        "body mass": f"{skeleton.mass:,.4g} kg",
        "hip height": f"{skeleton.hip_height:.2f} m",
        "seed": str(origin.seed),
        "search": origin.strategy,
        "guess": f"{origin.guess:,}, generation {origin.generation:,}",
        "objective": genome.objective.name,
        **{f"weight of {name}": f"{w:+g}" for name, w in genome.objective.weights.items()},
        "version of the terms": str(genome.terms_version),
        **_world(genome.trial),
        "controller": genome.controller,
    }


def _world(trial: TrialSettings) -> dict[str, str]:
    words = {
        "seconds": ("length of the trial", "{:g} s"),
        "step_scale": ("step", "{:g} of the usual"),
        "iterations": ("rounds of the solver", "{}"),
        "mass_scale": ("mass", "{:g} of the usual"),
        "gravity_scale": ("gravity", "{:g} of the usual"),
    }
    found = {said: form.format(getattr(trial, name)) for name, (said, form) in words.items()}
    found["ground"] = _ground(trial.terrain)
    found["standing about"] = "allowed" if trial.may_stall else "ends the trial"
    return found


def _ground(terrain: Terrain) -> str:
    if terrain.kind == "flat":
        return "flat"
    if terrain.kind == "slope":
        return f"a slope of {math.degrees(math.atan(terrain.size)):.3g}°"
    return (
        f"{terrain.kind} of {terrain.size:g} hip heights, {terrain.spacing:g} apart, "
        f"seed {terrain.seed}"
    )


def _terms(a: Genome, b: Genome) -> Iterator[TermPair]:
    weights = a.objective.weights, b.objective.weights
    for name in _names(a.terms, b.terms):
        values = (one.terms.get(name, 0.0) for one in (a, b))
        yield TermPair(name, *values, *(found.get(name, 0.0) for found in weights))


def _measures(a: Genome, b: Genome) -> Iterator[Pair]:
    for name, (words, unit, scale) in MEASURES.items():
        yield Pair(name, words, unit, *(_scaled(one.measures.get(name), scale) for one in (a, b)))
    robust = (None if one.gate is None else 100.0 * one.gate.robust for one in (a, b))
    yield Pair("robust", "score kept at the gate", "%", *robust)


def _scaled(value: Any, scale: float) -> float | None:
    return None if value is None else value * scale


def _genes(a: Side, b: Side) -> tuple[tuple[GenePair, ...], Only]:
    """Returns the genes of both by name, largest change first, and the names that only one has."""
    ours, theirs = _by_name(a), _by_name(b)
    pairs = [
        _gene(ours[name], theirs[name], a.skeleton, b.skeleton) for name in ours if name in theirs
    ]
    only = (
        tuple(name for name in ours if name not in theirs),
        tuple(name for name in theirs if name not in ours),
    )
    return tuple(sorted(pairs, key=lambda pair: -abs(pair.change))), only


def _by_name(side: Side) -> dict[str, tuple[Gene, float]]:
    table = gene_table(side.skeleton, side.genome.controller).genes
    return {gene.name: (gene, x) for gene, x in zip(table, side.genome.genes, strict=True)}


def _gene(a: tuple[Gene, float], b: tuple[Gene, float], one: Skeleton, other: Skeleton) -> GenePair:
    (gene, x), (same, y) = a, b
    unit, *scales = _unit(gene.name, one, other)
    values = gene.value(x) * scales[0], same.value(y) * scales[1]
    return GenePair(gene.name, gene.words, unit, x, y, *values)


def _unit(name: str, one: Skeleton, other: Skeleton) -> tuple[str, float, float]:
    """Returns what people read a gene's value in, and how many of that are one of its own, for both animals."""
    if name == _FREQUENCY:
        return "Hz", 1.0 / one.time_unit, 1.0 / other.time_unit
    if name.rsplit(".", 1)[-1] in _ANGLES:
        return "deg", math.degrees(1.0), math.degrees(1.0)
    return "", 1.0, 1.0


def _joints(a: Side, b: Side) -> Iterator[JointPair]:
    loads = a.genome.measures["joints"], b.genome.measures["joints"]
    ranges = _ranges(a), _ranges(b)
    for joint in a.skeleton.joints:
        name = joint.name
        if all(name in some for some in (*loads, *ranges)):
            numbers = [
                *(found[name]["rms_bw"] for found in loads),
                *(found[name]["peak_bw"] for found in loads),
                *(found[name] for found in ranges),
            ]
            yield JointPair(name, side_words(name), *numbers)


def _ranges(side: Side) -> dict[str, float]:
    """Returns the range of motion of every joint, degrees."""
    angles = joint_angles(side.skeleton, side.trajectory)
    spans = np.degrees(np.ptp(angles, axis=0)).tolist() if len(angles) else []
    return dict(zip((joint.name for joint in side.skeleton.joints), spans, strict=False))
