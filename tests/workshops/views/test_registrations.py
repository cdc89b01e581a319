from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Guest
from tests.factories import (
    make_attendance,
    make_cohort,
    make_guest,
    make_participant,
    make_workshop,
)
from tests.typing import filled
from workshops import allocation
from workshops.models import Registration, RegistrationMove, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(cohort):
    """Tomorrow, by registration, with one seat."""
    return make_workshop(
        cohort,
        timezone.now() + timedelta(days=1),
        mode="registration",
        capacity=1,
        guests_allowed=True,
    )


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(name, workshop, *more):
    return reverse(f"workshops:{name}", args=[workshop.cohort.slug, workshop.pk, *more])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def ask(workshop, person=None, **more):
    person = person or make_participant(workshop.cohort)
    more = {"by": None, "at": timezone.now(), "on_behalf": True} | more
    return allocation.ask(workshop, person, **more)


def statuses(workshop):
    return list(workshop.registrations.values_list("status", flat=True))


# --- By oneself ---------------------------------------------------------------------------------


def test_registering_takes_one_tap(sign_in, newcomer, workshop):
    response = sign_in(newcomer).post(address("register", workshop))
    assert said(response) == ["You have a place. See you there!"]
    move = RegistrationMove.objects.get()
    assert (move.status, move.recorded_by, move.on_behalf) == ("confirmed", newcomer, False)


def test_registering_twice_counts_once(sign_in, newcomer, workshop):
    visitor = sign_in(newcomer)
    for _click in range(2):
        visitor.post(address("register", workshop))
    assert (statuses(workshop), RegistrationMove.objects.count()) == (["confirmed"], 1)


def test_registering_where_it_is_full_puts_on_the_list(sign_in, newcomer, workshop):
    ask(workshop)
    response = sign_in(newcomer).post(address("register", workshop))
    assert said(response) == ["All seats are taken: you are on the waiting list."]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "closed"}, "Registration is closed."),
        ({"status": "cancelled"}, "This workshop is cancelled."),
        ({"status": "held"}, "This workshop is over."),
        (
            {"registration_opens_at": timezone.now() + timedelta(hours=1)},
            "Registration is not open yet.",
        ),
    ],
)
def test_registering_meanwhile_refused_says_why(sign_in, newcomer, workshop, change, sentence):
    for name, value in change.items():
        setattr(workshop, name, value)
    workshop.save()
    response = sign_in(newcomer).post(address("register", workshop))
    assert (response.status_code, said(response), statuses(workshop)) == (409, [sentence], [])


def test_registering_for_the_past_is_refused(sign_in, newcomer, cohort):
    past = make_workshop(cohort)
    response = sign_in(newcomer).post(address("register", past))
    assert (response.status_code, statuses(past)) == (409, [])


def test_registering_in_another_cohort_is_not_found(sign_in, newcomer):
    foreign = make_workshop(make_cohort(), timezone.now() + timedelta(days=1))
    assert sign_in(newcomer).post(address("register", foreign)).status_code == 404


def test_registering_after_leaving_is_not_found(sign_in, newcomer, workshop):
    newcomer.participations.get().withdraw(on=timezone.localdate())
    assert sign_in(newcomer).post(address("register", workshop)).status_code == 404


def test_cancelling_oneself_promotes_the_next(sign_in, newcomer, workshop):
    ask(workshop, newcomer.participations.get())
    waiting = ask(workshop)
    sign_in(newcomer).post(address("cancel", workshop))
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"


def test_cancelling_what_one_never_asked_for_is_kept(sign_in, newcomer, workshop):
    sign_in(newcomer).post(address("cancel", workshop))
    assert statuses(workshop) == ["declined"]


def test_cancelling_after_the_end_is_refused(sign_in, newcomer, cohort):
    response = sign_in(newcomer).post(address("cancel", make_workshop(cohort)))
    assert (response.status_code, said(response)) == (409, ["This workshop is over."])


# --- By staff -----------------------------------------------------------------------------------


def test_staff_register_several_at_once(visitor, workshop):
    people = [make_participant(workshop.cohort).pk for _person in range(3)]
    response = visitor.post(address("register_people", workshop), {"people": people})
    assert said(response) == [
        "1 person has a place.",
        "2 people are on the waiting list: no seat is left.",
    ]
    assert set(RegistrationMove.objects.values_list("on_behalf", flat=True)) == {True}


def test_staff_register_over_capacity_with_a_reason(visitor, workshop):
    people = [make_participant(workshop.cohort).pk for _person in range(2)]
    data = {"people": people, "override_reason": "comes from far"}
    visitor.post(address("register_people", workshop), data)
    reasons = workshop.registrations.values_list("status", "override_reason")
    assert list(reasons) == [("confirmed", ""), ("confirmed", "comes from far")]


def test_staff_register_nobody_of_another_cohort(visitor, workshop):
    people = [make_participant(workshop.cohort).pk, make_participant().pk]
    response = visitor.post(address("register_people", workshop), {"people": people})
    assert ("people" in response.context["form"].errors, statuses(workshop)) == (True, [])


def test_staff_who_choose_nobody_are_told(visitor, workshop):
    make_participant(workshop.cohort)
    response = visitor.post(address("register_people", workshop), {"once": "x"})
    assert response.context["form"].errors["people"] == ["Choose at least one person."]


def test_staff_are_offered_those_without_a_place(visitor, workshop):
    ask(workshop)
    cancelled = ask(workshop)
    allocation.give_up(cancelled, "cancelled", by=None, at=timezone.now())
    free = make_participant(workshop.cohort)
    form = visitor.get(address("register_people", workshop)).context["form"]
    assert set(form.fields["people"].queryset) == {cancelled.participant, free}


def test_guest_is_added_once(visitor, workshop):
    where = address("guest_add", workshop)
    data = filled(visitor.get(where).context["form"]) | {"first_name": "سامي", "language": "ar"}
    for _click in range(2):
        visitor.post(where, data)
    registration = workshop.registrations.get()
    assert (registration.guest.first_name, registration.status) == ("سامي", "confirmed")


def test_guest_where_none_may_come_leaves_nothing(visitor, workshop):
    workshop.guests_allowed = False
    workshop.save()
    response = visitor.post(address("guest_add", workshop), {"first_name": "Sami"})
    assert "not open to people from outside" in str(response.context["form"].errors)
    assert not Guest.objects.exists()


def test_guest_is_edited(visitor, workshop):
    registration = ask(workshop, make_guest(workshop.cohort))
    where = address("guest_edit", workshop, registration.pk)
    visitor.post(where, filled(visitor.get(where).context["form"]) | {"first_name": "Samia"})
    assert Guest.objects.get().first_name == "Samia"


def test_staff_cancel_a_place_with_the_reason(visitor, workshop, staff):
    registration = ask(workshop)
    where = address("registration_cancel", workshop, registration.pk)
    responses = [visitor.post(where, {"reason": "rang us"}) for _click in range(2)]
    move = RegistrationMove.objects.last()
    assert (move.status, move.reason, move.on_behalf) == ("cancelled", "rang us", True)
    assert [said(response) for response in responses] == [
        ["The place is cancelled."],
        ["The place is cancelled.", "This had been done already."],
    ]


def test_staff_give_a_reason_to_cancel(visitor, workshop):
    registration = ask(workshop)
    where = address("registration_cancel", workshop, registration.pk)
    assert "reason" in visitor.post(where, {"reason": " "}).context["form"].errors
    assert statuses(workshop) == ["confirmed"]


def test_registration_of_another_workshop_is_not_found(visitor, workshop):
    other = ask(make_workshop(workshop.cohort))
    where = address("registration_cancel", workshop, other.pk)
    assert visitor.post(where, {"reason": "x"}).status_code == 404


def test_staff_confirm_somebody_who_waits(visitor, workshop):
    ask(workshop)
    waiting = ask(workshop)
    where = address("registration_override", workshop, waiting.pk)
    visitor.post(where, {"reason": "the only interpreter"})
    waiting.refresh_from_db()
    assert (waiting.status, waiting.override_reason) == ("confirmed", "the only interpreter")


def test_staff_note_that_somebody_cannot_come(visitor, cohort):
    expected = make_workshop(cohort, timezone.now() + timedelta(days=1))
    person = make_participant(cohort)
    where = address("person_cannot_come", expected, person.pk)
    visitor.post(where, {"reason": "at work"})
    assert Registration.objects.get().status == "declined"


# --- Needs --------------------------------------------------------------------------------------


def test_needs_are_said_by_the_person_and_remembered(sign_in, newcomer, workshop):
    where = reverse("workshops:needs", args=[workshop.cohort.slug]) + f"?workshop={workshop.pk}"
    visitor = sign_in(newcomer)
    data = {"need_step_free": "on", "detail_interpreter": "dari"}
    response = visitor.post(where, data)
    kept = newcomer.participations.get().needs.values_list("kind", "detail")
    assert (response["Location"], sorted(kept)) == (
        workshop.get_absolute_url(),
        [("interpreter", "dari"), ("step_free", "")],
    )
    assert visitor.get(where).context["form"]["need_step_free"].value() is True


def test_needs_can_be_taken_back(sign_in, newcomer, cohort):
    person = newcomer.participations.get()
    person.set_needs({"travel": ""})
    sign_in(newcomer).post(reverse("workshops:needs", args=[cohort.slug]))
    assert not person.needs.exists()


@pytest.mark.parametrize("wanted", ["x", "", "999999", "²"])
def test_needs_from_an_odd_address_are_asked_all_the_same(sign_in, newcomer, cohort, wanted):
    where = reverse("workshops:needs", args=[cohort.slug])
    assert sign_in(newcomer).get(where, {"workshop": wanted}).status_code == 200


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["register", "cancel"])
@pytest.mark.parametrize("role", ["staff", "coordinator"])
def test_whoever_does_not_take_part_has_no_place_to_take(request, sign_in, workshop, role, name):
    visitor = sign_in(request.getfixturevalue(role))
    assert visitor.post(address(name, workshop)).status_code == 403
    assert statuses(workshop) == []


def test_staff_register_nobody_where_it_is_cancelled_meanwhile(visitor, workshop):
    person = make_participant(workshop.cohort)
    Workshop.objects.update(status="cancelled")
    response = visitor.post(address("register_people", workshop), {"people": [person.pk]})
    assert response.context["form"].non_field_errors() == ["This workshop is cancelled."]


def test_guest_is_not_added_where_none_may_come(visitor, workshop):
    Workshop.objects.update(guests_allowed=False)
    response = visitor.post(address("guest_add", workshop), {"first_name": "Sami"})
    errors = response.context["form"].non_field_errors()
    assert (errors, Guest.objects.exists()) == (
        ["This workshop is not open to people from outside."],
        False,
    )


def test_place_of_somebody_who_came_is_not_cancelled(visitor, workshop):
    registration = make_attendance(workshop).registration
    where = address("registration_cancel", workshop, registration.pk)
    response = visitor.post(where, {"reason": "by mistake"})
    assert said(response) == ["Attendance is already recorded for this place."]
    assert statuses(workshop) == ["confirmed"]


def test_nobody_is_confirmed_where_it_is_cancelled(visitor, workshop):
    ask(workshop)
    waiting = ask(workshop)
    Workshop.objects.update(status="cancelled")
    where = address("registration_override", workshop, waiting.pk)
    assert said(visitor.post(where, {"reason": "interpreter"})) == ["This workshop is cancelled."]
    assert statuses(workshop) == ["confirmed", "waiting"]


def test_nobody_excuses_themselves_from_what_was_held(visitor, workshop):
    person = make_participant(workshop.cohort)
    Workshop.objects.update(status="held")
    response = visitor.post(address("person_cannot_come", workshop, person.pk), {"reason": "ill"})
    assert (said(response), statuses(workshop)) == (["This workshop is over."], [])


@pytest.mark.parametrize("name", ["registration_cancel", "registration_override"])
def test_staff_are_asked_about_the_person_by_name(visitor, workshop, name):
    registration = ask(workshop, make_participant(workshop.cohort, name="Zarghuna Planted"))
    page = visitor.get(address(name, workshop, registration.pk)).content.decode()
    assert ("Zarghuna Planted" in page, statuses(workshop)) == (True, ["confirmed"])


def test_needs_of_whoever_does_not_take_part_are_not_asked(visitor, cohort):
    assert visitor.get(reverse("workshops:needs", args=[cohort.slug])).status_code == 403


def test_people_offered_are_those_without_a_place(visitor, workshop):
    ask(workshop)
    cancelled, free = ask(workshop), make_participant(workshop.cohort)
    allocation.give_up(cancelled, "cancelled", by=None, at=timezone.now())
    form = visitor.get(address("register_people", workshop)).context["form"]
    assert set(form.fields["people"].queryset) == {cancelled.participant, free}
