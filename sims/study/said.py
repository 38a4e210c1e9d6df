"""What came of putting a walk to the test, and of holding two against each other, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sims.study.comparison import Comparison, TermPair
from sims.study.kinds import Kind
from sims.study.outcome import Attempt, Outcome, Perturbed

_WORDS = {
    "push": ("Pushed by up to {}", "pushes"),
    "tilt": ("On slopes of up to {}", "slopes"),
    "mass": ("With up to {} more or less mass", "changes of mass"),
    "bumps": ("On bumps of up to {}", "bumps"),
}
"""How the sentence of each kind begins, with the strongest that was tried in it; and what such changes are called."""


def figure(value: float, digits: int, sign: str = "") -> str:
    """Returns a number as people write it: ``−1,234.5``; never a nothing with a minus.

    Args:
        value: finite.
        digits: behind the point.
        sign: ``+`` where what is more than nothing has a sign too.
    """
    said = f"{value:{sign},.{digits}f}"
    if not said.strip("+-0.,"):
        return said.strip("+-")
    return said.replace("-", "−")


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
    way = f"{figure(one.distance_m, 1)} m in {one.time_up_s:.1f} s"
    if one.kept:
        return f"Left alone it comes {way} without falling."
    return f"Left alone it comes {way}, and then {_because(one)}: there is little to disturb."


def _because(one: Attempt) -> str:
    return one.why or one.ended


def outcome_sentence(outcome: Outcome) -> str:
    """Returns what came of one kind of change: how often it kept going, up to where, and what stopped it."""
    kind = outcome.kind
    begin = _WORDS[kind.name][0].format(amount(kind, max(abs(outcome.low), outcome.high)))
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
    rest = "the others" if outcome.kept else "all of them"
    if same == len(stopped):
        return f"In {rest} {outcome.cause}."
    return f"In {same} of {rest if outcome.kept else 'them'} {outcome.cause}."


def overall(found: Perturbed) -> str:
    """Returns one sentence over all kinds."""
    said = f"All in all it kept going in {_of(found.kept, found.attempts)} changed worlds"
    if found.kept == found.attempts:
        return f"{said}; stronger changes may show where it falls."
    fewest = min(outcome.kept for outcome in found.outcomes)  # of as many each
    worst = [outcome for outcome in found.outcomes if outcome.kept == fewest]
    if not found.kept or len(worst) > 1 or len(found.outcomes) == 1:
        return f"{said}."
    what, count = _WORDS[worst[0].kind.name][1], len(worst[0].attempts)
    return f"{said}; in the fewest with {what}, {_of(fewest, count)}."


def compared_sentences(found: Comparison) -> list[str]:
    """Returns how two walkers differ, most important first, and what of them does not compare."""
    if _is_same(found):
        return ["They are the same in everything that is compared."]
    said = [*_far(found), *_score(found), *_carried(found), *_changed_genes(found)]
    return [*said, *_warnings(found)]


def _is_same(found: Comparison) -> bool:
    return (
        not found.settings
        and found.same_genes == len(found.genes)
        and all(one.a == one.b for one in found.measures)
        and all(one.a == one.b for one in found.terms)
    )


def _far(found: Comparison) -> Iterator[str]:
    """Metres for one animal; for two, what fits any size."""
    name, unit = ("distance_m", "m") if found.same_species else ("hip_heights", "hip heights")
    pair = next(one for one in found.measures if one.name == name)
    if pair.a is None or pair.b is None:
        return
    more = pair.b - pair.a
    if abs(more) < 0.05:
        yield f"Both get {figure(pair.a, 1)} {unit} far."
        return
    far = "further" if more > 0 else "less far"
    got = f"{figure(pair.b, 1)} against {figure(pair.a, 1)}"
    yield f"B gets {abs(more):.1f} {unit} {far} than A: {got}."


def _score(found: Comparison) -> Iterator[str]:
    if not found.scores_compare:
        return
    a, b = found.a.genome.score, found.b.genome.score
    most = max(found.terms, key=_moved, default=None)
    if most is None or _moved(most) == 0.0:
        return
    more = "more" if b > a else "less"
    how = f"B scores {abs(b - a):.1f} {more}: {figure(b, 1)} against {figure(a, 1)}."
    if abs(b - a) < 0.05:
        how = f"Both score {figure(a, 1)}."
    change = figure(most.weighed_b - most.weighed_a, 1, "+")
    yield f"{how} The term that differs most is {most.name}, {change}."


def _moved(term: TermPair) -> float:
    return abs(term.weighed_b - term.weighed_a)


def _carried(found: Comparison) -> Iterator[str]:
    mean = next(one for one in found.measures if one.name == "strain_bw")
    if mean.a is not None and mean.b is not None:
        yield f"The mean joint carries {mean.b:.1f} body weights in B, {mean.a:.1f} in A."
    most = max(found.joints, key=lambda joint: abs(joint.rms_b - joint.rms_a), default=None)
    if most is not None and most.rms_a != most.rms_b:
        yield (
            f"The joint whose load differs most is the {most.words}: "
            f"{most.rms_b:.1f} body weights in B, {most.rms_a:.1f} in A."
        )


def _changed_genes(found: Comparison) -> Iterator[str]:
    count = len(found.genes)
    differ = count - found.same_genes
    if not differ:
        yield f"All {count} genes are the same."
        return
    many = f"All {count} genes differ" if differ == count else f"{differ} of {count} genes differ"
    first = found.genes[0]
    change = figure(first.change, 1, "+")
    yield f"{many}; the largest change is in {_as_noun(first.words)}: {change} units of the gene."


def _as_noun(words: str) -> str:
    """``how fast it steps`` and ``the damping of the knee``: what genes do, after ``is in``."""
    return words if words.startswith(("how ", "where ", "when ")) else f"the {words}"


def _warnings(found: Comparison) -> Iterator[str]:
    """Yields what is not to be held against each other."""
    one, other = found.a.genome, found.b.genome
    if one.species.name != other.species.name:
        yield "They are different animals: hip heights and body weights compare, metres do not."
    elif not found.same_species:
        yield "The animal has the same name in both files and not the same numbers."
    if not found.same_objective:
        names = f"{one.objective.name} and {other.objective.name}"
        what = names if one.objective.name != other.objective.name else "with other weights"
        yield f"They were scored by different objectives, {what}: their scores do not compare."
    if not found.same_terms:
        versions = f"{one.terms_version} and {other.terms_version}"
        yield f"Their terms are of versions {versions}: neither terms nor scores compare."
    if one.controller != other.controller:
        both = f"{one.controller} and {other.controller}"
        yield f"They are controlled in different ways, {both}: walks compare, genes do not."
    if replace(one.trial, controller=other.controller) != other.trial:
        yield "They walked in different worlds."
    only = sum(map(len, found.only))
    if only:
        yield f"{only} gene{'s' * (only != 1)} that only one of them has cannot be compared."
