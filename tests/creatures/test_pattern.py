"""The pattern: what its genes mean, that nothing is felt, and that left and right take turns."""

import math
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.actuation import recruit
from creatures.assemble import assemble
from creatures.controllers import pattern, reflex
from creatures.controllers.table import CONTROLLERS, number
from creatures.rig import Rig, rig
from creatures.skeleton import Skeleton
from creatures.species import load_species, species_names

EVERY = pytest.mark.parametrize("name", species_names())
LAW = settings(deadline=None)  # the first call compiles
SMALLEST = 1e-9


@lru_cache
def animal(name: str) -> tuple[Skeleton, Rig, np.ndarray]:
    skeleton = assemble(load_species(name))
    body, standing = rig(skeleton), np.zeros(len(skeleton.muscles))
    pattern.stand(body, body.support.copy(), standing, np.zeros(body.standing.size))
    return skeleton, body, standing


class Fired:
    """An animal whose pattern is chance, or silent, and what its muscles are told."""

    def __init__(self, name: str, seed: int = 0, wild: float = 1.0) -> None:
        self.skeleton, self.rig, self.standing = animal(name)
        self.table = pattern.gene_table(self.skeleton)
        self.genome = wild * np.random.default_rng(seed).uniform(-3.0, 3.0, len(self.table))

    def at(self, phase: float, vigour: float = 1.0) -> np.ndarray:
        genes, told = self.table.values(self.genome), np.full(self.standing.size, np.nan)
        room = np.zeros(len(self.rig.standing))
        pattern.excite(genes, self.rig, phase, vigour, self.standing, room, told)
        return told

    def by_name(self, told: np.ndarray) -> dict[str, float]:
        return {
            muscle.name: float(one) for muscle, one in zip(self.skeleton.muscles, told, strict=True)
        }

    def set(self, **genes: float) -> None:
        """Sets genes by name, with two underscores for a dot."""
        for name, gene in genes.items():
            self.genome[self.table.names.index(name.replace("__", "."))] = gene


def mirrored(named: dict[str, float]) -> dict[str, float]:
    other = {"left": "right", "right": "left"}
    return {
        ".".join(other.get(part, part) for part in name.split(".")): value
        for name, value in named.items()
    }


def test_a_biped_has_three_durations_and_eighteen_signed_numbers():
    table = pattern.gene_table(assemble(load_species("tyrannosaurus")))
    assert len(table) == 21
    assert sum(gene.power for gene in table.genes) == 3
    signed = [gene for gene in table.genes if not gene.power]
    assert all((gene.value(-3.0), gene.value(0.0)) == (-1.0, 0.0) for gene in signed)
    assert all(gene.value(3.0) == 1.0 for gene in signed)


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 1.0, exclude_max=True))
@LAW
@EVERY
def test_the_second_half_of_the_cycle_is_the_first_with_left_and_right_swapped(name, seed, at):
    fired = Fired(name, seed)
    first = fired.by_name(fired.at(at * math.pi * (1.0 - SMALLEST)))
    second = fired.by_name(fired.at(math.pi + at * math.pi * (1.0 - SMALLEST)))
    assert mirrored(first) == pytest.approx(second, abs=1e-9)
    assert first != second


@given(st.integers(0, 2**32 - 1))
@LAW
def test_every_part_lasts_as_long_as_its_gene_says(seed):
    fired = Fired("velociraptor", seed)
    genes = fired.table.values(fired.genome)
    half = genes[:3].sum()
    assert pattern.phase_rate(genes) == pytest.approx(0.5 / half)
    ends = np.cumsum(genes[:3]) / half
    for part, (start, end) in enumerate(zip((0.0, *ends), ends, strict=False)):
        for share in (1e-6, 0.5, 1.0 - 1e-6):
            for turn, half_cycle in ((0, 0), (1, 1), (2, 0), (7, 1)):
                when = math.pi * (turn + start + share * (end - start))
                assert pattern.part_of(genes, when) == (half_cycle, part)


@pytest.mark.parametrize(
    ("gene", "harder", "weaker"),
    [
        ("leg__hip__leading__first", "adductor.left", "puboischiofemoralis.left"),
        ("leg__knee__leading__first", "femorotibialis.left", "flexor_tibialis.left"),
        ("leg__ankle__leading__first", "gastrocnemius_medialis.left", "tibialis_anterior.left"),
        ("leg__ankle__leading__first", "digital_flexor.left", "digital_extensor.left"),
        ("leg__hip__other__first", "adductor.right", "puboischiofemoralis.right"),
    ],
)
def test_above_zero_the_muscles_that_straighten_pull_harder_and_below_those_that_bend(
    gene, harder, weaker
):
    fired = Fired("velociraptor", wild=0.0)
    rest = fired.by_name(fired.at(0.0))
    fired.set(**{gene: 1.2})
    more = fired.by_name(fired.at(0.0))
    assert more[harder] == pytest.approx(rest[harder] + 0.4)
    assert more[weaker] == max(rest[weaker] - 0.4, 0.0)
    fired.set(**{gene: -1.2})
    less = fired.by_name(fired.at(0.0))
    assert less[weaker] == pytest.approx(rest[weaker] + 0.4)
    assert less[harder] == max(rest[harder] - 0.4, 0.0)


def test_a_number_is_for_one_joint_one_leg_and_one_part_of_a_step():
    fired = Fired("velociraptor", wild=0.0)
    fired.set(leg__knee__leading__second=3.0)
    rest = fired.by_name(fired.standing)
    for part in range(6):
        told = fired.by_name(fired.at(math.pi * (0.13, 0.5, 0.8, 1.13, 1.5, 1.8)[part]))
        changed = {name for name, value in told.items() if value != rest[name]}
        side = {1: "left", 4: "right"}.get(part)
        knee = {"femorotibialis", "iliotibialis", "flexor_tibialis"}
        assert changed == ({f"{muscle}.{side}" for muscle in knee} if side else set())


@EVERY
def test_tail_and_neck_are_held_as_in_standing_whatever_the_genes(name):
    fired = Fired(name, seed=3)
    told, rest = fired.by_name(fired.at(1.0)), fired.by_name(fired.standing)
    middle = [muscle for muscle in rest if not muscle.endswith((".left", ".right"))]
    assert middle
    assert all(told[muscle] == rest[muscle] for muscle in middle)


@EVERY
def test_the_excitation_of_standing_gives_the_torques_of_standing(name):
    fired = Fired(name)
    given = fired.standing @ fired.rig.effect / fired.rig.ease
    assert given == pytest.approx(fired.rig.support, abs=1e-9)
    recruited = np.zeros_like(fired.standing)
    for _ in range(50):
        recruit(fired.rig, fired.rig.support, 0.0, recruited, np.zeros(len(fired.rig.support)))
    off = np.abs(recruited @ fired.rig.effect / fired.rig.ease - fired.rig.support).max()
    assert off > 1e-4, "recruiting alone would do, and the correction need not be"


@EVERY
def test_before_it_has_grown_in_the_pattern_is_standing(name):
    fired = Fired(name, seed=1)
    assert fired.at(2.0, vigour=0.0) == pytest.approx(fired.standing, abs=0)


@given(st.integers(0, 2**32 - 1), st.floats(-1e3, 1e3))
@LAW
def test_excitation_stays_between_nothing_and_all(seed, phase):
    told = Fired("tyrannosaurus", seed).at(phase)
    assert ((told >= 0.0) & (told <= 1.0)).all()


def test_the_first_controller_of_the_table_is_the_default():
    assert [number(name) for name in CONTROLLERS] == list(range(len(CONTROLLERS)))
    assert next(iter(CONTROLLERS)) == reflex.NAME
    skeleton = assemble(load_species("velociraptor"))
    for name, controller in CONTROLLERS.items():
        assert controller.gene_table(skeleton).controller == name
        assert controller.words
