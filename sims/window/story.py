"""What is known of the run so far, as the window tells it: messages in, nothing drawn."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

from sims.live.messages import (
    AtTheGate,
    Crowned,
    Descent,
    Failed,
    FrontFacts,
    GenerationFacts,
    Message,
    NoWalk,
    Ready,
    Robust,
    Rules,
    Stopped,
    Turned,
    Walk,
    WalkKey,
)

_WALKS = 32
"""Walks kept at hand: one of ten seconds takes about half a megabyte."""
_CLEARLY = 0.05
"""Share by which a walk must be longer to count as further."""


class Story:
    """One run as seen from the window.

    Attributes:
        ready: the run, once it exists.
        rules: the present gravity and weights.
        generations: all so far, in order.
        robust: how walks did in the worlds of the gate.
        gate: the candidate at the gate, once all guesses are made.
        crowned: the champion, once the run is finished.
        descent: where the best so far comes from.
        front: whom nobody beats in every aim, in a run with several.
        stopped: whether it was stopped.
        failed: why it cannot go on.
        turns: how the knobs were turned.
        highest: the highest score of any guess, whether or not it compares with those of today.
    """

    def __init__(self) -> None:
        self.ready: Ready | None = None
        self.rules: Rules | None = None
        self.generations: list[GenerationFacts] = []
        self.robust: dict[WalkKey, Robust] = {}
        self.gate: AtTheGate | None = None
        self.crowned: Crowned | None = None
        self.descent: Descent | None = None
        self.front: FrontFacts | None = None
        self.stopped: Stopped | None = None
        self.failed: Failed | None = None
        self.turns: list[Turned] = []
        self.highest = -math.inf
        self._furthest: list[int] = []
        self._walks: OrderedDict[WalkKey, Walk] = OrderedDict()
        self._lost: dict[WalkKey, str] = {}

    def take(self, message: Message) -> None:
        """Takes in what the run says."""
        match message:
            case Ready():
                self.ready, self.rules = message, message.rules
                self.turns = list(message.turns)
                for facts in message.past:
                    self._add(facts)
            case GenerationFacts():
                self._add(message)
            case Walk():
                # One that was asked for twice comes twice: the first is on stage already.
                self._walks.setdefault(message.key, message)
                if len(self._walks) > _WALKS:
                    self._walks.popitem(last=False)
            case FrontFacts():
                self.front = message
            case NoWalk():
                self._lost[message.key] = message.why
            case Robust():
                self.robust[message.key] = message
            case AtTheGate():
                self.gate = message
            case Turned():
                self.turns.append(message)
                self.rules = message.rules
            case Crowned():
                self.crowned = message
            case Descent():
                self.descent = message
            case Stopped():
                self.stopped = message
            case Failed():
                self.failed = message

    @property
    def folder(self) -> Path | None:
        """Where the run lies; None before there is one."""
        return self.ready.folder if self.ready else None

    @property
    def latest(self) -> GenerationFacts | None:
        """The youngest generation."""
        return self.generations[-1] if self.generations else None

    @property
    def leader(self) -> GenerationFacts | None:
        """The generation that holds the best so far; the crowned one once there is one."""
        number = self.crowned.generation if self.crowned else 0
        number = number or (self.generations[-1].leader if self.generations else 0)
        return self.generation(number)

    @property
    def guesses(self) -> int:
        """Guesses made so far."""
        if self.generations:
            return self.generations[-1].guesses
        return self.ready.guesses if self.ready else 0

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return bool(self.crowned or self.stopped or self.failed)

    def generation(self, number: int) -> GenerationFacts | None:
        """Returns a generation by its number, from 1."""
        if 1 <= number <= len(self.generations):
            return self.generations[number - 1]
        return None

    def furthest(self, before: int, most: int) -> list[GenerationFacts]:
        """Returns the generations before one that went clearly further than all earlier ones, the youngest first."""
        end = bisect_left(self._furthest, before)
        return [self.generations[number - 1] for number in self._furthest[:end][: -most - 1 : -1]]

    def _add(self, facts: GenerationFacts) -> None:
        if self.generations:  # single guesses are shown of the youngest generation only
            self.generations[-1] = replace(self.generations[-1], tries=())
        self.generations.append(facts)
        self.highest = max(self.highest, facts.best)
        best = self.generation(self._furthest[-1]) if self._furthest else None
        if best is None or facts.distance_m > best.distance_m + _CLEARLY * abs(best.distance_m):
            self._furthest.append(facts.number)

    def walk(self, key: WalkKey) -> Walk | None:
        """Returns a walk if it is at hand, and keeps it at hand for longer."""
        walk = self._walks.get(key)
        if walk is not None:
            self._walks.move_to_end(key)
        return walk

    def lost(self, key: WalkKey) -> str | None:
        """Returns why a walk cannot be shown, if it cannot."""
        return self._lost.get(key)
