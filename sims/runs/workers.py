"""Many units, few workers: the results come in the order asked, whoever did what, and whoever died of it."""

from __future__ import annotations

import statistics
import threading
import time
import uuid
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from types import TracebackType
from typing import TypeAlias

from sims.errors import RunError, WorkersFailed
from sims.evaluate import Evaluation, Task, Unit, failed, look
from sims.platform import platform
from sims.runs import pool
from sims.runs.interrupt import no_interrupt

CHUNK_S = 0.2
"""A worker is sent about so many seconds of work at a time."""
PATIENCE_S = 60.0
"""If nothing at all comes back for so long (and thirty units' time), whoever is at work hangs."""
_PATIENCE_UNITS = 30
_QUEUED = 2
"""Chunks under way per worker: one it works on, one that waits for it."""
_TRIES_ALONE = 2
_GLANCE_S = 0.2
"""How often a wait looks up to see whether it should stop."""

_Answer: TypeAlias = tuple[list[Evaluation], float]


class Stopped(Exception):
    """Somebody called `Workers.stop`."""


class Workers:
    """Looks at units with any number of workers.

    The number never changes a result: each unit is worked out from itself alone, and results are gathered by index.
    A unit that kills its process costs that unit: the others that were lost with it are looked at again, one by one,
    in a process of their own, and the one that dies there too gets the worst score and `crashed`.
    """

    def __init__(
        self,
        count: int,
        task: Task,
        evaluate: pool.Look = look,
        make: pool.MakeExecutor | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Says who works on what; nothing is started yet.

        Args:
            count: worker processes; 0 works in this process, without protection from a crash.
            task: sent to each worker once.
            evaluate: what is done with a unit; importable by name.
            make: makes the executor; processes of this machine unless told otherwise.
            patience_s: after so many seconds without any answer a worker counts as hung.
        """
        if count < 0:
            raise RunError(f"workers must be 0 or more, not {count}")
        self.count = count
        self._make = make or (pool.processes if count else pool.serial)
        self._token = uuid.uuid4().hex
        self._duty = (self._token, task, evaluate)
        self._patience_s = patience_s
        self._executor: Executor | None = None
        self._alone: Executor | None = None
        self._crew = False
        self._unit_s: deque[float] = deque(maxlen=64)
        self._stopping = threading.Event()

    def __enter__(self) -> Workers:
        if self.count:
            platform()  # compiles the trial, so that the workers load it instead of each compiling it
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close(at_once=kind is not None)
        pool.lay_down(self._token)

    def stop(self) -> None:
        """Makes `map` raise `Stopped` soon; may be called from another thread."""
        self._stopping.set()

    def turn(self, task: Task) -> None:
        """Has units judged by another task from the next `map` on; processes that are there stay.

        Args:
            task: of the same animal; its world and its objective may be others.
        """
        token, _, evaluate = self._duty
        self._duty = (token, task, evaluate)

    def map(self, units: Sequence[Unit]) -> list[Evaluation]:
        """Looks at units.

        Args:
            units: any number.

        Returns:
            One evaluation each, in the order given.

        Raises:
            WorkersFailed: no worker can start.
            Stopped: `stop` was called.
        """
        found: dict[int, Evaluation] = {}
        waiting = deque(range(len(units)))
        while waiting:
            for index in sorted(self._flow(units, waiting, found)):
                found[index] = self._look_alone(units[index])
        self._end_alone()
        return [found[index] for index in range(len(units))]

    def _flow(
        self, units: Sequence[Unit], waiting: deque[int], found: dict[int, Evaluation]
    ) -> list[int]:
        """Keeps the workers busy until all is done, or one died: returns the indices lost with it."""
        flying: dict[Future[_Answer], list[int]] = {}
        try:
            while waiting or flying:
                while waiting and len(flying) < _QUEUED * self._hands():
                    part = [waiting.popleft() for _ in range(self._chunk(len(waiting)))]
                    try:
                        flying[self._send([units[index] for index in part])] = part
                    except BrokenExecutor:
                        waiting.extendleft(reversed(part))
                        raise
                done = self._wait(flying)
                if not done:
                    raise BrokenExecutor("nothing came back: a worker hangs")
                for future in done:
                    answers, seconds = future.result()
                    part = flying.pop(future)
                    found.update(zip(part, answers, strict=True))
                    self._unit_s.append(seconds / len(part))
        except BrokenExecutor:
            self._close(at_once=True)
        return [index for part in flying.values() for index in part]

    def _send(self, units: list[Unit]) -> Future[_Answer]:
        if self._executor is None:
            self._executor = self._make(max(self.count, 1), pool.take_up, self._duty)
            self._crew = isinstance(self._executor, pool.Crew)
        return self._submit(self._executor, units)

    def _hands(self) -> int:
        """Returns how many work now: of a cluster that changes."""
        if isinstance(self._executor, pool.Crew):
            return max(self._executor.hands(), 1)
        return max(self.count, 1)

    def _chunk(self, left: int) -> int:
        """Returns how many units to send next: less towards the end, so that all finish together."""
        fair = -(-left // (2 * _QUEUED * self._hands()))
        wanted_s = pool.Crew.chunk_s if self._crew else CHUNK_S
        typical = statistics.median(self._unit_s) if self._unit_s else wanted_s
        return max(1, min(fair, round(wanted_s / max(typical, 1e-6))))

    def _deadline_s(self) -> float:
        typical = statistics.median(self._unit_s) if self._unit_s else 0.0
        return self._patience_s + _PATIENCE_UNITS * typical

    def _wait(self, flying: dict[Future[_Answer], list[int]]) -> set[Future[_Answer]]:
        """Returns those that are done, at least one of them; none when the deadline has passed."""
        latest = time.monotonic() + self._deadline_s()
        while True:
            if self._stopping.is_set():
                raise Stopped
            done = wait(flying, timeout=_GLANCE_S, return_when=FIRST_COMPLETED).done
            if done or time.monotonic() > latest:
                return done

    def _look_alone(self, unit: Unit) -> Evaluation:
        """Looks at a unit that may be deadly, in a process that does nothing else meanwhile."""
        for _ in range(_TRIES_ALONE):
            executor = self._single()
            try:
                flying = {self._submit(executor, [unit]): [0]}
                for future in self._wait(flying):
                    return future.result()[0][0]
            except BrokenExecutor:
                self._end_alone()
                continue
            self._end_alone()
            return failed("it hung, and was ended", crashed=True)
        return failed("it took its process with it, twice", crashed=True)

    def _single(self) -> Executor:
        if self._alone is None:
            make = pool.processes if self._crew else self._make
            self._alone = make(1, pool.take_up, self._duty)
            try:
                with no_interrupt():
                    future = self._alone.submit(pool.ready)
                future.result(timeout=PATIENCE_S)
            except (BrokenExecutor, TimeoutError) as error:
                self._end_alone()
                raise WorkersFailed("worker processes die as soon as they start") from error
        return self._alone

    def _end_alone(self) -> None:
        if self._alone is not None:
            pool.end(self._alone, at_once=True)
            self._alone = None

    def _close(self, at_once: bool) -> None:
        self._end_alone()
        if self._executor is not None:
            pool.end(self._executor, at_once)
            self._executor = None

    def _submit(self, executor: Executor, units: list[Unit]) -> Future[_Answer]:
        token, task, _ = self._duty
        with no_interrupt():
            return executor.submit(pool.work, token, units, (task.trial, task.objective))
