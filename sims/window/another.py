"""From what was chosen in the window to the next run."""

from __future__ import annotations

from dataclasses import replace

from creatures.assemble import assemble
from creatures.species import species_names
from sims.runs import asked as asking
from sims.window.view import Begin
from sims.window.watching import Watching


def begin_another(desk: Watching, wish: Begin) -> None:
    """Lets a run go, saved, and begins the one that was chosen.

    Raises:
        BadFile: its species cannot be read any more; the present run goes on.
    """
    before = desk.asked
    shipped = wish.species in species_names()
    source = wish.species if shipped else before.animal or wish.species
    ready = desk.view.story.ready
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
        begin_from=None if shipped else before.begin_from,
    )
    species = asking.animal(asked)
    animal = assemble(species), species.look
    desk.begin_another(asked, animal)
