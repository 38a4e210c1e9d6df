"""The loop of the window: hear, act, draw, sixty times a second, until somebody closes it."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pygame

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.errors import RunError
from sims.live.messages import Message
from sims.runs.asked import Asked
from sims.window.acts import Acts
from sims.window.desk import Desk
from sims.window.hud import COMPILING_S
from sims.window.input import Input
from sims.window.layout import SMALLEST, USUAL
from sims.window.pen import Pen
from sims.window.story import Story
from sims.window.words import say

FRAMES_PER_S = 60
_HIDDEN_FRAMES_PER_S = 6
"""While drawing is off."""
_COMPILING_FRAMES_PER_S = 15
"""While the physics is compiled: that is what everybody waits for."""
_LONGEST_S = 0.25
"""A frame that took longer (the machine slept, the window was dragged) counts as so long."""
_NO_SCREEN = ("offscreen", "dummy")
"""What SDL falls back to where there is no display."""


class NoDisplay(Exception):
    """There is nothing to open a window on."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is watched."""

    size: tuple[int, int] = USUAL
    """Of the window, points."""
    full_screen: bool = False
    seconds: float | None = None
    """The window closes by itself after so long; None leaves that to the person."""
    shots: Path | None = None
    """Folder for a picture every few seconds; with it no display is needed."""
    every: float = 3.0
    """Seconds between two pictures."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a watched run was left."""

    story: Story
    shots: int
    """Pictures saved."""
    frame_s: tuple[float, ...]
    """Time each of the last frames took to compute and draw, s."""


class App:
    """One window."""

    def __init__(self, asked: Asked, animal: tuple[Skeleton, Look] | None, options: Options):
        """Opens the window and begins the run.

        Args:
            asked: what kind of run.
            animal: what stands there until the run does; None where only the run knows.
            options: how it is watched.

        Raises:
            NoDisplay: there is none.
        """
        self._options = options
        self._window = open_window(options)
        self._pen = Pen(1.0)
        self.desk = Desk(asked, animal)
        self.acts = Acts(self.desk)
        self.acts.full_screen = options.full_screen
        self._input = Input(self.acts)
        self._is_full = False
        self._shots = 0
        self._next_shot = options.every
        self._frames: list[float] = []

    def go(self, each: Callable[[App], None] | None = None) -> Ending:
        """Runs until the window is closed, and leaves the run saved.

        Args:
            each: is called before every frame.
        """
        # What was imported is never garbage; looking through all of it time and again would hold frames up.
        gc.collect()
        gc.freeze()
        began = last = time.perf_counter()
        clock = pygame.time.Clock()
        try:
            while not self._over(last - began):
                if each is not None:
                    each(self)
                now = time.perf_counter()
                self.frame(min(now - last, _LONGEST_S))
                last = now
                self._shoot(now - began)
                self._frames.append(time.perf_counter() - now)
                del self._frames[:-36_000]
                clock.tick(self._rate)
        finally:
            self._close()
        return Ending(self.desk.view.story, self._shots, tuple(self._frames))

    @property
    def _rate(self) -> int:
        """Returns how many frames a second are wished for."""
        view = self.desk.view
        if self.desk.looks.hidden:
            return _HIDDEN_FRAMES_PER_S
        compiling = view.story.ready is None and view.clock - view.since > COMPILING_S
        return _COMPILING_FRAMES_PER_S if compiling else FRAMES_PER_S

    def frame(self, elapsed: float) -> None:
        """Hears, acts and draws once, after so many seconds."""
        for event in pygame.event.get():
            self._hear(event)
        if self._is_full != self.acts.full_screen:
            self._fill_screen()
        self._input.tick(elapsed)
        self.desk.tick(elapsed)
        surface = self._window.get_surface()
        self._fit(surface)
        self.desk.screen.draw(surface, self._pen, self.desk.view, self.desk.eye)
        self._window.flip()
        if self.acts.picture is not None:
            self._save(self.acts.picture)
            self.acts.picture = None

    def _over(self, elapsed: float) -> bool:
        story = self.desk.view.story
        # A second run that cannot begin leaves the window open, with the reason on the stage.
        never_began = story.failed is not None and story.ready is None and self.desk.runs == 1
        limit = self._options.seconds
        return self.acts.quit or never_began or (limit is not None and elapsed >= limit)

    def _hear(self, event: pygame.Event) -> None:
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self.acts.act("quit")
        else:
            self._input.hear(event)

    def _fit(self, surface: pygame.Surface) -> None:
        """Chooses the size of text for the size of the window, and for how dense the screen is."""
        ratio = surface.get_width() / max(self._window.size[0], 1)
        wide, tall = surface.get_width() / ratio, surface.get_height() / ratio
        roomy = max(min(wide / USUAL[0], tall / USUAL[1]), 1.0) ** 0.6
        scale = round(ratio * roomy * self.acts.size, 2)
        # Never so large that the smallest layout does not fit; nor does the wish grow beyond that.
        most = min(surface.get_width() / SMALLEST[0], surface.get_height() / SMALLEST[1])
        most = max(most, 0.5)
        self.acts.size = min(self.acts.size, max(most / ratio / roomy, 1.0))
        scale = min(scale, most)
        self._input.ratio = ratio
        if scale != self._pen.scale:
            self._pen = Pen(scale)

    def _fill_screen(self) -> None:
        self._is_full = self.acts.full_screen
        if self._is_full:
            self._window.set_fullscreen(True)
        else:
            self._window.set_windowed()

    def _shoot(self, elapsed: float) -> None:
        if self._options.shots is None or elapsed < self._next_shot:
            return
        try:
            pygame.image.save(
                self._window.get_surface(), self._options.shots / f"shot-{self._shots + 1:04d}.png"
            )
        except (OSError, pygame.error) as error:
            raise RunError(f"no picture can be saved in {self._options.shots}: {error}") from None
        self._shots += 1
        self._next_shot = self._options.every * (elapsed // self._options.every + 1.0)

    def _save(self, path: Path) -> None:
        try:
            pygame.image.save(self._window.get_surface(), path)
            words = say("stage.notice.saved", file=path)
        except (OSError, pygame.error) as error:
            words = say("stage.notice.not_saved", why=error)
        self.desk.screen.hud.notice(words, self.desk.view.clock)

    def _close(self) -> None:
        story = self.desk.view.story
        try:
            last: list[Message] = self.desk.close()
            for message in last:
                story.take(message)
        finally:
            self._window.destroy()
            pygame.display.quit()


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(options: Options) -> pygame.Window:
    """Opens a window.

    Raises:
        NoDisplay: there is nothing to open it on.
    """
    chosen = os.environ.get("SDL_VIDEODRIVER") or os.environ.get("SDL_VIDEO_DRIVER")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    if sys.platform.startswith("linux") and not chosen and not _has_screen():
        if options.shots is None:
            raise NoDisplay("neither DISPLAY nor WAYLAND_DISPLAY is set")
        os.environ["SDL_VIDEODRIVER"] = "dummy"  # looking for a display would only make noise
    try:
        pygame.display.init()
        pygame.font.init()
    except pygame.error as error:
        raise NoDisplay(str(error)) from None
    if pygame.display.get_driver() in _NO_SCREEN and not chosen and options.shots is None:
        pygame.display.quit()
        raise NoDisplay("no display was found")
    try:
        window = pygame.Window("Gaitosaur", options.size, resizable=True, allow_high_dpi=True)
    except pygame.error as error:
        raise NoDisplay(str(error)) from None
    window.minimum_size = SMALLEST
    return window
