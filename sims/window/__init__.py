"""The window: a run watched live. The only room that imports pygame; it computes no physics and no score.

app.py        the loop: hear, act, draw
story.py      what is known of the run so far
director.py   which walk is on stage
playback.py   the clock of the picture
keys.py       every action and its keys: one table for the window, its help and `gaitosaur keys`
words.py      what is written on screen, from words/<language>/*.toml
palette.py    colours that colour-blind people can tell apart
pen.py        text and smooth shapes
layout.py     what goes where
camera.py     metres to pixels
stage/        the animal and its world
panels/       what is round the stage
overlays/     what is laid over it when asked for
"""

from __future__ import annotations

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # stdout is for results
