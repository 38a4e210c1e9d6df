"""Is a front worth more than as many guesses spent on single goals? Prints one JSON line a figure.

    python -m tests.benchmarks.front --guesses 10000 --seed 1 --out runs/front

One run with `--objective pareto` is held against five runs with one goal each and a fifth of its guesses: walk, sprint
and gentle, and walk with two other seeds. Of these five every guess that was scored counts towards their common front,
not only the champions, and every one of their starts: nothing that they found is left out. A walk stands on the front
of the run only if it stays up for the whole trial, with headway, in every world and under every push with which it was
looked at; of the five it is enough to do so in the base world. Guesses looked at strictly and those looked at quickly
are compared each among themselves as well, since the strict look loses some.

The worth is the hypervolume from `sims.aims.REFERENCE`. Runs that are finished in the folder are read, not made again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from creatures.species import load_species
from evo.evolve import Search
from evo.pareto import dominates, front, hypervolume
from evo.population import Batch, Values
from sims.aims import PARETO, REFERENCE, values_of
from sims.evaluate import Evaluation, Unit, worlds
from sims.files import write_json
from sims.runs.champion import champion_of
from sims.runs.configuration import RunSettings, resolve
from sims.runs.front_file import read_index
from sims.runs.run import start
from sims.runs.workers import Workers
from sims.score import OBJECTIVES

SINGLE = (("walk", 0), ("sprint", 0), ("gentle", 0), ("walk", 1), ("walk", 2))
"""Objective and what is added to the seed."""
Scored = tuple[int, Values]
"""Rigour and values of a walker."""


def pareto_walkers(settings: RunSettings) -> list[Values]:
    """Returns the values of the walkers that the run wrote on its front, made now unless it is there."""
    assert settings.out is not None
    if not champion_of(settings.out).exists():
        start(settings).go()
    index = read_index(settings.out)
    assert index is not None
    return [one.values for one in index.walkers]


def single_walkers(settings: RunSettings, file: Path) -> list[Scored]:
    """Returns the values of every walker among the guesses of a search with one goal."""
    if not file.exists():
        write_json(file, {"walkers": [[r, list(v)] for r, v in _searched(settings)]})
    found = json.loads(file.read_text())["walkers"]
    return [(rigour, tuple(values)) for rigour, values in found]


def _searched(settings: RunSettings) -> list[Scored]:
    """Makes the guesses of a run, with the values that `pareto` would have given each; nothing else is written."""
    configuration = resolve(settings)
    search: Search = configuration.new_search()
    found: list[Scored] = []
    # The terms do not depend on the weights, so one look gives both the score and the values.
    with Workers(settings.workers, configuration.task()) as workers:

        def evaluate(batch: Batch) -> list[Evaluation]:
            places = worlds(configuration.trial, batch.rigour)
            seen = workers.map([Unit(genome, places) for genome in batch.genomes])
            found.extend((batch.rigour, v) for one in seen if (v := _values(one)))
            return seen

        while not search.done:
            search.step(evaluate)
    return found


def _values(one: Evaluation) -> Values:
    return values_of(OBJECTIVES[PARETO], one.terms, one.ended)


def told(name: str, values: Iterable[Values]) -> float:
    """Prints what a front is worth, and returns it."""
    distinct = list(values)
    on_it = [distinct[i] for i in front(distinct)]
    worth = hypervolume(on_it, REFERENCE)
    print(
        json.dumps({"figure": name, "walkers": len(on_it), "hypervolume": round(worth, 4)}),
        flush=True,
    )
    return worth


def main() -> None:
    """Makes what is missing and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--species", default="tyrannosaurus")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guesses", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("runs/front"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    base = RunSettings(
        load_species(chosen.species), chosen.seed, chosen.guesses, workers=chosen.workers
    )
    folder = chosen.out / f"{chosen.species}-{chosen.seed}-{chosen.guesses}"
    pareto = replace(base, strategy="nsga2", objective=OBJECTIVES[PARETO], out=folder)
    written = pareto_walkers(pareto)
    dominated = sum(dominates(a, b) for a in written for b in written)
    print(json.dumps({"figure": "pairs of which one dominates the other", "value": dominated}))
    ours = told("front of pareto, as written", written)
    single: list[Scored] = []
    for objective, more in SINGLE:
        settings = replace(
            base,
            seed=chosen.seed + more,
            guesses=chosen.guesses // len(SINGLE),
            objective=OBJECTIVES[objective],
        )
        file = Path(f"{folder}-{objective}-{more}.json")
        found = single_walkers(settings, file)
        told(f"front of {objective}, seed {settings.seed}", (values for _, values in found))
        single += found
    theirs = told("front of all five", (values for _, values in single))
    told("front of all five, strict look only", (values for rigour, values in single if rigour))
    print(json.dumps({"figure": "pareto over all five", "ratio": round(ours / theirs, 3)}))


if __name__ == "__main__":
    main()
