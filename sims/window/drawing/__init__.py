"""The window of an animal that has not walked yet: what its file says, drawn anew whenever the file is saved.

sketch.py     what the file says now, and what is wrong with it
desk.py       looks again whenever the file has changed
blueprint.py  the animal, seen through its skin, with the names and lengths of its bones
facts.py      what the file says, in numbers
screen.py     what goes where
"""
