import re
import time
from smtplib import SMTPException

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.core.mail.backends.locmem import EmailBackend
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from cohorts.account_adapter import AccountAdapter
from cohorts.sign_in import WAY, Way
from tests.factories import make_participant, make_user
from tests.signing_in import CODE, LOGIN, ask_for_code, code_in, sign_in_by_email, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_participant(user=make_user("Zarghuna Noori", email="zarghuna@example.org")).user


def said(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def wait(monkeypatch, seconds):
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + seconds)


def test_code_by_email_signs_in(client, person, mailoutbox):
    response = sign_in_by_email(client, person, mailoutbox)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert (signed_in(client), client.session[WAY]) == (str(person.pk), Way.EMAIL)


def test_email_is_known_however_it_is_typed(client, person, mailoutbox):
    ask_for_code(client, "  ZARGHUNA@Example.org ")
    assert code_in(mailoutbox[0])


def test_code_leads_to_where_one_wanted_to_go(client, person, mailoutbox):
    asked = client.get("/cohorts/")
    assert asked["Location"] == f"{LOGIN}?next=/cohorts/"
    response = ask_for_code(client, person.email, next="/cohorts/")
    response = client.post(response["Location"], {"code": code_in(mailoutbox[0])})
    assert response["Location"] == "/cohorts/"


def test_code_leads_to_no_other_site(client, person, mailoutbox):
    ask_for_code(client, person.email, next="https://evil.example/")
    response = client.post(CODE, {"code": code_in(mailoutbox[0]), "next": "https://evil.example/"})
    assert response["Location"] == "/"


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_code_may_be_typed_in_other_digits(client, person, mailoutbox, digits):
    ask_for_code(client, person.email)
    code = code_in(mailoutbox[0]).translate(str.maketrans("0123456789", digits))
    client.post(CODE, {"code": f" {code} "})
    assert signed_in(client) == str(person.pk)


@pytest.fixture
def languages_of_mails(monkeypatch):
    spoken = []

    def render_mail(self, *args, **kwargs):
        spoken.append(get_language())
        return DefaultAccountAdapter.render_mail(self, *args, **kwargs)

    monkeypatch.setattr(AccountAdapter, "render_mail", render_mail, raising=False)
    return spoken


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_mail_speaks_the_persons_language(client, person, languages_of_mails, language):
    person.choose_language(language)
    ask_for_code(client, person.email)
    assert languages_of_mails == [language]


def test_mail_speaks_the_language_chosen_just_before(client, person, languages_of_mails):
    client.post("/language/", {"language": "ar"})
    ask_for_code(client, person.email)
    assert languages_of_mails == ["ar"]


def test_mail_to_nobody_known_speaks_the_readers_language(client, languages_of_mails):
    client.post("/language/", {"language": "ar"})
    ask_for_code(client, "unknown@example.org")
    assert languages_of_mails == ["ar"]


def test_mail_is_plain_text(client, person, mailoutbox):
    ask_for_code(client, person.email)
    [mail] = mailoutbox
    assert (mail.content_subtype, mail.alternatives, mail.to) == ("plain", [], [person.email])
    assert mail.subject.startswith(code_in(mail))


def test_mail_has_no_escaped_letters(client, mailoutbox):
    ask_for_code(client, make_user("D'Artagnan & fils", language="en").email)
    assert "Hello D'Artagnan," in mailoutbox[0].body


def test_unknown_email_gets_the_same_answer(client, person):
    answers = []
    for email in (person.email, "unknown@example.org"):
        client.logout()
        response = ask_for_code(client, email)
        page = client.get(response["Location"]).content.decode()
        wrong = client.post(CODE, {"code": "000000"}).status_code
        clean = re.sub(r"[A-Za-z0-9]{64}", "", page.replace(email, ""))
        answers.append((response.status_code, response["Location"], clean, wrong))
    assert answers[0] == answers[1]


def test_unknown_email_gets_a_mail_without_a_code(client, mailoutbox):
    ask_for_code(client, "unknown@example.org")
    [mail] = mailoutbox
    assert mail.to == ["unknown@example.org"]
    assert not any(letter.isdigit() for letter in mail.body)


def test_closed_account_is_unknown(client, mailoutbox):
    ask_for_code(client, make_user(email="closed@example.org", is_active=False).email)
    assert "code" not in mailoutbox[0].subject


def test_account_closed_meanwhile_signs_in_no_more(client, person, mailoutbox):
    ask_for_code(client, person.email)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (response["Location"], said(response), signed_in(client)) == (LOGIN, ["error"], None)


def test_code_sent_to_an_email_that_was_changed_meanwhile_signs_nobody_in(
    client, person, mailoutbox
):
    ask_for_code(client, person.email)
    type(person).objects.filter(pk=person.pk).update(email="new@example.org")
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (response["Location"], said(response), signed_in(client)) == (LOGIN, ["error"], None)
    assert client.get(LOGIN).status_code == 200


def test_former_email_signs_nobody_in(client, person, mailoutbox):
    EmailAddress.objects.create(user=person, email="former@example.org", verified=True)
    ask_for_code(client, "former@example.org")
    assert "code" not in mailoutbox[0].subject


@pytest.mark.parametrize("email", ["", "nobody", "أ@", "x" * 400 + "@example.org", "a\0@b.org"])
def test_what_is_no_email_is_refused(client, email):
    response = ask_for_code(client, email)
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["email"])


@pytest.mark.parametrize("code", ["000000", "", "abc", "٠", "🌻", "1" * 50])
def test_wrong_code_says_so(client, person, code):
    ask_for_code(client, person.email)
    response = client.post(CODE, {"code": code})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["code"])
    assert signed_in(client) is None


def test_third_wrong_code_spoils_the_right_one(client, person, mailoutbox):
    ask_for_code(client, person.email)
    for _try in range(3):
        response = client.post(CODE, {"code": "000000"})
    assert (response["Location"], said(response)) == (LOGIN, ["error"])
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert signed_in(client) is None


def test_code_is_good_for_fifteen_minutes(client, person, mailoutbox, monkeypatch):
    ask_for_code(client, person.email)
    wait(monkeypatch, 890)
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert signed_in(client) == str(person.pk)


def test_expired_code_says_so(client, person, mailoutbox, monkeypatch):
    ask_for_code(client, person.email)
    wait(monkeypatch, 910)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (response["Location"], said(response), signed_in(client)) == (LOGIN, ["error"], None)


def test_used_code_is_good_once(client, person, mailoutbox):
    sign_in_by_email(client, person, mailoutbox)
    client.post("/accounts/logout/")
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (response["Location"], said(response), signed_in(client)) == (LOGIN, ["error"], None)


def test_code_sent_twice_by_a_double_click_is_one_sign_in(client, person, mailoutbox):
    sign_in_by_email(client, person, mailoutbox)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (response["Location"], signed_in(client)) == ("/", str(person.pk))


def test_code_of_another_browser_is_wrong(client, person, mailoutbox):
    ask_for_code(client, person.email)
    first = code_in(mailoutbox[0])
    client.logout()
    ask_for_code(client, make_user().email)
    assert client.post(CODE, {"code": first}).status_code == 200
    assert signed_in(client) is None


def test_code_stays_good_when_one_comes_back_to_the_first_page(client, person, mailoutbox):
    ask_for_code(client, person.email)
    assert client.get(LOGIN)["Location"] == CODE
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert signed_in(client) == str(person.pk)


def test_one_can_start_again_with_another_email(client, person):
    ask_for_code(client, "mistyped@example.org")
    assert client.get(f"{LOGIN}?again=1").status_code == 200


def test_asking_for_codes_is_limited_per_email(client, person):
    answers = [ask_for_code(client, person.email).status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]


def test_thirty_phones_at_one_address_all_get_a_code(client, mailoutbox):
    for _phone in range(30):
        client.logout()
        assert ask_for_code(client, make_user().email).status_code == 302
    assert len(mailoutbox) == 30


@pytest.mark.parametrize("email", ["zarghuna@example.org", "unknown@example.org"])
@pytest.mark.parametrize("error", [SMTPException, ConnectionRefusedError, TimeoutError])
def test_mail_server_that_is_down_is_said(client, person, monkeypatch, error, email):
    def fail(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    response = ask_for_code(client, email)
    assert response.status_code == 503
    assert list(response.context["form"].errors) == ["__all__"]


def test_sign_out_needs_a_post(client, person):
    client.force_login(person)
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client) == str(person.pk)
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert signed_in(client) is None
    assert client.post("/accounts/logout/")["Location"] == LOGIN


def test_signing_out_everywhere_reaches_other_devices(client, person, django_user_model):
    other = type(client)()
    client.force_login(person)
    other.force_login(person)
    assert client.post("/accounts/logout/everywhere/")["Location"] == LOGIN
    assert other.get("/cohorts/").status_code == 302


UNWANTED = (
    "signup", "email", "change_password", "set_password", "reset_password", "reauthenticate",
    "inactive", "email_verification_sent",
)  # fmt: skip
UNWANTED_PATHS = ("signup/", "email/", "password/change/", "password/reset/", "reauthenticate/", "")


@pytest.mark.parametrize("name", UNWANTED)
def test_pages_about_passwords_and_signing_up_have_no_name(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"account_{name}")


@pytest.mark.parametrize("path", UNWANTED_PATHS)
def test_pages_about_passwords_and_signing_up_are_not_there(client, person, path):
    assert client.get(f"/accounts/{path}").status_code == 404
    client.force_login(person)
    assert client.get(f"/accounts/{path}").status_code == 404


def test_password_signs_nobody_in(client, person):
    person.set_password("secret")
    person.save()
    client.post(LOGIN, {"email": person.email, "login": person.email, "password": "secret"})
    assert signed_in(client) is None


PUBLIC = {LOGIN: 200, CODE: 302, "/accounts/second-step/": 302, "/accounts/logout/": 302}


@pytest.mark.parametrize(("path", "status"), PUBLIC.items())
def test_pages_to_sign_in_answer_anybody(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response.headers.get("Location", LOGIN) == LOGIN


@pytest.mark.parametrize(
    "path",
    ["security/", "second-step/again/", "second-step/set-up/", "second-step/other-phone/",
     "recovery-codes/", "recovery-codes/new/", "recovery-codes/file/", "logout/everywhere/"],
)  # fmt: skip
def test_pages_about_ones_account_ask_to_sign_in(client, path):
    response = client.get(f"/accounts/{path}")
    assert response["Location"] == f"{LOGIN}?next=/accounts/{path}"
