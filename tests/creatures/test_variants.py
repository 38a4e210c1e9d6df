"""Variants of an animal: one thing is changed, the rest and the mass are not, and what comes of it is an animal."""

import math
import re

import pytest

from creatures.assemble import assemble
from creatures.controllers.reflex import gene_table
from creatures.faults import BadFile
from creatures.genome import HIGHEST
from creatures.species import from_document, load_species, species_names
from creatures.variants import VARIANTS, unknown, varied
from sims.physics.trial import TrialSettings, run_trial

CHANGED = [(f, value) for f, values in VARIANTS.items() for value in list(values)[1:]]
TAIL = {"tail_base", "tail_tip"}
LONG_TAILED = [name for name in species_names() if load_species(name).plan == "biped"]


@pytest.fixture(params=LONG_TAILED, scope="module")
def species(request):
    return load_species(request.param)


def bones(skeleton):
    return {bone.name: bone for bone in skeleton.bones}


def test_the_first_value_of_each_factor_is_the_animal_as_it_is(species):
    for factor, values in VARIANTS.items():
        assert varied(species, factor, next(iter(values))) is species


@pytest.mark.parametrize(("factor", "value"), CHANGED)
def test_a_variant_says_what_it_is_and_weighs_the_same(species, factor, value):
    changed = varied(species, factor, value)
    assert changed.title == f"{species.title}, {factor} {value}"
    assert (changed.name, changed.mass_kg) == (species.name, species.mass_kg)
    assert assemble(changed).mass == pytest.approx(assemble(species).mass, rel=1e-12)


@pytest.mark.parametrize(("factor", "value"), CHANGED)
def test_a_variant_is_read_back_from_its_document(species, factor, value):
    changed = varied(species, factor, value)
    assert from_document(changed.document(), "again") == changed


def test_no_two_variants_have_one_digest(species):
    digests = [varied(species, f, value).digest() for f in VARIANTS for value in VARIANTS[f]]
    assert len(set(digests)) == len(digests)


def test_every_value_has_its_words():
    assert all(words for values in VARIANTS.values() for words in values.values())


@pytest.mark.parametrize(
    ("factor", "value", "said"),
    [
        ("tale", "off", '"tale" is nothing that can be varied; did you mean "tail"?'),
        ("tail", "stif", 'tail cannot be "stif"; did you mean "stiff"?'),
        ("tail", "blue", 'tail cannot be "blue"; known: free, stiff, off'),
        ("wings", "off", '"wings" is nothing that can be varied; known: tail'),
    ],
)
def test_an_unknown_variant_is_refused_in_words(factor, value, said):
    assert unknown(factor, value) == said
    with pytest.raises(ValueError, match=re.escape(said)):
        varied(load_species("velociraptor"), factor, value)


def test_a_stiff_tail_is_the_same_animal_but_for_the_ligaments_of_the_tail(species):
    before, after = species.document(), varied(species, "tail", "stiff").document()
    for name in TAIL:
        for key, times in (("stiffness", 20), ("damping", 1)):
            was, is_now = before["joints"][name].pop(key), after["joints"][name].pop(key)
            assert is_now["value"] >= times * was["value"]
    assert {**after, "title": ""} == {**before, "title": ""}


def tail_told_everything(skeleton):
    """Returns a genome that walks and swings the tail as far as genes go."""
    table = gene_table(skeleton)
    pairs = zip(table.names, table.start, strict=True)
    return tuple(HIGHEST if name.startswith("tail.") else start for name, start in pairs)


def bent_deg(species):
    """Returns how far each joint of the tail bends in a trial, degrees."""
    skeleton = assemble(species)
    settings = TrialSettings(seconds=1.5, may_stall=True)
    trial = run_trial(skeleton, tail_told_everything(skeleton), settings)
    angles = trial.trajectory.poses[:, :, 2]
    return [
        math.degrees(abs(angles[:, joint.child] - angles[:, joint.parent] - joint.standing).max())
        for joint in skeleton.joints
        if joint.name.startswith("tail")
    ]


def test_a_stiff_tail_hardly_bends_though_its_muscles_do_all_they_can(species):
    assert (
        min(bent_deg(species)) > 1.5
    )  # a tail as thick as that of a giant bends little in any case
    assert max(bent_deg(species)) > 5.0
    assert max(bent_deg(varied(species, "tail", "stiff"))) < 3.0


def test_without_a_tail_the_trunk_has_its_mass(species):
    with_tail, without = (bones(assemble(varied(species, "tail", v))) for v in ("free", "off"))
    assert set(with_tail) - set(without) == TAIL
    tail = sum(with_tail[name].mass for name in TAIL)
    assert without["trunk"].mass == pytest.approx(with_tail["trunk"].mass + tail)
    others = set(without) - {"trunk"}
    assert all(without[name].mass == with_tail[name].mass for name in others)


def test_without_a_tail_the_centre_of_mass_lies_further_forward_on_bent_legs_or_on_the_arms(
    species,
):
    with_tail, without = (assemble(varied(species, "tail", v)) for v in ("free", "off"))
    assert without.com[0] > with_tail.com[0] + 0.05 * with_tail.leg_length
    if species.level is None:
        assert without.hip_height < with_tail.hip_height
    else:
        assert without.limbs[-1].share > with_tail.limbs[-1].share + 0.02


def test_without_a_tail_only_the_muscles_that_moved_it_are_gone(species):
    kept = varied(species, "tail", "off").muscles
    assert {name for name in species.muscles if name not in kept} == {
        "tail_raiser",
        "tail_lowerer",
        "tail_tip_raiser",
        "tail_tip_lowerer",
    }
    same = {"mass_share", "fibre_length", "paired"}
    for name, muscle in kept.items():
        assert muscle.model_dump(include=same) == species.muscles[name].model_dump(include=same)


def origin(species):
    """Returns where the caudofemoralis begins, metres from the hip, and on which bone."""
    skeleton = assemble(species)
    muscle = next(m for m in skeleton.muscles if m.kind == "caudofemoralis")
    bone, (along, across) = skeleton.bones[muscle.bones[0]], muscle.points[0]
    c, s = math.cos(bone.angle), math.sin(bone.angle)
    x, y = bone.x + c * along - s * across, bone.y + s * along + c * across
    return (x, y - skeleton.hip_height), bone.name


def test_without_a_tail_the_caudofemoralis_begins_where_it_did_on_the_trunk(species):
    before, on_tail = origin(species)
    after, on_trunk = origin(varied(species, "tail", "off"))
    assert (on_tail, on_trunk) == ("tail_base", "trunk")
    assert after == pytest.approx(before, abs=1e-3 * assemble(species).leg_length)


def test_all_variants_of_an_animal_have_the_same_genes(species):
    tables = [gene_table(assemble(varied(species, "tail", v))).names for v in VARIANTS["tail"]]
    assert tables[0] == tables[1] == tables[2]


def test_an_animal_without_a_tail_has_none_that_could_be_varied():
    tailless = varied(load_species("velociraptor"), "tail", "off")
    with pytest.raises(ValueError, match="Velociraptor mongoliensis, tail off has no tail"):
        varied(tailless, "tail", "stiff")


@pytest.mark.parametrize("value", ["stiff", "off"])
def test_a_human_is_refused_a_tail_in_words(value):
    with pytest.raises(ValueError, match=r"^Human has no tail that could be varied"):
        varied(load_species("human"), "tail", value)


def test_a_bird_can_lose_its_stump_of_a_tail():
    before, after = (assemble(varied(load_species("emu"), "tail", v)) for v in ("free", "off"))
    assert set(bones(before)) - set(bones(after)) == {"tail"}
    assert after.com[0] > before.com[0]


def test_an_animal_that_only_its_tail_lets_stand_is_refused_in_words_without_it():
    document = load_species("velociraptor").document()
    document["bones"]["head"]["mass_share"] = {"value": 0.13}
    animal = from_document(document, "heavy head")
    assert assemble(animal).hip_height > 0
    with pytest.raises(BadFile, match="cannot stand: its centre of mass stays"):
        assemble(varied(animal, "tail", "off"))


def test_the_longest_title_has_room_for_the_variant():
    long = load_species("velociraptor").model_copy(update={"title": "x" * 120})
    assert varied(long, "tail", "off").title.endswith("x, tail off")
