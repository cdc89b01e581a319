from datetime import date, timedelta

import pytest

from cohorts.models import Need
from tests.factories import (
    NOW,
    make_attendance,
    make_facilitator,
    make_guest,
    make_participant,
    make_workshop,
)
from workshops import allocation, queues
from workshops.roll import Roll

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    """Everybody of both groups is expected."""
    return make_workshop(guests_allowed=True)


@pytest.fixture
def by_registration():
    return make_workshop(mode="registration", capacity=1, guests_allowed=True)


def person(workshop, name="Amina Rahimi", track="newcomers"):
    return make_participant(workshop.cohort, track, name=name)


def ask(workshop, who, **more):
    return allocation.ask(workshop, who, by=None, at=NOW, **more)


def decline(workshop, who):
    return allocation.say_cannot_come(workshop, who, by=None, at=NOW)


def names(places):
    return [place.name for place in places]


def test_roll_of_expected_tells_who_comes_cannot_and_has_not_said(workshop):
    ask(workshop, person(workshop, "Amina"))
    decline(workshop, person(workshop, "Bilal"))
    person(workshop, "Chen")
    roll = Roll(workshop)
    assert (names(roll.confirmed), names(roll.unable), names(roll.silent)) == (
        ["Amina"],
        ["Bilal"],
        ["Chen"],
    )


def test_roll_by_registration_expects_nobody(by_registration):
    person(by_registration)
    assert Roll(by_registration).places == []


def test_ranks_are_counted_within_each_group(by_registration):
    for name, track in [
        ("A", "newcomers"),
        ("B", "newcomers"),
        ("C", "agents"),
        ("D", "newcomers"),
    ]:
        ask(by_registration, person(by_registration, name, track))
    waiting = Roll(by_registration).waiting
    assert [(place.name, place.rank) for place in waiting] == [("B", 1), ("C", 1), ("D", 2)]


def test_rank_on_the_roll_is_the_rank_that_allocation_tells(by_registration):
    for _person in range(4):
        ask(by_registration, make_participant(by_registration.cohort))
    waiting = Roll(by_registration).waiting
    assert [place.rank for place in waiting] == [
        queues.rank(place.registration) for place in waiting
    ]


def test_facilitator_need_not_say(workshop):
    make_facilitator(workshop, person(workshop).user)
    roll = Roll(workshop)
    assert (names(roll.silent), names(roll.for_sheet)) == ([], ["Amina Rahimi"])


def test_facilitator_is_on_the_sheet_without_registering(by_registration):
    make_facilitator(by_registration, person(by_registration).user)
    assert names(Roll(by_registration).for_sheet) == ["Amina Rahimi"]


def test_sheet_is_by_name_then_guests_and_leaves_out_who_cannot_come(workshop):
    ask(workshop, make_guest(workshop.cohort, first_name="Aaron"))
    for name in ("Émile", "Zoé", "Bilal"):
        person(workshop, name)
    decline(workshop, person(workshop, "Amina"))
    roll = Roll(workshop)
    assert names(roll.for_sheet) == ["Bilal", "Émile", "Zoé", "Aaron"]
    assert names(roll.for_attendance) == ["Bilal", "Émile", "Zoé", "Aaron", "Amina"]


def test_sheet_leaves_out_who_waits(by_registration):
    for name in ("Amina", "Bilal"):
        ask(by_registration, person(by_registration, name))
    assert names(Roll(by_registration).for_sheet) == ["Amina"]


def test_attendance_leaves_out_who_left_before_the_day(workshop):
    left = person(workshop)
    ask(workshop, left)
    left.withdraw(on=date(2022, 10, 1))
    assert Roll(workshop).for_attendance == []


def test_people_and_times_present_are_different_numbers():
    workshop = make_workshop(hours=8)
    amina, bilal = person(workshop, "Amina"), person(workshop, "Bilal")
    morning, afternoon = workshop.half_days.all()
    for who, half_day, state in [
        (amina, morning, "present"),
        (amina, afternoon, "present"),
        (bilal, morning, "present"),
        (bilal, afternoon, "absent"),
    ]:
        make_attendance(workshop, who, half_day, state)
    roll = Roll(workshop)
    assert (roll.people_present, roll.times_present) == (2, 3)


def test_first_names_that_are_alike_get_an_initial(workshop):
    for name in ("Amina Rahimi", "Amina Noor", "Bilal Aziz"):
        person(workshop, name)
    assert sorted(place.short_name for place in Roll(workshop).places) == [
        "Amina N.",
        "Amina R.",
        "Bilal",
    ]


def test_needs_are_totalled_without_their_details(workshop, in_english):
    for name in ("Amina", "Bilal"):
        person(workshop, name).set_needs({Need.Kind.CHILDCARE: name, Need.Kind.INTERPRETER: "Dari"})
    decline(workshop, person(workshop, "Chen"))
    totals = [(str(need), people) for need, people in Roll(workshop).need_totals]
    assert totals == [("childcare", 2), ("an interpreter (Dari)", 2)]


def test_roll_makes_as_many_queries_for_many_people(workshop, django_assert_num_queries):
    for number in range(30):
        who = person(workshop, f"Person {number}")
        ask(workshop, who) if number % 2 else who.set_needs({Need.Kind.TRAVEL: ""})
    with django_assert_num_queries(7):
        roll = Roll(workshop)
        assert (len(roll.places), roll.half_days != [], len(roll.need_totals)) == (30, True, 1)


def test_roll_of_yesterday_is_kept(workshop):
    workshop.starts_at -= timedelta(days=1)
    make_attendance(workshop)
    assert Roll(workshop).people_present == 1
