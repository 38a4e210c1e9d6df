"""The run's end: lets the run go on, tells what happens, and obeys."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import threading
from multiprocessing.connection import Connection

from creatures.faults import BadFile
from sims.errors import Interrupted, RunError
from sims.evaluate import Task
from sims.live.lineage import Lineage
from sims.live.messages import (
    AtTheGate,
    Command,
    Descent,
    Failed,
    Message,
    Probe,
    Ready,
    Rest,
    Rules,
    Show,
    Stop,
    Stopped,
    Turned,
    TurnKnob,
)
from sims.live.projector import Projector
from sims.live.scored import Kept
from sims.live.tell import crowned_of, facts_of, front_of, front_of_index, ready_of, rules_of
from sims.runs import events
from sims.runs.asked import Asked, begin
from sims.runs.driver import Run
from sims.runs.front_file import read_index
from sims.runs.knobs import Turn

NICENESS = 5
"""The window is to have a processor whenever it wants one; see nice(1). Workers inherit it."""


def host(wire: Connection, asked: Asked) -> None:
    """Makes a run, or takes one up, and lets it go on until it is finished, stopped or fails.

    Args:
        wire: what is said on it is in `sims.live.messages`.
        asked: what kind of run.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the watcher, who then asks to stop
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(NICENESS)
    _Host(wire).run(asked)


class _Host:
    def __init__(self, wire: Connection) -> None:
        self._wire = wire
        self._speaking = threading.Lock()
        self._run: Run | None = None
        self._projector: Projector | None = None
        self._kept: Kept | None = None
        self._stopping = threading.Event()
        self._awake = threading.Event()
        self._awake.set()
        self._lineage = Lineage()
        self._rules: Rules | None = None
        """As of the last generation."""
        self._turned = self._rescored = False
        """Whether a knob was turned since, and whether that changed the world or the score."""
        self._rigour, self._best, self._reckoning = 0, math.inf, 0
        """Scores compare among generations of one reckoning: how strict they are, and the best so far."""

    def run(self, asked: Asked) -> None:
        """See `host`."""
        threading.Thread(target=self._obey, daemon=True).start()
        try:
            self._go(asked)
        except BadFile as error:
            self._say(Failed(tuple(error.lines()), 2))
        except RunError as error:
            code = 2 if self._run is None and asked.resume is None else 1
            self._say(Failed((str(error),), code))
        except Interrupted as error:
            self._say(Stopped(error.folder))
        except Exception as error:  # no traceback reaches a person
            said = " ".join(str(error).split())
            self._say(Failed((f"{type(error).__name__}: {said} (please report this)",), 1))
        if self._projector is not None:
            self._stopping.wait()  # the watcher may still wish to see something
            self._projector.end()

    def _go(self, asked: Asked) -> None:
        run = self._run = begin(asked)
        try:
            task = Task(run.configuration.skeleton(), run.trial, run.objective)
            kept = self._kept = Kept(run.folder, task)
            self._projector = Projector(kept.show, kept.probe, self._say)
            ready = _ready(run)
            self._take_up(ready)
            self._say(ready)
            if self._stopping.is_set():
                raise Interrupted(run.folder)
            run.go(self._hear)
        finally:
            run.close()

    def _take_up(self, ready: Ready) -> None:
        """Compares from where the run stands."""
        self._rules = ready.rules
        if ready.past:
            self._rigour = ready.past[-1].rigour
            leader = ready.past[-1].leader
            self._best = ready.past[leader - 1].best if leader else math.inf

    def _hear(self, event: events.Event) -> None:
        match event:
            case events.GenerationDone():
                self._generation(event)
            case events.Turned():
                self._turned = True
                before, self._rules = self._rules, rules_of(event.trial, event.objective)
                self._rescored |= self._rules != before
                self._say(Turned(event.generation, self._rules, event.turn.spread))
            case events.Gating():
                self._say(AtTheGate(event.index, event.count))
            case events.Finished():
                index = read_index(event.result.folder)
                if index is not None and self._kept is not None:
                    self._kept.front = {}  # its files are there now
                    self._say(front_of_index(index))
                self._say(crowned_of(event.result.champion, event.result.file))
        # A search that rests does so between two generations, when all is saved.
        self._awake.wait()

    def _generation(self, event: events.GenerationDone) -> None:
        run, kept = self._run, self._kept
        assert run is not None
        assert kept is not None
        record = event.best.number == event.latest.number
        if self._rescored or event.rigour != self._rigour:
            self._rigour, self._best = event.rigour, math.inf
            self._reckoning += 1
        better = sum(one.score > self._best for one in event.made.individuals)
        self._best = event.best.score
        kept.keep(event.made, Task(kept.skeleton, run.trial, run.objective))
        self._say(facts_of(event, record, self._turned, self._rescored, better))
        if event.front:
            kept.keep_front(event.front, Task(kept.skeleton, run.trial, run.objective))
            self._say(front_of(event.front))
        self._turned = self._rescored = False
        self._lineage.add(event.made, self._reckoning)
        if record and event.latest.parents:
            line = self._lineage.line(event.latest.number)
            self._say(Descent(event.generation, line))

    def _say(self, message: Message) -> None:
        with self._speaking, contextlib.suppress(OSError):  # nobody listens any more: `_obey` knows
            self._wire.send(message)

    def _obey(self) -> None:
        """In a thread of its own: does what the watcher wishes, and stops when there is none any more."""
        with contextlib.suppress(EOFError, OSError):
            while not self._stopping.is_set():
                self._do(self._wire.recv())
        self._stop()

    def _do(self, wish: Command) -> None:
        match wish:
            case Stop():
                self._stop()
            case Rest(resting):
                self._awake.clear() if resting else self._awake.set()
            case TurnKnob() if self._run is not None:
                with contextlib.suppress(ValueError):  # the watcher offers only what is allowed
                    self._run.turn(Turn(wish.spread, wish.gravity, wish.weights))
            case Show() | Probe() if self._projector is not None:
                self._projector.ask(wish)

    def _stop(self) -> None:
        self._stopping.set()
        self._awake.set()
        if self._run is not None:
            self._run.stop()


def _ready(run: Run) -> Ready:
    return ready_of(run.folder, run.configuration, run.history(), run.turns(), run.workers)
