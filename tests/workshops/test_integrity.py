from datetime import timedelta

import pytest

from tests.factories import (
    NOW,
    make_action,
    make_cohort,
    make_idea,
    make_organisation,
    make_participant,
    make_phase,
    make_programme,
    make_subject,
    make_testimony,
    make_theme,
    make_workshop,
)
from workshops import allocation
from workshops.integrity import problems
from workshops.models import (
    Attendance,
    AttendanceCorrection,
    Decision,
    HalfDay,
    ReferenceCounter,
    Registration,
    Subject,
    Workshop,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    """A workshop with one seat, taken, and one person who waits."""
    workshop = make_workshop(mode="registration", capacity=1)
    for _person in range(2):
        allocation.ask(workshop, make_participant(workshop.cohort), by=None, at=NOW)
    return workshop


@pytest.fixture
def attendance(workshop):
    return Attendance.objects.create(
        registration=workshop.registrations.confirmed().get(),
        half_day=workshop.half_days.first(),
        state="present",
    )


def test_problems_finds_none_where_all_is_well(attendance):
    cohort = make_cohort()
    theme = make_theme(cohort, [make_testimony(make_workshop(cohort, kind="listening"))])
    theme.subject_links.create(subject=make_subject(cohort))
    make_action(cohort, lead=make_organisation(cohort.programme))
    assert list(problems()) == []


def test_problems_finds_a_phase_of_another_cohort(workshop):
    Workshop.objects.update(phase=make_phase(make_cohort()))
    assert list(problems()) == [f"workshops.Workshop {workshop.pk}: it ties things of two cohorts."]


def test_problems_finds_somebody_of_another_cohort(workshop):
    registration = workshop.registrations.confirmed().get()
    stranger = make_participant(make_cohort())
    Registration.objects.filter(pk=registration.pk).update(participant=stranger)
    assert list(problems()) == [
        f"workshops.Registration {registration.pk}: it ties things of two cohorts."
    ]


def test_problems_finds_links_between_two_cohorts():
    theme, subject, idea, action = make_theme(), make_subject(), make_idea(), make_action()
    theme.testimony_links.create(testimony=make_testimony())
    theme.subject_links.create(subject=subject)
    theme.idea_links.create(idea=idea)
    subject.idea_links.create(idea=idea)
    idea.action_links.create(action=action)
    assert [sentence.split()[0] for sentence in problems()] == [
        "workshops.TestimonyTheme",
        "workshops.ThemeSubject",
        "workshops.ThemeIdea",
        "workshops.SubjectIdea",
        "workshops.IdeaAction",
    ]


def test_problems_finds_somebody_of_the_other_group(workshop):
    Workshop.objects.update(track="agents")
    assert [sentence.split(": ")[1] for sentence in problems()] == [
        "the workshop is for the other group."
    ] * 2


def test_problems_finds_more_people_than_seats(workshop):
    Workshop.objects.update(capacity=0)
    assert list(problems()) == [
        f"workshops.Workshop {workshop.pk}: 1 people are confirmed for 0 seats, "
        "and no reason is given."
    ]


def test_problems_lets_staff_go_over_the_seats_with_a_reason(workshop):
    person = make_participant(workshop.cohort)
    allocation.ask(workshop, person, by=None, at=NOW, override_reason="comes with her mother")
    assert list(problems()) == []


def test_problems_finds_somebody_who_waits_for_nothing(workshop):
    Workshop.objects.update(capacity=2)
    waiting = workshop.registrations.waiting().get()
    assert list(problems()) == [
        f"workshops.Registration {waiting.pk}: it waits, though a seat is free."
    ]


def test_problems_finds_a_state_that_no_move_tells(workshop):
    waiting = workshop.registrations.waiting().get()
    Registration.objects.filter(pk=waiting.pk).update(status="declined")
    assert list(problems()) == [
        f"workshops.Registration {waiting.pk}: its last move tells another state."
    ]


def test_problems_finds_a_half_day_of_another_workshop(attendance):
    other = make_workshop(attendance.registration.workshop.cohort, NOW + timedelta(days=1))
    Attendance.objects.update(half_day=HalfDay.objects.filter(workshop=other).first())
    assert list(problems()) == [
        f"workshops.Attendance {attendance.pk}: its half-day is of another workshop."
    ]


def test_problems_finds_a_correction_that_was_not_made(attendance):
    AttendanceCorrection.objects.create(
        attendance=attendance, before="present", after="absent", reason="…"
    )
    assert list(problems()) == [
        f"workshops.Attendance {attendance.pk}: its last correction tells another state."
    ]


def test_problems_finds_a_number_given_twice():
    cohort = make_cohort()
    for day in range(2):
        listened = make_workshop(cohort, NOW + timedelta(days=day), kind="listening")
        make_testimony(listened, number=1)
    ReferenceCounter.objects.create(cohort=cohort, letter="T", last=1)
    assert list(problems()) == [f"cohorts.Cohort {cohort.pk}: 2 testimonies have the number 1."]


def test_problems_finds_a_testimony_that_closing_forgot():
    testimony = make_testimony()
    Workshop.objects.update(notes_closed_at=NOW)
    assert list(problems()) == [
        f"workshops.Workshop {testimony.workshop_id}: "
        "its notes are closed, and a testimony has no number."
    ]


def test_problems_finds_a_number_that_would_be_given_again():
    theme = make_theme()
    ReferenceCounter.objects.update(last=0)
    assert list(problems()) == [f"cohorts.Cohort {theme.cohort_id}: TH-1 was never counted."]


def test_problems_finds_a_choice_that_no_decision_tells():
    subject = make_subject()
    Subject.objects.update(status="chosen")
    assert list(problems()) == [
        f"workshops.Subject {subject.pk}: it is chosen, and no decision says so."
    ]


def test_problems_finds_a_decision_whose_subject_is_not_chosen():
    subject = make_subject()
    decision = Decision.objects.create(
        cohort=subject.cohort, subject=subject, method="consensus", decided_on=NOW.date()
    )
    assert list(problems()) == [
        f"workshops.Decision {decision.pk}: it is in force, and its subject is not the chosen one."
    ]


def test_problems_finds_a_lead_of_another_programme():
    action = make_action(lead=make_organisation(make_programme()))
    action.partners.add(make_organisation(action.cohort.programme))
    assert list(problems()) == [
        f"workshops.Action {action.pk}: its organisation is of another programme."
    ]


def test_problems_counts_no_seat_for_a_facilitator(workshop):
    confirmed, waiting = workshop.registrations.all()
    allocation.add_facilitator(workshop, confirmed.participant.user, by=None, at=NOW)
    waiting.refresh_from_db()
    assert (waiting.status, list(problems())) == ("confirmed", [])


def test_problems_finds_a_vote_for_a_subject_of_another_cohort(in_english):
    decision = Decision.objects.create(
        cohort=make_cohort(), subject=make_subject(), method="consensus", decided_on=NOW.date()
    )
    decision.options.create(subject=decision.subject)
    assert [line.split()[0] for line in problems() if "two cohorts" in line] == [
        "workshops.Decision",
        "workshops.DecisionOption",
    ]


def test_problems_finds_notes_where_nothing_is_listened_to():
    testimony = make_testimony(make_workshop(kind="training"))
    assert list(problems()) == [
        f"workshops.Workshop {testimony.workshop_id}: it has testimonies, "
        "and is no listening workshop."
    ]
