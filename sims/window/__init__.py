"""The windows: a run watched live, saved walks, a race. The only room that imports pygame; it computes no physics.

app.py        the loop: hear, act, draw
desk.py       what is watched: who tells of walks, what is known, what is on stage
watching.py   a run under way; player/ saved walks; race/ a race of them
story.py      what is known of a run so far
director.py   which walk is on stage
playback.py   the clock of the picture
keys.py       every action and its keys: one table for the windows, their help and `gaitosaur keys`
words.py      what is written on screen, from words/<language>/*.toml
palette.py    colours that colour-blind people can tell apart
pen.py        text and smooth shapes
screen.py     everything in a window, drawn; layout.py says what goes where
camera.py     metres to pixels
stage/        the animal and its world
panels/       what is round the stage
overlays/     what is laid over it when asked for
"""

from __future__ import annotations

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # stdout is for results
