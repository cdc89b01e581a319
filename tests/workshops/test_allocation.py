from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from cohorts.models import Participant, Track
from tests.factories import (
    NOW,
    make_attendance,
    make_cohort,
    make_facilitator,
    make_guest,
    make_participant,
    make_workshop,
)
from workshops import allocation, queues
from workshops.models import Facilitation, Registration, Workshop

Status = Registration.Status
pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop(mode="registration", capacity=2, guests_allowed=True)


def ask(workshop, person=None, **more):
    person = person or make_participant(workshop.cohort)
    return allocation.ask(workshop, person, by=None, at=NOW, **more)


def statuses(workshop):
    return list(workshop.registrations.values_list("status", flat=True))


def test_ask_confirms_while_there_are_seats(workshop):
    for _person in range(3):
        ask(workshop)
    assert statuses(workshop) == ["confirmed", "confirmed", "waiting"]


def test_ask_twice_keeps_the_place(workshop):
    first = ask(workshop)
    assert ask(workshop, first.participant) == first


def test_ask_keeps_seats_for_the_other_track():
    workshop = make_workshop(capacity=3, agent_seats=2)
    ask(workshop)
    assert ask(workshop).status == Status.WAITING
    agent = make_participant(workshop.cohort, Track.AGENTS)
    assert ask(workshop, agent).status == Status.CONFIRMED


def test_ask_with_override_goes_over_capacity(workshop):
    ask(workshop), ask(workshop)
    over = ask(workshop, override_reason="interprète venue seule")
    assert (over.status, over.override_reason) == (Status.CONFIRMED, "interprète venue seule")


def test_ask_refuses_somebody_from_another_cohort(workshop):
    with pytest.raises(ValidationError):
        ask(workshop, make_participant(make_cohort()))


def test_ask_refuses_the_other_group():
    workshop = make_workshop(track=Track.AGENTS)
    with pytest.raises(ValidationError):
        ask(workshop)


def test_ask_refuses_guests_where_none_may_come():
    workshop = make_workshop()
    with pytest.raises(ValidationError):
        ask(workshop, make_guest(workshop.cohort))


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_ask_refuses_a_workshop_that_is_over(status):
    with pytest.raises(ValidationError):
        ask(make_workshop(status=status))


def test_cancelling_promotes_the_first_who_waits(workshop):
    first, _second, third, fourth = (ask(workshop) for _person in range(4))
    allocation.give_up(first, Status.CANCELLED, by=None, at=NOW)
    third.refresh_from_db(), fourth.refresh_from_db()
    assert (third.status, fourth.status) == (Status.CONFIRMED, Status.WAITING)


def test_cancelling_promotes_within_the_seats_of_a_track():
    workshop = make_workshop(capacity=2, newcomer_seats=1, agent_seats=1)
    newcomer, waiting_newcomer = ask(workshop), ask(workshop)
    agents = [make_participant(workshop.cohort, Track.AGENTS) for _place in range(2)]
    _agent, waiting_agent = (ask(workshop, agent) for agent in agents)
    allocation.give_up(newcomer, Status.CANCELLED, by=None, at=NOW)
    waiting_newcomer.refresh_from_db(), waiting_agent.refresh_from_db()
    assert (waiting_newcomer.status, waiting_agent.status) == (Status.CONFIRMED, Status.WAITING)


def test_cancelling_twice_counts_once(workshop):
    first = ask(workshop)
    assert allocation.give_up(first, Status.CANCELLED, by=None, at=NOW)
    assert not allocation.give_up(first, Status.CANCELLED, by=None, at=NOW)


def test_asking_again_goes_to_the_end_of_the_queue(workshop):
    first, _second, third, fourth = (ask(workshop) for _person in range(4))
    allocation.give_up(third, Status.CANCELLED, by=None, at=NOW)
    again = ask(workshop, third.participant)
    assert [queues.rank(fourth), queues.rank(again)] == [1, 2]
    assert first.status == Status.CONFIRMED


def test_raising_capacity_promotes_at_once(workshop):
    for _person in range(4):
        ask(workshop)
    allocation.change_seats(workshop, at=NOW, capacity=3, newcomer_seats=0, agent_seats=0)
    assert statuses(workshop) == ["confirmed", "confirmed", "confirmed", "waiting"]


def test_lowering_capacity_below_the_confirmed_is_refused(workshop):
    ask(workshop), ask(workshop)
    with pytest.raises(ValidationError):
        allocation.change_seats(workshop, at=NOW, capacity=1, newcomer_seats=0, agent_seats=0)


def test_cannot_come_is_kept_without_taking_a_seat(workshop):
    person = make_participant(workshop.cohort)
    allocation.say_cannot_come(workshop, person, by=None, at=NOW)
    assert (statuses(workshop), queues.seats_taken(workshop).total()) == (["declined"], 0)


def test_every_move_is_kept(workshop):
    registration = ask(workshop)
    allocation.give_up(registration, Status.CANCELLED, by=None, at=NOW, reason="travail")
    moves = registration.moves.values_list("status", "reason")
    assert list(moves) == [("confirmed", ""), ("cancelled", "travail")]


@pytest.mark.parametrize(("old", "new"), product(Status, repeat=2))
def test_registration_moves_as_its_table_says(old, new):
    assert Registration(status=old).can_move_to(new) == (new in Registration.MOVES[old])


def give_up(registration, status=Status.CANCELLED, **more):
    return allocation.give_up(registration, status, by=None, at=NOW, **more)


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        ("confirmed", "cancelled", True),
        ("waiting", "declined", True),
        ("declined", "cancelled", False),
        ("silent", "declined", True),
        ("confirmed", "waiting", False),
        ("waiting", "confirmed", False),
    ],
)
def test_giving_up_moves_only_out_of_a_place(workshop, old, new, moves):
    registration = ask(workshop)
    Registration.objects.filter(pk=registration.pk).update(status=old)
    assert give_up(registration, new) == moves


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_ask_is_refused_unless_registration_is_open(status):
    with pytest.raises(ValidationError):
        ask(make_workshop(status=status))


def test_ask_is_refused_after_the_end(in_english):
    with pytest.raises(ValidationError, match="over"):
        ask(make_workshop(starts_at=NOW - timedelta(days=1)))


@pytest.mark.parametrize("status", ["draft", "open", "closed"])
def test_staff_register_people_until_attendance_is_closed(status):
    workshop = make_workshop(status=status)
    assert ask(workshop, on_behalf=True).status == Status.CONFIRMED


def test_ask_refuses_somebody_who_has_withdrawn(workshop):
    person = make_participant(workshop.cohort)
    person.withdraw(on=NOW.date())
    with pytest.raises(ValidationError):
        ask(workshop, person, on_behalf=True)


def test_ask_refuses_somebody_who_withdrew_since_the_page_was_opened(workshop):
    seen = make_participant(workshop.cohort)
    Participant.objects.get(pk=seen.pk).withdraw(on=NOW.date())
    with pytest.raises(ValidationError, match="withdrawn"):
        ask(workshop, seen)


def test_staff_enter_the_past_of_somebody_who_withdrew_later():
    workshop = make_workshop()
    person = make_participant(workshop.cohort)
    person.withdraw(on=date(2022, 12, 1))
    assert ask(workshop, person, on_behalf=True).status == Status.CONFIRMED


def test_override_confirms_somebody_who_waits(workshop):
    _first, _second, third = (ask(workshop) for _person in range(3))
    number = third.queue_number
    over = ask(workshop, third.participant, on_behalf=True, override_reason="interprète")
    assert (over.status, over.queue_number) == (Status.CONFIRMED, number)
    assert queues.seats_taken(workshop).total() == 3


def test_override_is_not_noted_where_a_seat_was_free(workshop):
    assert ask(workshop, override_reason="au cas où").override_reason == ""


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_cancelling_promotes_nobody_where_nothing_is_to_come(workshop, status):
    first, _second, third = (ask(workshop) for _person in range(3))
    workshop.move_to(status)
    give_up(first)
    third.refresh_from_db()
    assert third.status == Status.WAITING


def change_state(workshop, status):
    return allocation.change_state(workshop, status, at=NOW)


def test_workshop_taken_up_again_gives_the_seats_that_came_free(workshop):
    first, _second, third = (ask(workshop) for _person in range(3))
    change_state(workshop, "cancelled")
    give_up(first)
    assert change_state(workshop, "draft")
    third.refresh_from_db()
    assert third.status == Status.CONFIRMED


def test_state_that_changed_meanwhile_stays(workshop):
    stale = Workshop.objects.get(pk=workshop.pk)
    change_state(workshop, "closed")
    assert (change_state(stale, "draft"), stale.status) == (False, "closed")


def test_place_with_attendance_is_not_given_up():
    workshop = make_workshop()
    registration = make_attendance(workshop).registration
    with pytest.raises(ValidationError):
        give_up(registration)


def test_cannot_come_gives_up_the_place_one_had(workshop):
    first, _second, third = (ask(workshop) for _person in range(3))
    given_up = allocation.say_cannot_come(workshop, first.participant, by=None, at=NOW)
    third.refresh_from_db(), given_up.refresh_from_db()
    assert (given_up.status, third.status) == (Status.CANCELLED, Status.CONFIRMED)


def test_cannot_come_is_refused_after_the_end():
    workshop = make_workshop()
    person = make_participant(workshop.cohort)
    with pytest.raises(ValidationError):
        allocation.say_cannot_come(workshop, person, by=None, at=NOW + timedelta(days=1))


def test_cannot_come_is_refused_for_another_cohort(workshop):
    with pytest.raises(ValidationError):
        allocation.say_cannot_come(workshop, make_participant(), by=None, at=NOW)


def admit(workshop, person, *, came=True):
    return allocation.admit(workshop, person, came=came, by=None, at=NOW)


def test_whoever_came_has_a_place_over_capacity(workshop, in_english):
    ask(workshop), ask(workshop)
    came = admit(workshop, make_participant(workshop.cohort))
    assert (came.status, came.override_reason) == (Status.CONFIRMED, "came all the same")


def test_whoever_came_takes_the_seats_in_turn_and_facilitators_none(workshop, in_english):
    people = [make_participant(workshop.cohort) for _person in range(4)]
    make_facilitator(workshop, people[0].user)
    came = dict.fromkeys(people, True)
    registrations = allocation.admit_all(workshop, came, by=None, at=NOW).values()
    reasons = [registration.override_reason for registration in registrations]
    assert reasons == ["", "", "", "came all the same"]
    assert list(workshop.registrations.values_list("queue_number", flat=True)) == [1, 2, 3, 4]


def test_whoever_cancelled_and_came_has_a_place(workshop):
    registration = ask(workshop)
    give_up(registration)
    assert admit(workshop, registration.participant).status == Status.CONFIRMED


def test_whoever_neither_answered_nor_came_takes_no_seat(workshop):
    absent = admit(workshop, make_participant(workshop.cohort), came=False)
    assert (absent.status, queues.seats_taken(workshop).total()) == (Status.SILENT, 0)


def test_whoever_cancelled_and_did_not_come_stays_so(workshop):
    registration = ask(workshop)
    give_up(registration)
    assert admit(workshop, registration.participant, came=False).status == Status.CANCELLED


def test_facilitator_takes_no_seat(workshop):
    host = make_participant(workshop.cohort)
    make_facilitator(workshop, host.user)
    ask(workshop, host)
    assert [ask(workshop).status for _person in range(2)] == [Status.CONFIRMED] * 2


def test_guest_takes_a_seat(workshop):
    ask(workshop, make_guest(workshop.cohort))
    assert queues.seats_taken(workshop) == {"": 1}


def test_becoming_facilitator_frees_the_seat(workshop):
    first, _second, third = (ask(workshop) for _person in range(3))
    allocation.add_facilitator(workshop, first.participant.user, by=None, at=NOW)
    third.refresh_from_db()
    assert third.status == Status.CONFIRMED


def test_becoming_facilitator_confirms_whoever_waited(workshop):
    _first, _second, third = (ask(workshop) for _person in range(3))
    allocation.add_facilitator(workshop, third.participant.user, by=None, at=NOW)
    third.refresh_from_db()
    assert (third.status, queues.seats_taken(workshop).total()) == (Status.CONFIRMED, 2)


def test_facilitator_no_more_keeps_the_place_over_capacity(workshop, in_english):
    host = ask(workshop)
    facilitation = allocation.add_facilitator(workshop, host.participant.user, by=None, at=NOW)
    ask(workshop), ask(workshop)
    allocation.remove_facilitator(facilitation, by=None, at=NOW)
    host.refresh_from_db()
    assert (host.status, host.override_reason) == (Status.CONFIRMED, "was to facilitate")
    assert queues.seats_taken(workshop).total() == 3


def test_facilitation_removed_twice_counts_once(workshop):
    host = ask(workshop)
    facilitation = allocation.add_facilitator(workshop, host.participant.user, by=None, at=NOW)
    twin = Facilitation.objects.get(pk=facilitation.pk)
    removed = [allocation.remove_facilitator(e, by=None, at=NOW) for e in (facilitation, twin)]
    host.refresh_from_db()
    assert (removed, host.override_reason) == ([True, False], "")
