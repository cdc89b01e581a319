import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from cohorts.admin import site
from cohorts.models import Appointment, Organisation, Programme, User
from tests.factories import (
    make_facilitator,
    make_organisation,
    make_participant,
    make_programme,
    make_programme_staff,
    make_staff,
    make_user,
    make_workshop,
)
from tests.signing_in import LOGIN, set_up_second_factor, sign_in

pytestmark = pytest.mark.django_db
LISTS = ("programme", "organisation", "appointment", "user")
PLANTED = ("Zarghuna", "planted@example.org", "06 39 98 01 01", "+33639980101", "Yusuf")


@pytest.fixture
def visitor(client, admin):
    sign_in(client, admin)
    return client


@pytest.fixture
def planted(cohort, city):
    """A participant and a facilitator who have no role: none of the admin's business."""
    user = make_user("Zarghuna Planted", email="planted@example.org", phone="+33639980101")
    make_participant(cohort, "agents", user=user, organisation=city)
    make_facilitator(make_workshop(cohort), make_user("Yusuf Planted"))
    return user


def admin_address(model, action="changelist", *args):
    return reverse(f"admin:cohorts_{model}_{action}", args=args)


def pages(planted):
    """Every page of the admin, with what it can search and choose."""
    yield reverse("admin:index")
    yield reverse("admin:app_list", args=["cohorts"])
    for model in LISTS:
        yield admin_address(model)
        yield f"{admin_address(model)}?q=Planted"
        yield f"{admin_address(model)}?q=planted"
        yield admin_address(model, "add")
    for each in site._registry:
        for row in each._default_manager.all():
            yield admin_address(each._meta.model_name, "change", row.pk)
            yield admin_address(each._meta.model_name, "history", row.pk)
            yield admin_address(each._meta.model_name, "delete", row.pk)


def test_admin_shows_nothing_of_those_who_only_take_part(
    visitor, planted, staff, coordinator, cohort
):
    for page in pages(planted):
        text = visitor.get(page, follow=True).content.decode()
        assert [each for each in PLANTED if each in text.replace("q=Planted", "")] == [], page


def test_admin_finds_staff_by_the_same_search(visitor, staff):
    assert "Camille Staff" in visitor.get(f"{admin_address('user')}?q=camille").content.decode()


def test_admin_offers_these_four_and_nothing_else():
    assert set(site._registry) == {Appointment, Organisation, Programme, User}


def test_account_that_only_takes_part_cannot_be_opened(visitor, planted):
    for action in ("change", "history", "delete"):
        response = visitor.get(admin_address("user", action, planted.pk))
        assert response.status_code == (403 if action == "delete" else 302)


@pytest.mark.parametrize(
    "asked",
    ["participants__user__name__startswith=Z", "participants__user__email=planted@example.org"],
)
def test_list_answers_no_question_about_those_who_take_part(visitor, planted, asked):
    assert visitor.get(f"{admin_address('organisation')}?{asked}").status_code == 400


def test_chooser_for_other_pages_answers_no_question(visitor, planted):
    answer = visitor.get(
        "/admin/autocomplete/",
        {"app_label": "cohorts", "model_name": "appointment", "field_name": "user", "term": "Zar"},
    )
    assert answer.json()["results"] == []


@pytest.mark.parametrize("role", ["staff", "newcomer", "coordinator", "outsider"])
def test_admin_is_not_there_for_others(client, request, role):
    sign_in(client, request.getfixturevalue(role))
    assert client.get("/admin/").status_code == 404
    assert client.get(admin_address("user")).status_code == 404


def test_admin_signs_in_by_the_same_door(client):
    response = client.get(admin_address("user"), follow=True)
    assert response.redirect_chain[-1][0] == f"{LOGIN}?next=/admin/cohorts/user/"


def test_admin_knows_no_passwords(visitor):
    assert visitor.get("/admin/password_change/", follow=True).status_code == 404


def test_admin_creates_a_programme_and_its_first_staff(visitor, admin):
    visitor.post(admin_address("programme", "add"), {"name": "Embrace", "completion_percent": 80})
    programme = Programme.objects.get()
    typed = {"name": "Camille", "email": "Camille@example.org", "programme": programme.pk}
    response = visitor.post(admin_address("appointment", "add"), typed)
    appointment = Appointment.objects.get()
    assert response.status_code == 302
    assert (appointment.user.email, appointment.programme, appointment.recorded_by) == (
        "camille@example.org",
        programme,
        admin,
    )


def test_new_programme_leads_to_its_first_staff(visitor):
    typed = {"name": "Embrace", "completion_percent": 80}
    page = visitor.post(admin_address("programme", "add"), typed, follow=True)
    address = f"{admin_address('appointment', 'add')}?programme={Programme.objects.get().pk}"
    assert page.redirect_chain == [(address, 302)]
    assert page.context["adminform"].form.initial["programme"] == str(Programme.objects.get().pk)


def test_admin_appoints_somebody_who_takes_part_without_seeing_them(visitor, planted, programme):
    typed = {"name": "Z. P.", "email": "planted@example.org", "programme": programme.pk}
    visitor.post(admin_address("appointment", "add"), typed)
    assert planted.appointments.get().programme == programme


@pytest.mark.parametrize("places", [(), ("programme", "cohort"), ("organisation",)])
def test_appointment_needs_its_place(visitor, cohort, city, places):
    where = {"programme": cohort.programme.pk, "cohort": cohort.pk, "organisation": city.pk}
    typed = {"name": "C", "email": "c@example.org"} | {place: where[place] for place in places}
    response = visitor.post(admin_address("appointment", "add"), typed)
    assert (response.status_code, Appointment.objects.count()) == (200, 0)


def test_coordinator_is_of_an_institution_of_the_cohorts_programme(visitor, cohort, city):
    typed = {"name": "C", "email": "c@example.org", "cohort": cohort.pk}
    elsewhere = make_organisation(make_programme())
    for organisation in (elsewhere, city):
        typed["organisation"] = organisation.pk
        visitor.post(admin_address("appointment", "add"), typed)
    assert Appointment.objects.get().organisation == city


def test_appointment_ends(visitor, staff):
    appointment = staff.appointments.get()
    visitor.post(admin_address("appointment", "delete", appointment.pk), {"post": "yes"})
    assert not staff.appointments.exists()


def test_appointment_ends_with_the_account_that_served_for_nothing_else(visitor, cohort):
    typed = {"name": "C", "email": "c@example.org", "cohort": cohort.pk}
    visitor.post(admin_address("appointment", "add"), typed)
    appointment = Appointment.objects.get()
    visitor.post(admin_address("appointment", "delete", appointment.pk), {"post": "yes"})
    assert not User.objects.filter(email="c@example.org").exists()


def test_appointments_ended_together_end_their_accounts(visitor, cohort, admin):
    appointments = [make_staff(cohort).appointments.get() for _each in range(2)]
    chosen = {"action": "delete_selected", "post": "yes"}
    chosen["_selected_action"] = [each.pk for each in appointments]
    visitor.post(admin_address("appointment"), chosen)
    assert list(User.objects.filter(appointments=None)) == [admin]


def test_log_of_the_admin_holds_no_name(visitor, cohort, staff):
    typed = {"name": "Zarghuna", "email": "z@example.org", "cohort": cohort.pk}
    visitor.post(admin_address("appointment", "add"), typed)
    appointment = Appointment.objects.get(user__name="Zarghuna")
    visitor.post(admin_address("appointment", "delete", appointment.pk), {"post": "yes"})
    change = {"name": "Zarghuna", "email": staff.email, "language": "fr", "is_active": "on"}
    visitor.post(admin_address("user", "change", staff.pk), change)
    logged = LogEntry.objects.order_by("pk").values_list("object_repr", flat=True)
    assert list(logged) == [f"#{appointment.pk}"] * 2 + [f"#{staff.pk}"]


def test_former_email_of_an_account_signs_in_no_more(visitor, staff):
    EmailAddress.objects.create(user=staff, email=staff.email, verified=True)
    colleague = Client()
    sign_in(colleague, staff)
    change = {"name": "C", "email": "new@example.org", "language": "fr", "is_active": "on"}
    visitor.post(admin_address("user", "change", staff.pk), change)
    assert (staff.emailaddress_set.count(), colleague.get("/cohorts/").status_code) == (0, 302)


def test_added_account_is_a_platform_admin(visitor):
    visitor.post(
        admin_address("user", "add"), {"name": "B", "email": "b@example.org", "language": "fr"}
    )
    added = User.objects.get(email="b@example.org")
    assert (added.is_admin, added.has_usable_password()) == (True, False)


def test_organisation_is_added(visitor, programme):
    typed = {"programme": programme.pk, "name": "Bondy", "kind": "city"}
    visitor.post(admin_address("organisation", "add"), typed)
    assert programme.organisations.get().name == "Bondy"


def test_programme_is_deleted_while_it_holds_nothing_but_its_staff(visitor):
    programme = make_programme(name="Typed twice")
    make_programme_staff(programme, make_user(email="nadia@example.org"))
    visitor.post(admin_address("programme", "delete", programme.pk), {"post": "yes"})
    left = User.objects.filter(email="nadia@example.org").exists()
    assert (Programme.objects.filter(pk=programme.pk).exists(), left) == (False, False)


def test_nothing_else_is_deleted(visitor, cohort, city, planted, staff):
    rows = (("programme", cohort.programme), ("organisation", city), ("user", staff))
    for model, row in rows:
        address = admin_address(model, "delete", row.pk)
        assert visitor.post(address, {"post": "yes"}).status_code == 403


def test_second_factor_is_reset_for_those_chosen(visitor, cohort):
    chosen, other = make_staff(cohort), make_staff(cohort)
    set_up_second_factor(chosen), set_up_second_factor(other)
    visitor.post(
        admin_address("user"),
        {"action": "reset_second_factor", "_selected_action": [chosen.pk]},
    )
    assert [each.user for each in Authenticator.objects.all()] == [other]


def test_organisations_of_a_programme_can_be_filtered(visitor, programme):
    make_organisation(programme)
    address = f"{admin_address('organisation')}?programme__id__exact={programme.pk}"
    assert visitor.get(address).status_code == 200


def test_adding_an_account_says_that_it_makes_a_platform_admin(visitor, staff):
    change = reverse("admin:cohorts_user_change", args=[staff.pk])
    pages = [
        visitor.get(page).context["adminform"]
        for page in (reverse("admin:cohorts_user_add"), change)
    ]
    assert [bool(page.fieldsets[0][1].get("description")) for page in pages] == [True, False]
