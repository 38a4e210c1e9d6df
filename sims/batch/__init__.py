"""A study: a grid of runs, made headless, with every core busy until the last of them is done.

ready.py      ready experiments, from experiments/*.toml
study.py      what a study is, and the grid it stands for
checks.py     STUDY.toml read: everything that is wrong with it
folder.py     the folder of a study
walks.py      the walks with which its runs begin
driver.py     which cell goes on when, with how many workers; who died, who failed
work.py       what is left to do, and how long it will take
slot.py       the driver's end of one cell
cell.py       the cell's end: a run in a process of its own
messages.py   what passes between the two
events.py     what a listener is told
status.py     how a study stands, from its files alone
estimate.py   how long a study will take, from a few trials
"""
