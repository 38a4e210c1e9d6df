"""The window of saved walks: one genome file, or the champions of a run.

desk.py      everything behind the picture
director.py  which walk is on stage
screen.py    what goes where, and the panels
hud.py       what is written over the stage: who walks, and whether it is still the walk that was saved
badge.py     the verdict as a badge
top.py       the row at the top
measured.py  quantities of the walk on stage, read once
curves.py    chosen quantities against time, below the stage
chooser.py   the overlay in which they are chosen
"""
