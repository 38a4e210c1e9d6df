"""The stage: one walk, or four side by side, with everything round the animal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame
from pygame import Rect

from creatures.skeleton import Skeleton
from creatures.species_model import Look
from sims.live.messages import Floats, Walk
from sims.window.camera import Camera
from sims.window.eye import Eye, followed, frame_at, ground_under
from sims.window.palette import INK, mix
from sims.window.pen import Pen
from sims.window.stage.animal import Animal
from sims.window.stage.flags import Flag
from sims.window.stage.forces import Forces, draw_path
from sims.window.stage.ground import Ground
from sims.window.stage.person import draw_person
from sims.window.stage.scenery import Scenery
from sims.window.stage.standing import standing
from sims.window.view import Looks

_GHOST = mix(INK, (120, 150, 175), 0.75)
_GHOST_ALPHA = (95, 70, 50)
"""The youngest first."""
_WORDS = 84
"""Points at the upper edge of the stage that are written on."""
MOST_LANES = 4
_LEAST = 8
"""Pixels: a frame that is narrower or lower shows nothing."""
_PERSON_AT = 0.075
"""Share of the frame's width: where the person stands."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen in one frame of the stage."""

    walk: Walk | None
    """None before there is any: then the animal stands."""
    time: float
    """Seconds since the walk began; since the window opened while there is none."""
    ghosts: Sequence[Walk] = ()
    """Earlier walks on the same clock, the youngest first."""
    flags: Sequence[Flag] = ()
    person: bool = True
    """Whether a person stands by."""
    ruler: bool = True
    """Whether metres are written along the ground."""


class Stage:
    """Draws one species in its world."""

    def __init__(self, pen: Pen, skeleton: Skeleton, look: Look) -> None:
        self.skeleton = skeleton
        self.animal = Animal(skeleton, look)
        self._pen = pen
        self._span = self.animal.span(standing(skeleton))
        self._forces = Forces(pen, skeleton)
        # One for each lane: both remember what they drew last.
        self._sceneries = [Scenery(pen) for _ in range(MOST_LANES)]
        self._grounds = [Ground(pen) for _ in range(MOST_LANES)]

    def camera(self, rect: Rect, scene: Scene, eye: Eye, follow: bool) -> Camera:
        """Returns how the scene is looked at."""
        at, ground = 0.0, 0.0
        if scene.walk is not None:
            at = followed(scene.walk, scene.time) if follow else eye.standing_at
            ground = ground_under(scene.walk, at)
        return eye.camera(rect, self._span, at, ground, self._pen.px(_WORDS))

    def draw(
        self,
        surface: pygame.Surface,
        rect: Rect,
        scene: Scene,
        eye: Eye,
        looks: Looks,
        lane: int = 0,
    ) -> Camera:
        """Draws a scene into a frame.

        Args:
            surface: the window.
            rect: the frame.
            scene: what is to be seen.
            eye: how it is looked at.
            looks: what is switched on.
            lane: which of several frames that are drawn one after the other.

        Returns:
            How it was looked at. In a frame of next to no size nothing is drawn.
        """
        if min(rect.size) < _LEAST:
            return self.camera(Rect(rect.topleft, (_LEAST, _LEAST)), scene, eye, looks.follow)
        camera = self.camera(rect, scene, eye, looks.follow)
        self.paint(surface, camera, scene, looks, lane)
        return camera

    def paint(
        self,
        surface: pygame.Surface,
        camera: Camera,
        scene: Scene,
        looks: Looks,
        lane: int = 0,
    ) -> None:
        """Draws a scene as a camera sees it, and nothing outside its frame."""
        before = surface.get_clip()
        surface.set_clip(Rect(camera.x, camera.y, camera.width, camera.height).clip(before))
        try:
            self.world(surface, camera, scene, looks, lane)
            self.walker(surface, camera, scene, looks)
        finally:
            surface.set_clip(before)

    def world(
        self,
        surface: pygame.Surface,
        camera: Camera,
        scene: Scene,
        looks: Looks,
        lane: int = 0,
    ) -> None:
        """Draws everything but the animal itself."""
        walk, time = scene.walk, scene.time
        ground = self._grounds[lane]
        middle = camera.left + 0.5 * camera.width / camera.scale
        at = 0.0 if walk is None else ground_under(walk, middle)
        self._sceneries[lane].draw(surface, camera, at)
        ground.draw(surface, camera, walk, self.skeleton, time, scene.ruler, prints=looks.feet)
        if scene.person:
            self._person(surface, camera, walk)
        ground.flags(surface, camera, scene.flags, walk)
        for ghost, alpha in zip(scene.ghosts, _GHOST_ALPHA, strict=False):
            pose = ghost.trajectory.poses[frame_at(ghost, time)]
            self.animal.ghost(surface, camera, pose, _GHOST, alpha)

    def walker(self, surface: pygame.Surface, camera: Camera, scene: Scene, looks: Looks) -> None:
        """Draws the animal alone, with what of it is switched on."""
        walk, time = scene.walk, scene.time
        if walk is None:
            pose = standing(self.skeleton, time)
            self.animal.draw(surface, camera, self._pen, pose, bones=looks.bones)
            return
        frame = frame_at(walk, time)
        track = walk.trajectory
        self.animal.draw(
            surface,
            camera,
            self._pen,
            pose_at(walk, time),
            track.activation[frame] if looks.muscles else None,
            track.joint_load[frame] if looks.joints else None,
            looks.bones,
        )
        if looks.path:
            draw_path(surface, camera, self._pen, walk, time)
        if looks.forces:
            self._forces.draw(surface, camera, walk, time)

    def _person(self, surface: pygame.Surface, camera: Camera, walk: Walk | None) -> None:
        x = camera.left + _PERSON_AT * camera.width / camera.scale
        ground = 0.0 if walk is None else ground_under(walk, x)
        draw_person(surface, camera, self._pen, x, ground)


def pose_at(walk: Walk, time: float) -> Floats:
    """Returns (b, 3) the pose at a time: as it was simulated where a frame is, between two frames on the way."""
    track = walk.trajectory
    frame = frame_at(walk, time)
    share = time / track.frame_time - frame
    here: Floats = track.poses[frame]
    if share >= 1e-6 and frame + 1 < len(track):
        here = here + share * (track.poses[frame + 1] - here)
    return here
