"""What the commands say and draw of a front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sims.cli.voice import complain

if TYPE_CHECKING:
    from sims.runs.front_file import FrontIndex, Walker

PICTURE = "front.png"


def front_sentences(index: FrontIndex) -> list[str]:
    """Returns what can be said of a front, a sentence each."""
    walkers = index.walkers
    gentlest, fastest = _named(index, "gentlest"), _named(index, "fastest")
    cheapest = _named(index, "cheapest")
    passing = sum(not one.label for one in walkers)
    said = [
        f"{len(walkers)} walkers of whom none is beaten by another in distance, strain and energy at once; "
        f"{passing} of them pass the gate.",
        f"The gentlest strains itself by {gentlest.strain:.1f} body weights at {gentlest.speed_m_s:.1f} m/s.",
        f"Who gets furthest ends at {fastest.speed_m_s:.1f} m/s, for {fastest.strain:.1f} body weights of strain.",
        f"The cheapest spends {cheapest.energy:.2f} times its weight on every metre, at {cheapest.speed_m_s:.1f} m/s.",
    ]
    if fastest.strain > gentlest.strain and fastest.speed_m_s > gentlest.speed_m_s:
        speed = fastest.speed_m_s / max(gentlest.speed_m_s, 1e-9)
        strain = fastest.strain / max(gentlest.strain, 1e-9)
        said.append(f"So {speed:.1f} times the speed costs {strain:.1f} times the strain.")
    return said


def _named(index: FrontIndex, name: str) -> Walker:
    return next((one for one in index.walkers if name in one.names), index.walkers[0])


def draw_front(folder: Path) -> Path | None:
    """Draws the front of a finished run into its folder; a picture that fails must not take the run with it.

    Returns:
        The picture; None where there is no front, or it could not be drawn.
    """
    from sims.genomes.record import read_genome
    from sims.picture.front import front_picture  # brings matplotlib
    from sims.runs.front_file import read_index

    path = folder / PICTURE
    try:
        index = read_index(folder)
        if index is None or not index.walkers:
            return None
        first = read_genome(folder / index.walkers[0].file)
        title = f"{first.species.title}, seed {first.origin.seed}: what can be had at once"
        lines = front_sentences(index)
        front_picture(index, first.skeleton(), first.species.look, title, lines, path)
    except Exception as error:
        complain(f"no picture of the front: {type(error).__name__}: {error}")
        return None
    return path


def front_table(index: FrontIndex) -> Any:
    """Returns the walkers as a table, from the gentlest to the fastest."""
    from rich.table import Table

    from sims.runs.front import NAMES

    table = Table(box=None, pad_edge=False)
    for name in ("walker", "m/s", "strain", "energy", "robust", "what it is"):
        text = name in ("walker", "what it is")
        table.add_column(name, justify="left" if text else "right", header_style="dim")
    for one in index.walkers:
        table.add_row(
            one.file,
            f"{one.speed_m_s:.2f}",
            f"{one.strain:.2f}",
            f"{one.energy:.2f}",
            "" if one.robust is None else f"{one.robust:.2f}",
            ", ".join([*(NAMES[name] for name in one.names), *([one.label] if one.label else [])]),
        )
    return table


def front_document(folder: Path, index: FrontIndex) -> dict[str, Any]:
    """Returns a front for ``--json``."""
    walkers = [
        {
            "file": str(folder / one.file),
            "names": list(one.names),
            "speed_m_s": one.speed_m_s,
            "distance": one.distance,
            "strain": one.strain,
            "energy": one.energy,
            "robust": one.robust,
            "label": one.label,
        }
        for one in index.walkers
    ]
    return {"run": str(folder), "hypervolume": index.worth, "walkers": walkers}
