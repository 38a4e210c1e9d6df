"""The name of a four-legged gait: read off feet drawn by hand."""

from dataclasses import replace

import pytest
from sims_small import a_genome

from creatures.species import load_species
from sims.cli.words import sentences
from sims.physics.gait_name import GAITS, gait_name

FEET = ((0, 0), (0, 1), (1, 0), (1, 1))
"""Left and right hind foot, left and right fore foot."""


def falls(
    *places: float, wobble: float = 0.0, strides: int = 12
) -> list[list[tuple[float, float]]]:
    """Returns when feet were down that land at places in strides of 0.8 s."""
    return [
        [
            (0.8 * (k + place + wobble * (k % 3 - 1)), 0.8 * (k + place + 0.5))
            for k in range(strides)
        ]
        for place in places
    ]


@pytest.mark.parametrize("late", [-0.1, 0.0, 0.1])
@pytest.mark.parametrize(
    ("fore", "name"),
    [(0.0, "pace"), (0.25, "lateral sequence"), (0.5, "trot"), (0.75, "diagonal sequence")],
)
def test_a_symmetrical_gait_is_named_by_when_the_fore_foot_follows_the_hind_of_its_side(
    fore, name, late
):
    at = fore + late
    assert gait_name(falls(0.0, 0.5, at, at + 0.5), FEET, 9.6) == name
    assert gait_name(falls(0.5, 0.0, at + 0.5, at), FEET, 9.6) == name


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ((0.0, 0.02, 0.5, 0.51), "bound"),
        ((0.0, 0.98, 0.5, 0.5), "bound"),
        ((0.0, 0.0, 0.0, 0.0), "bound"),
        ((0.0, 0.2, 0.5, 0.7), "gallop"),
        ((0.0, 0.02, 0.4, 0.65), "gallop"),
        ((0.0, 0.5, 0.4, 0.45), "gallop"),
    ],
)
def test_pairs_that_do_not_take_turns_bound_or_gallop(places, name):
    assert gait_name(falls(*places), FEET, 9.6) == name


def test_every_name_has_its_words():
    assert all(words and not words.endswith(".") for words in GAITS.values())


@pytest.mark.parametrize("places", [(0.0, 0.5), (0.0, 0.5, 0.25)])
def test_only_four_feet_have_such_a_gait(places):
    assert gait_name(falls(*places), FEET[: len(places)], 9.6) == ""


def test_too_few_strides_and_a_foot_that_never_lands_have_no_name():
    assert gait_name(falls(0.0, 0.5, 0.25, 0.75, strides=1), FEET, 9.6) == ""
    assert gait_name([*falls(0.0, 0.5, 0.25), []], FEET, 9.6) == ""
    assert gait_name([[], [], [], []], FEET, 0.0) == ""


def test_feet_that_land_anywhere_have_no_name():
    steady, anywhere = falls(0.0, 0.5, 0.25, 0.75), falls(0.0, 0.5, 0.5, 1.0, wobble=0.34)
    assert gait_name(steady, FEET, 9.6) == "lateral sequence"
    assert gait_name([*steady[:2], *anywhere[2:]], FEET, 9.6) == ""


def test_only_the_second_half_counts():
    early, late = falls(0.0, 0.5, 0.5, 0.0), falls(0.0, 0.5, 0.0, 0.5)
    walk = [
        [fall for fall in one if fall[0] <= 4.8] + [fall for fall in other if fall[0] > 4.8]
        for one, other in zip(early, late, strict=True)
    ]
    assert gait_name(walk, FEET, 9.6) == "pace"


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((0.0, 0.5, 0.5, 0.0), "Its gait is a trot: each fore foot lands with the hind foot of"),
        ((0.0, 0.0, 0.5, 0.5), "Its gait is a bound: both feet of a pair land together."),
    ],
)
def test_what_is_said_of_a_walk_names_its_gait(places, said):
    genome = a_genome()
    changed = {"gait": {**genome.measures["gait"], "foot_falls": falls(*places)}}
    changed |= {"time_up_s": 9.6, "hip_heights": 12.0, "stride_frequency_hz": 1.25}
    walk = replace(
        genome, species=load_species("triceratops"), measures={**genome.measures, **changed}
    )
    told = " ".join(sentences(walk))
    assert said in told
    assert ("It bounded " in told) == ("bound" in said)


def test_of_two_legs_no_gait_is_named():
    assert "Its gait is" not in " ".join(sentences(a_genome()))
