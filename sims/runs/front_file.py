"""``front.json``: who stands on the front of a finished run, by file, with values and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from creatures.faults import BadFile, bad
from evo.population import Values
from sims.aims import AIMS, REFERENCE
from sims.files import read_json, write_json
from sims.genomes.record import Genome
from sims.genomes.schema import Count, Number, Share, Short, Strict, faults_of
from sims.genomes.versions import check_format
from sims.runs.front import MOST, NAMES, SEEN, names

FORMAT = "gaitosaur-front"
VERSION = 1
FILE = "front.json"
FOLDER = "front"


@dataclass(frozen=True, slots=True)
class Walker:
    """One of a front, as its index has it."""

    file: str
    """Of its genome, beside the index: ``front/00.json``."""
    guess: int
    """Its number in the run, from 0."""
    generation: int
    names: tuple[str, ...]
    """What it is best at: of `sims.runs.front.NAMES`; mostly empty."""
    values: Values
    """(n_aims,) in the order of `sims.aims.AIMS`, all to be raised."""
    speed_m_s: float
    score: float
    """The sum of the weighed terms, by which the champion is chosen."""
    robust: float | None
    """At the gate; None before it."""
    label: str
    """What to call one that does not pass; empty for one that does."""

    @property
    def distance(self) -> float:
        """Hip heights per unit of time."""
        return self.values[0]

    @property
    def strain(self) -> float:
        """Body weights."""
        return -self.values[1]

    @property
    def energy(self) -> float:
        """Over weight and distance."""
        return -self.values[2]


@dataclass(frozen=True, slots=True)
class FrontIndex:
    """The front of a run."""

    walkers: tuple[Walker, ...]
    """From the gentlest to the fastest."""
    worth: float
    """Its hypervolume from the reference point."""
    others: tuple[Values, ...]
    """Some of the walkers whom somebody on the front beats in every aim."""


def file_name(place: int) -> str:
    """Returns the name of the file of a walker of the front, by its place from 0."""
    return f"{FOLDER}/{place:02d}.json"


def index_of(
    genomes: Sequence[Genome], values: Sequence[Values], worth: float, others: Sequence[Values]
) -> FrontIndex:
    """Returns the index of a front.

    Args:
        genomes: from the gentlest to the fastest.
        values: (n,) of each.
        worth: of the whole front.
        others: values of walkers that are not on it.
    """
    called = names(values)
    walkers = tuple(
        Walker(
            file=file_name(place),
            guess=one.origin.guess,
            generation=one.origin.generation,
            names=tuple(called.get(place, ())),
            values=values[place],
            speed_m_s=one.measures["speed_m_s"],
            score=one.score,
            robust=None if one.gate is None else one.gate.robust,
            label="" if one.gate is None else one.gate.label,
        )
        for place, one in enumerate(genomes)
    )
    return FrontIndex(walkers, worth, tuple(others))


def write_index(path: Path, index: FrontIndex) -> None:
    """Writes the index, atomically.

    Raises:
        RunError: it cannot be written.
    """
    walkers: list[dict[str, Any]] = [
        {
            "file": one.file,
            "names": list(one.names),
            "called": ", ".join(NAMES[name] for name in one.names),
            "values": _plain(one.values),
            "speed_m_s": one.speed_m_s,
            "score": one.score,
            "robust": one.robust,
            "label": one.label,
            "guess": one.guess,
            "generation": one.generation,
        }
        for one in index.walkers
    ]
    head = {
        "format": FORMAT,
        "version": VERSION,
        "aims": {aim.name: aim.words for aim in AIMS},
        "reference": _plain(REFERENCE),
        "hypervolume": index.worth,
    }
    write_json(
        path,
        head | {"walkers": walkers, "others": [list(_plain(one).values()) for one in index.others]},
    )


def walker_file(folder: Path, guess: int) -> Path:
    """Returns the file of a walker of a finished front, by its number in the run.

    Raises:
        ValueError: no such walker stands on it, in words.
        BadFile: the index cannot be read.
    """
    index = read_index(folder)
    for one in () if index is None else index.walkers:
        if one.guess == guess:
            return folder / one.file
    raise ValueError("it is not on the front any more")


def _plain(values: Values) -> dict[str, float]:
    """Returns values as people read them: costs above zero."""
    signs = [1.0 if aim.weights.get("distance") else -1.0 for aim in AIMS]
    return {aim.name: s * v for aim, s, v in zip(AIMS, signs, values, strict=True)}


class _ValuesData(Strict):
    distance: Number
    strain: Number
    energy: Number


class _WalkerData(Strict):
    file: Annotated[str, StringConstraints(pattern=r"^front/\d{2}\.json$")]
    names: Annotated[
        list[Literal["gentlest", "fastest", "cheapest", "balanced"]], Field(max_length=4)
    ]
    called: Short
    values: _ValuesData
    speed_m_s: Number
    score: Number
    robust: Share | None
    label: Short
    guess: Count
    generation: Count


class _IndexData(Strict):
    format: str
    version: int
    aims: dict[Short, Short]
    reference: _ValuesData
    hypervolume: Number
    walkers: Annotated[list[_WalkerData], Field(max_length=MOST)]
    others: Annotated[
        list[Annotated[list[Number], Field(min_length=3, max_length=3)]], Field(max_length=SEEN)
    ]


def read_index(folder: Path) -> FrontIndex | None:
    """Reads the index in the folder of a run; None where there is none.

    Raises:
        BadFile: with everything that is wrong.
    """
    path = folder / FILE
    if not path.exists():
        return None
    found = read_json(path)
    check_format(found, str(path), FORMAT, VERSION)
    data, faults = faults_of(_IndexData, found, str(path))
    if data is None:
        raise BadFile(faults)
    files = [one.file for one in data.walkers]
    if len(set(files)) != len(files):
        raise bad(str(path), "names a file twice", "walkers")
    walkers = tuple(
        Walker(
            file=one.file,
            guess=one.guess,
            generation=one.generation,
            names=tuple(one.names),
            values=(one.values.distance, -one.values.strain, -one.values.energy),
            speed_m_s=one.speed_m_s,
            score=one.score,
            robust=one.robust,
            label=one.label,
        )
        for one in data.walkers
    )
    others = tuple((distance, -strain, -energy) for distance, strain, energy in data.others)
    return FrontIndex(walkers, data.hypervolume, others)
