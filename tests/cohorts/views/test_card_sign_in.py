import logging

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from cohorts.models import Card, Participant, Track
from cohorts.sign_in import WAY, Way
from tests.factories import NOW, make_coordinator, make_organisation, make_participant, make_staff

pytestmark = pytest.mark.django_db
TYPED = "/card/"


@pytest.fixture
def person():
    return make_participant(name="Zarghuna Noori", track=Track.NEWCOMERS)


@pytest.fixture
def secrets(person):
    return issue(person)


def issue(person):
    return Card.objects.issue(Participant.objects.filter(pk=person.pk), by=None, at=NOW)[0]


def type_code(client, code, **more):
    return client.post(TYPED, {"card-code": code, **more})


def scan(client, secrets, method="get"):
    return getattr(client, method)(reverse("cohorts:card_scan", args=[secrets.token]))


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_typed_code_signs_in(client, person, secrets):
    response = type_code(client, secrets.code)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client) == str(person.user.pk)
    assert client.session[WAY] == Way.CARD


def test_typed_code_leads_to_where_one_wanted_to_go(client, secrets):
    response = type_code(client, secrets.code, **{"card-next": "/cohorts/"})
    assert response["Location"] == "/cohorts/"


def test_typed_code_leads_to_no_other_site(client, secrets):
    response = type_code(client, secrets.code, **{"card-next": "https://evil.example/"})
    assert response["Location"] == "/"


@pytest.mark.parametrize("code", ["ABCD2345", "كود خطأ", "🌻", "x" * 40, "\0", ""])
def test_wrong_code_says_so_and_signs_nobody_in(client, secrets, code):
    response = type_code(client, code)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["code"]
    assert signed_in(client) is None


def test_scan_shows_a_page_that_signs_nobody_in(client, secrets):
    page = scan(client, secrets)
    assert (page.status_code, signed_in(client)) == (200, None)
    assert ("Zarghuna" in page.content.decode(), "Noori" in page.content.decode()) == (True, False)


def test_scan_signs_in_once_confirmed(client, person, secrets):
    assert scan(client, secrets, "post")["Location"] == "/"
    assert signed_in(client) == str(person.user.pk)


def test_scan_confirmed_twice_is_one_sign_in(client, person, secrets):
    scan(client, secrets, "post")
    assert scan(client, secrets, "post").status_code == 302
    assert signed_in(client) == str(person.user.pk)


def test_scan_gives_a_new_session(client, secrets):
    client.post("/language/", {"language": "ar"})
    before = client.session.session_key
    scan(client, secrets, "post")
    assert client.session.session_key != before


def test_scan_takes_the_place_of_whoever_is_signed_in(client, secrets, person):
    client.force_login(make_participant(name="Other Person").user)
    assert "Other" in scan(client, secrets).content.decode()
    scan(client, secrets, "post")
    assert signed_in(client) == str(person.user.pk)


@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_token_answers_404(client, method):
    response = getattr(client, method)("/card/abcdefghijklmnopqrstuv/")
    assert (response.status_code, signed_in(client)) == (404, None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_revoked_card_says_so(client, secrets, person, method):
    person.cards.revoke(at=NOW)
    response = scan(client, secrets, method)
    assert (response.status_code, signed_in(client)) == (410, None)
    assert response.context["reason"].startswith("Cette carte n’est plus valable") or (
        "no longer good" in response.context["reason"]
    )
    assert "Zarghuna" not in response.content.decode()


def withdrawn(person):
    person.withdraw(on=NOW.date())


def closed(person):
    type(person.user).objects.filter(pk=person.user.pk).update(is_active=False)


def made_staff(person):
    make_staff(person.cohort, person.user)


def made_coordinator(person):
    make_coordinator(person.cohort, make_organisation(person.cohort.programme), person.user)


def made_admin(person):
    type(person.user).objects.filter(pk=person.user.pk).update(is_admin=True)


def given_second_factor(person):
    TOTP.activate(person.user, "JBSWY3DPEHPK3PXP")


CHANGES = [withdrawn, closed, made_staff, made_coordinator, made_admin, given_second_factor]


@pytest.mark.parametrize("change", CHANGES)
def test_card_signs_in_those_who_only_take_part(client, person, secrets, change):
    change(person)
    assert scan(client, secrets).status_code == 403
    assert scan(client, secrets, "post").status_code == 403
    assert type_code(client, secrets.code).status_code == 200
    assert signed_in(client) is None


def test_card_of_somebody_who_completed_still_opens(client, person, secrets):
    person.complete(on=NOW.date())
    assert scan(client, secrets, "post").status_code == 302


def test_guessing_is_limited_per_address_and_so_is_the_right_code_then(client, secrets):
    for _guess in range(30):
        assert type_code(client, "ABCD2345").status_code == 200
    assert type_code(client, secrets.code).status_code == 429
    assert signed_in(client) is None
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    assert client.post(TYPED, {"card-code": secrets.code}, **elsewhere).status_code == 302


def test_guessing_is_limited_over_all_addresses(client, secrets, settings):
    settings.ACCOUNT_RATE_LIMITS = {"wrong_card": "30/10m/ip,3/h/key"}
    for last in range(3):
        client.post(TYPED, {"card-code": "ABCD2345"}, REMOTE_ADDR=f"10.0.0.{last}")
    assert type_code(client, secrets.code).status_code == 429


def test_thirty_phones_at_one_address_all_come_in(client, person):
    people = [make_participant(person.cohort) for _number in range(30)]
    for each in people:
        secrets = issue(each)
        client.logout()
        assert type_code(client, secrets.code).status_code == 302


def test_scanning_goes_on_while_typing_is_limited(client, secrets):
    for _guess in range(31):
        type_code(client, "ABCD2345")
    assert scan(client, secrets, "post").status_code == 302


def test_token_leaks_neither_by_referrer_nor_cache(client, secrets):
    for method in ("get", "post"):
        response = scan(client, secrets, method)
        assert response["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response["Cache-Control"]


def test_token_is_not_logged(client, secrets, caplog, person):
    person.cards.revoke(at=NOW)
    client.handler.enforce_csrf_checks = True
    with caplog.at_level(logging.DEBUG):
        scan(client, secrets), scan(client, secrets, "post")
    assert "/card/…" in caplog.text
    assert secrets.token not in caplog.text + str([record.args for record in caplog.records])


def test_form_open_for_too_long_says_how_to_go_on(client, secrets):
    client.handler.enforce_csrf_checks = True
    response = type_code(client, secrets.code)
    assert response.status_code == 403
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "shown"), [("Z", "Z"), ("أحمد 🌻 الأحمد", "أحمد"), ("Ê" * 200, "Ê" * 200)]
)
def test_scan_shows_any_name(client, name, shown):
    page = scan(client, issue(make_participant(name=name))).content.decode()
    assert f"<bdi>{shown}</bdi>" in page
