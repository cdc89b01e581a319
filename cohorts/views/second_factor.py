"""Setting up and giving the second factor. The steps are allauth's; words and pages are ours."""

from functools import wraps

from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cohorts.models import Card
from cohorts.permissions import needs_second_factor
from cohorts.second_factor import mark_given, mark_missing
from cohorts.sign_in import SECOND_FACTOR
from cohorts.views.sign_in import at_stage


class Security(IndexView):
    template_name = "mfa/security.html"

    def get_context_data(self, **more):
        user = self.request.user
        own_cards = Card.objects.in_force().filter(participant__user=user)
        return super().get_context_data(**more) | {
            "has_card": own_cards.exists(),
            "must_have_second_factor": needs_second_factor(user),
            "is_offered_second_factor": user.email and user.appointments.exists(),
        }


class Activate(ActivateTOTPView):
    def form_valid(self, form):
        response = super().form_valid(form)
        # Whoever has just typed the app's code need not type it again.
        mark_given(self.request)
        messages.success(self.request, _("The second step is set up."))
        return response


class Deactivate(DeactivateTOTPView):
    def form_valid(self, form):
        response = super().form_valid(form)
        mark_missing(self.request)
        messages.success(self.request, _("The old phone no longer counts."))
        return response


class Reauthenticate(ReauthenticateView):
    def form_valid(self, form):
        self.request.session[SECOND_FACTOR] = True
        return super().form_valid(form)


def with_email(view):
    """The second factor comes on top of the e-mail; a card has none."""

    @never_cache
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not request.user.email:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


security = never_cache(Security.as_view())
authenticate = at_stage("mfa_authenticate", AuthenticateView.as_view())
reauthenticate = with_email(Reauthenticate.as_view())
activate = with_email(Activate.as_view())
deactivate = with_email(Deactivate.as_view())
view_codes = with_email(recovery_codes.view_recovery_codes)
generate_codes = with_email(recovery_codes.generate_recovery_codes)
download_codes = with_email(recovery_codes.download_recovery_codes)
