"""A walk in files that other programs read.

walk.py      the walk that is written, and what is told of it
table.py     every quantity against time: CSV and Parquet
arrays.py    the arrays of the trajectory: NPZ
measures.py  the measures and the score, by name and unit: JSON
opensim.py   OpenSim's motion and storage files
files.py     from the end of a file's name to its content
"""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    ".csv": "every quantity against time, as text",
    ".parquet": "the same table, typed, with units and words",
    ".npz": "the arrays of the trajectory, for NumPy",
    ".json": "measures, terms and weights, with units",
    ".mot": "joint angles in degrees, for OpenSim",
    ".sto": "muscles, joint loads and ground forces, for OpenSim",
}
"""What there is, by the end of a file's name. Light to import: the command line names them in its help."""
