"""The watcher's end: starts a run, or a player of saved walks, in a process of its own; hears it, and asks."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import queue
import threading
from collections.abc import Callable, Sequence
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sims.live.field import Race
from sims.live.messages import Command, Crowned, Failed, Message, Ready, Stop, Stopped
from sims.runs.asked import Asked
from sims.runs.interrupt import no_interrupt

PATIENCE_S = 8.0
"""How long a run that was asked to stop may take before it is killed, which loses no more than a generation."""


Host = Callable[[Connection, Any], None]


class Session:
    """A process that is watched: a run, or one that plays saved walks."""

    def __init__(
        self, what: object, host: Host | None = None, patience_s: float = PATIENCE_S
    ) -> None:
        """Starts it; everything it says from now on is heard by `poll`.

        Args:
            what: tells the process what to do; of a run it is an `Asked`.
            host: what it does, a function of a module; makes a run, if not given.
            patience_s: how long it may take to stop before it is killed.
        """
        self._patience_s = patience_s
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._wire = ours
        self._heard: queue.SimpleQueue[Message | Race] = queue.SimpleQueue()
        self._began = self._closing = self._said_last = False
        # Not a daemon: it has workers of its own. It ends when this end of the pipe does.
        self._process = context.Process(target=host or _run, args=(theirs, what), name="gaitosaur")
        resource_tracker.ensure_running()  # it would undo `no_interrupt` if it were started later
        with no_interrupt():  # until the new process has said that Ctrl-C is not for it
            self._process.start()
        theirs.close()
        atexit.register(self.close)  # or a watcher that ends by an error would wait for it for ever
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int | None:
        """The number of the run's process."""
        return self._process.pid

    def poll(self) -> list[Message | Race]:
        """Returns what was said since the last time; never waits."""
        said = []
        with contextlib.suppress(queue.Empty):
            while True:
                said.append(self._heard.get_nowait())
        return said

    def ask(self, command: Command) -> None:
        """Sends a wish; one that comes too late is no fault."""
        with contextlib.suppress(OSError, ValueError):
            self._wire.send(command)

    def close(self) -> list[Message | Race]:
        """Has the run stop after its last checkpoint, and waits for that.

        A run that has not begun yet, because the physics is being compiled, is ended at once: there is nothing to save.

        Returns:
            What it had left to say.
        """
        self._closing = True
        try:
            self.ask(Stop())
            self._process.join(self._patience_s if self._began else 0.0)
        finally:  # whoever presses Ctrl-C twice does not want to wait
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            atexit.unregister(self.close)
        self._listener.join(1.0)
        with contextlib.suppress(OSError):
            self._wire.close()
        return self.poll()

    def _listen(self) -> None:
        try:
            while True:
                message: Message | Race = self._wire.recv()
                self._began |= isinstance(message, Ready)
                self._said_last |= isinstance(message, Stopped | Failed | Crowned | Race)
                self._heard.put(message)
        except (EOFError, OSError):
            if not self._said_last and not self._closing:
                why = "its process ended unexpectedly"
                why += "; a run goes on with --resume" if self._patience_s else ""
                self._heard.put(Failed((why,), 1))


def player(path: Path) -> Session:
    """Starts a process that plays a genome file, or the champions of a run's folder.

    It has nothing to save, and may be compiling for a minute: whoever closes it does not wait.
    """
    return Session(path, _play, patience_s=0.0)


def racer(paths: Sequence[Path]) -> Session:
    """Starts a process that makes a race of genome files; what it says is a `Race`, or that it has `Failed`."""
    return Session(tuple(paths), _race, patience_s=0.0)


def _run(wire: Connection, asked: Asked) -> None:
    """In the new process: brings the physics and the search, which the watcher does without."""
    from sims.live.host import host

    host(wire, asked)


def _play(wire: Connection, path: Path) -> None:
    from sims.live.player import play

    play(wire, path)


def _race(wire: Connection, paths: Sequence[Path]) -> None:
    from sims.live.racing import host_race

    host_race(wire, paths)
