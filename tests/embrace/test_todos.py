from datetime import UTC, date, datetime, timedelta

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
    make_phase,
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


def test_to_do_names_three_workshops_and_opens_the_first(cohort):
    days = [NOW - timedelta(days=day) for day in (5, 4, 3, 2)]
    workshops = [make_workshop(cohort, day, title={"en": f"Day {day.day}"}) for day in days]
    [todo] = todos(cohort, NOW)
    assert (todo.count, todo.level) == (4, "late")
    assert todo.text == "Day 28 (28 September), Day 29 (29 September), Day 30 (30 September)"
    assert todo.url.endswith(f"/workshops/{workshops[0].pk}/attendance/")


def test_to_do_leaves_out_what_is_far_off(cohort):
    make_participant(cohort)
    make_workshop(cohort, NOW + timedelta(days=15))
    make_workshop(cohort, NOW + timedelta(days=15), mode="registration")
    assert titles(cohort) == []


def test_to_do_calls_nobody_who_has_answered_or_left(cohort):
    workshop = make_workshop(cohort, NOW + timedelta(days=2))
    answered, left = make_participant(cohort), make_participant(cohort)
    allocation.say_cannot_come(workshop, answered, by=None, at=NOW)
    left.withdraw(on=NOW.date())
    assert titles(cohort) == []


def test_to_do_waits_thirty_days_for_an_answer(cohort):
    action = make_proposed_action(cohort, make_organisation(cohort.programme, name="Pantin"))
    proposed = datetime(2023, 4, 3, 10, tzinfo=UTC)
    assert titles(cohort, proposed + timedelta(days=30)) == []
    [todo] = todos(cohort, proposed + timedelta(days=31))
    assert todo.text == f"{action.reference} Pantin"


def test_to_do_asks_for_sections_once_the_report_has_begun(cohort):
    make_phase(cohort, kind="reporting", starts_on=date(2022, 10, 10), ends_on=None)
    assert titles(cohort) == []
    [todo] = todos(cohort, NOW + timedelta(days=10))
    assert (todo.title, todo.level) == ("Sections of the report to write", "calm")


def test_to_do_of_one_cohort_is_not_shown_in_another(cohort):
    other = make_cohort(cohort.programme)
    make_workshop(other, NOW - timedelta(days=1))
    make_idea(other), make_action(other), make_subject(other)
    assert titles(cohort) == []
