"""What a person asks of a run: what is wrong is said at once and all together, what is right becomes settings."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import tomli_w

from creatures.faults import BadFile
from creatures.species import load_species, species_names
from creatures.variants import varied
from evo.strategies import STRATEGIES
from sims.cli import windowed
from sims.errors import RunError
from sims.runs import asked as asked_module
from sims.runs.asked import GUESSES, OBJECTIVE, SECONDS, SEED, STRATEGY, Asked, begin, settings_of
from sims.runs.run import start
from sims.score import OBJECTIVES, TERMS
from sims.window.layout import SMALLEST

RAPTOR = Asked(animal="velociraptor")
QUICK = replace(RAPTOR, guesses=4, seconds=0.6, search=("population=4",), workers=0)


def lines(asked):
    return BadFile(asked.faults()).lines()


def refused(asked):
    """What `settings_of` says of it."""
    with pytest.raises(BadFile) as error:
        settings_of(asked)
    return error.value.lines()


def test_asking_for_an_animal_is_enough():
    assert RAPTOR.faults() == []
    settings = settings_of(RAPTOR)
    assert settings.species == load_species("velociraptor")
    assert (settings.seed, settings.guesses, settings.strategy) == (SEED, GUESSES, STRATEGY)
    assert settings.objective == OBJECTIVES[OBJECTIVE]
    assert settings.trial.seconds == SECONDS
    assert (settings.search, settings.workers, settings.out) == ({}, 1, None)


def test_what_is_asked_is_what_is_set(tmp_path):
    asked = Asked(
        animal="allosaurus",
        seed=7,
        guesses=120,
        strategy="ga",
        objective="sprint",
        weights=("energy=-2.5", "distance=40"),
        seconds=3.5,
        search=("population=12",),
        out=tmp_path / "run",
        workers=2,
    )
    settings = settings_of(asked)
    assert (settings.seed, settings.guesses, settings.strategy) == (7, 120, "ga")
    assert settings.objective.name == "sprint"
    assert settings.objective.weights["energy"] == -2.5
    assert settings.objective.weights["distance"] == 40.0
    untouched = set(TERMS) - {"energy", "distance"}
    assert all(
        settings.objective.weights[term] == OBJECTIVES["sprint"].weights[term] for term in untouched
    )
    assert (settings.trial.seconds, settings.workers) == (3.5, 2)
    assert (settings.search, settings.out) == ({"population": "12"}, tmp_path / "run")


def test_a_variant_that_is_asked_for_is_the_animal_of_the_run():
    settings = settings_of(replace(RAPTOR, variants=("tail=stiff",)))
    assert settings.species == varied(load_species("velociraptor"), "tail", "stiff")
    assert settings_of(replace(RAPTOR, variants=("tail=free",))) == settings_of(RAPTOR)


def test_an_animal_without_a_tail_cannot_be_asked_for_with_a_stiff_one(tmp_path):
    tailless = varied(load_species("velociraptor"), "tail", "off").document()
    plan = tmp_path / "tailless-plan.toml"
    plan.write_text(tomli_w.dumps({k: v for k, v in tailless.items() if k != "plan"}))
    (tmp_path / "own.toml").write_text('title = "Own"\nplan = "tailless-plan.toml"\nmass_kg = 20\n')
    own = Asked(animal=str(tmp_path / "own.toml"))
    assert settings_of(own).species.title == "Own"
    (line,) = refused(replace(own, variants=("tail=stiff",)))
    assert line == "--variant: Own has no tail that could be varied"


def test_bones_break_where_it_is_asked_and_never_if_it_is_not():
    assert settings_of(RAPTOR).trial.bone_limit_mpa == 0.0
    assert settings_of(replace(RAPTOR, bone_limit=100.0)).trial.bone_limit_mpa == 100.0


def test_a_seed_of_zero_is_a_seed():
    assert settings_of(replace(RAPTOR, seed=0)).seed == 0


def test_the_objectives_of_the_house_are_not_changed_by_a_weight():
    before = dict(OBJECTIVES["walk"].weights)
    settings_of(replace(RAPTOR, weights=("load=5",)))
    assert OBJECTIVES["walk"].weights == before


@pytest.mark.parametrize("name", species_names())
def test_every_species_can_be_asked_for(name):
    assert settings_of(Asked(animal=name)).species.name == name


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_search_can_be_asked_for(name):
    objective = "pareto" if name == "nsga2" else None
    assert settings_of(replace(RAPTOR, strategy=name, objective=objective)).strategy == name


def test_an_objective_of_several_aims_brings_its_own_search():
    assert settings_of(replace(RAPTOR, objective="pareto")).strategy == "nsga2"
    assert settings_of(replace(RAPTOR, objective="gentle")).strategy == "cma"


WRONG = {
    "one aim": (
        replace(RAPTOR, strategy="nsga2"),
        ["--strategy: nsga2 goes with --objective pareto only: walk is one aim"],
    ),
    "several": (
        replace(RAPTOR, strategy="hill", objective="pareto"),
        ["--strategy: hill does not go with --objective pareto: only nsga2 follows several aims"],
    ),
    "nothing": (Asked(), ["SPECIES is missing: which animal?"]),
    "seed": (replace(RAPTOR, seed=-1), ["--seed = -1, must be a whole number, 0 to"]),
    "guesses": (replace(RAPTOR, guesses=0), ["--guesses = 0, must be a whole number, 1 to"]),
    "far": (replace(RAPTOR, guesses=10**9), ["--guesses = 1000000000"]),
    "bones": (
        replace(RAPTOR, bone_limit=-3.0),
        ["--bone-limit = -3, must be a stress in MPa, 0 to 10,000"],
    ),
    "short": (replace(RAPTOR, seconds=0.0), ["--seconds = 0, must be 0.1 to 120"]),
    "long": (replace(RAPTOR, seconds=121.0), ["--seconds = 121"]),
    "nan": (replace(RAPTOR, seconds=float("nan")), ["--seconds = nan"]),
    "endless": (replace(RAPTOR, seconds=float("inf")), ["--seconds = inf"]),
    "workers": (replace(RAPTOR, workers=257), ["--workers = 257"]),
    "all": (replace(RAPTOR, seed=-1, guesses=0, workers=-1), ["--seed", "--guesses", "--workers"]),
    "resume": (Asked(animal="x", resume=Path("run")), ["SPECIES: does not go with --resume"]),
    "resume seed": (Asked(resume=Path("run"), seed=1), ["--seed: does not go with --resume"]),
    "resume out": (Asked(resume=Path("run"), out=Path("x")), ["--out: does not go with --resume"]),
    "resume much": (
        Asked(resume=Path("run"), strategy="ga", search=("a=1",), weights=("b=2",)),
        ["--strategy", "--weight", "--set"],
    ),
    "repeat": (Asked(animal="x", repeat=Path("run")), ["SPECIES: does not go with --repeat"]),
    "variant": (replace(RAPTOR, variants=("tale=off",)), ["--variant tale is not known; did you"]),
    "no such variant": (
        replace(RAPTOR, variants=("tail=stif", "tail")),
        ['--variant = "tail", must be KEY=VALUE'],
    ),
    "value": (
        replace(RAPTOR, variants=("tail=stif",)),
        ['--variant tail = "stif"; did you mean "stiff"?'],
    ),
    "resume variant": (
        Asked(resume=Path("run"), variants=("tail=off",)),
        ["--variant: does not go with --resume"],
    ),
    "both": (Asked(resume=Path("a"), repeat=Path("b")), ["--repeat: does not go with --resume"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_at_first_sight_is_one_line_each(name):
    asked, said = WRONG[name]
    found = lines(asked)
    assert len(found) == len(said)
    for line, words in zip(found, said, strict=True):
        assert words in line


def test_what_goes_with_a_run_that_is_there_is_not_wrong(tmp_path):
    assert Asked(resume=tmp_path, workers=3).faults() == []
    assert Asked(repeat=tmp_path, workers=0, out=tmp_path / "again").faults() == []


DEEPER = {
    "strategy": (replace(RAPTOR, strategy="cmaes"), "--strategy"),
    "objective": (replace(RAPTOR, objective="fly"), "--objective"),
    "weight": (replace(RAPTOR, weights=("energi=1",)), 'did you mean "energy"?'),
    "no weight": (replace(RAPTOR, weights=("energy",)), "must be KEY=VALUE"),
    "weight of words": (replace(RAPTOR, weights=("energy=much",)), "must be a number"),
    "weight of nothing": (replace(RAPTOR, weights=("energy=nan",)), "must be a number"),
    "heavy": (replace(RAPTOR, weights=("energy=1e9",)), "--weight energy"),
    "set": (replace(RAPTOR, search=("poplation=4",)), 'did you mean "population"?'),
    "set words": (replace(RAPTOR, search=("population=many",)), "--set: population must be"),
    "own option": (replace(RAPTOR, search=("seed=4",)), "--set seed is not known"),
    "species": (replace(RAPTOR, animal="velocirapto"), 'did you mean "velociraptor"?'),
    "file": (replace(RAPTOR, animal="nowhere/dragon.toml"), "dragon.toml"),
}


@pytest.mark.parametrize("name", DEEPER)
def test_what_is_wrong_at_second_sight_is_one_line(name):
    asked, said = DEEPER[name]
    (line,) = refused(asked)
    assert said in line


def test_a_wrong_number_and_a_wrong_word_are_told_together():
    found = refused(replace(RAPTOR, seed=-1, strategy="magic"))
    assert [line.split(" ")[0] for line in found] == ["--seed", "--strategy"]


def test_a_run_is_begun_as_it_is_asked_for(tmp_path):
    told = []
    run = begin(replace(QUICK, out=tmp_path / "run"), lambda: told.append("compiling"))
    assert told == ["compiling"]
    assert run.configuration == start(settings_of(replace(QUICK, out=tmp_path / "b"))).configuration
    with pytest.raises(RunError, match="another process"):
        begin(Asked(resume=run.folder, workers=0))
    run.go()
    again = begin(Asked(resume=run.folder, workers=0))
    assert again.finished
    once_more = begin(Asked(repeat=run.folder, workers=0, out=tmp_path / "again"))
    assert not once_more.finished
    assert once_more.configuration == run.configuration
    once_more.close()


def test_nothing_is_made_ready_for_what_is_wrong(tmp_path):
    told = []
    with pytest.raises(BadFile):
        begin(replace(QUICK, strategy="magic", out=tmp_path / "run"), lambda: told.append(1))
    with pytest.raises(BadFile, match="no such run"):
        begin(Asked(resume=tmp_path / "none"))
    assert told == []
    assert list(tmp_path.iterdir()) == []


def test_asking_is_cheap():
    statement = (
        "import sys; from sims.runs.asked import Asked; Asked(animal='x').faults();"
        "sys.exit(len({'numba', 'pymunk', 'deap', 'pygame'} & set(sys.modules)))"
    )
    root = Path(asked_module.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", statement], cwd=root, check=False).returncode == 0


def test_the_names_known_without_bringing_search_and_score_are_all_there_are():
    assert set(asked_module.STRATEGIES) == set(STRATEGIES)
    assert set(asked_module.OBJECTIVES) == set(OBJECTIVES)


def test_the_smallest_window_that_may_be_asked_for_is_the_smallest_there_is():
    assert windowed.SIZES[0] == SMALLEST
