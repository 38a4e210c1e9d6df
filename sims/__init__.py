"""Sims joins creatures and search, and shows what came of it.

physics/     one genome, one world, so many seconds -> Trial
score.py     Trial -> named terms -> score; objectives are data
evaluate.py  the seam handed to the search: genome -> Evaluation
gate.py      the champion's gate: worlds it was never scored in
runs/        a run on disk: workers, checkpoints, who becomes champion
genomes/     genome files: record, recording, replay
export/      a walk in files that other programs read
study/       saved walks put to the test, and held against each other
picture/     a stride as a poster; what a study found
cli/         the command line
platform.py  what decides every bit: versions, processor, and a canary
files.py     atomic writes, strict JSON, logs that survive a torn line
errors.py    what can go wrong that is nobody's file
"""
