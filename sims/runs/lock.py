"""One driver for one run folder: a lock that the system itself lets go when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from sims.errors import RunError
from sims.files import reason

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class Lock:
    """Holds a lock file while it is open; after a kill there is nothing to clean up."""

    def __init__(self, path: Path) -> None:
        """Takes the lock.

        Raises:
            RunError: another process has it, or the folder cannot be written.
        """
        try:
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise RunError(f"{path.parent} cannot be written: {reason(error)}") from None
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            self._handle = None
            if error.errno in _BUSY:
                raise RunError(f"another process is at work on {path.parent}") from None
            # Some network disks know no locks: then there is none, rather than no run.

    def release(self) -> None:
        """Lets it go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
