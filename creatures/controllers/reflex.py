"""The reflex controller: a rhythm moves every joint's target, reflexes pull the joint there and keep the trunk up.

The rhythm gives each limb joint an offset and two harmonics of one phase; limbs of a pair share genes half a cycle
apart. Stretch reflexes turn the joint's error into a wish for torque. The leg that stands carries the trunk (pitch
feedback on its hip) and the weight (the torque of standing, in proportion to the load on the foot: the positive
force feedback of Geyer & Herr 2010, IEEE TNSRE 18:263). The leg that swings is placed by where and how fast the
centre of mass moves over the foot of its pair that stands (SIMBICON: Yin, Loken & van de Panne 2007, ACM TOG 26:105).
Each pair of limbs does all this for itself; one gene says when it steps. Everything is in units of body weight, hip
height and sqrt(hip height / g), so one table of genes fits any size.
"""

from __future__ import annotations

import math

from creatures.compiled import compiled
from creatures.genome import Gene, GeneTable
from creatures.rig import Floats, Rig
from creatures.skeleton import Skeleton

NAME = "reflex"

# Where each gene of the whole body stands in the table.
_FREQUENCY, _RESET = 0, 1
_LEAN, _TRUNK_STIFFNESS, _TRUNK_DAMPING, _TRUNK_SHARE = 2, 3, 4, 5
_STANCE_LOAD, _STANCE_STIFFNESS = 6, 7
_BALANCE_POSITION, _BALANCE_SPEED = 8, 9
_TAIL_OFFSET, _TAIL_COSINE, _TAIL_SINE, _TAIL_PITCH, _TAIL_RATE = 10, 11, 12, 13, 14
_NECK_OFFSET, _NECK_PITCH, _TONE = 15, 16, 17
_GLOBALS = 18
# Then for each pair of limbs: placement by position and by speed, and for every pair but the first its phase;
# then for each of its joints these seven.
_PLACE_POSITION, _PLACE_SPEED, _PAIR_PHASE = 0, 1, 2
_OFFSET, _COSINE, _SINE, _COSINE2, _SINE2, _STIFF, _DAMP = range(7)
_PER_JOINT = 7
# Tail and neck are held by their ligaments; muscles add this much stiffness and damping.
_TAIL_HOLD = 0.12, 0.04
_NECK_HOLD = 0.08, 0.03
# Joints of a limb by their place from the body down: hip, knee, ankle, toe; a limb may end with the third.
_ANKLE = 2
# How much of the answer to a body ahead of the foot goes to the ankle, and to the toes.
_ANKLE_LEAN, _TOE_LEAN = 0.5, 0.25
_JOINT_WORDS = {
    "hip": "the thigh",
    "knee": "the knee",
    "ankle": "the ankle",
    "toe": "the toes",
    "shoulder": "the upper arm",
    "finger": "the fingers",
}

# Where the first guesses are made: offset, cosine and sine of the first and second harmonic, in genes.
# Round numbers near where walkers of all sizes were found to end up; a first guess still falls.
_STARTS = {
    0: (0.0, 1.0, 0.0, 0.0, 0.0),
    1: (0.0, 0.0, -1.0, 0.0, 0.0),
    2: (0.0, 0.0, -0.5, 0.0, 0.0),
    3: (0.0, 0.0, 0.0, 0.0, 0.0),
}
# Stiffness (body weight x hip height per radian) and damping (that times the unit of time) by joint.
_STIFFNESS = (0.9, 0.6, 0.5, 0.25)
_DAMPING = (0.25, 0.10, 0.05, 0.005)


def gene_table(skeleton: Skeleton) -> GeneTable:
    """Returns the genes of this controller for an animal: 48 for a biped whose toes bend."""
    genes = list(_global_genes())
    for pair, name in enumerate(skeleton.limb_kinds):
        genes += _pair_genes(name, pair)
        limb = next(limb for limb in skeleton.limbs if limb.pair == pair)
        for place, joint in enumerate(limb.joints):
            genes += _joint_genes(name, skeleton.joints[joint].kind, place)
    return GeneTable(NAME, tuple(genes))


def _global_genes() -> tuple[Gene, ...]:
    return (
        Gene("rhythm.frequency", "how fast it steps", 0.40, 0.5, 0.0, power=True),
        Gene("rhythm.reset", "how much a foot-fall corrects the rhythm", 0.0, 0.3, 0.0),
        Gene("trunk.lean", "how far the trunk leans", 0.0, 0.15, 0.5),
        Gene(
            "trunk.stiffness",
            "how hard the standing leg holds the trunk level",
            1.2,
            0.8,
            1.0,
            True,
        ),
        Gene("trunk.damping", "how much it calms the trunk's rocking", 0.5, 0.8, 0.0, True),
        Gene(
            "trunk.share",
            "how far the standing leg cares for the trunk before its own swing",
            0.6,
            0.25,
            0.0,
        ),
        Gene(
            "stance.load",
            "how much the foot's load calls the muscles that carry it",
            1.0,
            0.25,
            0.0,
        ),
        Gene("stance.stiffness", "how much stiffer a leg is while it stands", 0.5, 0.5, 0.0),
        Gene("balance.position", "how the foot answers a body ahead of it", 0.7, 0.5, 0.0),
        Gene("balance.speed", "how the foot answers a body that moves", 0.65, 0.4, -1.5),
        Gene("tail.offset", "how high the tail is carried", 0.0, 0.15, 0.0),
        Gene("tail.cosine", "tail swing in time with the steps", 0.0, 0.15, 0.0),
        Gene("tail.sine", "tail swing between the steps", 0.0, 0.15, 0.0),
        Gene("tail.pitch", "how the tail answers the trunk's tilt", 0.0, 0.5, 0.0),
        Gene("tail.rate", "how the tail answers the trunk's rocking", 0.0, 0.5, 0.0),
        Gene("neck.offset", "how high the head is carried", 0.0, 0.2, 0.0),
        Gene("neck.pitch", "how the neck evens out the trunk's tilt", 0.0, 0.5, 0.0),
        Gene(
            "muscle.tone",
            "how much muscles pull against each other to stiffen the joints",
            0.02,
            0.8,
            -1.0,
            True,
        ),
    )


def _pair_genes(pair: str, index: int) -> list[Gene]:
    genes = [
        Gene(
            f"{pair}.place.position",
            f"where the swinging {pair} is set down, from where the body is",
            0.0,
            0.5,
            1.0,
        ),
        Gene(
            f"{pair}.place.speed",
            f"where the swinging {pair} is set down, from how fast the body is",
            0.0,
            0.4,
            1.5,
        ),
    ]
    if index > 0:
        # First guesses: a foot lands a quarter of a stride after the hind foot of its side, as in a walk.
        genes.append(Gene(f"{pair}.phase", "when this pair steps", 0.0, math.pi / 2, -1.0))
    return genes


def _joint_genes(pair: str, kind: str, place: int) -> list[Gene]:
    """The genes of one joint of a pair of limbs; place 0 is at the body."""
    slot = min(place, 3)
    words = _JOINT_WORDS.get(kind, f"the {kind}")
    name = f"{pair}.{kind}"
    start = _STARTS[slot]
    return [
        Gene(f"{name}.offset", f"average bend of {words}", 0.0, 0.25, start[0]),
        Gene(f"{name}.cosine", f"swing of {words}, largest as the foot lands", 0.0, 0.35, start[1]),
        Gene(f"{name}.sine", f"swing of {words}, largest as the leg stands", 0.0, 0.35, start[2]),
        Gene(
            f"{name}.cosine2",
            f"second swing of {words}, in time with the steps",
            0.0,
            0.2,
            start[3],
        ),
        Gene(f"{name}.sine2", f"second swing of {words}, between the steps", 0.0, 0.2, start[4]),
        Gene(
            f"{name}.stiffness",
            f"strength of the pull that puts {words} where the rhythm wants it",
            _STIFFNESS[slot],
            0.8,
            0.0,
            True,
        ),
        Gene(f"{name}.damping", f"damping of {words}", _DAMPING[slot], 0.8, 0.0, True),
    ]


@compiled
def phase_rate(genes: Floats) -> float:
    """Returns how fast the rhythm runs, cycles per unit of time sqrt(hip height / g)."""
    return float(genes[_FREQUENCY])


@compiled
def tone(genes: Floats) -> float:
    """Returns the least excitation of every muscle."""
    return float(min(genes[_TONE], 0.5))


@compiled
def phase_reset(genes: Floats, rig: Rig, phase: float, limb: int) -> float:
    """Returns the phase after a limb's foot has landed: nudged to where that limb should land."""
    own = _own_phase(genes, rig, phase, limb)
    off = math.atan2(math.sin(own), math.cos(own))
    return float(phase - genes[_RESET] * off)


@compiled
def wish(
    genes: Floats,
    rig: Rig,
    phase: float,
    vigour: float,
    angle: Floats,
    rate: Floats,
    pitch: float,
    pitch_rate: float,
    load: Floats,
    ahead: Floats,
    speed: float,
    torque: Floats,
) -> None:
    """Says which torque every joint should have now.

    Args:
        genes: (n_genes,) values from the gene table.
        rig: the animal.
        phase: of the rhythm, rad.
        vigour: 0 to 1, how much of the rhythm's swing is on (it grows in from standing).
        angle: (j,) joint angles, rad.
        rate: (j,) joint speeds, rad per unit of time.
        pitch: of the trunk from its standing angle, rad, nose up positive.
        pitch_rate: rad per unit of time.
        load: (l,) on each foot, in shares of what it carries in standing.
        ahead: (l,) centre of mass ahead of where it is over each foot in standing, hip heights.
        speed: of the centre of mass forward, hip heights per unit of time.
        torque: (j,) filled: on the far bone, body weight x hip height.
    """
    torque[:] = 0.0
    trunk = genes[_TRUNK_STIFFNESS] * (pitch - genes[_LEAN] * vigour)
    trunk += genes[_TRUNK_DAMPING] * pitch_rate
    for limb in range(load.size):
        pair = rig.limb_pair[limb]
        block = _block(rig, pair)
        stands = min(load[limb], 1.0)
        own = _own_phase(genes, rig, phase, limb)
        away = (1.0 - stands) * vigour
        place_ahead = genes[block + _PLACE_POSITION] * _standing_ahead(rig, pair, load, ahead)
        placed = away * (place_ahead + genes[block + _PLACE_SPEED] * speed)
        lean = genes[_BALANCE_POSITION] * ahead[limb] + genes[_BALANCE_SPEED] * speed
        _limb(
            genes,
            rig,
            limb,
            block + _heads(pair),
            own,
            vigour,
            angle,
            rate,
            load[limb],
            placed,
            trunk,
            lean,
            torque,
        )
    _axis(genes, rig, phase, vigour, angle, rate, pitch, pitch_rate, torque)


@compiled
def _standing_ahead(rig: Rig, pair: int, load: Floats, ahead: Floats) -> float:
    """How far the body is ahead of the foot of a pair that carries most."""
    most_load = 0.0
    found = 0.0
    for limb in range(load.size):
        if rig.limb_pair[limb] == pair and load[limb] > most_load:
            most_load = load[limb]
            found = ahead[limb]
    return float(found)


@compiled
def _own_phase(genes: Floats, rig: Rig, phase: float, limb: int) -> float:
    """The rhythm as one limb has it: half a cycle later on the right, and as late as its pair."""
    pair = rig.limb_pair[limb]
    own = phase + math.pi * rig.limb_side[limb]
    if pair > 0:
        own += genes[_block(rig, pair) + _PAIR_PHASE]
    return float(own)


@compiled
def _heads(pair: int) -> int:
    """How many genes of a pair come before those of its joints."""
    return 3 if pair > 0 else 2


@compiled
def _block(rig: Rig, pair: int) -> int:
    """Where the genes of a pair of limbs begin."""
    at = _GLOBALS
    for earlier in range(pair):
        at += _heads(earlier)
        for limb in range(rig.limb_pair.size):
            if rig.limb_pair[limb] == earlier:
                at += _PER_JOINT * _joints(rig, limb)
                break
    return at


@compiled
def _joints(rig: Rig, limb: int) -> int:
    count = 0
    for place in range(rig.limb_joint.shape[1]):
        if rig.limb_joint[limb, place] >= 0:
            count += 1
    return count


@compiled
def _limb(
    genes: Floats,
    rig: Rig,
    limb: int,
    first: int,
    own: float,
    vigour: float,
    angle: Floats,
    rate: Floats,
    load: float,
    placed: float,
    trunk: float,
    lean: float,
    torque: Floats,
) -> None:
    """The joints of one limb: its rhythm, its stretch reflexes, and what standing asks of it."""
    stands = min(load, 1.0)
    c1, s1 = math.cos(own), math.sin(own)
    c2, s2 = c1 * c1 - s1 * s1, 2.0 * s1 * c1
    joints = _joints(rig, limb)
    for place in range(joints):
        j = rig.limb_joint[limb, place]
        g = first + place * _PER_JOINT
        swing = genes[g + _COSINE] * c1 + genes[g + _SINE] * s1
        swing += genes[g + _COSINE2] * c2 + genes[g + _SINE2] * s2
        # Knees, ankles and toes bend in their own sense; a positive gene always bends the joint.
        bend = 1.0 if place == 0 or rig.standing[j] > 0.0 else -1.0
        target = rig.standing[j] + bend * vigour * (genes[g + _OFFSET] + swing)
        if place == 0:
            target += placed
        stiff = genes[g + _STIFF] * (1.0 + genes[_STANCE_STIFFNESS] * stands)
        carry = genes[_STANCE_LOAD] * load * rig.support[j]
        pull = stiff * (target - angle[j]) - genes[g + _DAMP] * rate[j]
        if place == 0:
            share = min(max(genes[_TRUNK_SHARE], 0.0), 1.0) * stands
            pull = (1.0 - share) * pull + share * trunk
        elif place == _ANKLE:
            pull -= _ANKLE_LEAN * stands * lean
        elif place > _ANKLE:
            # Ankle and toes press harder the further the body gets ahead of the foot.
            pull -= _TOE_LEAN * stands * lean
        torque[j] = pull + carry


@compiled
def _axis(
    genes: Floats,
    rig: Rig,
    phase: float,
    vigour: float,
    angle: Floats,
    rate: Floats,
    pitch: float,
    pitch_rate: float,
    torque: Floats,
) -> None:
    """Tail and neck: a swing at step frequency, and answers to the trunk's tilt."""
    c2, s2 = math.cos(2.0 * phase), math.sin(2.0 * phase)
    lift = vigour * (genes[_TAIL_OFFSET] + genes[_TAIL_COSINE] * c2 + genes[_TAIL_SINE] * s2)
    answer = genes[_TAIL_PITCH] * pitch + genes[_TAIL_RATE] * pitch_rate
    for k in range(rig.tail.size):
        j = rig.tail[k]
        target = rig.standing[j] - lift + answer
        torque[j] = _TAIL_HOLD[0] * (target - angle[j]) - _TAIL_HOLD[1] * rate[j]
    for k in range(rig.neck.size):
        j = rig.neck[k]
        target = rig.standing[j] + vigour * genes[_NECK_OFFSET] - genes[_NECK_PITCH] * pitch
        torque[j] = _NECK_HOLD[0] * (target - angle[j]) - _NECK_HOLD[1] * rate[j]
