"""The runs of a study can begin with a walk that was found: one for all, or each with that of another study."""

import shutil
from dataclasses import replace

import pytest
import sims_small as small

from creatures.faults import BadFile
from sims.batch.folder import taken_up
from sims.batch.study import read_study
from sims.cli import app
from sims.errors import RunError
from sims.genomes.record import read_genome, write_genome
from sims.runs.run import start

STUDY = """
format = "gaitosaur-study"
version = 1
species = {species}
seeds = "0:2"
[base]
from = "{walks}"
guesses = 6
seconds = 0.6
{more}
[vary]
objective = ["sprint", "gentle"]
"""
GENES = len(small.configuration().table())


def genes(species, seed):
    first = {"velociraptor": 0.1, "allosaurus": 0.2}[species] + 0.01 * seed
    return (first,) + (0.05,) * (GENES - 1)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """The folder of a study that has a walk for each of two animals and two seeds."""
    home = tmp_path_factory.mktemp("earlier") / "walks"
    for species in ("velociraptor", "allosaurus"):
        for seed in (0, 1):
            cell = home / "cells" / f"{species}-s{seed}"
            cell.mkdir(parents=True)
            walk = replace(small.a_genome(), genes=genes(species, seed))
            write_genome(cell / "best.json", walk)
    return home


def study(tmp_path, walks, species='["velociraptor", "allosaurus"]', more=""):
    path = tmp_path / "sprint.toml"
    path.write_text(STUDY.format(species=species, walks=walks, more=more))
    return path


def refused(path):
    with pytest.raises(BadFile) as error:
        read_study(path)
    return error.value.lines()


def test_each_run_begins_with_the_walk_of_its_animal_and_seed(earlier, tmp_path):
    cells = read_study(study(tmp_path, earlier)).cells()
    assert len(cells) == 8
    for cell in cells:
        settings = cell.run_settings(tmp_path / "run")
        assert settings.first_guess == genes(cell.species, cell.seed)


def test_one_walk_can_be_the_beginning_of_all(earlier, tmp_path):
    run = earlier / "cells" / "allosaurus-s1"
    for walk in (run, run / "best.json"):
        for cell in read_study(study(tmp_path, walk)).cells():
            assert cell.run_settings(tmp_path / "x").first_guess == genes("allosaurus", 1)


def test_the_line_for_one_run_by_hand_names_its_walk(earlier, tmp_path):
    cell = read_study(study(tmp_path, earlier)).cells()[1]
    assert cell.command().endswith(f"--from {earlier / 'cells/velociraptor-s1/best.json'}")


@pytest.mark.parametrize("of_one", [False, True])
def test_the_folder_of_a_study_stands_alone(of_one, earlier, tmp_path):
    """It has copies of the walks: the earlier study may go, and others may make it again."""
    mine = tmp_path / "mine"
    shutil.copytree(earlier, mine)
    source = "mine/cells/velociraptor-s0" if of_one else "mine"
    typed = read_study(study(tmp_path, source))
    wanted = [cell.run_settings(tmp_path / "x").first_guess for cell in typed.cells()]
    taken_up(typed, tmp_path / "folder")
    assert taken_up(typed, tmp_path / "folder")  # typed again, it goes on
    shutil.rmtree(mine)
    there = read_study(tmp_path / "folder").cells()
    assert [cell.run_settings(tmp_path / "x").first_guess for cell in there] == wanted
    result = start(there[0].run_settings(tmp_path / "run")).go()
    assert result.guesses == 6


def test_a_study_whose_walks_have_changed_is_another_study(earlier, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(earlier, mine)
    typed = read_study(study(tmp_path, "mine"))
    taken_up(typed, tmp_path / "folder")
    walk = mine / "cells" / "velociraptor-s1" / "best.json"
    write_genome(walk, replace(read_genome(walk), genes=genes("velociraptor", 7)))
    with pytest.raises(RunError, match=r"velociraptor-s1\.json is another file there"):
        taken_up(typed, tmp_path / "folder")


def test_runs_without_a_walk_are_named_with_their_seeds(earlier, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(earlier, mine)
    for seed in (0, 1):
        (mine / "cells" / f"allosaurus-s{seed}" / "best.json").unlink()
    (line,) = refused(study(tmp_path, "mine"))
    assert line.endswith(
        'sprint.toml:7: base.from = "mine", has no walk of allosaurus with seed 0, 1'
    )


def test_an_animal_with_other_joints_is_refused(earlier, tmp_path):
    walk = earlier / "cells" / "velociraptor-s0"
    (line,) = refused(study(tmp_path, walk, species='["velociraptor", "human"]'))
    assert "sprint.toml:7: base.from: " in line
    assert "is a walk of Velociraptor mongoliensis, with other genes than Human" in line


def test_another_controller_is_refused(earlier, tmp_path):
    walk = earlier / "cells" / "velociraptor-s0"
    (line,) = refused(study(tmp_path, walk, '["velociraptor"]', 'controller = "pattern"'))
    assert line.endswith('was found with reflex, and this is of pattern: say controller = "reflex"')


def test_a_study_that_varies_something_is_refused_since_it_has_several_walks(earlier, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(earlier, mine)
    shutil.copy(study(tmp_path, "mine"), mine / "study.toml")
    (line,) = refused(study(tmp_path, "mine"))
    assert 'base.from = "mine", varies objective: it has several walks' in line


def test_a_name_of_digits_is_a_name(earlier, tmp_path):
    shutil.copytree(earlier, tmp_path / "2024_11")
    assert read_study(study(tmp_path, "2024_11")).base["from"] == "2024_11"


def test_it_cannot_be_varied(earlier, tmp_path):
    path = study(tmp_path, earlier)
    path.write_text(path.read_text() + f'from = ["{earlier}"]\n')
    (line,) = refused(path)
    assert line.endswith("vary.from: belongs in base: it is the same for every run")


def test_a_typed_study_names_it_too(earlier, capsys):
    words = ("--species", "velociraptor", "--seeds", "0:1", "--guesses", "6", "--out", "x")
    base = ("--set-base", f"from={earlier}", "--set-base", "seconds=0.6")
    assert app.run(("batch", *words, *base, "--dry-run")) == 0
    assert f"--from {earlier}" in capsys.readouterr().out
