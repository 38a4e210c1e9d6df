"""The controller: what it wishes when it feels this or that, and that left and right are alike."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.assemble import assemble
from creatures.controllers import reflex
from creatures.rig import Rig, rig
from creatures.species import load_species, species_names

EVERY = pytest.mark.parametrize("name", species_names())
LAW = settings(deadline=None)  # the first call compiles
PHASES = st.floats(-20.0, 20.0)


class Felt:
    """What an animal feels in some moment: chance, or the quiet of standing."""

    def __init__(self, name: str, seed: int, wild: float = 1.0) -> None:
        self.skeleton = assemble(load_species(name))
        self.table = reflex.gene_table(self.skeleton)
        self.rig: Rig = rig(self.skeleton)
        chance = np.random.default_rng(seed)
        joints, limbs = self.rig.standing.size, self.rig.limb_foot.size
        self.genome = wild * chance.uniform(-2.0, 2.0, len(self.table))
        self.angle = self.rig.standing + wild * chance.normal(size=joints) * 0.3
        self.rate = wild * chance.normal(size=joints)
        self.pitch, self.pitch_rate, self.speed = wild * chance.normal(size=3) * 0.3
        self.load = 1.0 + wild * chance.uniform(-1.0, 1.0, limbs)
        self.ahead = wild * chance.normal(size=limbs) * 0.3

    def wish(self, phase: float, vigour: float = 1.0) -> np.ndarray:
        torque = np.full(self.angle.size, np.nan)
        reflex.wish(
            *(self.table.values(self.genome), self.rig, phase, vigour, self.angle, self.rate),
            *(self.pitch, self.pitch_rate, self.load, self.ahead, self.speed, torque),
        )
        return torque

    def mirror(self) -> np.ndarray:
        """Swaps what left and right feel; returns the joints in their mirrored order."""
        swapped = np.arange(self.angle.size)
        other = np.arange(self.load.size) ^ 1  # left and right of a pair follow each other
        for left, right in self.pairs():
            swapped[left], swapped[right] = right, left
        self.angle, self.rate = self.angle[swapped], self.rate[swapped]
        self.load, self.ahead = self.load[other], self.ahead[other]
        return swapped

    def pairs(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Returns the joints of the left and of the right limb of every pair."""
        joints = self.rig.limb_joint
        return list(zip(joints[0::2], joints[1::2], strict=True))

    def set(self, **genes: float) -> None:
        """Sets genes by name, with two underscores for a dot."""
        names = self.table.names
        for name, gene in genes.items():
            self.genome[names.index(name.replace("__", "."))] = gene


@EVERY
@pytest.mark.parametrize("seed", range(3))
def test_with_zero_genes_the_rhythm_moves_nothing(name, seed):
    felt = Felt(name, seed)
    felt.genome[:] = 0.0
    still = felt.wish(0.0)
    assert np.isfinite(still).all()
    for phase in np.linspace(0.1, 6.2, 9):
        assert felt.wish(phase).tolist() == still.tolist()


@EVERY
def test_with_any_other_genes_it_does(name):
    felt = Felt(name, 4)
    assert np.abs(felt.wish(1.0) - felt.wish(2.0)).max() > 1e-3


@EVERY
@pytest.mark.parametrize("seed", range(6))
def test_half_a_cycle_later_left_and_right_have_changed_places(name, seed):
    felt = Felt(name, seed)
    phase = 0.7 * seed
    before = felt.wish(phase)
    swapped = felt.mirror()
    assert np.allclose(felt.wish(phase + math.pi), before[swapped], rtol=1e-9, atol=1e-12)


@LAW
@given(PHASES)
def test_a_whole_cycle_later_everything_is_as_it_was(phase):
    felt = Felt("velociraptor", 1)
    assert np.allclose(felt.wish(phase), felt.wish(phase + 2 * math.pi), atol=1e-9)


@EVERY
def test_standing_still_it_wishes_just_the_torques_of_standing(name):
    felt = Felt(name, 0, wild=0.0)
    torque = felt.wish(1.0, vigour=0.0)
    assert np.allclose(torque, felt.rig.support, atol=1e-12)


@EVERY
def test_without_vigour_the_rhythm_is_off(name):
    felt = Felt(name, 2)
    assert felt.wish(0.3, vigour=0.0).tolist() == felt.wish(2.9, vigour=0.0).tolist()


@EVERY
def test_every_joint_is_drawn_back_to_where_it_stood(name):
    felt = Felt(name, 0, wild=0.0)
    for joint in range(felt.angle.size):
        felt.angle = felt.rig.standing.copy()
        felt.load[:] = 0.0
        still = felt.wish(0.0)
        felt.angle[joint] += 0.1
        change = felt.wish(0.0) - still
        assert change[joint] < 0.0
        assert not np.delete(change, joint).any()


@EVERY
def test_a_fast_joint_is_calmed(name):
    felt = Felt(name, 0, wild=0.0)
    felt.load[:] = 0.0
    still = felt.wish(0.0)
    felt.rate[:] = 1.0
    assert np.all(felt.wish(0.0) < still)


@EVERY
def test_a_loaded_foot_calls_the_muscles_that_carry_it_and_no_others(name):
    felt = Felt(name, 0, wild=0.0)
    felt.load[:] = 0.0
    light = felt.wish(0.0)
    felt.load[0] = 1.0
    change = felt.wish(0.0) - light
    left = felt.rig.limb_joint[0]
    assert np.allclose(change[left], felt.rig.support[left])
    assert not np.delete(change, left).any()


@EVERY
def test_the_leg_that_stands_turns_the_trunk_back_and_the_other_leaves_it_alone(name):
    felt = Felt(name, 0, wild=0.0)
    felt.load[0::2], felt.load[1::2] = 1.0, 0.0
    level = felt.wish(0.0)
    felt.pitch = 0.2  # nose up: the thigh must turn counter-clockwise, so the trunk clockwise
    change = felt.wish(0.0) - level
    for left, right in felt.pairs():
        assert change[left[0]] > 0.0
        assert change[right[0]] == 0.0


@EVERY
def test_the_swinging_leg_is_set_down_further_ahead_of_a_fast_body(name):
    felt = Felt(name, 0, wild=0.0)
    felt.load[0::2], felt.load[1::2] = 1.0, 0.0
    felt.set(**{f"{pair}__place__speed": 1.5 for pair in felt.skeleton.limb_kinds})
    slow = felt.wish(0.0)
    felt.speed = 0.3
    change = felt.wish(0.0) - slow
    for left, right in felt.pairs():
        assert change[right[0]] > 0.0  # forward
        assert change[left[0]] == 0.0


def test_each_pair_is_placed_by_its_own_standing_foot():
    felt = Felt("triceratops", 0, wild=0.0)
    felt.load[0::2], felt.load[1::2] = 1.0, 0.0
    felt.set(leg__place__position=1.0, arm__place__position=1.0)
    still = felt.wish(0.0)
    felt.ahead[2] = 0.3  # the body is ahead of the left arm's foot
    change = felt.wish(0.0) - still
    (_, leg), (_, arm) = felt.pairs()
    assert change[arm[0]] > 0.0
    assert not change[leg].any()


def test_a_pair_steps_when_its_own_gene_says():
    felt = Felt("triceratops", 0, wild=0.0)
    felt.load[:] = 0.0
    felt.set(leg__hip__cosine=1.0, arm__shoulder__cosine=1.0)
    (left, _), (fore, _) = felt.pairs()
    still = felt.wish(0.4)
    felt.set(arm__phase=1.0)
    later = felt.wish(0.4)
    assert later[left[0]] == still[left[0]]
    assert later[fore[0]] == pytest.approx(-math.tan(0.4) * still[fore[0]])


@EVERY
def test_the_standing_foot_presses_harder_when_the_body_gets_ahead_of_it(name):
    felt = Felt(name, 0, wild=0.0)
    still = felt.wish(0.0)
    felt.ahead[:] = 0.2
    change = felt.wish(0.0) - still
    for limb in felt.rig.limb_joint:
        assert np.all(change[limb[2:]] < 0.0)  # the ankle, and the toes where they bend
        assert not change[limb[:2]].any()


@LAW
@given(PHASES, st.floats(0.0, 3.0), st.integers(0, 1))
def test_a_foot_fall_nudges_the_rhythm_towards_where_it_should_be(phase, gene, limb):
    felt = Felt("velociraptor", 0, wild=0.0)
    felt.set(rhythm__reset=gene)
    genes = felt.table.values(felt.genome)
    after = reflex.phase_reset(genes, felt.rig, phase, limb)

    def off(at: float) -> float:
        own = at + math.pi * limb
        return abs(math.atan2(math.sin(own), math.cos(own)))

    assert off(after) == pytest.approx((1.0 - 0.3 * gene) * off(phase), abs=1e-9)
    assert abs(after - phase) <= math.pi + 1e-9


def test_without_its_gene_a_foot_fall_changes_nothing():
    felt = Felt("velociraptor", 0, wild=0.0)
    genes = felt.table.values(felt.genome)
    assert reflex.phase_reset(genes, felt.rig, 1.234, 1) == 1.234


@pytest.mark.parametrize(("gene", "most"), [(-3.0, 0.01), (0.0, 0.03), (3.0, 0.5)])
def test_tone_is_little_and_never_more_than_half(gene, most):
    felt = Felt("velociraptor", 0, wild=0.0)
    felt.set(muscle__tone=gene)
    assert 0.0 < reflex.tone(felt.table.values(felt.genome)) <= most


@EVERY
def test_the_rhythm_doubles_its_pace_with_two_of_its_gene(name):
    felt = Felt(name, 0, wild=0.0)
    slow = reflex.phase_rate(felt.table.values(felt.genome))
    felt.set(rhythm__frequency=2.0)
    assert reflex.phase_rate(felt.table.values(felt.genome)) == pytest.approx(2 * slow)


def test_a_leg_that_ends_with_its_ankle_has_the_genes_of_hip_knee_and_ankle():
    def of(name: str) -> dict[str, tuple[float, float]]:
        table = reflex.gene_table(assemble(load_species(name)))
        return {gene.name: (gene.centre, gene.start) for gene in table.genes}

    human, raptor = of("human"), of("velociraptor")
    assert set(raptor) - set(human) == {gene for gene in raptor if gene.startswith("leg.toe.")}
    assert all(human[gene] == raptor[gene] for gene in human)


def test_an_upright_animal_has_a_neck_and_no_tail():
    upright = Felt("human", 0).rig
    assert (upright.tail.size, upright.neck.size) == (0, 1)
    assert upright.root_angle == pytest.approx(math.pi / 2)
