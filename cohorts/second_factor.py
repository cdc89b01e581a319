"""The authenticator app of staff, as allauth keeps it, shown in our way."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from cohorts.qr import qr_svg
from cohorts.sign_in import SECOND_FACTOR


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is not right. The app shows a new one every 30 seconds: type the newest."
        ),
    }

    def build_totp_svg(self, url):
        return qr_svg(url)


def forget(users):
    """Let these people set up the second step anew, and sign them out wherever it was given."""
    Authenticator.objects.filter(user__in=users).delete()
    users.end_sessions()


def mark_given(request):
    """The session has just seen the second factor; for some minutes it is not asked again."""
    request.session[SECOND_FACTOR] = True
    record_authentication(request, request.user, method="mfa", reauthenticated=True)


def mark_missing(request):
    request.session[SECOND_FACTOR] = False
