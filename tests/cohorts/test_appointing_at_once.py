"""Two colleagues add the same new person at the same instant."""

import threading

import pytest

from cohorts.appointing import appoint
from cohorts.models import Appointment, User
from tests.factories import NOW, make_cohort
from tests.workshops.test_allocation_at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def appointing(cohort):
    place = {"cohort": cohort}
    return lambda: appoint("Nadia", "nadia@example.org", place, by=None, at=NOW)


def look_before_anybody_writes(monkeypatch):
    """Have both find no account before either makes one."""
    both, save = threading.Barrier(2), User.save

    def save_later(user, *args, **kwargs):
        both.wait(timeout=20)
        save(user, *args, **kwargs)

    monkeypatch.setattr(User, "save", save_later)


def test_two_who_appoint_at_once_make_one_account():
    assert all_at_once([appointing(make_cohort())] * 2) == []
    assert (User.objects.count(), Appointment.objects.count()) == (1, 1)


@pytest.mark.postgresql
def test_two_who_find_no_account_make_one(monkeypatch):
    cohort = make_cohort()
    look_before_anybody_writes(monkeypatch)
    assert all_at_once([appointing(cohort)] * 2) == []
    assert (User.objects.count(), Appointment.objects.count()) == (1, 1)
