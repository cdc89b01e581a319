import pytest
from django.db import DatabaseError, transaction

from tests.factories import (
    NOW,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_staff,
    make_testimony,
    make_theme,
    make_user,
    make_workshop,
)
from workshops.models import Testimony, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop(kind="listening")


def test_testimony_is_seen_by_staff_and_its_facilitators_while_notes_are_open(workshop):
    testimony = make_testimony(workshop)
    facilitators = [make_facilitator(workshop) for _each in range(2)]
    for reader in (make_staff(workshop.cohort), *facilitators):
        assert Testimony.objects.visible_to(reader).get() == testimony


def test_testimony_is_seen_by_staff_alone_once_notes_are_closed(workshop):
    make_testimony(workshop, number=1)
    Workshop.objects.update(notes_closed_at=NOW)
    readers = [make_staff(workshop.cohort), make_facilitator(workshop)]
    assert [Testimony.objects.visible_to(reader).count() for reader in readers] == [1, 0]


def test_testimony_is_seen_by_nobody_else(workshop):
    make_testimony(workshop)
    cohort = workshop.cohort
    others = [
        make_participant(cohort, "newcomers").user,
        make_participant(cohort, "agents").user,
        make_coordinator(cohort, make_organisation(cohort.programme)),
        make_facilitator(make_workshop(cohort, kind="listening")),
        make_user(is_admin=True),
    ]
    assert [Testimony.objects.visible_to(user).count() for user in others] == [0] * 5


def test_testimony_number_is_never_changed(workshop):
    make_testimony(workshop, number=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Testimony.objects.update(number=2)


def test_testimony_is_found_whatever_its_accents(workshop):
    testimony = make_testimony(workshop, text={"fr": "À l’accueil, ça dépend"})
    assert Testimony.objects.search("CA DEPEND").get() == testimony


def test_testimony_with_new_words_is_checked_anew(workshop):
    testimony = make_testimony(workshop, number=1, quotable=True, checked_at=NOW)
    assert Testimony.objects.quotes().count() == 1
    testimony.forget_check(by=make_user())
    assert Testimony.objects.to_check().get() == testimony


def test_testimony_reworded_in_open_notes_was_written_by_a_note_taker_more(workshop):
    colleague, later = make_user(), make_user()
    testimony = make_testimony(workshop)
    testimony.forget_check(by=colleague)
    workshop.notes_closed_at = NOW
    testimony.forget_check(by=later)
    assert [taking.user for taking in workshop.note_takers.all()] == [colleague]


@pytest.mark.parametrize("words", [{"text": {"fr": "secret"}}, {"service": "CAF"}])
def test_database_lets_no_words_back_into_a_withdrawn_testimony(workshop, words):
    make_testimony(workshop, number=1).withdraw()
    with pytest.raises(DatabaseError), transaction.atomic():
        Testimony.objects.update(**words)


def test_testimony_withdrawn_is_in_no_list(workshop):
    testimony = make_testimony(workshop, number=1, quotable=True, checked_at=NOW)
    testimony.withdraw()
    lists = [
        Testimony.objects.kept(),
        Testimony.objects.quotes(),
        Testimony.objects.to_check(),
        Testimony.objects.not_sorted(),
    ]
    assert [len(each) for each in lists] == [0] * 4


def test_testimony_not_numbered_cannot_be_sorted(workshop):
    make_testimony(workshop)
    numbered = make_testimony(workshop, number=1)
    assert list(Testimony.objects.sortable()) == [numbered]


def test_workshop_counts_its_notes_to_check_and_to_sort(workshop):
    sorted_one = make_testimony(workshop, number=1, quotable=True)
    make_testimony(workshop, number=2)
    for _each in range(2):
        make_theme(workshop.cohort, [sorted_one])
    counted = Workshop.objects.with_note_counts().get()
    assert (counted.note_count, counted.to_check_count, counted.not_sorted_count) == (2, 1, 1)
