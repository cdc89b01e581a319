"""What the measures say; `./run bench` takes them."""

import pytest

from tests.bench.measures import as_table, at_most_times, exactly, more_than


@pytest.mark.parametrize(
    ("measure", "held"),
    [
        (exactly("seats", 12, 12, "people"), True),
        (exactly("seats", 13, 12, "people"), False),
        (more_than("seats", 13, 12, "people"), True),
        (more_than("seats", 12, 12, "people"), False),
        (at_most_times("price", 30, 10, 3, "ms"), True),
        (at_most_times("price", 31, 10, 3, "ms"), False),
    ],
)
def test_measure_holds_within_its_bound(measure, held):
    assert measure.held == held


def test_measures_are_told_as_a_table():
    table = as_table([exactly("seats", 0, 0, "people"), at_most_times("price", 31, 10, 3, "ms")])
    assert table.splitlines() == [
        "measure  value  unit    bare  ratio  bound  held",
        "seats    0      people  –     –      0      yes",
        "price    31     ms      10    3.1    3      NO",
    ]
