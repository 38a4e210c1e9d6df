"""The driver of a study: every core busy until the last cell is done, whatever dies on the way.

As many cells as there are workers run at a time, each in a process of its own that does all the work of its run, so
that no core waits for the end of a generation. When no cell waits any more, the longest one left goes on with the cores
that have come free: a run gives the same bytes for any number of workers. Only clocks that nobody can set decide
anything.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Sequence
from multiprocessing import connection

from sims.batch import events
from sims.batch.folder import StudyFolder
from sims.batch.messages import AtTheGate, Done, Failed, Order, Step, Stopped, Word
from sims.batch.slot import Slot
from sims.batch.study import Study
from sims.batch.work import Work, left_s
from sims.errors import Interrupted, NotWritten, RunError
from sims.platform import platform
from sims.runs.interrupt import terminable
from sims.runs.pool import MakeExecutor

PATIENCE_S = 600.0
"""A cell that says nothing for so long hangs."""
WORTH_S = 20.0
"""A cell is given more workers only if it has longer to go than this: starting them takes a few seconds."""
STOP_S = 20.0
"""How long processes that were asked to stop may take; killing one loses no more than a generation."""
_GLANCE_S = 0.5
_SUSPENDED_S = 5.0
"""If the driver itself was away for so long, so were the cells: nobody's silence counts."""


class Driver:
    """Makes the cells of a study that are not finished."""

    def __init__(
        self,
        folder: StudyFolder,
        study: Study,
        workers: int,
        retry: bool = False,
        patience_s: float = PATIENCE_S,
        worth_s: float = WORTH_S,
        make: MakeExecutor | None = None,
    ) -> None:
        """Takes the lock of the study; nothing is started yet.

        Args:
            folder: of the study.
            study: as it lies there.
            workers: cores to keep busy, at least 1.
            retry: try those again that failed.
            patience_s: a cell that says nothing for so long is ended, and started again.
            worth_s: give a cell more workers only if it has longer to go than this.
            make: makes the executors of the cells; see `sims.runs.run.start`.

        Raises:
            RunError: another driver is at work on the study, or its folder cannot be written.
        """
        if workers < 1:
            raise RunError(f"workers must be 1 or more, not {workers}")
        self._folder, self._study, self._workers = folder, study, workers
        self._patience_s, self._worth_s, self._make = patience_s, worth_s, make
        self._slots: dict[Slot, Work] = {}
        self._more: dict[Slot, int] = {}
        """Cells that were asked to leave, and the workers with which they go on."""
        self._listener: events.Listener = events.nobody
        self._looked = time.monotonic()
        self._lock = folder.lock()
        try:
            self._waiting = deque(self._left_to_do(retry))
        except BaseException:
            self._lock.release()
            raise

    def go(self, listener: events.Listener = events.nobody) -> None:
        """Makes all cells that are left.

        Args:
            listener: is told what happens, in this thread.

        Raises:
            Interrupted: by Ctrl-C or SIGTERM; every cell has stopped at a checkpoint.
            RunError: the folder cannot be written any more.
        """
        self._listener = listener
        try:
            with terminable():
                self._go()
        except KeyboardInterrupt:
            raise Interrupted(self._folder.path) from None
        finally:
            self._lay_down()

    def _go(self) -> None:
        self._begin()
        self._looked = time.monotonic()
        while self._waiting or self._slots:
            self._fill()
            self._spread()
            self._listen()
            self._end_those_that_hang()
        self._folder.tell("done")

    def _left_to_do(self, retry: bool) -> list[Work]:
        found = []
        for cell in self._study.cells():
            failure = self._folder.failure(cell.name)
            if self._folder.is_finished(cell.name) or (failure and not retry):
                continue
            found.append(Work(cell, tries=failure.tries + 1 if failure else 1))
        return found

    def _begin(self) -> None:
        cells = self._study.cells()
        finished = sum(self._folder.is_finished(cell.name) for cell in cells)
        failed = len(cells) - finished - len(self._waiting)
        begun = events.StudyBegun(self._folder.path, len(cells), finished, failed, self._workers)
        self._tell(begun)
        if self._waiting:
            platform()  # compiles the trial, so that the cells load it instead of each compiling it

    def _tell(self, event: events.Event, log: bool = True) -> None:
        if log:
            document = events.document(event)
            self._folder.tell(document.pop("event"), **document)
        self._listener(event)

    def _fill(self) -> None:
        """Gives every core that is free a cell that waits."""
        while self._waiting and self._free > 0:
            work = self._waiting.popleft()
            # In a process of its own a deadly genome takes no more with it than that.
            self._start(work, 1 if work.deaths else 0)

    @property
    def _free(self) -> int:
        return self._workers - sum(slot.cores for slot in self._slots)

    def _start(self, work: Work, workers: int) -> None:
        name = work.cell.name
        if work.tries > 1:
            self._folder.forgive(name)
        slot = Slot(Order(work.cell, self._folder.cell(name), workers, self._make))
        self._slots[slot] = work
        self._tell(events.CellBegun(name, workers, slot.pid or 0))

    def _spread(self) -> None:
        """Has the longest cell leave at its next checkpoint, to go on with all cores that are free."""
        if self._waiting or self._more or self._free < 1:
            return
        long = [slot for slot in self._slots if self._is_worth_it(slot)]
        if long:
            slot = max(long, key=lambda one: self._slots[one].left_s or 0.0)
            self._more[slot] = slot.cores + self._free
            slot.leave(at_once=False)

    def _is_worth_it(self, slot: Slot) -> bool:
        left = self._slots[slot].left_s
        return left is not None and left > self._worth_s

    def _listen(self) -> None:
        """Hears what cells have to say, and waits a moment if they have nothing."""
        ready = set(connection.wait([slot.wire for slot in self._slots], _GLANCE_S))
        before, self._looked = self._looked, time.monotonic()
        away = self._looked - before
        for slot in list(self._slots):
            slot.heard += away if away > _SUSPENDED_S else 0.0
            if slot.wire in ready:
                self._hear_out(slot)

    def _hear_out(self, slot: Slot) -> None:
        for word in slot.words():
            self._hear(slot, word)
        if slot.ended:
            self._end(slot)

    def _hear(self, slot: Slot, word: Word) -> None:
        work = self._slots[slot]
        work.hear(word, slot.cores)
        name = work.cell.name
        if isinstance(word, Step):
            self._tell(events.CellStep(name, word, self._left_s()), log=False)
        elif isinstance(word, AtTheGate) and word.index == 1:
            self._tell(events.CellAtTheGate(name), log=False)

    def _end(self, slot: Slot) -> None:
        """Does what follows from how a process ended."""
        work, more = self._slots.pop(slot), self._more.pop(slot, None)
        how = slot.bury()
        match slot.last:
            case Done(_, best_m):
                self._finished(work, best_m)
            case Failed(why, disk):
                if disk and not self._folder.has_room():  # the next would fare no better
                    raise NotWritten(why)
                self._fail(work, why)
            case Stopped() if more is not None:
                self._tell(events.CellMoved(work.cell.name, more))
                self._start(work, more)
            case _:
                self._died(work, "stopped by somebody else" if slot.last else how)

    def _finished(self, work: Work, best_m: float | None) -> None:
        name = work.cell.name
        self._tell(events.CellFinished(name, best_m, work.budget, self._left_s()))

    def _died(self, work: Work, how: str) -> None:
        if self._folder.is_finished(work.cell.name):  # before it could say so
            self._finished(work, None)
        elif work.died():
            why = f"its process died {work.deaths} times without getting any further ({how})"
            self._fail(work, why)
        else:
            self._tell(events.CellDied(work.cell.name, how, work.deaths))
            self._waiting.appendleft(work)

    def _fail(self, work: Work, why: str) -> None:
        self._folder.write_failure(work.cell.name, why, work.tries)
        self._tell(events.CellFailed(work.cell.name, why))

    def _end_those_that_hang(self) -> None:
        for slot in self._slots:
            if time.monotonic() - slot.heard > self._patience_s:
                slot.kill()  # and `_listen` hears that it has ended

    def _left_s(self) -> float:
        running = [(work, slot.cores) for slot, work in self._slots.items()]
        return left_s(running, self._waiting, self._workers)

    def _lay_down(self) -> None:
        """Has every process stop at a checkpoint, kills those that do not, and lets the study go."""
        try:
            with contextlib.suppress(NotWritten):
                if self._slots:
                    self._folder.tell("interrupted", running=len(self._slots))
            self._stop(list(self._slots))
        finally:  # whoever presses Ctrl-C twice does not want to wait
            for slot in self._slots:
                slot.kill()
                slot.bury()
            self._slots.clear()
            self._lock.release()

    def _stop(self, slots: Sequence[Slot]) -> None:
        for slot in slots:
            slot.leave(at_once=True) if slot.begun else slot.kill()
        latest = time.monotonic() + STOP_S
        left = list(slots)
        while left and time.monotonic() < latest:
            for wire in connection.wait([slot.wire for slot in left], _GLANCE_S):
                next(slot for slot in left if slot.wire is wire).words()
            left = [slot for slot in left if not slot.ended]
