"""All controllers by name, and the compiled door through which the loop asks the one that a trial has.

Compiled code cannot look names up, so there each is a number: its place in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from creatures.actuation import recruit
from creatures.compiled import compiled
from creatures.controllers import pattern, reflex
from creatures.genome import GeneTable
from creatures.rig import Floats, Rig
from creatures.skeleton import Skeleton

_PATTERN = 1
"""The place of `pattern` below."""


@dataclass(frozen=True, slots=True)
class Controller:
    """What is known of a controller outside compiled code."""

    words: str
    """What it is, in a line."""
    gene_table: Callable[[Skeleton], GeneTable]


CONTROLLERS: Mapping[str, Controller] = {
    reflex.NAME: Controller(
        "a rhythm with reflexes, which answer what the animal feels", reflex.gene_table
    ),
    pattern.NAME: Controller(
        "bursts of muscle by the clock alone: nothing is felt", pattern.gene_table
    ),
}
"""Name -> controller; the first is the default, and the order is that of the numbers in compiled code."""


def number(name: str) -> int:
    """Returns what stands for a controller in compiled code."""
    return tuple(CONTROLLERS).index(name)


@compiled
def stand(
    which: int, calm: Floats, rig: Rig, torque: Floats, excitation: Floats, missing: Floats
) -> None:
    """Fills the excitation with which the animal stands, before anything has been felt.

    Args:
        which: controller.
        calm: (n_genes,) values of the genome that stands.
        rig: the animal.
        torque: (j,) of standing, body weight x hip height.
        excitation: (m,) filled.
        missing: (j,) room to work in.
    """
    if which == _PATTERN:
        pattern.stand(rig, torque, excitation, missing)
    else:
        for _ in range(50):
            recruit(rig, torque, reflex.tone(calm), excitation, missing)


@compiled
def excite(
    which: int,
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
    standing: Floats,
    torque: Floats,
    excitation: Floats,
    missing: Floats,
) -> None:
    """Says how excited every muscle is now.

    Which is the controller; what is felt, from phase to speed, is as `reflex.wish` has it; standing is the (m,)
    excitation with which the animal stood. The (m,) excitation of the last call is changed in place; the (j,) torque
    and what is missing of it are room to work in.
    """
    if which == _PATTERN:
        pattern.excite(genes, rig, phase, vigour, standing, torque, excitation)
        return
    reflex.wish(
        genes,
        rig,
        phase,
        vigour,
        angle,
        rate,
        pitch,
        pitch_rate,
        load,
        ahead,
        speed,
        torque,
    )
    recruit(rig, torque, reflex.tone(genes), excitation, missing)


@compiled
def phase_rate(which: int, genes: Floats) -> float:
    """Returns how fast the rhythm runs, cycles per unit of time sqrt(hip height / g)."""
    return pattern.phase_rate(genes) if which == _PATTERN else reflex.phase_rate(genes)


@compiled
def phase_reset(which: int, genes: Floats, rig: Rig, phase: float, limb: int) -> float:
    """Returns the phase after a limb's foot has landed; a pattern does not notice."""
    return phase if which == _PATTERN else reflex.phase_reset(genes, rig, phase, limb)


assert number(pattern.NAME) == _PATTERN
