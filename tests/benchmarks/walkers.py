"""How reliably does evolution end with a walker? Evolves species x seeds and writes the table of ``docs/walkers.md``.

    python -m tests.benchmarks.walkers --species tyrannosaurus,velociraptor --seeds 0:10 --out runs/walkers

A seed that has not found a walker is begun anew with the next larger number of guesses, as a person would do; its row
says how many it took. Runs that are finished in the folder are read, not made again, so it can be stopped and gone on
with. ``--enough 8`` leaves the other seeds of a species out once so many have a walker. ``--begin-with diplodocus`` has
each seed begin with the walker of that animal and seed, which must be in the folder. A run counts as a walker when
its champion finishes the trial on its feet, covers at least 10 hip heights, keeps at least 80 % of its score in every
world of the gate, and no joint opens by 1 % of hip height.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from creatures.species import load_species
from sims.genomes.record import Genome, read_genome
from sims.physics.trial import TrialSettings
from sims.runs.champion import champion_of
from sims.runs.configuration import RunSettings
from sims.runs.earlier import SIGMA, genes_for
from sims.runs.run import resume, start
from sims.score import OBJECTIVES

LEAST_HIP_HEIGHTS = 10.0
LEAST_ROBUST = 0.8
WIDEST_GAP = 0.01

COLUMNS = (
    "seed | guesses | ended | distance m | hip heights | speed m/s | Froude | duty | alternation | strain BW "
    "| peak force BW | cost J/kg/m | joint gap | robust | walker"
)


@dataclass(frozen=True)
class Asked:
    """What all runs have in common."""

    home: Path
    workers: int
    seconds: float = 10.0
    begin_with: str = ""
    """An animal; empty to begin with nothing."""

    def unusual(self) -> str:
        """Returns what sets the folders of its runs apart."""
        seconds = "" if self.seconds == 10.0 else f"-{self.seconds:g}s"
        return seconds + (f"-from-{self.begin_with}" if self.begin_with else "")


def champion(species: str, seed: int, guesses: int, asked: Asked) -> Genome:
    """Returns the champion of a run, evolved now unless it is there; a run that was stopped goes on."""
    folder = asked.home / f"{species}-{seed}-{guesses}{asked.unusual()}"
    if not champion_of(folder).exists():
        is_begun = (folder / "run.toml").exists()
        run = (
            resume(folder, asked.workers)
            if is_begun
            else start(settings(species, seed, guesses, asked, folder))
        )
        run.go()
    return read_genome(champion_of(folder))


def settings(species: str, seed: int, guesses: int, asked: Asked, folder: Path) -> RunSettings:
    """Returns what a run is asked for."""
    animal = load_species(species)
    first = genes_for(animal, walker(asked, seed)) if asked.begin_with else None
    return RunSettings(
        species=animal,
        seed=seed,
        guesses=guesses,
        strategy="cma",
        objective=OBJECTIVES["walk"],
        trial=TrialSettings(seconds=asked.seconds),
        search={} if first is None else {"sigma": SIGMA},
        first_guess=first,
        workers=asked.workers,
        out=folder,
    )


def walker(asked: Asked, seed: int) -> Genome:
    """Returns a walker of the animal to begin with, that of the fewest guesses."""
    named = re.compile(f"{asked.begin_with}-{seed}-([0-9]+)")
    found = {}
    for folder in asked.home.glob(f"{asked.begin_with}-{seed}-*"):
        match = named.fullmatch(folder.name)
        if match and champion_of(folder).exists():
            genome = read_genome(champion_of(folder))
            if is_walker(genome):
                found[int(match[1])] = genome
    if not found:
        sys.exit(f"{asked.home} has no walker of {asked.begin_with} with seed {seed} to begin with")
    return found[min(found)]


def is_walker(genome: Genome) -> bool:
    """Returns whether a champion walks, by the rule above."""
    measures = genome.measures
    return (
        genome.ended == "finished"
        and measures["hip_heights"] >= LEAST_HIP_HEIGHTS
        and genome.gate is not None
        and genome.gate.robust >= LEAST_ROBUST
        and measures["max_joint_gap"] < WIDEST_GAP
    )


def sought(
    species: str, seeds: range, budgets: list[int], enough: int, asked: Asked
) -> dict[int, tuple[int, Genome]]:
    """Returns seed -> guesses and champion of its last run: every seed has its first before any has its second."""
    found: dict[int, tuple[int, Genome]] = {}
    for guesses in budgets:
        for seed in seeds:
            walkers = [one for one, (_, genome) in found.items() if is_walker(genome)]
            if enough and len(walkers) >= enough:
                return found
            if seed not in walkers:
                found[seed] = guesses, champion(species, seed, guesses, asked)
    return found


def row(seed: int, guesses: int, genome: Genome) -> str:
    """Returns a line of the table."""
    m = genome.measures
    robust = genome.gate.robust if genome.gate else 0.0
    cells = (
        str(seed),
        f"{guesses:,}",
        genome.ended,
        f"{m['distance_m']:.1f}",
        f"{m['hip_heights']:.1f}",
        f"{m['speed_m_s']:.2f}",
        f"{m['froude']:.2f}",
        f"{m['duty_factor']:.2f}",
        f"{m['alternation']:.2f}",
        f"{m['strain_bw']:.2f}",
        f"{m['peak_ground_force_bw']:.2f}",
        f"{m['cost_of_transport']:.1f}",
        f"{m['max_joint_gap']:.2%}",
        f"{robust:.2f}",
        "yes" if is_walker(genome) else "no",
    )
    return f"| {' | '.join(cells)} |"


def table(species: str, found: dict[int, tuple[int, Genome]]) -> str:
    """Returns the table of a species, with a sentence that sums it up."""
    rule = "|".join("---" for _ in COLUMNS.split("|"))
    lines = [f"## {species}", "", f"| {COLUMNS} |", f"|{rule}|"]
    lines += [row(seed, *one) for seed, one in sorted(found.items())]
    genomes = [genome for _, genome in found.values()]
    walkers = sum(is_walker(genome) for genome in genomes)
    far = statistics.median(genome.measures["hip_heights"] for genome in genomes)
    hard = statistics.median(genome.measures["peak_ground_force_bw"] for genome in genomes)
    lines += [
        "",
        f"{walkers} of {len(found)} seeds end with a walker; the median seed covers {far:.1f} hip heights, "
        f"with a peak ground force of {hard:.2f} body weights.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Evolves what is missing and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--species", default="tyrannosaurus,velociraptor")
    parser.add_argument("--seeds", default="0:10", help="first:last+1")
    parser.add_argument("--guesses", default="2000,6000,20000", help="one budget after another")
    parser.add_argument("--enough", type=int, default=0, help="walkers; 0 looks at every seed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10.0, help="of a trial")
    parser.add_argument("--begin-with", default="", help="an animal with the same joints")
    parser.add_argument("--out", type=Path, default=Path("runs/walkers"))
    chosen = parser.parse_args()
    first, last = (int(part) for part in chosen.seeds.split(":"))
    budgets = [int(part) for part in chosen.guesses.split(",")]
    asked = Asked(chosen.out, chosen.workers, chosen.seconds, chosen.begin_with)
    for species in chosen.species.split(","):
        found = sought(species, range(first, last), budgets, chosen.enough, asked)
        print(table(species, found), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
