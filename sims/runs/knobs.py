"""The knobs of a run: what may be turned while it is under way, each turn written down, so that it can be repeated."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import Annotated, Any

from pydantic import Field

from creatures.faults import BadFile, Fault, bad, did_you_mean, shown
from sims.files import Log
from sims.genomes.schema import LEAST_GRAVITY, MOST_GRAVITY, Numbers, Strict, faults_of
from sims.runs.configuration import Configuration
from sims.score import TERMS

FILE = "knobs.jsonl"
LEAST_SPREAD, MOST_SPREAD = 0.1, 10.0
"""Of one turn, times the present size of the changes."""
LARGEST_WEIGHT = 1000.0
"""Of a term of the score, either way."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the knobs: every value is checked, and a ValueError says in one line what would be right."""

    spread: float = 1.0
    """Times the present size of the changes from guess to guess; 1 leaves it."""
    gravity: float | None = None
    """Times the usual gravity, from now on; None leaves it."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Term of the score -> its weight from now on; those not named are left."""

    def __post_init__(self) -> None:
        # Floats, whatever numbers were given: 1 and 1.0 are not the same bytes in a file.
        _set(self, "spread", _within("spread", self.spread, LEAST_SPREAD, MOST_SPREAD))
        if self.gravity is not None:
            _set(self, "gravity", _within("gravity", self.gravity, LEAST_GRAVITY, MOST_GRAVITY))
        _set(self, "weights", {name: _weight(name, self.weights[name]) for name in self.weights})

    def document(self) -> dict[str, Any]:
        """Returns it as plain JSON values, for a line of the log."""
        return asdict(self)

    def applied(self, to: Configuration) -> Configuration:
        """Returns what is asked of guesses after it; the search's own part is not in there."""
        gravity = to.trial.gravity_scale if self.gravity is None else self.gravity
        weights = {**to.objective.weights, **self.weights}
        return replace(
            to,
            trial=replace(to.trial, gravity_scale=gravity),
            objective=replace(to.objective, weights=weights),
        )


def _set(turn: Turn, name: str, value: object) -> None:
    object.__setattr__(turn, name, value)


def _within(name: str, value: object, low: float, high: float) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and low <= value <= high:  # type: ignore[operator]  # a NaN is not within anything
        return float(value)  # type: ignore[arg-type]
    raise ValueError(f"{name} = {shown(value)}, must be a number of {low:g} to {high:g}")


def _weight(name: str, value: object) -> float:
    if name not in TERMS:
        raise ValueError(f"no term of the score is called {shown(name)}{did_you_mean(name, TERMS)}")
    return _within(f"weights.{name}", value, -LARGEST_WEIGHT, LARGEST_WEIGHT)


class _LineData(Strict):
    """A line of the log; the limits of its values are those of `Turn`."""

    generation: Annotated[int, Field(ge=1, le=10**12)]
    spread: float = 1.0
    gravity: float | None = None
    weights: Numbers = Field(default_factory=dict)


def read_turns(log: Log) -> list[tuple[int, Turn]]:
    """Reads the turns of a run.

    Returns:
        Each turn and the first generation made with it, in the order in which they count; none without a file.

    Raises:
        BadFile: with everything that is wrong, and the number of the line.
    """
    found: list[tuple[int, Turn]] = []
    faults: list[Fault] = []
    for number, document in enumerate(log.documents(), start=1):
        place = f"{log.path}:{number}"
        data, wrong = faults_of(_LineData, document, place)
        faults += wrong
        if data is not None:
            try:
                found.append((data.generation, Turn(data.spread, data.gravity, data.weights)))
            except ValueError as error:
                faults.append(Fault(place, None, "", str(error)))
    if faults:
        raise BadFile(faults)
    return sorted(found, key=lambda line: line[0])  # of one generation as they stand in the file


class Knobs:
    """The turns of one run: those in its folder, each waiting for its generation, and those made just now."""

    def __init__(self, log: Log) -> None:
        """Says where turns are written; nothing is read yet."""
        self._log = log
        self._waiting: deque[tuple[int, Turn]] = deque()
        self._queue: SimpleQueue[Turn] = SimpleQueue()
        self.made = 0

    def take_up(self, generation: int, known: int) -> list[Turn]:
        """Reads the log.

        Args:
            generation: how many the run has made.
            known: how many turns they were made with.

        Returns:
            Those turns, in order; the others wait for their generation.

        Raises:
            BadFile: a line is wrong, or there is another number of them.
        """
        self._waiting = deque(read_turns(self._log))
        past = self._come(generation)
        if len(past) != known:
            problem = f"has {len(past)} turns up to generation {generation}, and the checkpoint knows of {known}"
            raise bad(str(self._log.path), problem)
        return past

    def turn(self, turn: Turn) -> None:
        """Lets a turn wait for the next generation; may be called from another thread."""
        self._queue.put(turn)

    def due(self, generation: int) -> list[Turn]:
        """Returns the turns that a generation is the first to be made with; the new ones are on the disk by then.

        Args:
            generation: the one that is about to be made.

        Raises:
            RunError: a turn cannot be written.
        """
        turns = self._come(generation)
        while (turn := self._next()) is not None:
            self._log.append({"generation": generation} | turn.document())
            turns.append(turn)
            self.made += 1
        return turns

    def keep(self, generation: int) -> None:
        """Writes down the turns that still wait: whoever takes the run up makes that generation with them.

        Raises:
            RunError: a turn cannot be written.
        """
        while (turn := self._next()) is not None:
            self._log.append({"generation": generation} | turn.document())

    def _come(self, generation: int) -> list[Turn]:
        turns = []
        while self._waiting and self._waiting[0][0] <= generation:
            turns.append(self._waiting.popleft()[1])
        self.made += len(turns)
        return turns

    def _next(self) -> Turn | None:
        try:
            return self._queue.get_nowait()
        except Empty:
            return None
