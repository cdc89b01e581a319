import pytest
from django.db import IntegrityError, transaction

from cohorts.models import Appointment
from tests.factories import make_cohort, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("staff", ()),
        ("staff", ("programme", "cohort")),
        ("staff", ("cohort", "organisation")),
        ("coordinator", ("cohort",)),
        ("coordinator", ("organisation",)),
    ],
)
def test_appointment_is_refused_without_its_place(role, places):
    cohort = make_cohort()
    everywhere = {
        "programme": cohort.programme,
        "cohort": cohort,
        "organisation": make_organisation(cohort.programme),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            user=make_user(),
            role=role,
            **{place: everywhere[place] for place in places},
        )


def test_appointment_is_made_once():
    cohort, user = make_cohort(), make_user()
    Appointment.objects.create(user=user, role="staff", cohort=cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(user=user, role="staff", cohort=cohort)
