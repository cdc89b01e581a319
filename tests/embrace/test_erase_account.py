import pytest
from django.core.management import CommandError, call_command

from cohorts.models import Appointment, User
from tests.factories import (
    make_cohort,
    make_coordinator,
    make_facilitator,
    make_organisation,
    make_participant,
    make_programme_staff,
    make_staff,
    make_user,
    make_workshop,
)

pytestmark = pytest.mark.django_db
EMAIL = "planted@example.org"


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.fixture
def person():
    return make_user("Zarghuna Planted", email=EMAIL, phone="0639980199")


def erase(email=EMAIL):
    call_command("erase_account", email)


def left(person):
    """What is known of an account."""
    user = User.objects.get(pk=person.pk)
    return user.name, user.email, user.phone, user.is_active, user.is_admin


NOTHING = ("—", None, None, False, False)


def test_erase_account_of_a_coordinator(cohort, person, capsys):
    make_coordinator(cohort, make_organisation(cohort.programme), person)
    erase()
    assert (left(person), Appointment.objects.count()) == (NOTHING, 0)
    assert capsys.readouterr().out == "Erased.\n"


def test_erase_account_of_one_of_the_staff(cohort, person):
    make_staff(cohort, person), make_programme_staff(cohort.programme)
    erase("Planted@example.org ")
    assert (left(person), person.appointments.count()) == (NOTHING, 0)


def test_erase_account_of_a_platform_admin(person):
    User.objects.filter(pk=person.pk).update(is_admin=True)
    erase()
    assert left(person) == NOTHING


def test_erase_account_of_a_facilitator_keeps_that_somebody_facilitated(cohort, person):
    workshop = make_workshop(cohort)
    make_facilitator(workshop, person)
    erase()
    assert (left(person), workshop.facilitations.count()) == (NOTHING, 1)


def test_erase_account_of_somebody_in_two_cohorts_erases_both(cohort, person):
    for track, where in (("agents", cohort), ("newcomers", make_cohort())):
        make_participant(where, track, user=person, function="clerk", languages=["fr"])
    erase()
    told = [(each.function, each.languages, each.status) for each in person.participations.all()]
    assert told == [("", [], "withdrawn")] * 2


def test_erase_account_of_the_last_staff_asks_for_another(cohort, person):
    make_staff(cohort, person)
    with pytest.raises(CommandError) as error:
        erase()
    assert str(error.value) == f"Nobody else would be staff of {cohort}: appoint somebody first."
    assert left(person)[0] == "Zarghuna Planted"


def test_erase_account_says_when_nobody_has_this_email():
    with pytest.raises(CommandError, match=r"Nobody signs in with nobody@example\.org\."):
        erase("nobody@example.org")


def test_erased_account_breaks_no_rule(cohort, person, capsys):
    make_participant(cohort, user=person).set_needs({"meal": ""})
    erase()
    call_command("check_data")
    assert capsys.readouterr().out.endswith("Every rule holds.\n")
