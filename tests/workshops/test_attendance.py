from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOW,
    make_attendance,
    make_guest,
    make_participant,
    make_user,
    make_workshop,
)
from workshops import allocation, attendance
from workshops.attendance import Mark
from workshops.models import Attendance, Registration, Workshop
from workshops.roll import Roll

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    """A morning at which two are expected."""
    workshop = make_workshop(hours=2, guests_allowed=True)
    make_participant(workshop.cohort, name="Amina"), make_participant(workshop.cohort, name="Bilal")
    return workshop


@pytest.fixture
def amina(workshop):
    return workshop.cohort.participants.get(user__name="Amina")


@pytest.fixture
def morning(workshop):
    return workshop.half_days.get()


def record(workshop, *marks, **more):
    return attendance.record(workshop, marks, by=None, at=NOW, **more)


def states(workshop):
    return {
        place.name: place.state(half)
        for place in Roll(workshop).places
        for half in halves(workshop)
    }


def halves(workshop):
    return workshop.half_days.all()


def test_recording_makes_the_registration_that_is_missing(workshop, amina, morning):
    record(workshop, Mark(amina, morning, "present"))
    assert workshop.registrations.get().status == Registration.Status.CONFIRMED
    assert states(workshop) == {"Amina": "present", "Bilal": ""}


def test_recording_absence_gives_no_place(workshop, amina, morning):
    record(workshop, Mark(amina, morning, "absent"))
    assert workshop.registrations.get().status == Registration.Status.SILENT


def test_recording_twice_writes_once(workshop, amina, morning):
    mark = Mark(amina, morning, "present")
    assert (record(workshop, mark), record(workshop, mark)) == ([], [])
    assert Attendance.objects.count() == 1


def test_recording_changes_what_was_seen(workshop, amina, morning):
    record(workshop, Mark(amina, morning, "absent"))
    assert record(workshop, Mark(amina, morning, "present", seen="absent")) == []
    assert states(workshop)["Amina"] == "present"


def test_recording_does_not_undo_what_was_not_seen(workshop, amina, morning):
    record(workshop, Mark(amina, morning, "present"))
    stale = Mark(amina, morning, "absent")
    assert record(workshop, stale) == [stale]
    assert states(workshop)["Amina"] == "present"


def test_recording_nothing_takes_back_what_was_recorded(workshop, amina, morning):
    record(workshop, Mark(amina, morning, "present"))
    assert record(workshop, Mark(amina, morning, "", seen="present")) == []
    assert states(workshop) == {"Amina": "", "Bilal": ""}


def test_recording_the_same_cell_twice_at_once_keeps_the_last(workshop, amina, morning):
    record(workshop, Mark(amina, morning, "absent"), Mark(amina, morning, "present"))
    assert states(workshop)["Amina"] == "present"


def test_recording_takes_as_many_queries_for_many_as_for_few(django_assert_num_queries):
    few, many = expecting(2), expecting(40)
    with CaptureQueriesContext(connection) as for_few:
        attendance.record_rest_present(*few, by=None, at=NOW)
    with django_assert_num_queries(len(for_few)):
        assert attendance.record_rest_present(*many, by=None, at=NOW) == 40


def expecting(number):
    """A workshop and its half-day, for so many people."""
    workshop = make_workshop(hours=2)
    for _person in range(number):
        make_participant(workshop.cohort)
    return workshop, workshop.half_days.get()


def test_recording_keeps_who_when_and_on_what_proof(workshop, amina, morning):
    staff = make_user()
    marks = [Mark(amina, morning, "present")]
    attendance.record(workshop, marks, by=staff, at=NOW, proof=Attendance.Proof.STAFF)
    row = Attendance.objects.get()
    assert (row.recorded_by, row.recorded_at, row.proof) == (staff, NOW, "staff")


def test_recording_somebody_of_another_cohort_writes_nothing(workshop, amina, morning):
    with pytest.raises(ValidationError):
        record(
            workshop,
            Mark(amina, morning, "present"),
            Mark(make_participant(), morning, "present"),
        )
    assert not Attendance.objects.exists()


def test_rest_present_leaves_alone_who_has_a_state_or_cannot_come(workshop, amina, morning):
    record(workshop, Mark(amina, morning, "absent"))
    unable = make_participant(workshop.cohort, name="Chen")
    allocation.say_cannot_come(workshop, unable, by=None, at=NOW)
    assert attendance.record_rest_present(workshop, morning, by=None, at=NOW) == 1
    assert states(workshop) == {"Amina": "absent", "Bilal": "present", "Chen": ""}


def close(workshop, at=NOW):
    return attendance.close(workshop, by=None, at=at)


def test_closing_needs_a_state_for_everybody(workshop, amina, morning, in_english):
    record(workshop, Mark(amina, morning, "present"))
    with pytest.raises(ValidationError, match=r"missing for: Bilal\."):
        close(workshop)


def test_closing_needs_every_half_day(in_english):
    workshop = make_workshop(hours=8)
    make_attendance(workshop, make_participant(workshop.cohort, name="Amina"))
    with pytest.raises(ValidationError, match="Amina"):
        close(workshop)


def test_closing_excuses_who_cannot_come(workshop, amina, morning):
    allocation.say_cannot_come(workshop, amina, by=None, at=NOW)
    attendance.record_rest_present(workshop, morning, by=None, at=NOW)
    assert close(workshop)
    workshop.refresh_from_db()
    assert workshop.status == Workshop.Status.HELD
    assert states(workshop) == {"Amina": "excused", "Bilal": "present"}


def test_closing_is_refused_before_it_began(workshop, in_english):
    with pytest.raises(ValidationError, match="not begun"):
        close(workshop, at=NOW - timedelta(hours=1))


def test_closing_is_refused_when_cancelled(in_english):
    with pytest.raises(ValidationError, match="cancelled"):
        close(make_workshop(status="cancelled"))


@pytest.fixture
def held(workshop, morning):
    attendance.record_rest_present(workshop, morning, by=None, at=NOW)
    close(workshop)
    return workshop


def test_closing_twice_counts_once(held):
    assert close(held) is False


def test_recording_after_closing_is_refused(held, amina, morning):
    with pytest.raises(ValidationError):
        record(held, Mark(amina, morning, "absent", seen="present"))


def correct(workshop, person, half_day, state):
    return attendance.correct(
        workshop, person, half_day, state, reason="feuille relue", by=None, at=NOW
    )


def test_correcting_keeps_what_it_was(held, amina, morning):
    correction = correct(held, amina, morning, "absent")
    assert (correction.before, correction.after, correction.reason) == (
        "present",
        "absent",
        "feuille relue",
    )
    assert states(held)["Amina"] == "absent"


def test_correcting_adds_somebody_who_was_forgotten(held, morning):
    guest = make_guest(held.cohort)
    assert correct(held, guest, morning, "present").before == ""
    assert states(held)["Sami"] == "present"


def test_correcting_to_the_same_is_refused(held, amina, morning):
    with pytest.raises(ValidationError):
        correct(held, amina, morning, "present")


def test_correcting_before_closing_is_refused(workshop, amina, morning):
    with pytest.raises(ValidationError):
        correct(workshop, amina, morning, "present")
