"""How far the world has gone by, in pixels, for what scrolls but does not grow: textures and far country."""

from __future__ import annotations

from dataclasses import dataclass

from sims.window.camera import Camera


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What was true when the scale was last another."""

    scale: float
    """Pixels in a metre."""
    middle: float
    """Metres: the middle of the frame."""
    moved: float
    """Pixels gone by."""


class Drift:
    """Follows one camera: what goes by depends on where it looks alone, and zooming moves nothing."""

    def __init__(self) -> None:
        self._anchor: _Anchor | None = None

    def moved(self, camera: Camera) -> float:
        """Returns how many pixels the ground in the middle of the frame has gone to the left since x = 0."""
        middle = camera.left + 0.5 * camera.width / camera.scale
        anchor = self._anchor or _Anchor(camera.scale, 0.0, 0.0)
        moved = anchor.moved + (middle - anchor.middle) * anchor.scale
        if self._anchor is None or camera.scale != anchor.scale:
            self._anchor = _Anchor(camera.scale, middle, moved)
        return moved
