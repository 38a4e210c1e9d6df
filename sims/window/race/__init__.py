"""The window of a race: saved walkers on the same ground, by the same clock, all to one scale.

desk.py       everything behind the picture
screen.py     what goes where, and the panels
track.py      the lanes, or one for all
lanes.py      how high each lane is, and how it is looked at: pure sums
standings.py  who leads, in metres and in hip heights
progress.py   distance against time of all; also the time line
hud.py        what is written over the track
"""
