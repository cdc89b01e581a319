from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from cohorts.models import Appointment, Cohort
from tests.factories import (
    make_cohort,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_staff,
    make_user,
    make_workshop,
)

pytestmark = pytest.mark.django_db


def test_cohort_visible_to_whoever_has_a_part_in_it():
    cohort = make_cohort()
    users = [
        make_staff(cohort),
        make_coordinator(cohort, make_organisation(cohort.programme)),
        make_participant(cohort).user,
        make_facilitator(make_workshop(cohort)),
    ]
    assert [list(Cohort.objects.visible_to(user)) for user in users] == [[cohort]] * 4


def test_cohort_visible_to_staff_of_its_programme():
    cohort = make_cohort()
    user = make_user()
    Appointment.objects.create(user=user, role="staff", programme=cohort.programme)
    assert list(Cohort.objects.managed_by(user)) == [cohort]


def test_cohort_hidden_from_everybody_else():
    make_cohort()
    left = make_participant(status="withdrawn", ended_on=date(2022, 10, 1)).user
    others = [AnonymousUser(), make_user(), make_user(is_admin=True), left]
    assert [list(Cohort.objects.visible_to(user)) for user in others] == [[]] * 4


def test_cohort_coordinator_does_not_manage():
    cohort = make_cohort()
    coordinator = make_coordinator(cohort, make_organisation(cohort.programme))
    assert list(Cohort.objects.managed_by(coordinator)) == []


def test_cohort_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_cohort(ends_on=date(2022, 8, 1))


def test_cohort_today_is_local():
    cohort = make_cohort(time_zone="Pacific/Auckland")
    assert cohort.today(datetime(2022, 9, 1, 20, tzinfo=UTC)) == date(2022, 9, 2)
