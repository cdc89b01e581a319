"""What a real cohort has beside the smooth course of things. All of it is invented."""

from datetime import UTC, date, datetime, timedelta

from tests.factories import (
    NOW,
    make_action,
    make_committed_action,
    make_guest,
    make_idea,
    make_participant,
    make_proposed_action,
    make_testimony,
    make_theme,
    make_workshop,
)
from tests.reports.sample import add_presence
from workshops import attendance, listening
from workshops.models import Attendance, Registration, Workshop

LATER = datetime(2023, 5, 2, 9, 0, tzinfo=UTC)


def add_disorder(cohort):
    """Withdrawals, cancelled places, corrected sheets, absent guests, work in progress."""
    add_withdrawn_people(cohort)
    add_workshops_not_held(cohort)
    add_cancelled_places(cohort)
    correct_sheets(cohort)
    add_testimonies(cohort)
    add_work_in_progress(cohort)


def first_training(cohort, track="newcomers"):
    return cohort.workshops.filter(kind="training", track=track).earliest("starts_at")


def add_withdrawn_people(cohort):
    for track in ("newcomers", "newcomers", "agents"):
        person = make_participant(cohort, track, gender="woman", languages=["ti"])
        add_forgotten(first_training(cohort, track), person)
        person.withdraw(on=date(2022, 10, 1))
    ended = {"status": "completed", "ended_on": date(2023, 4, 1)}
    make_participant(cohort, "newcomers", languages=[], **ended)


def add_forgotten(held, person):
    why = {"reason": "Forgotten.", "by": None, "at": LATER}
    for half_day in held.half_days.all():
        attendance.correct(held, person, half_day, "present", **why)


def add_workshops_not_held(cohort):
    open_one = make_workshop(cohort, NOW + timedelta(days=300))
    for number, person in enumerate(cohort.participants.all()[:9]):
        add_presence(open_one, number, "present", participant=person)
    add_presence(open_one, 90, "present", guest=make_guest(cohort))
    for status in ("draft", "open", "closed", "cancelled"):
        make_workshop(cohort, NOW + timedelta(days=310), status=status)


def add_cancelled_places(cohort):
    workshop = first_training(cohort)
    for number, status in enumerate(["cancelled", "declined", "waiting"]):
        Registration.objects.create(
            workshop=workshop,
            participant=make_participant(cohort, "newcomers", gender="not_stated"),
            status=status,
            queue_number=300 + number,
        )


def correct_sheets(cohort):
    """Some were there after all, some were not; two guests were counted who had not come."""
    for state, new in (("present", "absent"), ("present", "excused"), ("absent", "present")):
        row = Attendance.objects.filter(
            half_day__workshop__cohort=cohort,
            half_day__workshop__status=Workshop.Status.HELD,
            state=state,
            registration__participant__isnull=False,
        ).first()
        correct(row, row.registration.participant, new)
    for registration in Registration.objects.of_guests().filter(workshop__status="held")[:1]:
        for row in registration.attendances.all():
            correct(row, registration.guest, "absent")


def correct(row, person, state):
    half_day = row.half_day
    attendance.correct(
        half_day.workshop, person, half_day, state, reason="Wrong line.", by=None, at=LATER
    )


def add_testimonies(cohort):
    """Some from agents, one taken back, some whose notes are open."""
    held = cohort.workshops.filter(kind="listening").first()
    for number in range(6):
        make_testimony(held, number=500 + number, track="agents")
    listening.withdraw(make_testimony(held, number=510), at=LATER)
    for _time in range(3):
        make_testimony(make_workshop(cohort, kind="listening"))


def add_work_in_progress(cohort):
    city = cohort.partners.first()
    for status in ("draft", "validated"):
        make_theme(cohort, status=status, validated_on=None if status == "draft" else NOW.date())
    make_idea(cohort), make_action(cohort), make_proposed_action(cohort, city)
    changed_its_mind = make_committed_action(cohort, city)
    changed_its_mind.answer(
        by=None, at=LATER + timedelta(days=90), verdict="refused", level="direction",
        answered_on=date(2023, 7, 1), text={"fr": "Le budget a été refusé."},
    )  # fmt: skip
