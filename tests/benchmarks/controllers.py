"""Two controllers against each other: the table and the learning curves of ``docs/controllers.md``, from a study.

    gaitosaur batch --species tyrannosaurus,velociraptor --seeds 1:4 --vary controller=reflex,pattern \\
        --guesses 2000 --out studies/controllers
    python -m tests.benchmarks.controllers studies/controllers docs/controllers.png
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from matplotlib.axes import Axes

from sims.genomes.record import Genome, read_genome
from sims.picture.page import page
from sims.picture.paint import FAINT, INK, PAPER
from sims.runs.champion import champion_of

INKS = {"reflex": "#2f6f9f", "pattern": "#c4572e"}
WORDS = {"reflex": "reflex: feels", "pattern": "pattern: feels nothing"}
HEAD = (
    "| animal | controller | seed | ended | distance m | m/s | strain BW | cost J/kg/m | robust |"
)


def row(genome: Genome) -> str:
    """Returns a line of the table."""
    found = genome.measures
    robust = "-" if genome.gate is None else f"{genome.gate.robust:.2f}"
    return (
        f"| {genome.species.name} | `{genome.controller}` | {genome.origin.seed} | {genome.ended} "
        f"| {found['distance_m']:.1f} | {found['speed_m_s']:.2f} | {found['strain_bw']:.2f} "
        f"| {found['cost_of_transport']:.1f} | {robust} |"
    )


def curve(history: Path) -> tuple[list[int], list[float]]:
    """Returns guesses and the best score so far, while guesses are scored in one world."""
    guesses, best = [], []
    for line in history.read_text().splitlines():
        found = json.loads(line)
        if found["rigour"]:
            break  # from here on the worse of two worlds counts
        guesses.append(found["guesses"])
        best.append(max(found["best"], best[-1] if best else found["best"]))
    return guesses, best


def draw(cells: dict[str, list[Path]], out: Path) -> None:
    """Draws the curves, one panel an animal."""
    with page(out) as figure:
        figure.set_size_inches(16, 7)
        for place, (animal, folders) in enumerate(cells.items()):
            left = 0.065 + 0.47 * place
            ax = figure.add_axes((left, 0.13, 0.43, 0.70), facecolor="none")
            _panel(ax, animal, folders)
            if place == 0:
                ax.set_ylabel("score of the best guess so far")
        figure.text(0.065, 0.93, "What is learnt from the same number of guesses", fontsize=24)


def _panel(ax: Axes, animal: str, folders: list[Path]) -> None:
    named = set()
    for folder in folders:
        name = read_genome(champion_of(folder)).controller
        guesses, best = curve(folder / "history.jsonl")
        said = None if name in named else WORDS[name]
        named.add(name)
        ax.plot(guesses, best, color=INKS[name], linewidth=2.5, label=said)
        ax.plot(guesses[-1:], best[-1:], "o", color=INKS[name], markersize=7)
    ax.set_title(animal.capitalize(), loc="left", color=INK, style="italic")
    ax.set_xlabel("guesses")
    ax.set_xlim(left=0)
    ax.set_ylim(0, 26)
    ax.set_yticks(range(0, 26, 5))
    ax.grid(axis="y", color=FAINT, linewidth=0.8, alpha=0.35)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.legend(loc="upper left", framealpha=1.0, edgecolor="none", facecolor=PAPER)


def main() -> None:
    """Prints the table and draws the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", type=Path)
    parser.add_argument("picture", type=Path)
    given = parser.parse_args()
    cells: dict[str, list[Path]] = defaultdict(list)
    print(HEAD, "|---" * HEAD.count(" | ") + "|---|", sep="\n")
    for best in sorted(given.study.glob("cells/*/best.json")):
        genome = read_genome(best)
        cells[genome.species.name].append(best.parent)
        print(row(genome))
    draw(cells, given.picture)


if __name__ == "__main__":
    main()
