"""From a species file to a checked Species: a plan, what is known of one animal, and nothing left open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from creatures import faults, species_checks, species_words
from creatures.faults import BadFile, Fault, bad, did_you_mean, field_words, line_numbers, shown
from creatures.species_model import MAX_PARTS, BoneData, JointData, MuscleData, Sourced, Species
from creatures.textfile import parse_toml, read_text

__all__ = [
    "FORMAT",
    "BoneData",
    "JointData",
    "MuscleData",
    "Sourced",
    "Species",
    "from_document",
    "load_species",
    "plan_names",
    "plan_tables",
    "species_names",
    "species_tables",
]

FORMAT = 1
"""Of species and plan files; a file may leave it out."""

_SECTIONS = ("bones", "joints", "muscles")


def species_names() -> list[str]:
    """Returns the names of the species that come with the program, in alphabetical order."""
    return _shipped("species")


def load_species(name_or_file: str | Path) -> Species:
    """Reads a shipped species by name, or any species file by path.

    Args:
        name_or_file: ``velociraptor``, or ``./mine.toml``.

    Returns:
        The species, checked: nothing in it can upset the physics.

    Raises:
        BadFile: the file is missing or wrong; every fault is in it.
    """
    text = str(name_or_file)
    if text in species_names():
        return _parse(_data("species", text).read_text(encoding="utf-8"), f"{text}.toml", None)
    path = Path(text)
    if path.suffix != ".toml" and not _exists(path):
        near = _near_species(text)
        raise bad(text, f"no such species{near}; or give the path of a .toml file")
    return _parse(read_text(path), text, path.parent)


def plan_names() -> list[str]:
    """Returns the names of the body plans that come with the program, in alphabetical order."""
    return _shipped("plans")


def plan_tables(name: str) -> dict[str, Any]:
    """Returns what a shipped plan says, as it stands in its file."""
    return _tables("plans", name)


def species_tables(name: str) -> dict[str, Any]:
    """Returns what a shipped species says of itself, without its plan."""
    return _tables("species", name)


def from_document(document: object, file: str) -> Species:
    """Reads a species out of a genome file or a run's configuration.

    Args:
        document: what `Species.document` gave, after JSON.
        file: name to put in front of faults.

    Returns:
        The species, checked again: the file may come from a stranger.

    Raises:
        BadFile: it is no complete species.
    """
    source = _Source(file, {}, prefix="species: ")
    if not isinstance(document, dict):
        raise bad(file, "must be a table", "species")
    _check_format(document, source)
    return _validated(document, [source])


@dataclass(frozen=True, slots=True)
class _Source:
    """One of the files a species is made of: its own, or its plan's."""

    file: str
    tables: dict[str, Any]
    lines: dict[tuple[str, ...], int] | None = None
    prefix: str = ""
    shipped: bool = False
    """Whether it came with the program: then no fault is its own."""

    def depth(self, path: faults.Path) -> int:
        """Returns how far a path can be followed in this file."""
        at: Any = self.tables
        for depth, part in enumerate(path):
            inside = (
                at if isinstance(at, dict) else dict(enumerate(at)) if isinstance(at, list) else {}
            )
            if part not in inside:
                return depth
            at = inside[part]
        return len(path)

    def fault(self, path: faults.Path, problem: str) -> Fault:
        """Returns a fault of this file."""
        line = faults.line_of(path, self.lines or {})
        return Fault(self.file, line, self.prefix + field_words(path), problem)


def _data(folder: str, name: str) -> Traversable:
    return resources.files("creatures").joinpath(folder, f"{name}.toml")


def _tables(folder: str, name: str) -> dict[str, Any]:
    return parse_toml(_data(folder, name).read_text(encoding="utf-8"), f"{name}.toml")


def _shipped(folder: str) -> list[str]:
    entries = resources.files("creatures").joinpath(folder).iterdir()
    return sorted(entry.name[:-5] for entry in entries if entry.name.endswith(".toml"))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def _near_species(text: str) -> str:
    """A hint for a name that is not known: part of a name is enough."""
    low = text.lower()
    inside = [name for name in species_names() if len(low) > 2 and low in name]
    return f'; did you mean "{inside[0]}"?' if inside else did_you_mean(low, species_names())


def _parse(text: str, file: str, folder: Path | None) -> Species:
    if not text.strip():
        raise bad(file, "the file is empty; it needs a plan, bone lengths and a mass")
    own = _Source(file, parse_toml(text, file), line_numbers(text))
    _check_format(own.tables, own)
    plan = _plan(own, folder)
    unknown = _unknown_names(own, plan)
    from_plan = {key: value for key, value in plan.tables.items() if key not in ("name", "title")}
    merged = _merge({"format": FORMAT, **from_plan}, own.tables)
    merged.setdefault("name", _name_from(file))
    merged.setdefault("title", Path(file).stem or "own species")
    try:
        species = _validated(merged, [own] if plan.shipped else [own, plan])
    except BadFile as error:
        raise BadFile([*unknown, *error.faults]) from None
    if unknown:
        raise BadFile(unknown)
    return species


def _check_format(tables: dict[str, Any], source: _Source) -> None:
    """A file of another format is refused as a whole: its other keys may mean other things."""
    given = tables.get("format", FORMAT)
    if isinstance(given, bool) or given != FORMAT:
        fault = source.fault(("format",), f"= {shown(given)}, this program reads {FORMAT}")
        raise BadFile([fault])


def _name_from(file: str) -> str:
    stem = "".join(c if c.isalnum() and c.isascii() else "_" for c in Path(file).stem.lower())
    return (stem if stem[:1].isalpha() else f"species_{stem}")[:40]


def _plan(own: _Source, folder: Path | None) -> _Source:
    """Returns the plan a species names: one that is shipped, or a file beside the species file."""
    name = own.tables.get("plan")
    known = _shipped("plans")
    if isinstance(name, str) and name in known:
        text = _data("plans", name).read_text(encoding="utf-8")
        return _Source(f"{name}.toml", parse_toml(text, f"{name}.toml"), shipped=True)
    if isinstance(name, str) and name.endswith(".toml") and folder is not None:
        return _own_plan(own, name, folder)
    allowed = f"{', '.join(known)}, or the name of a plan's .toml file beside this one"
    near = did_you_mean(name, known, else_list=False) if isinstance(name, str) else ""
    said = "is missing" if name is None else f"= {shown(name)}"
    raise BadFile([own.fault(("plan",), f"{said}{near or f'; it may be {allowed}'}")])


def _own_plan(own: _Source, name: str, folder: Path) -> _Source:
    # A species file may come from a stranger: it cannot make the program read files elsewhere.
    path = folder / name
    if not name.isprintable() or not path.resolve().is_relative_to(folder.resolve()):
        problem = f"= {shown(name)}, must be in the folder of this file"
        raise BadFile([own.fault(("plan",), problem)])
    text = read_text(path)
    plan = _Source(str(path), parse_toml(text, str(path)), line_numbers(text))
    _check_format(plan.tables, plan)
    _refuse_too_many(plan)
    return plan


def _refuse_too_many(plan: _Source) -> None:
    for section in _SECTIONS:
        parts = plan.tables.get(section)
        count = len(parts) if isinstance(parts, dict) else 0
        if count > MAX_PARTS:
            raise BadFile([plan.fault((section,), f"has {count:,} entries, at most {MAX_PARTS}")])


def _unknown_names(own: _Source, plan: _Source) -> list[Fault]:
    """A bone that the plan does not have is a misspelt one: say so, rather than grow it."""
    found: list[Fault] = []
    for section in _SECTIONS:
        given, known = own.tables.get(section, {}), plan.tables.get(section, {})
        if not isinstance(given, dict) or not isinstance(known, dict):
            continue
        for name in [key for key in given if key not in known]:
            # Looking for near names takes time; nobody reads more than the first lines.
            hint = did_you_mean(name, known) if len(found) < 20 else ""
            problem = f"the plan {shown(own.tables['plan'])} has no such {section[:-1]}{hint}"
            found.append(own.fault((section, name), problem))
            del given[name]
    return found


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Returns base with everything that over says; tables are merged, anything else replaced.

    A number with its source replaces a bare number, and the other way round.
    """
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        is_number = isinstance(value, dict) and "value" in value
        merged[key] = _merge(base[key], value) if both and not is_number else value
    return merged


def _validated(document: dict[str, Any], sources: list[_Source]) -> Species:
    try:
        species = Species.model_validate(document)
    except ValidationError as error:
        raise BadFile(_placed(species_words.problems(error), sources)) from None
    except RecursionError:
        raise bad(sources[0].file, "nested too deeply") from None
    wrong = species_checks.problems(species)
    if wrong:
        raise BadFile(_placed(wrong, sources))
    return species


def _placed(problems: Iterable[tuple[faults.Path, str]], sources: list[_Source]) -> list[Fault]:
    """Each fault in the file that says the most about its place; a person's own file first."""
    return [
        max(sources, key=lambda source: source.depth(path)).fault(path, problem)
        for path, problem in problems
    ]
