"""A run can begin with a walk that was found earlier, by another run, and is then as reproducible as any."""

from dataclasses import replace

import pytest
import sims_small as small

from creatures.faults import BadFile
from creatures.species import load_species
from evo.strategies import STRATEGIES
from sims.cli import app
from sims.errors import Interrupted
from sims.genomes.record import read_genome, write_genome
from sims.runs.asked import Asked, begin, settings_of
from sims.runs.earlier import SIGMA
from sims.runs.events import GenerationDone
from sims.runs.run import repeat, resume

GENES = small.configuration().table().names
WALK = tuple(round(0.1 + 0.01 * place, 2) for place in range(len(GENES)))


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """A genome file that differs from where guesses begin otherwise."""
    path = tmp_path_factory.mktemp("earlier") / "walk.json"
    write_genome(path, replace(small.a_genome(), genes=WALK))
    return path


def asked(walk, **others):
    given = {"guesses": 24, "seconds": 0.6, "search": ("population=6",), "workers": 0}
    return Asked(begin_from=walk, **given | others)


def guessed(run):
    """All genomes that a run guesses, in order."""
    found = []

    def listen(event):
        if isinstance(event, GenerationDone):
            found.extend(one.genome for one in event.made.individuals)

    run.go(listen)
    return found


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
def test_the_walk_itself_is_the_first_guess_and_the_others_lie_about_it(strategy, walk, tmp_path):
    objective = "pareto" if strategy == "nsga2" else "walk"
    wish = asked(walk, strategy=strategy, objective=objective, out=tmp_path / "run")
    first, *others = guessed(begin(wish))[:6]
    assert first == WALK
    for genome in others:
        assert genome != WALK
        assert max(abs(a - b) for a, b in zip(genome, WALK, strict=True)) < 6 * SIGMA


def test_the_animal_is_that_of_the_walk_unless_one_is_named(walk):
    assert settings_of(asked(walk)).species == load_species("velociraptor")
    named = settings_of(asked(walk, animal="allosaurus"))
    assert named.species == load_species("allosaurus")
    assert named.first_guess == WALK


def test_how_far_the_guesses_lie_from_the_walk_can_be_said(walk):
    assert settings_of(asked(walk)).search["sigma"] == SIGMA
    assert settings_of(asked(walk, search=("sigma=0.3",))).search["sigma"] == "0.3"


def test_the_folder_of_a_finished_run_stands_for_its_champion(walk, tmp_path):
    result = begin(asked(walk, out=tmp_path / "run")).go()
    again = settings_of(asked(result.folder))
    assert again.first_guess == read_genome(result.file).genes


def test_the_run_does_not_need_the_walk_any_more(walk, tmp_path):
    """Stopped and resumed, repeated, and with another number of workers it comes to the same champion."""
    mine = tmp_path / "walk.json"
    mine.write_bytes(walk.read_bytes())
    runs = [begin(asked(mine, out=tmp_path / name, workers=n)) for name, n in (("a", 0), ("b", 1))]
    mine.unlink()
    whole = small.files(runs[0].go().folder)

    def stop(event):
        if isinstance(event, GenerationDone) and event.generation == 2:
            runs[1].stop()

    with pytest.raises(Interrupted):
        runs[1].go(stop)
    assert small.files(resume(tmp_path / "b", workers=0).go().folder) == whole
    assert small.files(repeat(tmp_path / "a", 0, out=tmp_path / "c").go().folder) == whole


def test_it_is_another_run_than_one_that_begins_anew(walk, tmp_path):
    ours = begin(asked(walk, out=tmp_path / "a", animal="velociraptor")).configuration
    anew = begin(asked(None, out=tmp_path / "b", animal="velociraptor")).configuration
    assert ours.digest() != anew.digest()


def test_an_animal_with_other_joints_is_refused_and_the_genes_are_named(walk, capsys):
    assert app.run(("evolve", "human", "--from", str(walk))) == 2
    assert capsys.readouterr() == (
        "",
        "--from is a walk of Velociraptor mongoliensis, with other genes than Human: "
        "it has leg.toe.offset, leg.toe.cosine, leg.toe.sine and 4 more\n",
    )


def test_another_controller_than_that_of_the_walk_is_refused(walk):
    with pytest.raises(BadFile, match="is pattern, and the walk of --from was found with reflex"):
        settings_of(asked(walk, controller="pattern"))


def test_what_is_no_genome_is_refused_by_name(capsys, tmp_path):
    (tmp_path / "notes.json").write_text("{}")
    for name, why in (("nothing.json", "no such file"), ("notes.json", "gaitosaur-genome")):
        assert app.run(("evolve", "--from", str(tmp_path / name))) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert name in err
        assert why in err


def test_a_run_without_a_champion_is_said_to_have_none_yet(walk, tmp_path):
    begin(asked(walk, out=tmp_path / "run")).close()
    with pytest.raises(BadFile, match="is a run without a champion yet: gaitosaur evolve --resume"):
        settings_of(asked(tmp_path / "run"))


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        (f'"{GENES[3]}" = {WALK[3]}', f'"{GENES[3]}" = 4.5', "= 4.5, must be -3 to 3"),
        (f'"{GENES[3]}" = {WALK[3]}\n', "", "is missing"),
        (f'"{GENES[3]}" = {WALK[3]}', f'"{GENES[3]}" = "x"', '= "x", must be a number'),
    ],
)
def test_a_gene_that_was_changed_in_a_runs_folder_is_named(line, wrong, said, walk, tmp_path):
    begin(asked(walk, out=tmp_path / "run")).close()
    file = tmp_path / "run" / "run.toml"
    text = file.read_text()
    assert line in text
    file.write_text(text.replace(line, wrong))
    with pytest.raises(BadFile) as error:
        resume(tmp_path / "run", workers=0)
    (told,) = error.value.lines()
    assert f'gene "{GENES[3]}"' in told
    assert said in told
