import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.translation import override

from cohorts.sign_in import SECOND_FACTOR, Way, has_given_second_factor, sign_in, sign_in_by_link
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_by_link(rf):
    request = rf.post("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    return request


def test_link_counts_as_second_factor(request_by_link, staff):
    sign_in_by_link(request_by_link, staff)
    assert has_given_second_factor(request_by_link)
    assert request_by_link.user == staff


def test_session_without_the_mark_has_given_none(request_by_link):
    assert not has_given_second_factor(request_by_link)
    request_by_link.session[SECOND_FACTOR] = False
    assert not has_given_second_factor(request_by_link)


@pytest.mark.parametrize(
    ("given", "way", "spoken"),
    [
        ({}, Way.CARD, "ar"),
        ({}, Way.EMAIL, "ar"),
        ({}, Way.LINK, "fr"),
        ({"language": "en"}, Way.CARD, "en"),
        ({"last_login": NOW}, Way.CARD, "fr"),
    ],
)
def test_first_sign_in_keeps_the_language_of_the_phone(request_by_link, given, way, spoken):
    person = make_user(**given)
    with override("ar"):
        sign_in(request_by_link, person, way)
    assert person.language == spoken


def test_sign_in_clears_away_sessions_that_have_ended(request_by_link, staff):
    for age in (-60, 60):
        session = SessionStore()
        session["age"] = age
        session.set_expiry(age)
        session.save()
    sign_in(request_by_link, staff, Way.EMAIL)
    ages = [each.get_decoded().get("age") for each in Session.objects.all()]
    assert [age for age in ages if age] == [60]
