"""From what the runs came to, to what the picture of a validation shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sims.validation.cheap import costs, taylor
from sims.validation.checks import Judged
from sims.validation.evidence import Evidence
from sims.validation.fast import SPEEDS
from sims.validation.gaits import curve
from sims.validation.recipes import LIVING
from sims.validation.telling import counts
from sims.validation.verdicts import Fell, NotTried


def draw(found: Sequence[Judged], evidence: Evidence, path: Path) -> None:
    """Writes the picture.

    Raises:
        RunError: it cannot be written.
    """
    from sims.picture.validated import Priced, Shown, Speed, validated_picture  # brings matplotlib

    shown = Shown(
        speeds=[Speed(name, theirs, _speed(evidence, name)) for name, theirs in SPEEDS.items()],
        duty=[(moment.froude, moment.duty_factor) for moment in evidence.moments],
        curve=curve(evidence.moments),
        costs=[
            Priced(walk.species, walk.mass_kg, walk.measures["cost_of_transport"])
            for walk in costs(evidence)
        ],
        theirs=taylor,
    )
    lines = [
        f"{counts(found).capitalize()}. {evidence.size}.",
        "Speeds: the fastest champion of all seeds that stayed up. Duty factors: bests of generations that stayed up, "
        "and their medians. Costs: the champions of the objective fuel.",
    ]
    validated_picture(shown, lines, path)


def _speed(evidence: Evidence, species: str) -> float | None:
    try:
        return evidence.fastest("living" if species in LIVING else "sprint", species).speed
    except (NotTried, Fell):
        return None
