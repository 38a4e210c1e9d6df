"""What may end a run for a reason that is nobody's mistake in a file: each says itself in one clear line."""

from __future__ import annotations

from pathlib import Path


class RunError(RuntimeError):
    """A run cannot be made, or cannot go on; the command ends with exit code 1."""

    foreseen = True


class WorkersFailed(RunError):
    """Workers cannot even start: no guess is to blame."""


class NotWritten(RunError):
    """The disk is full, the folder read-only or gone: no guess is to blame, and the next would fare no better."""


class Busy(RunError):
    """Another process is at work there."""


class Interrupted(RuntimeError):
    """Somebody stopped a run; its last checkpoint is whole. The command ends with exit code 130."""

    foreseen = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"stopped; {folder} can be resumed")
