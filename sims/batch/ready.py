"""Ready experiments: studies that come with the program, for any animal.

Each is a file in `experiments/` in the format of any study, so it can be copied and changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creatures.faults import bad, did_you_mean
from creatures.textfile import parse_toml

if TYPE_CHECKING:
    from sims.batch.study import Study


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants otherwise than an experiment has it; what is None or empty stays."""

    species: Sequence[str] = ()
    """Names, or paths of files."""
    seeds: str | None = None
    """``0:10`` for 0 to 9."""
    guesses: int | None = None


def experiment_names() -> list[str]:
    """Returns the names of the experiments, in alphabetical order."""
    entries = resources.files("sims.batch").joinpath("experiments").iterdir()
    return sorted(entry.name[:-5] for entry in entries if entry.name.endswith(".toml"))


def experiment_text(name: str) -> str:
    """Returns the file of an experiment.

    Raises:
        BadFile: there is none of that name.
    """
    known = experiment_names()
    if name not in known:
        raise bad(name, f"no such experiment{did_you_mean(name, known)}")
    folder = resources.files("sims.batch").joinpath("experiments")
    return folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")


def experiment_titles() -> dict[str, str]:
    """Returns name -> what the experiment asks, in a line."""
    return {name: str(_tables(name)["title"]) for name in experiment_names()}


def experiment(name: str, wish: Wish | None = None) -> Study:
    """Returns an experiment as a study.

    Args:
        name: of the experiment.
        wish: other animals, seeds or guesses; paths go out from the folder one is in.

    Raises:
        BadFile: there is none of that name, or what is wished cannot be; every fault is in it.
    """
    from sims.batch.checks import checked_document  # brings the physics

    tables = _tables(name)
    wish = wish or Wish()
    if wish.species:
        tables["species"] = list(wish.species)
    if wish.seeds is not None:
        tables["seeds"] = wish.seeds
    if wish.guesses is not None:
        tables["base"]["guesses"] = wish.guesses
    return checked_document(tables, "", Path())


def _tables(name: str) -> dict[str, Any]:
    return parse_toml(experiment_text(name), f"{name}.toml")
