from datetime import timedelta

import pytest

from embrace.homes import home_of
from tests.factories import (
    NOW,
    make_committed_action,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_proposed_action,
    make_released_theme,
    make_staff,
    make_theme,
    make_user,
    make_workshop,
)
from workshops import allocation

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=2)


def test_home_of_a_stranger_is_empty():
    assert home_of(make_user(), NOW).is_empty


def test_home_of_staff_is_the_cohort():
    person = make_participant()
    assert home_of(make_staff(person.cohort), NOW).is_only_staff


def test_home_shows_the_next_workshop_and_the_own_answer():
    person = make_participant()
    workshop = make_workshop(person.cohort, SOON)
    make_workshop(person.cohort, NOW - timedelta(days=2))
    registration = allocation.ask(workshop, person, by=None, at=NOW)
    [here] = home_of(person.user, NOW).participations
    assert (here.next_workshop, here.registration) == (workshop, registration)


def test_home_offers_no_place_to_whoever_facilitates():
    person = make_participant()
    make_facilitator(make_workshop(person.cohort, SOON), person.user)
    [here] = home_of(person.user, NOW).participations
    assert here.facilitates


def test_home_keeps_drafts_and_the_other_group_out():
    person = make_participant()
    make_workshop(person.cohort, SOON, status="draft")
    make_workshop(person.cohort, SOON, track="agents")
    [here] = home_of(person.user, NOW).participations
    assert here.next_workshop is None


def test_home_tells_what_became_of_what_was_said():
    person = make_participant()
    city = make_organisation(person.cohort.programme)
    make_theme(person.cohort), make_released_theme(person.cohort)
    make_committed_action(person.cohort, city), make_proposed_action(person.cohort, city)
    [here] = home_of(person.user, NOW).participations
    assert [step.kind for step in here.steps] == ["heard", "done"]


def test_home_of_a_coordinator_shows_the_own_institution_alone():
    cohort = make_participant().cohort
    city, other = (make_organisation(cohort.programme) for _each in range(2))
    mine = make_proposed_action(cohort, city)
    make_proposed_action(cohort, other)
    [here] = home_of(make_coordinator(cohort, city), NOW).coordinated
    assert (here.to_answer, here.answered) == ([mine], [])
