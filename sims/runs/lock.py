"""One driver for one run folder: a lock that the system itself lets go when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from sims.errors import Busy, NotWritten
from sims.files import reason

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class Lock:
    """Holds a lock file while it is open; after a kill there is nothing to clean up."""

    def __init__(self, path: Path) -> None:
        """Takes the lock.

        Raises:
            Busy: another process has it.
            NotWritten: the folder cannot be written.
        """
        try:
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise NotWritten(f"{path.parent} cannot be written: {reason(error)}") from None
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            self._handle = None
            if error.errno in _BUSY:
                raise Busy(f"another process is at work on {path.parent}") from None
            # Some network disks know no locks: then there is none, rather than no run.

    def release(self) -> None:
        """Lets it go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def held(path: Path) -> bool:
    """Returns whether a process has the lock just now; takes it for an instant itself, and makes no file."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        _lock(handle)
    except OSError as error:
        return error.errno in _BUSY
    finally:
        os.close(handle)
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
