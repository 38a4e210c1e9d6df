"""Saved walks, played for a watcher: one genome file, or the champions of a run's folder. Nothing is evolved."""

from __future__ import annotations

import contextlib
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from creatures.faults import BadFile, bad
from sims.genomes.record import Genome, read_genome
from sims.live.messages import (
    Failed,
    Message,
    Probe,
    Ready,
    Robust,
    Rules,
    Show,
    Stop,
    Walk,
    WalkKey,
)
from sims.live.projector import Projector
from sims.live.tell import crowned_of, front_of_index, genes_of, ready_of
from sims.live.walks import probed, scored_of, walk_of
from sims.runs.configuration import read_configuration
from sims.runs.folder import RunFolder, open_folder
from sims.runs.front_file import read_index, walker_file
from sims.runs.knobs import read_turns


def play(wire: Connection, path: Path) -> None:
    """Opens a genome file or a run's folder, and shows walks of it until nobody listens any more.

    Args:
        wire: what is said on it is in `sims.live.messages`.
        path: what a person named.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the watcher, who then hangs up
    with contextlib.suppress(EOFError, OSError):
        try:
            shelf = open_shelf(path)
            for message in shelf.opening():
                wire.send(message)
        except BadFile as error:
            wire.send(Failed(tuple(error.lines()), 2))
            return
        except Exception as error:  # no traceback reaches a person
            said = " ".join(str(error).split())
            wire.send(Failed((f"{type(error).__name__}: {said} (please report this)",), 1))
            return

        def say(message: Message) -> None:
            with contextlib.suppress(OSError):  # nobody listens any more: `recv` knows
                wire.send(message)

        projector = Projector(shelf.show, shelf.probe, say)
        while not isinstance(wish := wire.recv(), Stop):
            if isinstance(wish, Show | Probe):
                projector.ask(wish)


def open_shelf(path: Path) -> Shelf:
    """Opens what a person named.

    Raises:
        BadFile: it is neither a genome file nor the folder of a run.
    """
    return RunShelf(path) if path.is_dir() else FileShelf(path)


class Shelf:
    """Saved walks by their keys."""

    def opening(self) -> list[Message]:
        """Returns what a watcher hears first.

        Raises:
            BadFile: it cannot be read.
        """
        raise NotImplementedError

    def genome(self, key: WalkKey) -> Genome:
        """Returns the genome of a walk.

        Raises:
            ValueError: nothing of it was kept, in words.
            BadFile: its file cannot be read.
        """
        raise NotImplementedError

    def show(self, key: WalkKey) -> Walk:
        """Returns a walk with its verdict; see `genome` for what it may raise."""
        return walk_of(self.genome(key), key)

    def probe(self, key: WalkKey) -> Robust:
        """Returns how a walk does in the worlds of the gate: as its file has it, or tried now."""
        genome = self.genome(key)
        if genome.gate is not None:
            gate = genome.gate
            return Robust(key, gate.robust, dict(gate.kept), gate.passes)
        return probed(genome.skeleton(), scored_of(genome, key))


class FileShelf(Shelf):
    """One genome file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._genome: Genome | None = None

    def opening(self) -> list[Message]:
        """See `Shelf`."""
        genome = self._genome = read_genome(self._path)
        key = WalkKey(genome.origin.generation, "file")
        ready = Ready(
            folder=self._path.absolute().parent,
            skeleton=genome.skeleton(),
            look=genome.species.look,
            title=genome.species.title,
            seed=genome.origin.seed,
            strategy=genome.origin.strategy,
            rules=Rules(
                genome.trial.gravity_scale, genome.objective.name, dict(genome.objective.weights)
            ),
            genes=genes_of(genome.table()),
            seconds=genome.trial.seconds,
            budget=0,
            guesses=0,
            workers=0,
            file=self._path,
            first=key,
        )
        return [ready]

    def genome(self, key: WalkKey) -> Genome:
        """See `Shelf`."""
        if key.who != "file" or self._genome is None:
            raise ValueError("this file has one walk only")
        return self._genome


class RunShelf(Shelf):
    """The champions of a run, finished or not; it may still be going on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = RunFolder(path)
        self._animal = ""
        """Digest of the species of the run."""

    def opening(self) -> list[Message]:
        """See `Shelf`."""
        files = open_folder(self._path)
        configuration = read_configuration(files.configuration)
        self._animal = configuration.species.digest()
        history = files.history.documents()
        made = len(history)
        turns = [turn for turn in read_turns(files.knobs) if turn[0] <= made]
        champion = files.read_best()
        if not history and champion is None:
            raise bad(str(self._path), "has no generation yet: there is nothing to see")
        said: list[Message] = [ready_of(self._path, configuration, history, turns, 0)]
        if champion is not None:
            said.append(crowned_of(champion, files.best))
        index = read_index(self._path)
        if index is not None:
            said.append(front_of_index(index))
        return said

    def genome(self, key: WalkKey) -> Genome:
        """See `Shelf`."""
        if key.who not in ("best", "champion", "front"):
            raise ValueError("only the best of each generation was kept")
        if key.who == "front":
            path = walker_file(self._path, key.guess)
        elif key.who == "champion":
            path = self._files.best
        else:
            path = self._files.champion(key.generation)
        if not path.exists():
            raise ValueError("nothing of that generation was kept: no guess came to anything")
        genome = read_genome(path)
        if genome.species.digest() != self._animal:  # it would be drawn with the bones of another
            raise ValueError(f"{path.name} is of another animal than this run")
        return genome
