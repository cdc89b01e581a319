"""A workshop's pages make as many queries for 270 people as for 27, and at most 20."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import Need
from tests.factories import NOW, make_facilitator, make_guest, make_participant, make_workshop
from tests.signing_in import sign_in
from workshops import allocation, attendance
from workshops.models import Workshop

MOST_QUERIES = 20
PAGES_OF_STAFF = (
    "show", "edit", "remove", "call_off", "seats", "facilitators", "register_people", "guest_add",
    "attendance", "attendance_close", "attendance_correct",
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(cohort):
    return make_workshop(cohort, hours=8, guests_allowed=True, capacity=10)


def fill(cohort, workshop, times):
    """Add 27 people, and what hangs from them, as often as that; return a workshop they came to."""
    how = {"by": None, "at": NOW, "on_behalf": True}
    people = []
    for number in range(27 * times):
        person = make_participant(cohort, "agents" if number % 4 == 0 else "newcomers")
        person.set_needs({Need.Kind.INTERPRETER: "dari"})
        people.append(person)
    for person in people[: 18 * times]:
        allocation.ask(workshop, person, **how)
    allocation.ask(workshop, make_guest(cohort), **how)
    for person in people[18 * times : 20 * times]:
        allocation.say_cannot_come(workshop, person, **how)
    make_facilitator(workshop, people[-1].user)
    held = make_workshop(cohort, hours=2)
    attendance.record_rest_present(held, held.half_days.get(), by=None, at=NOW)
    Workshop.objects.filter(pk=held.pk).update(status="held")
    return held


def addresses(workshop, held):
    here = [workshop.cohort.slug, workshop.pk]
    yield reverse("workshops:list", args=here[:1])
    for name in PAGES_OF_STAFF:
        yield reverse(f"workshops:{name}", args=here)
    for name in ("show", "attendance"):
        yield reverse(f"workshops:{name}", args=[workshop.cohort.slug, held.pk])


def count(client, user, address):
    sign_in(client, user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_of_a_workshop_do_not_ask_more_of_more_people(
    client, cohort, workshop, staff, newcomer, coordinator, agent
):
    facilitator = make_facilitator(workshop)
    readers = [
        (user, workshop.get_absolute_url()) for user in (newcomer, agent, coordinator, facilitator)
    ]
    readers += [
        (user, reverse("workshops:list", args=[cohort.slug])) for user in (newcomer, coordinator)
    ]
    readers.append((facilitator, reverse("workshops:attendance", args=[cohort.slug, workshop.pk])))
    counts = []
    for times in (1, 9):
        held = fill(cohort, workshop, times)
        pages = [(staff, address) for address in addresses(workshop, held)]
        counts.append([count(client, *reader) for reader in pages + readers])
    small, large = counts
    assert large == small
    assert max(large) <= MOST_QUERIES
