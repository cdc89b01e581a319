import re
import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings

from cohorts.sign_in import SECOND_FACTOR

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, CODE = "/accounts/login/", "/accounts/login/code/"
SECOND_STEP = "/accounts/second-step/"


def sign_in(client, user):
    """Sign somebody in as if the second factor had been given, and the cookie's language chosen."""
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    if cookie := client.cookies.get(settings.LANGUAGE_COOKIE_NAME):
        user.choose_language(cookie.value)


def ask_for_code(client, email, **more):
    return client.post(f"{LOGIN}?again=1", {"email": email, **more})


def code_in(mail):
    return re.search(r"^\d{6}$", mail.body, re.MULTILINE)[0]


def sign_in_by_email(client, user, mailoutbox):
    """Go the whole way that a person goes, up to the second step where there is one."""
    ask_for_code(client, user.email)
    return client.post(CODE, {"code": code_in(mailoutbox[-1])})


def set_up_second_factor(user):
    TOTP.activate(user, SECRET)


def code_of_app(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signed_in(client):
    return client.session.get("_auth_user_id")
