from datetime import timedelta

import pytest

from tests.factories import NOW, make_participant, make_phase, make_workshop
from workshops import allocation
from workshops.listing import listed
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def lines(cohort, **more):
    return listed(Workshop.objects.filter(cohort=cohort), at=NOW, **more)


def test_listed_seats_are_the_capacity_or_the_people_expected(cohort):
    for track in ("newcomers", "newcomers", "agents"):
        make_participant(cohort, track)
    for number, kind in enumerate(
        [
            {"mode": "registration", "capacity": 15},
            {"mode": "registration"},
            {"track": "newcomers"},
            {"track": ""},
        ]
    ):
        make_workshop(cohort, NOW + timedelta(days=number), **kind)
    assert [line.seats for line in lines(cohort)] == [15, None, 2, 3]


def test_listed_says_where_attendance_lacks(cohort):
    for days, status in ((1, "open"), (-1, "open"), (-2, "held"), (-3, "cancelled"), (-4, "draft")):
        make_workshop(cohort, NOW + timedelta(days=days), status=status)
    assert [line.lacks_attendance for line in lines(cohort)] == [False, True, False, False, True]


def test_listed_has_ones_own_registration(cohort):
    person, workshop = make_participant(cohort), make_workshop(cohort)
    make_workshop(cohort)
    registration = allocation.ask(workshop, person, by=None, at=NOW)
    allocation.ask(workshop, make_participant(cohort), by=None, at=NOW)
    assert [line.own for line in lines(cohort, participant=person)] == [registration, None]


def test_listed_anchors_the_first_of_each_phase(cohort):
    phase = make_phase(cohort)
    for days in range(2):
        make_workshop(cohort, NOW + timedelta(days=days), phase=phase)
    make_workshop(cohort, NOW + timedelta(days=9))
    assert [line.anchor for line in lines(cohort)] == [f"phase-{phase.pk}", "", ""]
