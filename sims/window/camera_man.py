"""Films the window while somebody wishes it, and says what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pygame
from pygame import Rect

from sims.window.palette import CARD, INK, VERMILION
from sims.window.pen import Pen
from sims.window.words import say

if TYPE_CHECKING:
    from sims.window.recorder import Recorder


class CameraMan:
    """Stands by; one film at a time."""

    def __init__(self) -> None:
        self._recorder: Recorder | None = None
        self._said = ""

    def frame(self, surface: pygame.Surface, elapsed: float, wished: Path | None) -> Path | None:
        """Takes a picture, begins a film or ends one.

        Args:
            surface: the window, drawn.
            elapsed: seconds since the last picture.
            wished: the film that is wished for; None for none.

        Returns:
            The film under way; None when there is none, or it had to be given up.
        """
        recorder = self._recorder
        if recorder is not None and (recorder.path != wished or recorder.fault):
            wished = None if recorder.path == wished else wished
            self.stop()
        if wished is not None and self._recorder is None:
            from sims.window.recorder import (
                Recorder,  # brings the encoders, which most who watch never need
            )

            self._recorder = Recorder(wished, surface.get_size())
        if self._recorder is not None:
            self._recorder.frame(surface, elapsed)
        return wished

    def said(self) -> str:
        """Returns what there is to say since the last time; empty for nothing."""
        said, self._said = self._said, ""
        return said

    def stop(self) -> None:
        """Ends the film, if there is one."""
        if self._recorder is None:
            return
        made = self._recorder.stop()
        self._recorder = None
        self._said = say("stage.filming.done", n=f"{made.seconds:.0f}", file=made.path)
        if made.fault:
            self._said = say("stage.notice.not_saved", why=made.fault)

    def light(self, surface: pygame.Surface, stage: Rect, pen: Pen) -> None:
        """Says over the stage that it is being filmed; the film does not see it."""
        seconds = self._recorder.seconds if self._recorder else 0.0
        words = say("stage.filming.light", n=f"{seconds:.0f}")
        box = Rect(0, 0, pen.width(words, 13, True) + pen.px(34), pen.px(24))
        box.midtop = stage.centerx, stage.top + pen.px(8)
        pen.card(surface, box, CARD, 12)

        def dot(fine: pygame.Surface, by: int) -> None:
            pygame.draw.circle(fine, VERMILION, fine.get_rect().center, 5 * pen.scale * by)

        side = pen.px(12)
        pen.smooth(surface, Rect(box.left + pen.px(8), box.centery - side // 2, side, side), dot)
        at = box.left + pen.px(25), box.centery - pen.height(13) // 2
        pen.text(surface, words, at, 13, INK, True)
