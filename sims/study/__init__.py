"""What is done with walks that are saved: put to the test, and held against each other.

kinds.py       the ways in which a world is changed, each by so much
perturb.py     one walk in many changed worlds
outcome.py     what came of it
compare.py     two genome files side by side
comparison.py  all that differs
said.py        both in plain sentences
"""
