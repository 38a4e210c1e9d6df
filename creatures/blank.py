"""A species file to begin with: every key with its comment, and numbers that stand.

It is made from the plan, so that a new plan has one by being there. The numbers are those of the species in the middle
of all that are shipped with the plan, by mass: an animal that stands is easier to change than one that falls over.
"""

from __future__ import annotations

import re
from typing import Any

from creatures.faults import bad, did_you_mean, shown
from creatures.species import plan_names, plan_tables, species_names, species_tables

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KEYS = """\
# A number may stand alone, or carry where it comes from; a guess says so:
#   length_m = 0.62
#   length_m = { value = 0.62, source = "who measured it, and where that can be read" }
#   length_m = { value = 0.62, source = "from a drawing", estimate = true }
# What is missing here follows from the plan's rules. A line that begins with # is not read: take the # away to use it.
"""
_BONE_KEYS = """\
# Bones. length_m: length of the bone in metres. mass_share: its share of body mass with all flesh around it, of one
# of a pair; the {root} has whatever the others leave. com: where along it its centre of mass lies, 0 its near end and
# 1 its far end. "Leg lengths" are those of {leg} together.
"""
_JOINT_KEYS = """\
# Joints. range_deg: how far the joint turns, in degrees: the angle of the bone less that of the bone it hangs on.
"""
_MUSCLE_KEYS = """\
# Muscles. mass_share: mass of one muscle, as a share of body mass; fibre_length in leg lengths. A muscle's greatest
# force goes with its mass over its fibre length: short fibres pull hard, long ones pull far. tendon_length, also in leg
# lengths, is that of a tendon which gives like a spring.
"""
_LOOK_KEYS = """\
# Colours as #rrggbb, and the shape of the skull; they change the picture and nothing else.
"""


def blank_species(name: str, plan: str) -> str:
    """Returns the text of a species file to begin with.

    Args:
        name: of the new species.
        plan: a shipped plan.

    Raises:
        BadFile: the name cannot be one, or there is no such plan.
    """
    _check(name, plan)
    tables = plan_tables(plan)
    model_name, model = _model(plan)
    whose = model["title"]
    for key in ("mass_kg", "bones", "muscles"):
        model[key] = _marked(model.get(key, {}), whose)
    parts = [_head(name, plan, whose, model), _bones(tables, model, model_name)]
    parts += [_joints(tables, model), _muscles(tables, model), _look(tables, model)]
    return "\n".join(parts)


def _check(name: str, plan: str) -> None:
    if not _NAME.fullmatch(name):
        problem = f"= {shown(name)}, must be 1 to 40 of a-z, 0-9 and _, and begin with a letter"
        raise bad("", problem, "NAME")
    if name in species_names():
        raise bad("", f"= {shown(name)}, is a species that comes with the program", "NAME")
    if plan not in plan_names():
        near = did_you_mean(plan, plan_names())
        raise bad("", f"= {shown(plan)}: no such plan{near}", "--plan")


def _model(plan: str) -> tuple[str, dict[str, Any]]:
    """Returns the shipped species of a plan whose mass is in the middle; an empty one if there is none."""
    found = []
    for name in species_names():
        tables = species_tables(name)
        if tables.get("plan") == plan:
            found.append((_value(tables["mass_kg"]), name, tables))
    found.sort(key=lambda one: one[:2])
    if not found:
        return "", {"title": "no animal", "mass_kg": 110}
    _, name, tables = found[len(found) // 2]
    return name, tables


def _value(number: Any) -> Any:
    return number["value"] if isinstance(number, dict) else number


def _head(name: str, plan: str, whose: str, model: dict[str, Any]) -> str:
    title = name.replace("_", " ").strip().capitalize() or name
    return f"""\
# {title}: an animal of your own. Its numbers are still those of {whose}, so that it stands: replace them.
#
{_KEYS}
format = 1
name = "{name}"
title = "{title}"  # what people call it
plan = "{plan}"  # how it is built: which bone hangs on which, where muscles attach
mass_kg = {_plain(model["mass_kg"])}  # of the whole living animal
{_others(model)}"""


def _others(model: dict[str, Any]) -> str:
    """Returns what else the model says that is in no table of its own here: how it is made to stand."""
    known = ("format", "name", "title", "plan", "mass_kg", "bones", "joints", "muscles", "look")
    return "".join(f"{key} = {_plain(each)}\n" for key, each in model.items() if key not in known)


def _marked(value: Any, whose: str) -> Any:
    """Returns what the model says with every number as an estimate, whatever it was for the animal it is taken from."""
    if isinstance(value, bool) or not isinstance(value, int | float | dict):
        return value
    if isinstance(value, dict) and "value" not in value:
        return {
            key: _marked(each, whose) if key != "contact" else each for key, each in value.items()
        }
    note = f"that of {whose}, not yet your own"
    return {"value": _value(value), "source": note, "estimate": True}


def _leg(tables: dict[str, Any]) -> list[str]:
    """Returns the bones whose lengths must be given: those of the balanced leg above its foot."""
    limb = tables["bones"][tables["balance"]["bone"]].get("limb")
    found = tables["bones"].items()
    return [name for name, bone in found if bone.get("limb") == limb and not bone.get("foot")]


def _bones(tables: dict[str, Any], model: dict[str, Any], model_name: str) -> str:
    leg, own = _leg(tables), model.get("bones", {})
    lines = [_BONE_KEYS.format(root=tables["root"], leg=", ".join(leg))]
    for name, bone in tables["bones"].items():
        given = dict(own.get(name, {}))
        if not model_name and name in leg:
            given["length_m"] = _marked(1.0 / len(leg), "no animal")
        lines.append(_bone(name, bone, given, needed=name in leg, root=name == tables["root"]))
    return "\n".join(lines)


def _bone(name: str, bone: dict[str, Any], given: dict[str, Any], needed: bool, root: bool) -> str:
    said = f"hangs on the {bone['parent'].replace('_', ' ')}" if "parent" in bone else "the root"
    said += ", one on each side" if bone.get("paired") else ""
    said += "; its length must be given" if needed else ""
    lines = [f"[bones.{name}]".ljust(28) + f"# {said}"]
    for key, value in given.items():
        lines.append(f"{key} = {_plain(value)}")
    if "length" in bone and not {"length", "length_m"} & set(given):
        lines.append(
            f"# length = {_value(bone['length']):.6g}".ljust(28) + "# leg lengths: the plan's"
        )
    if "mass_share" in bone and "mass_share" not in given and not root:
        share = f"# mass_share = {_value(bone['mass_share']):.6g}"
        lines.append(share.ljust(28) + "# of body mass: the plan's")
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> str:
    """Returns a value written as TOML, on one line."""
    if isinstance(value, list):
        return f"[{', '.join(_plain(each) for each in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_plain(each)}' for key, each in value.items())} }}"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"{value:.6g}"


def _joints(tables: dict[str, Any], model: dict[str, Any]) -> str:
    lines = [_JOINT_KEYS]
    own = model.get("joints", {})
    for name, joint in tables["joints"].items():
        given = own.get(name, {})
        called = given.get("name", joint["name"])
        head = f"[joints.{name}]".ljust(28) + f"# the {called}"
        low, high = (_value(limit) for limit in joint["range_deg"])
        body = [f"{key} = {_plain(value)}" for key, value in given.items()]
        if "range_deg" not in given:
            body.append(f"# range_deg = [{low:g}, {high:g}]")
        lines.append("\n".join([head, *body]) + "\n")
    return "\n".join(lines)


def _muscles(tables: dict[str, Any], model: dict[str, Any]) -> str:
    lines = [_MUSCLE_KEYS]
    own = model.get("muscles", {})
    for name, muscle in tables["muscles"].items():
        way = [point["bone"].replace("_", " ") for point in muscle["path"]]
        given = own.get(name, {})
        head = f"[muscles.{name}]".ljust(36) + f"# {way[0]} to {way[-1]}"
        body = [f"{key} = {_plain(value)}" for key, value in given.items()]
        for key in ("mass_share", "fibre_length", "tendon_length"):
            if key in muscle and key not in given:
                body.append(f"# {key} = {_value(muscle[key]):.6g}")
        lines.append("\n".join([head, *body]) + "\n")
    return "\n".join(lines)


def _look(tables: dict[str, Any], model: dict[str, Any]) -> str:
    look = tables.get("look", {}) | model.get("look", {})
    body = [f"{key} = {_plain(value)}" for key, value in look.items()]
    return "\n".join([_LOOK_KEYS, "[look]", *body]) + "\n"
