import pytest

from tests.factories import make_cohort, make_user
from workshops.models import CalendarFeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed():
    return CalendarFeed.objects.renew(make_user())


def test_feed_is_found_by_its_token(feed):
    assert CalendarFeed.objects.with_token(feed.token) == feed


@pytest.mark.parametrize("change", [str.swapcase, lambda token: token[:-1], lambda token: ""])
def test_feed_is_found_by_no_other_token(feed, change):
    assert CalendarFeed.objects.with_token(change(feed.token)) is None


def test_what_is_stored_opens_no_feed(feed, settings):
    assert CalendarFeed.objects.with_token(feed.seed) is None
    token, settings.CARD_PEPPER = feed.token, "another"
    assert CalendarFeed.objects.with_token(token) is None


def test_renewing_ends_the_address_before(feed):
    new = CalendarFeed.objects.renew(feed.user)
    assert (new.pk, CalendarFeed.objects.with_token(feed.token)) == (feed.pk, None)
    assert CalendarFeed.objects.with_token(new.token) == feed


def test_person_has_one_feed_of_their_own_and_one_for_each_cohort(feed):
    cohorts = [make_cohort(), make_cohort()]
    for cohort in [*cohorts, *cohorts, None]:
        CalendarFeed.objects.renew(feed.user, cohort)
    assert feed.user.calendar_feeds.count() == 3


def test_feed_has_an_address_for_programs_and_one_for_a_tap(feed, settings):
    settings.SITE_URL = "https://embrace.example"
    assert feed.address == f"https://embrace.example/calendar/{feed.token}.ics"
    assert feed.subscribe_address == f"webcal://embrace.example/calendar/{feed.token}.ics"
