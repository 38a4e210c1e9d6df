"""What came of putting a walk to the test, and of holding two against each other, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from sims.study.kinds import Kind
from sims.study.perturb import Attempt, Outcome, Perturbed

_WITH = {
    "push": "Pushed by up to {}",
    "tilt": "On slopes of up to {}",
    "mass": "With up to {} more or less mass",
    "bumps": "On bumps of up to {}",
}
"""How the sentence of each kind begins; the strongest that was tried stands in it."""


def strength_words(kind: Kind, strength: float) -> str:
    """Returns a strength with its unit and its way: ``0.27 m/s backwards``, ``1.2° uphill``, ``3 cm``."""
    way = kind.ways[strength > 0.0]
    return f"{amount(kind, abs(strength))} {way}".rstrip()


def amount(kind: Kind, strength: float) -> str:
    """Returns a strength with its unit: ``0.27 m/s``."""
    return number(kind, strength) + ("°" if kind.unit == "deg" else f" {kind.unit}")


def number(kind: Kind, strength: float) -> str:
    """Returns a strength without its unit: ``0.27``, ``15``."""
    return f"{strength:.{kind.digits}f}".removesuffix(f".{'0' * kind.digits}")


def perturbed_sentences(found: Perturbed) -> list[str]:
    """Returns what came of a test: the undisturbed walk, one sentence a kind, and one over all."""
    return [undisturbed(found), *map(outcome_sentence, found.outcomes), overall(found)]


def undisturbed(found: Perturbed) -> str:
    """Returns what the walk does when nobody disturbs it."""
    one = found.undisturbed
    way = f"{one.distance_m:.1f} m in {one.time_up_s:.1f} s"
    if one.kept:
        return f"Left alone it comes {way} without falling."
    return f"Left alone it comes {way}, and then {_because(one)}: there is little to disturb."


def _because(one: Attempt) -> str:
    return one.why or one.ended


def outcome_sentence(outcome: Outcome) -> str:
    """Returns what came of one kind of change: how often it kept going, up to where, and what stopped it."""
    kind = outcome.kind
    begin = _WITH[kind.name].format(amount(kind, max(abs(outcome.low), outcome.high)))
    count = len(outcome.attempts)
    kept = f"{begin} it kept going in {_of(outcome.kept, count)}"
    if outcome.kept == count:
        return f"{kept}: nothing stopped it."
    limits = f": {'; '.join(_limits(outcome))}" if outcome.kept else ""
    return f"{kept}{limits}. {_cause(outcome)}"


def _of(kept: int, count: int) -> str:
    return f"{kept or 'none'} of {count}"


def _limits(outcome: Outcome) -> Iterator[str]:
    """Yields up to where it always kept going, and on which way it did not bear even the weakest."""
    held = [strength for way in (-1, 1) if (strength := outcome.holds(way)) is not None]
    if held:
        words = " and ".join(strength_words(outcome.kind, strength) for strength in held)
        yield f"up to {words} nothing stopped it"
    for way in (-1, 1):
        weakest = outcome.fails(way)
        if weakest is not None and outcome.holds(way) is None:
            yield f"the weakest, {strength_words(outcome.kind, weakest)}, was too much"


def _cause(outcome: Outcome) -> str:
    """Returns what stopped it, as a sentence."""
    stopped = [one for one in outcome.attempts if not one.kept]
    same = sum(_because(one) == outcome.cause for one in stopped)
    if len(stopped) == 1:
        return f"Once {outcome.cause}."
    if same == len(stopped):
        return f"In {'all' if outcome.kept == 0 else 'the others'} {outcome.cause}."
    return f"In {same} of the other {len(stopped)} {outcome.cause}."


def overall(found: Perturbed) -> str:
    """Returns one sentence over all kinds."""
    said = f"All in all it kept going in {_of(found.kept, found.attempts)} changed worlds"
    if found.kept == found.attempts:
        return f"{said}; stronger changes may show where it falls."
    if not found.kept or len(found.outcomes) == 1:
        return f"{said}."
    worst = min(found.outcomes, key=lambda one: one.kept / len(one.attempts))
    return f"{said}; what it bears least is to be {worst.kind.title}."
