from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from cohorts.models import User
from cohorts.models.users import normalise_email
from cohorts.sign_in import CHOSEN_LANGUAGE, Way, sign_in


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail, as allauth does it, in our words and through our door."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Look at the newest one and type it again."),
        "too_many_login_attempts": _("Too many wrong codes. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, *, email=None, **more):
        """Refuse a code on its way to an e-mail that was taken off the account meanwhile."""
        if email and email != user.email:
            clear_login(request)
            messages.error(request, _("This code is too old or was used. Ask for a new one."))
            return redirect("account_login")
        return super().pre_login(request, user, email=email, **more)

    def login(self, request, user):
        records = get_authentication_records(request, user)
        second_factor = any(record["method"] == "mfa" for record in records)
        sign_in(request, user, Way.EMAIL, second_factor=second_factor)

    def send_mail(self, template_prefix, email, context):
        user = User.objects.filter(email=normalise_email(email)).first()
        is_chosen = CHOSEN_LANGUAGE in self.request.session
        with override(user.language if user and not is_chosen else get_language()):
            super().send_mail(template_prefix, email, context | {"reader": user})

    def respond_user_inactive(self, request, user):
        messages.error(request, _("This account is closed. Ask the person who invited you."))
        return redirect("account_login")

    def add_message(self, request, level, message_template=None, *args, message=None, **more):
        """Leave out allauth's own remarks: each page says by itself where one stands."""
        if message:
            super().add_message(request, level, message=message, **more)
