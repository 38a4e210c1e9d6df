"""The quantities of the walk on stage, read once, and the choices that are offered of them."""

from __future__ import annotations

from collections.abc import Mapping

from creatures.skeleton import Skeleton
from sims.live.messages import Walk
from sims.physics.quantities import Quantity, column, quantities
from sims.window.view import View

MOST = 6
"""Curves at a time: more than eyes can tell apart."""
PRESETS = ("speed", "heights", "angles", "loads", "ground", "muscles", "pulls", "energy")
"""Choices that are offered as buttons."""


class Measured:
    """Reads the quantities of one walk after the other."""

    def __init__(self) -> None:
        self._walk: Walk | None = None
        self._found: dict[str, Quantity] = {}
        self._presets: dict[str, tuple[str, ...]] = {}

    def read(self, view: View) -> Mapping[str, Quantity]:
        """Returns the quantities of the walk on stage by name; none without a walk."""
        walk, skeleton = view.walk, view.story.ready.skeleton if view.story.ready else None
        if walk is None or skeleton is None:
            return {}
        if walk is not self._walk:
            found = quantities(skeleton, walk.trajectory)
            self._found = {one.name: one for one in found}
            self._presets = _presets(skeleton, self._found)
            self._walk = walk
        return self._found

    def presets(self, view: View) -> Mapping[str, tuple[str, ...]]:
        """Returns the choices that can be offered of this walk: name -> quantities."""
        self.read(view)
        return self._presets

    def chosen(self, view: View) -> list[Quantity]:
        """Returns what is to be drawn: what was chosen, or the speed before anybody has."""
        found = self.read(view)
        names = [name for name in view.looks.curves if name in found]
        return [found[name] for name in names or self._presets.get("speed", ())]


def _presets(skeleton: Skeleton, found: Mapping[str, Quantity]) -> dict[str, tuple[str, ...]]:
    joints = [column(skeleton.joints[j].name) for j in skeleton.limbs[0].joints]
    feet = [name for name in found if name.startswith("ground_") and name.endswith("_up_n")]
    offered = {
        "speed": ["speed_m_s"],
        "heights": ["hip_height_m", "com_y_m"],
        "angles": [f"{name}_angle_rad" for name in joints],
        "loads": [f"{name}_load_n" for name in joints],
        "ground": feet[1:] + feet[:1],
        "muscles": _strongest("activation", found),
        "pulls": _strongest("muscle_force", found),
        "energy": ["kinetic_j"],
    }
    return {name: tuple(names[:MOST]) for name, names in offered.items() if names}


def _strongest(group: str, found: Mapping[str, Quantity]) -> list[str]:
    """Returns the muscles of the near side that do most, in their own order."""
    some = [one for one in found.values() if one.group == group and "_right_" not in one.name]
    most = sorted(some, key=lambda one: -float((one.values**2).mean()))[:MOST]
    return [one.name for one in some if one in most]
