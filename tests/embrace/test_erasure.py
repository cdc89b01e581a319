import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection

from cohorts.models import Appointment, OutboxMessage, Participant, User
from embrace.erasure import BLANK, ERASURE, erase, field_of, keys_to_people
from tests.factories import (
    NOW,
    make_cohort,
    make_facilitator,
    make_guest,
    make_participant,
    make_staff,
    make_user,
    make_workshop,
)
from workshops import allocation
from workshops.models import Attendance, AttendanceCorrection, Registration

pytestmark = pytest.mark.django_db
PLANTED = ("Zarghuna Planted", "zarghuna planted", "planted@example.org", "639980199")


@pytest.fixture
def staff():
    return make_user("Camille")


@pytest.fixture
def person():
    user = make_user("Zarghuna Planted", email="planted@example.org", phone="0639980199")
    return make_participant(user=user, function="Zarghuna Planted's office", languages=["ps"])


def everything_stored():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            yield from ((table, json.dumps(row, default=str)) for row in cursor.fetchall())


def tables_that_know_the_person():
    return sorted({table for table, row in everything_stored() if any(p in row for p in PLANTED)})


def leave_traces(person, staff):
    """Put the name, e-mail and phone wherever the product writes about somebody."""
    user = person.user
    workshop = make_workshop(person.cohort, capacity=0)
    registration = allocation.ask(
        workshop, person, by=staff, at=NOW, override_reason="Zarghuna Planted called"
    )
    attendance = Attendance.objects.create(
        registration=registration, half_day=workshop.half_days.first(), state="present"
    )
    AttendanceCorrection.objects.create(
        attendance=attendance, before="absent", after="present", reason="Zarghuna Planted was ill"
    )
    person.set_needs({"childcare": "Zarghuna Planted's two"})
    make_facilitator(workshop, user)
    OutboxMessage.objects.create(
        cohort=person.cohort, user=user, subject="Zarghuna Planted", body="…", language="fr"
    )
    EmailAddress.objects.create(user=user, email=user.email)
    LogEntry.objects.log_actions(staff.pk, [user], CHANGE, "Zarghuna Planted", single_object=True)
    return attendance


def test_every_key_to_a_person_has_its_entry():
    assert sorted(ERASURE) == sorted(keys_to_people())


@pytest.mark.parametrize("key", [key for key, fate in ERASURE.items() if fate == BLANK])
def test_key_that_is_blanked_can_be_empty(key):
    assert field_of(key).null


def test_erased_person_is_found_in_no_table(person, staff, client):
    client.force_login(person.user)
    leave_traces(person, staff)
    assert len(tables_that_know_the_person()) > 5
    erase(person, by=staff, at=NOW)
    assert tables_that_know_the_person() == []


def test_erased_person_keeps_what_totals_rest_on(person, staff):
    attendance = leave_traces(person, staff)
    erase(person, by=staff, at=NOW)
    attendance.refresh_from_db()
    kept = attendance.registration.participant
    assert (attendance.state, kept.pk, kept.track) == ("present", person.pk, "newcomers")
    assert (str(kept), kept.gender, kept.status) == ("—", "not_stated", "withdrawn")


def test_erased_person_gives_up_the_places_to_come(person, staff):
    workshop = make_workshop(person.cohort, starts_at=NOW + timedelta(days=1), capacity=1)
    allocation.ask(workshop, person, by=staff, at=NOW)
    waiting = allocation.ask(workshop, make_participant(person.cohort), by=staff, at=NOW)
    erase(person, by=staff, at=NOW)
    waiting.refresh_from_db()
    assert waiting.status == Registration.Status.CONFIRMED


def test_erased_account_signs_in_no_more(person, staff, client):
    client.force_login(person.user)
    erase(person, by=staff, at=NOW)
    assert client.get("/cohorts/").status_code == 302
    user = User.objects.get(pk=person.user_id)
    assert (user.is_active, user.erased_at, user.erased_by) == (False, NOW, staff)


def test_account_that_serves_elsewhere_stays(person, staff):
    other = make_participant(make_cohort(), user=person.user)
    leave_traces(person, staff)
    erase(person, by=staff, at=NOW)
    person.refresh_from_db(), other.refresh_from_db()
    assert (str(person), str(other)) == ("—", "Zarghuna Planted")
    assert not other.user.facilitations.exists()


def test_account_of_staff_stays_when_they_are_erased_as_participant(person, staff):
    make_staff(make_cohort(), person.user)
    erase(person, by=staff, at=NOW)
    assert User.objects.filter(email="planted@example.org", is_active=True).exists()


def test_erasing_an_account_erases_all_its_participations(person, staff):
    make_participant(make_cohort(), user=person.user, function="agent")
    make_staff(person.cohort, person.user)
    erase(person.user, by=staff, at=NOW)
    assert list(Participant.objects.values_list("function", flat=True)) == ["", ""]
    assert (Appointment.objects.count(), tables_that_know_the_person()) == (0, [])


def test_erased_guest_leaves_the_seat_counted(staff):
    workshop = make_workshop(guests_allowed=True)
    guest = make_guest(workshop.cohort, first_name="Zarghuna Planted", language="ps")
    guest.needs.create(kind="meal", detail="Zarghuna Planted")
    allocation.ask(workshop, guest, by=staff, at=NOW)
    erase(guest, by=staff, at=NOW)
    assert (tables_that_know_the_person(), workshop.registrations.count()) == ([], 1)


def test_erased_guest_gives_up_the_place_to_come(staff):
    workshop = make_workshop(
        starts_at=NOW + timedelta(days=1), capacity=1, mode="registration", guests_allowed=True
    )
    guest, next_one = make_guest(workshop.cohort), make_guest(workshop.cohort)
    places = [allocation.ask(workshop, each, by=staff, at=NOW) for each in (guest, next_one)]
    erase(guest, by=staff, at=NOW)
    [place.refresh_from_db() for place in places]
    assert [place.status for place in places] == ["cancelled", "confirmed"]


def test_erasing_twice_changes_nothing_more(person, staff):
    erase(person, by=staff, at=NOW)
    erase(Participant.objects.get(pk=person.pk), by=staff, at=NOW + timedelta(days=1))
    user = Participant.objects.get(pk=person.pk).user
    assert (user.name, user.erased_at) == ("—", NOW)


def test_erasing_from_a_stale_page_makes_no_second_nameless_account(person, staff):
    make_participant(make_cohort(), user=person.user)
    stale = Participant.objects.select_related("user").get(pk=person.pk)
    erase(person, by=staff, at=NOW)
    erase(stale, by=staff, at=NOW)
    assert User.objects.filter(name="—").count() == 1
