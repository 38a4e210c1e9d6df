"""Evo knows search: it guesses genomes, is told their scores, and guesses better.

It knows no animal, no physics and no picture; it prints nothing and writes nothing.

* `population`: what passes between the search and its caller (batch, individual, generation).
* `settings`: everything a search can be told, checked.
* `box`: where the guesses may lie, and where they begin.
* `chance`: generators owned by a search, and how they are saved.
* `operators`: DEAP's select, blend and mutate, with honest types.
* `covariance`: DEAP's CMA-ES as one cloud of guesses, with stop rules.
* `strategies`: the searches, one a file, behind one ask and tell.
* `evolve`: the loop that asks, has the guesses evaluated, and tells.
"""
