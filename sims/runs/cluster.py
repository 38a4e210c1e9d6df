"""Guesses worked on by a Dask cluster that is there already: its workers may join, leave and die, and nothing changes.

The only place that knows Dask. Every piece of work says what it was sent from; a worker that would give other bits
refuses it, so one that joins late is looked at like the first. A worker is prepared when its first piece comes.
"""

from __future__ import annotations

import gc
import hashlib
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, TypeAlias

import creatures
import evo
import sims
from sims.errors import RunError
from sims.platform import platform
from sims.runs.pool import Crew, MakeExecutor, P, Prepare, T

Client: TypeAlias = Any
"""Dask's, which is not there for whoever does without."""
CONNECT_S = 20.0
"""Within so many seconds a scheduler must answer."""
PREPARE_S = 600.0
"""And a worker, which may have to compile the physics first."""
_ASK = resolve_name, f"{__name__}:identity"
"""Whether a worker has this program at all: one that has not would die of being sent a part of it."""
_DIGESTS = {
    "canary": "another physics, by its canary",
    "program": "another version of this program",
}
"""What is compared without being shown: nobody can read it."""

_prepared: set[str] = set()
"""In a worker: the preparations it has had."""


def join(address: str) -> tuple[int, MakeExecutor]:
    """Looks at a cluster before anything is begun on it.

    Args:
        address: of its scheduler, ``tcp://node7:8786``, ``tls://...``, or the path of its scheduler file.

    Returns:
        How many threads its workers have now, and what makes executors of them.

    Raises:
        RunError: it cannot be reached, or one of its workers would give other results.
    """
    client = _connected(address)
    try:
        return _looked_at(client, address), partial(_Cluster, address)
    finally:
        client.close()


def identity() -> dict[str, str]:
    """Returns what must be equal for equal results: the platform, and this program itself."""
    return platform().document() | {"program": _program()}


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Returns how another identity differs, in words: ``numba 0.61.0 there, 0.65.1 here``."""
    changed = [key for key in here if there.get(key) != here[key]]
    told = [f"{key} {there.get(key)} there, {here[key]} here" for key in changed]
    shown = [line for line in told if line.partition(" ")[0] not in _DIGESTS]
    # A digest differs because a version does: it is only worth its words when nothing else differs.
    return shown or [_DIGESTS[key] for key in changed]


@lru_cache(maxsize=1)
def _program() -> str:
    """The digest of our sources: the canary tells of the physics, not of how a walk is scored."""
    digest = hashlib.sha256()
    for room in (creatures, evo, sims):
        folder = Path(str(room.__file__)).parent
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_text(encoding="utf-8").encode())
    return digest.hexdigest()


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        problem = "--dask needs the library distributed: pip install 'gaitosaur[dask]'"
        raise RunError(problem) from None
    by_file = address.endswith(".json")
    if by_file and not Path(address).is_file():  # Dask would wait for it for ever
        raise RunError(f"no Dask scheduler at {address}: there is no such file")
    where = {"scheduler_file" if by_file else "address": address}
    try:
        return Client(**where, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
    # A client that never connected is cleared away now: if that happened while another one begins, Dask would wait
    # for itself for ever.
    gc.collect()
    raise RunError(f"no Dask scheduler at {address}: {said}")


def _looked_at(client: Client, address: str) -> int:
    """Has one worker or another answer, then each that is there; returns how many threads they have."""
    # A cluster that grows with its work has no worker before there is some.
    if not _answered(client.submit(*_ASK, pure=False)):
        raise RunError(f"the cluster at {address} has no worker that answers")
    threads: dict[str, int] = client.nthreads()
    for worker, there in _said_by(client, list(threads)).items():
        _refuse(worker, differences(identity(), there))
    return sum(threads.values())


def _said_by(client: Client, workers: list[str]) -> dict[str, dict[str, str]]:
    """Returns what each worker says of itself; those that are gone meanwhile say nothing."""
    known = {one: client.submit(*_ASK, workers=[one], pure=False) for one in workers}
    there = [one for one, future in known.items() if _answered(future)]
    asked = {one: client.submit(identity, workers=[one], pure=False) for one in there}
    said = {one: _answered(future) for one, future in asked.items()}
    return {one: identity_there for one, identity_there in said.items() if identity_there}


def _answered(future: Any) -> Any:
    """Returns what a worker gives; None if it is gone meanwhile."""
    try:
        return future.result(timeout=PREPARE_S)
    except (TimeoutError, CancelledError):
        return None
    except Exception as error:
        raise _in_a_line(error) from None


def _refuse(worker: str, others: list[str]) -> None:
    if others:
        problem = f"the Dask worker {worker} would give other results: {'; '.join(others)}"
        raise RunError(problem)


def _in_a_line(error: BaseException) -> Exception:
    """Returns what went wrong on a cluster as the kind of error that a run expects."""
    from distributed.scheduler import KilledWorker

    if isinstance(error, RunError):
        return error
    if isinstance(error, KilledWorker | CancelledError):
        return BrokenExecutor(str(error))
    said = " ".join(str(error).split())[:300]
    if isinstance(error, ImportError):
        return RunError(f"a Dask worker does not have this program: {said}")
    return RunError(f"a Dask worker cannot work on this: {type(error).__name__}: {said}")


def _there(
    home: Mapping[str, str],
    key: str,
    prepare: Prepare,
    arguments: tuple[Any, ...],
    work: Callable[..., T],
    given: tuple[Any, ...],
) -> T:
    """In a worker: refuses what it would do otherwise than at home, prepares once, and works."""
    from distributed import get_worker

    _refuse(get_worker().address, differences(home, identity()))
    if key not in _prepared:
        prepare(*arguments)
        _prepared.add(key)
    return work(*given)


class _Cluster(Crew):
    """The workers of a cluster as an executor; futures that it gives are ours, and so are its errors."""

    def __init__(
        self, address: str, count: int, prepare: Prepare, arguments: tuple[Any, ...]
    ) -> None:
        self._client = _connected(address)
        self._executor = self._client.get_executor(pure=False)
        self._count = count
        self._told = (identity(), uuid.uuid4().hex, prepare, arguments)

    def hands(self) -> int:
        """Returns how many threads its workers have now."""
        # If the scheduler does not answer just now, what was sent says so soon enough.
        with suppress(OSError, TimeoutError):
            self._count = sum(self._client.nthreads().values())
        return self._count

    def submit(self, fn: Callable[P, T], /, *args: P.args, **_: P.kwargs) -> Future[T]:
        """Sends a piece of work to whichever worker is free."""
        ours: Future[T] = Future()
        ours.set_running_or_notify_cancel()
        theirs = self._executor.submit(_there, *self._told, fn, args)
        theirs.add_done_callback(partial(_hand_over, ours))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets the cluster go; it belongs to somebody else and stays."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _hand_over(ours: Future[T], theirs: Future[T]) -> None:
    try:
        ours.set_result(theirs.result())
    except BaseException as error:
        ours.set_exception(_in_a_line(error))
