"""The table of genes: from numbers to values, to names, and back."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatures.assemble import assemble
from creatures.controllers.reflex import gene_table
from creatures.faults import BadFile
from creatures.genome import HIGHEST, LOWEST, Gene, GeneTable
from creatures.species import load_species, species_names

LAW = settings(deadline=None)

TABLE = GeneTable(
    "reflex",
    (
        Gene("pace", "how fast", 0.4, 0.5, 0.0, power=True),
        Gene("lean", "how far", 0.1, 0.2, 0.5),
        Gene("tone", "how stiff", 0.02, 0.8, -1.0, power=True),
    ),
)
GOOD = {"pace": 1, "lean": -0.5, "tone": 0.0}
GENES = st.floats(LOWEST, HIGHEST)


def faults(genes: dict[str, object]) -> list[str]:
    with pytest.raises(BadFile) as refused:
        TABLE.from_names(genes, "mine.json")
    return refused.value.lines()


@pytest.mark.parametrize("name", species_names())
def test_all_zeros_stand_for_the_centre_of_every_gene(name):
    table = gene_table(assemble(load_species(name)))
    assert len(table.zeros) == len(table.names) == len(table)
    assert table.values(table.zeros).tolist() == [gene.centre for gene in table.genes]


def test_a_gene_of_one_moves_a_value_by_its_scale_or_doubles_it():
    assert TABLE.values((2.0, 1.0, 0.0)).tolist() == pytest.approx([0.8, 0.3, 0.02])
    assert TABLE.values((-2.0, -1.0, 0.0)).tolist() == pytest.approx([0.2, -0.1, 0.02])


@LAW
@given(GENES)
def test_what_cannot_be_negative_never_is(gene):
    assert TABLE.genes[0].value(gene) > 0.0


@LAW
@given(GENES, GENES)
def test_a_larger_gene_is_a_larger_value(one, other):
    low, high = sorted((one, other))
    for gene in TABLE.genes:
        assert gene.value(low) <= gene.value(high)


def test_the_start_is_every_genes_own():
    assert TABLE.start == (0.0, 0.5, -1.0)


def test_a_genome_of_another_length_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        TABLE.values((0.0, 0.0))
    with pytest.raises(ValueError, match="shorter"):
        TABLE.by_name((0.0, 0.0))


@LAW
@given(st.tuples(GENES, GENES, GENES))
def test_a_genome_survives_its_names_to_the_bit(genome):
    assert TABLE.from_names(TABLE.by_name(genome), "mine.json") == genome


def test_numpy_numbers_become_plain_ones_by_name():
    named = TABLE.by_name(np.array([1.0, 2.0, 3.0]))
    assert {type(value) for value in named.values()} == {float}


def test_the_order_of_names_in_a_file_does_not_matter():
    backwards = dict(reversed(GOOD.items()))
    assert TABLE.from_names(backwards, "mine.json") == (1.0, -0.5, 0.0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0.5", '= "0.5", must be a number'),
        (True, "= true, must be a number"),
        (None, "= None, must be a number"),
        ([0.5], "= [0.5], must be a number"),
        ({"value": 0.5}, "= {...}, must be a number"),
        (math.nan, "= nan, must be -3 to 3"),
        (math.inf, "= inf, must be -3 to 3"),
        (-math.inf, "= -inf, must be -3 to 3"),
        (3.0001, "= 3.0001, must be -3 to 3"),
        (-4, "= -4, must be -3 to 3"),
    ],
)
def test_a_gene_that_is_no_number_within_bounds_is_one_clear_line(value, said):
    assert faults(GOOD | {"lean": value}) == [f'mine.json: gene "lean" {said}']


def test_the_bounds_themselves_are_allowed():
    assert TABLE.from_names(GOOD | {"pace": LOWEST, "lean": HIGHEST}, "") == (LOWEST, HIGHEST, 0.0)


def test_a_missing_gene_is_one_clear_line():
    del (genes := dict(GOOD))["lean"]
    assert faults(genes) == ['mine.json: gene "lean" is missing']


def test_an_unknown_gene_is_one_clear_line():
    assert faults(GOOD | {"leen": 1}) == [
        'mine.json: gene "leen" is not one of the reflex controller\'s genes'
    ]


def test_every_fault_is_told_at_once():
    lines = faults({"pace": "fast", "lean": 9, "wings": 1})
    assert len(lines) == 4
    assert [line.split('"')[1] for line in lines] == ["wings", "pace", "lean", "tone"]


def test_an_empty_genome_misses_every_gene():
    assert faults({}) == [f'mine.json: gene "{name}" is missing' for name in TABLE.names]
