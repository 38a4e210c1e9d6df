"""A run from its first guess to its champion: stopped at any instant, it goes on as if nothing had happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from creatures.faults import bad
from evo.evolve import Search
from evo.population import Batch, Generation
from sims.errors import Interrupted, RunError
from sims.evaluate import Evaluation, Unit, evaluate, worlds
from sims.genomes.record import Genome, write_genome
from sims.genomes.replay import rerun
from sims.physics.trajectory import fingerprint
from sims.physics.trial import run_trial
from sims.platform import platform
from sims.runs import folder as run_folder
from sims.runs.configuration import Configuration, RunSettings, read_configuration, resolve
from sims.runs.crown import crown, genome_of
from sims.runs.elites import Elites, Guess, elites_from, guesses_of
from sims.runs.events import Finished, GenerationDone, Listener, RunResult, Started, nobody
from sims.runs.folder import RunFolder
from sims.runs.history import Pace, history_line
from sims.runs.interrupt import terminable
from sims.runs.pool import MakeExecutor
from sims.runs.workers import Stopped, Workers

__all__ = ["Interrupted", "Run", "RunError", "RunSettings", "resume", "start"]


def start(settings: RunSettings, make: MakeExecutor | None = None) -> Run:
    """Checks what is asked for, tries the first guess once, and makes the run's folder.

    Args:
        settings: what is asked for.
        make: makes the executor of the workers; processes of this machine unless told otherwise.

    Raises:
        RunError: something is wrong with the settings, or the folder cannot be made; nothing was written.
        BadFile: the species cannot stand.
    """
    configuration = resolve(settings)
    first = evaluate(configuration.task(), configuration.table().start)
    if first.ended == "failed":
        raise RunError(f"the first guess cannot be tried: {first.why}")
    made = run_folder.create(configuration, settings.out, settings.home)
    return Run(made, configuration, settings.workers, make)


def resume(path: Path, workers: int, force: bool = False, make: MakeExecutor | None = None) -> Run:
    """Takes up a run where its last checkpoint left it.

    Args:
        path: its folder.
        workers: processes; may be another number than before.
        force: go on although this platform gives other trajectories than the one it began on.
        make: see `start`.

    Raises:
        RunError: it began on another platform and would not end the same here, or another process is at it.
        BadFile: it is no run, or not one that can be taken up.
    """
    opened = run_folder.open_folder(path)
    configuration = read_configuration(opened.configuration)
    here = platform()
    if here != configuration.platform and not force and not opened.best.exists():
        other = "; ".join(here.differences(configuration.platform))
        raise RunError(
            f"{path} began on another platform ({other}) and would not end the same here"
        )
    return Run(opened, configuration, workers, make)


class Run:
    """A run under way."""

    def __init__(
        self,
        files: RunFolder,
        configuration: Configuration,
        workers: int,
        make: MakeExecutor | None = None,
    ) -> None:
        """Takes up what the folder holds and locks it; use `start` or `resume`."""
        self.configuration = configuration
        self._files = files
        self._champion = files.read_best()
        self._workers = Workers(workers, configuration.task(), make=make)
        self._lock = None if self._champion else files.lock()
        try:
            self._take_up(None if self._champion else files.read_checkpoint(configuration.digest()))
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
            search = self.configuration.search
            self._pace = Pace(self._files.timing, self._workers.count, search)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            problem = f"the checkpoint cannot be taken up ({type(error).__name__}: {error})"
            raise bad(str(self.folder), problem) from error

    def _evaluate(self, batch: Batch) -> list[Evaluation]:
        places = worlds(self.configuration.trial, batch.rigour)
        return self._workers.map([Unit(genome, places) for genome in batch.genomes])

    def _generation(self) -> GenerationDone:
        """Makes one generation, and saves it: the history first, then the checkpoint that knows of it."""
        self._pace.begin()
        generation = self._search.step(self._evaluate)
        guesses = guesses_of(generation)
        self._elites.add(guesses)
        latest = max(guesses, key=lambda guess: guess.score)
        self._save(generation, latest)
        lower, upper = generation.spread
        return GenerationDone(
            generation=generation.number,
            phase=generation.phase,
            rigour=generation.rigour,
            latest=latest,
            best=self._elites.best or latest,
            median=generation.median,
            quartiles=(lower, upper),
            crashed=sum(guess.evaluation.crashed for guess in guesses),
            guesses=generation.guesses,
            budget=self.configuration.search.budget,
            elapsed_s=self._pace.elapsed_s,
            guesses_per_minute=self._pace.guesses_per_minute,
            eta_s=self._pace.eta_s(generation.guesses),
        )

    def _save(self, generation: Generation[Evaluation], latest: Guess) -> None:
        if latest.evaluation.digest:
            self._files.write_champion(generation.number, genome_of(self.configuration, latest))
        self._files.history.append(history_line(generation, latest))
        self._pace.write(generation.phase, generation.rigour, len(generation.individuals))
        content = {"search": self._search.state(), "elites": self._elites.document()}
        self._files.write_checkpoint(generation.number, self.configuration.digest(), content)

    def _crown(self, listener: Listener) -> Genome:
        """Finds the champion, runs it once more for its recording, and writes it."""
        self._pace.begin()
        candidates = self._elites.candidates()
        if not candidates:
            raise RunError(f"none of the {self._search.guesses} guesses came to anything")
        base = self.configuration.trial
        guess, gate = crown(candidates, base, self._workers.map, listener)
        trial = run_trial(self.configuration.skeleton(), guess.genome, base)
        champion = genome_of(self.configuration, guess, gate, trial)
        if fingerprint(trial.trajectory).digest != champion.digest:
            raise RunError(
                f"guess {guess.number} did not walk the same walk again: part of this run was made on another platform"
            )
        self._pace.write("gate")
        write_genome(self._files.best, champion)
        self._champion = champion
        return champion

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
        )
