from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression import (
    Published,
    PublishedAnswers,
    PublishedRange,
    publish,
    publish_answers,
    publish_range,
    publish_size,
)

FIVE = 5
GENDERS = ("woman", "man", "non_binary", "not_stated")


def genders(*counts):
    return dict(zip(GENDERS, counts, strict=True))


def test_suppression_four_women_of_seven_agents_do_not_reveal_the_three_men():
    assert publish(genders(4, 3, 0, 0)) == Published(7)


def test_suppression_one_small_cell_hides_all_cells():
    assert publish(genders(12, 11, 0, 4)) == Published(27)


def test_suppression_shows_cells_of_five_and_more_and_empty_ones():
    published = publish(genders(14, 13, 0, 0))
    assert published == Published(27, tuple(genders(14, 13, 0, 0).items()))


def test_suppression_does_not_say_that_all_of_a_few_are_alike():
    assert publish(genders(7, 0, 0, 0)) == Published(7)


@pytest.mark.parametrize("count", range(5))
def test_suppression_total_below_five_is_not_told(count):
    assert publish(genders(count, 0, 0, 0)) == Published(None)


def test_suppression_refuses_a_breakdown_without_not_stated():
    with pytest.raises(ValueError, match="not stated"):
        publish({"woman": 14, "man": 13})


def test_suppression_one_person_leaving_hides_the_cells_of_the_next_edition():
    before = publish(genders(14, 13, 0, 0))
    assert publish(genders(14, 12, 0, 0), before=before) == Published(26)


def test_suppression_cells_hidden_once_stay_hidden():
    before = publish(genders(10, 4, 0, 0))
    assert publish(genders(10, 5, 0, 0), before=before) == Published(15)


def test_suppression_unchanged_cells_are_shown_again():
    before = publish(genders(14, 13, 0, 0))
    assert publish(genders(14, 13, 0, 0), before=before) == before


def test_suppression_shows_answers_given_by_five_and_not_given_by_five():
    spoken = {"fr": 27, "en": 22, "ar": 6, "fa-af": 4, "uk": 26, "ti": 0}
    shown = (("fr", 27), ("en", 22), ("ar", 6))
    assert publish_answers(spoken, 27) == PublishedAnswers(27, shown)


def test_suppression_tells_no_answer_of_fewer_than_ten():
    assert publish_answers({"fr": 7}, 7) == PublishedAnswers(7)


def test_suppression_answer_hidden_once_stays_hidden():
    before = publish_answers({"fr": 27, "ar": 4}, 27)
    now = publish_answers({"fr": 27, "ar": 9}, 27, before=before)
    assert now == PublishedAnswers(27, (("fr", 27),))


@pytest.mark.parametrize(("count", "told"), [(0, None), (4, None), (5, 5), (16, 16)])
def test_suppression_tells_how_many_there_are_from_five_on(count, told):
    assert publish_size(count) == Published(told)


@pytest.mark.parametrize(
    ("came", "first", "last"), [(0, None, 4), (4, None, 4), (5, 5, 9), (9, 5, 9), (16, 15, 19)]
)
def test_suppression_tells_the_size_of_a_gathering_in_steps_of_five(came, first, last):
    told = publish_range(came)
    assert (told.total, told.last) == (first, last)


def test_suppression_six_of_seven_agents_do_not_reveal_the_one_who_was_missing():
    assert publish_range(6) == publish_range(7)


@pytest.mark.parametrize(
    ("kind", "total", "cells"),
    [
        (Published, 4, None),
        (Published, 7, (("woman", 7), ("man", 0))),
        (Published, 14, (("woman", 10), ("man", 4))),
        (Published, 27, (("woman", 10), ("man", 5))),
        (PublishedAnswers, 27, (("fr", 26),)),
        (PublishedAnswers, 27, (("fr", 3),)),
        (PublishedRange, 6, None),
        (PublishedRange, 10, (("came", 10), ("did_not", 0))),
    ],
)
def test_suppression_cannot_make_what_tells_too_much(kind, total, cells):
    with pytest.raises(ValueError, match=r"told|broken down|add up"):
        kind(total, cells)


def splits(total, parts):
    """All ways of splitting `total` people over `parts` cells."""
    if parts == 1:
        return [(total,)]
    return [
        (first, *rest) for first in range(total + 1) for rest in splits(total - first, parts - 1)
    ]


def possible_cells(published, parts, before=None):
    """What a reader who knows the rules still thinks possible: a solver that tries all."""
    totals = range(FIVE) if published.total is None else [published.total]
    for total in totals:
        for split in splits(total, parts):
            cells = dict(zip(GENDERS[-parts:], split, strict=True))
            if publish(cells, before=before) == published:
                yield split


counts = st.lists(st.integers(0, 9), min_size=2, max_size=4)


def as_cells(numbers):
    return dict(zip(GENDERS[-len(numbers) :], numbers, strict=True))


@settings(max_examples=60, deadline=None)
@given(counts)
def test_suppression_leaves_five_possible_values_for_each_hidden_cell(numbers):
    published = publish(as_cells(numbers))
    if not published.is_broken_down:
        possible = list(possible_cells(published, len(numbers)))
        assert all(len(set(values)) >= FIVE for values in zip(*possible, strict=True))


@settings(max_examples=60, deadline=None)
@given(counts, st.lists(st.integers(-5, 5), min_size=4, max_size=4))
def test_suppression_leaves_five_possible_values_given_the_edition_before(numbers, moves):
    before = publish(as_cells(numbers))
    now = [max(0, number + move) for number, move in zip(numbers, moves, strict=False)]
    published = publish(as_cells(now), before=before)
    if not published.is_broken_down:
        possible = list(possible_cells(published, len(now), before))
        assert all(len(set(values)) >= FIVE for values in zip(*possible, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.integers(10, 30), st.lists(st.integers(0, 30), min_size=1, max_size=2))
def test_suppression_leaves_five_possible_values_for_each_hidden_answer(people, given_by):
    cells = {str(number): min(count, people) for number, count in enumerate(given_by)}
    published = publish_answers(cells, people)
    everything = product(range(people + 1), repeat=len(cells))
    possible = [
        counts
        for counts in everything
        if publish_answers(dict(zip(cells, counts, strict=True)), people) == published
    ]
    for name, values in zip(cells, zip(*possible, strict=True), strict=True):
        assert name in dict(published.cells) or len(set(values)) >= FIVE
