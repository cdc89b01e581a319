import pytest
from django.db import transaction

from tests.factories import make_action, make_cohort, make_idea, make_theme
from workshops.models import Letter, ReferenceCounter
from workshops.models.references import take_numbers

pytestmark = pytest.mark.django_db


def test_references_are_counted_by_cohort_and_by_kind():
    cohort = make_cohort()
    items = [make(cohort) for make in (make_theme, make_theme, make_idea, make_action)]
    assert [item.reference for item in items] == ["TH-1", "TH-2", "I-1", "A-1"]
    assert make_theme().reference == "TH-1"


def test_reference_is_never_given_again():
    cohort = make_cohort()
    make_idea(cohort)
    make_idea(cohort).delete()
    assert make_idea(cohort).reference == "I-3"


def test_reference_stays_when_the_item_is_saved_again():
    idea = make_idea()
    idea.save()
    assert (idea.reference, idea.cohort.reference_counters.get().last) == ("I-1", 1)


def test_several_numbers_are_taken_in_one_go():
    cohort = make_cohort()
    taken = [take_numbers(cohort, Letter.IDEA, how_many) for how_many in (3, 0, 2)]
    assert taken == [[1, 2, 3], [], [4, 5]]


def test_numbers_of_what_was_not_saved_are_taken_back():
    cohort = make_cohort()
    with transaction.atomic():
        take_numbers(cohort, Letter.ACTION)
        transaction.set_rollback(True)
    assert not ReferenceCounter.objects.exists()
    assert make_action(cohort).reference == "A-1"
