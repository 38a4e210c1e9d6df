"""What pydantic found wrong, said as a person would say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from creatures.faults import Path, did_you_mean, shown
from creatures.species_model import (
    MAX_PARTS,
    Balance,
    BoneData,
    Contact,
    JointData,
    Level,
    Look,
    MuscleData,
    PathPoint,
    Sourced,
    Species,
    Table,
)

_SECTIONS: Mapping[str, type[Table]] = {
    "bones": BoneData,
    "joints": JointData,
    "muscles": MuscleData,
}
_INNER: Mapping[str, type[Table]] = {"contact": Contact, "path": PathPoint}
_TOP: Mapping[str, type[Table]] = {"balance": Balance, "level": Level, "look": Look}

_WRONG_KIND = {
    "bool_type": "must be true or false",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "tuple_type": "must be a list",
}


def problems(error: ValidationError) -> list[tuple[Path, str]]:
    """Returns every fault of a species document: where it is, and one plain line."""
    found: list[tuple[Path, str]] = []
    for item in error.errors(include_url=False):
        path = tuple(part for part in item["loc"] if part not in ("value", "[key]"))
        # Looking for near names takes time; nobody reads more than the first lines.
        found.append((path, _problem(item, path, hint=len(found) < 20)))
    return list(dict.fromkeys(found))


def _problem(item: Any, path: Path, hint: bool) -> str:
    kind, given, limits = item["type"], item["input"], item.get("ctx", {})
    if item["loc"][-1:] == ("[key]",):
        return "this name must be lower-case letters, digits and _, at most 40"
    if kind == "missing":
        return "is missing" if item["loc"][-1] != "value" else "has a source but no value = number"
    if kind == "extra_forbidden":
        near = did_you_mean(str(path[-1]), _keys(path[:-1]), else_list=False) if hint else ""
        return f"is not a key that is read here{near}"
    if kind == "value_error":
        return str(item["msg"]).removeprefix("Value error, ")
    if kind in ("too_long", "too_short"):
        return _count(path, given, limits)
    return f"= {shown(given)}, {_allowed(kind, path, limits)}"


def _count(path: Path, given: object, limits: Mapping[str, Any]) -> str:
    if isinstance(given, str):
        return "is empty" if not given else f"is longer than {limits.get('max_length')} characters"
    if path[-1:] == ("path",):
        points = f"{limits['actual_length']} point{'s' * (limits['actual_length'] != 1)}"
        return f"has {points}, must have 2 to 8"
    if isinstance(given, dict):
        # Pydantic stops counting, and forgets the least, where there are too many.
        least = {"bones": 3, "muscles": 1}.get(str(path[-1]), 0)
        return f"has {len(given):,} entries, must have {least} to {MAX_PARTS}"
    return f"has {limits['actual_length']} numbers, must have {limits.get('max_length', '')}"


def _allowed(kind: str, path: Path, limits: Mapping[str, Any]) -> str:
    if kind in ("model_type", "model_attributes_type") and _is_number(path):
        return "must be a number"
    if kind.startswith(("float", "int", "finite")):
        return "must be a number"
    if kind == "string_pattern_mismatch":
        if path[:1] == ("look",):
            return 'must be a colour like "#8a4f38"'
        return "must be lower-case letters, digits and _, beginning with a letter, at most 40"
    if kind == "string_too_long":
        return f"must be at most {limits['max_length']} characters"
    if kind == "literal_error":
        return f"must be {limits['expected']}".replace("'", '"')
    return _WRONG_KIND.get(kind, "cannot be read")


def _is_number(path: Path) -> bool:
    """Whether a number, and not a table, belongs in this place."""
    inside = [part for part in path if not isinstance(part, int)]
    if len(path) != len(inside) and path[-1] in range(8):
        return inside[-1] != "path"
    if not inside or (len(inside) == 2 and inside[0] in _SECTIONS):
        return False
    field = _fields(path[:-1]).get(str(path[-1]))
    return field is not None and _holds_number(field)


def _holds_number(field: FieldInfo) -> bool:
    kinds = (field.annotation, *get_args(field.annotation))
    return Sourced in [get_args(kind)[0] if get_args(kind) else kind for kind in kinds]


def _keys(path: Path) -> list[str]:
    return list(_fields(path))


def _fields(path: Path) -> Mapping[str, FieldInfo]:
    """Returns the fields of the table at a path, as far as the path leads to one."""
    model: type[BaseModel] = Species
    inside = [part for part in path if not isinstance(part, int)]
    if len(inside) >= 2 and inside[0] in _SECTIONS:
        model = _SECTIONS[str(inside[0])]
        inside = inside[2:]
        if inside and inside[0] in _INNER:
            model, inside = _INNER[str(inside[0])], inside[1:]
    elif inside and inside[0] in _TOP:
        model, inside = _TOP[str(inside[0])], inside[1:]
    return Sourced.model_fields if inside else model.model_fields
