"""Many ask at once. Without the lock seats are given twice; with it never.

Only PostgreSQL lets writers run side by side, so only there the fault can be shown.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from django.db import connection

from cohorts.models import Participant
from tests.factories import NOW, make_attendance, make_participant, make_workshop
from workshops import allocation, withdrawal
from workshops.models import Registration, Workshop

PEOPLE, SEATS = 8, 3
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workshop():
    return make_workshop(mode="registration", capacity=SEATS)


def all_at_once(calls):
    """Run the calls in threads that begin together; return what each raised, if anything."""
    start = threading.Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [error for error in threads.map(run, calls) if error]


def asking(workshop, people):
    return [
        lambda person=person: allocation.ask(workshop, person, by=None, at=NOW) for person in people
    ]


def statuses(workshop):
    return Counter(workshop.registrations.values_list("status", flat=True))


def take_the_lock_off(monkeypatch):
    """Have everybody read the seats before anybody writes, as a busy server does sooner or later.

    The queue's numbers are given apart: kept unique by the database, they would turn the fault
    into an error.
    """
    numbers, everybody = count(1), threading.Barrier(PEOPLE)
    read = allocation.queue_of

    def queue_of(workshop):
        queue = read(workshop)
        everybody.wait(timeout=20)
        return replace(queue, next_number=next(numbers))

    monkeypatch.setattr(allocation, "locked", lambda workshop: Workshop.objects.get(pk=workshop.pk))
    monkeypatch.setattr(allocation, "queue_of", queue_of)


@pytest.mark.postgresql
def test_without_the_lock_seats_are_given_twice(workshop, monkeypatch):
    take_the_lock_off(monkeypatch)
    people = [make_participant(workshop.cohort) for _person in range(PEOPLE)]
    assert all_at_once(asking(workshop, people)) == []
    assert statuses(workshop) == {"confirmed": PEOPLE}


def test_with_the_lock_seats_are_given_once(workshop):
    people = [make_participant(workshop.cohort) for _person in range(PEOPLE)]
    assert all_at_once(asking(workshop, people)) == []
    assert statuses(workshop) == {"confirmed": SEATS, "waiting": PEOPLE - SEATS}


def test_one_person_who_asks_many_times_has_one_place(workshop):
    person = make_participant(workshop.cohort)
    assert all_at_once(asking(workshop, [person] * PEOPLE)) == []
    assert statuses(workshop) == {"confirmed": 1}


def test_cancelling_at_once_promotes_as_many_in_order(workshop):
    people = [make_participant(workshop.cohort) for _person in range(PEOPLE)]
    for ask in asking(workshop, people):
        ask()
    confirmed = list(workshop.registrations.confirmed())
    cancel = Registration.Status.CANCELLED
    errors = all_at_once(
        [lambda row=row: allocation.give_up(row, cancel, by=None, at=NOW) for row in confirmed]
    )
    assert errors == []
    promoted = workshop.registrations.confirmed().values_list("participant", flat=True)
    assert list(promoted) == [person.pk for person in people[SEATS : 2 * SEATS]]


def cancel_and_take_attendance(workshop, monkeypatch):
    """Cancel a workshop at the moment at which somebody writes the first presence."""
    asked, written = threading.Event(), threading.Event()
    has_attendance = Workshop.has_attendance

    def slow(workshop):
        found = has_attendance(workshop)
        asked.set()
        written.wait(timeout=1)
        return found

    def take():
        asked.wait(timeout=20)
        make_attendance(workshop)
        written.set()

    monkeypatch.setattr(Workshop, "has_attendance", slow)
    cancel = partial(allocation.change_state, workshop, "cancelled", at=NOW)
    all_at_once([cancel, take])
    workshop.refresh_from_db()
    return workshop.status == Workshop.Status.CANCELLED, has_attendance(workshop)


@pytest.mark.postgresql
def test_without_the_lock_a_workshop_with_attendance_is_cancelled(workshop, monkeypatch):
    monkeypatch.setattr(allocation, "locked", lambda workshop: Workshop.objects.get(pk=workshop.pk))
    assert cancel_and_take_attendance(workshop, monkeypatch) == (True, True)


def test_with_the_lock_attendance_and_cancelling_exclude_each_other(workshop, monkeypatch):
    assert cancel_and_take_attendance(workshop, monkeypatch) == (True, False)


def withdraw_and_ask(workshop, monkeypatch):
    """Have somebody leave the cohort while a place of theirs is being given."""
    asking_now, left = threading.Event(), threading.Event()
    find = allocation.find_or_start

    def slow(*args, **more):
        asking_now.set()
        left.wait(timeout=1)
        return find(*args, **more)

    def leave():
        asking_now.wait(timeout=20)
        withdrawal.withdraw(person, by=None, at=NOW - timedelta(days=1))
        left.set()

    person = make_participant(workshop.cohort)
    monkeypatch.setattr(allocation, "find_or_start", slow)
    assert all_at_once([*asking(workshop, [Participant.objects.get(pk=person.pk)]), leave]) == []
    return workshop.registrations.holding_a_place().exists()


@pytest.mark.postgresql
def test_without_the_lock_somebody_who_left_keeps_a_place(workshop, monkeypatch):
    monkeypatch.setattr(withdrawal, "lock_all", lambda keys: None)
    assert withdraw_and_ask(workshop, monkeypatch)


def test_with_the_lock_somebody_who_left_keeps_no_place(workshop, monkeypatch):
    assert not withdraw_and_ask(workshop, monkeypatch)
