"""A walk in files that other programs read, read back by those programs where they can be had."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import sims_small as small

from creatures.species import load_species, species_names
from sims.cli import app
from sims.evaluate import evaluate, measures_document
from sims.export import KINDS, opensim
from sims.export.measures import UNITS, document, measures, unit_of
from sims.export.table import columns
from sims.export.walk import Walk, walk_of
from sims.genomes import replay
from sims.genomes.record import read_genome, write_genome
from sims.genomes.recording import ARRAYS
from sims.physics.quantities import foot_points, limb_column, quantities
from sims.physics.trial import run_trial
from sims.platform import platform
from sims.runs.crown import genome_of
from sims.runs.elites import Guess

ROOT = Path(__file__).parents[2]
OLD = ROOT / "tests" / "formats" / "genome-v1.json"
ALL = (*KINDS, ".svg", ".pdf", ".png")
HAS_OPENSIM = pytest.mark.skipif(find_spec("opensim") is None, reason="OpenSim is not installed")


@lru_cache
def genome(name: str):
    """A first guess of a species, with its recording."""
    chosen = replace(small.configuration(), species=load_species(name))
    genes = chosen.table().start
    guess = Guess(0, 1, genes, (), 0, evaluate(chosen.task(), genes))
    return genome_of(chosen, guess, None, run_trial(chosen.skeleton(), genes, chosen.trial))


@lru_cache
def walk(name: str) -> Walk:
    return walk_of(genome(name), name)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Every command runs in a folder with one genome: what it leaves there is part of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv(app.DEBUG, raising=False)
    write_genome(tmp_path / "best.json", small.a_genome())


@pytest.fixture
def _elsewhere(monkeypatch):
    """Another platform, as far as a replay can see."""
    other = replace(platform(), numba="9.9.9", cpu="abacus")
    monkeypatch.setattr(replay, "platform", lambda: other)


@pytest.fixture
def export(capsys):
    """Returns a function that types the command and returns (code, stdout, stderr)."""

    def typed(*arguments: str):
        code = app.run(["export", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return typed


def left() -> set[str]:
    """What is in the folder beside the genome."""
    return {path.name for path in Path().iterdir()} - {"best.json"}


def written(name: str, file: str) -> Path:
    """Writes a walk of a species through the command."""
    write_genome(Path("one.json"), genome(name))
    assert app.run(["export", "one.json", "-o", file, "--quiet"]) == 0
    return Path(file)


def same_bits(one, other) -> bool:
    return np.asarray(one, np.float64).tobytes() == np.asarray(other, np.float64).tobytes()


@pytest.mark.parametrize("name", species_names())
def test_a_csv_read_back_is_every_quantity_to_the_bit(name):
    with written(name, "walk.csv").open(newline="") as file:
        head, *rows = csv.reader(file)
    table = np.array(rows, dtype=np.float64)
    found = quantities(walk(name).skeleton, walk(name).trajectory)
    assert head == ["time_s", *(one.name for one in found)]
    assert same_bits(table[:, 0], walk(name).trajectory.times)
    for place, one in enumerate(found, start=1):
        assert same_bits(table[:, place], one.values), one.name


def test_a_csv_is_plain_for_readers_that_know_nothing_of_it():
    path = written("velociraptor", "walk.csv")
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    assert table.shape == (len(walk("velociraptor").trajectory), len(columns(walk("velociraptor"))))
    assert path.read_bytes().isascii()
    assert b'"' not in path.read_bytes()


@pytest.mark.parametrize("name", species_names())
def test_a_parquet_file_has_the_same_table_with_units_words_and_what_is_told_of_the_walk(name):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(written(name, "walk.parquet"))
    expected = columns(walk(name))
    assert table.column_names == [one.name for one in expected]
    for one in expected:
        assert same_bits(table.column(one.name).to_numpy(), one.values)
        stored = table.schema.field(one.name).metadata
        assert stored == {b"unit": one.unit.encode(), b"words": one.words.encode()}
    told = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert (told["species"], told["seed"], told["generation"]) == (name, "1", "1")
    assert (told["verdict"], told["digest"]) == ("EXACT", genome(name).digest)
    assert told["gaitosaur"]
    assert json.loads(told["measures"]) == measures(walk(name))


@pytest.mark.parametrize("name", species_names())
def test_an_npz_has_the_arrays_of_the_trajectory_to_the_bit_and_needs_no_pickle(name):
    skeleton, trajectory = walk(name).skeleton, walk(name).trajectory
    with np.load(written(name, "walk.npz"), allow_pickle=False) as found:
        for array in (*ARRAYS, "times"):
            assert found[array].shape == getattr(trajectory, array).shape
            assert same_bits(found[array], getattr(trajectory, array))
        for group in ("bones", "joints", "muscles", "limbs"):
            assert found[group].tolist() == [one.name for one in getattr(skeleton, group)]
        com_x = next(one for one in walk(name).columns() if one.name == "com_x_m")
        assert same_bits(found["com"][:, 0], com_x.values)
        assert float(found["body_weight_n"]) == skeleton.weight
        assert set(json.loads(str(found["units"]))) == set(found.files)
        assert json.loads(str(found["measures"])) == document(walk(name))


def test_the_same_walk_gives_the_same_bytes(export):
    kinds = [kind for kind in ALL if kind != ".png"]
    for folder in ("one", "two"):
        Path(folder).mkdir()
        named = [part for kind in kinds for part in ("-o", f"{folder}/walk{kind}")]
        assert export("best.json", *named)[0] == 0
    for kind in kinds:
        assert Path(f"one/walk{kind}").read_bytes() == Path(f"two/walk{kind}").read_bytes(), kind


def storage(path: Path):
    """Reads a file as OpenSim's manual says it is: a name, keys, words, ``endheader``, labels, tab-separated rows."""
    head, _, body = path.read_text().partition("\nendheader\n")
    name, *told = head.split("\n")
    keys = dict(line.split("=") for line in told[:4])
    labels, *rows = (line.split("\t") for line in body.removesuffix("\n").split("\n"))
    assert name.startswith("Gaitosaur ")
    assert list(keys) == ["version", "nRows", "nColumns", "inDegrees"]
    assert keys["version"] == "1"
    assert not any("=" in line for line in told[4:])
    assert labels[0] == "time"
    assert len(set(labels)) == len(labels) == int(keys["nColumns"])
    assert len(rows) == int(keys["nRows"])
    table = np.array(rows, dtype=np.float64)
    return keys["inDegrees"], dict(zip(labels, table.T, strict=True)), told[4:]


@pytest.mark.parametrize("name", species_names())
def test_a_motion_file_has_place_tilt_and_joint_angles_in_metres_and_degrees(name):
    in_degrees, found, words = storage(written(name, "walk.mot"))
    assert in_degrees == "yes"
    assert "Angles are in degrees." in words
    known = {one.name: one.values for one in walk(name).columns()}
    assert same_bits(found["trunk_tx"], known["trunk_x_m"])
    assert same_bits(found["trunk_ty"], known["trunk_y_m"])
    np.testing.assert_allclose(found["trunk_tilt"], np.degrees(known["trunk_tilt_rad"]))
    joints = [key for key in known if key.endswith("_angle_rad")]
    assert len(found) == 4 + len(joints) == 4 + len(walk(name).skeleton.joints)
    for joint in joints:
        label = joint.removesuffix("_rad")
        np.testing.assert_allclose(found[label], np.degrees(known[joint]), rtol=1e-14)


@pytest.mark.parametrize("name", species_names())
def test_a_storage_file_has_muscles_loads_and_the_push_of_the_ground_in_newtons(name):
    in_degrees, found, words = storage(written(name, "walk.sto"))
    skeleton, trajectory = walk(name).skeleton, walk(name).trajectory
    assert in_degrees == "no"
    assert any("NOT a measured centre of pressure" in line for line in words)
    known = {one.name: one.values for one in walk(name).columns()}
    for end in ("_activation", "_force", "_load"):
        labels = [key for key in found if key.endswith(end)]
        assert len(labels) == len(skeleton.joints if end == "_load" else skeleton.muscles)
        for label in labels:
            assert same_bits(found[label], known[label if end == "_activation" else f"{label}_n"])
    place = foot_points(skeleton, trajectory)
    for k, limb in enumerate(skeleton.limbs):
        foot = limb_column(skeleton, limb)
        label = f"ground_force_{foot}_"
        assert same_bits(found[f"{label}vx"], known[f"ground_{foot}_forward_n"])
        assert same_bits(found[f"{label}vy"], known[f"ground_{foot}_up_n"])
        assert same_bits(found[f"{label}px"], place[:, k, 0])
        assert same_bits(found[f"{label}py"], place[:, k, 1])
        assert not np.any((found[f"{label}vz"], found[f"{label}pz"]))


OPENSIM = """
import json, sys
import numpy
import opensim
opensim.Logger.setLevelString("Off")
said = {}
for file in sys.argv[1:]:
    table, stored = opensim.TimeSeriesTable(file), opensim.Storage(file)
    said[file] = {
        "labels": list(table.getColumnLabels()),
        "time": list(table.getIndependentColumn()),
        "rows": table.getMatrix().to_numpy().tolist(),
        "in_degrees": table.getTableMetaDataString("inDegrees"),
        "stored": [stored.isInDegrees(), stored.getSize(), stored.getColumnLabels().getSize()],
        "keys": sorted(table.getTableMetaDataKeys()),
        "name": stored.getName(),
    }
print(json.dumps(said))
"""


def read_by_opensim(*files: str) -> dict:
    """What OpenSim itself reads, in a process of its own: it brings a solver, and leaves a log where it runs."""
    done = subprocess.run(
        [sys.executable, "-c", OPENSIM, *files], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@HAS_OPENSIM
@pytest.mark.parametrize("name", species_names())
def test_opensim_reads_what_was_written_for_it_to_the_bit(name):
    said = read_by_opensim(*(str(written(name, file)) for file in ("walk.mot", "walk.sto")))
    made = (opensim.motion_columns(walk(name)), opensim.storage_columns(walk(name)))
    for found, expected, degrees in zip(said.values(), made, (True, False), strict=True):
        assert found["labels"] == [label for label, _ in expected]
        assert same_bits(found["time"], walk(name).trajectory.times)
        assert same_bits(found["rows"], np.column_stack([values for _, values in expected]))
        assert found["in_degrees"] == ("yes" if degrees else "no")
        assert found["stored"] == [degrees, len(found["time"]), len(expected) + 1]
        # Whatever else it took for a key would be a line of words that it misunderstood.
        assert found["keys"] == ["header", "inDegrees", "nColumns", "nRows"]
        assert found["name"].startswith("Gaitosaur ")


@HAS_OPENSIM
def test_an_animal_with_a_strange_name_does_not_upset_opensim(tmp_path):
    strange = small.a_genome().species.model_copy(update={"title": "endheader\nnRows=7 = Ω"})
    odd = replace(walk("velociraptor"), genome=replace(small.a_genome(), species=strange))
    (tmp_path / "odd.mot").write_bytes(opensim.motion(odd))
    (found,) = read_by_opensim("odd.mot").values()
    assert found["stored"][1] == len(odd.trajectory)
    assert found["keys"] == ["header", "inDegrees", "nColumns", "nRows"]
    assert storage(tmp_path / "odd.mot")


def test_feet_stand_on_the_ground_where_the_forces_are_said_to_act():
    skeleton, trajectory = walk("velociraptor").skeleton, walk("velociraptor").trajectory
    down = trajectory.ground_force[:, :, 1] > 0.2
    height = foot_points(skeleton, trajectory)[:, :, 1][down]
    assert np.abs(height).max() < 0.05 * skeleton.hip_height


def test_measures_terms_and_weights_are_told_with_their_units(export):
    assert export("best.json", "-o", "walk.json")[0] == 0
    found = json.loads(Path("walk.json").read_text())
    stored = small.a_genome()
    assert (found["species"], found["seed"]) == ("velociraptor", stored.origin.seed)
    assert (found["verdict"], found["digest"]) == ("EXACT", stored.digest)
    rows = {row["name"]: row for row in found["measures"]}
    assert len(rows) == len(found["measures"])
    assert rows["distance_m"]["value"] == stored.measures["distance_m"]
    assert rows["knee_left_rms_n"]["unit"] == "N"
    assert found["score"] == pytest.approx(sum(term["points"] for term in found["terms"]))
    assert {term["name"]: term["weight"] for term in found["terms"]} == stored.objective.weights
    falls = stored.measures["gait"]["foot_falls"]
    assert len(found["foot_falls"]) == sum(map(len, falls))


def test_every_measure_has_the_unit_that_its_name_says():
    units = {row["name"]: row["unit"] for row in measures(walk("velociraptor"))}
    assert units["speed_m_s"] == "m/s"
    assert units["time_up_s"] == units["stride_time_s"] == "s"
    assert units["stride_frequency_hz"] == "Hz"
    assert units["strain_bw"] == "body weights"
    assert units["hip_left_limit_torque_nm"] == "N m"
    assert units["cost_of_transport"] == "J/(kg m)"
    assert units["froude"] == units["duty_factor_left"] == units["strides"] == "1"
    assert {unit_of(f"x{end}") for end in UNITS} == set(UNITS.values())


def test_one_call_writes_everything_and_says_which_walk_it_is(export):
    named = [part for kind in ALL for part in ("-o", f"walk{kind}")]
    code, out, err = export("best.json", *named)
    assert code == 0
    assert err == "EXACT: the same to the bit\n"
    assert [line.split()[0] for line in out.splitlines()] == ["wrote"] * len(ALL)
    assert left() == {f"walk{kind}" for kind in ALL}
    assert ElementTree.parse("walk.svg").getroot().tag.endswith("svg")
    assert Path("walk.pdf").read_bytes().startswith(b"%PDF")
    assert Path("walk.png").read_bytes().startswith(b"\x89PNG")


def test_a_run_stands_for_its_champion_and_a_suffix_may_be_in_capitals(export):
    assert export(".", "-o", "WALK.CSV")[0] == 0
    assert Path("WALK.CSV").read_text().startswith("time_s,distance_m,")


def test_quietly_it_prints_the_files_and_nothing_else(export):
    assert export("best.json", "-o", "a.csv", "-o", "b.mot", "--quiet") == (0, "a.csv\nb.mot\n", "")


def test_as_json_it_tells_files_rows_and_columns(export):
    code, out, _ = export("best.json", "-o", "a.csv", "-o", "b.sto", "-o", "c.svg", "--json")
    found = json.loads(out)
    assert (code, found["verdict"], found["recording"]) == (0, "EXACT", False)
    table, stored, drawn = found["files"]
    assert table["file"] == "a.csv"
    assert table["rows"] == found["rows"] == len(Path("a.csv").read_text().splitlines()) - 1
    assert table["columns"] == Path("a.csv").read_text().splitlines()[0].split(",")
    assert stored["columns"] == list(storage(Path("b.sto"))[1])
    assert (drawn["kind"], drawn["columns"]) == ("svg", [])


def test_the_columns_are_listed_with_unit_and_words_and_nothing_is_written(export):
    code, out, _ = export("best.json", "--list")
    assert code == 0
    assert left() == set()
    listed = {line.split()[0]: line for line in out.splitlines()}
    for one in columns(walk("velociraptor")):
        assert one.unit in listed[one.name]
        assert one.words in listed[one.name]
    _, out, _ = export("best.json", "--list", "--json")
    assert {"name", "unit", "words"} == set(json.loads(out)["columns"][0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["best.json"], "--out is missing: which file? (or --list, to see the columns)"),
        (["best.json", "-o", "walk.xls"], "walk.xls: a file's name must end in .csv, "),
        (["best.json", "-o", "walk"], "walk: a file's name must end in"),
        (["best.json", "-o", "no/walk.csv"], "no/walk.csv: there is no folder no"),
        (["best.json", "-o", "best.json/w.csv"], "best.json/w.csv: there is no folder best.json"),
        (["best.json", "-o", "d.csv"], "d.csv: is a folder; give the name of a file"),
        (["best.json", "-o", "a.csv", "-o", "./a.csv"], "a.csv: is named twice"),
        (["best.json", "-o", "best.json"], "best.json: is a genome file, which would be lost"),
        (["best.json", "-o", "d.csv/o.json"], "d.csv/o.json: is a genome file, which would be"),
        (["best.json", "-o", f"{300 * 'w'}.csv"], "www.csv: has too long a name"),
        (["best.json", "--list", "-o", "a.csv"], "--list: writes nothing"),
        (["nothing.json", "-o", "a.csv"], "nothing.json: no such file"),
        (["d.csv", "-o", "a.csv"], "this is a folder"),
        (["d.csv/t.json", "-o", "a.csv"], "d.csv/t.json: not JSON"),
        ([], "Missing argument 'GENOME'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_written_is_one_clear_line_and_exit_code_2(arguments, said, export):
    Path("d.csv").mkdir()
    Path("d.csv/t.json").write_text("{")
    Path("d.csv/o.json").write_bytes(Path("best.json").read_bytes())
    code, out, err = export(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert left() == {"d.csv"}
    assert Path("d.csv/o.json").read_bytes() == Path("best.json").read_bytes()


def test_all_files_that_cannot_be_written_are_told_at_once(export):
    code, _, err = export("best.json", "-o", "walk.xls", "-o", "no/walk.csv", "-o", "good.csv")
    assert (code, err.count("\n"), left()) == (2, 2, set())


def test_without_pyarrow_parquet_is_refused_in_one_line_and_the_rest_is_written(
    export, monkeypatch
):
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as Python sees what is not installed
    code, _, err = export("best.json", "-o", "walk.csv", "-o", "walk.parquet")
    assert (code, left()) == (2, set())
    assert err.startswith("walk.parquet: needs pyarrow, which is not installed; install it with:")
    assert err.count("\n") == 1
    assert export("best.json", "-o", "walk.csv")[0] == 0


def test_ctrl_c_leaves_nothing_behind():
    named = [part for kind in (".csv", ".svg", ".pdf", ".png") for part in ("-o", f"w{kind}")]
    running = subprocess.Popen(
        [sys.executable, "-m", "sims", "export", "best.json", *named],
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(Path.cwd())},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr.readline().startswith("EXACT")  # from here on it makes the files
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert left() == set()


def changed() -> str:
    """A genome whose file tells of another walk than its genes make."""
    genes = list(small.a_genome().genes)
    genes[0] += 0.01
    write_genome(Path("best.json"), replace(small.a_genome(), genes=tuple(genes)))
    return "best.json"


@pytest.mark.usefixtures("_elsewhere")
def test_what_cannot_be_verified_here_is_written_from_its_recording(export):
    code, _, err = export(changed(), "-o", "walk.npz", "-o", "walk.mot", "-o", "walk.json")
    assert code == 0
    assert err.startswith("best.json: UNVERIFIABLE HERE: it was made with numba")
    assert err.endswith("; this is the recording\n")
    recorded = small.a_genome().recording.trajectory()
    with np.load("walk.npz", allow_pickle=False) as found:
        for array in ARRAYS:
            assert same_bits(found[array], getattr(recorded, array))
    told = json.loads(Path("walk.json").read_text())
    assert (told["verdict"], told["source"]) == ("UNVERIFIABLE", "the recording in the genome file")
    assert told["digest"] == small.a_genome().digest
    assert any("the recording in the genome file" in line for line in storage(Path("walk.mot"))[2])


def test_another_walk_than_the_file_tells_of_is_warned_of_and_told_as_it_is(export):
    code, _, err = export(changed(), "-o", "walk.json", "--quiet")
    assert code == 0
    assert err.startswith("warning: best.json: DIFFERS FROM STEP ")
    told = json.loads(Path("walk.json").read_text())
    again = replay.replay(read_genome(Path("best.json")))
    assert (told["verdict"], told["digest"]) == ("DIFFERS", again.verdict.found)
    rows = {row["name"]: row["value"] for row in told["measures"]}
    assert rows["distance_m"] == measures_document(again.trial)["distance_m"]
    assert rows["distance_m"] != small.a_genome().measures["distance_m"]
    assert told["score"] == pytest.approx(sum(term["points"] for term in told["terms"]))


def test_a_boast_in_the_file_is_not_passed_on(export):
    boast = dict(small.a_genome().measures) | {"distance_m": 99.9}
    write_genome(Path("best.json"), replace(small.a_genome(), measures=boast))
    assert export("best.json", "-o", "walk.json")[2].startswith("warning: best.json: DIFFERS: ")
    rows = json.loads(Path("walk.json").read_text())["measures"]
    assert rows[0] == {
        "name": "distance_m",
        "value": small.a_genome().measures["distance_m"],
        "unit": "m",
    }


@pytest.mark.usefixtures("_elsewhere")
def test_an_old_recording_is_written_without_the_pull_of_muscles(export):
    old = json.loads(OLD.read_text())
    Path("old.json").write_text(json.dumps(old | {"digest": "0" * 64}))
    named = [part for kind in KINDS for part in ("-o", f"walk{kind}")]
    code, _, err = export("old.json", *named)
    assert code == 0
    assert "the pull of muscles was not kept in this recording: it is left out\n" in err
    _, found, words = storage(Path("walk.sto"))
    assert not [label for label in found if label.endswith("_force")]
    assert [label for label in found if label.endswith("_activation")]
    assert "Muscles: their pull was not kept in this recording." in words
    with np.load("walk.npz", allow_pickle=False) as arrays:
        assert arrays["muscle_force"].shape == (len(arrays["times"]), 0)
    assert "_force_n," not in Path("walk.csv").read_text().partition("\n")[0]


def test_an_old_genome_that_walks_the_same_here_has_the_pull_of_its_muscles_again(export):
    again = walk_of(read_genome(OLD), "old")
    if again.is_recording:
        pytest.skip("the old walk cannot be made on this platform")
    assert export(str(OLD), "-o", "walk.sto")[0] == 0
    assert [label for label in storage(Path("walk.sto"))[1] if label.endswith("_force")]


def test_a_walk_that_came_apart_before_its_first_frame_is_one_clear_line(export, monkeypatch):
    trial = run_trial(small.configuration().skeleton(), small.a_genome().genes, small.TRIAL)
    walked = trial.trajectory
    none = replace(walked, **{name: getattr(walked, name)[:0] for name in ARRAYS})
    monkeypatch.setattr(replay, "rerun", lambda _genome: replace(trial, trajectory=none))
    write_genome(Path("best.json"), replace(small.a_genome(), recording=None, checks=b""))
    code, out, err = export("best.json", "-o", "walk.csv")
    assert (code, out, left()) == (2, "", set())
    assert err == "best.json: has a walk without a single frame: there is nothing to write\n"


def test_numbers_are_written_with_every_digit_that_counts():
    from sims.export.table import lines

    odd = np.array([[0.1 + 0.2, -0.0, 5e-324], [1e300, np.pi, 1.0]])
    assert same_bits(np.loadtxt(io.StringIO(lines(odd, "\t"))), odd)
