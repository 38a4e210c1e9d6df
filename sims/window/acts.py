"""What each action does; their keys and words are in `keys.py` and words/<language>/keys.toml."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from creatures.faults import BadFile
from sims.live.messages import Rest
from sims.window import keeping
from sims.window.another import begin_another
from sims.window.desk import Desk
from sims.window.keys import BY_NAME, shown
from sims.window.playback import MAX
from sims.window.view import Act, Begin, Choose, Draw, Follow, Intent, See, Seek, Turn
from sims.window.watching import Watching
from sims.window.words import say

_ZOOM = 1.25
_LARGER = 1.1


class Acts:
    """Does what a key, a click or the wheel means.

    Attributes:
        quit: whether the window is to be closed.
        size: times the usual size of text.
        full_screen: whether the window is to fill the screen.
        picture: where the next picture of the window is to be saved.
        film: where the window is being filmed to; None while it is not.
        back: whether to go back to what was on screen before a file was opened.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.quit = False
        self.size = 1.0
        self.full_screen = False
        self.picture: Path | None = None
        self.film: Path | None = None
        self.back = False

    def do(self, intent: Intent) -> None:
        """Does what is meant."""
        desk, director = self.desk, self.desk.director
        match intent:
            case Act(name):
                self.act(name)
            case See(key):
                director.pin(key)
            case Seek(time):
                desk.view.playback.seek(time)
            case Draw(names):
                desk.looks.curves = names
            case Follow(racer):
                desk.looks.followed = -1 if desk.looks.followed == racer else racer
                desk.looks.follow = True
            case Turn(knob):
                desk.session.ask(knob)
                self._say(say("stage.notice.turned"))
                if desk.looks.overlay:
                    desk.screen.overlays[desk.looks.overlay].choose(Choose("turned"), desk.view)
            case Begin():
                self._begin(intent)
            case Choose():
                if desk.looks.overlay:
                    desk.screen.overlays[desk.looks.overlay].choose(intent, desk.view)

    def act(self, name: str) -> None:
        """Does the action of a name in `keys.ACTIONS`."""
        method: Callable[[], None] = getattr(self, f"_{name}")
        method()

    # Playing

    def _pause(self) -> None:
        playback = self.desk.view.playback
        playback.paused = not playback.paused

    def _step(self) -> None:
        self.desk.view.playback.step(1)

    def _step_back(self) -> None:
        self.desk.view.playback.step(-1)

    def _faster(self) -> None:
        self.desk.view.playback.faster(1)

    def _slower(self) -> None:
        self.desk.view.playback.faster(-1)

    def _normal_speed(self) -> None:
        self.desk.view.playback.speed = 1.0

    def _top_speed(self) -> None:
        self.desk.view.playback.speed = MAX

    def _again(self) -> None:
        self.desk.view.playback.restart()

    def _loop(self) -> None:
        looks = self.desk.looks
        looks.loop = not looks.loop
        if looks.loop and self.desk.view.playback.ended:
            self.desk.view.playback.restart()

    def _live(self) -> None:
        self.desk.director.go_live(self.desk.view.story)
        self.desk.view.playback.paused = False

    def _earlier(self) -> None:
        self.desk.director.move(self.desk.view.story, -1)

    def _later(self) -> None:
        self.desk.director.move(self.desk.view.story, 1)

    def _next_walker(self) -> None:
        self.desk.director.next_walker()

    def _side_by_side(self) -> None:
        self.desk.looks.lanes = not self.desk.looks.lanes
        self.desk.view.playback.restart()

    def _one_lane(self) -> None:
        self.desk.looks.together = not self.desk.looks.together

    def _next_racer(self) -> None:
        race, looks = self.desk.view.race, self.desk.looks
        if race is not None:
            looks.followed = (looks.followed + 2) % (len(race.racers) + 1) - 1
            looks.follow = True

    # Looking

    def _follow(self) -> None:
        looks = self.desk.looks
        if looks.follow:
            self.desk.stand()
        looks.follow = not looks.follow

    def _zoom_in(self) -> None:
        self.desk.eye.zoomed(_ZOOM)

    def _zoom_out(self) -> None:
        self.desk.eye.zoomed(1.0 / _ZOOM)

    def _home(self) -> None:
        self.desk.eye.home()
        self.desk.looks.follow = True

    def _muscles(self) -> None:
        self.desk.looks.muscles = not self.desk.looks.muscles

    def _joints(self) -> None:
        self.desk.looks.joints = not self.desk.looks.joints

    def _feet(self) -> None:
        self.desk.looks.feet = not self.desk.looks.feet

    def _forces(self) -> None:
        self.desk.looks.forces = not self.desk.looks.forces

    def _path(self) -> None:
        self.desk.looks.path = not self.desk.looks.path

    def _bones(self) -> None:
        self.desk.looks.bones = not self.desk.looks.bones

    def _ghosts(self) -> None:
        self.desk.looks.ghosts = not self.desk.looks.ghosts

    def _charts(self) -> None:
        self.desk.looks.charts = not self.desk.looks.charts

    def _curves(self) -> None:
        self._lay("curves")

    def _hide(self) -> None:
        self.desk.looks.hidden = not self.desk.looks.hidden

    # The run

    def _lesson(self) -> None:
        self._lay("lesson")

    def _family(self) -> None:
        self._lay("family")

    def _knobs(self) -> None:
        self._lay("knobs")

    def _dinosaurs(self) -> None:
        self._lay("dinosaurs")

    def _rest(self) -> None:
        desk = self.desk
        if desk.view.story.over or desk.view.story.ready is None:
            return
        desk.looks.resting = not desk.looks.resting
        desk.session.ask(Rest(desk.looks.resting))

    def _save(self) -> None:
        view = self.desk.view
        if view.walk is None or view.story.ready is None:
            self._say(say("stage.notice.nothing_yet"))
            return
        try:
            path = keeping.save_genome(view.story.ready, view.walk.key)
        except OSError as error:
            self._say(say("stage.notice.not_saved", why=error.strerror or error))
            return
        said = "stage.notice.only_best" if path is None else "stage.notice.saved"
        self._say(say(said, file=path, key=shown(BY_NAME["next_walker"].keys[0])))

    def _picture(self) -> None:
        try:
            self.picture = self.desk.new_file(".png")
        except OSError as error:
            self._say(say("stage.notice.not_saved", why=error.strerror or error))
            return
        if self.picture is None:
            self._say(say("stage.notice.nothing_yet"))

    def _film(self) -> None:
        if self.film is not None:
            self.film = None
            return
        view = self.desk.view
        try:
            self.film = self.desk.new_file(".mp4")
        except OSError as error:
            self._say(say("stage.notice.not_saved", why=error.strerror or error))
            return
        if self.film is None:
            self._say(say("stage.notice.nothing_yet"))
        elif view.playback.paused:
            view.playback.paused = False

    # The window

    def _help(self) -> None:
        self._lay("help")

    def _full_screen(self) -> None:
        self.full_screen = not self.full_screen

    def _larger(self) -> None:
        self.size = min(self.size * _LARGER, 2.0)

    def _smaller(self) -> None:
        self.size = max(self.size / _LARGER, 0.75)

    def _close_panel(self) -> None:
        if not self.desk.looks.overlay:
            self.back = True
        self.desk.looks.overlay = ""

    def _quit(self) -> None:
        self.quit = True

    def _lay(self, name: str) -> None:
        looks = self.desk.looks
        looks.overlay = "" if looks.overlay == name else name

    def _begin(self, wish: Begin) -> None:
        assert isinstance(self.desk, Watching)  # only there can it be wished
        try:
            begin_another(self.desk, wish)
        except BadFile as error:
            self._say(error.lines()[0])

    def _say(self, words: str) -> None:
        self.desk.notice(words)
