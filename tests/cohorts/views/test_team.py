import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cohorts.models import Appointment, Role, User
from tests.factories import NOW, make_participant, make_programme_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def add(visitor, cohort, **typed):
    where = reverse("cohorts:appointment_add", args=[cohort.slug])
    given = {"name": "Nadia", "email": "nadia@example.org", "duty": "cohort_staff"}
    return visitor.post(where, given | typed)


def remove(visitor, cohort, appointment):
    return visitor.post(reverse("cohorts:appointment_remove", args=[cohort.slug, appointment.pk]))


def test_team_takes_somebody_new(visitor, cohort, staff):
    add(visitor, cohort)
    appointment = Appointment.objects.get(user__email="nadia@example.org")
    assert (appointment.role, appointment.cohort, appointment.recorded_by) == (
        Role.STAFF,
        cohort,
        staff,
    )


def test_team_takes_a_coordinator_of_an_institution(visitor, cohort, city):
    add(visitor, cohort, duty="coordinator", organisation=city.pk)
    appointment = Appointment.objects.get(user__email="nadia@example.org")
    assert (appointment.role, appointment.organisation) == (Role.COORDINATOR, city)


def test_team_asks_for_the_institution_of_a_coordinator(visitor, cohort):
    form = add(visitor, cohort, duty="coordinator").context["form"]
    assert list(form.errors) == ["organisation"]


def test_staff_of_a_cohort_appoint_nobody_for_the_programme(visitor, cohort):
    assert list(add(visitor, cohort, duty="programme_staff").context["form"].errors) == ["duty"]


def test_staff_of_the_programme_appoint_for_it(sign_in, programme, cohort):
    add(sign_in(make_programme_staff(programme)), cohort, duty="programme_staff")
    assert Appointment.objects.get(user__email="nadia@example.org").programme == programme


def test_team_answers_the_same_for_an_account_elsewhere(visitor, cohort):
    elsewhere = make_user("Secret Name", email="known@example.org")
    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        response = add(visitor, cohort, email=email)
        said = str(next(iter(get_messages(response.wsgi_request))))
        page = visitor.get(response["Location"]).content.decode()
        answers.append((response.status_code, said.replace(email, ""), "Secret" in page))
    assert answers[0] == answers[1]
    assert (answers[0][2], elsewhere.appointments.count()) == (False, 1)


def test_team_shows_a_persons_own_name_once_they_have_signed_in(cohort, staff):
    user = make_user("Nadia Real")
    appointment = Appointment.objects.create(
        user=user, role="staff", cohort=cohort, known_as="Nadia", recorded_at=NOW
    )
    before = appointment.shown_name
    user.last_login = NOW.replace(year=2023)
    assert (before, appointment.shown_name) == ("Nadia", "Nadia Real")


def test_team_adds_nobody_twice(visitor, cohort):
    add(visitor, cohort), add(visitor, cohort, email="NADIA@example.org ")
    assert Appointment.objects.filter(user__email="nadia@example.org").count() == 1


def test_team_lets_somebody_go_with_the_account_that_served_for_nothing_else(visitor, cohort):
    add(visitor, cohort)
    remove(visitor, cohort, Appointment.objects.get(user__email="nadia@example.org"))
    assert not User.objects.filter(email="nadia@example.org").exists()


def test_team_keeps_the_account_of_somebody_who_takes_part(visitor, cohort):
    user = make_participant(cohort).user
    appointment = cohort.appointments.create(user=user, role="staff")
    remove(visitor, cohort, appointment)
    assert User.objects.filter(pk=user.pk).exists()


def test_team_keeps_its_last_staff(visitor, cohort, staff):
    response = remove(visitor, cohort, staff.appointments.get())
    assert (response.status_code, staff.appointments.count()) == (409, 1)


def test_last_staff_of_a_cohort_may_go_while_the_programme_has_some(visitor, cohort, staff):
    make_programme_staff(cohort.programme)
    remove(visitor, cohort, staff.appointments.get())
    assert staff.appointments.count() == 0


def test_staff_of_a_cohort_remove_nobody_from_the_programme(visitor, cohort):
    appointment = make_programme_staff(cohort.programme).appointments.get()
    assert remove(visitor, cohort, appointment).status_code == 403
