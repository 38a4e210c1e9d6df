"""A process of its own for a run, for saved walks or for a race, and what passes between it and whoever watches.

messages.py  what is said, in both directions, and field.py, of a race; light to import
session.py   the watcher's end: starts the process, hears, asks
host.py      a run's end: lets the run go on, tells what happens, and obeys
player.py    saved walks: a genome file, or the champions of a run
racing.py    a race of genome files
projector.py answers what a watcher wishes to see, in a thread of its own
scored.py    what was scored in a run and can be seen again
walks.py     genomes walked again, proved to be the walks that were scored or saved
tell.py      from what a run says to what a watcher hears
lineage.py   who descends from whom

Whoever watches imports `messages`, `field` and `session` only: none brings the physics or the search along.
"""
