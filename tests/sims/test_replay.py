import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sims_small as small

import sims
from sims.cli.words import sentences
from sims.evaluate import evaluate
from sims.genomes import replay
from sims.genomes.record import read_genome, write_genome
from sims.genomes.replay import EXIT_CODES, check
from sims.platform import Platform, platform
from sims.runs.crown import genome_of
from sims.runs.elites import Guess

CHECK = """
import sys
from pathlib import Path
from sims.genomes.record import read_genome
from sims.genomes.replay import check
verdict = check(read_genome(Path(sys.argv[1])))
print(verdict.words, verdict.found)
"""


def another_process(path, **environment):
    return subprocess.run(
        [sys.executable, "-c", CHECK, str(path)],
        env=os.environ | {"PYTHONPATH": str(Path(sims.__file__).parents[1])} | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.fixture
def _elsewhere(monkeypatch):
    """Another platform, as far as a replay can see."""
    other = replace(platform(), numba="9.9.9", cpu="abacus")
    monkeypatch.setattr(replay, "platform", lambda: other)


def one_digit_changed():
    genome = small.a_genome()
    genes = list(genome.genes)
    genes[0] += 0.01
    return replace(genome, genes=tuple(genes))


def test_a_walk_is_the_same_to_the_bit_in_another_process(tmp_path):
    write_genome(tmp_path / "best.json", small.a_genome())
    said = another_process(tmp_path / "best.json", PYTHONHASHSEED="99")
    assert said == f"EXACT {small.a_genome().digest}\n"


def test_a_walk_under_another_gravity_is_the_same_to_the_bit_too(tmp_path):
    chosen = replace(small.configuration(), trial=replace(small.TRIAL, gravity_scale=0.4))
    genes = chosen.table().start
    evaluation = evaluate(chosen.task(), genes)
    genome = genome_of(chosen, Guess(0, 1, genes, (), 0, evaluation))
    write_genome(tmp_path / "moon.json", genome)
    assert genome.digest != small.a_genome().digest
    assert read_genome(tmp_path / "moon.json").trial.gravity_scale == 0.4
    assert another_process(tmp_path / "moon.json") == f"EXACT {genome.digest}\n"


def test_an_exact_replay_lies_on_its_recording():
    verdict = check(small.a_genome())
    assert verdict.words == verdict.result == "EXACT"
    assert verdict.step is None
    assert verdict.deviation_m < 1e-5
    assert EXIT_CODES[verdict.result] == 0


def test_one_changed_digit_of_a_gene_is_another_walk_from_a_step_on():
    verdict = check(one_digit_changed())
    assert verdict.result == "DIFFERS"
    assert verdict.words == f"DIFFERS FROM STEP {verdict.step}"
    assert verdict.step > 0
    assert verdict.step % small.a_genome().recording.steps_per_frame == 0
    assert verdict.deviation_m > 1e-5
    assert verdict.stored != verdict.found
    assert EXIT_CODES[verdict.result] == 3


def test_without_a_recording_nobody_knows_how_far_off_it_is():
    assert check(replace(one_digit_changed(), recording=None)).deviation_m is None


def test_a_digest_that_was_changed_alone_is_told_from_another_walk():
    verdict = check(replace(small.a_genome(), digest="0" * 64))
    assert verdict.words == "DIFFERS"
    assert "the digest in the file was changed" in verdict.why


@pytest.mark.usefixtures("_elsewhere")
def test_another_walk_on_another_platform_cannot_be_verified():
    verdict = check(one_digit_changed())
    assert verdict.words == "UNVERIFIABLE HERE"
    assert f"numba {platform().numba} there, 9.9.9 here" in verdict.why
    assert EXIT_CODES[verdict.result] == 4


@pytest.mark.usefixtures("_elsewhere")
def test_the_same_walk_is_exact_whatever_the_platform():
    assert check(small.a_genome()).result == "EXACT"


def test_a_platform_says_nothing_about_who_and_when():
    assert json.loads(json.dumps(platform().document())) == platform().document()
    assert Platform(**platform().document()) == platform()
    known = set(platform().document())
    assert known == {
        *("python", "numpy", "numba", "llvmlite", "pymunk", "chipmunk"),
        *("deap", "blas", "machine", "system", "cpu", "canary"),
    }


def test_another_physics_under_the_same_versions_is_told_by_the_canary():
    other = replace(platform(), canary="0" * 64)
    assert other != platform()
    assert platform().differences(other) == ["another physics, by its canary"]
    assert platform().differences(platform()) == []


def test_a_genome_file_is_all_a_replay_needs(tmp_path):
    write_genome(tmp_path / "alone.json", small.a_genome())
    assert check(read_genome(tmp_path / "alone.json")).result == "EXACT"


@pytest.mark.parametrize(("key", "claim"), [("distance_m", 99.9), ("peak_ground_force_bw", 0.1)])
def test_a_file_that_boasts_of_its_walk_is_found_out(key, claim):
    genome = small.a_genome()
    boast = replace(genome, measures=dict(genome.measures) | {key: claim})
    verdict = replay.check(boast)
    assert verdict.result == "DIFFERS"
    assert key in verdict.why
    assert replay.check(replace(genome, score=9999.0)).why.endswith("score")


@pytest.mark.parametrize("first", ["numpy", "scipy.linalg"])
def test_the_platform_names_what_numpy_multiplies_with_whatever_else_is_loaded(first):
    pytest.importorskip(first)
    statement = f"import {first}; from sims.platform import _blas; print(_blas())"
    done = subprocess.run(
        [sys.executable, "-c", statement],
        env=os.environ | {"PYTHONPATH": str(Path(sims.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == platform().blas != "none"


def test_a_file_that_tells_of_stress_and_names_no_bone_is_told_of_all_the_same():
    genome = small.a_genome()
    bare = {**genome.measures, "peak_bone_stress_mpa": 50.0, "bones": {}}
    said = " ".join(sentences(replace(genome, measures=bare)))
    assert "bone" not in said
    assert "hardest-loaded bone" in " ".join(sentences(genome))
