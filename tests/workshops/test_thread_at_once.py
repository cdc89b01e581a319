"""Somebody types while somebody else closes; two record the choice. Nothing is lost or doubled.

Only PostgreSQL lets writers run side by side, so only there the fault can be shown.
"""

import threading

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW, make_cohort, make_subject, make_user, make_workshop
from tests.workshops.test_allocation_at_once import all_at_once
from workshops import decisions, listening
from workshops.models import Testimony, Workshop

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = 5


@pytest.fixture
def workshop():
    workshop = make_workshop(kind="listening")
    note(workshop)
    return workshop


def note(workshop):
    return listening.note(workshop, by=make_user(), at=NOW, text={"fr": "Une parole"})


def close(workshop):
    return listening.close_notes(workshop, by=make_user(), at=NOW)


def take_the_lock_off(monkeypatch):
    """Have everybody find the notes open before anybody writes."""
    everybody = threading.Barrier(NOTES + 1)
    check = listening.check_open

    def check_open(workshop):
        check(workshop)
        everybody.wait(timeout=20)

    monkeypatch.setattr(listening, "locked", lambda workshop: Workshop.objects.get(pk=workshop.pk))
    monkeypatch.setattr(listening, "check_open", check_open)


def type_and_close(workshop):
    """Return how many notes were answered as saved, the first one included."""
    calls = [lambda: close(workshop), *[lambda: note(workshop)] * NOTES]
    refused = [error for error in all_at_once(calls) if isinstance(error, ValidationError)]
    return 1 + NOTES - len(refused)


@pytest.mark.postgresql
def test_without_the_lock_a_note_stays_behind(workshop, monkeypatch):
    take_the_lock_off(monkeypatch)
    saved = type_and_close(workshop)
    assert Testimony.objects.numbered().count() < saved


def test_with_the_lock_every_note_saved_is_numbered(workshop):
    saved = type_and_close(workshop)
    assert Testimony.objects.numbered().count() == Testimony.objects.count() == saved


def test_two_choices_at_once_leave_one():
    cohort = make_cohort()
    subjects = [make_subject(cohort) for _each in range(3)]
    how = {"method": "consensus", "by": make_user(), "at": NOW, "decided_on": NOW.date()}
    calls = [lambda each=each: decisions.decide(cohort, each, **how) for each in subjects]
    errors = all_at_once(calls)
    assert [type(error) for error in errors] == [ValidationError] * 2
    assert cohort.subjects.chosen().count() == cohort.decisions.count() == 1
