"""The certificate of participation: what somebody attended, in French and beside it in their words.

It says nothing else about anybody: neither the group, nor a need, nor a language spoken.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.dates import date_range
from cohorts.languages import direction
from cohorts.models import Participant
from workshops.models import Attendance, Workshop

FRENCH = "fr"


@dataclass(frozen=True)
class Wording:
    """The dates and the hours of a certificate in one language."""

    language: str
    direction: str
    dates: str
    hours: str


@dataclass(frozen=True)
class Certificate:
    """`workshops` and `half_days` count where the person was, in workshops that are held."""

    person: Participant
    workshops: int
    half_days: int
    completed: bool
    wordings: list[Wording]


def certificates_of(people):
    """Return a `Certificate` for each of the participants (a QuerySet) who was present at all.

    Only attendance that is closed counts. Whoever attended the share of half-days that the
    programme asks for (`Programme.completion_percent`) has completed it.
    """
    attended = defaultdict(list)
    for attendance in closed_presence(people):
        attended[attendance.registration.participant_id].append(attendance.half_day)
    people = people.with_attendance().select_related("user", "cohort__programme")
    return [certificate(each, attended[each.pk]) for each in people if attended[each.pk]]


def closed_presence(people):
    return (
        Attendance.objects.present()
        .filter(
            registration__participant__in=people, half_day__workshop__status=Workshop.Status.HELD
        )
        .select_related("registration", "half_day__workshop__cohort")
    )


def certificate(person, half_days):
    days = [half_day.date for half_day in half_days]
    minutes = sum(half_day.minutes for half_day in half_days)
    languages = dict.fromkeys([FRENCH, person.user.language])
    return Certificate(
        person=person,
        workshops=len({half_day.workshop_id for half_day in half_days}),
        half_days=len(half_days),
        completed=person.attendance_percent >= person.cohort.programme.completion_percent,
        wordings=[wording(language, min(days), max(days), minutes) for language in languages],
    )


def wording(language, first, last, minutes):
    with override(language):
        hours = _("%(hours)d h %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}
        return Wording(language, direction(language), date_range(first, last), hours)


def render_certificates(certificates):
    """Return the certificates as one HTML document, each on its page."""
    with override(FRENCH):
        return render_to_string("reports/certificates.html", {"certificates": certificates})
