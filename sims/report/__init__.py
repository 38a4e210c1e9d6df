"""A report: one HTML file that says what a run or a study found, with the animals walking in it.

material.py    what a report is made from: settings, their runs, what came of each
gather.py      from a run folder or a study folder to that
curves.py      a history read once and thinned to what a screen can show
words.py       names and units of what is told, and how numbers are written
statistics.py  intervals over seeds, paired comparisons, and the correction for many of them
rows.py        the tidy table, one row a run, and the JSON document
walker.py      one champion to be shown: its walk and its looks
animation.py   that, packed for the page
svg.py         scales, ticks and text of small drawings
figures.py     the figures over many runs
gait.py        the figures of one champion: moments of a stride, feet, joints, terms
pieces.py      tables, lists and boxes of the page
said.py        what is said in plain sentences
showing.py     the walkers on the page
telling.py     all else on it
page.py        the whole page; page.css and page.js go into it as they are
"""
