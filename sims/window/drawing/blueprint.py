"""The animal of a file as it stands, seen through its skin: bones with their lengths, muscles, the centre of mass."""

from __future__ import annotations

import math

import numpy as np
import pygame
from pygame import Rect

from creatures.known import is_guess, length_of
from creatures.outline import Outline, outline
from creatures.outline.labels import Label, bone_labels
from creatures.skeleton import Skeleton
from creatures.species import Species
from sims.window.camera import Camera
from sims.window.drawing.sketch import Sketch
from sims.window.eye import Eye
from sims.window.palette import CARD, INK, SOFT, mix
from sims.window.pen import Pen
from sims.window.stage.stage import Scene, Stage
from sims.window.stage.standing import standing
from sims.window.view import View

_PULL = 0.45
"""How bright muscles are drawn that do not pull."""
_HALO = mix(CARD, INK, 0.04)
_SIZE = 13.5
_PLUMB, _DASH = 7, 6
"""Points: half the size of the mark of the centre of mass, and the length of a dash below it."""


class Blueprint:
    """Draws what a sketch holds."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch
        self._stage: Stage | None = None
        self._outline: Outline | None = None
        self._made: tuple[Species, Pen] | None = None
        self.camera_scale = 1.0
        """Pixels in a metre, as of the last drawing: for dragging."""

    def draw(self, surface: pygame.Surface, rect: Rect, pen: Pen, view: View, eye: Eye) -> None:
        """Draws the animal into a frame."""
        species, skeleton = self._sketch.species, self._sketch.skeleton
        if self._made is None or self._made[0] is not species or self._made[1] is not pen:
            self._stage = Stage(pen, skeleton, species.look)
            self._outline = outline(skeleton, species.look)
            self._made = species, pen
        assert self._stage is not None
        assert self._outline is not None
        scene = Scene(None, 0.0)
        camera = self._stage.camera(rect, scene, eye, True)
        self.camera_scale = camera.scale
        before = surface.get_clip()
        surface.set_clip(rect.clip(before))
        try:
            self._stage.world(surface, camera, scene, view.looks)
            pull = np.full(len(skeleton.muscles), _PULL) if view.looks.muscles else None
            pose = standing(skeleton)
            animal = self._stage.animal
            animal.draw(surface, camera, pen, pose, pull, None, view.looks.bones)
            _plumb(surface, camera, pen, skeleton)
            if view.looks.bones:
                self._labels(surface, camera, pen)
        finally:
            surface.set_clip(before)

    def _labels(self, surface: pygame.Surface, camera: Camera, pen: Pen) -> None:
        species, skeleton = self._sketch.species, self._sketch.skeleton
        assert self._outline is not None
        parts = self._outline.parts(standing(skeleton))
        texts = [_text(species, skeleton, bone) for bone in range(len(skeleton.bones))]
        for label in bone_labels(skeleton, parts, texts, pen.scale / camera.scale):
            guess = is_guess(length_of(species, skeleton.bones[label.bone].kind))
            _label(surface, camera, pen, label, texts[label.bone], guess)


def _text(species: Species, skeleton: Skeleton, bone: int) -> str:
    """Returns a bone's name and length; an estimate has a tilde."""
    part = skeleton.bones[bone]
    mark = "~" if is_guess(length_of(species, part.kind)) else ""
    return f"{part.kind.replace('_', ' ')} {mark}{part.length:.{2 if part.length >= 1.0 else 3}f} m"


def _label(
    surface: pygame.Surface, camera: Camera, pen: Pen, label: Label, text: str, guess: bool
) -> None:
    """Writes beside a bone, on a patch of paper so that it can be read on any ground."""
    at = camera.px(label.at[0]), camera.py(label.at[1])
    to = camera.px(label.to[0]), camera.py(label.to[1])
    box = Rect(0, 0, pen.width(text, _SIZE) + pen.px(10), pen.height(_SIZE) + pen.px(2))
    if label.side == "above":
        box.midbottom = round(at[0]), round(at[1])
        end = box.midbottom
    elif label.side == "before":
        box.midleft = round(at[0]), round(at[1])
        end = box.midleft
    else:
        box.midright = round(at[0]), round(at[1])
        end = box.midright
    pygame.draw.aaline(surface, INK, to, end)
    pen.card(surface, box, _HALO, 5)
    pen.text(surface, text, (box.x + pen.px(5), box.y + pen.px(1)), _SIZE, SOFT if guess else INK)


def _plumb(surface: pygame.Surface, camera: Camera, pen: Pen, skeleton: Skeleton) -> None:
    """Marks the centre of mass, and drops a broken line from it to the ground."""
    x, y = (camera.px(skeleton.com[0]), camera.py(skeleton.com[1]))
    ground, dash = camera.py(0.0), pen.px(_DASH)
    for number in range(math.ceil((ground - y) / (2 * dash))):
        top = y + 2 * number * dash
        low = min(top + dash, ground)
        pygame.draw.line(surface, INK, (x, top), (x, low), max(pen.px(1.5), 1))
    radius = pen.px(_PLUMB)
    box = Rect(round(x) - radius, round(y) - radius, 2 * radius, 2 * radius)

    def mark(fine: pygame.Surface, by: int) -> None:
        whole = fine.get_rect()
        pygame.draw.circle(fine, INK, whole.center, radius * by)
        pygame.draw.circle(fine, CARD, whole.center, (radius - 2) * by)
        half = whole.width // 2
        for left, top in ((0, 0), (half, half)):
            before = fine.get_clip()
            fine.set_clip(Rect(left, top, half, half))
            pygame.draw.circle(fine, INK, whole.center, radius * by)
            fine.set_clip(before)

    pen.smooth(surface, box, mark, INK)
