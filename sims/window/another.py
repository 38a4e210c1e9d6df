"""From what was chosen in the window to the next run."""

from __future__ import annotations

from dataclasses import replace

from creatures.assemble import assemble
from sims.runs import asked as asking
from sims.window.view import Begin
from sims.window.watching import Watching


def begin_another(desk: Watching, wish: Begin) -> None:
    """Lets a run go, saved, and begins the one that was chosen.

    Raises:
        BadFile: its species cannot be read any more; the present run goes on.
    """
    before = desk.asked
    ready = desk.view.story.ready
    same = ready is not None and wish.species == ready.skeleton.name
    if same and (before.animal or before.begin_from):
        source, begin_from = before.animal, before.begin_from
    else:
        source, begin_from = wish.species, None
    asked = replace(
        before,
        animal=source,
        guesses=ready.budget if ready else before.guesses,
        seconds=ready.seconds if ready else before.seconds,
        seed=wish.seed,
        strategy=wish.strategy,
        objective=wish.objective,
        weights=(),
        search=(),
        out=None,
        resume=None,
        repeat=None,
        begin_from=begin_from,
    )
    species = asking.animal(asked)
    animal = assemble(species), species.look
    desk.begin_another(asked, animal)
