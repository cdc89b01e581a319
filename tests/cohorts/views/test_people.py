import pytest
from django.test import Client
from django.urls import reverse

from cohorts.import_plan import USED_ELSEWHERE
from cohorts.models import Participant, User
from tests.factories import (
    NOW,
    make_cohort,
    make_organisation,
    make_participant,
    make_user,
    make_workshop,
)
from tests.typing import filled
from workshops import allocation
from workshops.models import Attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(name, cohort, *more):
    return reverse(f"cohorts:{name}", args=[cohort.slug, *more])


def listed(visitor, cohort, **asked):
    page = visitor.get(address("people", cohort), asked).context["page"]
    return [person.user.name for person in page]


def add(visitor, cohort, **typed):
    given = {"name": "Amina", "track": "newcomers", "language": "fr"}
    return visitor.post(address("person_add", cohort), given | typed)


def edit(visitor, person, **typed):
    where = address("person_edit", person.cohort, person.pk)
    return visitor.post(where, filled(visitor.get(where).context["form"], **typed))


def take_attendance(person, *states):
    workshop = make_workshop(person.cohort, hours=8)
    registration = allocation.ask(workshop, person, by=None, at=NOW)
    for half_day, state in zip(workshop.half_days.all(), states, strict=True):
        Attendance.objects.create(registration=registration, half_day=half_day, state=state)


# --- The table --------------------------------------------------------------------------------


def test_people_are_found_by_name_without_accents(visitor, cohort):
    make_participant(cohort, name="Éléonore"), make_participant(cohort, name="Zoé")
    assert listed(visitor, cohort, q="eleo") == ["Éléonore"]


def test_people_are_filtered_by_track(visitor, cohort):
    make_participant(cohort, "agents", name="Bruno"), make_participant(cohort, name="Amina")
    assert listed(visitor, cohort, track="agents") == ["Bruno"]
    assert listed(visitor, cohort, track="nonsense") == ["Amina", "Bruno"]


def test_people_are_searched_for_anything_typed(visitor, cohort):
    make_participant(cohort, name="Amina")
    assert [listed(visitor, cohort, q=text) for text in ("ami\0", "%", "x" * 5000)] == [
        ["Amina"],
        [],
        [],
    ]


def test_people_are_shown_fifty_at_a_time(visitor, cohort):
    for number in range(51):
        make_participant(cohort, name=f"Person {number:02}")
    assert len(listed(visitor, cohort)) == 50
    assert listed(visitor, cohort, page=2) == ["Person 50"]


def test_people_show_their_share_of_half_days(visitor, cohort):
    take_attendance(make_participant(cohort, name="Amina"), "present", "absent")
    [person] = visitor.get(address("people", cohort)).context["page"]
    assert (person.present_half_days, person.half_days, person.attendance_percent) == (1, 2, 50)


def test_people_lead_on_to_a_first_workshop(visitor, cohort):
    make_participant(cohort)
    next_step = reverse("workshops:add", args=[cohort.slug])
    before = visitor.get(address("people", cohort)).content.decode()
    make_workshop(cohort)
    after = visitor.get(address("people", cohort)).content.decode()
    assert [next_step in page for page in (before, after)] == [True, False]


def test_people_of_another_cohort_are_not_shown(visitor, cohort):
    make_participant(make_cohort(cohort.programme))
    assert listed(visitor, cohort) == []


def test_coordinator_sees_agents_of_the_own_organisation_only(sign_in, coordinator, cohort, city):
    other = make_organisation(cohort.programme)
    make_participant(cohort, "agents", name="Bruno", organisation=city)
    make_participant(cohort, "agents", name="Carla", organisation=other)
    make_participant(cohort, "newcomers", name="Amina", organisation=city)
    assert listed(sign_in(coordinator), cohort) == ["Bruno"]


def test_coordinator_sees_no_contact(sign_in, coordinator, cohort, city):
    user = make_user("Bruno", email="planted@example.org", phone="0639980101")
    make_participant(cohort, "agents", user=user, organisation=city, languages=["uk"])
    page = sign_in(coordinator).get(address("people", cohort)).content.decode()
    assert [planted in page for planted in ("Bruno", "planted@", "639980101")] == [
        True,
        False,
        False,
    ]


# --- Adding -----------------------------------------------------------------------------------


def test_person_needs_a_name_and_a_track_only(visitor, cohort, staff):
    add(visitor, cohort)
    person = Participant.objects.get()
    assert (person.user.name, person.user.email, person.recorded_by) == ("Amina", None, staff)


def test_person_is_added_with_everything(visitor, cohort, city):
    add(
        visitor, cohort, email="A@example.org", phone="06 39 98 01 01", languages=["fa-af", "en"],
        organisation=city.pk, function="accueil", gender="woman", age_band="26_39",
        need_interpreter="on", detail_interpreter="dari", need_step_free="on",
    )  # fmt: skip
    person = Participant.objects.get()
    assert (person.user.email, person.user.phone) == ("a@example.org", "+33639980101")
    assert (person.languages, person.organisation) == (["fa-af", "en"], city)
    assert (person.gender, person.age_band, person.reads_french) == ("woman", "26_39", False)
    assert list(person.needs.values_list("kind", "detail")) == [
        ("interpreter", "dari"),
        ("step_free", ""),
    ]


def test_person_form_sent_twice_adds_one(visitor, cohort):
    for _click in range(2):
        add(visitor, cohort, once="k1")
    assert Participant.objects.count() == 1


def test_person_with_a_wrong_phone_is_not_added(visitor, cohort):
    form = add(visitor, cohort, phone="12").context["form"]
    assert (list(form.errors), User.objects.filter(name="Amina").count()) == (["phone"], 0)


def test_person_with_an_email_longer_than_what_is_stored_is_not_added(visitor, cohort):
    form = add(visitor, cohort, email=f"{'a' * 250}@example.org").context["form"]
    assert list(form.errors) == ["email"]


def test_person_known_in_the_programme_is_asked_about_then_reused(visitor, cohort):
    user = make_participant(
        make_cohort(cohort.programme), user=make_user("Amina K.", email="amina@example.org")
    ).user
    form = add(visitor, cohort, email="amina@example.org").context["form"]
    assert list(form.errors) == ["same_person"]
    add(visitor, cohort, email="amina@example.org", same_person="on")
    assert Participant.objects.get(cohort=cohort).user == user


def test_person_entered_twice_in_one_instant_is_said(visitor, cohort, monkeypatch):
    monkeypatch.setattr("cohorts.forms.people.PersonForm.settle_owners", lambda form, owners: None)
    make_user(email="amina@example.org")
    form = add(visitor, cohort, email="amina@example.org", once="k1").context["form"]
    assert (len(form.non_field_errors()), Participant.objects.count()) == (1, 0)


def test_person_who_takes_part_already_is_not_added(visitor, cohort):
    make_participant(cohort, user=make_user("Amina", email="amina@example.org"))
    add(visitor, cohort, email="amina@example.org", same_person="on")
    assert Participant.objects.count() == 1


def test_person_known_elsewhere_is_told_nothing_about(visitor, cohort):
    make_user("Secret Name", email="amina@example.org")
    response = add(visitor, cohort, email="amina@example.org", same_person="on")
    assert response.context["form"].non_field_errors() == [USED_ELSEWHERE]
    assert "Secret" not in response.content.decode()


def test_people_are_added_by_name_only(visitor, cohort):
    make_participant(cohort, name="Amina Karimi")
    typed = {"names": "AMINA karimi\n\n أمينة \nZoé\nZoé", "track": "newcomers"}
    visitor.post(address("people_add", cohort), typed)
    assert listed(visitor, cohort) == ["Amina Karimi", "Zoé", "أمينة"]


@pytest.mark.parametrize("name", ["=1+1", "🌻"])
def test_people_with_one_impossible_name_are_not_added(visitor, cohort, name):
    typed = {"names": f"Amina\n{name}", "track": "newcomers"}
    form = visitor.post(address("people_add", cohort), typed).context["form"]
    assert (list(form.errors), Participant.objects.count()) == (["names"], 0)


# --- Editing ----------------------------------------------------------------------------------


def test_person_is_edited(visitor, cohort):
    person = make_participant(cohort, name="Amina")
    person.set_needs({"meal": "sans porc", "childcare": ""})
    edit(visitor, person, name="Amina Karimi", phone="0639980101", need_childcare="")
    person = Participant.objects.get(pk=person.pk)
    assert (person.user.name, person.user.phone) == ("Amina Karimi", "+33639980101")
    assert list(person.needs.values_list("kind", "detail")) == [("meal", "sans porc")]


def test_person_edited_meanwhile_is_left_alone(visitor, cohort):
    person = make_participant(cohort, name="Amina")
    where = address("person_edit", cohort, person.pk)
    typed = filled(visitor.get(where).context["form"], name="Amina K.")
    User.objects.filter(pk=person.user_id).update(phone="+33639980101")
    visitor.post(where, typed)
    assert User.objects.get(pk=person.user_id).name == "Amina"


def test_gender_is_never_shown_again(visitor, cohort):
    person = make_participant(cohort, gender="non_binary", age_band="over_59")
    form = visitor.get(address("person_edit", cohort, person.pk)).context["form"]
    assert (form["gender"].value(), form["age_band"].value()) == (None, None)
    assert ['value="" selected' in str(form[name]) for name in ("gender", "age_band")] == [True] * 2


@pytest.mark.parametrize(
    ("typed", "stored"), [("", "woman"), ("man", "man"), ("not_stated", "not_stated")]
)
def test_gender_is_left_replaced_or_cleared(visitor, cohort, typed, stored):
    person = make_participant(cohort, gender="woman")
    edit(visitor, person, gender=typed)
    person.refresh_from_db()
    assert person.gender == stored


def test_contacts_of_somebody_with_a_role_are_theirs_to_change(visitor, cohort):
    user = make_user("Amina", email="amina@example.org")
    person = make_participant(cohort, user=user)
    cohort.appointments.create(user=user, role="staff")
    edit(visitor, person, email="thief@example.org", name="Thief")
    user.refresh_from_db()
    assert (user.email, user.name) == ("amina@example.org", "Amina")


def test_old_email_signs_in_no_more(visitor, cohort):
    user = make_user("Amina", email="old@example.org")
    user.emailaddress_set.create(email="old@example.org")
    edit(visitor, make_participant(cohort, user=user), email="new@example.org")
    assert list(user.emailaddress_set.all()) == []


def test_whoever_came_in_by_the_old_email_is_signed_out(visitor, cohort):
    person = make_participant(cohort)
    stranger = Client()
    stranger.force_login(person.user)
    edit(visitor, person, name="Amina")
    assert stranger.get("/cohorts/").status_code == 200
    edit(visitor, person, email="new@example.org")
    assert stranger.get("/cohorts/").status_code == 302


def test_first_email_of_somebody_signs_nobody_out(visitor, cohort):
    person = make_participant(cohort, user=make_user(email=None))
    phone = Client()
    phone.force_login(person.user)
    edit(visitor, person, email="new@example.org")
    assert phone.get("/cohorts/").status_code == 200


def test_track_of_somebody_on_a_list_stays(visitor, cohort):
    person = make_participant(cohort)
    allocation.ask(make_workshop(cohort), person, by=None, at=NOW)
    edit(visitor, person, track="agents")
    person.refresh_from_db()
    assert person.track == "newcomers"


def test_email_of_somebody_else_is_refused(visitor, cohort):
    make_participant(cohort, user=make_user("Bruno", email="bruno@example.org"))
    person = make_participant(cohort, name="Amina")
    form = edit(visitor, person, email="bruno@example.org").context["form"]
    assert len(form.non_field_errors()) == 1


# --- Removing ---------------------------------------------------------------------------------


def test_person_added_by_mistake_is_removed_with_the_account(visitor, cohort):
    person = make_participant(cohort)
    visitor.post(address("person_remove", cohort, person.pk))
    assert not User.objects.filter(pk=person.user_id).exists()


def test_person_on_a_list_stays(visitor, cohort):
    person = make_participant(cohort)
    allocation.ask(make_workshop(cohort), person, by=None, at=NOW)
    response = visitor.post(address("person_remove", cohort, person.pk))
    assert (response.status_code, Participant.objects.count()) == (409, 1)


def test_person_is_taken_back(visitor, cohort):
    person = make_participant(cohort, status="withdrawn", ended_on=NOW.date())
    visitor.post(address("person_take_back", cohort, person.pk))
    person.refresh_from_db()
    assert (person.status, person.ended_on) == ("active", None)


def test_person_of_another_cohort_is_not_found(visitor, cohort):
    elsewhere = make_participant(make_cohort(cohort.programme))
    assert visitor.get(address("person", cohort, elsewhere.pk)).status_code == 404
