"""The searches, one a file, behind one ask and tell.

* `base`: what all of them share: counting, trimming to the budget, saving.
* `cma`: several short starts, the best deepened; the default.
* `start`: one of those starts.
* `ga`: select, blend, mutate; the one to watch and learn from.
* `hill`: keep the better of two and change it slightly; the simplest learner there is.
* `nsga`: several goals at once: a front of guesses that nobody beats in all of them.
"""

from evo.box import Box
from evo.chance import State
from evo.settings import SearchSettings
from evo.strategies.base import Strategy
from evo.strategies.cma import SeveralStarts
from evo.strategies.ga import Breeding
from evo.strategies.hill import Climbing
from evo.strategies.nsga import Spreading

STRATEGIES: dict[str, type[Strategy]] = {
    "cma": SeveralStarts,
    "ga": Breeding,
    "hill": Climbing,
    "nsga2": Spreading,
}


def make_strategy(settings: SearchSettings, box: Box, state: State | None = None) -> Strategy:
    """Returns the search that the settings name, new, or as it was when `state` was saved.

    Raises:
        ValueError: there is no search of that name, or the state is another search's.
    """
    if settings.strategy not in STRATEGIES:
        known = ", ".join(sorted(STRATEGIES))
        raise ValueError(f"no search is called {settings.strategy!r}: choose one of {known}")
    strategy = STRATEGIES[settings.strategy](settings, box)
    if state is not None:
        strategy.restore(state)
    return strategy
