"""The driver's end of one cell: starts its process, hears it, asks it to leave, and ends it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection

from sims.batch.messages import LAST, Begun, Leave, Order, Word
from sims.runs.interrupt import no_interrupt

_JOIN_S = 5.0
_WARNINGS = "PYTHONWARNINGS"


class Slot:
    """A process that works on one cell.

    Attributes:
        order: what it was told to do.
        wire: becomes readable when there is something to hear.
        heard: when it last said anything, by the clock that nobody can set.
        begun: whether its run is under way, so that stopping it saves something.
        last: its last word, if it came to say one.
        ended: whether nothing more will be heard.
    """

    def __init__(self, order: Order) -> None:
        """Starts it."""
        context = multiprocessing.get_context("spawn")
        self.order = order
        self.wire, theirs = context.Pipe()
        self.heard = time.monotonic()
        self.begun = self.ended = False
        self.last: Word | None = None
        # Not a daemon: it may have workers of its own. It ends when this end of the pipe does.
        self._process = context.Process(target=_host, args=(theirs, order), name=order.cell.name)
        _start_tracker()
        with no_interrupt():  # until the new process has said that Ctrl-C is not for it
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """The number of its process."""
        return self._process.pid

    @property
    def cores(self) -> int:
        """How many cores it keeps busy."""
        return max(self.order.workers, 1)

    def words(self) -> list[Word]:
        """Returns what was said since the last time; never waits."""
        said: list[Word] = []
        try:
            while self.wire.poll():
                said.append(self.wire.recv())
        except (EOFError, OSError):
            self.ended = True
        for word in said:
            self.heard = time.monotonic()
            self.begun |= isinstance(word, Begun)
            self.last = word if isinstance(word, LAST) else self.last
        return said

    def leave(self, at_once: bool) -> None:
        """Asks it to stop at a checkpoint; one that is ending already is asked in vain."""
        with contextlib.suppress(OSError, ValueError):
            self.wire.send(Leave(at_once))

    def kill(self) -> None:
        """Ends it now; it loses no more than the generation it is at."""
        self._process.kill()

    def bury(self) -> str:
        """Waits for the end of a process that has nothing more to say.

        Returns:
            How it ended, in words.
        """
        self._process.join(_JOIN_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.wire.close()
        code = self._process.exitcode or 0
        self._process.close()
        return f"killed by {_signal(-code)}" if code < 0 else f"exit code {code}"


def _start_tracker() -> None:
    """Starts Python's own helper that cleans up behind processes that were killed.

    Now, as it would undo `no_interrupt` if it were started later; and so that it does its work without a word: that a
    killed process leaves something to clean up is no news to anybody.
    """
    before = os.environ.get(_WARNINGS)
    os.environ[_WARNINGS] = ",".join(filter(None, (before, "ignore:resource_tracker")))
    try:
        resource_tracker.ensure_running()
    finally:
        del os.environ[_WARNINGS]
        if before is not None:
            os.environ[_WARNINGS] = before


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _host(wire: Connection, order: Order) -> None:
    """In the new process: brings the physics and the search, which the driver does without."""
    from sims.batch.cell import host

    host(wire, order)
