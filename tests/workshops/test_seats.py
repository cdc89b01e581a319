"""The same rows whether they are counted alone, for the board, or from the whole roll."""

import pytest

from tests.factories import (
    NOW,
    make_facilitator,
    make_guest,
    make_participant,
    make_workshop,
)
from workshops import allocation
from workshops.roll import Roll
from workshops.seats import Seats, seats_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["alone", "from the roll"])
def rows(request):
    return {"alone": seats_of, "from the roll": lambda workshop: Roll(workshop).seats}[
        request.param
    ]


def come(workshop, person=None, **more):
    person = person or make_participant(workshop.cohort)
    return allocation.ask(workshop, person, by=None, at=NOW, **more)


def test_seats_where_people_are_expected_are_those_of_each_group(rows):
    workshop = make_workshop()
    come(workshop)
    make_participant(workshop.cohort)
    assert rows(workshop) == [Seats("newcomers", "n", 1, 2), Seats("public agents", "a", 0, 0)]


def test_seats_are_not_limited_by_registration_alone(rows):
    workshop = make_workshop(mode="registration", track="newcomers")
    come(workshop)
    assert rows(workshop) == [Seats("newcomers", "n", 1, None)]


def test_seats_over_capacity_show(rows):
    workshop = make_workshop(mode="registration", capacity=1)
    for _person in range(2):
        come(workshop, on_behalf=True, override_reason="interprète")
    assert rows(workshop) == [
        Seats("Seats", "t", 2, 1),
        Seats("newcomers", "n", 2, None),
        Seats("public agents", "a", 0, None),
    ]


def test_seats_kept_for_a_group_are_named(rows):
    workshop = make_workshop(mode="registration", capacity=4, agent_seats=2)
    assert [row.label for row in rows(workshop)] == [
        "Seats",
        "newcomers",
        "public agents (2 kept for them)",
    ]


def test_seats_all_kept_show_as_those_of_each_group(rows):
    workshop = make_workshop(mode="registration", capacity=3, newcomer_seats=2, agent_seats=1)
    come(workshop)
    assert rows(workshop) == [Seats("newcomers", "n", 1, 2), Seats("public agents", "a", 0, 1)]


def test_seats_of_guests_show_once_one_comes(rows):
    workshop = make_workshop(mode="registration", track="agents", guests_allowed=True)
    come(workshop, make_guest(workshop.cohort))
    assert rows(workshop)[1:] == [Seats("People from outside", "t", 1, None)]


def test_seats_count_nobody_who_facilitates_or_has_left(rows):
    workshop = make_workshop(track="newcomers")
    people = [make_participant(workshop.cohort) for _person in range(3)]
    for person in people:
        come(workshop, person)
    make_facilitator(workshop, people[0].user)
    allocation.say_cannot_come(workshop, people[1], by=None, at=NOW)
    people[1].withdraw(on=NOW.date())
    assert rows(workshop) == [Seats("newcomers", "n", 1, 1)]
