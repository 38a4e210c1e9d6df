"""A species file being drawn."""

from __future__ import annotations

import math
from pathlib import Path

from creatures.changes import told
from sims.live.edited import Edited
from sims.live.field import Race
from sims.live.messages import Command, Message
from sims.window import keeping
from sims.window.desk import Desk
from sims.window.drawing.screen import drawing_screen
from sims.window.drawing.sketch import Judge, Sketch
from sims.window.player.director import Chooser
from sims.window.words import say

_TOLD_S = 8.0
"""For how long it is said what has changed."""
_MOST = 5
"""Faults that are shown at once."""


class Nobody:
    """Tells of no walks: the animal has not walked yet."""

    def poll(self) -> list[Message | Race]:
        """See `Talk`."""
        return []

    def ask(self, command: Command) -> None:
        """See `Talk`."""

    def close(self) -> list[Message | Race]:
        """See `Talk`."""
        return []


class Drawing(Desk):
    """The desk of a species file.

    Attributes:
        sketch: what the file says.
    """

    kind = "draw"

    def __init__(self, path: Path, judge: Judge) -> None:
        """Reads the file.

        Args:
            path: of a species.
            judge: finds what is worth a warning about an animal.

        Raises:
            BadFile: it cannot be drawn at all.
        """
        self._file = Edited(path)
        self.sketch = Sketch(path, judge)
        director = Chooser()
        super().__init__(drawing_screen(director, self.sketch), director)
        self.looks.bones = True
        self._start(Nobody(), self.sketch.skeleton, self.sketch.species.look)

    def tick(self, elapsed: float) -> None:
        """Lets so many seconds go by, and looks whether the file has changed."""
        self._clock += elapsed
        self.view.clock = self._clock
        if self._file.settled(self._clock):
            self._look_again()

    def new_file(self, kind: str) -> Path | None:
        """Returns a new name beside the file; see `Desk`."""
        return keeping.free(self.sketch.path.parent, self.sketch.path.stem, kind)

    def _look_again(self) -> None:
        sketch, hud = self.sketch, self.screen.hud
        sketch.again()
        self.view.skeleton, self.view.look = sketch.skeleton, sketch.species.look
        if sketch.faults:
            more = len(sketch.faults) - _MOST
            lines = sketch.faults[:_MOST] + ([say("edited.more", n=more)] if more > 0 else [])
            hud.tell(say("draw.wrong.title"), "\n".join(lines), math.inf)
        else:
            words = told(sketch.changed) or say("draw.again.same")
            hud.tell(say("draw.again.title"), words, self._clock + _TOLD_S)
