"""What a validation found, as a Markdown file and as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sims.report.words import counted, listed, version
from sims.validation.checks import Judged
from sims.validation.evidence import Evidence, Walk
from sims.validation.verdicts import RULE, VERDICTS, Line

PICTURE = "validation.png"
_MARK = {"agrees": "✓", "near": "≈", "misses": "✗", "not tried": "–"}


def counts(found: Sequence[Judged]) -> str:
    """Returns ``4 agree, 2 near, 3 miss, 2 not tried``."""
    many = {one: sum(judged.verdict == one for judged in found) for one in VERDICTS}
    plural = {"agrees": "agree", "misses": "miss"}
    words = [
        f"{count} {plural.get(verdict, verdict) if count != 1 else verdict}"
        for verdict, count in many.items()
        if count
    ]
    return ", ".join(words)


def said(line: Line) -> str:
    """Returns a line as a sentence of its own: ``steps: 0.71 a second (near)``."""
    verdict = "" if line.verdict is None else f" ({line.verdict})"
    return f"{line.what}: {line.ours}{verdict}"


def markdown(found: Sequence[Judged], evidence: Evidence) -> str:
    """Returns the whole report as Markdown; the same runs give the same bytes."""
    return "\n".join(_parts(found, evidence))


def _parts(found: Sequence[Judged], evidence: Evidence) -> Iterator[str]:
    yield "# Validation: ours beside published\n"
    yield f"{counts(found).capitalize()}, of {counted(len(found), 'check')}.\n"
    yield (
        "Written by `gaitosaur validate`, which makes the runs from fixed seeds, or only reads them where they are "
        "finished, and never by hand.\n"
    )
    yield from (f"- {one}" for one in _circumstances(evidence))
    yield f"\n{RULE}\n"
    yield "| check | published | ours | verdict |"
    yield "|---|---|---|---|"
    yield from map(_row, found)
    yield f"\n![Speeds, duty factors and costs, ours beside published]({PICTURE})\n"
    yield "## Sources, and what to know\n"
    for one in found:
        note = f" {one.check.note}" if one.check.note else ""
        yield f"- **{one.check.name}**, {one.check.words}: {one.check.source}.{note}"
    yield "\nOf some sources only the abstract, or what others wrote of them, was read; it is said where."
    yield (
        "Champions are the best of their search, not of all there are: a longer one, or another seed, may find faster "
        "and cheaper ones. A miss is a miss of the model, the search and the published number together."
    )
    yield ""


def _circumstances(evidence: Evidence) -> Iterator[str]:
    if evidence.when:
        yield f"date: {evidence.when}, when the last run was finished"
    yield f"version: gaitosaur {version()}"
    up = sum(walk.stayed_up for walk in evidence.walks)
    yield f"runs: {counted(len(evidence.walks), 'champion')}, {up} of which stayed up; {evidence.size}"
    if evidence.from_walks:
        yield (
            f"begun with a walk that the same seed had found: {listed(evidence.from_walks)}; all others with nothing"
        )
    if weak := [_named(walk) for walk in evidence.walks if walk.exploits]:
        yield f"lose more than 20 % of their score in worlds that are a little other: {listed(weak)}"
    if evidence.unfinished:
        yield f"not finished: {listed(evidence.unfinished)}"


def _named(walk: Walk) -> str:
    return f"{walk.recipe}/{walk.species}-s{walk.seed}"


def _row(one: Judged) -> str:
    ours = "<br>".join([*map(said, one.tried), *(f"not tried: {why}" for why in one.reasons)])
    cells = (one.check.words, one.check.published, ours, f"{_MARK[one.verdict]} {one.verdict}")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def document(found: Sequence[Judged], evidence: Evidence) -> dict[str, Any]:
    """Returns everything as plain JSON values."""
    return {
        "version": version(),
        "date": evidence.when,
        "size": evidence.size,
        "rule": RULE,
        "counts": {one: sum(each.verdict == one for each in found) for one in VERDICTS},
        "checks": [_checked(one) for one in found],
        "champions": [_champion(walk) for walk in evidence.walks],
        "unfinished": list(evidence.unfinished),
        "not_begun": list(evidence.not_begun),
    }


def _checked(one: Judged) -> dict[str, Any]:
    check = one.check
    return {
        "name": check.name,
        "words": check.words,
        "published": check.published,
        "source": check.source,
        "note": check.note,
        "runs": list(check.recipes),
        "verdict": one.verdict,
        "lines": [asdict(line) for line in one.lines],
    }


def _champion(walk: Walk) -> dict[str, Any]:
    told = ("speed_m_s", "froude", "stride_length_m", "stride_frequency_hz", "duty_factor")
    more = ("peak_ground_force_bw", "cost_of_transport", "strain_bw", "alternation")
    return {
        "run": _named(walk),
        "ended": walk.ended,
        "stayed_up": walk.stayed_up,
        "robust": walk.robust,
        "mass_kg": walk.mass_kg,
        "hip_m": walk.hip_m,
        **{name: walk.measures[name] for name in (*told, *more)},
    }
