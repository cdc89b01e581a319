from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cohorts.models import Guest
from tests.factories import (
    NOW,
    make_attendance,
    make_cohort,
    make_facilitator,
    make_guest,
    make_participant,
    make_user,
    make_workshop,
)
from tests.typing import filled
from workshops import allocation
from workshops.models import Attendance, AttendanceCorrection

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(cohort):
    """A morning that is over, open to guests, at which Amina and Bilal are expected."""
    for name in ("Amina Rahimi", "Bilal Aziz"):
        make_participant(cohort, name=name)
    return make_workshop(cohort, NOW, hours=2, guests_allowed=True)


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def address(name, workshop):
    return reverse(f"workshops:{name}", args=[workshop.cohort.slug, workshop.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def person(workshop, name):
    return workshop.cohort.participants.get(user__name__startswith=name)


def cell(workshop, name, seen="none"):
    return f"p{person(workshop, name).pk}.{workshop.half_days.get().pk}.{seen}"


def save(visitor, workshop, **typed):
    return visitor.post(address("attendance", workshop), {"proof": "sheet"} | typed)


def states(workshop):
    rows = Attendance.objects.filter(half_day__workshop=workshop).order_by("registration")
    return {str(row.registration.person): row.state for row in rows}


def test_attendance_is_saved(visitor, workshop, staff):
    marks = {cell(workshop, "Amina"): "present", cell(workshop, "Bilal"): "absent"}
    assert said(save(visitor, workshop, proof="staff", **marks)) == ["Saved."]
    assert states(workshop) == {"Amina Rahimi": "present", "Bilal Aziz": "absent"}
    row = Attendance.objects.first()
    assert (row.recorded_by, row.proof) == (staff, "staff")


def test_attendance_shows_what_was_saved(visitor, workshop):
    save(visitor, workshop, **{cell(workshop, "Amina"): "present"})
    page = visitor.get(address("attendance", workshop)).content.decode()
    name = cell(workshop, "Amina", seen="present")
    assert f'name="{name}" value="present" checked' in page


def test_attendance_from_two_browsers_is_not_undone(visitor, workshop):
    save(visitor, workshop, **{cell(workshop, "Amina"): "present"})
    response = save(
        visitor, workshop, **{cell(workshop, "Amina"): "absent", cell(workshop, "Bilal"): "present"}
    )
    assert states(workshop) == {"Amina Rahimi": "present", "Bilal Aziz": "present"}
    assert "it stands: Amina." in said(response)[-1]


def test_attendance_that_was_not_touched_is_not_written(visitor, workshop):
    make_attendance(workshop, person(workshop, "Amina"))
    before = Attendance.objects.get()
    save(visitor, workshop, **{cell(workshop, "Amina", seen="present"): "present"})
    assert Attendance.objects.get().recorded_by == before.recorded_by


def test_all_present_saves_the_rest_of_the_column(visitor, workshop):
    half_day = workshop.half_days.get().pk
    save(visitor, workshop, all_present=half_day, **{cell(workshop, "Bilal"): "excused"})
    assert states(workshop) == {"Amina Rahimi": "present", "Bilal Aziz": "excused"}


@pytest.mark.parametrize("wrong", ["here", ""])
def test_attendance_with_an_unknown_state_writes_nothing(visitor, workshop, wrong):
    response = save(visitor, workshop, **{cell(workshop, "Amina"): wrong})
    assert "Choose present, excused or absent." in str(response.context["form"].errors)
    assert states(workshop) == {}


@pytest.mark.parametrize("name", ["p0.0.none", "x", "p1", "..", "g1.1.present.more"])
def test_attendance_of_nobody_here_is_left_aside(visitor, workshop, name):
    assert save(visitor, workshop, **{name: "present"}).status_code == 302
    assert states(workshop) == {}


def test_walk_in_of_the_cohort_is_added_as_present(visitor, cohort):
    by_registration = make_workshop(cohort, NOW, hours=2, mode="registration", capacity=0)
    late = make_participant(cohort, name="Chen Wei")
    typed = {"walk_in": f"p{late.pk}", "came_to": by_registration.half_days.get().pk}
    save(visitor, by_registration, somebody_came="1", **typed)
    registration = by_registration.registrations.get()
    assert (registration.status, registration.override_reason) == ("confirmed", "came all the same")
    assert states(by_registration) == {"Chen Wei": "present"}


def test_walk_in_from_outside_is_added_once_and_loses_no_tap(visitor, workshop):
    form = visitor.get(address("attendance", workshop)).context["form"]
    typed = filled(form) | {
        "somebody_came": "1",
        "guest_name": "Sami",
        "guest_language": "ar",
        "came_to": workshop.half_days.get().pk,
        cell(workshop, "Amina"): "present",
    }
    for _click in range(2):
        save(visitor, workshop, **typed)
    assert states(workshop) == {"Amina Rahimi": "present", "Sami": "present"}


def test_walk_in_from_outside_who_was_waiting_is_not_added_twice(visitor, workshop):
    workshop.mode, workshop.capacity = "registration", 0
    workshop.save()
    guest = make_guest(workshop.cohort)
    allocation.ask(workshop, guest, by=None, at=NOW, on_behalf=True)
    typed = {"walk_in": f"g{guest.pk}", "came_to": workshop.half_days.get().pk}
    save(visitor, workshop, somebody_came="1", **typed)
    assert (states(workshop), Guest.objects.count()) == ({"Sami": "present"}, 1)


def test_attendance_that_was_recorded_can_be_taken_back(visitor, workshop):
    save(visitor, workshop, **{cell(workshop, "Amina"): "present"})
    save(visitor, workshop, **{cell(workshop, "Amina", seen="present"): "none"})
    assert states(workshop) == {}


def test_walk_in_without_a_name_is_refused(visitor, workshop):
    response = save(visitor, workshop, somebody_came="1")
    assert "Say who came." in str(response.context["walk_in"].errors)


def test_walk_in_from_outside_needs_a_letter_in_the_name(visitor, workshop):
    typed = {"guest_name": "🌻", "came_to": workshop.half_days.get().pk}
    response = save(visitor, workshop, somebody_came="1", **typed)
    assert response.context["walk_in"].errors == {"guest_name": ["The name is missing."]}
    assert (states(workshop), Guest.objects.count()) == ({}, 0)


def test_walk_in_of_another_cohort_is_refused(visitor, workshop):
    stranger = make_participant(make_cohort())
    response = save(visitor, workshop, somebody_came="1", walk_in=f"p{stranger.pk}")
    assert "walk_in" in response.context["walk_in"].errors


def test_facilitator_takes_attendance_by_first_names(sign_in, workshop):
    visitor = sign_in(make_facilitator(workshop))
    make_participant(workshop.cohort, user=make_user("Chen Secret", phone="+33612345678"))
    page = visitor.get(address("attendance", workshop)).content.decode()
    assert ("Chen" in page, "Amina" in page) == (True, True)
    assert [leak for leak in ("Secret", "Rahimi", "12345678") if leak in page] == []
    save(visitor, workshop, **{cell(workshop, "Amina"): "present"})
    assert states(workshop) == {"Amina Rahimi": "present"}


def close(visitor, workshop):
    response = visitor.post(address("attendance_close", workshop))
    workshop.refresh_from_db()
    return said(response)


def test_closing_names_who_is_missing(visitor, workshop):
    response = save(visitor, workshop, close="1", **{cell(workshop, "Amina"): "present"})
    page = visitor.get(response["Location"]).content.decode()
    assert ("Bilal Aziz" in page, "Amina" in page) == (True, False)
    assert close(visitor, workshop)[-1] == "Presence is missing for: Bilal."


@pytest.fixture
def held(visitor, workshop):
    save(visitor, workshop, all_present=workshop.half_days.get().pk)
    close(visitor, workshop)
    return workshop


def test_closing_makes_the_workshop_held(held, visitor):
    assert held.status == "held"
    page = visitor.get(address("attendance", held)).content.decode()
    assert ("<b>2</b>people were there" in page, "<form" in page.split("<main")[1]) == (True, False)


def test_saving_after_closing_is_refused(held, visitor):
    response = save(visitor, held, **{cell(held, "Amina", seen="present"): "absent"})
    assert said(response)[-1] == "Attendance is closed; what is wrong can be corrected."
    assert states(held)["Amina Rahimi"] == "present"


def correct(visitor, workshop, **typed):
    correction = {
        "person": f"p{person(workshop, 'Amina').pk}",
        "half_day": workshop.half_days.get().pk,
        "state": "absent",
        "reason": "the sheet was misread",
    }
    return visitor.post(address("attendance_correct", workshop), correction | typed)


def test_correction_is_kept_with_its_reason_and_shown(held, visitor, staff):
    correct(visitor, held)
    correction = AttendanceCorrection.objects.get()
    assert (str(correction), correction.recorded_by) == ("present → absent", staff)
    assert "the sheet was misread" in visitor.get(address("attendance", held)).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"person": "p0"}, {"half_day": 0}, {"state": "here"}]
)
def test_correction_that_is_not_whole_is_refused(held, visitor, wrong):
    assert correct(visitor, held, **wrong).context["form"].errors.keys() == wrong.keys()
    assert not AttendanceCorrection.objects.exists()


def test_correction_before_closing_is_refused(visitor, workshop):
    response = correct(visitor, workshop)
    assert "Attendance is not closed" in str(response.context["form"].errors)


def test_attendance_of_a_cancelled_workshop_is_not_taken(visitor, cohort):
    page = visitor.get(address("attendance", make_workshop(cohort, status="cancelled")))
    assert "This workshop is cancelled." in page.content.decode()


def test_attendance_before_it_began_offers_no_closing(visitor, workshop):
    workshop.starts_at += timedelta(days=36500)
    workshop.ends_at += timedelta(days=36500)
    workshop.save()
    page = visitor.get(address("attendance", workshop)).content.decode()
    assert 'name="close"' not in page


def test_who_cannot_come_counts_as_excused(visitor, workshop):
    allocation.say_cannot_come(workshop, person(workshop, "Bilal"), by=None, at=NOW)
    save(visitor, workshop, **{cell(workshop, "Amina"): "present"})
    close(visitor, workshop)
    assert states(workshop) == {"Amina Rahimi": "present", "Bilal Aziz": "excused"}


def test_attendance_takes_a_page_of_thousands_of_cells(visitor, workshop):
    others = {f"p{number}.1.none": "present" for number in range(10_000, 14_000)}
    response = save(visitor, workshop, **{cell(workshop, "Amina"): "present"}, **others)
    assert (response.status_code, states(workshop)) == (302, {"Amina Rahimi": "present"})
