"""The commands, and the one door through which every error leaves as clear lines and an exit code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from creatures.faults import BadFile
from sims.cli import (
    batch,
    check,
    compare,
    doctor,
    evolve,
    experiment,
    export,
    film,
    keys,
    new,
    perturb,
    picture,
    race,
    replay,
    report,
    species,
    status,
    tail,
    validate,
    watch,
)
from sims.cli.voice import Ended, complain

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
DEBUG = "GAITOSAUR_DEBUG"
"""With this in the environment an unforeseen error shows its traceback."""

# Typer does not name the class that all its complaints about the command line share.
_UsageError: type[BaseException] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="gaitosaur",
    help="Evolve how dinosaurs walked: give it a skeleton, and it guesses until one walks.",
    epilog="Alone it opens the window. Without a display, begin with:  gaitosaur evolve velociraptor",
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
for _module in (
    watch,
    evolve,
    batch,
    status,
    experiment,
    tail,
    replay,
    race,
    picture,
    film,
    export,
    perturb,
    compare,
    report,
    validate,
    species,
    new,
    check,
    keys,
    doctor,
):
    app.command(epilog=_module.EXAMPLE)(_module.command)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        try:
            print(f"gaitosaur {metadata.version('gaitosaur')}")
        except metadata.PackageNotFoundError:
            print("gaitosaur, not installed: run from its source folder")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def gaitosaur(
    context: typer.Context,
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Evolve how dinosaurs walked: give it a skeleton, and it guesses until one walks."""
    if context.invoked_subcommand is None:
        watch.default()


def run(arguments: Sequence[str]) -> int:
    """Runs a command.

    Args:
        arguments: as typed, without the program's name.

    Returns:
        The exit code: 0 ok, 1 failed, 2 wrong usage or a bad file, 5 some cells of a study failed,
        130 interrupted; `replay --check` has its own.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    as_json = "--json" in arguments
    try:
        code = _run(arguments)
        # Typer makes an exit code of Ctrl-C, without a word.
        return _tell(["interrupted"], code, as_json) if code == INTERRUPTED else code
    except Ended as error:
        return _tell(error.lines, error.code, as_json)
    except BadFile as error:
        return _tell(error.lines(), USAGE, as_json)
    except _UsageError as error:
        return _tell([_usage_line(error)], USAGE, as_json)
    except (KeyboardInterrupt, typer.Abort):
        return _tell(["interrupted"], INTERRUPTED, as_json)
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        return _tell([_unforeseen(error)], FAILED, as_json)


def _run(arguments: Sequence[str]) -> int:
    command = typer.main.get_command(app)
    code = command.main(list(arguments), prog_name="gaitosaur", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else OK


def _tell(lines: Sequence[str], code: int, as_json: bool) -> int:
    complain(*lines)
    if as_json:
        print(json.dumps({"error": list(lines)}, indent=2, ensure_ascii=False))
    return code


def _usage_line(error: BaseException) -> str:
    said = " ".join(str(getattr(error, "format_message", error.__str__)()).split())
    context = getattr(error, "ctx", None)
    path = "gaitosaur" if context is None else context.command_path
    return f"{said.rstrip('.')}. Try: {path} --help"


def _unforeseen(error: Exception) -> str:
    if os.environ.get(DEBUG):
        raise error
    said = " ".join(str(error).split())[:300]
    if isinstance(error, OSError) or getattr(error, "foreseen", False):
        return said
    wish = f"please report this; with {DEBUG}=1 it shows the traceback"
    return f"{type(error).__name__}: {said} ({wish})"
