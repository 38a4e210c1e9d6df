"""One animal as tables for a terminal. Pairs are shown once; estimates carry a mark, measured numbers their source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from creatures import known
from creatures.skeleton import Muscle, Skeleton
from creatures.species import Sourced, Species
from sims.cli import facts

_GUESS = "≈"


def cards(listed: list[dict[str, Any]]) -> Table:
    """Returns the table of all species, one a row."""
    table = _table("name", "animal", "mass kg", "hip height m")
    for one in listed:
        size = (_digits(one["mass_kg"]), f"{one['hip_height_m']:.2f}")
        table.add_row(one["name"], Text(one["title"]), *size)
    return table


def card(species: Species, skeleton: Skeleton) -> Iterator[RenderableType]:
    """Yields the parts of an animal's card."""
    notes = {source: number for number, source in enumerate(known.sources(species), start=1)}
    yield Text(f"{species.title} ({species.name}, plan {species.plan})", style="bold")
    yield _totals(species, skeleton, notes)
    yield _bones(species, skeleton, notes)
    yield _joints(skeleton)
    yield _muscles(skeleton)
    yield Text(
        f"{_GUESS} is an estimate: marked as one, or from the plan's rules, without a source."
    )
    for source, number in notes.items():
        yield Text(f"[{number}] {source}")


def gene_list(listed: list[dict[str, Any]]) -> Table:
    """Returns the table of genes."""
    ends = [f"at {listed[0][key]:+g}" for key in ("low", "high")]
    table = _table("gene", "what it does", ends[0], "at 0", ends[1])
    for gene in listed:
        values = (gene[key] for key in ("value_at_low", "value_at_zero", "value_at_high"))
        table.add_row(gene["name"], gene["words"], *(f"{value:.3g}" for value in values))
    return table


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for place, column in enumerate(columns):
        is_number = place > 0 and column not in (
            "animal",
            "what it does",
            "between",
            "moment arms cm",
        )
        table.add_column(column, justify="right" if is_number else "left", header_style="dim")
    return table


def _digits(number: float) -> str:
    """Three digits that count, and no exponent."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _marked(text: str, number: Sourced | None, notes: dict[str, int]) -> str:
    mark = _GUESS if known.is_guess(number) else ""
    note = f" [{notes[number.source]}]" if number is not None and number.source in notes else ""
    return f"{mark}{text}{note}"


def _totals(species: Species, skeleton: Skeleton, notes: dict[str, int]) -> Text:
    ahead, height = skeleton.com
    muscle = sum(m.mass for m in skeleton.muscles) / skeleton.mass
    body = _marked(f"{_digits(skeleton.mass)} kg", species.mass_kg, notes)
    return Text(
        f"{body}, hip {skeleton.hip_height:.2f} m high, legs {skeleton.leg_length:.2f} m long; "
        f"centre of mass {ahead:.2f} m ahead of the hip and {height:.2f} m up; "
        f"{muscle:.0%} of it is muscle"
    )


def _bones(species: Species, skeleton: Skeleton, notes: dict[str, int]) -> Table:
    table = _table("bone", "length m", "mass kg", "% of body", title="Bones")
    for bone in skeleton.bones:
        if bone.side == "right":
            continue
        data = species.bones[bone.kind]
        # What the other bones leave is the root's, so its mass is a result, not a guess.
        rest = bone.parent < 0 and data.mass_share is None
        mass = _digits(bone.mass)
        table.add_row(
            f"{bone.kind}{' (2)' if bone.side else ''}",
            Text(_marked(f"{bone.length:.3f}", known.length_of(species, bone.kind), notes)),
            Text(mass if rest else _marked(mass, data.mass_share, notes)),
            f"{100 * bone.mass / skeleton.mass:.1f}",
        )
    return table


def _joints(skeleton: Skeleton) -> Table:
    table = _table("joint", "between", "range deg", "standing deg", title="Joints")
    for joint in facts.joints(skeleton):
        if joint["name"].endswith(".right"):
            continue
        table.add_row(
            _once(joint["name"]),
            f"{_once(joint['parent'], '')} and {_once(joint['child'], '')}",
            f"{joint['low_deg']:.0f} to {joint['high_deg']:.0f}",
            f"{joint['standing_deg']:.0f}",
        )
    return table


def _muscles(skeleton: Skeleton) -> Table:
    columns = ("muscle", "mass kg", "fibres cm", "tendon cm", "force x weight", "moment arms cm")
    title = "Muscles (tendon: by how much the greatest force stretches it; - where it is stiff)"
    table = _table(*columns, title=title)
    for muscle in skeleton.muscles:
        if muscle.name.endswith(".right"):
            continue
        table.add_row(
            _once(muscle.name),
            _digits(muscle.mass),
            f"{100 * muscle.fibre_length:.1f}",
            _give(muscle),
            f"{muscle.max_force / skeleton.weight:.1f}",
            _arms(muscle, skeleton),
        )
    return table


def _arms(muscle: Muscle, skeleton: Skeleton) -> str:
    arms = facts.moment_arms(muscle, skeleton).items()
    return ", ".join(f"{_once(joint, '')} {100 * arm:+.1f}" for joint, arm in arms)


def _give(muscle: Muscle) -> str:
    """Returns by how much its greatest force stretches its tendon, in centimetres."""
    give = 100 * muscle.tendon_give * muscle.max_force
    return _digits(give) if give else "-"


def _once(name: str, pair: str = " (2)") -> str:
    """``hip (2)`` for ``hip.left``."""
    kind, dot, _ = name.partition(".")
    return f"{kind}{pair if dot else ''}"
