from datetime import timedelta

import pytest

from tests.factories import (
    NOW,
    make_attendance,
    make_facilitator,
    make_participant,
    make_workshop,
)
from workshops import allocation
from workshops.standing import standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop(starts_at=NOW + timedelta(days=1), mode="registration", capacity=1)


@pytest.fixture
def person(workshop):
    return make_participant(workshop.cohort)


def stands(person, workshop, at=NOW):
    standing = standing_of(person, workshop, at)
    return standing.can_come, standing.can_decline


def ask(workshop, person):
    return allocation.ask(workshop, person, by=None, at=NOW, on_behalf=True)


def test_standing_before_saying_anything(workshop, person):
    assert stands(person, workshop) == (True, True)


def test_standing_with_a_place(workshop, person):
    ask(workshop, person)
    assert stands(person, workshop) == (False, True)


def test_standing_after_saying_no(workshop, person):
    allocation.say_cannot_come(workshop, person, by=None, at=NOW)
    assert stands(person, workshop) == (True, False)


def test_standing_on_the_waiting_list_has_a_rank(workshop, person):
    ask(workshop, make_participant(workshop.cohort)), ask(workshop, person)
    standing = standing_of(person, workshop, NOW)
    assert (standing.rank, standing.is_full) == (1, True)


def test_standing_of_a_facilitator_asks_nothing(workshop, person):
    make_facilitator(workshop, person.user)
    assert stands(person, workshop) == (False, False)


def test_standing_after_the_end(workshop, person):
    assert stands(person, workshop, at=NOW + timedelta(days=2)) == (False, False)


def test_standing_with_attendance_has_nothing_left_to_say(workshop, person):
    make_attendance(workshop, person)
    assert stands(person, workshop) == (False, False)
