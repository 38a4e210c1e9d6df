"""Genome files of every version are read for ever; those of a version to come are refused in one line."""

import json
from pathlib import Path

import numpy as np
import pytest

from creatures.faults import BadFile
from sims.genomes.record import document, read_genome, write_genome
from sims.genomes.replay import replay
from sims.genomes.versions import VERSION

FILES = sorted((Path(__file__).parents[1] / "formats").glob("*.json"))


def stored_version(path: Path) -> int:
    return json.loads(path.read_text())["version"]


def test_there_is_a_file_of_every_version():
    assert {stored_version(path) for path in FILES} == set(range(1, VERSION + 1))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_any_version_walks_and_is_no_other_walk(path):
    again = replay(read_genome(path))
    # On the machine that made it it is EXACT; elsewhere nobody can know, but it never DIFFERS.
    assert again.verdict.result in ("EXACT", "UNVERIFIABLE")
    assert again.trial.ended == json.loads(path.read_text())["ended"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_any_version_comes_back_the_same_from_the_newest(path, tmp_path):
    genome = read_genome(path)
    write_genome(tmp_path / "now.json", genome)
    assert stored_version(tmp_path / "now.json") == VERSION
    assert read_genome(tmp_path / "now.json") == genome
    assert document(read_genome(tmp_path / "now.json")) == document(genome)


def test_a_recording_from_before_the_pull_of_muscles_was_kept_has_none():
    old = next(path for path in FILES if path.stem == "genome-v1")
    walk = read_genome(old).recording.trajectory()
    assert walk.muscle_force.shape == (len(walk), 0)
    assert read_genome(old).recording.document()["muscle_force"] is None
    assert np.isfinite(walk.poses).all()


def changed(tmp_path, version):
    found = json.loads(FILES[-1].read_text()) | {"version": version}
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(found))
    with pytest.raises(BadFile) as error:
        read_genome(path)
    (line,) = error.value.lines()
    return line.removeprefix(f"{path}: ")


def test_a_file_of_a_version_to_come_is_refused_in_one_line(tmp_path):
    said = changed(tmp_path, VERSION + 1)
    assert said == (
        f"this file is version {VERSION + 1}, from a newer gaitosaur; this one reads up to {VERSION}"
    )


@pytest.mark.parametrize("version", [0, -1, True, "1", 1.0, None])
def test_what_was_never_a_version_is_refused_in_one_line(tmp_path, version):
    assert f"this program reads 1 to {VERSION}" in changed(tmp_path, version)
