import pytest
from django.core.exceptions import ValidationError

from cohorts.models import Track
from tests.factories import NOW, make_cohort, make_guest, make_participant, make_workshop
from workshops import allocation
from workshops.models import Registration

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
    assert [allocation.rank(fourth), allocation.rank(again)] == [1, 2]
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
    assert (statuses(workshop), allocation.seats_taken(workshop).total()) == (["declined"], 0)


def test_every_move_is_kept(workshop):
    registration = ask(workshop)
    allocation.give_up(registration, Status.CANCELLED, by=None, at=NOW, reason="travail")
    moves = registration.moves.values_list("status", "reason")
    assert list(moves) == [("confirmed", ""), ("cancelled", "travail")]
