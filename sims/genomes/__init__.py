"""Saved genomes: written, read with suspicion, walked again, and the verdict.

schema.py     the shape of a genome file, every value with its bounds
record.py     a genome file: written and read
recording.py  a walk packed small, for where it cannot be simulated again
replay.py     EXACT, DIFFERS FROM STEP k, or UNVERIFIABLE HERE
"""
