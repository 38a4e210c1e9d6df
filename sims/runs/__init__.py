"""A run on disk: started, killed, resumed, crowned.

configuration.py  everything a result depends on, resolved and checked
asked.py          what a person asks of a run, in words and numbers
earlier.py        a walk that was found, as the beginning of another run
run.py            how a run begins, begins anew, and is taken up
driver.py         a run under way, to its champion
folder.py         the run's folder and what lies in it
lock.py           one process to a folder
history.py        one line a generation; what depends on the clock apart
knobs.py          what may be turned while it is under way, and the log of it
elites.py         the best guesses so far, from which the champion comes
workers.py        many units, few workers, results in order, whoever dies
pool.py           the executors, and what happens inside a worker
crown.py          who becomes champion, and its record
events.py         what a listener is told
interrupt.py      SIGTERM as Ctrl-C
"""
