"""From genome files to a race: everybody is walked again in one world, on the same ground, by the same clock."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from creatures.faults import BadFile, Fault, bad
from sims.genomes.record import Genome, read_genome, too_long
from sims.live.field import FEWEST, MOST, Race, Racer
from sims.live.messages import Failed, Walk
from sims.live.walks import walk_of
from sims.physics.terrain import FLAT, Terrain
from sims.physics.trial import TrialSettings
from sims.runs.champion import genome_file
from sims.runs.configuration import FILE
from sims.runs.folder import RunFolder
from sims.runs.front_file import read_index

STOPS = (1, 10, 50)
"""Generations of a run that race against its champion."""


def race(paths: Sequence[Path]) -> Race:
    """Makes a race.

    Args:
        paths: two to eight genome files, or folders of finished runs, which stand for their champions; or one folder of
            a run, whose generations 1, 10, 50 and last then race, or of its front those who have a name.

    Raises:
        BadFile: with everything that is wrong.
    """
    return race_of(_read(_named(paths)))


def host_race(wire: Connection, paths: Sequence[Path]) -> None:
    """Makes a race in a process of its own, tells it, and is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        wire.send(race(paths))
    except BadFile as error:
        wire.send(Failed(tuple(error.lines()), 2))
    except OSError:  # nobody listens any more
        return
    except Exception as error:  # no traceback reaches a person
        said = " ".join(str(error).split())
        wire.send(Failed((f"{type(error).__name__}: {said} (please report this)",), 1))


def race_of(genomes: Sequence[Genome]) -> Race:
    """Makes a race of genomes; each keeps its own step and mass, so that it is the walker it was saved as.

    The ground is that of the files where all have the same; ground that is rough is measured in hip heights, so it is
    the same only for walkers as tall as each other. Otherwise it is level. The clock is that of the longest trial.

    Raises:
        BadFile: one of them cannot take part.
    """
    terrain, gravity = _ground(genomes), _gravity(genomes)
    seconds = max(genome.trial.seconds for genome in genomes)
    notes, racers = [], []
    for genome, name in zip(genomes, _names(genomes), strict=True):
        world = replace(genome.trial, terrain=terrain, gravity_scale=gravity, seconds=seconds)
        try:
            walk = _walk(genome, world)
        except ValueError as error:
            raise bad("", f"{name}: {error}") from None
        if note := _note(genome.trial, world, walk):
            notes.append(f"{name} {note}")
        racers.append(Racer(name, genome.skeleton(), genome.species.look, walk))
    words = "level ground" if terrain.kind == "flat" else f"the {terrain.kind} of their files"
    return Race(tuple(racers), seconds, words, gravity, tuple(notes))


def _note(own: TrialSettings, world: TrialSettings, walk: Walk) -> str:
    """Returns what is not as it was in a file, or for others in the race; empty where all is."""
    home = (own.terrain, own.gravity_scale) == (world.terrain, world.gravity_scale)
    if walk.is_recording and own != world:
        return "is played from its recording, in the world and for the time of its own file."
    return "" if home else "is on other ground, or under another gravity, than its own."


def _walk(genome: Genome, world: TrialSettings) -> Walk:
    """Returns the walk in the world of the race, with the verdict of the file in its own.

    Raises:
        ValueError: it cannot be walked there, in words.
    """
    own = walk_of(genome)
    if world == genome.trial or own.is_recording:
        return own
    if problem := too_long(world, genome.skeleton()):
        raise ValueError(problem)
    again = walk_of(replace(genome, trial=world, recording=None))
    return replace(again, verdict=own.verdict)


def _ground(genomes: Sequence[Genome]) -> Terrain:
    grounds = {genome.trial.terrain for genome in genomes}
    tall = {genome.skeleton().hip_height for genome in genomes}
    return grounds.pop() if len(grounds) == 1 and len(tall) == 1 else FLAT


def _gravity(genomes: Sequence[Genome]) -> float:
    known = {genome.trial.gravity_scale for genome in genomes}
    return known.pop() if len(known) == 1 else 1.0


def _names(genomes: Sequence[Genome]) -> list[str]:
    """Returns a name for each: no longer than is needed to tell them apart."""
    forms = (
        lambda one: one.species.title,
        lambda one: f"{one.species.title}, seed {one.origin.seed}",
        lambda one: f"{one.species.title}, generation {one.origin.generation}",
        lambda one: (
            f"{one.species.title}, seed {one.origin.seed}, generation {one.origin.generation}"
        ),
    )
    for form in forms:
        names = [form(one) for one in genomes]
        if len(set(names)) == len(names):
            return names
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        names[place] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return names


def _named(paths: Sequence[Path]) -> list[Path]:
    """Returns the genome files that are meant."""
    if len(paths) == 1 and (paths[0] / FILE).is_file():
        found = _front(paths[0]) or _generations(paths[0])
    else:
        found = [genome_file(path) for path in paths]
    if not FEWEST <= len(found) <= MOST:
        raise bad("", f"a race is between {FEWEST} and {MOST} walkers; here are {len(found)}")
    return found


def _front(folder: Path) -> list[Path]:
    """Returns the walkers of a finished front that have a name, from the gentlest to the fastest; none without one."""
    index = read_index(folder)
    named = [] if index is None else [folder / one.file for one in index.walkers if one.names]
    return named if len(named) >= FEWEST else []


def _generations(folder: Path) -> list[Path]:
    files = RunFolder(folder)
    kept = sorted((folder / "champions").glob("gen-*.json"))
    last = files.best if files.best.is_file() else kept[-1] if kept else None
    stops = [files.champion(number) for number in STOPS]
    found = [path for path in stops if path.is_file() and path != last]
    return [*found, *([last] if last is not None else [])]


def _read(paths: Sequence[Path]) -> list[Genome]:
    """Reads all files, and tells everything that is wrong with any."""
    found: list[Genome] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            found.append(read_genome(path))
        except BadFile as error:
            faults += error.faults
    if faults:
        raise BadFile(list(dict.fromkeys(faults)))
    return found
