from datetime import timedelta

import pytest

from tests.factories import (
    NOW,
    make_attendance,
    make_cohort,
    make_participant,
    make_user,
    make_workshop,
)
from workshops import allocation
from workshops.models import RegistrationMove
from workshops.withdrawal import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_participant(make_cohort())


def place(person, days):
    workshop = make_workshop(
        person.cohort, NOW + timedelta(days=days), mode="registration", capacity=1
    )
    how = {"by": None, "at": NOW, "on_behalf": True}
    return allocation.ask(workshop, person, **how), allocation.ask(
        workshop, make_participant(person.cohort), **how
    )


def test_withdrawing_gives_up_what_is_to_come_and_promotes(person):
    own, next_one = place(person, days=1)
    staff = make_user()
    assert withdraw(person, by=staff, at=NOW)
    own.refresh_from_db(), next_one.refresh_from_db()
    assert (own.status, next_one.status) == ("cancelled", "confirmed")
    move = RegistrationMove.objects.get(registration=own, status="cancelled")
    assert (move.recorded_by, move.on_behalf) == (staff, True)


def test_withdrawing_keeps_a_place_that_has_attendance(person):
    """As at a workshop that was moved on after it had begun."""
    workshop = make_workshop(person.cohort)
    registration = make_attendance(workshop, person).registration
    assert withdraw(person, by=None, at=NOW - timedelta(hours=1))
    registration.refresh_from_db()
    assert registration.status == "confirmed"


def test_withdrawing_keeps_the_past(person):
    own, _next_one = place(person, days=-1)
    withdraw(person, by=None, at=NOW)
    own.refresh_from_db()
    assert own.status == "confirmed"


def test_withdrawing_gives_up_several_places(person):
    owns = [place(person, days)[0] for days in (1, 2, 3)]
    withdraw(person, by=None, at=NOW)
    for own in owns:
        own.refresh_from_db()
    assert {own.status for own in owns} == {"cancelled"}


def test_withdrawing_twice_counts_once(person):
    assert (withdraw(person, by=None, at=NOW), withdraw(person, by=None, at=NOW)) == (True, False)
