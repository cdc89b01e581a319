"""Signing in by e-mail, and out. The steps are allauth's; words and pages are ours."""

from functools import wraps
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.stages import LoginStageController
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_language_cookie

from cohorts.forms.sign_in import TOO_MANY, CardForm
from cohorts.sign_in import CHOSEN_LANGUAGE


class RequestCode(RequestLoginCodeView):
    template_name = "account/sign_in.html"

    def _redirect_to_pending_stage(self, request, stage):
        """Whoever asks for another code starts over; else a code that is on its way stays good."""
        if "again" not in request.GET:
            return super()._redirect_to_pending_stage(request, stage)
        clear_login(request)
        return None

    def form_valid(self, form):
        try:
            response = super().form_valid(form)
            # A mail all the same, so that the answer takes as long as for somebody known.
            if not form._user:
                email = form.cleaned_data["email"]
                get_adapter().send_mail("account/email/unknown_account", email, {})
        except (SMTPException, OSError):
            form.add_error(
                None, _("We cannot send e-mails just now. Please try again in some minutes.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=503)
        return response

    def form_invalid(self, form):
        status = 429 if form.has_error("email", TOO_MANY) else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **more):
        card_form = CardForm(initial={"next": self.get_next_url()})
        return super().get_context_data(**more) | {"card_form": card_form}


class ConfirmCode(ConfirmLoginCodeView):
    template_name = "account/confirm_code.html"

    def form_invalid(self, form):
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(
            self.request, _("Three times wrong: this code is no longer good. Ask for a new one.")
        )
        return redirect("account_login")


def at_stage(key, view):
    """Show a step of signing in to whoever has come that far; say it to whoever came too late."""

    @login_not_required
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.user.is_authenticated or LoginStageController.enter(request, key):
            return view(request, *args, **kwargs)
        if stage := get_pending_stage(request):
            return redirect(stage.urlname)
        messages.error(request, _("This code is too old or was used. Ask for a new one."))
        return redirect("account_login")

    return wrapper


request_code = RequestCode.as_view()
confirm_code = at_stage("login_by_code", ConfirmCode.as_view())
sign_out = login_not_required(LogoutView.as_view(template_name="account/sign_out.html"))


@require_POST
def sign_out_everywhere(request):
    request.user.end_sessions()
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@login_not_required
def set_language(request):
    """Keep the choice in the cookie, and with the account: at once, or when one signs in."""
    response = set_language_cookie(request)
    code = request.POST.get("language")
    if code not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        request.user.choose_language(code)
    else:
        # A cookie alone could have been left by the one who used this phone before.
        request.session[CHOSEN_LANGUAGE] = code
    return response
