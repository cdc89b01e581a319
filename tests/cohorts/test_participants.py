from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from cohorts.models import Participant
from tests.factories import (
    make_cohort,
    make_coordinator,
    make_organisation,
    make_participant,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
Status = Participant.Status
LEFT = date(2022, 11, 2)


@pytest.mark.parametrize(("before", "after"), product(Status, Status))
def test_participant_moves_as_its_table_says(before, after):
    person = make_participant(status=before, ended_on=None if before == "active" else LEFT)
    verbs = {
        Status.ACTIVE: person.take_back,
        Status.COMPLETED: lambda: person.complete(on=LEFT),
        Status.WITHDRAWN: lambda: person.withdraw(on=LEFT),
    }
    assert verbs[after]() == (after in Participant.MOVES[before])


def test_participant_withdraws_once():
    person = make_participant()
    stale = Participant.objects.get(pk=person.pk)
    assert (person.withdraw(on=LEFT), stale.withdraw(on=LEFT)) == (True, False)


def test_participant_is_once_in_a_cohort():
    person = make_participant()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_participant(person.cohort, user=person.user)


def test_participant_visible_to_staff_of_the_cohort_only():
    person = make_participant()
    seen = [
        list(Participant.objects.visible_to(user))
        for user in (make_staff(person.cohort), make_staff(make_cohort()))
    ]
    assert seen == [[person], []]


def test_participant_visible_to_coordinator_of_the_own_organisation():
    cohort = make_cohort()
    city, other = (make_organisation(cohort.programme) for _each in range(2))
    agent = make_participant(cohort, "agents", organisation=city)
    make_participant(cohort, "agents", organisation=other)
    make_participant(cohort, "newcomers", organisation=city)
    coordinator = make_coordinator(cohort, city)
    assert list(Participant.objects.visible_to(coordinator)) == [agent]


def test_participant_visible_to_themselves():
    person = make_participant()
    make_participant(person.cohort)
    assert list(Participant.objects.visible_to(person.user)) == [person]


def test_participant_invisible_to_whoever_has_no_role():
    make_participant()
    assert list(Participant.objects.visible_to(make_user())) == []
