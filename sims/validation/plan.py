"""From recipes to studies of one size; a study that is in the folder already goes on as it was begun."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from creatures.faults import BadFile
from creatures.species import species_names
from creatures.textfile import parse_toml
from sims.batch import walks
from sims.validation.recipes import RECIPES, Recipe

if TYPE_CHECKING:
    from sims.batch.study import Study

GUESSES, SEEDS, SECONDS = 3_000, "1:4", 10.0


@dataclass(frozen=True, slots=True)
class Size:
    """How large a validation is to be; what is None is as in the folder, or as usual."""

    guesses: int | None = None
    """Of each run."""
    seeds: str | None = None
    """``1:4`` for 1 to 3."""
    seconds: float | None = None
    """Of a trial."""

    @property
    def is_given(self) -> bool:
        """Returns whether anything was said."""
        return self != Size()


QUICK = Size(guesses=300, seeds="1:2", seconds=5.0)
"""To see that it works; nothing can be learnt from it."""


def beginning(study: Study, name: str, folder: Path) -> Study:
    """Returns the study of a recipe with the walks that its runs begin with, if they begin with any.

    Args:
        study: as planned.
        name: of its recipe.
        folder: of the validation.

    Returns:
        It with those it has copies of in its own folder, if it was begun with any; else with the champions of the other
        recipe, which need not be there yet (see `obstacles`). One that was begun with nothing goes on so.
    """
    from sims.batch.study import FILE

    earlier, copies = RECIPES[name].begins_with, folder / name / walks.FOLDER
    is_begun = (folder / name / FILE).is_file()
    if not earlier or walks.KEY in study.base or (is_begun and not copies.is_dir()):
        return study
    source = copies if is_begun else folder / earlier
    return replace(study, base={**study.base, walks.KEY: str(source.absolute())})


def obstacles(study: Study) -> list[str]:
    """Returns why a study cannot begin with its walks, a line each; none for one that can, or begins with nothing."""
    from sims.batch.checks import checked_document

    begins = [(cell.name, cell.walk()) for cell in study.cells()]
    if lacking := [name for name, walk in begins if walk is not None and not walk.is_file()]:
        return [f"there is no walk for {', '.join(lacking)}"]
    try:
        checked_document(parse_toml(study.text(), ""), "", study.home)
    except BadFile as error:
        return error.lines()
    return []


def plan(
    folder: Path, names: Collection[str], size: Size, known: Collection[str] | None = None
) -> Mapping[str, Study]:
    """Returns the studies of some recipes, in the order in which they are made, without the walks they begin with.

    Args:
        folder: of the validation; it need not be there.
        names: of the recipes.
        size: how large they are to be.
        known: the species that are shipped; a recipe of which none is has no study.

    Raises:
        BadFile: the size cannot be; every fault is in it.
    """
    from sims.batch.study import FILE, read_study  # brings the physics

    known = species_names() if known is None else known
    there = {
        name: read_study(folder / name) for name in RECIPES if (folder / name / FILE).is_file()
    }
    like = None if size.is_given else next(iter(there.values()), None)
    found: dict[str, Study] = {}
    for name in RECIPES:
        animals = tuple(one for one in RECIPES[name].species if one in known)
        if name in names and name in there and not size.is_given:
            found[name] = there[name]
        elif name in names and animals:
            found[name] = _study(RECIPES[name], animals, size, like)
    return found


def _study(recipe: Recipe, animals: tuple[str, ...], size: Size, like: Study | None) -> Study:
    from sims.batch.checks import checked_document
    from sims.batch.study import FORMAT, PLAIN, VERSION

    base = PLAIN if like is None else {**PLAIN, **like.base}
    guesses = GUESSES if like is None else int(base["guesses"])
    seconds = SECONDS if like is None else float(base["seconds"])
    tables = {
        "format": FORMAT,
        "version": VERSION,
        "title": recipe.title,
        "question": recipe.question,
        "species": list(animals),
        "seeds": size.seeds or (SEEDS if like is None else list(like.seeds)),
        "base": {
            **recipe.base,
            "guesses": guesses if size.guesses is None else size.guesses,
            "seconds": seconds if size.seconds is None else size.seconds,
        },
    }
    return checked_document(tables, "", Path())
