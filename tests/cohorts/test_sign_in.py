import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore

from cohorts.sign_in import SECOND_FACTOR, has_given_second_factor, sign_in_by_link

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
