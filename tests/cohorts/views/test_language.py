import pytest
from django.conf import settings

from tests.factories import make_participant, make_user
from tests.signing_in import LOGIN, sign_in_by_email

pytestmark = pytest.mark.django_db
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture
def person():
    return make_participant(user=make_user(language="ar")).user


def language_of(client, path=LOGIN, **more):
    return client.get(path, **more)["Content-Language"]


def choose(client, language, there=LOGIN):
    return client.post("/language/", {"language": language, "next": there})


@pytest.mark.parametrize(
    ("browser", "language"),
    [("", "fr"), ("de", "fr"), ("ps,fa;q=0.5", "fr"), ("en-GB,fr;q=0.5", "en"), ("ar-SY", "ar")],
)
def test_language_is_the_browsers_or_else_french(client, browser, language):
    assert language_of(client, HTTP_ACCEPT_LANGUAGE=browser) == language


def test_chosen_language_goes_before_the_browsers(client):
    assert choose(client, "ar")["Location"] == LOGIN
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="en") == "ar"


@pytest.mark.parametrize("language", ["de", "xx", "", "../fr", "fr\0"])
def test_language_that_is_not_offered_changes_nothing(client, person, language):
    client.force_login(person)
    choose(client, language)
    person.refresh_from_db()
    assert person.language == "ar"


def test_language_leads_to_no_other_site(client):
    assert choose(client, "ar", "https://evil.example/")["Location"] == "/"


def test_persons_language_comes_with_them(client, person, mailoutbox):
    sign_in_by_email(client, person, mailoutbox)
    assert language_of(client, "/cohorts/") == "ar"
    assert client.cookies[COOKIE].value == "ar"


def test_language_stays_after_signing_out(client, person, mailoutbox):
    sign_in_by_email(client, person, mailoutbox)
    client.post("/accounts/logout/")
    assert language_of(client) == "ar"


def test_language_chosen_before_signing_in_becomes_the_persons(client, person, mailoutbox):
    choose(client, "en")
    sign_in_by_email(client, person, mailoutbox)
    person.refresh_from_db()
    assert (person.language, language_of(client, "/cohorts/")) == ("en", "en")


def test_cookie_of_whoever_was_here_before_does_not(client, person, mailoutbox):
    client.cookies[COOKIE] = "en"
    sign_in_by_email(client, person, mailoutbox)
    assert language_of(client, "/cohorts/") == "ar"


def test_language_chosen_while_signed_in_is_kept_with_the_account(client, person):
    client.force_login(person)
    choose(client, "fr")
    person.refresh_from_db()
    assert (person.language, language_of(client, "/cohorts/")) == ("fr", "fr")
