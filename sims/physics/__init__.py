"""One genome, one world, so many seconds: the physics of a trial.

chipmunk.py    the bridge: pymunk's C functions for compiled code
terrain.py     the ground: flat, bumps, slope, steps
world.py       a skeleton on the ground: a fresh space in one canonical order
bodies.py      compiled: reading and pushing the bodies of a space, and what touches the ground
moment.py      what is felt, wished and done at one moment of a trial
log.py         what the loop is told, and what it writes down
referee.py     compiled: has it fallen, stalled, broken or blown up?
loop.py        the compiled loop
gait.py        from when each foot was down to strides and duty factors
measure.py     from the log to named measures with units
trajectory.py  a walk as arrays, and the fingerprint that proves it
trial.py       `run_trial`: what window, batch, replay and tests all call
"""
