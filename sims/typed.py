"""What a person typed, checked: each fault one clear line, all of them at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from creatures.faults import BadFile, Fault, did_you_mean, shown
from creatures.variants import VARIANTS

LARGEST_WEIGHT = 1000


def refuse(faults: Iterable[Fault | None]) -> None:
    """Raises `BadFile` with all faults, if there are any."""
    found = [fault for fault in faults if fault is not None]
    if found:
        raise BadFile(found)


def fault(option: str, problem: str) -> Fault:
    """Returns what is wrong with an option: ``--seconds = nan, must be 1 to 120``."""
    return Fault("", None, option, problem)


def between(
    option: str, value: float | None, low: float, high: float, what: str = ""
) -> Fault | None:
    """Returns a fault if a number was given and is not finite or not within limits."""
    if value is None or (math.isfinite(value) and low <= value <= high):
        return None
    ends = (f"{end:,}" if isinstance(end, int) else f"{end:,g}" for end in (low, high))
    return fault(option, f"= {shown(value)}, must be {what}{' to '.join(ends)}")


def one_of(option: str, value: str, known: Iterable[str]) -> Fault | None:
    """Returns a fault if a word is not one of those known."""
    names = list(known)
    if value in names:
        return None
    near = did_you_mean(value, names, else_list=False)
    return fault(option, f"= {shown(value)}{near or ', must be one of ' + ', '.join(names)}")


def pairs(option: str, given: Sequence[str], known: Iterable[str]) -> dict[str, str]:
    """Returns the KEY=VALUE of a repeatable option.

    Raises:
        BadFile: one has no ``=`` or an unknown key.
    """
    names = list(known)
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for text in given:
        key, equals, value = text.partition("=")
        if not equals:
            faults.append(fault(option, f"= {shown(text)}, must be KEY=VALUE"))
        elif key not in names:
            faults.append(fault(f"{option} {key}", f"is not known{did_you_mean(key, names)}"))
        else:
            found[key] = value
    refuse(faults)
    return found


def weights(given: Sequence[str], terms: Iterable[str]) -> dict[str, float]:
    """Returns the score weights of ``--weight TERM=X``.

    Raises:
        BadFile: a term is unknown, or its weight no number of a sane size.
    """
    found = {}
    faults = []
    for term, text in pairs("--weight", given, terms).items():
        number = _number(text)
        found[term] = number
        faults.append(
            between(f"--weight {term}", number, -LARGEST_WEIGHT, LARGEST_WEIGHT)
            if not math.isnan(number)
            else fault(f"--weight {term}", f"= {shown(text)}, must be a number")
        )
    refuse(faults)
    return found


def variants(given: Sequence[str]) -> dict[str, str]:
    """Returns factor -> value of ``--variant FACTOR=VALUE``.

    Raises:
        BadFile: there is no such variant.
    """
    found = pairs("--variant", given, VARIANTS)
    refuse(one_of(f"--variant {name}", value, VARIANTS[name]) for name, value in found.items())
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
