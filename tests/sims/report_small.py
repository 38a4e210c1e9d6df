"""Small folders of studies, written file by file: what a report reads and a driver would take hours to make."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import sims_small as small

from sims.genomes.record import write_genome
from sims.report.gather import gather
from sims.report.material import Material

STUDY = """format = "gaitosaur-study"
version = 1
title = {title}
question = "Which gets further?"
species = ["velociraptor"]
seeds = "0:{seeds}"
[base]
guesses = 60
seconds = 1
[vary]
strategy = ["cma", "hill"]
"""

Distance = Callable[[str, int], float]
"""From a strategy and a seed to hip heights."""


def cell(folder: Path, hips: float, score: float = 1.0, title: str = "") -> None:
    """Writes a finished run whose champion went so far."""
    genome = small.a_genome()
    if title:
        genome = replace(genome, species=genome.species.model_copy(update={"title": title}))
    height = genome.skeleton().hip_height
    told = {"hip_heights": hips, "distance_m": hips * height}
    (folder / "champions").mkdir(parents=True)
    (folder / "run.toml").touch()
    measures = {**genome.measures, **told}
    write_genome(folder / "best.json", replace(genome, measures=measures, score=score))
    history(folder / "history.jsonl", 5, hips * height)


def history(path: Path, generations: int, distance_m: float = 1.0, strict_from: int = 4) -> None:
    """Writes the history of a run that gets better with every generation."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        for number in range(1, generations + 1):
            file.write(json.dumps(line(number, distance_m, number >= strict_from)) + "\n")


def line(number: int, distance_m: float = 1.0, strict: bool = False) -> dict[str, object]:
    """Returns what a history says of a generation, as far as a report reads it."""
    return {
        "generation": number,
        "rigour": int(strict),
        "guesses": 12 * number,
        "best": 0.1 * number,
        "distance_m": distance_m,
    }


def study(
    folder: Path, seeds: int, distance: Distance, title: str = "Search", animal: str = ""
) -> Path:
    """Writes the folder of a study, all of its runs finished."""
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(STUDY.format(title=json.dumps(title), seeds=seeds))
    for strategy in ("cma", "hill"):
        for seed in range(seeds):
            hips = distance(strategy, seed)
            cell(folder / "cells" / f"velociraptor-{strategy}-s{seed}", hips, hips, animal)
    return folder


def uneven(strategy: str, seed: int) -> float:
    """The hill goes less far with every seed."""
    return 2.0 + 0.1 * seed + (0.5 + 0.01 * seed) * (strategy == "cma")


def material(folder: Path, seeds: int, distance: Distance = uneven) -> Material:
    """Returns a study, written and read."""
    return gather(study(folder, seeds, distance))
