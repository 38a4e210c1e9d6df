"""Checks of fast gaits: top speeds, what limits them, what joints must give, and what comes of speed alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from sims.report.statistics import rank_correlation
from sims.report.words import number
from sims.validation.evidence import Evidence, Walk
from sims.validation.recipes import BONE_LIMIT_MPA, HOPPER, LIVING, REX, SMALL, SPRINTERS
from sims.validation.verdicts import Fell, Line, NotTried, Published, exactly, line, told

SPEEDS: Mapping[str, float] = {
    "velociraptor": 10.8,
    "dilophosaurus": 10.5,
    "allosaurus": 9.4,
    REX: 8.0,
    "ostrich": 15.4,
    "emu": 13.3,
    "human": 7.9,
}
"""Top speeds, m/s: Sellers & Manning 2007 as the press had them, from miles and kilometres an hour."""
MOMENTS: Mapping[str, Mapping[str, float]] = {
    REX: {"hip": 75_000.0, "knee": 24_000.0, "ankle": 66_000.0, "toe": 49_000.0},
    SMALL: {"hip": 45.0, "knee": 14.0, "ankle": 56.0, "toe": 44.0},
}
"""N m at mid-stance of a fast run: Hutchinson & Garcia 2002, Table 1."""
HOP = 0.5
"""Of limping, which is 0 for a perfect walk and 1 for a hop on both feet: beyond this it is nearer to the hop."""


def order(evidence: Evidence) -> tuple[Line, ...]:
    """Who is faster than whom."""
    speeds = {
        species: told(f"{species}, m/s", partial(_top_speed, evidence, species))
        for species in SPRINTERS
    }
    rank = line(
        "rank correlation of the speeds", exactly(1.0), "", 2, partial(_rank, evidence, SPRINTERS)
    )
    return (rank, *speeds.values())


def _top_speed(evidence: Evidence, species: str) -> str:
    return f"{number(evidence.fastest('sprint', species).speed, 1)}, theirs {SPEEDS[species]}"


def _rank(evidence: Evidence, species: tuple[str, ...]) -> float:
    ours = [evidence.fastest("sprint", one).speed for one in species]
    return rank_correlation(ours, [SPEEDS[one] for one in species])


def rex_speed(evidence: Evidence) -> tuple[Line, ...]:
    """A tyrannosaur whose bones cannot break, and one whose can."""
    free, limited = ("sprint", REX), ("bones", REX)
    return (
        line(
            "without a limit", Published(7.6, 8.0), "m/s", 1, lambda: evidence.fastest(*free).speed
        ),
        line(
            f"with one of {BONE_LIMIT_MPA} MPa",
            exactly(5.4),
            "m/s",
            1,
            lambda: evidence.fastest(*limited).speed,
        ),
        told("most stress without a limit, MPa", lambda: _bones(evidence.fastest(*free))),
        told("most stress with one, MPa", lambda: _bones(evidence.fastest(*limited))),
    )


def _bones(walk: Walk) -> str:
    """Returns the most that each kind of bone had to bear, the hardest pressed first."""
    most: dict[str, float] = {}
    for name, bone in walk.measures.get("bones", {}).items():
        kind = name.partition(".")[0]
        most[kind] = max(most.get(kind, 0.0), bone["peak_mpa"])
    if not most:
        raise NotTried("its file says nothing of bones")
    ranked = sorted(most, key=lambda kind: (-most[kind], kind))
    return ", ".join(f"{kind} {number(most[kind], 0)}" for kind in ranked)


def living(evidence: Evidence) -> tuple[Line, ...]:
    """Top speeds that the published model has of animals that can be timed."""
    return tuple(
        line(species, exactly(SPEEDS[species]), "m/s", 1, partial(_living, evidence, species))
        for species in LIVING
    )


def _living(evidence: Evidence, species: str) -> float:
    return evidence.fastest("living", species).speed


def moments(evidence: Evidence) -> tuple[Line, ...]:
    """What the joints had to give in the fastest gait."""
    return tuple(_moments(evidence))


def _moments(evidence: Evidence) -> Iterator[Line]:
    for species, published in MOMENTS.items():
        for joint, moment in published.items():
            of = partial(_moment, evidence, species, joint)
            yield line(f"{species}, {joint}", exactly(moment), "N m", 0, of)
        yield told(f"{species}, its fastest gait", partial(_gait, evidence, species))


def _gait(evidence: Evidence, species: str) -> str:
    walk = evidence.fastest("sprint", species)
    duty, ground = walk.measures["duty_factor"], walk.measures["peak_ground_force_bw"]
    return f"{number(walk.speed, 1)} m/s, duty factor {number(duty, 2)}, ground {number(ground, 1)} body weights"


def _moment(evidence: Evidence, species: str, joint: str) -> float:
    """Returns the larger of left and right."""
    joints = evidence.fastest("sprint", species).measures["joints"]
    found = [
        load["moment_peak_nm"]
        for name, load in joints.items()
        if name.startswith(f"{joint}.") and "moment_peak_nm" in load
    ]
    if not found:
        raise NotTried(f"its file has no moments of a joint {joint}")
    return float(max(found))


def cheats(evidence: Evidence) -> tuple[Line, ...]:
    """What speed alone finds, and whether the costs of strain stop it."""
    alone = partial(evidence.fastest, "speed-only", HOPPER)
    loads = partial(evidence.fastest, "walk", HOPPER)
    return (
        # From the middle between walk and hop upward it is a cheat.
        line("limping, speed alone", _from(HOP, "a hop or a crawl"), "", 2, lambda: _limp(alone())),
        line("limping, loads count", _up_to(HOP, "a walk or run"), "", 2, lambda: _limp(loads())),
        told("speed alone", lambda: _hardship(alone())),
        told("loads count", lambda: _hardship(loads())),
    )


def _from(low: float, words: str) -> Published:
    return Published(low, float("inf"), words, 1.0)


def _up_to(high: float, words: str) -> Published:
    return Published(0.0, high, words, 1.0)


def _limp(walk: Walk) -> float:
    """Returns how far its feet are from taking even turns: 0 a perfect walk, 1 a hop."""
    if not walk.measures["gait"]["strides"]:
        raise Fell("no whole stride to be seen")
    return float(2.0 * abs(walk.measures["alternation"] - 0.5))


def _hardship(walk: Walk) -> str:
    found = walk.measures
    return (
        f"{number(walk.speed, 1)} m/s; ground {number(found['peak_ground_force_bw'], 1)}, "
        f"joints {number(found['strain_bw'], 1)} body weights; "
        f"bones {number(found.get('peak_bone_stress_mpa', 0.0), 0)} MPa"
    )
