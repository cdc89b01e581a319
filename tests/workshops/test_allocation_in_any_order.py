"""Whatever people and staff do, one after the other, the rule of the seats holds."""

from contextlib import contextmanager
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import NOW, make_guest, make_participant, make_workshop
from workshops import allocation, queues
from workshops.integrity import problems
from workshops.models import Registration

pytestmark = pytest.mark.django_db
PEOPLE = ("newcomers",) * 4 + ("agents",) * 3 + ("guest",)
WHO = st.integers(0, len(PEOPLE) - 1)
SEATS = st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 2))
TAKING_PART = st.tuples(st.sampled_from(["ask", "cannot_come"]), WHO)
RUNNING_IT = st.one_of(
    TAKING_PART,
    st.tuples(st.sampled_from(["override", "host", "host_no_more"]), WHO),
    st.tuples(st.just("seats"), SEATS),
)
EVERYBODY = st.permutations([("ask", who) for who in range(len(PEOPLE))])
few = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Desk:
    """A workshop by registration, and what can be done about its places."""

    def __init__(self, kept_for_newcomers, kept_for_agents, shared):
        self.workshop = make_workshop(mode="registration", guests_allowed=True)
        cohort = self.workshop.cohort
        self.people = [
            make_guest(cohort) if track == "guest" else make_participant(cohort, track)
            for track in PEOPLE
        ]
        self.seats((kept_for_newcomers, kept_for_agents, shared))

    def do(self, name, what):
        try:
            getattr(self, name)(what)
        except ValidationError:
            return

    def ask(self, who, **more):
        allocation.ask(self.workshop, self.people[who], by=None, at=NOW, **more)

    def override(self, who):
        self.ask(who, on_behalf=True, override_reason="the only interpreter")

    def cannot_come(self, who):
        allocation.say_cannot_come(self.workshop, self.people[who], by=None, at=NOW)

    def host(self, who):
        if user := getattr(self.people[who], "user", None):
            allocation.add_facilitator(self.workshop, user, by=None, at=NOW)

    def host_no_more(self, _who):
        for facilitation in self.workshop.facilitations.all()[:1]:
            allocation.remove_facilitator(facilitation, by=None, at=NOW)

    def seats(self, seats):
        newcomers, agents, _shared = seats
        allocation.change_seats(
            self.workshop,
            at=NOW,
            capacity=sum(seats),
            newcomer_seats=newcomers,
            agent_seats=agents,
        )


@contextmanager
def desk_of(seats):
    """A desk whose rows are gone afterwards: one test tries many."""
    with transaction.atomic():
        yield Desk(*seats)
        transaction.set_rollback(True)


def places(desk, status):
    rows = desk.workshop.registrations.filter(status=status, override_reason="")
    hosts = desk.workshop.facilitations.values("user")
    return rows.exclude(participant__user__in=hosts)


@few
@given(seats=SEATS, asked=EVERYBODY, steps=st.lists(RUNNING_IT, max_size=10))
def test_nobody_is_overbooked_and_nobody_waits_for_nothing(seats, asked, steps):
    with desk_of(seats) as desk:
        for name, what in asked + steps:
            desk.do(name, what)
            assert list(problems()) == []


@few
@given(seats=SEATS, asked=EVERYBODY, steps=st.lists(TAKING_PART, max_size=10))
def test_seats_kept_for_a_group_go_to_it_alone(seats, asked, steps):
    newcomers, agents, shared = seats
    with desk_of(seats) as desk:
        for name, what in asked + steps:
            desk.do(name, what)
            taken = queues.seats_taken(desk.workshop)
            beyond = max(0, taken["newcomers"] - newcomers) + max(0, taken["agents"] - agents)
            assert beyond + taken[""] <= shared


@few
@given(seats=SEATS, asked=EVERYBODY, steps=st.lists(RUNNING_IT, max_size=10))
def test_nobody_jumps_the_queue_of_the_own_group(seats, asked, steps):
    with desk_of(seats) as desk:
        for name, what in asked + steps:
            desk.do(name, what)
        in_front = {each.track: each.queue_number for each in places(desk, "confirmed")}
        for waiting in desk.workshop.registrations.waiting():
            assert waiting.queue_number > in_front.get(waiting.track, 0)


@few
@given(seats=SEATS, asked=EVERYBODY, steps=st.lists(RUNNING_IT, max_size=10))
def test_a_place_tells_each_of_its_moves(seats, asked, steps):
    with desk_of(seats) as desk:
        for name, what in asked + steps:
            desk.do(name, what)
        for registration in desk.workshop.registrations.prefetch_related("moves"):
            told = [move.status for move in registration.moves.all()]
            assert told[-1] == registration.status
            for before, after in pairwise(told):
                assert before == after or after in Registration.MOVES[before]
