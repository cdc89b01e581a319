from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from embrace.erasure import erase
from tests.factories import NOW, make_facilitator, make_user, make_workshop
from workshops import allocation
from workshops.models import CalendarFeed

pytestmark = pytest.mark.django_db


def titles(response):
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).events]


@pytest.fixture
def read(client):
    """What a calendar program is given, which never signs in."""

    def read(feed):
        return client.get(reverse("workshops:feed_file", args=[feed.token]))

    return read


@pytest.fixture
def feed(newcomer):
    return CalendarFeed.objects.renew(newcomer)


@pytest.fixture
def staff_feed(staff, cohort):
    return CalendarFeed.objects.renew(staff, cohort)


def test_workshop_is_downloaded_for_ones_calendar(sign_in, newcomer, cohort):
    coming = make_workshop(cohort, timezone.now() + timedelta(days=1), title={"fr": "Écouter"})
    visitor = sign_in(newcomer)
    address = reverse("workshops:calendar_file", args=[cohort.slug, coming.pk])
    page = visitor.get(coming.get_absolute_url()).content.decode()
    response = visitor.get(address)
    assert (address in page, titles(response)) == (True, ["Écouter"])
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_workshop_over_cancelled_or_declined_is_not_offered(sign_in, newcomer, cohort, workshop):
    tomorrow = timezone.now() + timedelta(days=1)
    declined = make_workshop(cohort, tomorrow)
    person = newcomer.participations.get()
    allocation.say_cannot_come(declined, person, by=newcomer, at=timezone.now())
    visitor = sign_in(newcomer)
    for each in (workshop, make_workshop(cohort, tomorrow, status="cancelled"), declined):
        assert "calendar.ics" not in visitor.get(each.get_absolute_url()).content.decode()


def test_file_tells_whoever_waits_so(sign_in, newcomer, cohort):
    full = make_workshop(cohort, timezone.now() + timedelta(days=1), capacity=0)
    allocation.ask(full, newcomer.participations.get(), by=newcomer, at=timezone.now())
    address = reverse("workshops:calendar_file", args=[cohort.slug, full.pk])
    [event] = Calendar.from_ical(sign_in(newcomer).get(address).content).events
    assert event["status"] == "TENTATIVE"


@pytest.mark.parametrize("role", ["newcomer", "coordinator", "facilitator"])
def test_own_address_is_made_shown_again_and_renewed(sign_in, request, role, client):
    visitor = sign_in(request.getfixturevalue(role))
    here = reverse("workshops:feed")
    assert "Make my address" in visitor.get(here).content.decode()
    visitor.post(here)
    first = CalendarFeed.objects.get()
    assert first.address in visitor.get(here).content.decode()
    visitor.post(here)
    second = CalendarFeed.objects.get()
    assert (second.address in visitor.get(here).content.decode(), first.token) != (
        True,
        second.token,
    )


def test_staff_follow_a_cohort_by_an_address_of_its_own(sign_in, staff, cohort, workshop, read):
    here = reverse("workshops:cohort_feed", args=[cohort.slug])
    sign_in(staff).post(here)
    feed = CalendarFeed.objects.get()
    assert (feed.cohort, titles(read(feed))) == (cohort, ["Listening workshop"])


def test_feed_is_read_without_signing_in_and_kept_by_nobody(read, feed, workshop):
    feed.user.choose_language("en")
    response = read(feed)
    assert (response.status_code, titles(response)) == (200, ["Listening workshop"])
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Referrer-Policy"] == "no-referrer"


def test_feed_speaks_its_owners_language_whoever_reads_it(read, feed, workshop, sign_in, staff):
    feed.user.choose_language("ar")
    sign_in(staff)
    assert titles(read(feed)) == ["ورشة استماع"]


def test_feed_takes_no_post(client, feed):
    assert client.post(reverse("workshops:feed_file", args=[feed.token])).status_code == 405


def test_feed_of_a_closed_account_is_not_there(read, feed):
    feed.user.is_active = False
    feed.user.save()
    assert read(feed).status_code == 404


def test_feed_of_somebody_who_left_shows_nothing(read, feed, workshop):
    feed.user.participations.get().withdraw(on=NOW.date())
    assert titles(read(feed)) == []


def test_feed_of_an_erased_person_is_gone(read, feed, staff):
    erase(feed.user.participations.get(), by=staff, at=NOW)
    assert (read(feed).status_code, CalendarFeed.objects.exists()) == (404, False)


def test_feed_of_a_cohort_ends_with_the_role(read, staff_feed):
    assert read(staff_feed).status_code == 200
    staff_feed.user.appointments.all().delete()
    assert read(staff_feed).status_code == 404


def test_feed_of_a_cohort_is_made_by_its_staff_alone(sign_in, outsider, facilitator, cohort):
    here = reverse("workshops:cohort_feed", args=[cohort.slug])
    given = [sign_in(user).post(here).status_code for user in (outsider, facilitator)]
    assert (given, CalendarFeed.objects.exists()) == ([404, 403], False)


def test_page_shows_staff_their_cohorts_and_no_calendar_of_their_own(sign_in, staff, cohort):
    page = sign_in(staff).get(reverse("workshops:feed")).content.decode()
    link = reverse("workshops:cohort_feed", args=[cohort.slug])
    assert (link in page, "Make my address" in page) == (True, False)


def test_page_shows_staff_who_facilitate_both(sign_in, staff, workshop):
    make_facilitator(workshop, staff)
    page = sign_in(staff).get(reverse("workshops:feed")).content.decode()
    assert ("Cohorts that you manage" in page, "Make my address" in page) == (True, True)


def test_address_says_nothing_of_the_person():
    feed = CalendarFeed.objects.renew(make_user("Zarghuna Planted"))
    assert feed.address.split("/calendar/")[1] == f"{feed.token}.ics"
