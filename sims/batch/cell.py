"""The process of one cell: lets its run go on to the end, tells how far it is, stops when nobody listens any more."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection

from creatures.faults import BadFile
from sims.batch.messages import (
    AtTheGate,
    Begun,
    Done,
    Failed,
    Leave,
    Order,
    Step,
    Stopped,
    Word,
)
from sims.errors import Busy, Interrupted, NotWritten, RunError
from sims.runs import events
from sims.runs.configuration import FILE
from sims.runs.driver import Run
from sims.runs.run import resume, start

BUSY_S = 60.0
"""How long a run may still belong to another process: one whose driver was killed takes a moment to stop."""
_AGAIN_S = 0.1
ORPHANED_S = 60.0
"""After so long without a driver a process that cannot stop, because a trial hangs, ends itself."""


def host(wire: Connection, order: Order) -> None:
    """Makes the run of a cell, or goes on with it, until it is finished, is to stop, or fails.

    Args:
        wire: what is said on it is in `sims.batch.messages`.
        order: which cell, where.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the driver, who then asks to leave
    _Host(wire).run(order)


class _Host:
    def __init__(self, wire: Connection) -> None:
        self._wire = wire
        self._run: Run | None = None
        self._leaving = threading.Event()
        """After the present generation."""
        self._stopping = threading.Event()
        """At once."""

    def run(self, order: Order) -> None:
        """See `host`."""
        threading.Thread(target=self._obey, daemon=True).start()
        try:
            self._go(order)
        except BadFile as error:
            self._say(Failed("; ".join(error.lines())))
        except RunError as error:
            self._say(Failed(str(error), disk=isinstance(error, NotWritten)))
        except Interrupted:
            self._say(Stopped())
        except Exception as error:  # one cell that fails must not end the others
            said = " ".join(str(error).split())
            self._say(Failed(f"{type(error).__name__}: {said}", disk=isinstance(error, OSError)))

    def _go(self, order: Order) -> None:
        run = self._run = self._begun(order)
        try:
            self._say(Begun(run.guesses, run.configuration.search.budget))
            if self._stopping.is_set():
                raise Interrupted(run.folder)
            run.go(self._hear)
        finally:
            run.close()

    def _begun(self, order: Order) -> Run:
        latest = time.monotonic() + BUSY_S
        while True:
            try:
                return _begin(order)
            except Busy:
                if time.monotonic() > latest:
                    raise
            if self._stopping.wait(_AGAIN_S):
                raise Interrupted(order.folder)

    def _hear(self, event: events.Event) -> None:
        match event:
            case events.GenerationDone():
                self._say(_step(event))
                if self._leaving.is_set():
                    raise KeyboardInterrupt  # all that was worked out is saved just now
            case events.Gating():
                self._say(AtTheGate(event.index, event.count))
            case events.Finished():
                self._say(_done(event.result))

    def _say(self, word: Word) -> None:
        with contextlib.suppress(OSError):  # nobody listens any more: `_obey` knows
            self._wire.send(word)

    def _obey(self) -> None:
        """In a thread of its own: leaves when the driver wishes it, and when there is none any more."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                wish: Leave = self._wire.recv()
                if wish.at_once:
                    self._stop()
                else:
                    self._leaving.set()
        self._stop()
        time.sleep(ORPHANED_S)
        os._exit(1)

    def _stop(self) -> None:
        self._stopping.set()
        if self._run is not None:
            self._run.stop()


def _begin(order: Order) -> Run:
    if (order.folder / FILE).exists():
        return resume(order.folder, order.workers, make=order.make)
    if (
        not order.folder.parent.is_dir()
    ):  # or a study that was taken away would begin anew in its old place
        raise NotWritten(f"{order.folder} cannot be written: no such file or directory")
    settings = replace(order.cell.run_settings(order.folder), workers=order.workers)
    return start(settings, order.make)


def _step(event: events.GenerationDone) -> Step:
    return Step(
        generation=event.generation,
        guesses=event.guesses,
        budget=event.budget,
        best_m=event.best.evaluation.measures.get("distance_m"),
        per_minute=event.guesses_per_minute,
        left_s=event.eta_s,
    )


def _done(result: events.RunResult) -> Done:
    return Done(result.guesses, result.champion.measures["distance_m"])
