"""What is written on screen: every sentence has its place there."""

import re
from collections.abc import Iterator
from pathlib import Path

import sims
from sims.window.words import book

OWN = ("panels.steps.pairs.", "panels.genes.parts.")
"""Parts of the body: animals that people make themselves may have others than those that come with the program."""
ROOT = Path(sims.__file__).parents[1]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ("sims", "evo", "creatures")
    for path in sorted((ROOT / room).rglob("*"))
    if path.suffix == ".py" or (room == "creatures" and path.suffix == ".toml")
)
WORDS = frozenset(re.findall(r"\w+", CODE))
WHOLE = frozenset(re.findall(r"[\"']([a-z_]+(?:\.\w+)+)[\"']", CODE))
PARTLY = [
    re.compile("".join(r"([\w.]+)" if piece[0] == "{" else re.escape(piece) for piece in pieces))
    for pieces in (
        re.findall(r"\{[^}]*\}|[^{}]+", text)
        for text in set(re.findall(r'f"([a-z_]+\.[\w.]*\{[^"]*)"', CODE))
    )
]


def sentences(table, path="") -> Iterator[str]:
    for name, found in table.items():
        if isinstance(found, dict) and set(found) != {"one", "other"}:
            yield from sentences(found, f"{path}{name}.")
        else:
            yield path + name


def is_said(path: str) -> bool:
    """Whether the code names a sentence, as a whole or put together from words that it knows."""
    if path in WHOLE:
        return True
    found = (pattern.fullmatch(path) for pattern in PARTLY)
    return any(one and WORDS.issuperset(".".join(one.groups()).split(".")) for one in found)


def test_every_sentence_is_said_somewhere():
    paths = list(sentences(book()))
    assert len(paths) > 200
    assert [path for path in paths if not path.startswith(OWN) and not is_said(path)] == []


def test_a_sentence_that_nobody_says_is_found():
    assert not is_said("lesson.good.against")
    assert not is_said("panels.card.no_such_words")
