"""Creatures know animals: bones, joints, muscles, and how a list of numbers makes the muscles fire.

Nothing here knows of search, physics engines or pictures.

plans/*.toml       body plans: how such an animal is built
species/*.toml     species: what is known of one animal
faults.py          what is wrong with a file: every fault at once, with file and line
textfile.py        reading TOML a person wrote
species_model.py   the shape of a complete species, every value with its bounds
species_checks.py  what no single value shows: circles, missing parts, masses that do not add up
species_words.py   faults in plain words
species.py         a name or a file -> a checked species
variants.py        an animal with one thing changed and its mass equal: a stiff tail, no tail
skeleton.py        bones, joints, muscles, limbs: frozen, in one canonical order, SI units
anatomy.py         pure rules: inertia, strength, moment arms
posture.py         the order of the bones, and the pose in which the feet are under the centre of mass
assemble.py        species -> skeleton: bones, joints, muscles by stated rules
rig.py             a skeleton as flat arrays, for compiled code
compiled.py        the one door to numba
muscle.py          compiled: force from length and speed, activation, metabolic power
actuation.py       compiled: wished torques -> excitation -> pull on the bones
genome.py          genes by name, their bounds, and what each stands for
controllers/       one a file: from what is felt to the torques that are wished
outline/           a pose -> the drawn animal, as polygons in metres
"""
