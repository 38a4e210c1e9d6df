"""``gaitosaur validate``: what this program finds, held against what others measured or modelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from creatures.faults import Fault, did_you_mean, shown
from sims import typed
from sims.cli import batch
from sims.cli.options import AsJson, Quiet, processors
from sims.cli.status import failures
from sims.cli.tables import table
from sims.cli.voice import Ended, Voice
from sims.runs.asked import LONGEST_S, MOST_GUESSES, MOST_WORKERS, SHORTEST_S

if TYPE_CHECKING:
    from rich.table import Table

    from sims.batch.folder import StudyFolder
    from sims.batch.study import Study
    from sims.validation.checks import Check, Judged
    from sims.validation.plan import Size

EXAMPLE = "Example:  gaitosaur validate --only order --only cost --guesses 2000 --seeds 1:3"
HOME = batch.HOME / "validation"
REPORT = "validation.md"
_STYLES = {"agrees": "green", "near": "yellow", "misses": "red", "not tried": "dim"}


def command(
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="CHECK", help="Make this check alone; may be repeated."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the checks, and make none.")] = False,
    out: Annotated[
        Path, typer.Option(help="Folder of the runs; what is finished there is only read.")
    ] = HOME,
    guesses: Annotated[
        int | None, typer.Option(help="How many genomes each run tries.  \\[default: 3000]")
    ] = None,
    seeds: Annotated[
        str | None, typer.Option(metavar="A:B", help="Seeds: 1:4 is 1 to 3.  \\[default: 1:4]")
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(help="Length of a trial.  \\[default: 10]")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A small one, to see that it works: proves nothing.")
    ] = False,
    read: Annotated[
        bool, typer.Option("--read", help="Make no run: tell of those that are there.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(help="Cores to keep busy.  \\[default: all]")
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Hold what it finds against what is published: speeds, costs, forces, gaits, and where it misses."""
    from sims.validation.checks import chosen

    voice = Voice(as_json, quiet)
    cores = processors() if workers is None else workers
    typed.refuse(
        [
            *_unknown(only or ()),
            typed.between("--guesses", guesses, 1, MOST_GUESSES, "a whole number, "),
            typed.between("--seconds", seconds, SHORTEST_S, LONGEST_S),
            typed.between("--workers", cores, 1, MOST_WORKERS, "a whole number, "),
        ]
    )
    checks = chosen(only or ())
    if list_:
        _list(checks, voice)
        return
    failed = [] if read else _make(checks, out, _size(guesses, seeds, seconds, quick), cores, voice)
    _tell(checks, out, voice)
    if failed:
        hint = "to try them again:  gaitosaur batch DIR --retry, with the folder of their study, and then this command"
        raise Ended(batch.SOME_FAILED, *failed, hint)


command.__name__ = "validate"


def _unknown(names: Sequence[str]) -> list[Fault]:
    from sims.validation.checks import check_names

    known = check_names()
    return [
        typed.fault("--only", f"= {shown(name)}, no such check{did_you_mean(name, known)}")
        for name in names
        if name not in known
    ]


def _size(guesses: int | None, seeds: str | None, seconds: float | None, quick: bool) -> Size:
    """Returns the size that is asked for; --quick gives way to what is said beside it."""
    from sims.validation.plan import QUICK, Size

    usual = QUICK if quick else Size()
    return Size(
        guesses=usual.guesses if guesses is None else guesses,
        seeds=usual.seeds if seeds is None else seeds,
        seconds=usual.seconds if seconds is None else seconds,
    )


def _list(checks: Sequence[Check], voice: Voice) -> None:
    made = table({"check": "left", "what is looked at": "left", "published": "left"})
    for check in checks:
        made.add_row(check.name, check.words, check.published)
    voice.show(made)
    names = ("name", "words", "published", "source")
    voice.document({"checks": [{n: getattr(one, n) for n in names} for one in checks]})


def _make(checks: Sequence[Check], out: Path, size: Size, cores: int, voice: Voice) -> list[str]:
    """Makes the runs that are not there yet; returns a line for each that failed."""
    from sims.batch.folder import taken_up
    from sims.batch.status import status_of
    from sims.errors import Interrupted, RunError
    from sims.validation.checks import check_names, recipes_of
    from sims.validation.plan import beginning, obstacles, plan

    planned, every = plan(out, recipes_of(checks), size), len(check_names())
    failed: list[str] = []
    try:
        _room(out)
        _refuse_what_lies_in_the_way(planned, out)
        for number, name in enumerate(planned, start=1):
            study = beginning(planned[name], name, out)
            if why := obstacles(study):
                failed += [f"{name}: cannot begin: {line}" for line in why]
                continue
            folder, study = taken_up(study, out / name)
            if not all(folder.is_finished(cell.name) for cell in study.cells()):
                voice.chatter(f"{number} of {len(planned)}, {name}: {study.title}")
                _drive(folder, study, cores, voice)
            failed += [f"{name}: {line}" for line in failures(status_of(folder, study))]
    except Interrupted:
        some = "".join(f"--only {check.name} " for check in checks) if len(checks) < every else ""
        hint = f"go on with:  gaitosaur validate {some}--out {out}"
        raise Ended(130, f"stopped; every run is at a checkpoint; {hint}") from None
    except RunError as error:
        raise Ended(2, str(error)) from None
    return failed


def _refuse_what_lies_in_the_way(planned: Mapping[str, Study], out: Path) -> None:
    """Looks at all folders before the first run, and not after hours; makes none.

    Raises:
        RunError: something else is there, or another study.
    """
    from sims.batch.folder import refuse_taken, taken_up
    from sims.batch.study import FILE
    from sims.validation.plan import beginning

    for name, study in planned.items():
        if (out / name / FILE).is_file():
            taken_up(beginning(study, name, out), out / name)
        else:
            refuse_taken(out / name)


def _room(out: Path) -> None:
    """Makes the folder, if it is none yet.

    Raises:
        Ended: it cannot be one.
    """
    from sims.files import reason

    if (out / "study.toml").exists() or (out / "run.toml").exists():
        raise Ended(2, f"{out} is a study or a run; give another folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Ended(2, f"{out} cannot be made: {reason(error)}") from None


def _drive(folder: StudyFolder, study: Study, cores: int, voice: Voice) -> None:
    from sims.batch.driver import Driver
    from sims.cli.batch_progress import progress

    driver = Driver(folder, study, cores)
    with progress(voice.quiet) as listener:
        driver.go(listener)


def _tell(checks: Sequence[Check], out: Path, voice: Voice) -> None:
    """Judges what is there, writes the report, and says what came of it."""
    from sims.files import write_bytes
    from sims.validation import telling
    from sims.validation.checks import judged
    from sims.validation.evidence import gather
    from sims.validation.figure import draw

    if not out.is_dir():
        raise Ended(2, f"{out}: no such folder: no runs of a validation are there")
    evidence = gather(out)
    found = judged(checks, evidence)
    draw(found, evidence, out / telling.PICTURE)
    write_bytes(out / REPORT, telling.markdown(found, evidence).encode())
    if not voice.quiet:
        voice.show(_shown(found))
    voice.result(f"{telling.counts(found)}; the report is {out / REPORT}")
    voice.document(telling.document(found, evidence) | {"report": str(out / REPORT)})


def _shown(found: Sequence[Judged]) -> Table:
    columns = {"check": "left", "what": "left", "ours": "left", "published": "left"}
    made = table({**columns, "verdict": "left"})
    for one in found:
        made.add_row(f"[bold]{one.check.name}[/]", one.check.words, "", "", _verdict(one.verdict))
        for line in one.tried:
            made.add_row("", f"  {line.what}", line.ours, line.published, _verdict(line.verdict))
        for why in one.reasons:
            made.add_row("", "  [dim]not tried[/]", why, "", "")
    return made


def _verdict(verdict: str | None) -> str:
    return f"[{_STYLES[verdict]}]{verdict}[/]" if verdict else ""
