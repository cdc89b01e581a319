"""The one door through which somebody is signed in, by whatever way they came."""

from django.conf import settings
from django.contrib.auth import login
from django.db import models
from django.utils.translation import get_language

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

# What a session remembers.
SECOND_FACTOR = "second_factor"
WAY = "signed_in_by"
CHOSEN_LANGUAGE = "chosen_language"


class Way(models.TextChoices):
    """How somebody proved who they are."""

    EMAIL = "email"
    CARD = "card"
    LINK = "link"


def sign_in(request, user, way, *, second_factor=False):
    """Sign the user in, with a new session key; a language chosen just before becomes theirs."""
    # Before `login`, which empties a session that somebody else left here.
    chosen = request.session.pop(CHOSEN_LANGUAGE, None) or language_met_first(user, way)
    login(request, user, backend=BACKEND)
    request.session[WAY] = way
    request.session[SECOND_FACTOR] = second_factor
    if chosen:
        user.choose_language(chosen)
    # Nothing runs by night here, and a session that has ended may hold an e-mail that was typed.
    request.session.clear_expired()


def language_met_first(user, way):
    """At their first sign-in, whoever was given no language goes on in that of their phone."""
    is_given = user.last_login or user.language != settings.LANGUAGE_CODE
    return None if is_given or way == Way.LINK else get_language()


def sign_in_by_link(request, user):
    """A one-time link of the demo counts as second factor: there is nobody's phone to ask."""
    sign_in(request, user, Way.LINK, second_factor=True)


def has_given_second_factor(request):
    return bool(request.session.get(SECOND_FACTOR))
