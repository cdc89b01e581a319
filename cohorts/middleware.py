from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cohorts.permissions import has_authenticator, has_role, needs_second_factor
from cohorts.sign_in import WAY, Way, has_given_second_factor


class CohortTimeMiddleware:
    """Let no request inherit the time zone that another one on this thread switched to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(timezone.get_default_timezone()):
            return self.get_response(request)


class PersonalLanguageMiddleware:
    """Speak the language of whoever is signed in; the cookie keeps it for after they have left."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if request.user.is_authenticated:
            keep_language(request, response)
        return response


def keep_language(request, response):
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != request.user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


class SecondFactorMiddleware:
    """Staff and platform admins go nowhere before the session has seen their second factor."""

    OPEN = {"account_logout", "set_language", "mfa_activate_totp", "mfa_reauthenticate"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    # Not in __call__: only here is it known which page is asked for.
    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or has_given_second_factor(request):
            return None
        if request.session.get(WAY) == Way.CARD:
            return leave_card(request) if has_role(user) else None
        if not needs_second_factor(user):
            return None
        # Without these nobody could set the second step up, or leave.
        if request.resolver_match.view_name in self.OPEN:
            return None
        return ask_for_second_factor(request)


def leave_card(request):
    """A card that somebody else printed opens no role that its holder was given since."""
    logout(request)
    messages.info(request, _("You are part of a team now: please sign in with your e-mail."))
    return redirect("account_login")


def ask_for_second_factor(request):
    if not has_authenticator(request.user):
        return redirect("mfa_activate_totp")
    there = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': there})}")
