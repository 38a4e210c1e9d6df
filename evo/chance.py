"""Chance is an argument: generators that a search owns, saves and takes up again.

Their states are whole numbers (and one float at most), so JSON keeps every bit of them.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np

State: TypeAlias = dict[str, Any]
"""Something JSON can hold. What comes back from JSON has no better type than this."""


def numpy_generator(seed: int) -> np.random.Generator:
    """Returns a generator whose algorithm is named, so that numpy may change its default."""
    return np.random.Generator(np.random.PCG64(seed))


def random_state(own: random.Random) -> list[Any]:
    """Returns the state of a generator as lists."""
    version, words, spare_gauss = own.getstate()
    return [version, list(words), spare_gauss]


def set_random_state(own: random.Random, state: list[Any]) -> None:
    """Takes up a state that `random_state` gave."""
    version, words, spare_gauss = state
    own.setstate((version, tuple(words), spare_gauss))


@contextmanager
def lent(own: random.Random) -> Iterator[None]:
    """Lends a search's own generator to the global `random`, which DEAP's operators draw from.

    Afterwards the search has its generator back, further on, and the global one is as it was.
    While it is lent, draw from `random` only, and from no other thread.
    """
    before = random.getstate()
    random.setstate(own.getstate())
    try:
        yield
    finally:
        own.setstate(random.getstate())
        random.setstate(before)
