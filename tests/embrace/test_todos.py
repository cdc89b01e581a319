from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from embrace.todos import todos
from tests.factories import (
    NOW,
    make_action,
    make_cohort,
    make_idea,
    make_organisation,
    make_participant,
    make_proposed_action,
    make_subject,
    make_testimony,
    make_workshop,
)
from workshops import allocation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def cohort():
    return make_cohort()


def titles(cohort, at=NOW):
    return [todo.title for todo in todos(cohort, at)]


def test_todos_are_none_in_a_new_cohort(cohort):
    assert titles(cohort) == []


def test_todos_name_attendance_that_is_missing(cohort):
    make_workshop(cohort, NOW - timedelta(days=1))
    assert titles(cohort) == ["Attendance to complete"]


def test_todos_name_notes_to_close(cohort):
    workshop = make_workshop(cohort, NOW - timedelta(days=1), kind="listening", status="held")
    make_testimony(workshop)
    assert titles(cohort) == ["Notes to read back and close"]


def test_todos_count_who_has_not_answered(cohort):
    workshop = make_workshop(cohort, NOW + timedelta(days=2))
    people = [make_participant(cohort) for _each in range(3)]
    allocation.ask(workshop, people[0], by=None, at=NOW)
    [todo] = todos(cohort, NOW)
    assert (todo.title, todo.count) == ("People who have not said whether they come", 2)


def test_todos_warn_when_one_group_is_absent(cohort):
    workshop = make_workshop(cohort, NOW + timedelta(days=2), mode="registration")
    allocation.ask(workshop, make_participant(cohort), by=None, at=NOW)
    assert titles(cohort) == ["Nobody registered from one of the two groups"]


def test_todos_name_answers_that_do_not_come(cohort):
    make_proposed_action(cohort, make_organisation(cohort.programme))
    late = datetime(2023, 6, 1, tzinfo=UTC)
    assert titles(cohort, late) == ["Answers that do not come"]


def test_todos_name_loose_ends_of_co_creation(cohort):
    make_idea(cohort), make_action(cohort)
    assert titles(cohort) == ["Ideas without a decision", "Actions without a lead"]


def test_todos_ask_for_the_subject_once_the_groups_have_met(cohort):
    make_subject(cohort)
    assert titles(cohort) == []
    make_workshop(cohort, NOW - timedelta(days=2), kind="joint_meeting", status="held")
    assert titles(cohort) == ["The common subject is not recorded"]


def test_todos_count_quotes_to_check_and_testimonies_to_sort(cohort):
    workshop = make_workshop(cohort, kind="listening", status="held", notes_closed_at=NOW)
    for number in range(1, 4):
        make_testimony(workshop, number=number, quotable=number > 2)
    assert {todo.title: todo.count for todo in todos(cohort, NOW)} == {
        "Quotes that a second person must check": 1,
        "Testimonies to sort into themes": 3,
    }
