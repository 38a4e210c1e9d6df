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

from sims.errors import RunError
from sims.window.acts import Acts
from sims.window.camera_man import CameraMan
from sims.window.desk import Desk
from sims.window.input import Input
from sims.window.layout import SMALLEST, USUAL
from sims.window.pen import Pen
from sims.window.player.desk import Replaying
from sims.window.story import Story
from sims.window.words import say

FRAMES_PER_S = 60
_HIDDEN_FRAMES_PER_S = 6
"""While drawing is off."""
_BUSY_FRAMES_PER_S = 15
"""While there are more urgent things to do than to draw."""
_LONGEST_S = 0.25
"""A frame that took longer (the machine slept, the window was dragged) counts as so long."""
_NO_SCREEN = ("offscreen", "dummy")
"""What SDL falls back to where there is no display."""


class NoDisplay(Exception):
    """There is nothing to open a window on."""


@dataclass(frozen=True, slots=True)
class Options:
    """How something is watched."""

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
    """How a window was left."""

    desk: Desk
    """What was watched from the beginning."""
    shots: int
    """Pictures saved."""
    frame_s: tuple[float, ...]
    """Time each of the last frames took to compute and draw, s."""

    @property
    def story(self) -> Story:
        """What is known of it."""
        return self.desk.view.story


class App:
    """One window.

    Attributes:
        desks: what is watched; on top of it, a file that was opened meanwhile.
        acts: what can be done.
    """

    def __init__(self, begin: Callable[[], Desk], options: Options) -> None:
        """Opens the window, and begins what is to be watched.

        Args:
            begin: begins it.
            options: how it is watched.

        Raises:
            NoDisplay: there is none.
        """
        self._options = options
        self._window = open_window(options)
        self._pen = Pen(1.0)
        self.desks = [begin()]
        self.acts = Acts(self.desk)
        self.acts.full_screen = options.full_screen
        self._input = Input(self.acts)
        self._camera_man = CameraMan()
        self._is_full = False
        self._shots = 0
        self._next_shot = options.every
        self._frames: list[float] = []

    @property
    def desk(self) -> Desk:
        """What is on screen."""
        return self.desks[-1]

    def go(self, each: Callable[[App], None] | None = None) -> Ending:
        """Runs until the window is closed, and leaves what was watched saved.

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
        return Ending(self.desks[0], self._shots, tuple(self._frames))

    @property
    def _rate(self) -> int:
        """Returns how many frames a second are wished for."""
        if self.desk.looks.hidden:
            return _HIDDEN_FRAMES_PER_S
        return _BUSY_FRAMES_PER_S if self.desk.busy else FRAMES_PER_S

    def frame(self, elapsed: float) -> None:
        """Hears, acts and draws once, after so many seconds."""
        for event in pygame.event.get():
            self._hear(event)
        self._go_back()
        if self._is_full != self.acts.full_screen:
            self._fill_screen()
        self._input.tick(elapsed)
        for hidden in self.desks[:-1]:
            hidden.hear()
        self.desk.tick(elapsed)
        surface = self._window.get_surface()
        self._fit(surface)
        self.desk.screen.draw(surface, self._pen, self.desk.view, self.desk.eye)
        if self.acts.picture is not None:
            self._save(self.acts.picture)
            self.acts.picture = None
        self._film(surface, elapsed)
        self._window.flip()

    def _film(self, surface: pygame.Surface, elapsed: float) -> None:
        """Films what is on screen, if that is wished, and says so where the film does not see it."""
        self.acts.film = self._camera_man.frame(surface, elapsed, self.acts.film)
        if said := self._camera_man.said():
            self.desk.notice(said)
        if self.acts.film is not None:
            self._camera_man.light(surface, self.desk.screen.places.stage, self._pen)

    def _over(self, elapsed: float) -> bool:
        limit = self._options.seconds
        late = limit is not None and elapsed >= limit
        return self.acts.quit or late or self.desks[0].never_began

    def _hear(self, event: pygame.Event) -> None:
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self.acts.act("quit")
        elif event.type == pygame.DROPFILE:
            self.open(Path(event.file))
        else:
            self._input.hear(event)

    def open(self, path: Path) -> None:
        """Plays a genome file, or a run, over what is on screen, which goes on meanwhile."""
        while len(self.desks) > 1:
            self.desks.pop().close()
        self._show(Replaying(path, guest=True))

    def _show(self, desk: Desk) -> None:
        self.desks.append(desk)
        self.acts.desk, self.acts.back = desk, False

    def _go_back(self) -> None:
        """Goes back to what was on screen before, if that is wished, or if there is nothing to be seen here."""
        wished, self.acts.back = self.acts.back, False
        if len(self.desks) == 1 or not (wished or self.desk.never_began):
            return
        guest = self.desks.pop()
        guest.close()
        self.acts.desk = self.desk
        if guest.view.story.failed is not None:
            self.desk.notice(" ".join(guest.view.story.failed.lines))

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
        self.desk.notice(words)

    def _close(self) -> None:
        try:
            self._camera_man.stop()
            for desk in reversed(self.desks):
                desk.close()
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
