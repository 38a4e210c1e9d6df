"""`gaitosaur new` writes a species file to begin with, and never over another."""

import json

import pytest

from sims.cli.app import run


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_file_is_written_and_the_next_commands_are_named(here, capsys):
    assert run(["new", "my_dino"]) == 0
    out = capsys.readouterr().out
    for command in ("check my_dino.toml --show", "watch my_dino.toml", "evolve my_dino.toml"):
        assert f"gaitosaur {command}\n" in out
    assert [path.name for path in here.iterdir()] == ["my_dino.toml"]
    assert run(["check", "my_dino.toml"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("my_dino.toml: ok: My dino, ")
    assert said.err == ""


def test_a_file_that_is_there_is_kept_unless_forced(here, capsys):
    (here / "my_dino.toml").write_text("mine", encoding="utf-8")
    assert run(["new", "my_dino"]) == 2
    assert "my_dino.toml: is there already; --force writes over it" in capsys.readouterr().err
    assert (here / "my_dino.toml").read_text(encoding="utf-8") == "mine"
    assert run(["new", "my_dino", "--force", "-q"]) == 0
    assert capsys.readouterr().out == "my_dino.toml\n"
    assert "plan" in (here / "my_dino.toml").read_text(encoding="utf-8")


def test_json_says_what_was_written(capsys):
    assert run(["new", "my_dino", "--plan", "biped", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["file"], said["plan"]) == ("my_dino.toml", "biped")
    assert said["next"][0] == "gaitosaur check my_dino.toml --show"


@pytest.mark.parametrize("arguments", [["a/b"], ["Rex!"], ["velociraptor"], ["x", "--plan", "no"]])
def test_a_name_that_cannot_be_writes_nothing(arguments, here, capsys):
    assert run(["new", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(here.iterdir()) == []
