import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Appointment, Role, User
from tests.factories import NOW, make_participant, make_programme_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    staff.choose_language("en")
    return sign_in(staff)


def add(visitor, cohort, **typed):
    where = reverse("cohorts:appointment_add", args=[cohort.slug])
    given = {"name": "Nadia", "email": "nadia@example.org", "duty": "cohort_staff"}
    return visitor.post(where, given | typed)


def remove(visitor, cohort, appointment):
    return visitor.post(reverse("cohorts:appointment_remove", args=[cohort.slug, appointment.pk]))


def edit(visitor, cohort, appointment, **typed):
    where = reverse("cohorts:appointment_edit", args=[cohort.slug, appointment.pk])
    shown = visitor.get(where).context["form"]
    given = {name: shown[name].value() or "" for name in shown.fields}
    return visitor.post(where, given | typed)


@pytest.fixture
def added(visitor, cohort):
    add(visitor, cohort)
    return Appointment.objects.get(user__email="nadia@example.org")


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


def test_team_mends_a_mistyped_name(visitor, cohort, added):
    edit(visitor, cohort, added, name="Nadia Benali")
    after = Appointment.objects.get(pk=added.pk)
    assert (after.shown_name, after.user.name) == ("Nadia Benali", "Nadia Benali")


def test_team_mends_a_mistyped_email_and_drops_the_account_made_for_it(visitor, cohort, added):
    edit(visitor, cohort, added, email="nadia@example.com")
    emails = User.objects.filter(email__startswith="nadia").values_list("email", flat=True)
    after = Appointment.objects.get(pk=added.pk)
    assert (after.user.email, list(emails)) == ("nadia@example.com", ["nadia@example.com"])


def test_team_renames_no_account_that_is_used_elsewhere(visitor, cohort, added):
    make_participant(user=added.user)
    edit(visitor, cohort, added, name="Nadia Benali")
    after = Appointment.objects.get(pk=added.pk)
    assert (after.shown_name, after.user.name) == ("Nadia Benali", "Nadia")


def test_team_leaves_the_name_to_whoever_has_signed_in(visitor, cohort, added):
    User.objects.filter(pk=added.user_id).update(name="Nadia Real", last_login=timezone.now())
    edit(visitor, cohort, added, name="Another")
    assert Appointment.objects.get(pk=added.pk).shown_name == "Nadia Real"


def test_team_makes_a_coordinator_of_one_of_the_staff(visitor, cohort, city, added):
    edit(visitor, cohort, added, duty="coordinator", organisation=city.pk)
    after = Appointment.objects.get(pk=added.pk)
    assert (after.role, after.cohort, after.organisation) == (Role.COORDINATOR, cohort, city)


def test_team_gives_nobody_a_role_twice(visitor, cohort, staff, added):
    form = edit(visitor, cohort, added, email=staff.email).context["form"]
    assert form.non_field_errors() == ["This person already has this role."]


def test_team_keeps_its_last_staff_from_another_role(visitor, cohort, city, staff):
    mine = staff.appointments.get()
    response = edit(visitor, cohort, mine, duty="coordinator", organisation=city.pk)
    assert response.context["form"].non_field_errors() == ["Nobody else would be staff here."]


def test_last_staff_do_not_lock_themselves_out_by_a_mistyped_email(visitor, cohort, staff):
    response = edit(visitor, cohort, staff.appointments.get(), email="mistyped@example.org")
    assert response.context["form"].non_field_errors() == ["Nobody else would be staff here."]


def test_team_undoes_nothing_from_a_stale_tab(visitor, cohort, added):
    where = reverse("cohorts:appointment_edit", args=[cohort.slug, added.pk])
    shown = visitor.get(where).context["form"]
    stale = {name: shown[name].value() or "" for name in shown.fields}
    edit(visitor, cohort, added, name="Nadia Benali")
    visitor.post(where, stale)
    assert Appointment.objects.get(pk=added.pk).shown_name == "Nadia Benali"


def test_staff_of_a_cohort_edit_nobody_of_the_programme(visitor, cohort):
    appointment = make_programme_staff(cohort.programme).appointments.get()
    where = reverse("cohorts:appointment_edit", args=[cohort.slug, appointment.pk])
    assert visitor.get(where).status_code == 403
