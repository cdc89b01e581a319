import pytest
from django.db import DatabaseError, transaction

from cohorts.database_rules import ERASED
from tests.factories import (
    NOW,
    make_action,
    make_attendance,
    make_idea,
    make_participant,
    make_subject,
    make_theme,
    make_user,
    make_workshop,
)
from workshops import allocation, attendance
from workshops.decisions import decide, reopen
from workshops.models import Attendance, AttendanceCorrection, Decision, RegistrationMove, Workshop

pytestmark = pytest.mark.django_db


def refused():
    return pytest.raises(DatabaseError, match="frozen")


@pytest.fixture
def move():
    workshop = make_workshop(capacity=0)
    person = make_participant(workshop.cohort)
    allocation.ask(workshop, person, by=None, at=NOW, override_reason="comes with a friend")
    return RegistrationMove.objects.get()


def test_reason_of_a_move_may_be_erased(move):
    RegistrationMove.objects.update(reason=ERASED)
    move.refresh_from_db()
    assert move.reason == ERASED


@pytest.mark.parametrize("change", [{"reason": "another"}, {"reason": ERASED, "status": "waiting"}])
def test_move_takes_no_other_change(move, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        RegistrationMove.objects.update(**change)


# --- The thread ---------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_theme, make_subject, make_idea, make_action])
def test_reference_never_changes(make):
    item = make()
    with refused(), transaction.atomic():
        type(item).objects.update(number=item.number + 1)
    item.delete()
    assert not type(item).objects.exists()


@pytest.fixture
def decision():
    subject = make_subject()
    decided = {"decided_on": NOW.date(), "newcomer_voters": 2, "agent_voters": 2}
    how = {"method": "vote", "votes": {subject: (2, 1)}, "by": make_user(), "at": NOW}
    return decide(subject.cohort, subject, **how, **decided)


@pytest.mark.parametrize(
    "change", [{"method": "consensus"}, {"newcomer_voters": 9}, {"reason": {"fr": "Autre"}}]
)
def test_decision_stays_as_it_was_recorded(decision, change):
    with refused(), transaction.atomic():
        Decision.objects.update(**change)


def test_votes_of_a_decision_stay_as_they_were_counted(decision):
    for change in (lambda options: options.update(agent_votes=2), lambda options: options.delete()):
        with refused(), transaction.atomic():
            change(decision.options.all())


def test_decision_may_be_reopened_and_its_recorder_erased(decision):
    reopen(decision, at=NOW, reason="Nobody understood it")
    decision.recorded_by.delete()
    decision.refresh_from_db()
    assert (decision.recorded_by, decision.reopened_on) == (None, NOW.date())


# --- Attendance once it is closed ---------------------------------------------------------------


@pytest.fixture
def presence():
    """Somebody's presence for the two half-days of a workshop that was held."""
    workshop = make_workshop(hours=8)
    person = make_participant(workshop.cohort)
    for half_day in workshop.half_days.all():
        row = make_attendance(workshop, person, half_day)
    attendance.close(workshop, by=None, at=NOW)
    return row


@pytest.mark.parametrize("change", [{"state": "absent"}, {"proof": "staff"}])
def test_closed_presence_takes_no_change(presence, change):
    with refused(), transaction.atomic():
        Attendance.objects.filter(pk=presence.pk).update(**change)


def test_closed_presence_moves_to_no_other_person(presence):
    workshop = presence.half_day.workshop
    other = make_participant(workshop.cohort)
    row = workshop.registrations.create(participant=other, status="confirmed", queue_number=9)
    with refused(), transaction.atomic():
        Attendance.objects.filter(pk=presence.pk).update(registration=row)


def test_closed_presence_is_not_deleted(presence):
    with refused(), transaction.atomic():
        presence.delete()


def test_no_presence_is_added_once_it_is_closed(presence):
    workshop = presence.half_day.workshop
    late = workshop.registrations.create(
        participant=make_participant(workshop.cohort), status="confirmed", queue_number=9
    )
    with refused(), transaction.atomic():
        Attendance.objects.create(registration=late, half_day=presence.half_day, state="present")


def test_closed_presence_takes_what_its_last_correction_says(presence):
    person, workshop = presence.registration.participant, presence.half_day.workshop
    how = {"reason": "feuille relue", "by": None, "at": NOW}
    for state in ("absent", "present", "excused"):
        attendance.correct(workshop, person, presence.half_day, state, **how)
    presence.refresh_from_db()
    assert (presence.state, presence.proof) == ("excused", "staff")


def test_closed_presence_does_not_go_back_to_an_earlier_correction(presence):
    for before, after in (("present", "absent"), ("absent", "present")):
        AttendanceCorrection.objects.create(
            attendance=presence, before=before, after=after, reason="feuille relue"
        )
    with refused(), transaction.atomic():
        Attendance.objects.filter(pk=presence.pk).update(state="absent")


def test_closed_presence_lets_who_entered_it_be_erased(presence):
    Attendance.objects.update(recorded_by=make_user())
    presence.refresh_from_db()
    presence.recorded_by.delete()
    presence.refresh_from_db()
    assert (presence.recorded_by, presence.state) == (None, "present")


def test_presence_is_free_until_it_is_closed():
    row = make_attendance(make_workshop())
    Attendance.objects.update(state="absent")
    row.delete()
    assert not Attendance.objects.exists()


def test_held_workshop_is_never_opened_again(presence):
    with refused(), transaction.atomic():
        Workshop.objects.update(status="open")
