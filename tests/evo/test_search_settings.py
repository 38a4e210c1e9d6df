import math

import pytest
from evo_landscapes import Seen

from evo.box import Box
from evo.population import Generation, Individual
from evo.settings import SearchSettings


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"budget": 0}, "budget must be a whole number of 1 or more, not 0"),
        ({"budget": 10.5}, "budget must be a whole number of 1 or more, not 10.5"),
        ({"seed": -1}, "seed must be a whole number of 0 or more, not -1"),
        ({"sigma": 0.0}, "sigma must be a number above 0, not 0.0"),
        ({"sigma": math.nan}, "sigma must be a number above 0, not nan"),
        ({"sigma": math.inf}, "sigma must be a number above 0, not inf"),
        ({"start_offset": -0.1}, "start_offset must be a number of 0 or more, not -0.1"),
        ({"population": 3}, "population must be a whole number of 4 or more, not 3"),
        ({"population": 4, "elites": 4}, "elites must be fewer than population, not 4"),
        ({"strict_from": 1.5}, "strict_from must be a share from 0 to 1, not 1.5"),
        ({"strict_from": math.nan}, "strict_from must be a share from 0 to 1, not nan"),
        ({"patience": 0}, "patience must be a whole number of 1 or more, not 0"),
        ({"scout_share": 0.1}, "scout_share and deepen_share give away 104% of the budget"),
    ],
    ids=lambda value: "" if isinstance(value, str) else str(value),
)
def test_a_wrong_setting_is_told_in_one_clear_line(wrong, line):
    with pytest.raises(ValueError) as told:  # noqa: PT011 - the whole line is compared below
        SearchSettings(**wrong)
    assert str(told.value) == line


@pytest.mark.parametrize(
    ("start", "low", "high", "line"),
    [
        ((), (), (), "start, low and high need one value a gene each, not 0, 0, 0"),
        ((0.0,), (-1.0, -1.0), (1.0,), "start, low and high need one value a gene each, not 1, 2"),
        ((0.0,), (0.0,), (0.0,), "gene 0 needs finite bounds low < high"),
        ((0.0,), (-math.inf,), (1.0,), "gene 0 needs finite bounds low < high"),
        ((0.0, 2.0), (-1.0, -1.0), (1.0, 1.0), "gene 1 starts at 2.0, outside"),
        ((math.nan,), (-1.0,), (1.0,), "gene 0 starts at nan, outside"),
    ],
)
def test_a_box_that_is_none_is_refused(start, low, high, line):
    with pytest.raises(ValueError, match=line):
        Box(start, low, high)


def test_clipping_moves_each_gene_to_its_own_bound():
    box = Box((0.0, 0.0), (-1.0, -2.0), (1.0, 2.0))
    assert box.clip([(-5.0, 5.0), (0.5, -1.5)]) == ((-1.0, 2.0), (0.5, -1.5))
    assert box.clip([]) == ()


def generation_of(scores):
    individuals = tuple(
        Individual(i, (0.0,), Seen(score), score, (), 0, 0) for i, score in enumerate(scores)
    )
    return Generation(1, "scout", 0, individuals, len(scores))


def test_a_generation_sums_itself_up():
    generation = generation_of([3.0, 1.0, 5.0, 5.0, 2.0])
    assert generation.best.number == 2
    assert generation.median == 3.0
    assert generation.spread == (2.0, 5.0)
    assert generation.scores == (3.0, 1.0, 5.0, 5.0, 2.0)


def test_a_generation_of_one_is_its_own_middle():
    generation = generation_of([4.0])
    assert (generation.median, generation.spread) == (4.0, (4.0, 4.0))
