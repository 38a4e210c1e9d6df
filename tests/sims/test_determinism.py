"""The same trial is the same to the bit: twice, in another process, in a thread, after anything else was done."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import pytest

from creatures.assemble import assemble
from creatures.skeleton import Skeleton
from creatures.species import load_species
from sims.physics import world
from sims.physics.terrain import Terrain, ground
from sims.physics.trajectory import fingerprint, first_difference
from sims.physics.trial import TrialSettings, gene_table, run_trial

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "tyrannosaurus.json"
FLAT = TrialSettings(seconds=3.0)
ROUGH = TrialSettings(seconds=3.0, terrain=Terrain("bumps", size=0.01, seed=7))
GROUNDS = pytest.mark.parametrize("trial", [FLAT, ROUGH], ids=["flat", "rough"])


@lru_cache
def trex() -> Skeleton:
    return assemble(load_species("tyrannosaurus"))


def golden() -> tuple[float, ...]:
    genes = json.loads(GOLDEN.read_text(encoding="utf-8"))["genes"]
    return gene_table(trex()).from_names(genes, GOLDEN.name)


def digest(trial: TrialSettings = FLAT, genome: tuple[float, ...] = ()) -> str:
    walked = run_trial(trex(), genome or golden(), trial)
    assert walked.measures.distance_m > 1.0  # it is no trifle that is compared
    return fingerprint(walked.trajectory).digest


def elsewhere(trial: str, seed: str) -> str:
    """The digest from a fresh process, which lays out its memory and its sets in another way."""
    code = (
        "import sys; sys.path.insert(0, 'tests/sims');"
        f"import test_determinism as t; print(t.digest(t.{trial}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@GROUNDS
def test_twice_in_one_process_is_the_same(trial):
    assert digest(trial) == digest(trial)


@pytest.mark.parametrize(("trial", "seed"), [("FLAT", "1"), ("ROUGH", "2")])
def test_a_fresh_process_comes_to_the_same(trial, seed):
    assert elsewhere(trial, seed) == digest({"FLAT": FLAT, "ROUGH": ROUGH}[trial])


@GROUNDS
def test_a_thread_comes_to_the_same_beside_others(trial):
    alone = digest(trial)
    with ThreadPoolExecutor(4) as pool:
        beside = list(pool.map(lambda _: digest(trial), range(8)))
    assert set(beside) == {alone}


@GROUNDS
def test_other_worlds_in_between_change_nothing(trial):
    before = digest(trial)
    other = assemble(load_species("velociraptor"))
    kept = [
        world.build(other, ground(Terrain(), other.hip_height, 10.0), 8, 1e-3) for _ in range(5)
    ]
    kept[2].space.step(1e-3)
    del kept[::2]  # holes in the memory
    run_trial(other, gene_table(other).start, TrialSettings(seconds=0.5))
    assert digest(trial) == before
    assert kept


def test_a_skeleton_built_again_is_as_good():
    again = assemble(load_species("tyrannosaurus"))
    assert again is not trex()
    walked = run_trial(again, golden(), FLAT)
    assert fingerprint(walked.trajectory).digest == digest()


@pytest.mark.parametrize("gene", ["rhythm.frequency", "leg.hip.cosine", "leg.knee.stiffness"])
def test_the_twelfth_digit_of_one_gene_is_enough_to_tell_two_walks_apart(gene):
    genome = list(golden())
    place = gene_table(trex()).names.index(gene)
    genome[place] += 1e-12
    assert digest(genome=tuple(genome)) != digest()


def test_the_first_frame_in_which_two_walks_part_is_known():
    walks = [
        fingerprint(run_trial(trex(), golden(), trial).trajectory).checks
        for trial in (FLAT, TrialSettings(seconds=2.0), ROUGH)
    ]
    whole, short, rough = walks
    assert first_difference(whole, whole) is None
    assert first_difference(whole, short) == len(short) // 4
    parted = first_difference(whole, rough)
    assert parted is not None
    assert 0 < parted < len(short) // 4
    assert whole[: 4 * parted] == rough[: 4 * parted]
    assert whole[4 * parted : 4 * parted + 4] != rough[4 * parted : 4 * parted + 4]
