import re
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator

from cohorts.sign_in import SECOND_FACTOR
from tests.factories import make_participant, make_user
from tests.signing_in import (
    LOGIN,
    SECOND_STEP,
    SECRET,
    code_of_app,
    set_up_second_factor,
    sign_in,
    sign_in_by_email,
    signed_in,
)

pytestmark = pytest.mark.django_db
SET_UP, AGAIN = f"{SECOND_STEP}set-up/", f"{SECOND_STEP}again/"
CODES, SECURITY = "/accounts/recovery-codes/", "/accounts/security/"


@pytest.fixture
def by_email(client, staff, mailoutbox):
    """Staff who have typed the code from their e-mail, and no more."""

    def by_email():
        return sign_in_by_email(client, staff, mailoutbox)

    return by_email


@pytest.fixture
def prepared(staff):
    set_up_second_factor(staff)
    return staff


def secret_on(page):
    return re.search(r'<code dir="ltr">(\w+)</code>', page.content.decode())[1]


def set_up(client):
    secret = secret_on(client.get(SET_UP))
    return client.post(SET_UP, {"code": code_of_app(secret)})


def recovery_codes(client):
    return re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())


def test_second_step_is_asked_before_anybody_is_signed_in(client, by_email, prepared):
    assert by_email()["Location"] == SECOND_STEP
    assert signed_in(client) is None


def test_second_step_signs_in(client, by_email, prepared):
    by_email()
    assert client.post(SECOND_STEP, {"code": code_of_app()})["Location"] == "/"
    assert (signed_in(client), client.session[SECOND_FACTOR]) == (str(prepared.pk), True)
    assert client.get("/cohorts/").status_code == 200


def test_second_step_takes_other_digits(client, by_email, prepared):
    by_email()
    code = code_of_app().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post(SECOND_STEP, {"code": code}).status_code == 302


@pytest.mark.parametrize("code", ["000000", "", "abc", "🌻"])
def test_wrong_second_step_says_so(client, by_email, prepared, code):
    by_email()
    response = client.post(SECOND_STEP, {"code": code})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["code"])
    assert signed_in(client) is None


def test_guessing_the_second_step_is_limited(client, by_email, prepared):
    by_email()
    for _guess in range(5):
        client.post(SECOND_STEP, {"code": "000000"})
    assert client.post(SECOND_STEP, {"code": code_of_app()}).status_code == 200
    assert signed_in(client) is None


def test_second_step_too_late_leads_back_to_the_start(client, prepared):
    assert client.post(SECOND_STEP, {"code": code_of_app()})["Location"] == LOGIN


def test_code_of_the_app_is_good_once(client, by_email, prepared):
    by_email()
    code = code_of_app()
    client.post(SECOND_STEP, {"code": code})
    client.post("/accounts/logout/")
    by_email()
    assert client.post(SECOND_STEP, {"code": code}).status_code == 200
    assert signed_in(client) is None


def test_staff_without_second_step_set_it_up_first(client, by_email, staff):
    by_email()
    assert client.get("/cohorts/")["Location"] == SET_UP
    assert set_up(client)["Location"] == CODES
    assert client.get("/cohorts/").status_code == 200
    assert len(recovery_codes(client)) == 10


def test_set_up_refuses_a_wrong_code_and_shows_a_new_square(client, by_email):
    by_email()
    first = secret_on(client.get(SET_UP))
    response = client.post(SET_UP, {"code": "000000"})
    assert list(response.context["form"].errors) == ["code"]
    assert secret_on(response) == first
    assert not Authenticator.objects.exists()


def test_set_up_page_has_no_inline_style(client, by_email):
    by_email()
    page = client.get(SET_UP).content.decode()
    assert ("<svg" in page, "style=" in page) == (True, False)


def test_recovery_code_is_good_once(client, by_email):
    by_email()
    set_up(client)
    [code, *_others] = recovery_codes(client)
    answers = []
    for _time in range(2):
        client.post("/accounts/logout/")
        by_email()
        client.post(SECOND_STEP, {"code": code})
        answers.append(bool(signed_in(client)))
    assert answers == [True, False]


def test_recovery_codes_are_a_file_too(client, by_email):
    by_email()
    set_up(client)
    response = client.get(f"{CODES}file/")
    assert response["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert re.findall(r"^\d{8}$", response.content.decode(), re.MULTILINE) == recovery_codes(client)
    assert "no-store" in response["Cache-Control"]


def test_new_recovery_codes_take_the_place_of_the_old(client, by_email):
    by_email()
    set_up(client)
    before = recovery_codes(client)
    client.post(f"{CODES}new/")
    assert not set(before) & set(recovery_codes(client))


def test_recovery_codes_are_not_shown_without_the_second_step_again(client, prepared):
    sign_in(client, prepared)
    client.post(f"{CODES}new/")
    assert client.get(f"{CODES}new/")["Location"] == f"{AGAIN}?next={quote(CODES, safe='')}new%2F"


def test_another_phone_takes_the_place_of_the_old(client, by_email, staff):
    by_email()
    set_up(client)
    assert client.post(f"{SECOND_STEP}other-phone/")["Location"] == SECURITY
    assert client.get(SECURITY)["Location"] == SET_UP
    set_up(client)
    assert client.get("/cohorts/").status_code == 200
    assert Authenticator.objects.filter(user=staff, type="totp").count() == 1


def test_session_of_before_is_asked_for_the_second_step(client, staff):
    client.force_login(staff)
    set_up_second_factor(staff)
    assert client.get("/cohorts/?a=b")["Location"] == f"{AGAIN}?next=%2Fcohorts%2F%3Fa%3Db"
    response = client.post(AGAIN, {"code": code_of_app(), "next": "/cohorts/"})
    assert response["Location"] == "/cohorts/"
    assert client.get("/cohorts/").status_code == 200


def test_those_who_only_take_part_may_have_a_second_step(client, mailoutbox):
    person = make_participant().user
    sign_in_by_email(client, person, mailoutbox)
    set_up(client)
    client.post("/accounts/logout/")
    assert sign_in_by_email(client, person, mailoutbox)["Location"] == SECOND_STEP


def test_no_second_step_without_email(client):
    client.force_login(make_participant(user=make_user(email=None)).user)
    assert client.get(SECURITY).status_code == 200
    assert client.get(SET_UP).status_code == 403


def test_secret_is_a_key_that_apps_read():
    assert re.fullmatch("[A-Z2-7]+", SECRET)


@pytest.mark.parametrize(("who", "offered"), [("newcomer", False), ("coordinator", True)])
def test_second_step_is_offered_to_whoever_has_a_role(request, sign_in, who, offered):
    page = sign_in(request.getfixturevalue(who)).get(SECURITY)
    assert (SET_UP in page.content.decode()) == offered
