"""The pattern controller: bursts of excitation by the clock alone. Nothing is felt, so nothing is answered.

After the encoding with which Sellers evolved the gaits of dinosaurs (GaitSym; the tyrannosaur model of 2004): half a
cycle is three phases, and a phase is one duration and one signed number for hip, knee and ankle of both legs. The sign
says whether the muscles that straighten the joint pull harder or those that bend it, the size how much. The second half
of the cycle is the first with left and right swapped. That makes 21 genes for an animal with one pair of legs.

Three things are ours. A number is added to the excitation that carries the animal in standing, which it raises on one
side of the joint and lowers on the other, so that zero genes stand; with Sellers a muscle outside its phases is silent.
The toes, which his models do not have, go with the ankle. A muscle that crosses two joints, which his have not either,
belongs to the one that it does more for, measured by the joint's strength. Tail and neck are held as in standing.
"""

from __future__ import annotations

import math

from creatures.actuation import recruit
from creatures.compiled import compiled
from creatures.genome import Gene, GeneTable
from creatures.rig import Floats, Rig
from creatures.skeleton import Skeleton

NAME = "pattern"

PHASES = 3
"""Of half a cycle."""
DRIVEN = 3
"""Joints of a leg with a number of their own, from the body down; joints further down go with the last of them."""
LEGS = 2
"""Of a pair."""
TONE = 0.0
"""Least excitation of every muscle: with Sellers too, muscles never pull against each other to stiffen a joint."""
_DURATIONS = (0.27, 0.37, 0.37)
"""Units of time sqrt(hip height / g): the 0.15, 0.2 and 0.2 s with which Sellers' tyrannosaur began (his substitution
file of 2003), over the 0.55 s that are one unit for ours."""
_ROUNDS, _PER_ROUND = 40, 5
"""Of correcting the excitation of standing, and of recruiting in each: what is then missing is rounding."""

_WHEN = ("first", "second", "last")
_SIDES = ("leading", "other")
"""The leg on the left in the first half of a cycle and on the right in the second; and the other."""
_AT_THE_BODY = ("hip", "shoulder")


def gene_table(skeleton: Skeleton) -> GeneTable:
    """Returns the genes of this controller for an animal: 21 for a biped, 18 more for each further pair of limbs."""
    genes = [
        Gene(
            f"clock.{when}",
            f"how long the {when} part of a step lasts",
            _DURATIONS[phase],
            0.6,
            0.0,
            power=True,
        )
        for phase, when in enumerate(_WHEN)
    ]
    for pair, name in enumerate(skeleton.limb_kinds):
        limb = next(limb for limb in skeleton.limbs if limb.pair == pair)
        kinds = [skeleton.joints[joint].kind for joint in limb.joints[:DRIVEN]]
        for kind in kinds:
            for phase in range(PHASES):
                genes += [_joint_gene(name, kind, phase, side) for side in range(LEGS)]
    return GeneTable(NAME, tuple(genes))


def _joint_gene(pair: str, kind: str, phase: int, side: int) -> Gene:
    which = f"the {_SIDES[side]} {pair}"
    what = f"{which}'s {kind} is straightened (above 0) or bent (below)"
    if kind in _AT_THE_BODY:
        what = f"{which} is drawn back (above 0) or swung forward (below)"
    words = f"how hard {what} in the {_WHEN[phase]} part of a step"
    return Gene(f"{pair}.{kind}.{_SIDES[side]}.{_WHEN[phase]}", words, 0.0, 1.0 / 3.0, 0.0)


@compiled
def phase_rate(genes: Floats) -> float:
    """Returns how fast the clock runs, cycles per unit of time sqrt(hip height / g)."""
    half = 0.0
    for phase in range(PHASES):
        half += genes[phase]
    return float(0.5 / half)


@compiled
def part_of(genes: Floats, phase: float) -> tuple[int, int]:
    """Returns which half of the cycle it is, 0 or 1, and which of its parts, 0 to 2.

    Args:
        genes: (n_genes,) values from the gene table.
        phase: of the clock, rad, from 0.
    """
    turns = phase / (2.0 * math.pi)
    halves = 2.0 * (turns - math.floor(turns))
    half = 1 if halves >= 1.0 else 0
    left = (halves - half) * 0.5 / phase_rate(genes)
    for part in range(PHASES - 1):
        left -= genes[part]
        if left < 0.0:
            return half, part
    return half, PHASES - 1


@compiled
def excite(
    genes: Floats,
    rig: Rig,
    phase: float,
    vigour: float,
    standing: Floats,
    turning: Floats,
    excitation: Floats,
) -> None:
    """Says how excited every muscle is now.

    Args:
        genes: (n_genes,) values from the gene table.
        rig: the animal.
        phase: of the clock, rad.
        vigour: 0 to 1, how much of the pattern is on (it grows in from standing).
        standing: (m,) excitation with which it stands, from `stand`.
        turning: (j,) filled: the number of each joint, with the sign of the turn it asks for.
        excitation: (m,) filled.
    """
    half, part = part_of(genes, phase)
    turning[:] = 0.0
    for limb in range(rig.limb_pair.size):
        side = (rig.limb_side[limb] + half) % LEGS
        first, count = _block(rig, rig.limb_pair[limb])
        for place in range(rig.limb_joint.shape[1]):
            j = rig.limb_joint[limb, place]
            if j >= 0:
                # Straightening turns against the standing bend; at the body it draws the limb back.
                bend = 1.0 if place == 0 or rig.standing[j] > 0.0 else -1.0
                row = min(place, count - 1) * PHASES + part
                turning[j] = -bend * vigour * genes[first + row * LEGS + side]
    for m in range(excitation.size):
        j = owner(rig, m)
        more = 0.0
        if j >= 0:
            more = turning[j] if rig.effect[m, j] > 0.0 else -turning[j]
        excitation[m] = min(max(standing[m] + more, TONE), 1.0)


@compiled
def _block(rig: Rig, pair: int) -> tuple[int, int]:
    """Where the numbers of a pair of limbs begin, and how many joints of each limb have one."""
    first = PHASES
    count = 0
    for earlier in range(pair + 1):
        first += PHASES * LEGS * count
        count = 0
        for limb in range(rig.limb_pair.size):
            if rig.limb_pair[limb] == earlier:
                count = 0
                for place in range(min(rig.limb_joint.shape[1], DRIVEN)):
                    if rig.limb_joint[limb, place] >= 0:
                        count += 1
    return first, count


@compiled
def owner(rig: Rig, muscle: int) -> int:
    """Returns the joint of a limb that a muscle does most for, in shares of its strength; -1 if there is none."""
    most, found = 0.0, -1
    for limb in range(rig.limb_joint.shape[0]):
        for place in range(rig.limb_joint.shape[1]):
            j = rig.limb_joint[limb, place]
            if j >= 0 and abs(rig.effect[muscle, j]) > most:
                most, found = abs(rig.effect[muscle, j]), j
    return found


@compiled
def stand(rig: Rig, torque: Floats, excitation: Floats, missing: Floats) -> None:
    """Fills the excitation that gives the torques of standing.

    Recruiting weighs torque against effort and leaves some of it out, which reflexes would make up for. Here nothing
    does, so what is left out is asked for again on top, until nothing is.

    Args:
        rig: the animal.
        torque: (j,) of standing, body weight x hip height.
        excitation: (m,) filled.
        missing: (j,) room to work in.
    """
    asked = torque.copy()
    for _ in range(_ROUNDS):
        for _ in range(_PER_ROUND):
            recruit(rig, asked, TONE, excitation, missing)
        for j in range(torque.size):
            asked[j] += missing[j] / rig.ease[j] + torque[j] - asked[j]
