"""What is said of a generation: words of the language, numbers of this run."""

from __future__ import annotations

from sims.live.messages import GenerationFacts, Walk
from sims.window.keys import BY_NAME, shown
from sims.window.panels.axes import MINUS, plain
from sims.window.story import Story
from sims.window.view import View
from sims.window.words import known, say

_FINISHED = "finished"
_MUCH = 1.15
"""How many times further a guess must have got than the champion for that to need a word."""
_PHASES = {
    "scout": "scout",
    "deepen": "scout",
    "spread": "spread",
    "scatter": "breed",
    "breed": "breed",
    "climb": "climb",
}


def far(metres: float, digits: int = 0) -> str:
    """Returns a distance as people say it: ``31 m``, ``3.1 m``, ``12 cm``.

    Args:
        metres: the distance.
        digits: behind the point, from 10 m on; 1 where one is to see it grow.
    """
    if abs(metres) < 0.995:
        return f"{plain(100 * metres, 0)} cm"
    return f"{plain(metres, 1 if abs(metres) < 9.95 else digits)} m"


def ended(walk: Walk, digits: int = 0) -> str:
    """Returns why a walk ended, and how far it was then; see `far`."""
    got = far(walk.distance_m, digits)
    if walk.ended == _FINISHED:
        return say("stage.end.finished", far=got, s=f"{walk.seconds:.0f}")
    key = walk.ended if known(f"stage.end.{walk.ended}") else "fell"
    return say(f"stage.end.{key}", far=got, why=walk.why)


def percent(share: float) -> int:
    """Returns a share of 1 in percent, never rounded up: 79.9 is not yet enough where 80 is."""
    return int(100 * share + 1e-9)


def weight(value: float) -> str:
    """Returns how much a term of the score counts: ``+30``, ``−2.5``, ``0``."""
    return f"{value:+g}".replace("-", MINUS) if value else "0"


def term(name: str) -> str:
    """Returns what people call a term of the score."""
    path = f"terms.names.{name}"
    return say(path) if known(path) else name


def count(number: int) -> str:
    """Returns a whole number with its thousands apart."""
    return f"{number:,}"


def loop_sentence(act: str, view: View, facts: GenerationFacts | None) -> str:
    """Returns what the card of an act says.

    Args:
        act: ``guess``, ``score``, ``keep`` or ``change``.
        view: of the run.
        facts: the generation that is told of; None before there is any.
    """
    if facts is None:
        return say(f"loop.waiting.{act}")
    return {"guess": _guess, "score": _score, "keep": _keep, "change": _change}[act](view, facts)


def scene_sentence(act: str, story: Story) -> str:
    """Returns what is said on stage of the first generation."""
    facts = story.generation(1)
    if facts is None or story.ready is None:
        return ""
    key = "keep_stood" if act == "keep" and facts.ended == _FINISHED else act
    return say(
        f"loop.stage.{key}",
        genes=len(story.ready.genes),
        size=count(facts.size),
        far=far(facts.distance_m),
        why=facts.why,
    )


def _guess(view: View, facts: GenerationFacts) -> str:
    total = count(view.story.guesses)
    if facts.number == 1:
        return say("loop.guess.first", size=count(facts.size))
    key = "done" if view.story.gate or view.story.crowned else "many"
    return say(f"loop.guess.{key}", size=count(facts.size), total=total)


def _score(view: View, facts: GenerationFacts) -> str:
    gate = view.story.gate
    if gate and not view.story.crowned:
        return say("loop.score.gate", index=gate.index, count=gate.count)
    if facts.ended == _FINISHED:
        return say("loop.score.stood", far=far(facts.distance_m))
    return say("loop.score.fell", far=far(facts.distance_m), why=facts.why)


def _keep(view: View, facts: GenerationFacts) -> str:
    crowned, leader = view.story.crowned, view.story.leader
    if crowned:
        key = "champion" if crowned.passes else "fragile"
        best = view.story.furthest(len(view.story.generations) + 1, 1)
        metres = float(crowned.measures["distance_m"])
        if crowned.passes and best and best[0].distance_m > _MUCH * metres:
            return say("loop.keep.safe", far=far(metres), best=far(best[0].distance_m))
        got = far(float(crowned.measures["distance_m"]))
        return say(f"loop.keep.{key}", far=got, n=percent(crowned.robust))
    if facts.number == 1:
        return say("loop.keep.first", far=far(facts.distance_m))
    if facts.record or leader is None:
        key = "record" if facts.best >= view.story.highest else "anew"
        return say(f"loop.keep.{key}", far=far(facts.distance_m), score=f"{facts.best:.1f}")
    return say("loop.keep.same", leader=leader.number, far=far(leader.distance_m))


def _change(view: View, facts: GenerationFacts) -> str:
    if view.story.gate or view.story.crowned:
        return say("loop.change.done", key=shown(BY_NAME["dinosaurs"].keys[0]))
    if view.looks.resting:
        return say("loop.change.rest", key=shown(BY_NAME["rest"].keys[0]))
    strategy = view.story.ready.strategy if view.story.ready else "cma"
    key = _PHASES.get(facts.phase, {"ga": "breed", "hill": "climb"}.get(strategy, "polish"))
    return say(f"loop.change.{key}", size=count(facts.size))
