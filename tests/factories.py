"""Plain makers of rows for tests: each makes the least that is valid, or what a test names."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.conf import settings
from django.test import Client

from cohorts.models import (
    Appointment,
    Cohort,
    Guest,
    Organisation,
    Participant,
    Phase,
    Programme,
    Role,
    Track,
    User,
)
from tests.signing_in import sign_in
from workshops import attendance
from workshops.models import (
    Action,
    Facilitation,
    Idea,
    Subject,
    Testimony,
    TestimonyTheme,
    Theme,
    Workshop,
)

NOW = datetime(2022, 10, 3, 9, 0, tzinfo=UTC)
numbers = count(1)


def make_user(name=None, **more):
    number = next(numbers)
    more.setdefault("email", f"person{number}@example.org")
    return User.objects.create_user(name or f"Person {number}", **more)


def make_programme(**more):
    return Programme.objects.create(**{"name": f"Programme {next(numbers)}"} | more)


def make_organisation(programme, **more):
    return Organisation.objects.create(
        programme=programme, **{"name": f"City {next(numbers)}", "kind": "city"} | more
    )


def make_cohort(programme=None, **more):
    number = next(numbers)
    defaults = {
        "name": f"Cohort {number}",
        "slug": f"cohort-{number}",
        "starts_on": date(2022, 9, 1),
        "ends_on": date(2023, 4, 28),
    }
    return Cohort.objects.create(programme=programme or make_programme(), **defaults | more)


def make_phase(cohort, **more):
    defaults = {
        "kind": "training",
        "starts_on": date(2022, 9, 1),
        "ends_on": date(2022, 10, 1),
    }
    return Phase.objects.create(cohort=cohort, **defaults | more)


def make_participant(cohort=None, track=Track.NEWCOMERS, user=None, name=None, **more):
    return Participant.objects.create(
        cohort=cohort or make_cohort(),
        track=track,
        user=user or make_user(name),
        **more,
    )


def make_staff(cohort, user=None):
    user = user or make_user()
    Appointment.objects.create(user=user, role=Role.STAFF, cohort=cohort)
    return user


def make_programme_staff(programme, user=None):
    user = user or make_user()
    Appointment.objects.create(user=user, role=Role.STAFF, programme=programme)
    return user


def make_coordinator(cohort, organisation, user=None):
    user = user or make_user()
    Appointment.objects.create(
        user=user, role=Role.COORDINATOR, cohort=cohort, organisation=organisation
    )
    return user


def make_guest(cohort, **more):
    return Guest.objects.create(cohort=cohort, **{"first_name": "Sami"} | more)


def make_workshop(cohort=None, starts_at=NOW, hours=3, **more):
    defaults = {"kind": Workshop.Kind.TRAINING, "status": Workshop.Status.OPEN}
    defaults["ends_at"] = starts_at + timedelta(hours=hours)
    workshop = Workshop.objects.create(
        cohort=cohort or make_cohort(), starts_at=starts_at, **defaults | more
    )
    workshop.renew_half_days()
    return workshop


def make_facilitator(workshop, user=None):
    user = user or make_user()
    Facilitation.objects.create(workshop=workshop, user=user)
    return user


def make_attendance(workshop, person=None, half_day=None, state="present"):
    """One presence, with the registration that it hangs from."""
    person = person or make_participant(workshop.cohort, workshop.track or Track.NEWCOMERS)
    half_day = half_day or workshop.half_days.first()
    attendance.record(
        workshop, [attendance.Mark(person, half_day, state)], by=None, at=workshop.starts_at
    )
    return half_day.attendances.get(registration__participant=person)


def make_testimony(workshop=None, **more):
    workshop = workshop or make_workshop(kind=Workshop.Kind.LISTENING)
    return Testimony.objects.create(
        workshop=workshop, **{"text": {"fr": f"Une parole {next(numbers)}"}} | more
    )


def make_theme(cohort=None, testimonies=(), **more):
    theme = Theme.objects.create(
        cohort=cohort or make_cohort(),
        **{"title": {"fr": f"Thème {next(numbers)}"}} | more,
    )
    for testimony in testimonies:
        TestimonyTheme.objects.create(testimony=testimony, theme=theme)
    return theme


def make_released_theme(cohort, **more):
    return make_theme(
        cohort, status="released", validated_on=date(2022, 12, 15), checked_at=NOW, **more
    )


def make_subject(cohort=None, **more):
    return Subject.objects.create(
        cohort=cohort or make_cohort(), **{"question": {"fr": "Comment faire ?"}} | more
    )


def make_idea(cohort=None, **more):
    return Idea.objects.create(
        cohort=cohort or make_cohort(),
        **{"title": {"fr": f"Idée {next(numbers)}"}} | more,
    )


def make_action(cohort=None, **more):
    return Action.objects.create(
        cohort=cohort or make_cohort(),
        **{"title": {"fr": f"Action {next(numbers)}"}} | more,
    )


def make_proposed_action(cohort, lead, **more):
    return make_action(cohort, lead=lead, status="proposed", proposed_on=date(2023, 4, 3), **more)


def make_committed_action(cohort, lead, **more):
    """Accepted by the institution that leads it, a month after it was proposed."""
    action = make_proposed_action(cohort, lead, **more)
    action.answer(
        by=None,
        at=datetime(2023, 6, 1, tzinfo=UTC),
        verdict="accepted",
        level="direction",
        answered_on=date(2023, 5, 3),
    )
    return action


def make_progress(action, stage="under_way"):
    at = datetime(2023, 6, 1, tzinfo=UTC)
    return action.report_progress(by=None, at=at, stage=stage, on=date(2023, 5, 20))


def make_session_cookie(user, address):
    """The cookie that signs somebody in to a browser, as Playwright takes it."""
    client = Client()
    sign_in(client, user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}
