"""What is told on the page beside the walkers: results, curves, comparisons, the grid, and how to make it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from creatures.variants import VARIANTS
from sims.report import figures, pieces
from sims.report.material import STATES, Material, Result, Setting
from sims.report.pieces import e
from sims.report.said import claim, comparing
from sims.report.statistics import LEAST, RESAMPLES, Paired
from sims.report.words import MEASURES, counted, version


def results(material: Material) -> str:
    """Returns the table, and the figures over the seeds."""
    many = any(len(setting.done) > 1 for setting in material.settings)
    bold = (
        "The champion of the run."
        if not many
        else (
            "Bold is the median over the seeds, so half of them do better and half worse. Below it the middle half, "
            f"and from {LEAST} seeds on, after the word mean, where the mean of all seeds would lie in 95 of 100 cases."
        )
    )
    hints = "".join(f"<li><b>{e(one.head)}</b>: {e(one.hint)}.</li>" for one in MEASURES)
    folded = f"<details><summary>What each column is</summary><ul>{hints}</ul></details>"
    made = pieces.see(bold) + pieces.results(material) + folded
    if not many:
        return made
    shown = [setting for setting in material.settings if setting.done]
    return made + pieces.key(shown) + _spreads(material) + _why_interval()


def _spreads(material: Material) -> str:
    far = pieces.figure(
        figures.spread(material, "hip_heights"),
        "How far the seeds got",
        "A mark is a seed; the upright stroke is the median, the pale box the middle half, the dotted line the "
        "interval of the mean. The wider the box, the more luck decides.",
    )
    strain = pieces.figure(
        figures.against(material, "hip_heights", "strain_bw"),
        "Distance against strain",
        "A mark is a seed. Right is far, low is gentle: what lies at the lower right gets far and spares its joints.",
    )
    return pieces.grid(far, strain)


def _why_interval() -> str:
    return pieces.see(
        f"The interval of the mean is a bootstrap, bias-corrected and accelerated (BCa), with {RESAMPLES:,} resamples: "
        "seeds are skewed, for some fall at once and some walk far, and an interval that is the same to both "
        "sides would reach where no walk can be. With fewer than ten seeds it is a little too narrow."
    )


def learning(material: Material) -> str:
    """Returns the curves of all settings."""
    spread = (
        "The line is the median over the seeds, the shade reaches from the lower to the upper quartile. "
        if any(len(setting.curves) > 1 for setting in material.settings)
        else ""
    )
    words = (
        f"Guesses are walks that were simulated; what counts is the best so far. {spread}"
        "A line that still rises would gain by more guesses. "
        "After a dotted line guesses are looked at more strictly, in a second, harder world, and the best begins anew: "
        "scores before and after it do not compare."
    )
    made = [pieces.see(words)]
    for species, shown in figures.panels(material):
        made.append(f"<h3>{e(_species(shown, species))}</h3>" if species else "")
        made.append(pieces.key(shown))
        score = pieces.figure(
            figures.learning(shown, "score"), "Score", "See how soon the lines turn level."
        )
        far = pieces.figure(
            figures.learning(shown, "distance_m"),
            "Distance",
            "How far the best so far gets: it may fall while the score rises, where gentleness counts more.",
        )
        made.append(pieces.grid(score, far))
    return "".join(made)


def _species(shown: list[Setting], species: str) -> str:
    return next((run.result.animal for s in shown for run in s.done if run.result), species)


def compared(compared: tuple[Paired, ...]) -> str:
    """Returns every comparison and how to read it."""
    words = "".join(pieces.see(one) for one in comparing(compared))
    made = pieces.compared(compared)
    if len(compared) > pieces.FOLDED:
        said = f"All {counted(len(compared), 'comparison')}"
        made = f"<details><summary>{said}</summary>{made}</details>"
    return words + pieces.sentences(claim(each) for each in compared if each.is_sure) + made


def grid(material: Material) -> str:
    """Returns what differs between runs, and what is the same."""
    tried = [[e(name), _values(name, values)] for name, values in material.grid.items()]
    seeds = sorted({run.seed for run in material.runs})
    tried.append(["seeds", e(_ranges(seeds))])
    same = [[e(name), e(value)] for name, value in material.base.items()]
    states = ", ".join(f"{material.count(s):,} {s}" for s in STATES if material.count(s))
    differs = pieces.see(
        "Every value is tried with every other, once for each seed: a seed is the chance of one run."
    )
    made = (
        differs * material.is_study
        + pieces.table(("What differs" if material.is_study else "What", "Values"), tried, "plain")
        + pieces.see("The same for all of them:") * material.is_study
        + pieces.table(
            ("What is the same" if material.is_study else "Asked", "Value"), same, "plain"
        )
    )
    return made + pieces.see(f"{counted(len(material.runs), 'run')}: {states}.")


def _values(name: str, values: Sequence[str]) -> str:
    """Returns the values of what is varied; of a variant of the animal, what each means."""
    meaning = VARIANTS.get(name, {})
    if not meaning:
        return ", ".join(map(e, values))
    return "".join(f"<p><b>{e(v)}</b>: {e(meaning.get(v, ''))}</p>" for v in values)


def _ranges(seeds: list[int]) -> str:
    """``1 to 10``; those that do not follow each other one by one."""
    if len(seeds) > 2 and seeds == list(range(seeds[0], seeds[-1] + 1)):
        return f"{seeds[0]} to {seeds[-1]}"
    return ", ".join(map(str, seeds))


def again(material: Material) -> str:
    """Returns the commands, the platform, and how to cite."""
    words = (
        "The same command on the same platform makes the same champion, to the bit. "
        "To hear whether a saved walk is still the same walk: gaitosaur replay CHAMPION --check."
    )
    runs = material.runs
    return (
        pieces.see(words)
        + pieces.commands(runs)
        + _platforms(run.result for run in runs if run.result is not None)
        + _cite(material)
    )


def _platforms(results: Iterable[Result]) -> str:
    """Returns what the runs were made with; every platform, if there are several."""
    found = {tuple(sorted(result.platform.items())): None for result in results}
    if not found:
        return ""
    names = [name for name, _ in next(iter(found)) if name != "canary"]
    rows = [[e(name), *(e(dict(one).get(name, "")) for one in found)] for name in names]
    heads = ["Made with", *(f"Platform {n}" * (len(found) > 1) for n in range(1, len(found) + 1))]
    said = "Results are the same to the bit where all of this is the same."
    if len(found) > 1:
        said = (
            "Runs were made on more than one platform: each can be repeated there, "
            "and the same seed may come out differently on another."
        )
    return f"<h3>Versions and platform</h3>{pieces.see(said)}{pieces.table(heads, rows, 'plain')}"


def _cite(material: Material) -> str:
    entry = (
        "@software{gaitosaur,\n"
        "  title   = {Gaitosaur: evolve how dinosaurs walked},\n"
        f"  version = {{{version()}}},\n"
        f"  note    = {{Report: {material.title}}}\n"
        "}"
    )
    sources = (
        "Say also that a model seen from the side shows how this skeleton could have moved under these assumptions, "
        "not that it did. The sources of an animal's measures: gaitosaur species NAME."
    )
    return f"<h3>How to cite</h3><pre>{e(entry)}</pre>{pieces.see(sources)}"
