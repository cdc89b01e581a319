from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_attendance, make_cohort, make_participant, make_workshop
from workshops import allocation

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(person):
    return reverse("workshops:person_withdraw", args=[person.cohort.slug, person.pk])


def test_withdrawing_asks_first_with_the_places_given_up(visitor, cohort):
    person, now = make_participant(cohort), timezone.now()
    for days, title in ((1, "Tomorrow"), (-1, "Yesterday")):
        workshop = make_workshop(cohort, now + timedelta(days=days), title={"en": title})
        allocation.ask(workshop, person, by=None, at=now, on_behalf=True)
    page = visitor.get(address(person)).content.decode()
    assert ("Tomorrow" in page, "Yesterday" in page) == (True, False)


def test_withdrawing_takes_one_click_more(visitor, cohort):
    person = make_participant(cohort)
    for _click in range(2):
        visitor.post(address(person))
    person.refresh_from_db()
    assert (person.status, person.ended_on) == ("withdrawn", timezone.localdate())


def test_withdrawing_somebody_of_another_cohort_is_not_found(visitor, cohort):
    other = make_participant(make_cohort())
    where = reverse("workshops:person_withdraw", args=[cohort.slug, other.pk])
    assert visitor.post(where).status_code == 404


def test_withdrawing_keeps_a_presence_that_is_recorded_ahead(visitor, cohort):
    workshop = make_workshop(cohort, timezone.now() + timedelta(hours=1))
    registration = make_attendance(workshop).registration
    visitor.post(address(registration.participant))
    registration.refresh_from_db()
    assert (registration.participant.status, registration.status) == ("withdrawn", "confirmed")
