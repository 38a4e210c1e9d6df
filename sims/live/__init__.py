"""A run in a process of its own, and what passes between it and whoever watches.

messages.py  what is said, in both directions; light to import
session.py   the watcher's end: starts the process, hears, asks
host.py      the run's end: lets the run go on, tells what happens, and obeys
projector.py walks shown beside the run, in a thread of its own
walks.py     genomes walked again for the watcher, proved to be the walks that were scored
tell.py      from what a run says to what a watcher hears
lineage.py   who descends from whom

Whoever watches imports `messages` and `session` only: neither brings the physics or the search along.
"""
