import base64
import copy
import dataclasses
import json
import zlib

import numpy as np
import pytest
import sims_small as small

from creatures.faults import BadFile
from creatures.species import from_document
from sims.genomes.record import document, from_json, read_genome, write_genome
from sims.genomes.schema import GenomeData, TerrainData, TrialData
from sims.genomes.versions import VERSION
from sims.physics.terrain import Terrain
from sims.physics.trial import TrialSettings, run_trial
from sims.runs.configuration import RunData


@pytest.fixture
def path(tmp_path):
    """A good genome file."""
    write_genome(tmp_path / "best.json", small.a_genome())
    return tmp_path / "best.json"


def test_a_genome_comes_back_exactly_as_it_was_written(path):
    genome = read_genome(path)
    assert genome == small.a_genome()
    write_genome(path.with_name("again.json"), genome)
    assert path.with_name("again.json").read_bytes() == path.read_bytes()


def test_what_people_read_comes_first_and_the_recording_last(path):
    keys = list(json.loads(path.read_text()))
    assert keys[:5] == ["format", "version", "animal", "score", "ended"]
    assert keys[-2:] == ["checks", "recording"]
    assert path.read_text().splitlines()[1] == ' "format": "gaitosaur-genome",'


def test_nothing_is_left_beside_the_file(path):
    assert list(path.parent.iterdir()) == [path]


def test_the_recording_is_the_walk_as_far_as_an_eye_can_see(path):
    genome = read_genome(path)
    now = run_trial(genome.skeleton(), genome.genes, genome.trial).trajectory
    then = genome.recording.trajectory()
    assert len(then) == len(now)
    assert then.frame_time == now.frame_time
    assert np.abs(then.poses - now.poses).max() < 1e-5
    assert np.abs(then.activation - now.activation).max() < 0.003
    np.testing.assert_allclose(then.joint_load, now.joint_load, rtol=1e-6)
    np.testing.assert_allclose(then.ground_force, now.ground_force, rtol=1e-6)


def test_every_trial_setting_is_checked():
    beside = {"controller"}  # it has a key of its own in every file, as it always had
    fields = {f.name for f in dataclasses.fields(TrialSettings)}
    assert fields - beside == set(TrialData.model_fields)
    assert beside <= set(GenomeData.model_fields) & set(RunData.model_fields)
    assert {f.name for f in dataclasses.fields(Terrain)} == set(TerrainData.model_fields)


def refused(path, text):
    path.write_text(text)
    with pytest.raises(BadFile) as error:
        read_genome(path)
    lines = error.value.lines()
    assert all(line.startswith(str(path)) for line in lines)
    assert not any("\n" in line for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def whole():
    return json.dumps(document(small.a_genome()), indent=1)


NOT_JSON = {
    "empty": ("", "not JSON: the file is empty"),
    "cut": (whole()[:60], "not JSON: ends at line 4"),
    "binary": ("\x00\x01", "not JSON: expecting value at line 1, column 1"),
    "comma": ('{"format": 1,}', "not JSON: "),
    "list": ("[]", "holds [], must hold one JSON object"),
    "nan": (whole().replace('"score": ', '"score": NaN, "x": '), "has NaN for a number"),
    "infinite": (whole().replace('"score": ', '"score": -Infinity, "x": '), "has -Infinity"),
    "too large": (whole().replace('"score": ', '"score": 1e999, "x": '), "which is too large"),
    "digits": ('{"score": ' + "9" * 5000 + "}", "not JSON that can be read"),
    "deep": ("[" * 100_000, "nested too deeply"),
    "twice": ('{"format": 1, "format": 2}', 'has the key "format" twice'),
    "picture": ('{"pixels": []}', 'has no format, must be "gaitosaur-genome"'),
    "other": ('{"format": "frevo"}', 'has format "frevo"'),
}


@pytest.mark.parametrize("name", NOT_JSON)
def test_what_is_no_genome_file_is_said_to_be_none(name, path):
    text, said = NOT_JSON[name]
    lines = refused(path, text)
    assert len(lines) == 1
    assert said in lines[0]


def test_a_number_beyond_all_measure_is_refused_before_it_reaches_a_table_or_a_picture():
    said = document(dataclasses.replace(small.a_genome(), score=1e300))
    with pytest.raises(BadFile, match=r"score = 1e\+300, must be less than"):
        from_json(said, "best.json")


def part(shape, content):
    packed = base64.b64encode(zlib.compress(content)).decode()
    return {"shape": shape, "zlib_base64": packed}


BONES = len(small.configuration().skeleton().bones)
GENE = "rhythm.frequency"
NOTHING = object()
CHANGES = {
    "version": (
        ["version"],
        9,
        f"this file is version 9, from a newer gaitosaur; this one reads up to {VERSION}",
    ),
    "missing": (["score"], NOTHING, "score is missing"),
    "unknown key": (["colour"], "red", "colour is not a key this file may have"),
    "text": (["score"], "12", 'score = "12", must be a number'),
    "null": (["terms"], None, "terms = None, must be a table"),
    "controller": (["controller"], "magic", 'controller = "magic", must be one of reflex, pattern'),
    "gene missing": (["genes", GENE], NOTHING, f'gene "{GENE}" is missing'),
    "gene unknown": (["genes", "wings"], 1.0, 'gene "wings" is not one of'),
    "gene text": (["genes", GENE], "0.1", f'gene "{GENE}" = "0.1", must be a number'),
    "gene truth": (["genes", GENE], True, f'gene "{GENE}" = true, must be a number'),
    "gene large": (["genes", GENE], 1e6, f'gene "{GENE}" = 1000000, must be -3 to 3'),
    "digest": (["digest"], "xyz", 'digest = "xyz", must be 64 hexadecimal digits'),
    "seconds": (["trial", "seconds"], 1e6, "trial.seconds = 1000000, must be"),
    "no time": (["trial", "seconds"], 0.0, "trial.seconds = 0, must be"),
    "iterations": (["trial", "iterations"], 0, "trial.iterations = 0, must be"),
    "step": (["trial", "step_scale"], 0.0, "trial.step_scale = 0, must be"),
    "mass": (["trial", "mass_scale"], -1.0, "trial.mass_scale = -1, must be"),
    "no gravity": (["trial", "gravity_scale"], 0.0, "trial.gravity_scale = 0, must be"),
    "gravity": (["trial", "gravity_scale"], 3.5, "trial.gravity_scale = 3.5, must be"),
    "half": (["trial", "iterations"], 8.5, "trial.iterations = 8.5, must be a whole number"),
    "ground": (["trial", "terrain", "kind"], "lava", 'trial.terrain.kind = "lava"'),
    "bumps": (["trial", "terrain", "size"], 50.0, "trial.terrain.size = 50, must be"),
    "spacing": (["trial", "terrain", "spacing"], 0.0, "trial.terrain.spacing = 0, must be"),
    "species key": (["species", "wings"], 2, "species: wings"),
    "species mass": (["species", "mass_kg"], -5, "species: mass_kg"),
    "species": (["species"], [], "species"),
    "species swapped": (["species", "title"], "Rex", "species_digest is not that of the species"),
    "kept": (["kept"], None, "robust and kept: one of them is null"),
    "robust": (["robust"], 1.5, "robust = 1.5, must be"),
    "checks": (["checks"], "!", "checks is not base64"),
    "checks cut": (["checks"], "AAAA", "checks is cut short"),
    "canary": (["platform", "canary"], "tweet", 'platform.canary = "tweet", must be 64'),
    "weights": (["objective", "weights", "distance"], "x", 'weights.distance = "x", must be'),
    "recording": (["recording"], {}, "recording.poses is missing"),
    "frame time": (["recording", "frame_time"], 0.0, "recording.frame_time = 0, must be"),
    "packed": (
        ["recording", "poses", "zlib_base64"],
        "AAAA",
        "recording: poses: cannot be unpacked",
    ),
    "shape": (
        ["recording", "activation", "shape"],
        [1, 2],
        "recording: activation: is 1 x 2, must be",
    ),
    "bomb": (
        ["recording", "poses"],
        part([1, BONES, 3], bytes(10**7)),
        f"recording: poses: does not have the {12 * BONES} bytes",
    ),
    "not finite": (
        ["recording", "poses"],
        part([1, BONES, 3], np.full(3 * BONES, np.nan, "<f4").tobytes()),
        "recording: poses: has numbers that are not finite",
    ),
}


def changed(keys, value):
    found = copy.deepcopy(document(small.a_genome()))
    table = found
    for key in keys[:-1]:
        table = table[key]
    if value is NOTHING:
        del table[keys[-1]]
    else:
        table[keys[-1]] = value
    return found


@pytest.mark.parametrize("name", CHANGES)
def test_every_fault_in_a_genome_file_is_one_clear_line(name, path):
    keys, value, said = CHANGES[name]
    lines = refused(path, json.dumps(changed(keys, value)))
    assert any(said in line for line in lines), lines


def test_a_file_from_before_gravity_could_be_set_has_the_usual_one(path):
    path.write_text(json.dumps(changed(["trial", "gravity_scale"], NOTHING)))
    assert read_genome(path) == small.a_genome()
    assert read_genome(path).trial.gravity_scale == 1.0


def test_all_faults_are_told_at_once(path):
    found = changed(["genes", GENE], 7.0)
    found["score"] = None
    found["trial"]["seconds"] = -1.0
    found["species"]["mass_kg"] = "heavy"
    lines = refused(path, json.dumps(found))
    for word in ("score", "trial.seconds", "species: mass_kg"):
        assert any(line.startswith(word) for line in lines), lines


def test_a_trial_that_would_take_for_ever_is_refused(path):
    found = changed(["trial"], {**document(small.a_genome())["trial"], "seconds": 120.0})
    found["trial"]["step_scale"] = 0.05
    for bone in found["species"]["bones"].values():
        if "length_m" in bone:
            bone["length_m"]["value"] *= 0.03
    found["species"]["mass_kg"]["value"] = 0.012
    found["species_digest"] = from_document(found["species"], "").digest()
    lines = refused(path, json.dumps(found))
    assert len(lines) == 1
    assert lines[0].startswith("trial: 120 s of this animal are")
    assert lines[0].endswith("steps; at most 5,000,000")


def test_a_missing_file_and_a_folder_are_one_clear_line(tmp_path):
    for path, said in ((tmp_path / "none.json", "no such file"), (tmp_path, "this is a folder")):
        with pytest.raises(BadFile, match=said):
            read_genome(path)


def test_a_file_that_is_far_too_large_is_not_read(tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(BadFile, match="60,000,000 bytes; at most"):
        read_genome(path)


@pytest.mark.parametrize("key", ["distance_m", "joints", "gait"])
def test_a_genome_without_a_measure_is_one_clear_line(key, path):
    found = json.loads(path.read_text())
    del found["measures"][key]
    path.write_text(json.dumps(found))
    with pytest.raises(BadFile, match=rf"measures\.{key} is missing"):
        read_genome(path)


def test_whoever_changes_a_document_does_not_change_the_genome_it_was_made_from():
    genome = small.a_genome()
    before = json.dumps(document(genome), sort_keys=True)
    changed = document(genome)
    changed["measures"]["gait"]["foot_falls"] = []
    changed["measures"]["joints"].clear()
    changed["terms"].clear()
    changed["origin"]["parents"].append(7)
    assert json.dumps(document(genome), sort_keys=True) == before
