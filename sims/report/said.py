"""What a report says in plain sentences: what was found, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sims.report.material import STATES, Material, Setting, State
from sims.report.statistics import LEAST, RESAMPLES, Paired
from sims.report.words import BY_NAME, counted, listed, middle, number

FARTHEST = 4
"""Settings told of one by one; the table has all."""

_MORE = {
    "hip_heights": ("goes further", "goes less far"),
    "strain_bw": ("strains its joints more", "spares its joints"),
    "cost_of_transport": ("spends more energy", "spends less energy"),
}
"""What it means that a setting has more, or less, of a measure."""


def standing(material: Material) -> Iterator[str]:
    """Yields what must be known first: what is missing, what failed."""
    yield from material.notes
    if not material.is_study or not material.runs:
        return
    done, total = material.count("finished"), len(material.runs)
    if done < total:
        found: list[State] = [one for one in STATES[1:] if material.count(one)]
        rest = listed([f"{material.count(state):,} {state}" for state in found])
        yield (
            f"This study is not complete: {done:,} of {counted(total, 'run')} "
            f"{'is' if done == 1 else 'are'} finished, {rest}. "
            "All figures and numbers are of the finished ones and may still change."
        )
    failed = [run for run in material.runs if run.state == "failed"]
    for run in failed[:5]:
        yield f"{run.name} failed: {run.reason or 'no reason was kept'}."
    if len(failed) > 5:
        yield f"{len(failed) - 5} more failed; the list of runs has their reasons."


def found(material: Material, compared: Sequence[Paired]) -> Iterator[str]:
    """Yields what was found, the furthest walkers first."""
    shown = [setting for setting in material.settings if setting.done]
    if not shown:
        yield "No run is finished yet: there is nothing to tell."
        return
    ranked = sorted(shown, key=lambda s: -middle(s.values("hip_heights")))
    for setting in ranked[:FARTHEST]:
        yield _walked(setting)
    if len(ranked) > FARTHEST:
        yield f"{counted(len(ranked) - FARTHEST, 'more setting')}: see the table."
    yield from _claims(compared)
    most = max(len(setting.done) for setting in shown)
    if not material.is_study:
        yield "This is one seed: what it did says nothing of another."
    elif most < LEAST:
        yield (
            f"With {counted(most, 'seed')} a setting nothing is said of any other seed: "
            f"what is told is what these runs did, and it takes {LEAST} seeds for more."
        )


def _walked(setting: Setting) -> str:
    hips, metres = (middle(setting.values(name)) for name in ("hip_heights", "distance_m"))
    far = f"{number(hips, 1)} hip heights ({number(metres, 1)} m)"
    count = len(setting.done)
    if count == 1:
        (run,) = setting.done
        assert run.result is not None
        end = "without falling" if run.result.walked else f"and then: {run.result.ended}"
        return f"{setting.heading}: seed {run.seed} goes {far} {end}."
    walked = sum(run.result.walked for run in setting.done if run.result is not None)
    middle_one = f"{setting.heading}: the middle one of {count} seeds goes {far}"
    return f"{middle_one}; {walked} of {count} walk to the end without falling."


def _claims(compared: Sequence[Paired]) -> Iterator[str]:
    """Yields a sentence for each difference that is more than chance, and one for all that are not."""
    sure = [each for each in compared if each.is_sure]
    for each in sure:
        yield claim(each)
    tested = [each for each in compared if each.corrected is not None]
    rest = len(tested) - len(sure)
    if rest:
        which = "The other" if sure else "None of the"
        verb = "show nothing that chance" if sure else "shows more than chance"
        end = " would not make" if sure else " would make"
        yield (
            f"{which} {counted(rest, 'comparison')} {verb}{end}: with so few seeds that means "
            "that no difference was found, not that there is none."
        )


def claim(each: Paired) -> str:
    """Returns a difference in words, with the numbers it rests on."""
    measure = BY_NAME[each.measure]
    more, less = _MORE[each.measure]
    size = number(abs(each.median), measure.digits)
    same = sum((value > 0.0) == (each.effect > 0.0) and value != 0.0 for value in each.differences)
    chance = "< 0.001" if (each.corrected or 0.0) < 0.001 else f"= {each.corrected:.3f}"
    return (
        f"{each.other.heading} {more if each.effect > 0.0 else less} than {each.one.label}: "
        f"by {size} {measure.unit} in the middle, in {same} of {each.pairs} pairs of seeds "
        f"(rank biserial {number(each.effect, 2)}, p {chance} after Holm)."
    )


def comparing(compared: Sequence[Paired]) -> Iterator[str]:
    """Yields how the comparisons are to be read."""
    yield (
        "Two settings that share seeds are compared seed by seed, the first named less the other. "
        "Effect is the matched-pairs rank biserial: +1 when every pair says more, −1 when every pair says less, 0 when "
        "they balance."
    )
    tested = [each for each in compared if each.chance is not None]
    if not tested:
        most = max((each.pairs for each in compared), default=0)
        yield (
            f"There are only {counted(most, 'pair')} of seeds: the numbers are told, and no claim is made. "
            f"It takes {LEAST} pairs for a test."
        )
        return
    least = min(each.least_chance for each in tested)
    yield (
        "Chance is how often a difference as large would come about if the two were alike: Wilcoxon's signed-rank "
        f"statistic, with the signs turned round in every way there is, or in {RESAMPLES:,} if there are more. "
        f"{counted(len(tested), 'comparison')} are made here, and each one more makes a lucky find likelier: "
        "Holm's correction is for that, and only what stays below 0.05 after it is called a difference. "
        f"The smallest chance that these pairs can show at all is {least:.2g}, before the correction."
    )
    if any(each.chance is None for each in compared):
        yield f"Where fewer than {LEAST} pairs are finished, there are only numbers."
