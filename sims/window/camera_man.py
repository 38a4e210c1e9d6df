"""Films the window while somebody wishes it, and says what came of it."""

from __future__ import annotations

from pathlib import Path

import pygame
from pygame import Rect

from sims.window.palette import CARD, INK, VERMILION
from sims.window.pen import Pen
from sims.window.words import say


class CameraMan:
    """Stands by; one film at a time."""

    def frame(self, surface: pygame.Surface, elapsed: float, wished: Path | None) -> Path | None:  # noqa: ARG002
        """Takes a picture, begins or ends a film.

        Args:
            surface: the window.
            elapsed: seconds since the last picture.
            wished: the film that is wished for; None for none.

        Returns:
            The film under way; None when there is none, or it had to be given up.
        """
        return wished

    def said(self) -> str:
        """Returns what there is to say since the last time; empty for nothing."""
        return ""

    def stop(self) -> None:
        """Ends the film, if there is one."""

    def light(self, surface: pygame.Surface, stage: Rect, pen: Pen) -> None:
        """Says over the stage that it is being filmed."""
        words = say("stage.filming.light", n=0)
        box = Rect(0, 0, pen.width(words, 13, True) + pen.px(30), pen.px(24))
        box.topright = stage.right - pen.px(10), stage.top + pen.px(40)
        pen.card(surface, box, CARD, 12)
        pygame.draw.circle(surface, VERMILION, (box.left + pen.px(13), box.centery), pen.px(5))
        at = box.left + pen.px(23), box.centery - pen.height(13) // 2
        pen.text(surface, words, at, 13, INK, True)
