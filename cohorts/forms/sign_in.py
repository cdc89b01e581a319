import unicodedata

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import User
from cohorts.models.users import normalise_email

TOO_MANY = "too_many"


class EmailForm(forms.Form):
    """Asks for a code; an unknown address gets the same answer as a known one."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self):
        email = normalise_email(self.cleaned_data["email"])
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise forms.ValidationError(
                _("Too many codes were asked for. Wait some minutes, then ask again."),
                code=TOO_MANY,
            )
        # allauth's view sends the code to whoever it finds here.
        self._user = User.objects.filter(email=email, is_active=True).first()
        return email


class CardForm(forms.Form):
    prefix = "card"  # it stands beside the form above
    code = forms.CharField(
        label=_("The 8 characters on the card"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code-field",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


def latin_digits(text):
    """Bring ٤٢, as an Arabic or Persian keyboard writes it, into 42."""
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text
    )


class DigitsField(forms.CharField):
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})

    def __init__(self, **more):
        super().__init__(max_length=40, **more)

    def to_python(self, value):
        return latin_digits(super().to_python(value))


class CodeForm(ConfirmLoginCodeForm):
    code = DigitsField(label=_("Code"))


class SecondFactorForm(AuthenticateForm):
    code = DigitsField(label=_("Code from the app, or a recovery code"))


class AgainForm(ReauthenticateForm):
    code = DigitsField(label=_("Code from the app, or a recovery code"))


class FirstTimeForm(ActivateTOTPForm):
    code = DigitsField(label=_("Code that the app shows"))
