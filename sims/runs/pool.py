"""Where units are worked on: in this process, or in a few others, behind Python's own `Executor`.

Anything else that is an `Executor` (a cluster's, MPI's) can be handed to `Workers` in the same way: a function that
is given the number of workers, a preparation and its arguments, has every worker do the preparation once, and returns
the executor.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import connection, resource_tracker
from typing import Any, ParamSpec, TypeAlias, TypeVar

from sims.evaluate import Evaluation, Task, Unit, failed
from sims.physics.trial import TrialSettings
from sims.score import Objective

P = ParamSpec("P")
T = TypeVar("T")

Look: TypeAlias = Callable[[Task, Unit], Evaluation]
"""What is done with a unit; must be importable by name in another process."""
Wanted: TypeAlias = tuple[TrialSettings, Objective]
"""What of a task may change while workers live; it comes with the units, so that none can have an old one."""
Prepare: TypeAlias = Callable[..., None]
MakeExecutor: TypeAlias = Callable[[int, Prepare, tuple[Any, ...]], Executor]
"""(number of workers, preparation, its arguments) -> executor whose every worker has been prepared."""

_duties: dict[str, tuple[Task, Look]] = {}
"""In a worker: what it was told once, so that it need not be sent with every unit."""


def take_up(token: str, task: Task, look: Look) -> None:
    """Tells a worker, once, what its units will be about."""
    _duties[token] = (task, look)


def lay_down(token: str) -> None:
    """Forgets it again."""
    _duties.pop(token, None)


def work(token: str, units: Sequence[Unit], wanted: Wanted) -> tuple[list[Evaluation], float]:
    """Looks at a few units in a worker.

    Returns:
        One evaluation each, in order, and the seconds it took.
    """
    told, look = _duties[token]
    trial, objective = wanted
    task = replace(told, trial=trial, objective=objective)
    start = time.perf_counter()
    return [_safe(look, task, unit) for unit in units], time.perf_counter() - start


def ready() -> bool:
    """Says that a worker is there."""
    return True


def _safe(look: Look, task: Task, unit: Unit) -> Evaluation:
    try:
        return look(task, unit)
    except Exception as error:  # a genome must never end a run
        return failed(f"looking at it raised {type(error).__name__}: {error}")


class InThisProcess(Executor):
    """Does everything at once, here: no parallel work, and no protection from a crash."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Returns a future that is done already."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


_FAREWELL_S = 5.0
"""The thread of a pool whose processes were killed may hang in early versions of Python 3.11: so long is waited."""


class Crew(Executor, ABC):
    """An executor whose workers come and go, as a cluster's do.

    What may be deadly is not sent to it: its workers are dear, and the work of others may be on them.
    """

    chunk_s = 0.75
    """A worker is sent about so many seconds of work at a time: the way there takes longer than between processes."""

    @abstractmethod
    def hands(self) -> int:
        """Returns how many can work now."""


def serial(_count: int, prepare: Prepare, arguments: tuple[Any, ...]) -> Executor:
    """Makes the executor that works in this process."""
    prepare(*arguments)
    return InThisProcess()


def processes(count: int, prepare: Prepare, arguments: tuple[Any, ...]) -> Executor:
    """Makes the executor of so many processes, each started afresh: a fork would copy threads' locks."""
    resource_tracker.ensure_running()  # it would undo `no_interrupt` if it were started later
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, _begin, (prepare, arguments))


def _begin(prepare: Prepare, arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the driver, which then ends us
    threading.Thread(target=_die_with_parent, daemon=True).start()
    prepare(*arguments)


def _die_with_parent() -> None:
    """A worker whose driver was killed would wait for ever: the pipe it listens to stays open in its siblings."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def end(executor: Executor, at_once: bool) -> None:
    """Ends an executor.

    Args:
        executor: of any kind.
        at_once: do not wait for what it is doing; a process that hangs is killed.
    """
    mind = None
    if at_once and isinstance(executor, ProcessPoolExecutor):
        mind = getattr(executor, "_executor_manager_thread", None)
        # Python 3.14 has kill_workers(); before that the processes are known under this name only.
        for process in list((getattr(executor, "_processes", None) or {}).values()):
            process.kill()
    executor.shutdown(wait=not at_once, cancel_futures=True)
    if mind is not None:
        # Left behind, the thread that minds dead processes may close its pipe while Python's own ending writes to it:
        # a traceback, in Python 3.11 and in some 3.12. With nothing left to mind it ends at once.
        mind.join(_FAREWELL_S)
