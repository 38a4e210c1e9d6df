"""Shows walks to a watcher in a thread of its own: a trial holds nobody up while it is computed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from creatures.faults import BadFile
from sims.live.messages import Message, NoWalk, Probe, Robust, Show, Walk, WalkKey

WAITING = 24
"""Wishes that wait at most: whoever scrubs through a run no longer wants the oldest."""


class Projector:
    """Answers wishes, the youngest first."""

    def __init__(
        self,
        show: Callable[[WalkKey], Walk],
        probe: Callable[[WalkKey], Robust],
        say: Callable[[Message], None],
    ) -> None:
        """Starts the thread.

        Args:
            show: walks a walk; raises ValueError or BadFile when it cannot be shown.
            probe: tries a walk in the worlds of the gate; raises the same.
            say: tells the watcher.
        """
        self._show, self._probe, self._say = show, probe, say
        self._wishes: list[Show | Probe] = []
        self._changed = threading.Condition()
        self._over = False
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, wish: Show | Probe) -> None:
        """Takes a wish; it is answered when there is time."""
        with self._changed:
            if wish in self._wishes:
                self._wishes.remove(wish)
            self._wishes.append(wish)
            del self._wishes[:-WAITING]
            self._changed.notify()

    def end(self) -> None:
        """Lets the thread come to its end."""
        with self._changed:
            self._over = True
            self._changed.notify()

    def _next(self) -> Show | Probe | None:
        with self._changed:
            while not self._wishes and not self._over:
                self._changed.wait()
            if self._over:
                return None
            # To see something comes before knowing how robust it is.
            shows = [wish for wish in self._wishes if isinstance(wish, Show)]
            wish = (shows or self._wishes)[-1]
            self._wishes.remove(wish)
            return wish

    def _work(self) -> None:
        while (wish := self._next()) is not None:
            self._say(self._answer(wish))

    def _answer(self, wish: Show | Probe) -> Message:
        try:
            return self._show(wish.key) if isinstance(wish, Show) else self._probe(wish.key)
        except (BadFile, ValueError) as error:
            return NoWalk(wish.key, str(error))
        except Exception as error:  # a picture must never end a run
            return NoWalk(wish.key, f"{type(error).__name__}: {error}")
