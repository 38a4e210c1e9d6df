"""A run under way: generation after generation, each made whole on disk, and the champion at the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from creatures.faults import bad
from evo.evolve import Search
from evo.population import Batch, Generation
from sims.aims import aims_of
from sims.errors import Interrupted, RunError
from sims.evaluate import Evaluation, Unit, pushes, worlds
from sims.gate import Gate
from sims.genomes.record import Genome, write_genome
from sims.genomes.replay import rerun
from sims.physics.trajectory import fingerprint
from sims.physics.trial import TrialSettings, run_trial
from sims.runs.configuration import Configuration
from sims.runs.crown import crown, genome_of
from sims.runs.elites import Elites, Guess, elites_from, guesses_of
from sims.runs.events import (
    Finished,
    GenerationDone,
    Listener,
    RunResult,
    Started,
    Turned,
    nobody,
)
from sims.runs.folder import RunFolder
from sims.runs.front import Front, front_from
from sims.runs.front_file import read_index
from sims.runs.gathering import Gathered, gather
from sims.runs.history import Pace, history_line
from sims.runs.interrupt import terminable
from sims.runs.knobs import Knobs, Turn, read_turns
from sims.runs.pool import MakeExecutor
from sims.runs.workers import Stopped, Workers
from sims.score import Objective


class Run:
    """A run under way.

    Attributes:
        configuration: as it was begun.
    """

    def __init__(
        self,
        files: RunFolder,
        configuration: Configuration,
        workers: int,
        make: MakeExecutor | None = None,
    ) -> None:
        """Takes up what the folder holds and locks it; use `start` or `resume`."""
        self.configuration = configuration
        self._present = configuration
        self._knobs = Knobs(files.knobs)
        self._files = files
        self._champion = files.read_best()
        self._workers = Workers(workers, configuration.task(), make=make)
        self._lock = None if self._champion else files.lock()
        try:
            found = None if self._champion else files.read_checkpoint(configuration.digest())
            self._take_up(found)
            self._take_up_turns(0 if found is None else found.get("turns", 0))
        except BaseException:
            self.close()
            raise

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._files.path

    @property
    def finished(self) -> bool:
        """Whether its champion is written, so that `go` has nothing to do."""
        return self._champion is not None

    @property
    def trial(self) -> TrialSettings:
        """The base world that guesses are tried in now; turns that wait are not in it."""
        return self._present.trial

    @property
    def objective(self) -> Objective:
        """What guesses are scored by now; turns that wait are not in it."""
        return self._present.objective

    @property
    def guesses(self) -> int:
        """Guesses made so far."""
        return self._search.guesses

    @property
    def workers(self) -> int:
        """Processes that work on guesses."""
        return self._workers.count

    def history(self) -> list[dict[str, Any]]:
        """Returns the lines of the history so far."""
        return self._files.history.documents()

    def turns(self) -> list[tuple[int, Turn]]:
        """Returns the turns of the knobs so far, each with the first generation made with it."""
        made = len(self.history()) if self.finished else self._search.generation
        return [line for line in read_turns(self._files.knobs) if line[0] <= made]

    def turn(self, turn: Turn) -> None:
        """Turns knobs, from the next generation on; after the last one nothing comes of it.

        May be called from another thread.
        """
        self._knobs.turn(turn)

    def stop(self) -> None:
        """Makes `go` raise `Interrupted` soon; may be called from another thread."""
        self._workers.stop()

    def close(self) -> None:
        """Lets another process take the run up; `go` does it at its end."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def go(self, listener: Listener = nobody) -> RunResult:
        """Makes all guesses that are left, sends the best to the gate, and writes the champion.

        Args:
            listener: is told what happens, in this thread.

        Raises:
            Interrupted: by Ctrl-C, SIGTERM or `stop`.
            RunError: no guess came to anything, no worker can start, or something cannot be written.
        """
        if self._lock is None and not self.finished:
            raise RunError(f"{self.folder} was let go: resume it")
        try:
            with terminable():
                result = self._go(listener)
        except (KeyboardInterrupt, Stopped):
            if not self._search.done:
                self._knobs.keep(self._search.generation + 1)
            raise Interrupted(self.folder) from None
        finally:
            self.close()
        listener(Finished(result))
        return result

    def _go(self, listener: Listener) -> RunResult:
        if self._champion is not None:
            return self._result(self._champion, was_finished=True)
        search = self.configuration.search
        listener(
            Started(
                folder=self.folder,
                species=self.configuration.species.title,
                strategy=search.strategy,
                seed=search.seed,
                guesses=self._search.guesses,
                budget=search.budget,
                workers=self._workers.count,
            )
        )
        with self._workers:
            while not self._search.done:
                self._take_turns(listener)
                listener(self._generation())
            champion = self._crown(listener)
        return self._result(champion, was_finished=False)

    def _take_up(self, checkpoint: dict[str, Any] | None) -> None:
        try:
            self._search: Search = (
                self.configuration.new_search()
                if checkpoint is None
                else self.configuration.restored_search(checkpoint["search"])
            )
            self._elites: Elites = elites_from([] if checkpoint is None else checkpoint["elites"])
            self._front: Front | None = None
            if aims_of(self.configuration.objective):
                self._front = front_from(None if checkpoint is None else checkpoint["front"])
            search = self.configuration.search
            self._pace = Pace(self._files.timing, self._workers.count, search)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            problem = f"the checkpoint cannot be taken up ({type(error).__name__}: {error})"
            raise bad(str(self.folder), problem) from error

    def _take_up_turns(self, known: int) -> None:
        """Finds the present world and objective; the search as it was saved has had its part of the turns."""
        if (then := self._champion) is not None:
            self._present = replace(self._present, trial=then.trial, objective=then.objective)
            return
        for turn in self._knobs.take_up(self._search.generation, known):
            self._present = turn.applied(self._present)
        self._workers.turn(self._present.task())

    def _take_turns(self, listener: Listener) -> None:
        """Applies the turns that were made before the next generation."""
        generation = self._search.generation + 1
        for turn in self._knobs.due(generation):
            before, self._present = self._present, turn.applied(self._present)
            others = self._present != before
            self._search.turn(turn.spread, rescored=others)
            if others:  # scores made so far say nothing about those to come
                self._elites = Elites()
                self._front = None if self._front is None else Front()
                self._workers.turn(self._present.task())
            listener(Turned(generation, turn, self.trial, self.objective))

    def _evaluate(self, batch: Batch) -> list[Evaluation]:
        places = worlds(self.trial, batch.rigour)
        shoves = pushes(self.trial, batch.rigour)
        return self._workers.map([Unit(genome, places, shoves) for genome in batch.genomes])

    def _generation(self) -> GenerationDone:
        """Makes one generation, and saves it: the history first, then the checkpoint that knows of it."""
        self._pace.begin()
        generation = self._search.step(self._evaluate)
        guesses = guesses_of(generation)
        self._elites.add(guesses)
        if self._front is not None:
            self._front.add(guesses)
        latest = max(guesses, key=lambda guess: guess.score)
        self._save(generation, latest)
        return self._pace.told(generation, latest, self._elites.best or latest, self._front)

    def _save(self, generation: Generation[Evaluation], latest: Guess) -> None:
        if latest.evaluation.digest:
            self._files.write_champion(generation.number, genome_of(self._present, latest))
        self._files.history.append(history_line(generation, latest, self._front))
        self._pace.write(generation.phase, generation.rigour, len(generation.individuals))
        content = {
            "search": self._search.state(),
            "elites": self._elites.document(),
            "turns": self._knobs.made,
        }
        if self._front is not None:
            content["front"] = self._front.document()
        self._files.write_checkpoint(generation.number, self.configuration.digest(), content)

    def _crown(self, listener: Listener) -> Genome:
        """Finds the champion, runs it once more for its recording, and writes it."""
        self._pace.begin()
        candidates = self._elites.candidates()
        if not candidates:
            raise RunError(f"none of the {self._search.guesses} guesses came to anything")
        gathered = None
        if self._front is not None:
            gathered = gather(self._front, self.trial, self._workers.map, listener)
        champion = None if gathered is None else self._write_front(gathered)
        if champion is None or champion.gate is None or not champion.gate.passes:
            guess, gate = crown(candidates, self.trial, self._workers.map, listener)
            if champion is None or gate.passes:  # a cheat does not win while another passes
                champion = self._recorded(guess, gate)
        self._pace.write("gate")
        write_genome(self._files.best, champion)
        self._champion = champion
        return champion

    def _recorded(self, guess: Guess, gate: Gate) -> Genome:
        """Returns the record of a guess that was at the gate, with its recording."""
        trial = run_trial(self.configuration.skeleton(), guess.genome, self.trial)
        genome = genome_of(self._present, guess, gate, trial)
        if fingerprint(trial.trajectory).digest != genome.digest:
            raise RunError(
                f"guess {guess.number} did not walk the same walk again: part of this run was made on another platform"
            )
        return genome

    def _write_front(self, gathered: Gathered) -> Genome | None:
        """Writes the walkers of the front, then its index, and returns the one that is champion."""
        genomes = [self._recorded(guess, gate) for guess, gate in gathered.walkers]
        for place, genome in enumerate(genomes):
            self._files.write_walker(place, genome)
        self._files.write_front(gathered.index(genomes))
        return None if gathered.champion is None else genomes[gathered.champion]

    def _walkers(self) -> int:
        """Returns how many stand on the finished front."""
        index = None if self._front is None else read_index(self.folder)
        return 0 if index is None else len(index.walkers)

    def _result(self, champion: Genome, was_finished: bool) -> RunResult:
        history = self._files.history.documents()
        wall_s = self._pace.elapsed_s
        guesses = int(history[-1]["guesses"]) if history else 0
        return RunResult(
            folder=self.folder,
            champion=champion,
            file=self._files.best,
            trial=rerun(champion),
            guesses=guesses,
            generations=len(history),
            crashed=sum(line["crashed"] for line in history),
            wall_s=wall_s,
            guesses_per_minute=60.0 * guesses / wall_s if wall_s else 0.0,
            was_finished=was_finished,
            front=self._walkers(),
        )
