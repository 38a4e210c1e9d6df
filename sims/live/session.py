"""The watcher's end: starts the run in a process of its own, hears what it says, and asks."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import queue
import threading
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection

from sims.live.messages import Command, Crowned, Failed, Message, Ready, Stop, Stopped
from sims.runs.asked import Asked
from sims.runs.interrupt import no_interrupt

PATIENCE_S = 8.0
"""How long a run that was asked to stop may take before it is killed, which loses no more than a generation."""


class Session:
    """One run, watched."""

    def __init__(self, asked: Asked) -> None:
        """Starts it; everything it says from now on is heard by `poll`."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._wire = ours
        self._heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._began = self._closing = self._said_last = False
        # Not a daemon: it has workers of its own. It ends when this end of the pipe does.
        self._process = context.Process(target=_begin, args=(theirs, asked), name="gaitosaur run")
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

    def poll(self) -> list[Message]:
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

    def close(self, patience_s: float = PATIENCE_S) -> list[Message]:
        """Has the run stop after its last checkpoint, and waits for that.

        A run that has not begun yet, because the physics is being compiled, is ended at once: there is nothing to save.

        Returns:
            What it had left to say.
        """
        self._closing = True
        try:
            self.ask(Stop())
            self._process.join(patience_s if self._began else 0.0)
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
                message: Message = self._wire.recv()
                self._began |= isinstance(message, Ready)
                self._said_last |= isinstance(message, Stopped | Failed | Crowned)
                self._heard.put(message)
        except (EOFError, OSError):
            if not self._said_last and not self._closing:
                why = "the process of the run ended unexpectedly; go on with --resume"
                self._heard.put(Failed((why,), 1))


def _begin(wire: Connection, asked: Asked) -> None:
    """In the new process: brings the physics and the search, which the watcher does without."""
    from sims.live.host import host

    host(wire, asked)
