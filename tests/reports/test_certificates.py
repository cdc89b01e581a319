from datetime import UTC, date, datetime

import page
import pytest
from django.urls import reverse

from reports.certificates import certificates_of, render_certificates
from reports.pdf import render_pdf
from tests.factories import (
    NOW,
    make_attendance,
    make_cohort,
    make_participant,
    make_user,
    make_workshop,
)
from workshops.models import HalfDay, Workshop

pytestmark = pytest.mark.django_db
MORNING, AFTERNOON = HalfDay.Part.MORNING, HalfDay.Part.AFTERNOON


def make_certified(cohort, person=None, state="present", **more):
    """Somebody who was at one workshop that is held."""
    person = person or make_participant(cohort)
    workshop = make_workshop(cohort, **more)
    for half_day in workshop.half_days.all():
        make_attendance(workshop, person, half_day, state)
    workshop.move_to(Workshop.Status.HELD)
    return person


def everybody(cohort):
    return certificates_of(cohort.participants.all())


def test_certificate_counts_what_was_attended():
    cohort = make_cohort()
    person = make_certified(cohort, hours=6)
    make_certified(cohort, person, starts_at=NOW.replace(day=10))
    found = everybody(cohort)[0]
    assert (found.person, found.workshops, found.half_days) == (person, 2, 4)
    assert [wording.hours for wording in found.wordings] == ["9 h 00"]


@pytest.mark.parametrize("state", ["absent", "excused"])
def test_certificate_is_made_for_nobody_who_was_not_there(state):
    cohort = make_cohort()
    make_certified(cohort, state=state)
    assert everybody(cohort) == []


def test_certificate_waits_until_attendance_is_closed():
    cohort = make_cohort()
    make_attendance(make_workshop(cohort))
    assert everybody(cohort) == []


@pytest.mark.parametrize(("missed", "completed"), [(0, True), (1, False)])
def test_certificate_says_whether_the_share_was_reached(missed, completed):
    cohort = make_cohort()
    person = make_certified(cohort)
    for _each in range(missed):
        make_certified(cohort, person, state="absent")
    assert everybody(cohort)[0].completed == completed


def test_certificate_stands_in_french_and_in_the_persons_language():
    cohort = make_cohort()
    make_certified(cohort, make_participant(cohort, user=make_user("ليلى", language="ar")))
    found = everybody(cohort)
    assert [wording.language for wording in found[0].wordings] == ["fr", "ar"]
    html = render_certificates(found)
    assert ("Attestation de participation" in html, "شهادة مشاركة" in html) == (True, True)


def test_certificate_tells_nothing_else():
    cohort = make_cohort()
    user = make_user("Amina", phone="+33639980177", email="amina@example.org")
    make_certified(cohort, make_participant(cohort, user=user, languages=["fa"], function="Clerk"))
    html = render_certificates(everybody(cohort))
    secrets = ["amina@example.org", "39 98 01 77", "Clerk", "nouveaux", "nouvelles", "persan"]
    assert [secret for secret in secrets if secret in html] == []


def test_certificates_ask_as_often_for_many(django_assert_num_queries):
    cohort = make_cohort()
    for _each in range(5):
        make_certified(cohort)
    with django_assert_num_queries(2):
        render_certificates(everybody(cohort))


@pytest.mark.pdf
def test_certificates_are_an_accessible_pdf_of_a_page_each():
    cohort = make_cohort()
    for name, language in (("ليلى", "ar"), ("Ana " + "long " * 30, "en"), ("Bruno", "fr")):
        make_certified(cohort, make_participant(cohort, user=make_user(name, language=language)))
    pdf = render_pdf(render_certificates(everybody(cohort)))
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []


def test_nothing_to_certify_is_said(sign_in, staff, cohort):
    client = sign_in(staff)
    response = client.get(reverse("reports:certificates", args=[cohort.slug]), follow=True)
    assert "Rien à attester" in response.content.decode()


@pytest.mark.parametrize(
    ("start", "end", "part", "minutes"),
    [
        ((3, 7), (3, 15), MORNING, 240),
        ((3, 7), (3, 15), AFTERNOON, 240),
        ((3, 7), (5, 15), AFTERNOON, 240),
        ((3, 16), (4, 1), AFTERNOON, 360),
        ((3, 12), (3, 15), MORNING, 0),
    ],
)
def test_half_day_lasts_as_long_as_the_workshop_does_in_it(start, end, part, minutes):
    starts_at, ends_at = (datetime(2022, 10, day, hour, tzinfo=UTC) for day, hour in (start, end))
    workshop = make_workshop(starts_at=starts_at)
    workshop.ends_at = ends_at
    assert HalfDay(workshop=workshop, date=date(2022, 10, 3), part=part).minutes == minutes
