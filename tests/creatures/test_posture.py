"""Two pairs of limbs on one ground: what leans, who carries what, and what is refused."""

import copy
import math

import pytest

from creatures.anatomy import world_point
from creatures.assemble import assemble
from creatures.faults import BadFile
from creatures.posture import LEAST_SHARE
from creatures.skeleton import Skeleton
from creatures.species import Species, from_document, load_species, species_names

FOUR_LEGGED = [name for name in species_names() if load_species(name).level is not None]


@pytest.fixture(scope="module")
def species() -> Species:
    return load_species("triceratops")


def changed(species: Species, **tables) -> Species:
    """Returns the species with whole entries replaced: section__part__key=value, or a table of the top."""
    document = copy.deepcopy(species.document())
    for path, value in tables.items():
        at = document
        *way, last = path.split("__")
        for part in way:
            at = at[part]
        at[last] = value
    return from_document(document, "mine.toml")


def shares(skeleton: Skeleton) -> dict[str, float]:
    return {limb.name: limb.share for limb in skeleton.limbs}


def sole(skeleton: Skeleton, limb: str) -> float:
    bone = skeleton.bones[next(one.foot for one in skeleton.limbs if one.name == limb)]
    pose = (bone.x, bone.y, bone.angle)
    ends = [world_point(pose, (bone.local(x), 0.0))[1] for x in bone.contact_span]
    return min(ends) - bone.contact_radius


def refused(species: Species, **tables) -> str:
    with pytest.raises(BadFile) as fault:
        assemble(changed(species, **tables), "mine.toml")
    (line,) = fault.value.lines()
    return line


@pytest.mark.parametrize("name", FOUR_LEGGED)
def test_only_the_trunk_is_tilted_and_all_else_points_as_the_file_says(name):
    species = load_species(name)
    for bone in assemble(species).bones[1:]:
        assert math.degrees(bone.angle) == pytest.approx(
            species.bones[bone.kind].direction_deg.value
        )


@pytest.mark.parametrize("length", [0.5, 0.65, 0.9])
def test_short_arms_slope_the_back_until_all_four_soles_are_on_the_ground(species, length):
    skeleton = assemble(changed(species, bones__humerus__length_m={"value": length}))
    soles = [sole(skeleton, limb.name) for limb in skeleton.limbs]
    assert soles == pytest.approx([0.0] * 4, abs=1e-9)
    longer = assemble(changed(species, bones__humerus__length_m={"value": length + 0.05}))
    assert skeleton.bones[0].angle < longer.bones[0].angle


@pytest.mark.parametrize("bone", ["humerus", "forearm"])
def test_a_bone_of_the_limb_may_lean_instead_of_the_trunk(species, bone):
    trunk = math.degrees(assemble(species).bones[0].angle)
    table = {"bone": bone, "foot": "fingers", "at": {"value": 0.25}}
    skeleton = assemble(
        changed(species, level=table, bones__trunk__direction_deg={"value": trunk - 3.0})
    )
    assert math.degrees(skeleton.bones[0].angle) == pytest.approx(trunk - 3.0)
    assert sole(skeleton, "arm.left") == pytest.approx(0.0, abs=1e-9)
    turned = next(one for one in skeleton.bones if one.name == f"{bone}.left")
    assert abs(math.degrees(turned.angle) - species.bones[bone].direction_deg.value) > 1.0


def test_the_weight_is_shared_as_a_beam_shares_it(species):
    usual = assemble(species)
    per_leg, per_arm = usual.limbs[0], usual.limbs[2]
    assert per_leg.share * per_leg.ahead == pytest.approx(-per_arm.share * per_arm.ahead)
    assert (per_leg.share, per_arm.share) == (usual.limbs[1].share, usual.limbs[3].share)


def test_a_heavier_head_rests_on_the_arms_and_a_heavier_tail_on_the_legs(species):
    usual = shares(assemble(species))["arm.left"]
    head = changed(species, bones__head__mass_share={"value": 0.15})
    tail = changed(species, bones__tail_base__mass_share={"value": 0.15})
    assert shares(assemble(tail))["arm.left"] < usual < shares(assemble(head))["arm.left"]


def test_a_pair_that_would_carry_nothing_is_refused_in_one_line(species):
    heavy = {"length_m": 9.0, "mass_share": 0.4, "com": 0.9}
    heavy = {f"bones__tail_base__{key}": {"value": value} for key, value in heavy.items()}
    line = refused(species, **heavy)
    assert line.startswith("mine.toml: cannot stand on both pairs: its fingers would carry -")
    assert f"at least {LEAST_SHARE:.0%} is needed" in line
    line = refused(
        species, bones__head__mass_share={"value": 0.4}, bones__neck__length_m={"value": 2.0}
    )
    assert "its toes would carry" in line


def test_arms_too_short_or_too_long_for_any_tilt_are_refused_in_one_line(species):
    line = refused(
        species,
        bones__humerus__length_m={"value": 0.011},
        bones__forearm__length_m={"value": 0.011},
    )
    assert "cannot stand: its fingers stay 0." in line
    assert "m above the ground on which its toes stand however the trunk leans" in line
    line = refused(species, bones__humerus__length_m={"value": 4.0})
    assert "m below the ground on which its toes stand" in line


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (
            None,
            'level is missing: say what leans until the second pair stands, like level = { bone = "trunk"',
        ),
        ({"bone": "trunc"}, 'level.bone = "trunc": no such bone; did you mean "trunk"'),
        ({"foot": "humerus"}, 'level.foot = "humerus", which is no foot'),
        ({"foot": "toes"}, "level.foot = \"toes\", which is the first pair's; name the second's"),
        (
            {"bone": "thigh"},
            'level.bone = "thigh", must be "trunk" or a bone of the limb that ends in "fingers"',
        ),
        ({"at": "far"}, 'level.at = "far", must be a number'),
        ({"lean": 1}, "level.lean is not a key that is read here"),
    ],
)
def test_what_is_wrong_with_a_level_is_said(species, level, said):
    document = copy.deepcopy(species.document())
    if level is None:
        del document["level"]
    else:
        document["level"].update(level)
    with pytest.raises(BadFile) as fault:
        from_document(document, "mine.toml")
    assert said in "\n".join(fault.value.lines())


def test_a_level_without_a_second_pair_and_a_third_pair_are_refused(species):
    document = load_species("allosaurus").document()
    document["level"] = {"bone": "trunk", "foot": "toes", "at": {"value": 0.2}}
    with pytest.raises(BadFile, match="which is the first pair's"):
        from_document(document, "mine.toml")
    document = copy.deepcopy(species.document())
    spur = {**document["bones"]["fingers"], "parent": "trunk", "limb": "spur"}
    document["bones"]["spur"] = spur
    document["joints"]["spur"] = {**document["joints"]["fingers"], "name": "spur"}
    with pytest.raises(BadFile, match="3 pairs of limbs have feet; a walker has one or two"):
        from_document(document, "mine.toml")
