"""The command line: what a person types, and what they read.

* `app`: the commands, and the door that turns every error into clear lines and an exit code.
* `voice`: results to stdout, chatter to stderr, or one JSON object.
* `options`: what several commands can be told, and the checks of their values.
* `evolve`, `replay`, `race`, `picture`, `film`, `export`, `perturb`, `compare`, `species`, `check`, `doctor`: one
  command a file.
* `windowed`: what all commands with a window can be told.
* `progress`: the bar on a terminal, dated lines elsewhere.
* `card`: one animal as tables; `facts`: the same as plain values.
* `tables`: tables without lines.
* `words`: what a champion does, in sentences.

Heavy things (numba, pymunk, matplotlib) are imported inside the commands that need them, so that
``gaitosaur --help`` and ``gaitosaur species`` answer at once.
"""

from __future__ import annotations

import signal
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command that was typed, and ends with its exit code."""
    try:
        from sims.cli.app import run

        code = run(sys.argv[1:])
        # Whoever presses Ctrl-C twice should not be shown how Python cleans up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:  # before there was anything to stop, or after it was done
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        code = 130
    sys.exit(code)
