"""What a person may type into a species file, and what they are told when it is wrong."""

import itertools
import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.assemble import assemble
from creatures.faults import BadFile
from creatures.skeleton import Skeleton
from creatures.species import from_document, load_species, species_names

MINIMAL = """\
plan = "biped"
mass_kg = 20
[bones.thigh]
length_m = 0.238
[bones.shank]
length_m = 0.255
[bones.metatarsus]
length_m = 0.099
"""
SHANK = "length_m = 0.255"
FAR = MINIMAL.replace(SHANK, "length_m = {}")


def told(text: str, tmp_path: Path, name: str = "mine.toml") -> list[str]:
    """Returns the lines that a file is refused with, without the folder."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(BadFile) as refused:
        load_species(path)
    return [line.removeprefix(f"{tmp_path}{os.sep}") for line in refused.value.lines()]


def test_a_plan_three_bones_and_a_mass_are_enough(tmp_path):
    path = tmp_path / "My dino 2.toml"
    path.write_text(MINIMAL)
    species = load_species(path)
    skeleton = assemble(species)
    assert species.name == "my_dino_2"
    assert skeleton.mass == pytest.approx(20.0)
    assert skeleton.leg_length == pytest.approx(0.592)
    assert 0.3 < skeleton.hip_height < 0.6


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert load_species(path).mass_kg.value == 20


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nan", "= nan, must be a finite number, 0.001 to 20 m"),
        ("-inf", "= -inf, must be a finite number, 0.001 to 20 m"),
        ("-5", "= -5, must be 0.001 to 20 m"),
        ("0", "= 0, must be 0.001 to 20 m"),
        ("1e300", "= 1e+300, must be 0.001 to 20 m"),
        ('"0.255"', '= "0.255", must be a number'),
        ("true", "= true, must be a number"),
        ("[1, 2]", "= [1, 2], must be a number"),
        ("2020-01-01", "= 2020-01-01, must be a number"),
        ('{ value = "x" }', '= "x", must be a number'),
        ('{ source = "x" }', "has a source but no value = number"),
        (
            "{ value = 1, sauce = 2 }",
            '.sauce is not a key that is read here; did you mean "source"?',
        ),
    ],
)
def test_a_wrong_length_is_told_with_its_file_line_bone_and_what_is_allowed(typed, said, tmp_path):
    lines = told(FAR.format(typed), tmp_path)
    joined = said if said.startswith(".") else f" {said}"
    assert lines == [f'mine.toml:6: bone "shank": length_m{joined}']


@pytest.mark.parametrize("digits", ["9" * 1500, "0x" + "f" * 1500])
def test_a_number_of_a_thousand_digits_is_refused(digits, tmp_path):
    (line,) = told(FAR.format(digits), tmp_path)
    assert line.startswith('mine.toml:6: bone "shank": length_m = ')
    assert line.endswith("must be 0.001 to 20 m")
    assert len(line) < 200


def replaced(old: str, new: str) -> str:
    assert old in MINIMAL
    return MINIMAL.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "mine.toml: the file is empty; it needs a plan, bone lengths and a mass"),
        (replaced("mass_kg = 20\n", ""), "mine.toml: mass_kg is missing"),
        (
            replaced(SHANK, ""),
            'mine.toml:5: bone "shank": length_m is missing: this bone\'s length in metres',
        ),
        (
            replaced(SHANK, SHANK + "\nlenght = 1"),
            'mine.toml:7: bone "shank": lenght is not a key that is read here; '
            'did you mean "length"?',
        ),
        (
            replaced("[bones.shank]", "[bone.shank]"),
            'mine.toml:5: bone is not a key that is read here; did you mean "bones"?',
        ),
        (
            MINIMAL + "[bones.shnk]\n",
            'mine.toml:9: bone "shnk": the plan "biped" has no such bone; did you mean "shank"?',
        ),
        ("format = 9\n" + MINIMAL, "mine.toml:1: format = 9, this program reads 1"),
        ('format = "1"\n' + MINIMAL, 'mine.toml:1: format = "1", this program reads 1'),
        ("format = true\n" + MINIMAL, "mine.toml:1: format = true, this program reads 1"),
        (replaced('"biped"', '"bipd"'), 'mine.toml:1: plan = "bipd"; did you mean "biped"?'),
        (
            replaced('plan = "biped"', ""),
            "mine.toml: plan is missing; it may be biped, bird, quadruped, upright, "
            "or the name of a plan's .toml file beside this one",
        ),
        (
            replaced('"biped"', '"../other/plan.toml"'),
            'mine.toml:1: plan = "../other/plan.toml", must be in the folder of this file',
        ),
        (
            replaced('"biped"', '"/plan.toml"'),
            'mine.toml:1: plan = "/plan.toml", must be in the folder of this file',
        ),
        (
            MINIMAL + 'parent = "toes"\n',
            'mine.toml:9: bone "metatarsus": parent = "toes": '
            '"metatarsus", "toes" hang on each other in a circle',
        ),
        (
            replaced(SHANK, "length_m 0.255"),
            "mine.toml:6: not TOML: Expected '=' after a key in a key/value pair",
        ),
        (MINIMAL + "[bones.", "mine.toml:9: not TOML: Invalid initial character for a key part"),
        (MINIMAL + "x = [[1,", "mine.toml:9: not TOML: Invalid value"),
        (MINIMAL + "length_m = 4\n", "mine.toml:9: not TOML: Cannot overwrite a value"),
        (
            MINIMAL + "x = " + "[" * 900,
            "mine.toml: nested too deeply; a species file has tables in tables, no deeper",
        ),
        (MINIMAL + "#" * 3000, "mine.toml:9: 3,000 characters; a line may have 2,000"),
        (
            replaced("20", "20000"),
            "mine.toml:2: mass_kg = 20,000, must be 0.207 to 622 kg for legs of 0.592 m",
        ),
        (replaced("20", "1e-3"), "mine.toml:2: mass_kg = 0.001, must be 0.01 to 150,000 kg"),
        (
            replaced("[bones.shank]", "direction_deg = 80\n[bones.shank]"),
            'mine.toml:5: bone "thigh": direction_deg: as they point, '
            "the hip stands 0.105 m above the feet on legs of 0.592 m",
        ),
        (
            MINIMAL + "mass_share = 0.5\n",
            "mine.toml:3: bones: all but trunk take 150% of body mass, at most 95% allowed",
        ),
        (
            replaced("[bones.shank]", "[[bones.shank]]"),
            'mine.toml:5: bone "shank" = [{...}], must be a table',
        ),
        (
            MINIMAL + "paired = 1\n",
            'mine.toml:9: bone "metatarsus": paired = 1, must be true or false',
        ),
        (MINIMAL + "depth = [1, 2]\n", 'mine.toml:9: bone "metatarsus": depth[2] is missing'),
        (
            MINIMAL + "depth = [1, 2, 3, 4]\n",
            'mine.toml:9: bone "metatarsus": depth has 4 numbers, must have 3',
        ),
        (
            MINIMAL + '[look]\nbody = "red"\n',
            'mine.toml:10: look.body = "red", must be a colour like "#8a4f38"',
        ),
        (
            MINIMAL + '[look]\nskull = "big"\n',
            'mine.toml:10: look.skull = "big", must be "deep", "crested", "slender", "twin_crested", '
            '"ornithomimid", "bird", "human", "horned", "duckbill", "sauropod" or "beaked"',
        ),
        ('title = ""\n' + MINIMAL, "mine.toml:1: title is empty"),
        (
            'name = "My Dino"\n' + MINIMAL,
            'mine.toml:1: name = "My Dino", must be lower-case letters, digits and _, '
            "beginning with a letter, at most 40",
        ),
        (
            MINIMAL + '[muscles.adductor]\npath = [{ bone = "thigh", at = 1, offset = 0 }]\n',
            'mine.toml:10: muscle "adductor": path has 1 point, must have 2 to 8',
        ),
        (
            MINIMAL + "[joints.shank]\nrange_deg = [5, -5]\n",
            'mine.toml:10: joint "shank": range_deg: the first angle must be the smaller',
        ),
        (
            MINIMAL + "[joints.thigh]\nrange_deg = [-70, -65]\n",
            'mine.toml:10: joint "thigh": range_deg spans 5 degrees; '
            "it needs more than 8 to find a stance",
        ),
        (
            'balance = { bone = "trunk" }\n' + MINIMAL,
            "mine.toml:1: balance.bone: the root cannot lean; "
            "name the bone of the leg that hangs on it",
        ),
        (
            'balance = { foot = "head" }\n' + MINIMAL,
            'mine.toml:1: balance.foot = "head", which is no foot',
        ),
    ],
    ids=itertools.count(),
)
def test_each_mistake_gets_its_one_clear_line(text, said, tmp_path):
    assert told(text, tmp_path) == [said]


def test_all_mistakes_are_told_at_once(tmp_path):
    text = replaced("20", "-1").replace("0.238", '"a"').replace("0.255", "nan")
    assert [line.split(":")[1] for line in told(text, tmp_path)] == ["2", "4", "6"]


def test_a_thousand_bones_are_told_in_twenty_lines_and_a_count(tmp_path):
    lines = told(MINIMAL + "".join(f"[bones.b{i}]\n" for i in range(1000)), tmp_path)
    assert len(lines) == 21
    assert lines[-1] == "... and 980 more faults"


def test_a_thousand_bones_in_a_plan_of_ones_own_are_too_many(tmp_path):
    plan = plan_text() + "".join(
        f'[bones.b{i}]\nparent = "trunk"\nlength = 1\ndirection_deg = 0\ncom = 0.5\nmass_share = 0.0001\n'
        'depth = [1, 1, 1]\ncontact = { span = [0, 1], radius = 0.1 }\nfront = "left"\n'
        for i in range(1000)
    )
    (tmp_path / "plan.toml").write_text(plan)
    (line,) = told(replaced('"biped"', '"plan.toml"'), tmp_path)
    assert line == "plan.toml:23: bones has 1,009 entries, at most 64"


def plan_text() -> str:
    return (Path(__file__).parents[2] / "creatures" / "plans" / "biped.toml").read_text()


def test_a_plan_of_ones_own_lies_beside_the_species(tmp_path):
    (tmp_path / "plan.toml").write_text(plan_text())
    (tmp_path / "mine.toml").write_text(replaced('"biped"', '"plan.toml"'))
    assert len(load_species(tmp_path / "mine.toml").bones) == 9


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("joints = 5\n", "joints = 5, must be a table"),
        ("format = 2\n", "= 2, this program reads 1"),
        ("x", "not TOML: "),
        ("", "is missing"),
    ],
)
def test_a_plan_that_is_none_is_refused_in_words(plan, said, tmp_path):
    (tmp_path / "plan.toml").write_text(plan)
    assert any(said in line for line in told(replaced('"biped"', '"plan.toml"'), tmp_path))


def test_a_fault_in_a_plan_of_ones_own_is_told_with_the_plans_line(tmp_path):
    (tmp_path / "plan.toml").write_text(plan_text().replace("com = 0.42", "com = 42", 1))
    (line,) = told(replaced('"biped"', '"plan.toml"'), tmp_path)
    place, _, said = line.partition(": ")
    assert place.startswith("plan.toml:")
    assert said == 'bone "trunk": com = 42, must be -1 to 2 of the bone\'s length'


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.mkdir(), "this is a folder; a file is needed"),
        (lambda _: None, "no such file or directory"),
        (
            lambda path: path.write_text("#" * 2_000_000),
            "2,000,000 bytes; at most 200,000 are read",
        ),
        (lambda path: path.write_bytes(b"ab\xff"), "not a text file (byte 2 is not UTF-8)"),
        (lambda path: os.mkfifo(path), "this is no ordinary file; a file is needed"),
    ],
    ids=["folder", "missing", "2 MB", "binary", "pipe"],
)
def test_what_is_no_species_file_at_all_is_refused(make, said, tmp_path):
    path = tmp_path / "mine.toml"
    make(path)
    with pytest.raises(BadFile) as refused:
        load_species(path)
    assert str(refused.value) == f"{path}: {said}"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINIMAL)
    path.chmod(0)
    with pytest.raises(BadFile, match="permission denied"):
        load_species(path)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Velociraptor", 'did you mean "velociraptor"?'),
        ("raptor", 'did you mean "velociraptor"?'),
        ("tyranosaurus", 'did you mean "tyrannosaurus"?'),
        ("xyz", "known: allosaurus, "),
        ("a\0", "known: allosaurus, "),
        ("x" * 5000, "known: allosaurus, "),
    ],
)
def test_a_misspelt_species_is_answered_with_the_nearest(name, hint):
    with pytest.raises(BadFile) as refused:
        load_species(name)
    (line,) = refused.value.lines()
    assert hint in line


def test_a_strangers_file_cannot_write_to_the_terminal(tmp_path):
    lines = told(MINIMAL + '"a\\n\\u001b[31m" = 1\n[bones."\\u0007"]\n', tmp_path)
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("name", species_names())
def test_a_document_is_read_back_equal(name):
    species = load_species(name)
    again = from_document(json.loads(json.dumps(species.document())), "genome.json")
    assert again == species
    assert again.digest() == species.digest()


@pytest.mark.parametrize("document", [None, [], "x", 1, {}, {"format": 2}, {"format": 1}])
def test_what_is_no_document_is_refused(document):
    with pytest.raises(BadFile):
        from_document(document, "genome.json")


def assert_sound(skeleton: Skeleton) -> None:
    """Everything that reaches the physics is finite, and positive where it must be."""
    numbers = [skeleton.mass, skeleton.hip_height, skeleton.leg_length]
    for bone in skeleton.bones:
        numbers += [bone.mass, bone.inertia, bone.length, bone.contact_radius]
        assert all(map(math.isfinite, (bone.x, bone.y, bone.angle)))
    for muscle in skeleton.muscles:
        numbers += [muscle.max_force, muscle.fibre_length, muscle.mass]
        assert all(map(math.isfinite, (*muscle.moment_arms, muscle.length, muscle.mobility)))
    for joint in skeleton.joints:
        assert all(map(math.isfinite, (joint.preload, joint.support, joint.standing)))
    assert all(math.isfinite(number) and number > 0 for number in numbers)


def loaded_or_refused(load) -> None:
    """A file is refused in words, or gives an animal that the physics can bear."""
    refused = None
    try:
        assert_sound(assemble(load()))
    except BadFile as error:
        refused = error
    if refused is not None:
        assert refused.faults
        assert all(line.isprintable() for line in refused.lines())


words = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans(),
    st.text(max_size=12),
    st.none(),
    st.sampled_from(["thigh", "toes", "trunk", "leg", "left", "#123456", 0, 1, 0.01, 1e9, -1]),
    st.lists(st.floats(-2, 2), max_size=4),
    st.dictionaries(st.sampled_from(["value", "source", "bone", "x"]), st.floats(), max_size=3),
)


def places(value, path=()):
    """Yields the path of everything in a document."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


DOCUMENT = json.dumps(load_species("velociraptor").document())
PLACES = list(places(json.loads(DOCUMENT)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), words, st.booleans()), min_size=1, max_size=4))
def test_a_changed_document_is_refused_in_words_or_is_sound(changes):
    document = json.loads(DOCUMENT)
    for path, value, drop in changes:
        at = document
        try:
            for key in path[:-1]:
                at = at[key]
            at[path[-1]] = value
            if drop:
                del at[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    loaded_or_refused(lambda: from_document(document, "genome.json"))


SHIPPED = (Path(__file__).parents[2] / "creatures" / "species" / "velociraptor.toml").read_text(
    encoding="utf-8"
)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(SHIPPED)),
    st.integers(0, 40),
    st.one_of(
        st.text(max_size=20), st.sampled_from(["nan", "-", "[", "]", "=", '"', "\n", "0", "9e9"])
    ),
)
def test_a_changed_text_is_refused_in_words_or_is_sound(start, length, insert):
    from creatures.species import _parse

    text = SHIPPED[:start] + insert + SHIPPED[start + length :]
    loaded_or_refused(lambda: _parse(text, "mine.toml", None))


@settings(max_examples=60, deadline=None)
@given(st.floats(1e-2, 1.5e5), st.tuples(*[st.floats(1e-3, 20.0)] * 3))
def test_any_mass_on_any_legs_is_refused_in_words_or_is_sound(mass, legs):
    from creatures.species import _parse

    text = FAR.format(legs[0]).replace("0.238", str(legs[1])).replace("0.099", str(legs[2]))
    loaded_or_refused(lambda: _parse(text.replace("20", str(mass), 1), "mine.toml", None))


def test_a_foot_has_no_shaft_to_be_measured(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINIMAL + "\n[bones.toes]\nshaft = 0.5\n")
    with pytest.raises(BadFile, match=r'bone "toes": shaft is not for a foot'):
        load_species(path)


def test_a_tendon_much_longer_than_its_fibres_is_refused_with_what_is_allowed(tmp_path):
    text = (
        MINIMAL + "\n[muscles.gastrocnemius_medialis]\nfibre_length = 0.05\ntendon_length = 0.3\n"
    )
    (line,) = told(text, tmp_path)
    assert 'muscle "gastrocnemius_medialis": tendon_length = 0.3 leg lengths' in line
    assert "at most 5 fibre lengths allowed, here 0.25" in line
