"""Every action of the window has its own keys and its words, and `gaitosaur keys` names them all."""

import json
from collections import Counter
from pathlib import Path

import pytest

from sims.cli.app import run
from sims.window.keys import ACTIONS, BY_NAME, KINDS, actions, on_show, shown
from sims.window.words import entry, known, say


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_has_words_and_keys(action):
    assert say(f"keys.actions.{action.name}")
    assert say(f"keys.groups.{action.group}")
    assert not action.mouse or say(f"keys.mouse.{action.mouse}")
    assert on_show(action)[0] == shown(action.keys[0])


def test_no_words_are_left_of_an_action_that_is_gone():
    assert set(entry("keys.actions")) == set(BY_NAME)
    assert set(entry("keys.groups")) == {action.group for action in ACTIONS}
    assert set(entry("keys.mouse")) == {action.mouse for action in ACTIONS if action.mouse}


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_actions_of_a_window_share_a_key(kind):
    keys = Counter(key for action in actions(kind) for key in action.keys)
    assert keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_two_actions_share_words():
    assert len(set(entry("keys.actions").values())) == len(ACTIONS)


def test_the_command_prints_every_action(capsys):
    assert run(["keys"]) == 0
    printed = capsys.readouterr().out
    for action in ACTIONS:
        line = next(
            line for line in printed.splitlines() if say(f"keys.actions.{action.name}") in line
        )
        assert line.startswith(", ".join(on_show(action)))


def test_the_command_prints_one_json_object(capsys):
    assert run(["keys", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["keys"]
    assert [one["action"] for one in listed] == [action.name for action in ACTIONS]


PAGES = {
    "watch": "watching.md",
    "replay": "replaying.md",
    "race": "replaying.md",
    "draw": "own-species.md",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_about_a_window_lists_every_key_as_the_program_does(kind):
    page = (Path(__file__).parents[2] / "docs" / PAGES[kind]).read_text(encoding="utf-8")
    for action in actions(kind):
        keys = ", ".join(f"`{key}`" for key in on_show(action))
        assert f"| {keys} | {say(f'keys.actions.{action.name}')}" in page


def test_what_is_not_written_is_not_known():
    assert not known("keys.actions.fly")
